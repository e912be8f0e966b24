"""A fresh fake, a client of its WSGI application that sends exactly what it is told, and a
receiver of webhooks that answers exactly as it is told.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"
LOGIN_PAGE = "/connect_webviews/view"
JANE = {"email": "jane@example.com", "password": "1234"}


@pytest.fixture
def fake():
    with FakeSeam(now=NOON) as fake:
        yield fake


@pytest.fixture
def ask(fake):
    """One request, as the fake's key unless other headers are given."""
    client = Client(fake.wsgi_app)

    def ask(method, address, *, headers=None, **sent):
        if headers is None:
            headers = {"Authorization": f"Bearer {fake.api_key}"}
        return client.open(address, method=method, headers=headers, **sent)

    return ask


@dataclass(frozen=True)
class Got:
    """A request as it came to a receiver."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """A server on loopback. ``answers`` are for the next requests, one each; then comes 200.

    An answer is a status, the bytes to send as they are, or a function of the handler that
    returns either. ``arrived`` is set by every request, ``release`` ends what hangs.
    """

    daemon_threads = False  # closing waits for every handler
    block_on_close = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.got = [], []
        self.arrived, self.release = threading.Event(), threading.Event()
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"

    def hang(self, handler):
        """An answer that does not come until ``release``."""
        self.release.wait()
        return 200

    def handle_error(self, request, client_address):
        """The fake hung up, which is no trouble of the receiver's."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        receiver = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.got.append(Got(self.path, headers, body))
        answer = receiver.answers.pop(0) if receiver.answers else 200
        receiver.arrived.set()
        if callable(answer):
            answer = answer(self)
        if isinstance(answer, bytes):
            self.wfile.write(answer)
            return
        self.send_response(answer)
        self.end_headers()
        self.wfile.write(b"seen")

    def log_message(self, format, *args):
        """Say nothing."""


@pytest.fixture
def receiver():
    receiver = Receiver()
    thread = threading.Thread(target=receiver.serve_forever, args=(0.01,))
    thread.start()
    yield receiver
    receiver.release.set()
    receiver.shutdown()
    thread.join()
    receiver.server_close()


@pytest.fixture
def hook(fake):
    """Make a webhook, for failed logins unless told otherwise."""

    def hook(url, event_types=("connect_webview.login_failed",)):
        sent = {"url": url, "event_types": list(event_types)}
        return fake.call("/webhooks/create", sent)["webhook"]

    return hook


@pytest.fixture
def cause(fake):
    """One event, that a login failed."""

    def cause():
        fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])

    return cause


@pytest.fixture
def visitor(fake):
    """An HTTP client that goes nowhere by itself."""
    with httpx.Client(transport=fake.transport(), base_url="http://fakeseam") as visitor:
        yield visitor


@pytest.fixture
def create(fake):
    """Make a webview."""

    def create(**params):
        return fake.call("/connect_webviews/create", params)["connect_webview"]

    return create


@pytest.fixture
def fill_in(visitor):
    """Post what a form of the page would."""

    def fill_in(webview, provider="minut", step="account", headers=None, **typed):
        own = dict(httpx.URL(webview["url"]).params)
        sent = {**own, "provider": provider, "step": step, **(typed or JANE)}
        return visitor.post(LOGIN_PAGE, data=sent, headers=headers)

    return fill_in
