"""How many attempts are in flight, and waiting until there are none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import MisuseError

__all__ = [
    "DEADLOCK_REASONS",
    "DELIVERY_LOOP_LIMIT",
    "LOOP_DEPTH",
    "STALL_TIMEOUT_S",
    "InFlightCounter",
]

# After more attempts than this, fakeseam assumes that each attempt causes the next, and stops.
# With senders, it counts an attempt if LOOP_DEPTH or more attempts led to it, each caused by the
# receiver of the one before. Over HTTP, it counts the attempts that start during a wait.
DELIVERY_LOOP_LIMIT = 1000
LOOP_DEPTH = 3
# How many real seconds a thread waits while no attempt finishes; the thread that made the fake
# waits without limit. Another thread may run a receiver, which would wait for its own attempt. The
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
    """A count of attempts. The thread that makes the counter waits without limit."""

    def __init__(self) -> None:
        self.started = 0
        self.finished = 0
        self._owner = threading.get_ident()
        self._changed = threading.Condition()

    @contextmanager
    def locked(self) -> Iterator[InFlightCounter]:
        """Yields the counter for changing it, then wakes the waiting threads."""
        with self._changed:
            yield self
            self._changed.notify_all()

    def wait(self, method: str) -> None:
        """Returns when nothing is in flight. Raises ``MisuseError`` if that never happens."""
        timeout = None if threading.get_ident() == self._owner else STALL_TIMEOUT_S
        with self._changed:
            before = self.started
            while self.started > self.finished:
                if self.finished - before > DELIVERY_LOOP_LIMIT:
                    raise MisuseError(
                        f"Webhook loop: {method} stopped after {DELIVERY_LOOP_LIMIT} deliveries."
                        " A receiver triggers another webhook each time."
                    )
                finished = self.finished
                if not self._changed.wait(timeout) and self.finished == finished < self.started:
                    raise MisuseError(
                        f"{method} timed out: a webhook receiver did not respond. If the receiver"
                        " calls it, move that call to the test."
                    )
