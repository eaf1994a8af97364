"""How is nothing left out? A skip or an expected failure counts as a failure, unless ALLOW_SKIP=1."""

import os
from collections.abc import Generator

import pytest


def _fail_when_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.outcome == "skipped" and os.environ.get("ALLOW_SKIP") != "1":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
        report.outcome = "failed"
        report.longrepr = f"left out ({reason}); the suite allows that only with ALLOW_SKIP=1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped, or fails as expected, counts as failed."""
    report = yield
    _fail_when_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A file that skips itself as a whole counts as failed."""
    report = yield
    _fail_when_skipped(report)
    return report
