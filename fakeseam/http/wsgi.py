"""The fake as a WSGI application, for a server or a client of the user's own."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request as WerkzeugRequest
from werkzeug.wrappers import Response as WerkzeugResponse

from ..core.fault_plan import RESET, TIMEOUT, TRUNCATED
from .app import App
from .wire import Request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["WsgiApp"]


class WsgiApp:
    """A fake, or several, as ``app(environ, start_response)``.

    A fault that breaks the connection raises ``ConnectionResetError`` or ``TimeoutError``: WSGI
    does not reach the connection.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = self._app(_read(WerkzeugRequest(environ)), environ["wsgi.errors"])
        reply = _Reply(response.body, response.status, response.headers)
        if response.afterwards is not None:
            reply.call_on_close(response.afterwards)
        if response.fault_kind is None:
            return reply(environ, start_response)
        if response.fault_kind == RESET:
            raise ConnectionResetError(errno.ECONNRESET, "an injected fault: reset")
        if response.fault_kind == TIMEOUT:
            raise TimeoutError(errno.ETIMEDOUT, "an injected fault: no answer ever comes")
        if response.fault_kind == TRUNCATED:
            return _first_half(reply, environ, start_response)
        raise RuntimeError(f"cannot break a response by the fault kind {response.fault_kind!r}")


def _first_half(
    reply: WerkzeugResponse, environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    """Returns half of the body, under the headers of the whole."""
    chunks, status, headers = reply.get_wsgi_response(environ)
    start_response(status, headers)
    body = b"".join(chunks)
    return [body[: len(body) // 2]]


class _Reply(WerkzeugResponse):
    """A response with ``Location`` as it was given.

    Werkzeug would normalize a redirect URL of the app's, or raise for one that it cannot parse.
    """

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        location = self.headers.pop("Location", None)
        headers = super().get_wsgi_headers(environ)
        if location is not None:
            headers["Location"] = location
        return headers


def _read(request: WerkzeugRequest) -> Request:
    return Request(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("utf-8", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(),
        address=f"{request.scheme}://{request.host}" if request.host else "",
    )
