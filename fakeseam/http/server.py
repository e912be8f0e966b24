"""A live server in a thread, over waitress, which is imported when a server starts.

Waitress's own ``close()`` does not end it while a client keeps its connection open. So its loop
runs here until a flag is set; then its sockets are closed.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
from ipaddress import ip_address
from types import TracebackType
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from ..core.process import HomeProcess
from ..errors import MisuseError, is_outcome

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Server", "listen"]

__tracebackhide__ = is_outcome

GRACE_S = 1.0  # of real time
# Clients keep idle connections open, so there may be more connections than threads.
CONNECTIONS_PER_THREAD = 10
# In seconds, longer than any test: frozen or jumping time must not close connections.
NEVER = 10**9

# What to do about a socket that cannot be opened.
_ADVICE = {
    errno.EADDRINUSE: "another process listens there. Stop it, or use port 0 for any free port.",
    errno.EACCES: "a port below 1024 may need special rights. Use a higher port, or port 0 for"
    " any free port.",
    errno.EADDRNOTAVAIL: "that address does not belong to this machine. Use 127.0.0.1, or 0.0.0.0"
    " for all its addresses.",
    socket.EAI_NONAME: "that host name is unknown. Use 127.0.0.1, or 0.0.0.0 for all addresses of"
    " this machine.",
}

# Waitress's messages about broken responses and clients that went away are hidden from tests.
_QUIET = logging.getLogger("fakeseam.server")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


def listen(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """Returns a listening socket. Port 0 is any free port.

    Raises ``MisuseError`` if it cannot be opened, for instance because the port is in use.
    """
    if not isinstance(port, int) or isinstance(port, bool) or not 0 <= port <= 65535:
        raise MisuseError(
            f"{port!r} is not a port. Use a number up to 65535, or 0 for any free port."
        )
    if not isinstance(host, str) or not _can_be_host(host):
        raise MisuseError(f"host={host!r}: give a name or an address as text, such as '127.0.0.1'")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as exc:
        reason = str(exc.strerror).partition(" (while")[0]  # Python adds host and port there
        advice = _ADVICE.get(exc.errno or 0, "127.0.0.1 with port 0 always works.")
        raise MisuseError(f"Cannot listen at {host} port {port} ({reason}): {advice}") from exc


def _can_be_host(host: str) -> bool:
    """Returns whether the socket library can ask for it. It would leave a socket open if not."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return host.isprintable()


class Server:
    """A server of a WSGI application, from ``start`` to ``stop`` or inside ``with``.

    Its socket listens before the start, so the first request cannot come too early.
    """

    def __init__(self, app: WSGIApplication, listening: socket.socket) -> None:
        self._app = app
        self.socket = listening
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._process = HomeProcess()
        self._waitress: Any = None
        _servers.add(self)
        host, port = listening.getsockname()[:2]
        self.host, self.port = str(host), int(port)

    @property
    def url(self) -> str:
        """The URL at which this machine reaches it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether this machine alone reaches it."""
        return ip_address(self.host).is_loopback

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
        """Starts the thread that responds to requests."""
        from waitress.server import create_server

        from .thread_pool import MAX_THREADS, ThreadPool
        from .waitress_channel import Channel

        self._threads = ThreadPool()
        self._sockets: dict[int, Any] = {}
        options: dict[str, Any] = {"map": self._sockets, "_dispatcher": self._threads}
        self._waitress = create_server(
            self._app,
            **options,
            sockets=[self.socket],
            ident="fakeseam",
            channel_timeout=NEVER,
            cleanup_interval=NEVER,
            connection_limit=CONNECTIONS_PER_THREAD * MAX_THREADS,
            log_socket_errors=False,
        )
        setattr(self._waitress, "channel_class", Channel)
        self._thread = threading.Thread(target=self._run, name="fakeseam-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Closes every connection and ends every thread, even if clients wait for a response.

        A child made by ``os.fork`` has no threads.
        """
        if self._thread is None or not self._process.is_current:
            self.socket.close()
            return
        from waitress import wasyncore

        self._stopping.set()
        self._waitress.pull_trigger()
        self._thread.join()
        # Let the current requests finish before their sockets are closed. ``release`` ends those
        # that a fault holds. A response that waits for its client to read more goes on only when
        # its socket is closed.
        for channel in tuple(self._waitress.active_channels.values()):
            channel.release()
        if not self._threads.shutdown(timeout=GRACE_S):
            for channel in tuple(self._waitress.active_channels.values()):
                channel.handle_close()
        wasyncore.close_all(self._sockets, ignore_all=True)
        self._threads.shutdown()
        self._thread = None

    def close_in_child(self) -> None:
        """Closes a child's copies of the sockets, which would hold them open for the clients."""
        self.socket.close()
        if self._waitress is not None:
            for channel in tuple(self._waitress.active_channels.values()):
                channel.socket.close()

    def _run(self) -> None:
        from waitress import wasyncore

        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, use_poll=True, map=self._sockets, count=1)


_servers: WeakSet[Server] = WeakSet()


def _after_fork_in_child() -> None:
    for server in tuple(_servers):
        server.close_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
