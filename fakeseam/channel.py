"""Waitress's connections, with a handle on each for the application: ``wire.Connection``.

Imports waitress: for when a server starts.
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

# Closed like this, a connection ends by a reset: linger is on, for no time.
_RESET = struct.pack("ii", 1, 0)
# How many requests may be read ahead on a connection that is held.
_READ_AHEAD = 100

_QUIET = logging.getLogger("fakeseam.server")


class Task(WSGITask):
    """Tells the application of its connection; says nothing of half an answer."""

    logger = _QUIET

    def get_environment(self) -> Any:
        environ = super().get_environment()
        environ[CONNECTION] = self.channel
        return environ


class Channel(HTTPChannel):
    """A connection that can be held and reset."""

    task_class = Task

    def __init__(self, *args: Any, **how: Any) -> None:
        self._is_held = False
        self._let_go = threading.Event()
        super().__init__(*args, **how)

    # For the application, in its thread

    def reset(self) -> None:
        """See ``wire.Connection``."""
        if self.socket is not None:
            with suppress(OSError):  # the client has gone
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)

    def wait(self, seconds: float | None) -> None:
        """See ``wire.Connection``."""
        self._is_held = True
        self.server.pull_trigger()  # the loop looks at this connection, too, from now on
        self._let_go.wait(seconds)
        self._is_held = False

    # For the server

    def let_go(self) -> None:
        """The server stops: whoever waits goes on."""
        self._let_go.set()

    def readable(self) -> bool:
        """While it is held, reading is how a client that goes is noticed.

        At other times waitress does not look, so that one that only ends its own side, having
        asked, gets its answer.
        """
        if self._is_held and not (self.will_close or self.close_when_flushed):
            return len(self.requests) < _READ_AHEAD
        return bool(super().readable())

    def handle_close(self) -> None:
        super().handle_close()
        self._let_go.set()
