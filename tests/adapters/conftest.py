"""A fresh fake, and a client of its WSGI application that sends exactly what it is told."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"


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
