"""/_fakeseam/webhooks: searching the deliveries of all workspaces, and asserting on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

from ..api.events.record import EVENTS
from ..api.events.shape import members
from ..api.events.types import check_event_type
from ..api.webhooks.deliveries import EVERY_TYPE, WebhookDelivery
from ..api.webhooks.record import (
    DELIVERIES,
    SCHEDULED_ATTEMPTS,
    WEBHOOKS,
    Attempt,
    Delivery,
    Webhook,
)
from ..core.store import Store
from ..core.table import BY_INSERTION
from ..schema.endpoint import Namespace, Owner
from ..schema.params import record, text
from .assertions import (
    AssertionResult,
    Criteria,
    History,
    assert_not_occurred,
    assert_occurred,
    find_matches,
    timeout_param,
    times_param,
    wait_for_match,
)
from .context import AfterCommit, ControlContext, Runtime, WaitsFor
from .event_log import candidate_events, position_of
from .journal import printable, shortened
from .timestamp_hint import timestamp_hint

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/webhooks", Owner.CONTROL)

# Whether a delivery has ended, for each of its states.
_HAS_ENDED = {
    "waiting": False,
    "delivered": True,
    "failed": True,
    "not_sent": True,
    "stopped": True,
}


class Deliveries(History[Delivery]):
    """The deliveries of all workspaces; their fields are those of their events."""

    noun = ("delivery", "deliveries")
    verb = "sent"

    def all(self, runtime: Runtime) -> Sequence[Delivery]:
        return runtime.store.find(DELIVERIES, BY_INSERTION)

    def candidates(self, runtime: Runtime, criteria: Criteria) -> Sequence[Delivery]:
        store = runtime.store
        events = candidate_events(store, {**criteria.fields, **criteria.kind})
        if events is None:
            return self.all(runtime)
        buckets = (store.bucket(DELIVERIES, ("event", one.event_id)) for one in events)
        entries = sorted(chain.from_iterable(buckets), key=lambda entry: entry[1])
        return [one for *_, key in entries if (one := store.get(DELIVERIES, key)) is not None]

    def kind(self, runtime: Runtime, entry: Delivery) -> Mapping[str, Any]:
        return {
            "event_type": self.fields(runtime, entry)["event_type"],
            "url": entry.url,
            "has_ended": _HAS_ENDED[entry.state],
        }

    def fields(self, runtime: Runtime, entry: Delivery) -> Mapping[str, Any]:
        event = runtime.store.get(EVENTS, entry.event_id)
        return dict(json.loads(entry.body)) if event is None else members(event)

    def show(self, entry: Delivery) -> dict[str, Any]:
        return asdict(WebhookDelivery.of(entry))

    def label(self, runtime: Runtime, entry: Delivery) -> str:
        return f"webhooks[{position_of(runtime.store, DELIVERIES, entry.message_id)}]"

    def line(self, entry: Delivery) -> str:
        return str(WebhookDelivery.of(entry))

    def hints(
        self,
        runtime: Runtime,
        criteria: Criteria,
        matches: Sequence[Delivery],
        nearest: Delivery | None,
    ) -> list[str]:
        event_type, url = criteria.kind["event_type"], criteria.kind.get("url")
        kind = {} if nearest is None else self.kind(runtime, nearest)
        if nearest and kind["event_type"] == event_type and url in (None, kind["url"]):
            return list(_why_not_received(runtime, nearest))
        return [] if matches else list(_why_none(runtime.store, event_type, url))


_DELIVERIES = Deliveries()


@namespace.endpoint("GET POST", response_key="deliveries")
def filter_(
    ctx: ControlContext,
    *,
    event_type: str | None = text(),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
) -> list[dict[str, Any]]:
    """Returns the deliveries of an event type, to a URL, with these event fields, oldest first."""
    return find_matches(_DELIVERIES, ctx, _criteria(event_type, url, fields))


@namespace.endpoint("GET POST", response_key="delivery")
def assert_sent(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
    times: int | None = times_param(),
) -> AssertionResult:
    """Returns the first such delivery; fails if there is none, or not as many as ``times``.

    A delivery in the state ``not_sent`` counts: Seam would have sent it.
    """
    return assert_occurred(_DELIVERIES, ctx, _criteria(event_type, url, fields), times)


@namespace.endpoint("GET POST")
def assert_not_sent(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
) -> AssertionError | None:
    """Fails if there is such a delivery."""
    return assert_not_occurred(_DELIVERIES, ctx, _criteria(event_type, url, fields))


@namespace.endpoint("GET POST")
def assert_all_delivered(
    ctx: ControlContext, *, url: str | None = text()
) -> AssertionError | None:
    """Fails if a delivery, or one to a URL, waits, was given up, or was not sent.

    Those of a webhook that was deleted may be ``stopped``.
    """
    runtime = ctx.runtime
    missing = [
        (number, one)
        for number, one in enumerate(_DELIVERIES.all(runtime))
        if url in (None, one.url) and one.state not in ("delivered", "stopped")
    ]
    if not missing:
        return None
    count = "1 delivery" if len(missing) == 1 else f"{len(missing)} deliveries"
    lines = [f"no receiver has accepted {count}{'' if url is None else f' to {url}'}:"]
    shown = [f"  webhooks[{number}]: {_DELIVERIES.line(one)}" for number, one in missing]
    lines += [shortened(shown)]
    lines += dict.fromkeys(hint for _, one in missing for hint in _why_not_received(runtime, one))
    return AssertionError("\n".join(lines))


@namespace.endpoint("POST", response_key="delivery")
def wait_for(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
    times: int = times_param(default=1),
    timeout: float | None = timeout_param(),
) -> AfterCommit:
    """Returns the ``times``th such delivery that has ended; fails after ``timeout`` seconds.

    A delivery has ended in the states ``delivered``, ``failed``, ``stopped`` and ``not_sent``.
    One with another attempt to come has not ended. ``timeout`` is in real time, 5 seconds by
    default.
    """
    criteria = _criteria(event_type, url, fields, has_ended=True)
    return wait_for_match(_DELIVERIES, ctx, criteria, times, timeout)


def _criteria(
    event_type: str | None,
    url: str | None,
    fields: Mapping[str, Any] | None,
    **more: Any,
) -> Criteria:
    if event_type is not None:
        check_event_type(event_type)
    given = {"event_type": event_type, "url": url, **more}
    kind = {name: value for name, value in given.items() if value is not None}
    suffix = "" if url is None else f" to {url}"
    return Criteria(event_type or "anything", kind, fields or {}, suffix)


# Why a delivery is missing


def _why_none(store: Store, event_type: str, url: str | None) -> Iterator[str]:
    """Yields why no delivery of an event type exists."""
    webhooks = store.all(WEBHOOKS)
    at_url = [one for one in webhooks if url in (None, one.url)]
    subscribed = [one for one in at_url if {EVERY_TYPE, event_type} & set(one.event_types)]
    if not webhooks:
        yield "no webhook is registered: create one with seam.webhooks.create(url=...)"
    elif not at_url:
        urls = sorted({one.url for one in webhooks})
        yield f"no webhook has this URL; registered: {', '.join(urls)}"
    elif not subscribed:
        yield from (_not_subscribed(one, event_type) for one in at_url)
    elif not candidate_events(store, {"event_type": event_type}):
        yield f"no {event_type} was emitted"
    else:
        yield f"{event_type} was emitted, but before its workspace had this webhook"


def _not_subscribed(webhook: Webhook, event_type: str) -> str:
    types = ", ".join(webhook.event_types) or "no event type"
    return f"the webhook at {webhook.url} is registered for {types}, not for {event_type}"


# By what a delivery waits for that has fallen due.
_WAITS_FOR: Mapping[WaitsFor, str] = {
    "settle": "its sender was given with when='settled': call fake.webhooks.settle(), or"
    " await fake.aio.webhooks.settle()",
    "thread": "it waits for the thread that made the fake: use the fake there, or call"
    " fake.webhooks.settle()",
    "response": "its receiver has not responded yet: call fake.webhooks.settle(), which waits for"
    " that",
}


def _why_not_received(runtime: Runtime, delivery: Delivery) -> Iterator[str]:
    """Yields why a delivery has not reached its receiver."""
    host = WebhookDelivery.of(delivery).host
    scheduled = runtime.store.get(SCHEDULED_ATTEMPTS, delivery.message_id)
    if delivery.state == "not_sent":
        yield (
            f"{host} is not this machine, so nothing is sent to it: allow it with"
            f" fake.webhooks.allow({host!r}), or use fake.webhooks.deliver_to(sender)"
        )
    elif scheduled is not None and scheduled.is_in_flight:
        yield _WAITS_FOR[runtime.webhooks.waits_for(delivery.message_id)]
    elif delivery.attempts:
        yield from _why_refused(runtime, Attempt(**delivery.attempts[-1]))
        if scheduled is not None:
            yield (
                f"its next attempt is due at {scheduled.created_at}: if the receiver accepts it"
                " then, move the clock with fake.clock.advance()"
            )


def _why_refused(runtime: Runtime, attempt: Attempt) -> Iterator[str]:
    """Yields what the receiver responded, and the advice if its clock may be the reason."""
    if attempt.succeeded:
        return
    if attempt.response_body:
        yield printable(f"its receiver responded {attempt.status}: {attempt.response_body}")
    hint = timestamp_hint(attempt, runtime.clock)
    if hint is not None:
        yield hint
    if attempt.traceback:
        yield f"its receiver raised:\n{attempt.traceback.rstrip()}"
