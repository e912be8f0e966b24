"""A fake at noon, and clients of its WSGI application and its login page."""

from __future__ import annotations

import httpx
import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam
from fakeseam.http.fake_pool import FakePool, NamedFake

NOON = "2026-01-01T12:00:00Z"
LOGIN_PAGE = "/connect_webviews/view"
JANE = {"email": "jane@example.com", "password": "1234"}


@pytest.fixture
def fake():
    with FakeSeam(now=NOON) as fake:
        yield fake


@pytest.fixture
def send(fake):
    """Sends one request, with the fake's key unless other headers are given."""
    client = Client(fake.wsgi_app)

    def send(method, address, *, headers=None, **sent):
        if headers is None:
            headers = {"Authorization": f"Bearer {fake.api_key}"}
        return client.open(address, method=method, headers=headers, **sent)

    return send


@pytest.fixture
def visitor(fake):
    """An HTTP client that follows no redirects."""
    with httpx.Client(transport=fake.transport(), base_url="http://fakeseam") as visitor:
        yield visitor


@pytest.fixture
def new_webview(fake):
    """Creates a webview."""

    def new_webview(**params):
        return fake.call("/connect_webviews/create", params)["connect_webview"]

    return new_webview


@pytest.fixture
def fill_in(visitor):
    """Posts a form of the login page."""

    def fill_in(webview, provider="minut", step="account", headers=None, **typed):
        own = dict(httpx.URL(webview["url"]).params)
        sent = {**own, "provider": provider, "step": step, **(typed or JANE)}
        return visitor.post(LOGIN_PAGE, data=sent, headers=headers)

    return fill_in


@pytest.fixture
def pool():
    """The fakes of one server, whose clocks stand at noon."""
    pool = FakePool(FakeSeam(now=NOON), lambda name: NamedFake(name, now=NOON))
    yield pool
    pool.close()


@pytest.fixture
def worker(pool):
    """Returns a function that sends JSON to the pool with a key, or without one for None."""

    def worker(key):
        # As a client sends text that is not ASCII: its UTF-8, which WSGI shows as Latin-1.
        sent = f"Bearer {key}".encode().decode("latin-1")
        headers = {} if key is None else {"Authorization": sent}
        client = Client(pool.wsgi_app)
        return lambda path, **params: client.post(path, json=params, headers=headers)

    return worker
