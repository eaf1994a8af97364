"""How does a long run show itself: a bar on a terminal, nothing in a pipe?"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from scheduler.domain.runs import Progress

STEPS = 1000


@contextmanager
def progress_bar(seconds: float) -> Iterator[Callable[[Progress], None]]:
    """Something to hand progress to; draws on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    with click.progressbar(length=STEPS, label="optimising", file=sys.stderr, show_eta=False) as bar:

        def show(progress: Progress) -> None:
            bar.label = f"{progress.filled}/{progress.required} filled, {progress.score.preference} points"
            bar.update(max(0, min(STEPS, round(STEPS * progress.seconds / seconds)) - bar.pos))

        yield show
