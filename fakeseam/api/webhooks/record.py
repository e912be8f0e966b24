"""What the store keeps of a webhook, of a delivery, and of its next attempt."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ...core.table import BY_INSERTION
from ..lifecycle import DELIVERY
from ..record_fields import SCHEDULED

__all__ = [
    "DELIVERIES",
    "IN_FLIGHT",
    "SCHEDULED_ATTEMPTS",
    "WEBHOOKS",
    "Attempt",
    "Delivery",
    "ScheduledAttempt",
    "Webhook",
]

# The index of the attempts that have started and not finished.
IN_FLIGHT: Hashable = ("in_flight",)


@dataclass(frozen=True)
class Webhook:
    """A URL that gets the events of these types."""

    webhook_id: str
    workspace_id: str
    created_at: str
    url: str
    event_types: tuple[str, ...]
    secret: str


@dataclass(frozen=True)
class Delivery:
    """One event for one webhook, over all its attempts.

    ``state`` is a state of the delivery's transition table. ``url``, ``secret`` and ``body`` are
    those of the moment of the event. ``signed_at`` is that moment in seconds since 1970, by the
    receivers' clock. Each of ``attempts`` has the fields of an ``Attempt``.
    """

    message_id: str
    workspace_id: str
    created_at: str
    webhook_id: str
    event_id: str
    url: str
    secret: str
    body: str
    signed_at: int
    state: str
    attempts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Attempt:
    """One try to deliver: its time, and the receiver's response or what went wrong.

    ``at`` is the fake's time, ``signed_at`` the value of ``svix-timestamp``. A sender that raised
    leaves its ``error`` and ``traceback``.
    """

    at: str
    signed_at: int
    status: int | None
    response_body: str | None
    error: str | None
    traceback: str | None = None

    @property
    def succeeded(self) -> bool:
        """Unsourced: Seam does not say what counts; Svix, which it uses, takes any 2xx."""
        return self.status is not None and 200 <= self.status <= 299


@dataclass(frozen=True)
class ScheduledAttempt:
    """A delivery's next attempt; ``created_at`` is the time at which it falls due.

    ``is_in_flight`` is True from the start of the attempt to its end.
    """

    message_id: str
    workspace_id: str
    created_at: str
    is_in_flight: bool


def _index_delivery(delivery: Delivery) -> Iterator[Hashable]:
    yield BY_INSERTION
    yield ("event", delivery.event_id)
    yield ("workspace", delivery.workspace_id)
    yield ("state", delivery.webhook_id, delivery.state)


def _index_attempt(attempt: ScheduledAttempt) -> Iterator[Hashable]:
    yield IN_FLIGHT if attempt.is_in_flight else SCHEDULED
    yield ("workspace", attempt.workspace_id)


WEBHOOKS = RecordType(
    name="webhooks",
    record=Webhook,
    key="webhook_id",
    index=lambda webhook: [("workspace", webhook.workspace_id)],
    noun="webhook",
    survives_reset=True,
    section=None,
    shown_by="webhooks.endpoints:show",
    checked_by="webhooks.signature:check_secret",
)
DELIVERIES = RecordType(
    name="deliveries",
    record=Delivery,
    key="message_id",
    index=_index_delivery,
    noun=None,
    survives_reset=False,
    section="deliveries",
    shown_by="webhooks.deliveries:show",
    states=DELIVERY.states,
    checked_by="webhooks.deliveries:check",
)
SCHEDULED_ATTEMPTS = RecordType(
    name="scheduled_attempts",
    record=ScheduledAttempt,
    key="message_id",
    index=_index_attempt,
    noun=None,
    survives_reset=False,
    section=None,
    shown_by=None,
    belongs_to="message_id",
)
