"""What holds for every test? The shared fixtures, no network, no skips, and repeatable random examples."""

import os

from hypothesis import settings

pytest_plugins = [
    "pytester",
    "tests.support.network",
    "tests.support.skips",
    "tests.support.postgres",
    "tests.support.browser",
]

settings.register_profile("repeatable", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
