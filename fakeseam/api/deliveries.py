"""Events on their way to webhooks: queued when they happen, signed, tried again, given up.

Source: docs.seam.co developer-tools/webhooks, and Svix, by which Seam sends them: the headers,
the signature, the times of the retries.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from ..core.clock import stamp, to_ms
from ..core.frozen import freeze
from ..core.machine import ABSENT
from ..core.store import Store
from .call import Call
from .lifecycle import DELIVERY
from .records import Attempt, Delivery, DueAttempt, Event, Webhook
from .tables import DELIVERIES, DUE, TAKEN, WAITING, WEBHOOKS

__all__ = [
    "EVERY_TYPE",
    "RETRY_AFTER_S",
    "WebhookDelivery",
    "drop",
    "first_due",
    "keep",
    "new_secret",
    "queue",
    "record",
    "release",
    "shown",
    "signed_headers",
    "signing_key",
    "stop",
    "take_due",
]

# How long after an attempt that failed the next one is made, in seconds of the fake's clock.
RETRY_AFTER_S = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)

EVERY_TYPE = "*"

SECRET_PREFIX = "whsec_"
SECRET_LENGTH = 24  # in bytes, before they are written in base64
MESSAGE_ID_LENGTH = 27  # Unsourced: as long as Svix's own


@dataclass(frozen=True)
class WebhookDelivery:
    """One event on its way to one webhook: what was signed, and what became of it.

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
    def of(cls, kept: Delivery, signed_at: int | None = None) -> WebhookDelivery:
        """What is kept, as of its latest attempt or of one that is signed now."""
        attempts = tuple(Attempt(**attempt) for attempt in kept.attempts)
        latest = attempts[-1].signed_at if attempts else kept.signed_at
        return cls(
            url=kept.url,
            headers=signed_headers(kept, latest if signed_at is None else signed_at),
            body=kept.body,
            event=json.loads(kept.body),
            attempts=attempts,
            state=kept.state,
            message_id=kept.message_id,
            webhook_id=kept.webhook_id,
        )

    def __str__(self) -> str:
        tries = "1 attempt" if len(self.attempts) == 1 else f"{len(self.attempts)} attempts"
        told = [str(self.attempts[-1].error or self.attempts[-1].status)] if self.attempts else []
        what = ", ".join([self.state, tries, *told])
        if self.state == "not_sent":
            what += f" ({self.host} is not this machine: see webhooks.allow and .deliver_to)"
        return f"{self.event['event_type']} to {self.url}: {what}"

    @property
    def host(self) -> str:
        """The host in its URL; all of a URL that has none."""
        try:
            return urlsplit(self.url).hostname or self.url
        except ValueError:
            return self.url


def new_secret(call: Call) -> str:
    """A secret that every verifier of Svix's format takes."""
    secret = call.new_secret("webhook_secret", SECRET_LENGTH)
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def queue(call: Call, event: Event, show: Callable[[Event], dict[str, Any]]) -> None:
    """The event is due, now, at each webhook of the workspace that wants its type."""
    webhooks = call.store.find(WEBHOOKS, ("workspace", call.workspace_id))
    wanting = [one for one in webhooks if {EVERY_TYPE, event.event_type} & set(one.event_types)]
    body = json.dumps(show(event), separators=(",", ":")) if wanting else ""
    for webhook in wanting:
        delivery = Delivery(
            message_id=f"msg_{call.new_text('message', MESSAGE_ID_LENGTH)}",
            workspace_id=call.workspace_id,
            created_at=call.now(),
            webhook_id=webhook.webhook_id,
            event_id=event.event_id,
            url=webhook.url,
            secret=webhook.secret,
            body=body,
            signed_at=call.world.clock.outside() // 1000,
            state=DELIVERY.step(ABSENT, "send").to,
            attempts=(),
        )
        call.store.put(DELIVERIES, delivery)
        call.store.put(DUE, DueAttempt(delivery.message_id, delivery.created_at, is_taken=False))


