"""Waitress's connections, with the methods of ``wire.Connection`` for the application.

Imports waitress, so it is imported when a server starts.
"""

from __future__ import annotations

import logging
import socket
import struct
import threading
from contextlib import suppress
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from .wire import CONNECTION

__all__ = ["Channel"]

# With this linger option (on, zero seconds), closing a socket resets its connection.
_RESET = struct.pack("ii", 1, 0)
# How many requests are read ahead on a connection that a fault holds.
_READ_AHEAD = 100

_QUIET = logging.getLogger("fakeseam.server")


class Task(WSGITask):
    """A request whose environ has its connection. Half a response is not logged."""

    logger = _QUIET

    def get_environment(self) -> Any:
        environ = super().get_environment()
        environ[CONNECTION] = self.channel
        return environ


class Channel(HTTPChannel):
    """A connection that can be held and reset."""

    task_class = Task

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._is_held = False
        self._released = threading.Event()
        super().__init__(*args, **kwargs)

    # For the application, in its thread

    def reset(self) -> None:
        """Implements ``wire.Connection``."""
        if self.socket is not None:
            with suppress(OSError):  # the client has gone away
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def sleep(self, seconds: float | None) -> None:
        """Implements ``wire.Connection``."""
        self._is_held = True
        self.server.pull_trigger()  # makes the loop call ``readable`` again
        self._released.wait(seconds)
        self._is_held = False

    # For the server

    def release(self) -> None:
        """Ends a ``sleep``: the server is stopping."""
        self._released.set()

    def readable(self) -> bool:
        """Returns whether waitress reads from the socket; always while a fault holds it.

        Only reading shows that the client has gone away. At other times waitress does not read
        during a request, so a client that closes its sending side gets its response.
        """
        if self._is_held and not (self.will_close or self.close_when_flushed):
            return len(self.requests) < _READ_AHEAD
        return bool(super().readable())

    def handle_close(self) -> None:
        super().handle_close()
        self._released.set()
