"""A live server in a thread, over waitress, which is imported when a server starts.

``close()`` of waitress alone does not end it while a client keeps its connection open: its
loop is run here until a flag is set, and its sockets are closed then.
"""

from __future__ import annotations

import logging
import socket
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .errors import MisuseError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Server", "listen"]

THREADS = 8
GRACE_S = 1.0  # of real time
# In seconds, longer than any test: time may be frozen, or jump, without closing connections.
NEVER = 10**9

_QUIET = logging.getLogger("fakeseam.server")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


def listen(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """A listening socket; port 0 is any free one. Raises ``MisuseError`` if it is taken."""
    if not 0 <= port <= 65535:
        raise MisuseError(f"port {port} is no port; 0 takes any free one")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as exc:
        raise MisuseError(
            f"cannot listen at {host} port {port} ({exc}); port 0 takes any free one"
        ) from exc


class Server:
    """Serves a WSGI application from ``start`` to ``stop``, or inside ``with``.

    Answers as soon as it is started: the socket is listening before.
    """

    def __init__(self, app: WSGIApplication, listening: socket.socket) -> None:
        self._app = app
        self.socket = listening
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        host, port = listening.getsockname()[:2]
        self.host, self.port = str(host), int(port)

    @property
    def url(self) -> str:
        """Where it is reached from this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to answer."""
        from waitress.server import create_server

        self._threads = _dispatcher()
        self._sockets: dict[int, Any] = {}
        self._waitress: Any = create_server(
            self._app,
            map=self._sockets,
            _dispatcher=self._threads,
            sockets=[self.socket],
            ident="fakeseam",
            channel_timeout=NEVER,
            cleanup_interval=NEVER,
        )
        self._thread = threading.Thread(target=self._run, name="fakeseam-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End at once, whatever connections are open; no thread is left."""
        if self._thread is None:
            self.socket.close()
            return
        from waitress import wasyncore

        self._stopping.set()
        self._waitress.pull_trigger()
        self._thread.join()
        # First let answers under way finish: they use the sockets that are closed then. One
        # that waits for a client to read more goes on when its socket is closed.
        self._threads.end(timeout=GRACE_S)
        wasyncore.close_all(self._sockets, ignore_all=True)
        self._threads.end()
        self._thread = None

    def _run(self) -> None:
        from waitress import wasyncore

        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)


def _dispatcher() -> Any:
    from waitress.task import ThreadedTaskDispatcher

    class Dispatcher(ThreadedTaskDispatcher):
        """Remembers its threads, so that they can be waited for; says nothing of a queue."""

        queue_logger = _QUIET

        def __init__(self) -> None:
            super().__init__()
            self.started: list[threading.Thread] = []
            self.set_thread_count(THREADS)

        def start_new_thread(self, target: Any, thread_no: int) -> None:
            thread = threading.Thread(target=target, args=(thread_no,), daemon=True)
            self.started.append(thread)
            thread.start()

        def end(self, timeout: float | None = None) -> None:
            self.set_thread_count(0)
            for thread in self.started:
                thread.join(timeout)

    return Dispatcher()
