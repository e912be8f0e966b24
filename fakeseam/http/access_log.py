"""The log of a server: a line for each response, written by a thread of its own.

An answer never waits for the log. A parent process may keep standard error as a pipe and not read
it; a full pipe then costs lines, and nothing else.
"""

from __future__ import annotations

import os
import select
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

from ..core.fault_plan import RESET, TIMEOUT
from .app import App, Log
from .wire import Request, Response

__all__ = ["AccessLog", "LogWriter"]

# How many characters wait for a reader; lines beyond that are dropped.
MAX_WAITING = 2**20
# How long the end of a server waits for the reader of its last lines, in seconds of real time.
GRACE_S = 1.0


class LogWriter:
    """Writes to a stream in a thread of its own, and never makes its caller wait.

    It writes to a file descriptor of its own: a thread that hangs in a write would hold the lock
    of the stream itself, and Python needs that to exit.
    """

    def __init__(self, stream: TextIO) -> None:
        stream.flush()
        self._descriptor = os.dup(stream.fileno())
        self._changed = threading.Condition()
        self._waiting: list[str] = []
        self._size = 0
        self._dropped = 0
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="fakeseam-log", daemon=True)
        self._thread.start()

    def __enter__(self) -> LogWriter:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def write(self, text: str) -> None:
        """Leaves a line to the thread; drops it if ``MAX_WAITING`` characters wait already."""
        with self._changed:
            if self._size < MAX_WAITING:
                self._waiting.append(text)
                self._size += len(text)
                self._changed.notify()
            else:
                self._dropped += 1

    def flush(self) -> None:
        """Does nothing: the thread writes at once."""

    def close(self) -> None:
        """Writes what waits, for at most ``GRACE_S``."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join(GRACE_S)

    def _run(self) -> None:
        try:
            with suppress(OSError):  # nobody can read it any more
                while (text := self._next()) is not None:
                    self._write_all(text.encode("utf-8", "replace"))
        finally:
            os.close(self._descriptor)

    def _next(self) -> str | None:
        """Waits for text; returns None at the end."""
        with self._changed:
            while not self._waiting:
                if self._is_closed:
                    return None
                self._changed.wait()
            text, dropped = "".join(self._waiting), self._dropped
            self._waiting, self._size, self._dropped = [], 0, 0
        if dropped:
            text += f"fakeseam: {dropped} lines are missing here: nobody read standard error\n"
        return text

    def _write_all(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:  # another process has made the pipe non-blocking
                select.select([], [self._descriptor], [])


class AccessLog:
    """An ``App`` with a line in a log for each response.

    Tracebacks of the app go to the log too.
    """

    def __init__(self, app: App, log: Log) -> None:
        self._app = app
        self._log = log

    def __call__(self, request: Request) -> Response:
        began, status, request_id = time.perf_counter(), "---", "-"
        try:
            response = self._app(request, self._log)
            request_id = response.headers["seam-request-id"]
            if response.fault_kind not in (RESET, TIMEOUT):  # these send no status
                status = str(response.status)
            return response
        finally:
            took = (time.perf_counter() - began) * 1000
            # Quoted as on the wire: a path may have any character.
            path = quote(request.path, safe="/")
            self._write(f"{request.method} {path} {status} {took:.1f} ms {request_id}\n")

    def _write(self, line: str) -> None:
        """Writes a line in one call, as threads share the log. Ignores a closed one."""
        with suppress(OSError, ValueError):
            self._log.write(line)
            self._log.flush()
