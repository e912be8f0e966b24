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

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from .control_guard import is_guarded
from .wire import CONNECTION, MAX_BODY_BYTES

__all__ = ["Channel"]

# With this linger option (on, zero seconds), closing a socket resets its connection.
_RESET = struct.pack("ii", 1, 0)
# How many requests are read ahead on a connection that a fault holds.
_READ_AHEAD = 100

_QUIET = logging.getLogger("fakeseam.server")


# The first byte of a TLS handshake, and what the application gets in its place. The response,
# which is not TLS, makes a client fail at once.
_TLS = b"\x16"
_TLS_REQUEST = b"TLS * HTTP/1.0\r\n\r\n"


class Body(OverflowableBuffer):
    """A body of which no more is kept than shows that it is too long.

    All of it is read: a client that still sends when the connection ends may not see the response.
    """

    def append(self, data: bytes) -> None:
        room = MAX_BODY_BYTES + 1 - len(self)
        if room > 0:
            super().append(data[:room])


class Parser(HTTPRequestParser):
    """A request whose body is kept up to a limit, unless it is for the control API."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        path: str = getattr(self, "path")
        if self.body_rcv is not None and not is_guarded(path):
            self.body_rcv.buf = Body(self.adj.inbuf_overflow)


class Task(WSGITask):
    """A request whose environ has its connection. Half a response is not logged."""

    logger = _QUIET

    def get_environment(self) -> Any:
        environ = super().get_environment()
        environ[CONNECTION] = self.channel
        body = getattr(self.request, "body_rcv")
        if body is not None:
            environ["CONTENT_LENGTH"] = str(len(body))
        return environ


class Channel(HTTPChannel):
    """A connection that can be held and reset."""

    task_class = Task
    parser_class = Parser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._is_held = False
        self._released = threading.Event()
        self._has_begun = False
        self.is_tls = False
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

    def received(self, data: bytes) -> bool:
        """Takes what the client sent; one that speaks TLS is refused at once."""
        if not self._has_begun:
            self._has_begun, self.is_tls = True, data.startswith(_TLS)
        if self.is_tls:
            data = b"" if self.requests else _TLS_REQUEST
        return bool(super().received(data))

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
