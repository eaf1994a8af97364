"""Does the suite refuse to leave anything out?"""

import pytest

LEFT_OUT = """
import pytest

@pytest.mark.skip(reason="no time")
def test_skipped():
    pass

@pytest.mark.xfail(reason="known")
def test_expected_to_fail():
    assert False

def test_that_gives_up():
    pytest.importorskip("no_such_module")

def test_that_runs():
    pass
"""


@pytest.fixture(autouse=True)
def no_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOW_SKIP", raising=False)


def test_a_skip_and_an_expected_failure_fail_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(LEFT_OUT)
    done = pytester.runpytest_subprocess("-p", "tests.support.skips")
    done.assert_outcomes(failed=2, errors=1, passed=1)
    done.stdout.fnmatch_lines(["*left out (Skipped: no time); the suite allows that only with ALLOW_SKIP=1"])


def test_a_file_that_skips_itself_fails_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest\npytest.skip('not here', allow_module_level=True)")
    done = pytester.runpytest_subprocess("-p", "tests.support.skips")
    done.assert_outcomes(errors=1)


def test_a_skip_on_a_worker_fails_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(LEFT_OUT)
    done = pytester.runpytest_subprocess("-p", "tests.support.skips", "-n", "1")
    done.assert_outcomes(failed=2, errors=1, passed=1)


def test_skips_are_allowed_when_asked_for(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOW_SKIP", "1")
    pytester.makepyfile(LEFT_OUT)
    done = pytester.runpytest_subprocess("-p", "tests.support.skips")
    done.assert_outcomes(skipped=2, xfailed=1, passed=1)
