"""A fake with a server, the SDK over a socket, and a browser that allows no errors.

All tests of this folder share one browser. It is closed before a test from another folder:
Playwright keeps an event loop running in this thread, so that no other loop can run.
"""

from __future__ import annotations

import re
import ssl
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from seam import Seam

from fakeseam import FakeSeam
from tests.browser.customer_app import CustomerApp
from tests.chromium import launch

NOON = "2026-01-01T12:00:00Z"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

# Created once: httpx would read all authorities for each client, though the URLs are plain HTTP.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# A browser logs this for every page with an error status.
STATUS_IS_AN_ERROR = re.compile(r"Failed to load resource: .* a status of 40[045] ")
LOG_VIOLATIONS = """addEventListener("securitypolicyviolation", violation =>
  console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI}`))"""

OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => one.open = true)"
SCROLLS_SIDEWAYS = "() => document.documentElement.scrollWidth > window.innerWidth"

_running = ExitStack()
_browsers = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    try:
        return (yield)
    finally:
        if nextitem is None or not nextitem.path.is_relative_to(item.path.parent):
            _browsers.clear()
            _running.close()


@pytest.fixture
def browser():
    # Imported here: this file is imported without Playwright too.
    from playwright.sync_api import sync_playwright

    if not _browsers:
        playwright = _running.enter_context(sync_playwright())
        _browsers.append(_running.enter_context(launch(playwright)))
    return _browsers[0]


@pytest.fixture
def rules():
    """The rules of the fake; a test parametrizes this to change one."""
    return {}


@pytest.fixture
def fake(rules):
    with FakeSeam(now=NOON, **rules) as fake:
        yield fake


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


@pytest.fixture
def seam(fake, server):
    """The SDK over a socket, as in the app."""
    with Seam(
        fake.api_key, endpoint=server.url, httpx_options={"verify": NO_AUTHORITIES}
    ) as seam:
        yield seam


@pytest.fixture
def app():
    """The customer's app, with pages at origins of its own."""
    with CustomerApp() as app:
        yield app


@pytest.fixture
def java_script_enabled():
    """A test parametrizes this to run without JavaScript."""
    return True


@pytest.fixture
def page(browser, server, app, java_script_enabled):
    """A page in a new browser context. Fails the test after a message of level error or warning,
    and after a request to a foreign host."""
    own = {urlsplit(url).netloc for url in (server.url, app.url, app.elsewhere)}
    messages, foreign = [], []
    with browser.new_context(
        java_script_enabled=java_script_enabled, viewport=DESKTOP, locale="en-GB"
    ) as context:
        context.add_init_script(LOG_VIOLATIONS)
        context.on(
            "request",
            lambda request: foreign.append(request.url)
            if request.url.startswith("http") and urlsplit(request.url).netloc not in own
            else None,
        )
        context.on("console", lambda message: messages.append((message.type, message.text)))
        context.on("weberror", lambda error: messages.append(("error", str(error.error))))
        yield context.new_page()
    assert foreign == []
    assert [
        text
        for level, text in messages
        if level in ("error", "warning") and not STATUS_IS_AN_ERROR.search(text)
    ] == []


@pytest.fixture
def event_types(seam):
    """The types of the events so far, oldest first, as the app reads them."""
    return lambda: [event.event_type for event in seam.events.list(since="2000-01-01")]


@pytest.fixture
def accessibility_violations(page):
    """The findings of axe-core at each width, and whether the page scrolls sideways."""
    from tests.browser.walking import axe_violations

    def accessibility_violations():
        page.evaluate(OPEN_ALL)
        found = []
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            found += [f"{viewport['width']} px: {violation}" for violation in axe_violations(page)]
            if page.evaluate(SCROLLS_SIDEWAYS):
                found.append(f"{viewport['width']} px: it scrolls sideways")
        return found

    return accessibility_violations
