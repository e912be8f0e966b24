"""A live server: a thread that accepts connections, and one for each of them.

``connection`` is imported with the first one.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address
from types import TracebackType
from typing import TYPE_CHECKING
from weakref import WeakSet

from ..core.process import HomeProcess
from ..errors import MisuseError, is_outcome

if TYPE_CHECKING:
    from .connection import Connection
    from .wire import Request, Response

__all__ = ["MAX_CONNECTIONS", "Selector", "Server", "listen"]

__tracebackhide__ = is_outcome

# More than a test opens at once; further ones wait. A waiting connection costs a thread, which is
# some ten kilobytes. The limit is for an app that closes none.
MAX_CONNECTIONS = 4000
# How long a stop waits for a client that does not read its response, in seconds of real time.
GRACE_S = 1.0
# How long to wait when the process may open no more files or threads: until a connection ends.
PAUSE_S = 0.05

# The default would open a file for each request that a fault holds. Windows lacks this one.
Selector = getattr(selectors, "PollSelector", selectors.DefaultSelector)

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
    """A server of what ``respond`` returns, from ``start`` to ``stop`` or inside ``with``.

    Its socket listens before the start, so the first request cannot come too early.
    """

    def __init__(self, respond: Callable[[Request], Response], listening: socket.socket) -> None:
        self._respond = respond
        self.socket = listening
        self.socket.setblocking(False)  # a client may be gone before it is accepted
        self._is_stopping = threading.Event()
        # A byte wakes the accepting thread. Closing would not: a child may hold a copy.
        self._wake, self._woken = socket.socketpair()
        self._room = threading.Semaphore(MAX_CONNECTIONS)
        self._connections: dict[threading.Thread, Connection] = {}
        self._thread: threading.Thread | None = None
        self._process = HomeProcess()
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
        """Starts the thread that accepts connections."""
        self._thread = threading.Thread(target=self._run, name="fakeseam-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Closes every connection and ends every thread, even if clients wait for a response.

        Requests that have begun get their response; those that a fault holds get it at once. A
        child made by ``os.fork`` has no threads.
        """
        if self._thread is not None and self._process.is_current:
            self._is_stopping.set()
            self._wake.send(b"x")
            self._room.release()
            self._thread.join()
            self._end_connections()
            self._thread = None
        self.close_in_child()

    def _end_connections(self) -> None:
        connections = self._connections.copy()
        for connection in connections.values():
            connection.finish()
        for thread in connections:
            thread.join(GRACE_S)
            if thread.is_alive():  # it may be one of many whose client does not read
                for connection in connections.values():
                    connection.abort()
                thread.join()

    def close_in_child(self) -> None:
        """Closes this process's copies of the sockets; a child's would hold them open."""
        for one in (self.socket, self._wake, self._woken):
            one.close()
        for connection in self._connections.copy().values():
            connection.close()

    # In the accepting thread

    def _run(self) -> None:
        with Selector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                self._room.acquire()
                selector.select()
                if self._is_stopping.is_set():
                    return
                if not self._accept():
                    self._room.release()

    def _accept(self) -> bool:
        """Starts the thread of a new connection; returns whether there is one."""
        try:
            from .connection import Connection

            client, _ = self.socket.accept()
        except BlockingIOError:  # the client has gone away
            return False
        except OSError:  # no more files can be opened, be it those of the import
            self._is_stopping.wait(PAUSE_S)
            return False
        connection = Connection(client, self._respond, self._is_stopping)
        thread = threading.Thread(
            target=self._serve, args=(connection,), name="fakeseam-connection", daemon=True
        )
        self._connections[thread] = connection
        try:
            thread.start()
        except RuntimeError:  # no more threads can be started
            connection.close()
            del self._connections[thread]
            self._is_stopping.wait(PAUSE_S)
            return False
        return True

    def _serve(self, connection: Connection) -> None:
        try:
            connection.run()
        finally:
            del self._connections[threading.current_thread()]
            self._room.release()


_servers: WeakSet[Server] = WeakSet()


def _after_fork_in_child() -> None:
    for server in tuple(_servers):
        server.close_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
