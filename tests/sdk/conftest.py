"""httpx as it was before, and a server elsewhere."""

from __future__ import annotations

import httpx
import pytest

from fakeseam.sdk.interception import refresh
from tests.sdk.interceptions import BEFORE, methods


@pytest.fixture
def left_as_it_was():
    """Httpx is as it was after each of these tests."""
    assert methods() == BEFORE
    yield
    refresh()
    assert methods() == BEFORE


@pytest.fixture
def elsewhere(monkeypatch):
    """Answers requests that httpx would send, and returns their URLs."""
    urls = []

    def handle_request(transport, request):
        urls.append(str(request.url))
        return httpx.Response(204)

    async def handle_async_request(transport, request):
        return handle_request(transport, request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle_request)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle_async_request)
    return urls
