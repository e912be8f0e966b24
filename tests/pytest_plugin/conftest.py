"""Runs of pytest inside pytest: the plugin is loaded by its entry point, as users get it."""

from __future__ import annotations

import importlib
from textwrap import dedent

import pytest

from fakeseam import api, control
from fakeseam.http.environment import API_KEY_VAR, CONFLICTING_VARS, ENDPOINT_VAR

# A run in this process drops the modules that it imported: what is used is imported before.
for name in (
    "fakeseam.pytest_plugin.app_environment",
    "fakeseam.pytest_plugin.fakes",
    "fakeseam.pytest_plugin.options",
    "fakeseam.pytest_plugin.report",
    "fakeseam.pytest_plugin.session_environment",
    "fakeseam.pytest_plugin.strays",
    "fakeseam.sdk.clients",
    "fakeseam.http.shared_server",
    "fakeseam.http.app",
    "fakeseam.http.connection",
    "httptools",
):
    importlib.import_module(name)
api.implemented_endpoints()
control.control_endpoints()

ARGUMENTS = ("-W", "error", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:sybil")
# Two plugins that each process would import anew, which takes most of its time.
ALONE = ("-p", "no:hypothesispytest", "-p", "no:anyio")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    """No variable of the developer's reaches the runs."""
    for name in (ENDPOINT_VAR, API_KEY_VAR, *CONFLICTING_VARS, "PYTEST_DISABLE_PLUGIN_AUTOLOAD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def write(pytester):
    """Writes ``test_it.py``, or the file of another name, from one text or more."""

    def write(*texts, name="test_it"):
        return pytester.makepyfile(**{name: "\n".join(map(dedent, texts))})

    return write


@pytest.fixture
def ini(pytester):
    """Writes ``pytest.ini`` with these lines."""

    def ini(*lines):
        pytester.makefile(".ini", pytest="\n".join(["[pytest]", *lines]))

    return ini


@pytest.fixture
def run(pytester):
    """Runs pytest in this process; returns what it did."""
    return lambda *arguments: pytester.runpytest_inprocess(*ARGUMENTS, *arguments)


@pytest.fixture
def run_alone(pytester):
    """Runs pytest in a process of its own; returns what it did."""
    return lambda *arguments: pytester.runpytest_subprocess(*ARGUMENTS, *ALONE, *arguments)
