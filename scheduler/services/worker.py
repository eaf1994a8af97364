"""How does the worker process live: claim, solve, send mail, again?"""

from scheduler.services.context import App


def execute_next(app: App, worker: str) -> bool:
    """Claim and execute one run; False when there is none."""
    raise NotImplementedError


def work(app: App, *, once: bool = False) -> None:
    """Run until SIGTERM or SIGINT: runs first, mail in between."""
    raise NotImplementedError
