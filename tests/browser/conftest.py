"""A fake with a server, the SDK as the app has it, and a browser that puts up with nothing.

One browser serves all tests that follow one another. It is ended before a test from another
folder: Playwright keeps an event loop running in this thread, in which no other can run.
"""

from __future__ import annotations

import re
import ssl
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from chromium import launch
from customer_app import CustomerApp
from seam import Seam

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

# Made once: httpx would read all authorities for each client, for addresses that are plain HTTP.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# A browser says so of every page that is shown with an error's status.
STATUS_IS_AN_ERROR = re.compile(r"Failed to load resource: .* a status of 40[045] ")
TELL_OF_VIOLATIONS = """addEventListener("securitypolicyviolation", violation =>
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
    # Imported here: this file is read where Playwright is missing, too.
    from playwright.sync_api import sync_playwright

    if not _browsers:
        playwright = _running.enter_context(sync_playwright())
        _browsers.append(_running.enter_context(launch(playwright)))
    return _browsers[0]


@pytest.fixture
def rules():
    """The switches of the fake; a test parametrizes this to turn one."""
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
    """The SDK as the app has it: over a socket."""
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
    """A test parametrizes this to tell the same story without JavaScript."""
    return True


@pytest.fixture
def page(browser, server, app, java_script_enabled):
    """A page that nobody has visited before. At the end nothing may have been complained of,
    and nobody else may have been asked for anything."""
    own = {urlsplit(url).netloc for url in (server.url, app.url, app.elsewhere)}
    complaints, foreign = [], []
    with browser.new_context(
        java_script_enabled=java_script_enabled, viewport=DESKTOP, locale="en-GB"
    ) as context:
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on(
            "request",
            lambda request: foreign.append(request.url)
            if request.url.startswith("http") and urlsplit(request.url).netloc not in own
            else None,
        )
        context.on("console", lambda message: complaints.append((message.type, message.text)))
        context.on("weberror", lambda error: complaints.append(("error", str(error.error))))
        yield context.new_page()
    assert foreign == []
    assert [
        text
        for level, text in complaints
        if level in ("error", "warning") and not STATUS_IS_AN_ERROR.search(text)
    ] == []


@pytest.fixture
def event_types(seam):
    """The types of the events so far, oldest first, as the app reads them."""
    return lambda: [event.event_type for event in seam.events.list(since="2000-01-01")]


@pytest.fixture
def faults(page):
    """What axe-core finds at each width, and whether anything sticks out at the side."""
    from walking import axe_faults

    def faults():
        page.evaluate(OPEN_ALL)
        found = []
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            found += [f"{viewport['width']} px: {fault}" for fault in axe_faults(page)]
            if page.evaluate(SCROLLS_SIDEWAYS):
                found.append(f"{viewport['width']} px: it scrolls sideways")
        return found

    return faults
