"""One attempt under way: what is sent, to whom, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .api.deliveries import WebhookDelivery
from .api.records import Attempt, Delivery, DueAttempt

__all__ = ["Letter", "NoStatus", "Sender"]

# Takes a delivery; returns the HTTP status, or a response that has one, or a promise of it.
Sender = Callable[[WebhookDelivery], Any]


class NoStatus(Exception):
    """A sender returned something that is no status."""


@dataclass
class Letter:
    """``sender`` is None for one that goes by socket; ``generation`` tells one that was sent
    before the store was put back; ``depth`` counts the receivers that caused one another.

    The moments are read by the thread that queued it: freezegun does not freeze a thread of
    its own. ``signed_at`` is by the receivers' clock.
    """

    delivery: Delivery
    due: DueAttempt
    sender: Sender | None
    generation: int
    depth: int
    at: str
    signed_at: int
    outcome: Attempt | None = None

    def __str__(self) -> str:
        event_type = json.loads(self.delivery.body)["event_type"]
        if self.outcome is None:
            where = f"{self.delivery.url}, which is not on this machine"
            return f"not sent to {where}: {event_type} (see webhooks.allow and .deliver_to)"
        told = self.outcome.error or self.outcome.status
        return f"{told} from {self.delivery.url} for {event_type}"

    @property
    def shown(self) -> WebhookDelivery:
        """The delivery as the receiver gets it, signed at the moment of this attempt."""
        return WebhookDelivery.of(self.delivery, self.signed_at)

    def hand_over(self) -> Any:
        """What the sender answers."""
        if self.sender is None:
            raise RuntimeError(f"{self.delivery.message_id} has no sender")
        return self.sender(self.shown)

    def answered(self, answer: Any) -> None:
        """Note the status in a sender's answer; raises ``NoStatus`` if there is none."""
        status = getattr(answer, "status_code", answer)
        if not isinstance(status, int) or isinstance(status, bool):
            raise NoStatus(
                f"the sender given to webhooks.deliver_to returned {answer!r}:"
                " return the HTTP status, or a response that has a status_code"
            )
        self.ended(int(status))

    def ended(
        self, status: int | None = None, answer: str | None = None, error: str | None = None
    ) -> None:
        """Note what became of the attempt."""
        self.outcome = Attempt(self.at, self.signed_at, status, answer, error)
