"""Waiting until something has happened, whichever thread makes it happen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

__all__ = ["Lookout"]

W = TypeVar("W")
T = TypeVar("T")


class Lookout(Generic[W]):
    """Rung whenever something has happened, so that nobody who waits has to poll.

    ``alone`` opens the world as it is by then: a fake that was reset has another one. Nothing
    here looks at a clock, which a test may have stopped; a timer says when time is up.
    """

    def __init__(self, alone: Callable[[], AbstractContextManager[W]]) -> None:
        self._alone = alone
        self._changed = threading.Condition()
        self._rings = 0
        self._is_closed = False
        self._let_go = 0

    def ring(self) -> None:
        """Something has happened. May be called by whoever is alone with the world."""
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing will happen any more: whoever waits goes on."""
        self._is_closed = True
        self.ring()

    def let_go(self) -> None:
        """Whoever waits now waits no longer, as if time were up: the server is to stop."""
        self._let_go += 1
        self.ring()

    def look(self, at: Callable[[W], T]) -> T:
        """What can be seen of the world at this moment."""
        with self._alone() as world:
            return at(world)

    def until(self, at: Callable[[W], T | None], timeout: float) -> T | None:
        """What is seen as soon as there is anything to see, or None after ``timeout`` seconds.

        Of real time; the lock is free in the meantime.
        """
        is_late = threading.Event()
        let_go = self._let_go

        def end() -> None:
            is_late.set()
            self.ring()

        timer = threading.Timer(min(timeout, threading.TIMEOUT_MAX), end)
        timer.name, timer.daemon = "fakeseam-lookout", True
        timer.start()
        try:
            while True:
                # Read before looking: what happens in between is looked at once more.
                rings, is_over = self._rings, is_late.is_set() or self._is_closed
                is_over = is_over or self._let_go != let_go
                seen = self.look(at)
                if seen is not None or is_over:
                    return seen
                with self._changed:
                    while self._rings == rings:
                        self._changed.wait()
        finally:
            timer.cancel()
            timer.join()
