"""The lock of one fake's runtime."""

from __future__ import annotations

import threading

from .process import HomeProcess

__all__ = ["NonReentrantLock"]


class NonReentrantLock:
    """A lock that raises ``RuntimeError`` if its thread takes it again, and so never deadlocks.

    In a child made by ``os.fork`` it raises ``MisuseError``: a thread that held it then is gone.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._process = HomeProcess()

    def __enter__(self) -> None:
        self._process.check()
        if self._owner == threading.get_ident():
            raise RuntimeError("fakeseam called itself inside a call: please report this bug")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *exc_info: object) -> None:
        self._owner = None
        self._lock.release()
