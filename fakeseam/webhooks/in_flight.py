"""How many attempts are in flight, and waiting until there are none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..errors import MisuseError, is_outcome
from .owner_thread import OwnerThread

__all__ = [
    "DEADLOCK_REASONS",
    "DELIVERY_LOOP_LIMIT",
    "LOOP_DEPTH",
    "STALL_TIMEOUT_S",
    "InFlightCounter",
]

__tracebackhide__ = is_outcome

# After more attempts than this, fakeseam assumes that each attempt causes the next, and stops.
# With senders, it counts an attempt if LOOP_DEPTH or more attempts led to it, each caused by the
# receiver of the one before. Over HTTP, it counts the attempts that start during a wait.
DELIVERY_LOOP_LIMIT = 1000
LOOP_DEPTH = 3
# How many real seconds a thread waits while no attempt finishes; the test's thread waits without
# limit. Another thread may run a receiver, which would wait for its own attempt. The
# limit is a little shorter than an attempt's timeout, so that the receiver gets this error first.
STALL_TIMEOUT_S = 4.5

# The messages for a wait that would never end, by the place of the call. "{}" is the method.
DEADLOCK_REASONS = {
    "receiver": "{} would deadlock inside a webhook receiver. Call it in the test, after the"
    " request that triggers the webhook.",
    "task": "{} would deadlock while another task runs a webhook receiver. Await that task first.",
    "thread": "{} would deadlock while clock.advance() runs in another thread. If a webhook"
    " receiver calls it, move that call to the test.",
}


class InFlightCounter:
    """A count of attempts. The test's thread waits for them without limit."""

    def __init__(self, owner: OwnerThread) -> None:
        self.started = 0
        self.finished = 0
        self._owner = owner
        self._changed = threading.Condition()

    @contextmanager
    def locked(self) -> Iterator[InFlightCounter]:
        """Yields the counter for changing it, then wakes the waiting threads."""
        with self._changed:
            yield self
            self._changed.notify_all()

    def wake(self) -> None:
        """Wakes the waiting threads: there may be work for one of them."""
        with self._changed:
            self._changed.notify_all()

    @property
    def is_busy(self) -> bool:
        """Whether an attempt is in flight."""
        return self.started > self.finished

    def timeout(self) -> float | None:
        """Returns how many seconds the calling thread waits while no attempt finishes."""
        return None if self._owner.is_current() else STALL_TIMEOUT_S

    def wait(
        self, method: str, *, since: int, timeout: float | None, is_wanted: Callable[[], bool]
    ) -> bool:
        """Waits until nothing is in flight, and returns False; returns True if ``is_wanted``.

        ``since`` is the number of attempts that had started when the whole wait began. Raises
        ``MisuseError`` if the wait never ends.
        """
        with self._changed:
            while not is_wanted():
                if not self.is_busy:
                    return False
                if self.finished - since > DELIVERY_LOOP_LIMIT:
                    raise MisuseError(
                        f"Webhook loop: {method} stopped after {DELIVERY_LOOP_LIMIT} deliveries."
                        " A receiver triggers another webhook each time."
                    )
                finished = self.finished
                is_stalled = not self._changed.wait(timeout) and self.finished == finished
                if is_stalled and self.is_busy and not is_wanted():
                    raise MisuseError(
                        f"{method} timed out: a webhook receiver did not respond. If the receiver"
                        " calls it, move that call to the test."
                    )
        return True
