"""One server whose fake changes from test to test.

It binds its socket at once, so that the URL is known, and imports what answers with the first
request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .server import Server, listen
from .wire import NO_TEST, Request, Response

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["SharedServer"]


class SharedServer:
    """A server that passes each request on to the fake that ``current`` returns at that moment.

    While ``current`` returns None, the response is a 401.
    """

    def __init__(self, current: Callable[[], FakeSeam | None]) -> None:
        self._current = current
        self._server = Server(self._respond, listen())
        self.port, self.url = self._server.port, self._server.url
        self._server.start()

    def close(self) -> None:
        """Frees the port and ends every thread, of which a child made by ``os.fork`` has none."""
        self._server.stop()

    def _respond(self, request: Request) -> Response:
        fake = self._current()
        if fake is None:
            return NO_TEST
        from .app import App

        return App(fake._engine)(request)
