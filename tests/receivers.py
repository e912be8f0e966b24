"""A receiver of webhooks for tests: an HTTP server that responds as a test tells it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Got:
    """A request that a receiver got."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """A server on loopback. ``answers`` are for the next requests, one each; later ones get 200.

    An answer is a status, the raw bytes to send, or a function of the handler that returns
    either. Every request sets ``arrived``; setting ``release`` ends the answers that hang.
    """

    daemon_threads = False  # server_close() waits for every handler
    block_on_close = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.got = [], []
        self.arrived, self.release = threading.Event(), threading.Event()
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"

    def hang(self, handler):
        """An answer that waits for ``release``."""
        self.release.wait()
        return 200

    def handle_error(self, request, client_address):
        """Ignores that the fake closed the connection."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        receiver = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.got.append(Got(self.path, headers, body))
        answer = receiver.answers.pop(0) if receiver.answers else 200
        receiver.arrived.set()
        if callable(answer):
            answer = answer(self)
        if isinstance(answer, bytes):
            self.wfile.write(answer)
            return
        self.send_response(answer)
        self.end_headers()
        self.wfile.write(b"seen")

    def log_message(self, format, *args):
        """Prints nothing."""
