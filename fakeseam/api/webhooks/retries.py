"""When a delivery's next attempt is made, and when fakeseam gives up.

Source: docs.seam.co developer-tools/webhooks, and Svix, which sends Seam's webhooks. These
functions act on the store, under the lock but outside of any request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ...core.clock import format_timestamp, to_ms
from ...core.frozen import freeze
from ...core.record_types import replace
from ...core.store import Store
from ..lifecycle import DELIVERY
from ..record_fields import SCHEDULED
from .record import (
    DELIVERIES,
    IN_FLIGHT,
    SCHEDULED_ATTEMPTS,
    Attempt,
    Delivery,
    ScheduledAttempt,
)

__all__ = [
    "RETRY_AFTER_S",
    "claim_due",
    "mark_not_sent",
    "record_attempt",
    "reset_in_flight",
]

# How long after a failed attempt the next one is made, in seconds of the fake's clock.
RETRY_AFTER_S = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)


def claim_due(store: Store, now: str) -> list[tuple[Delivery, ScheduledAttempt]]:
    """Returns the attempts that have fallen due, oldest first; they are in flight from now on."""
    claimed = []
    while (scheduled := store.first(SCHEDULED_ATTEMPTS, SCHEDULED)) is not None:
        if scheduled.created_at > now:
            break
        scheduled = store.put(SCHEDULED_ATTEMPTS, replace(scheduled, is_in_flight=True))
        delivery = store.get(DELIVERIES, scheduled.message_id)
        if delivery is not None:
            claimed.append((delivery, scheduled))
    return claimed


def reset_in_flight(store: Store) -> None:
    """Schedules the in-flight attempts again: a restored snapshot may hold some, but none runs."""
    for scheduled in store.find(SCHEDULED_ATTEMPTS, IN_FLIGHT):
        store.put(SCHEDULED_ATTEMPTS, replace(scheduled, is_in_flight=False))


def mark_not_sent(store: Store, message_id: str) -> None:
    """Ends a delivery whose URL fakeseam does not send to."""
    _step(store, message_id, "keep")


def record_attempt(store: Store, scheduled: ScheduledAttempt, attempt: Attempt) -> None:
    """Records the result of an attempt, and schedules the next one if it failed.

    The next attempt's time counts from this one's, not from the response. Does nothing for a
    delivery that the store no longer has.
    """
    delivery = store.get(DELIVERIES, scheduled.message_id)
    if delivery is None:
        return
    attempts = (*delivery.attempts, freeze(asdict(attempt)))
    if attempt.succeeded:
        _step(store, scheduled.message_id, "succeeded", attempts)
    elif len(attempts) > len(RETRY_AFTER_S):
        _step(store, scheduled.message_id, "last_failed", attempts)
    elif _step(store, scheduled.message_id, "failed", attempts).state == "waiting":
        _schedule_retry(store, scheduled, attempts)


def _schedule_retry(
    store: Store, failed: ScheduledAttempt, attempts: tuple[Mapping[str, Any], ...]
) -> None:
    due = to_ms(failed.created_at) + RETRY_AFTER_S[len(attempts) - 1] * 1000
    retry = replace(failed, created_at=format_timestamp(due), is_in_flight=False)
    store.put(SCHEDULED_ATTEMPTS, retry)


def _step(
    store: Store,
    message_id: str,
    trigger: str,
    attempts: tuple[Mapping[str, Any], ...] | None = None,
) -> Delivery:
    """Applies a transition to the delivery, and deletes its scheduled attempt."""
    delivery = store.get(DELIVERIES, message_id)
    if delivery is None:
        raise RuntimeError(f"the store has no delivery {message_id}")
    if store.get(SCHEDULED_ATTEMPTS, message_id) is not None:
        store.delete(SCHEDULED_ATTEMPTS, message_id)
    state = DELIVERY.step(delivery.state, trigger).to
    attempts = delivery.attempts if attempts is None else attempts
    return store.put(DELIVERIES, replace(delivery, state=state, attempts=attempts))