def stop(call: Call, webhook: Webhook) -> None:
    """What has not arrived at the webhook never will."""
    for delivery in call.store.find(DELIVERIES, ("state", webhook.webhook_id, "waiting")):
        state = DELIVERY.step(delivery.state, "webhook_deleted").to
        call.store.put(DELIVERIES, replace(delivery, state=state))
        call.store.delete(DUE, delivery.message_id)


def drop(call: Call) -> None:
    """Forget every delivery of the workspace."""
    for *_, message_id in list(call.store.bucket(DELIVERIES, ("workspace", call.workspace_id))):
        call.store.delete(DELIVERIES, message_id)
        if call.store.get(DUE, message_id) is not None:
            call.store.delete(DUE, message_id)


def signing_key(secret: str) -> bytes:
    """What a secret stands for; ``ValueError`` if it is none."""
    return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)


def signed_headers(delivery: Delivery, signed_at: int) -> dict[str, str]:
    """The headers of an attempt signed at this moment; the signature is over the body as sent."""
    timestamp = str(signed_at)
    key = signing_key(delivery.secret)
    signed = f"{delivery.message_id}.{timestamp}.{delivery.body}".encode()
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "svix-id": delivery.message_id,
        "svix-timestamp": timestamp,
        "svix-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def shown(store: Store) -> list[WebhookDelivery]:
    """Every delivery, in the order in which they were signed."""
    return [WebhookDelivery.of(delivery) for delivery in store.all(DELIVERIES)]


# Attempts: these act on the store, under the lock but outside of any request


def first_due(store: Store) -> int | None:
    """When the next attempt falls due, in milliseconds; those under way do not count."""
    due = store.first(DUE, WAITING)
    return None if due is None else to_ms(due.created_at)


def take_due(store: Store, now: str) -> list[tuple[Delivery, DueAttempt]]:
    """The attempts that have fallen due, in that order; they are under way from now on."""
    taken = []
    while (due := store.first(DUE, WAITING)) is not None and due.created_at <= now:
        due = store.put(DUE, replace(due, is_taken=True))
        delivery = store.get(DELIVERIES, due.message_id)
        if delivery is not None:
            taken.append((delivery, due))
    return taken


def release(store: Store) -> None:
    """Nothing is under way any more, as after a snapshot was restored."""
    for due in store.find(DUE, TAKEN):
        store.put(DUE, replace(due, is_taken=False))


def keep(store: Store, message_id: str) -> None:
    """The delivery is not to be sent; it counts as accepted."""
    _end(store, message_id, "keep")


def record(store: Store, due: DueAttempt, attempt: Attempt) -> None:
    """What became of an attempt, and when the next one is due.

    The next moment counts from this one's, not from the answer. Does nothing for a delivery
    that is no longer kept.
    """
    delivery = store.get(DELIVERIES, due.message_id)
    if delivery is None:
        return
    attempts = (*delivery.attempts, freeze(asdict(attempt)))
    if attempt.succeeded:
        _end(store, due.message_id, "succeeded", attempts)
    elif len(attempts) > len(RETRY_AFTER_S):
        _end(store, due.message_id, "last_failed", attempts)
    else:
        waits = _end(store, due.message_id, "failed", attempts).state == "waiting"
        if waits:
            again = to_ms(due.created_at) + RETRY_AFTER_S[len(attempts) - 1] * 1000
            store.put(DUE, DueAttempt(due.message_id, stamp(again), is_taken=False))


def _end(
    store: Store, message_id: str, trigger: str, attempts: tuple[Any, ...] | None = None
) -> Delivery:
    delivery = store.get(DELIVERIES, message_id)
    if delivery is None:
        raise RuntimeError(f"delivery {message_id} is not kept")
    if store.get(DUE, message_id) is not None:
        store.delete(DUE, message_id)
    state = DELIVERY.step(delivery.state, trigger).to
    attempts = delivery.attempts if attempts is None else attempts
    return store.put(DELIVERIES, replace(delivery, state=state, attempts=attempts))
