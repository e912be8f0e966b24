"""Requests in the bytes that a client sends, parsed by httptools, within limits.

Imports httptools, so it is imported with the first connection.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from .control_guard import is_guarded
from .wire import MAX_BODY_BYTES

__all__ = ["MAX_HEAD_BYTES", "Received", "RequestReader", "Unreadable"]

# The longest request line with its headers. Unsourced: Node, on which Seam's own fake runs, takes
# 16 KiB, but a URL may have a long list of ids.
MAX_HEAD_BYTES = 256 * 2**10


class Received(NamedTuple):
    """A request as it came; ``keeps_alive`` is whether another one may follow it."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    is_http_1_0: bool
    keeps_alive: bool


class Unreadable(NamedTuple):
    """What is no request: the status of the response, and why."""

    status: int
    reason: str


class RequestReader:
    """The requests of one connection.

    ``expects_continue`` is whether the client waits for a 100 before it sends the body.
    """

    def __init__(self) -> None:
        self._done: list[Received | Unreadable] = []
        self._start()

    def _start(self) -> None:
        self._parser = HttpRequestParser(self)
        self.on_message_begin()

    def read(self, data: bytes) -> list[Received | Unreadable]:
        """Takes what the client sent; returns what is complete with it, in order.

        After an ``Unreadable`` there is nothing more to read.
        """
        self._done = []
        while data:
            data = self._feed(data)
        return self._done

    def _feed(self, data: bytes) -> bytes:
        """Returns what the parser leaves: it stops where a client asks for another protocol."""
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade as upgrade:
            head = self._head_without_upgrade() if self._asks_for_upgrade else b""
            self._start()
            return head + data[upgrade.args[0] :]
        except HttpParserError as error:
            self._done.append(Unreadable(400, f"This is no HTTP request: {error}"))
        else:
            if self._is_in_head:
                self._count_head(len(data))
        return b""

    def _count_head(self, size: int) -> None:
        self._head_size += size
        if self._head_size > MAX_HEAD_BYTES:
            reason = f"The request line and its headers have more than {MAX_HEAD_BYTES} bytes"
            self._done.append(Unreadable(431, reason))

    def _head_without_upgrade(self) -> bytes:
        """Returns the head again. The parser leaves a body to the other protocol.

        Java's client asks for HTTP/2 in its first request, and takes an answer in HTTP/1.1.
        """
        lines = [f"{self._method} {self._target.decode('latin-1')} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self._headers.items() if name != "upgrade"]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    # What httptools calls

    def on_message_begin(self) -> None:
        """Begins a request."""
        self._target = b""
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._body_size = self._head_size = 0
        self._is_in_head = True
        self._asks_for_upgrade = self.expects_continue = False

    def on_url(self, part: bytes) -> None:
        """Takes a part of the target."""
        self._target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        """Takes a header; one that comes twice counts as a list. Ignores those after a body."""
        if not self._is_in_head:
            return
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        before = self._headers.get(key)
        self._headers[key] = text if before is None else f"{before}, {text}"

    def on_headers_complete(self) -> None:
        """Ends the head."""
        self._is_in_head = False
        self._method = self._parser.get_method().decode("ascii")
        self._path, self._query = _path_and_query(self._target.decode("latin-1"))
        self.expects_continue = "100-continue" in self._headers.get("expect", "").lower()

    def on_body(self, part: bytes) -> None:
        """Keeps no more of a body than shows that it is too long.

        All of it is read: a client that still sends when the connection ends may not see the
        response. The control API takes longer ones.
        """
        self.expects_continue = False
        if self._body_size <= MAX_BODY_BYTES or is_guarded(self._path):
            self._body.append(part)
            self._body_size += len(part)

    def on_message_complete(self) -> None:
        """Ends a request, but for one that asks for another protocol: it is read again."""
        self.expects_continue = False
        self._asks_for_upgrade = "upgrade" in self._headers and self._parser.should_upgrade()
        if not self._asks_for_upgrade:
            self._done.append(
                Received(
                    self._method,
                    self._path,
                    self._query,
                    self._headers,
                    b"".join(self._body),
                    self._parser.get_http_version() < "1.1",
                    self._parser.should_keep_alive(),
                )
            )


def _path_and_query(target: str) -> tuple[str, str]:
    """Returns the decoded path of a request's target, and its query as it is.

    A target is a path, or a whole URL as a proxy gets it.
    """
    path, _, query = target.partition("#")[0].partition("?")
    if "://" in path and not path.startswith("/"):
        path = "/" + path.partition("://")[2].partition("/")[2]
    return (unquote(path) if "%" in path else path), query
