"""One client's connection: a thread of its own reads, answers and writes.

So no request waits for another one, and a request that a fault holds, or whose receiver calls the
fake again, needs nothing that others need.
"""

from __future__ import annotations

import selectors
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from ..core.fault_plan import RESET, TIMEOUT, TRUNCATED
from .request_reader import Received, RequestReader, Unreadable
from .server import Selector
from .wire import Request, Response, address_of

__all__ = ["Connection"]

# How many bytes are read at once, and how many at most while a fault holds the connection.
RECEIVED = 2**16
READ_AHEAD = 2**20
# How long a client that sends no HTTP may take to read the answer, in seconds of real time.
GRACE_S = 1.0

# The first byte of a TLS handshake. The response, which is not TLS, makes a client fail at once.
_TLS = b"\x16"
# With this linger option (on, zero seconds), closing a socket resets its connection.
_LINGER_NOT = struct.pack("ii", 1, 0)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_PHRASES = {int(status): status.phrase for status in HTTPStatus}


class Connection:
    """A connection from its first byte to its end.

    ``respond`` returns the response to a request. ``stopping`` is set when the server stops.
    """

    def __init__(
        self,
        client: socket.socket,
        respond: Callable[[Request], Response],
        stopping: threading.Event,
    ) -> None:
        self._client = client
        self._respond = respond
        self._stopping = stopping
        self._reader = RequestReader()
        self._ahead = b""  # what was read while a fault held the connection

    # In its own thread

    def run(self) -> None:
        """Answers the client until it goes away, or the server stops."""
        with self._client, suppress(OSError):  # the client has gone away
            # On some systems it does not block, as the listening one; a test may set a default.
            self._client.settimeout(None)
            # Otherwise a second response would wait until the client has confirmed the first.
            self._client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            first = self._client.recv(RECEIVED)
            if first.startswith(_TLS):
                self._refuse_tls()
                return
            keeps_alive = self._take(first)
            while keeps_alive and not self._stopping.is_set():
                received, self._ahead = self._ahead, b""
                keeps_alive = self._take(received or self._client.recv(RECEIVED))

    def _take(self, data: bytes) -> bool:
        """Answers what is complete with this data; returns whether more may come."""
        for received in self._reader.read(data):
            if isinstance(received, Unreadable):
                self._refuse(received.status, received.reason)
                return False
            if not self._answer(received):
                return False
        if self._reader.expects_continue:
            self._reader.expects_continue = False
            self._client.sendall(_CONTINUE)
        return data != b""

    def _answer(self, received: Received) -> bool:
        """Responds to a request; returns whether another one may follow."""
        request = Request(
            received.method,
            received.path,
            received.query,
            received.headers,
            received.body,
            address=address_of(received.headers.get("host")),
            sleep=self.sleep,
        )
        try:
            response = self._respond(request)
        except BaseException:  # a receiver of the test's may raise what ends the test
            traceback.print_exc(file=sys.stderr)
            return False
        try:
            return self._send(received, response)
        finally:
            if response.afterwards is not None:
                response.afterwards()

    def _send(self, received: Received, response: Response) -> bool:
        """Sends a response, or breaks it as a fault says; returns whether the client may go on."""
        kind, body = response.fault_kind, response.body
        if kind == RESET:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
            return False
        if kind == TIMEOUT:
            self.sleep(None)
            return False
        keeps_alive = received.keeps_alive and kind is None and not self._stopping.is_set()
        head = _head(response, is_http_1_0=received.is_http_1_0, keeps_alive=keeps_alive)
        if received.method == "HEAD":
            body = b""
        if kind == TRUNCATED:
            body = body[: len(body) // 2]
        elif kind is not None:
            raise RuntimeError(f"cannot break a response by the fault kind {kind!r}")
        self._client.sendall(head + body)
        return keeps_alive

    def sleep(self, seconds: float | None) -> None:
        """Waits for ``seconds`` of real time, or without end for None.

        Returns early if the client goes away or the server stops. Only reading shows that a
        client has gone away. The time begins again when a client sends more meanwhile.
        """
        with Selector() as selector:
            selector.register(self._client, selectors.EVENT_READ)
            while len(self._ahead) < READ_AHEAD:
                if not selector.select(seconds):
                    return
                try:
                    data = self._client.recv(RECEIVED)
                except OSError:  # the client has reset the connection
                    return
                if not data:
                    return
                self._ahead += data
        self._stopping.wait(seconds)

    def _refuse_tls(self) -> None:
        tls = Request("TLS", "*", "", {}, b"", address="", is_tls=True)
        self._end_with(self._respond(tls))

    def _refuse(self, status: int, reason: str) -> None:
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        self._end_with(Response(status, headers, f"{reason}\n".encode()))

    def _end_with(self, response: Response) -> None:
        """Sends a last response to a client whose words make no sense.

        It may still be sending: if the connection ended at once, it might not see the response.
        """
        head = _head(response, is_http_1_0=True, keeps_alive=False)
        self._client.sendall(head + response.body)
        self._client.shutdown(socket.SHUT_WR)
        self._client.settimeout(GRACE_S)
        while self._client.recv(RECEIVED):
            pass

    # For the server, in its thread

    def finish(self) -> None:
        """Lets the current request end, and none begin: nothing can be read any more."""
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RD)

    def abort(self) -> None:
        """Ends a response that waits for its client to read more."""
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Closes the socket; for a child made by ``os.fork``, which has no thread."""
        self._client.close()


def _head(response: Response, *, is_http_1_0: bool, keeps_alive: bool) -> bytes:
    """Returns the status line and the headers."""
    version = "1.0" if is_http_1_0 else "1.1"
    status = response.status
    lines = [f"HTTP/{version} {status} {_PHRASES.get(status, '')}", "Server: fakeseam"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    lines.append(f"Content-Length: {len(response.body)}")
    if not keeps_alive:
        lines.append("Connection: close")
    elif is_http_1_0:
        lines.append("Connection: keep-alive")
    lines += ["", ""]
    return "\r\n".join(lines).encode("latin-1")
