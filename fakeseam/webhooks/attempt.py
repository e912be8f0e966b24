"""One attempt in flight: what is sent to which sender or URL, and its result."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..api.webhooks.deliveries import WebhookDelivery
from ..api.webhooks.record import Attempt, Delivery, ScheduledAttempt

__all__ = ["InFlightAttempt", "InvalidSenderResult", "Sender"]

# Takes a delivery; returns the HTTP status, a response that has one, or an awaitable of either.
Sender = Callable[[WebhookDelivery], Any]


class InvalidSenderResult(Exception):
    """A sender returned something without an HTTP status."""


@dataclass
class InFlightAttempt:
    """An attempt that has started.

    ``sender`` is None for an attempt over HTTP. ``generation`` is the dispatcher's at the start;
    the dispatcher increases its own when the store is restored. ``depth`` is the number of
    attempts that led to this one, each caused by the receiver of the one before. The thread that
    queues the attempt reads ``at`` and ``signed_at``, since freezegun does not freeze the sending
    thread. ``signed_at`` is by the receivers' clock.
    """

    delivery: Delivery
    scheduled: ScheduledAttempt
    sender: Sender | None
    generation: int
    depth: int
    at: str
    signed_at: int
    result: Attempt | None = None

    def __str__(self) -> str:
        event_type = json.loads(self.delivery.body)["event_type"]
        if self.result is None:
            where = f"{self.delivery.url}, which is not on this machine"
            return f"not sent to {where}: {event_type} (see webhooks.allow and .deliver_to)"
        return (
            f"{self.result.error or self.result.status} from {self.delivery.url} for {event_type}"
        )

    @property
    def signed(self) -> WebhookDelivery:
        """The delivery as the receiver gets it, signed at the time of this attempt."""
        return WebhookDelivery.of(self.delivery, self.signed_at)

    def call_sender(self) -> Any:
        """Returns what the sender returns."""
        if self.sender is None:
            raise RuntimeError(f"{self.delivery.message_id} has no sender")
        return self.sender(self.signed)

    def set_response(self, result: Any) -> None:
        """Sets the result from what the sender returned.

        Raises ``InvalidSenderResult`` if that has no HTTP status.
        """
        status = getattr(result, "status_code", result)
        if not isinstance(status, int) or isinstance(status, bool):
            raise InvalidSenderResult(
                f"The sender given to webhooks.deliver_to() returned {result!r}."
                " Return an HTTP status, or a response with status_code."
            )
        self.finish(int(status))

    def finish(
        self,
        status: int | None = None,
        response_body: str | None = None,
        error: str | None = None,
    ) -> None:
        """Sets the result of the attempt."""
        self.result = Attempt(self.at, self.signed_at, status, response_body, error)
