"""Fixtures for all tests. Skips the browser tests, with one line, where there is no browser.

With ``FAKESEAM_BROWSER=required`` a missing browser is an error.
"""

from __future__ import annotations

import os
import threading
from functools import cache
from pathlib import Path

import pytest

from fakeseam import ApiError, FakeSeam
from tests.chromium import what_is_missing
from tests.receivers import Receiver

BROWSER_TESTS = Path(__file__).parent / "browser"

missing = cache(what_is_missing)


def pytest_configure(config):
    if os.environ.get("FAKESEAM_BROWSER") == "required" and is_requested(config) and missing():
        raise pytest.UsageError(f"tests/browser is required, and {missing()}")


class LeftOut(pytest.Module):
    """A file of tests that is not imported: it needs what is missing."""

    def collect(self):
        return []


def pytest_pycollect_makemodule(module_path, parent):
    if module_path.is_relative_to(BROWSER_TESTS) and missing():
        return LeftOut.from_parent(parent, path=module_path)
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    """Passes if nothing but browser tests was requested, and these were left out."""
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and is_left_out(session.config):
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter, config):
    if is_left_out(config):
        terminalreporter.write_line(f"tests/browser is left out: {missing()}", yellow=True)


def is_left_out(config):
    return is_requested(config) and missing() is not None


def is_requested(config):
    """Whether the arguments of pytest include browser tests."""
    paths = [config.invocation_params.dir / arg.partition("::")[0] for arg in config.args]
    paths = [path.resolve() for path in paths]
    return any(
        BROWSER_TESTS.is_relative_to(path) or path.is_relative_to(BROWSER_TESTS) for path in paths
    )


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T00:00:00Z")


@pytest.fixture
def refuse(fake):
    """Makes a call that must be refused; returns the error."""

    def refuse(path, params=None, **options):
        with pytest.raises(ApiError) as caught:
            fake.call(path, params, **options)
        return caught.value

    return refuse


@pytest.fixture
def create(fake):
    """Creates a webview, for Minut by default."""

    def create(**params):
        sent = {"accepted_providers": ["minut"], **params}
        return fake.call("/connect_webviews/create", sent)["connect_webview"]

    return create


@pytest.fixture
def login(fake, create):
    """Signs Jane in at a new webview."""

    def login(**params):
        return fake.complete_connect_webview(create(**params), email="jane@example.com")

    return login


@pytest.fixture
def hook(fake):
    """Creates a webhook, by default at a host to which nothing is sent over HTTP."""

    def hook(url="https://app.example.com/hooks", *, token=None, **params):
        return fake.call("/webhooks/create", {"url": url, **params}, token=token)["webhook"]

    return hook


@pytest.fixture
def hooks(fake):
    """Returns the webhooks of a workspace."""

    def hooks(**options):
        return fake.call("/webhooks/list", **options)["webhooks"]

    return hooks


@pytest.fixture
def shown(fake):
    """Returns a webview as the API shows it now."""

    def shown(webview):
        sent = {"connect_webview_id": webview["connect_webview_id"]}
        return fake.call("/connect_webviews/get", sent)["connect_webview"]

    return shown


@pytest.fixture
def event_types(fake):
    """Returns the types of all events so far."""
    return lambda: [event["event_type"] for event in fake.events]


@pytest.fixture
def failing():
    """Calls an assertion that must fail; returns its message."""

    def failing(assertion, *args, **params):
        with pytest.raises(AssertionError) as caught:
            assertion(*args, **params)
        return str(caught.value)

    return failing


@pytest.fixture
def receiver():
    """A receiver of webhooks, listening on loopback."""
    receiver = Receiver()
    thread = threading.Thread(target=receiver.serve_forever, args=(0.01,))
    thread.start()
    yield receiver
    receiver.release.set()
    receiver.shutdown()
    thread.join()
    receiver.server_close()


@pytest.fixture
def failure_hook(hook):
    """Creates a webhook, for failed logins by default."""

    def failure_hook(url, event_types=("connect_webview.login_failed",)):
        return hook(url, event_types=list(event_types))

    return failure_hook


@pytest.fixture
def fail_login(fake):
    """Emits one event: a failed login."""

    def fail_login():
        fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])

    return fail_login
