"""Deliveries: queued with their event, shown with their attempts, cancelled with their webhook.

Source: docs.seam.co developer-tools/webhooks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ...core.record_types import replace
from ...core.state_machine import ABSENT
from ...core.store import Store
from ..context import RequestContext
from ..events.record import Event
from ..events.shape import shown
from ..lifecycle import DELIVERY
from .record import (
    DELIVERIES,
    SCHEDULED_ATTEMPTS,
    WEBHOOKS,
    Attempt,
    Delivery,
    ScheduledAttempt,
    Webhook,
)
from .signature import signed_headers

__all__ = [
    "EVERY_TYPE",
    "WebhookDelivery",
    "cancel_for_webhook",
    "check",
    "list_deliveries",
    "queue",
    "show",
]

EVERY_TYPE = "*"

MESSAGE_ID_LENGTH = 27  # Unsourced: as long as Svix's own


@dataclass(frozen=True)
class WebhookDelivery:
    """One event for one webhook: what is sent, and the attempts so far.

    ``headers`` are those of the latest attempt. ``state`` is ``waiting``, ``delivered``,
    ``failed`` (given up), ``stopped`` (its webhook was deleted) or ``not_sent`` (its URL is
    neither on this machine nor allowed).
    """

    url: str
    headers: dict[str, str]
    body: str
    event: dict[str, Any]
    attempts: tuple[Attempt, ...]
    state: str
    message_id: str
    webhook_id: str

    @classmethod
    def of(cls, stored: Delivery, signed_at: int | None = None) -> WebhookDelivery:
        """Returns a stored delivery with the headers of its latest attempt, or signed now."""
        attempts = tuple(Attempt(**attempt) for attempt in stored.attempts)
        latest = attempts[-1].signed_at if attempts else stored.signed_at
        return cls(
            url=stored.url,
            headers=signed_headers(stored, latest if signed_at is None else signed_at),
            body=stored.body,
            event=json.loads(stored.body),
            attempts=attempts,
            state=stored.state,
            message_id=stored.message_id,
            webhook_id=stored.webhook_id,
        )

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> WebhookDelivery:
        """Returns the delivery that a control endpoint returned as JSON."""
        attempts = tuple(Attempt(**one) for one in body["attempts"])
        return cls(**{**body, "attempts": attempts})

    def __str__(self) -> str:
        tries = "1 attempt" if len(self.attempts) == 1 else f"{len(self.attempts)} attempts"
        last = [str(self.attempts[-1].error or self.attempts[-1].status)] if self.attempts else []
        result = ", ".join([self.state, tries, *last])
        if self.state == "not_sent":
            result += f" ({self.host} is not this machine: see webhooks.allow and .deliver_to)"
        return f"{self.event['event_type']} to {self.url}: {result}"

    @property
    def host(self) -> str:
        """The host in its URL; the whole URL if it has none."""
        try:
            return urlsplit(self.url).hostname or self.url
        except ValueError:
            return self.url


def queue(ctx: RequestContext, event: Event) -> None:
    """Schedules the event now at each webhook of the workspace that wants its type."""
    webhooks = ctx.store.find(WEBHOOKS, ("workspace", ctx.workspace_id))
    wanting = [one for one in webhooks if {EVERY_TYPE, event.event_type} & set(one.event_types)]
    body = shown(ctx, event).text if wanting else ""
    for webhook in wanting:
        delivery = Delivery(
            message_id=f"msg_{ctx.new_text('message', MESSAGE_ID_LENGTH)}",
            workspace_id=ctx.workspace_id,
            created_at=ctx.now(),
            webhook_id=webhook.webhook_id,
            event_id=event.event_id,
            url=webhook.url,
            secret=webhook.secret,
            body=body,
            signed_at=ctx.clock.signing_ms() // 1000,
            state=DELIVERY.step(ABSENT, "send").to,
            attempts=(),
        )
        ctx.store.put(DELIVERIES, delivery)
        first = ScheduledAttempt(
            delivery.message_id, ctx.workspace_id, delivery.created_at, is_in_flight=False
        )
        ctx.store.put(SCHEDULED_ATTEMPTS, first)


def cancel_for_webhook(ctx: RequestContext, webhook: Webhook) -> None:
    """Stops the deliveries of a webhook that is deleted; their next attempts are dropped."""
    for delivery in ctx.store.find(DELIVERIES, ("state", webhook.webhook_id, "waiting")):
        state = DELIVERY.step(delivery.state, "webhook_deleted").to
        ctx.store.put(DELIVERIES, replace(delivery, state=state))
        ctx.store.delete(SCHEDULED_ATTEMPTS, delivery.message_id)


def check(ctx: RequestContext, delivery: Delivery) -> None:
    """Raises ``ValueError`` unless a dump has a next attempt for waiting deliveries only."""
    is_scheduled = ctx.store.get(SCHEDULED_ATTEMPTS, delivery.message_id) is not None
    if is_scheduled != (delivery.state == "waiting"):
        raise ValueError(f"delivery {delivery.message_id} is {delivery.state}")


def show(ctx: RequestContext, delivery: Delivery) -> WebhookDelivery:
    """Returns the delivery as a test sees it; Seam has no endpoint that shows one."""
    return WebhookDelivery.of(delivery)


def list_deliveries(store: Store) -> list[WebhookDelivery]:
    """Returns every delivery, in the order of the events."""
    return [WebhookDelivery.of(delivery) for delivery in store.all(DELIVERIES)]
