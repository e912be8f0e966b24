"""How many attempts are under way, and waiting until there are none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import MisuseError

__all__ = ["DELIVERY_LOOP_LIMIT", "LOOP_DEPTH", "PATIENCE_S", "WOULD_WAIT", "UnderWay"]

# So many attempts mean that each causes the next: of those handed over, if so many receivers
# have caused one another before; of those sent by socket, if they come on top of what was there.
DELIVERY_LOOP_LIMIT = 1000
LOOP_DEPTH = 3
# How long, in real seconds, another thread than the fake's own waits without any attempt
# ending: it may be that of a receiver, which would wait for itself. A little less than an
# attempt may take, so that such a receiver still gets its refusal, and any other its time.
PATIENCE_S = 4.5

# Why waiting is refused to who would wait for itself.
WOULD_WAIT = {
    "receiver": "from inside a webhook's receiver would wait for that very receiver: call it in"
    " the test, after what caused the webhook",
    "task": "while another task hands a webhook's delivery over would wait for a receiver that"
    " cannot go on: await that task first",
    "thread": "while clock.advance() runs in another thread: if that is because a webhook's"
    " receiver asks for it, call it in the test instead",
}


class UnderWay:
    """Made by the thread that the fake belongs to, which may wait as long as it takes."""

    def __init__(self) -> None:
        self.begun = 0
        self.ended = 0
        self._owner = threading.get_ident()
        self._changed = threading.Condition()

    @contextmanager
    def changing(self) -> Iterator[UnderWay]:
        """Alone with the numbers, which may be changed; whoever waits is told."""
        with self._changed:
            yield self
            self._changed.notify_all()

    def wait(self, what: str) -> None:
        """Return when nothing is under way; ``MisuseError`` if that never comes."""
        patience = None if threading.get_ident() == self._owner else PATIENCE_S
        with self._changed:
            before = self.begun
            while self.begun > self.ended:
                if self.ended - before > DELIVERY_LOOP_LIMIT:
                    raise MisuseError(
                        f"{what} saw {DELIVERY_LOOP_LIMIT} deliveries and no end:"
                        " a receiver causes another webhook each time"
                    )
                ended = self.ended
                if not self._changed.wait(patience) and self.ended == ended < self.begun:
                    raise MisuseError(
                        f"{what} waits for a webhook's receiver that does not answer: try again"
                        " when it does. A receiver must not ask for this: call it in the test"
                    )
