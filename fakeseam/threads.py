"""The threads of a server: as many as there are requests under way.

A request that a fault holds, or a lever that waits, keeps its thread: with a fixed number of
them nobody could ask for the health, or end the fault, while they are all held.
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from typing import Protocol

__all__ = ["MOST_THREADS", "Task", "Threads"]

# How many wait for more to do; those beyond end when there is nothing left for them.
KEPT_THREADS = 8
# More requests than a test will hold at once. A thread that waits costs some ten kilobytes; the
# bound is there for an app that never stops asking.
MOST_THREADS = 200


class Task(Protocol):
    """What is to be done: a request on its connection."""

    def service(self) -> None:
        """Do it."""


class Threads:
    """What waitress calls a task dispatcher: starts a thread when all of them are busy."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: deque[Task] = deque()
        self._running: list[threading.Thread] = []
        self._free = 0  # those that will take a task, one that is only being started among them
        self._is_ending = False

    def add_task(self, task: Task) -> None:
        """Have it done at once, if there may be one more thread."""
        with self._changed:
            self._tasks.append(task)
            if len(self._tasks) > self._free:
                self._start_one()
            self._changed.notify()

    def _start_one(self) -> None:
        self._running = [thread for thread in self._running if thread.is_alive()]
        if len(self._running) < MOST_THREADS:
            thread = threading.Thread(target=self._work, name="fakeseam-request", daemon=True)
            self._running.append(thread)
            self._free += 1
            thread.start()

    def end(self, timeout: float | None = None) -> bool:
        """Do nothing more; whether all threads have ended.

        The timeout, in seconds of real time, begins anew whenever one of them has ended.
        """
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()
            running = tuple(self._running)
        for thread in running:
            thread.join(timeout)
            if thread.is_alive():
                return False
        return True

    def _work(self) -> None:
        while (task := self._next()) is not None:
            try:
                task.service()
            except BaseException:  # a bug of the server's, which is to cost one request alone
                traceback.print_exc()
            with self._changed:
                self._free += 1

    def _next(self) -> Task | None:
        """The next task when there is one; None where this thread is to end."""
        with self._changed:
            while not self._is_ending and not self._tasks:
                if self._free > KEPT_THREADS:
                    self._free -= 1
                    return None
                self._changed.wait()
            self._free -= 1
            return None if self._is_ending else self._tasks.popleft()
