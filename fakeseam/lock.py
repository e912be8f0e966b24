"""The lock around everything that one fake knows."""

from __future__ import annotations

import threading

__all__ = ["PlainLock"]


class PlainLock:
    """A lock that is not re-entrant: taking it twice on one thread is a bug, not a wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("a call into fakeseam from within one: please report this bug")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *exc_info: object) -> None:
        self._owner = None
        self._lock.release()
