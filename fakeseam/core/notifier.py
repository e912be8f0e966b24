"""Waiting for a change that another thread makes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

from .process import HomeProcess

__all__ = ["ChangeNotifier"]

R = TypeVar("R")
T = TypeVar("T")


class ChangeNotifier(Generic[R]):
    """Wakes every waiting thread after a change, so that none of them polls.

    ``locked`` opens the current runtime under its lock: a reset replaces the runtime. A timer
    ends a wait, not the clock: a test may have stopped the clock.
    """

    def __init__(self, locked: Callable[[], AbstractContextManager[R]]) -> None:
        self._locked = locked
        self._changed = threading.Condition()
        self._process = HomeProcess()
        self._changes = 0
        self._is_closed = False
        self._releases = 0

    def notify(self) -> None:
        """Wakes the waiting threads, of which a child made by ``os.fork`` has none.

        The caller may hold the runtime's lock.
        """
        if not self._process.is_current:
            return
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Ends every wait, also later ones: nothing changes after this."""
        self._is_closed = True
        self.notify()

    def release_waiters(self) -> None:
        """Ends the current waits as if their timeout had passed, so that the server can stop."""
        self._releases += 1
        self.notify()

    def read(self, look: Callable[[R], T]) -> T:
        """Returns what ``look`` reads from the runtime, under its lock."""
        with self._locked() as runtime:
            return look(runtime)

    def wait_until(self, look: Callable[[R], T | None], timeout: float) -> T | None:
        """Returns what ``look`` reads as soon as that is not None, or None after the timeout.

        ``timeout`` is in seconds of real time. The lock is free in the meantime.
        """
        is_late = threading.Event()
        releases = self._releases

        def end() -> None:
            is_late.set()
            self.notify()

        timer = threading.Timer(min(timeout, threading.TIMEOUT_MAX), end)
        timer.name, timer.daemon = "fakeseam-wait", True
        timer.start()
        try:
            while True:
                # Read before looking: a change during the look leads to another look.
                changes, is_over = self._changes, is_late.is_set() or self._is_closed
                is_over = is_over or self._releases != releases
                found = self.read(look)
                if found is not None or is_over:
                    return found
                with self._changed:
                    while self._changes == changes:
                        self._changed.wait()
        finally:
            timer.cancel()
            timer.join()
