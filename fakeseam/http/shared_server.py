"""One server whose fake changes from test to test.

It binds its socket at once, so that the URL is known. It starts, and imports what it needs, when
the first client connects.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..core.process import HomeProcess
from .server import Server, listen
from .wire import NO_TEST

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from ..fake import FakeSeam

__all__ = ["SharedServer"]


class SharedServer:
    """A server that passes each request on to the fake that ``current`` returns at that moment.

    While ``current`` returns None, the response is a 401.
    """

    def __init__(self, current: Callable[[], FakeSeam | None]) -> None:
        self._current = current
        self._server = Server(self._app, listen())
        self.port, self.url = self._server.port, self._server.url
        self._stop, self._stopped = socket.socketpair()
        self._process = HomeProcess()
        self._thread = threading.Thread(
            target=self._start_when_called, name="fakeseam-shared-server", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Frees the port and ends every thread, of which a child made by ``os.fork`` has none."""
        if self._process.is_current:
            # Not by closing: a child that goes on would hold it open.
            self._stopped.send(b"x")
            self._thread.join()
        self._stopped.close()
        self._stop.close()
        self._server.stop()

    def _start_when_called(self) -> None:
        ready, _, _ = select.select([self._server.socket, self._stop], [], [])
        if self._stop not in ready:
            self._server.start()

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        fake = self._current()
        if fake is None:
            start_response("401 Unauthorized", list(NO_TEST.headers.items()))
            return [NO_TEST.body]
        return fake.wsgi_app(environ, start_response)
