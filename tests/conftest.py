"""The tests in a browser are left out where there is none, and one line says so.

``FAKESEAM_BROWSER=required`` makes a failure of that, for a machine that is to have one.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from chromium import what_is_missing

BROWSER_TESTS = Path(__file__).parent / "browser"

missing = cache(what_is_missing)


def pytest_configure(config):
    if os.environ.get("FAKESEAM_BROWSER") == "required" and is_asked_for(config) and missing():
        raise pytest.UsageError(f"tests/browser is required, and {missing()}")


class LeftOut(pytest.Module):
    """A file of tests that is not even read: it imports what is missing."""

    def collect(self):
        return []


def pytest_pycollect_makemodule(module_path, parent):
    if module_path.is_relative_to(BROWSER_TESTS) and missing():
        return LeftOut.from_parent(parent, path=module_path)
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Leaving them out is no failure, even where nothing else was asked for."""
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and is_left_out(session.config):
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter, config):
    if is_left_out(config):
        terminalreporter.write_line(f"tests/browser is left out: {missing()}", yellow=True)


def is_left_out(config):
    return is_asked_for(config) and missing() is not None


def is_asked_for(config):
    """Whether what is run has to do with the tests in a browser."""
    asked = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
    asked = [path.resolve() for path in asked]
    return any(
        BROWSER_TESTS.is_relative_to(path) or path.is_relative_to(BROWSER_TESTS) for path in asked
    )
