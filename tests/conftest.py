"""Where SPEECHKIT_NO_SKIPS is set, as in .ci/run, nothing may be missing that a test needs: a skip fails."""

import os
from collections.abc import Generator

import pytest

# An administrator may write everywhere: what tests a refusal has nothing to test.
_EXCUSED = "根用户"


def _judge(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = str(report.longrepr)
    if not report.skipped or hasattr(report, "wasxfail") or _EXCUSED in reason:
        return
    if os.environ.get("SPEECHKIT_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be skipped here: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _judge(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _judge(report)
    return report
