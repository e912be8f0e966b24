"""The fake as a WSGI application."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request as WerkzeugRequest
from werkzeug.wrappers import Response as WerkzeugResponse

from ..core.fault_plan import RESET, TIMEOUT, TRUNCATED
from ..errors import ApiError, MisuseError
from ..runtime.engine import Engine
from .handle_request import Request, Response, crash_response, handle_request, refuse
from .wire import CONNECTION, Connection

if TYPE_CHECKING:
    from _typeshed.wsgi import ErrorStream, StartResponse, WSGIEnvironment

__all__ = ["REQUEST_ID", "WsgiApp"]

# The key in a WSGI environ of the request's id: a response that breaks does not carry it.
REQUEST_ID = "fakeseam.request_id"


class WsgiApp:
    """One fake as ``app(environ, start_response)``, or several.

    ``choose`` returns the engine of the fake that a request is for, or raises ``ApiError`` or
    ``MisuseError``; by default each request is for the given one. A fault that breaks the
    connection raises ``ConnectionResetError`` or ``TimeoutError``.
    """

    def __init__(self, engine: Engine, choose: Callable[[Request], Engine] | None = None) -> None:
        self._engine = engine
        self._choose = choose or (lambda _: engine)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        connection: Connection | None = environ.get(CONNECTION)
        request = _read(WerkzeugRequest(environ), connection)
        response = self._respond(request, environ["wsgi.errors"])
        environ[REQUEST_ID] = response.headers["seam-request-id"]
        reply = _Reply(response.body, response.status, response.headers)
        if response.fault_kind is None:
            return reply(environ, start_response)
        if response.fault_kind == RESET:
            if connection is not None:
                connection.reset()
            raise ConnectionResetError(errno.ECONNRESET, "an injected fault: reset")
        if response.fault_kind == TIMEOUT:
            if connection is not None:
                connection.sleep(None)
            raise TimeoutError(errno.ETIMEDOUT, "an injected fault: no answer ever comes")
        if response.fault_kind == TRUNCATED:
            return _first_half(reply, environ, start_response)
        raise RuntimeError(f"cannot break a response by the fault kind {response.fault_kind!r}")

    def _respond(self, request: Request, errors: ErrorStream) -> Response:
        engine = self._engine
        try:
            try:
                if request.is_tls:
                    raise self._refuse_tls()
                engine = self._choose(request)
            except (ApiError, MisuseError) as error:
                return refuse(engine, request, error)
            return handle_request(engine, request)
        except Exception as bug:
            traceback.print_exc(file=errors)
            return crash_response(engine, request, bug)

    def _refuse_tls(self) -> MisuseError:
        """Records that a client spoke TLS as a strict violation: its SDK shows no message."""
        misuse = MisuseError(
            "A client spoke TLS (https://) to the fake's server, whose URL begins with http://:"
            " check SEAM_ENDPOINT."
        )
        self._engine.runtime.journal.record_misuse(str(misuse))
        return misuse


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


def _read(request: WerkzeugRequest, connection: Connection | None) -> Request:
    return Request(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("utf-8", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(),
        address=f"{request.scheme}://{request.host}" if request.host else "",
        sleep=None if connection is None else connection.sleep,
        is_tls=connection is not None and connection.is_tls,
    )
