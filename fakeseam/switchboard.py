"""One listener whose fake changes from test to test.

The socket is bound at once, so that its URL can be told; the server behind it, with all that
it imports, starts when the first client connects.
"""

from __future__ import annotations

import json
import select
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .server import Server, listen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from .fake import FakeSeam

__all__ = ["Switchboard"]

_NOBODY = json.dumps(
    {"error": {"type": "unauthorized", "message": "no test is running"}, "ok": False}
).encode()
_HEADERS = [
    ("Content-Type", "application/json; charset=utf-8"),
    ("seam-request-id", "request0"),
    ("Access-Control-Allow-Origin", "*"),
]


class Switchboard:
    """Passes each request on to the fake that ``current`` gives at that moment, if any."""

    def __init__(self, current: Callable[[], FakeSeam | None]) -> None:
        self._current = current
        self._server = Server(self._app, listen())
        self.port, self.url = self._server.port, self._server.url
        self._stop, self._stopped = socket.socketpair()
        self._thread = threading.Thread(
            target=self._start_when_called, name="fakeseam-switchboard", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Hang up: the port is free again, no thread is left."""
        self._stopped.close()
        self._thread.join()
        self._stop.close()
        self._server.stop()

    def _start_when_called(self) -> None:
        ready, _, _ = select.select([self._server.socket, self._stop], [], [])
        if self._stop not in ready:
            self._server.start()

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        fake = self._current()
        if fake is None:
            start_response("401 Unauthorized", _HEADERS)
            return [_NOBODY]
        return fake.wsgi_app(environ, start_response)
