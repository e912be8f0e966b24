"""The test's thread: the one in which the senders of a fake run."""

from __future__ import annotations

import threading

__all__ = ["OwnerThread"]


class OwnerThread:
    """The thread that made the fake, until a task of another one uses ``fake.aio``.

    If the owner has ended, the next thread that asks takes over.
    """

    def __init__(self) -> None:
        self._thread = threading.current_thread()

    def set(self, thread: threading.Thread) -> None:
        """Makes another thread the owner: an app's thread may have made the test's fake."""
        self._thread = thread

    def take_over(self) -> None:
        """Makes the calling thread the owner: the test's event loop may run in another one.

        Django's ``TestCase`` runs ``setUp`` and an asynchronous test in two threads.
        """
        self._thread = threading.current_thread()

    @property
    def name(self) -> str:
        """The name of the owner."""
        return self._thread.name

    def is_current(self) -> bool:
        """Returns whether the calling thread is the owner."""
        current = threading.current_thread()
        if current is not self._thread and not self._thread.is_alive():
            self._thread = current
        return current is self._thread
