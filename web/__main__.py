"""How is the website served? One process with some threads, until it is told to stop."""

import gc
import logging
import sys
from typing import Final

import waitress

from scheduler.config import read_config
from scheduler.domain.errors import Unsafe
from scheduler.services.context import create_app_context
from scheduler.services.lifeline import hold_lifeline
from web import create_app, security, wire
from web.bundle import AssetsMissing

THREADS: Final = 8
GARBAGE_AFTER: Final = 50_000
"""New objects after which garbage is looked for: at the usual 700 that takes a quarter of judging a large roster."""


def main() -> None:
    """Serve until stopped; exit code 2 with one sentence when this installation cannot be served."""
    hold_lifeline()
    gc.set_threshold(GARBAGE_AFTER)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        config = read_config()
        app = create_app(create_app_context(config))
    except (Unsafe, AssetsMissing) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    wire.guard()
    waitress.serve(
        app,
        host=config.host,
        port=config.port,
        threads=THREADS,
        ident=None,
        max_request_body_size=security.MOST_BYTES + 1,
        clear_untrusted_proxy_headers=config.trusted_proxies == 0,
    )


if __name__ == "__main__":
    main()
