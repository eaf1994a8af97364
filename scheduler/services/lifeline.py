"""How does a child process end when its parent is gone, even after a kill -9 of the parent?"""

import os
import signal
import sys
import threading

ENV_NAME = "WIJKROOSTER_LIFELINE"


def hold_lifeline() -> None:
    """Send this process a SIGTERM when its standard input closes; does nothing unless the parent asked for it."""
    if os.environ.get(ENV_NAME) != "stdin":
        return

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
