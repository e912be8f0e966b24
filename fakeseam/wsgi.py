"""The fake as a WSGI application."""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request as WerkzeugRequest
from werkzeug.wrappers import Response as WerkzeugResponse

from .core.faults import RESET, TIMEOUT
from .http import Request, answer, crash
from .wire import CONNECTION, Connection

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from .fake import FakeSeam

__all__ = ["RequestLines", "WsgiApp"]


# Where the application tells the id of the request, which an answer that breaks does not.
_REQUEST_ID = "fakeseam.request_id"


class WsgiApp:
    """``app(environ, start_response)`` for one fake.

    A fault that breaks the connection raises ``ConnectionResetError`` or ``TimeoutError``.
    """

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        connection: Connection | None = environ.get(CONNECTION)
        request = _read(WerkzeugRequest(environ), connection)
        try:
            response = answer(self._fake, request)
        except BaseException as bug:  # a receiver may call pytest.fail() or sys.exit()
            traceback.print_exc()
            response = crash(self._fake, request, bug)
        environ[_REQUEST_ID] = response.headers["seam-request-id"]
        reply = _Reply(response.body, response.status, response.headers)
        if response.broken == RESET:
            if connection is not None:
                connection.reset()
            raise ConnectionResetError(errno.ECONNRESET, "a planned fault: reset")
        if response.broken == TIMEOUT:
            if connection is not None:
                connection.wait(None)
            raise TimeoutError(errno.ETIMEDOUT, "a planned fault: no answer ever comes")
        if response.broken is None:
            return reply(environ, start_response)
        chunks, status, headers = reply.get_wsgi_response(environ)
        start_response(status, headers)
        body = b"".join(chunks)
        return [body[: len(body) // 2]]


class _Reply(WerkzeugResponse):
    """Leaves ``Location`` as it is: Werkzeug would put a redirect URL of the app's into a form
    of its own, or raise where it has none."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        location = self.headers.pop("Location", None)
        headers = super().get_wsgi_headers(environ)
        if location is not None:
            headers["Location"] = location
        return headers


class RequestLines:
    """Passes requests on to a WSGI application, and writes a line for each answer."""

    def __init__(self, app: WSGIApplication, stream: TextIO) -> None:
        self._app = app
        self._stream = stream

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        began = time.perf_counter()
        told = ["---"]  # until an answer begins

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            told.append(status[:3])
            return start_response(status, headers, *exc_info)

        try:
            return self._app(environ, start)
        finally:
            took = (time.perf_counter() - began) * 1000
            # Quoted as they came over the wire: a path may hold anything, and a method much.
            method, path = (
                quote(environ[name], safe="/", encoding="latin-1")
                for name in ("REQUEST_METHOD", "PATH_INFO")
            )
            request_id = environ.get(_REQUEST_ID, "-")
            self._write(f"{method} {path} {told[-1]} {took:.1f} ms {request_id}\n")

    def _write(self, line: str) -> None:
        """At one go, as requests are answered side by side; in vain, if nobody reads it."""
        with suppress(OSError, ValueError):
            self._stream.write(line)
            self._stream.flush()


def _read(request: WerkzeugRequest, connection: Connection | None) -> Request:
    return Request(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("utf-8", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(),
        address=f"{request.scheme}://{request.host}" if request.host else "",
        wait=None if connection is None else connection.wait,
    )
