"""A live server in a thread, over waitress, which is imported when a server starts.

``close()`` of waitress alone does not end it while a client keeps its connection open: its
loop is run here until a flag is set, and its sockets are closed then.
"""

from __future__ import annotations

import errno
import logging
import socket
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .errors import MisuseError
from .threads import MOST_THREADS, Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Server", "listen"]

GRACE_S = 1.0  # of real time
# Connections may be kept open without a request on them: there are more of them than threads.
MOST_CONNECTIONS = 10 * MOST_THREADS
# In seconds, longer than any test: time may be frozen, or jump, without closing connections.
NEVER = 10**9

# What to do about a socket that cannot be had.
_ADVICE = {
    errno.EADDRINUSE: "something else listens there: stop it, or take port 0, which is"
    " any free one",
    errno.EACCES: "a port below 1024 may need rights: take a higher one, or port 0, which is any"
    " free one",
    errno.EADDRNOTAVAIL: "that address is not this machine's: take 127.0.0.1, or 0.0.0.0 for all"
    " that it has",
    socket.EAI_NONAME: "nobody knows that name: take 127.0.0.1, or 0.0.0.0 for all addresses that"
    " this machine has",
}

# What waitress has to say of broken answers and clients that went is no news to a test.
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
        why = str(exc.strerror).partition(" (while")[0]  # Python says again where that was
        advice = _ADVICE.get(exc.errno or 0, "127.0.0.1 and port 0 can always be had")
        raise MisuseError(f"cannot listen at {host} port {port} ({why}); {advice}") from exc


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

        from .channel import Channel

        self._threads = Threads()
        self._sockets: dict[int, Any] = {}
        options: dict[str, Any] = {"map": self._sockets, "_dispatcher": self._threads}
        self._waitress: Any = create_server(
            self._app,
            **options,
            sockets=[self.socket],
            ident="fakeseam",
            channel_timeout=NEVER,
            cleanup_interval=NEVER,
            connection_limit=MOST_CONNECTIONS,
            log_socket_errors=False,
        )
        setattr(self._waitress, "channel_class", Channel)
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
        # First let answers under way finish: they use the sockets that are closed then. Those
        # that a fault holds come early; one that waits for a client to read more goes on when
        # its socket is closed.
        for channel in tuple(self._waitress.active_channels.values()):
            channel.let_go()
        if not self._threads.end(timeout=GRACE_S):
            for channel in tuple(self._waitress.active_channels.values()):
                channel.handle_close()
        wasyncore.close_all(self._sockets, ignore_all=True)
        self._threads.end()
        self._thread = None

    def _run(self) -> None:
        from waitress import wasyncore

        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)
