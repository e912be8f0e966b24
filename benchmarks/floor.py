"""The floor: the official SDK over constant answers. No fake in process can be faster."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
from seam.seam import Seam

__all__ = ["API_KEY", "OwnTransport", "constant_app", "sdk_over"]

# A key of the form that the SDK accepts.
API_KEY = "seam_benchmark_key"

HEADERS = [("content-type", "application/json")]


class OwnTransport(httpx.BaseTransport):
    """An httpx transport of a few lines that answers every request with one body."""

    def __init__(self, answer: object) -> None:
        self._body = json.dumps(answer).encode()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=HEADERS, content=self._body)


def constant_app(answer: object) -> Callable[..., Iterable[bytes]]:
    """Returns a WSGI application that answers every request with one body."""
    body = json.dumps(answer).encode()
    headers = [*HEADERS, ("content-length", str(len(body)))]

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        start_response("200 OK", headers)
        return [body]

    return app


def sdk_over(transport: httpx.BaseTransport | None = None) -> Seam:
    """Returns the SDK's client over a transport; without one, over httpx's own."""
    options = None if transport is None else {"transport": transport}
    return Seam(api_key=API_KEY, endpoint="http://fakeseam", httpx_options=options)
