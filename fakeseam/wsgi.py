"""The fake as a WSGI application."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request as WerkzeugRequest
from werkzeug.wrappers import Response as WerkzeugResponse

from .http import Request, answer, crash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from .fake import FakeSeam

__all__ = ["RequestLines", "WsgiApp"]


class WsgiApp:
    """``app(environ, start_response)`` for one fake."""

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        request = _read(WerkzeugRequest(environ))
        try:
            response = answer(self._fake, request)
        except BaseException as bug:  # a receiver may call pytest.fail() or sys.exit()
            traceback.print_exc()
            response = crash(self._fake, request, bug)
        reply = _Reply(response.body, response.status, response.headers)
        return reply(environ, start_response)


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
        told: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            told.extend((status[:3], dict(headers).get("seam-request-id", "-")))
            return start_response(status, headers, *exc_info)

        answer = self._app(environ, start)
        status, request_id = told
        took = (time.perf_counter() - began) * 1000
        # Quoted as it came over the wire: a path may hold anything.
        path = quote(environ["PATH_INFO"], safe="/", encoding="latin-1")
        line = f"{environ['REQUEST_METHOD']} {path} {status} {took:.1f} ms {request_id}"
        print(line, file=self._stream, flush=True)
        return answer


def _read(request: WerkzeugRequest) -> Request:
    return Request(
        method=request.method,
        path=request.path,
        query=request.query_string.decode("utf-8", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(),
        address=f"{request.scheme}://{request.host}" if request.host else "",
    )
