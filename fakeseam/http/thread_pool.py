"""The threads of a server: as many as it has requests at the moment.

A request keeps its thread while a fault holds it, or while a control call waits. With a fixed
number of threads, all of them could be held: then no request could end the fault.
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from typing import Protocol

__all__ = ["MAX_THREADS", "Task", "ThreadPool"]

# How many idle threads wait for tasks; any more than these end.
KEPT_THREADS = 8
# More requests than a test holds at once. A waiting thread costs some ten kilobytes. The limit
# is for an app that never stops sending requests.
MAX_THREADS = 200


class Task(Protocol):
    """One request on its connection."""

    def service(self) -> None:
        """Handles the request."""


class ThreadPool:
    """A task dispatcher for waitress that starts a thread when all of them are busy."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: deque[Task] = deque()
        self._running: list[threading.Thread] = []
        self._free = 0  # idle threads, including those that are still starting
        self._is_ending = False

    def add_task(self, task: Task) -> None:
        """Runs a task at once, or when a thread is free if there are ``MAX_THREADS``."""
        with self._changed:
            self._tasks.append(task)
            if len(self._tasks) > self._free:
                self._start_one()
            self._changed.notify()

    def _start_one(self) -> None:
        self._running = [thread for thread in self._running if thread.is_alive()]
        if len(self._running) < MAX_THREADS:
            thread = threading.Thread(target=self._work, name="fakeseam-request", daemon=True)
            self._running.append(thread)
            self._free += 1
            thread.start()

    def shutdown(self, timeout: float | None = None) -> bool:
        """Runs no more tasks; returns whether all threads have ended.

        The timeout, in seconds of real time, is per thread.
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
            except BaseException:  # a bug of the server's must fail only this request
                traceback.print_exc()
            with self._changed:
                self._free += 1

    def _next(self) -> Task | None:
        """Waits for the next task; returns None if this thread must end."""
        with self._changed:
            while not self._is_ending and not self._tasks:
                if self._free > KEPT_THREADS:
                    self._free -= 1
                    return None
                self._changed.wait()
            self._free -= 1
            return None if self._is_ending else self._tasks.popleft()
