"""Waiting for a change that another thread makes."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

from .process import HomeProcess
from .tasks import in_thread

__all__ = ["ChangeNotifier"]

R = TypeVar("R")
T = TypeVar("T")


class ChangeNotifier(Generic[R]):
    """Wakes every waiting thread after a change, so that none of them polls.

    ``locked`` opens the current runtime under its lock: a reset replaces the runtime. A thread
    that waits calls ``run_due`` before each look, or awaits ``run_due_async``: no other thread may
    do what is due in the test's. A timer ends a wait, not the clock: a test may have stopped the
    clock.
    """

    def __init__(
        self,
        locked: Callable[[], AbstractContextManager[R]],
        run_due: Callable[[], None],
        run_due_async: Callable[[], Awaitable[None]],
    ) -> None:
        self._locked = locked
        self._run_due, self._run_due_async = run_due, run_due_async
        self._changed = threading.Condition()
        self._process = HomeProcess()
        self._waiting = 0
        self._last_change = object()  # a new one for each change
        self._is_closed = False
        self._releases = 0

    def notify(self) -> None:
        """Wakes the waiting threads, of which a child made by ``os.fork`` has none.

        The caller may hold the runtime's lock.
        """
        self._last_change = object()
        # A thread that begins to wait from here on sees the new object.
        if self._waiting and self._process.is_current:
            with self._changed:
                self._changed.notify_all()

    def close(self) -> None:
        """Ends every wait, also later ones: nothing changes after this."""
        self._is_closed = True
        self.notify()

    def release_waiters(self) -> None:
        """Ends the current waits as if their timeout had passed, so that the server can stop."""
        self._releases += 1
        self.notify()

    @property
    def is_closed(self) -> bool:
        """Whether every wait ends at once: the fake was closed."""
        return self._is_closed

    def read(self, look: Callable[[R], T]) -> T:
        """Returns what ``look`` reads from the runtime, under its lock."""
        with self._locked() as runtime:
            return look(runtime)

    def wait_until(self, look: Callable[[R], T | None], timeout: float) -> T | None:
        """Returns what ``look`` reads as soon as that is not None, or None after the timeout.

        ``timeout`` is in seconds of real time. The lock is free in the meantime.
        """
        with self._end_after(timeout) as is_over:
            while True:
                # Read before looking: a change during the look leads to another look.
                last_change, is_last = self._last_change, is_over()
                self._run_due()
                found = self.read(look)
                if found is not None or is_last:
                    return found
                self._wait_for_change(last_change)

    async def wait_until_async(self, look: Callable[[R], T | None], timeout: float) -> T | None:
        """Does the same while the caller's event loop goes on."""
        with self._end_after(timeout) as is_over:
            while True:
                last_change, is_last = self._last_change, is_over()
                await self._run_due_async()
                found = self.read(look)
                if found is not None or is_last:
                    return found
                await in_thread(self._wait_for_change, last_change)

    def _wait_for_change(self, last_change: object) -> None:
        with self._changed:
            self._waiting += 1
            try:
                while self._last_change is last_change:
                    self._changed.wait()
            finally:
                self._waiting -= 1

    @contextmanager
    def _end_after(self, timeout: float) -> Iterator[Callable[[], bool]]:
        """Yields whether the wait is over, and wakes the waiting threads when it is."""
        is_late = threading.Event()
        releases = self._releases

        def end() -> None:
            is_late.set()
            self.notify()

        timer = threading.Timer(min(timeout, threading.TIMEOUT_MAX), end)
        timer.name, timer.daemon = "fakeseam-wait", True
        timer.start()
        try:
            yield lambda: is_late.is_set() or self._is_closed or self._releases != releases
        finally:
            timer.cancel()
            timer.join()
            self.notify()  # a cancelled task leaves a thread that waits
