"""`python -m scheduler`: the same commands as the console script."""

from scheduler.cli import main

main(prog_name="scheduler")
