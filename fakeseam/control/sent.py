"""/_fakeseam/webhooks: what was sent, looked through and asserted on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

from ..api.auth import LEVER
from ..api.call import Afterwards, Call, World
from ..api.deliveries import EVERY_TYPE, WebhookDelivery
from ..api.event_types import check_event_type
from ..api.events import members
from ..api.records import Delivery, Webhook
from ..api.tables import DELIVERIES, DUE, EVENTS, WEBHOOKS
from ..core.endpoint import Namespace
from ..core.params import record, text
from ..core.store import Store
from ..core.table import MADE
from .asserting import (
    Outcome,
    Past,
    Wanted,
    asserted,
    asserted_not,
    looked_for,
    times_param,
    timeout_param,
    waited_for,
)
from .events import events_that_may_fit, place_of

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/webhooks")

_ANYONE = frozenset({LEVER})


class Deliveries(Past[Delivery]):
    """Every delivery ever signed; their fields are those of their events."""

    noun = ("delivery", "deliveries")
    verb = "sent"

    def all(self, world: World) -> Sequence[Delivery]:
        return world.store.find(DELIVERIES, MADE)

    def candidates(self, world: World, wanted: Wanted) -> Sequence[Delivery]:
        store = world.store
        events = events_that_may_fit(store, {**wanted.fields, **wanted.kind})
        if events is None:
            return self.all(world)
        buckets = (store.bucket(DELIVERIES, ("event", one.event_id)) for one in events)
        entries = sorted(chain.from_iterable(buckets), key=lambda entry: entry[1])
        return [one for *_, key in entries if (one := store.get(DELIVERIES, key)) is not None]

    def kind(self, world: World, thing: Delivery) -> Mapping[str, Any]:
        return {
            "event_type": self.fields(world, thing)["event_type"],
            "url": thing.url,
            "has_ended": thing.state != "waiting",
        }

    def fields(self, world: World, thing: Delivery) -> Mapping[str, Any]:
        event = world.store.get(EVENTS, thing.event_id)
        return dict(json.loads(thing.body)) if event is None else members(event)

    def show(self, thing: Delivery) -> dict[str, Any]:
        return asdict(WebhookDelivery.of(thing))

    def label(self, world: World, thing: Delivery) -> str:
        return f"webhooks[{place_of(world.store, DELIVERIES, thing.message_id)}]"

    def line(self, thing: Delivery) -> str:
        return str(WebhookDelivery.of(thing))

    def hints(
        self,
        world: World,
        wanted: Wanted,
        found: Sequence[Delivery],
        nearest: Delivery | None,
    ) -> list[str]:
        event_type, url = wanted.kind["event_type"], wanted.kind.get("url")
        there = {} if nearest is None else self.kind(world, nearest)
        if nearest and there["event_type"] == event_type and url in (None, there["url"]):
            return list(_why_not_there(world.store, nearest))
        return [] if found else list(_why_none(world.store, event_type, url))


_DELIVERIES = Deliveries()


@namespace.endpoint("GET POST", callers=_ANYONE, answer="deliveries")
def filter_(
    call: Call,
    *,
    event_type: str | None = text(),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
) -> list[dict[str, Any]]:
    """The deliveries of a type of event, to a URL, whose event has these fields, oldest first."""
    return looked_for(_DELIVERIES, call, _wanted(event_type, url, fields))


@namespace.endpoint("GET POST", callers=_ANYONE, answer="delivery")
def assert_sent(
    call: Call,
    *,
    event_type: str = text(required=True),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
    times: int | None = times_param(),
) -> Outcome:
    """The first such delivery; fails if there is none, or not as many as ``times``.

    One that was kept as ``not_sent`` counts: it was signed, and would have been sent.
    """
    return asserted(_DELIVERIES, call, _wanted(event_type, url, fields), times)


@namespace.endpoint("GET POST", callers=_ANYONE)
def assert_not_sent(
    call: Call,
    *,
    event_type: str = text(required=True),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
) -> AssertionError | None:
    """Fails if there was such a delivery."""
    return asserted_not(_DELIVERIES, call, _wanted(event_type, url, fields))


@namespace.endpoint("POST", callers=_ANYONE, answer="delivery")
def wait_for(
    call: Call,
    *,
    event_type: str = text(required=True),
    url: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
    times: int = times_param(default=1),
    timeout: float | None = timeout_param(),
) -> Afterwards:
    """The ``times``th such delivery that has ended; fails after ``timeout`` seconds.

    It has ended when its state is ``delivered``, ``failed``, ``stopped`` or ``not_sent``: one
    that is to be tried again has not.
    """
    wanted = _wanted(event_type, url, fields, has_ended=True)
    return waited_for(_DELIVERIES, call, wanted, times, timeout)


def _wanted(
    event_type: str | None,
    url: str | None,
    fields: Mapping[str, Any] | None,
    **further: Any,
) -> Wanted:
    if event_type is not None:
        check_event_type(event_type)
    given = {"event_type": event_type, "url": url, **further}
    kind = {name: value for name, value in given.items() if value is not None}
    to = "" if url is None else f" to {url}"
    return Wanted(event_type or "anything", kind, fields or {}, to)


# Why there is nothing to be seen


def _why_none(store: Store, event_type: str, url: str | None) -> Iterator[str]:
    """Why nothing of a type was sent."""
    webhooks = store.all(WEBHOOKS)
    there = [one for one in webhooks if url in (None, one.url)]
    wanting = [one for one in there if {EVERY_TYPE, event_type} & set(one.event_types)]
    if not webhooks:
        yield "there is no webhook: seam.webhooks.create(url=...) makes one"
    elif not there:
        urls = sorted({one.url for one in webhooks})
        yield f"there is no webhook with this url, but with {', '.join(urls)}"
    elif not wanting:
        yield from (_left_out(one, event_type) for one in there)
    elif not events_that_may_fit(store, {"event_type": event_type}):
        yield f"no {event_type} has been emitted"
    else:
        yield f"{event_type} was emitted, but before its workspace had this webhook"


def _left_out(webhook: Webhook, event_type: str) -> str:
    types = ", ".join(webhook.event_types) or "no type at all"
    return f"the webhook at {webhook.url} takes {types}, and so not {event_type}"


def _why_not_there(store: Store, delivery: Delivery) -> Iterator[str]:
    """Why a delivery has not come to its receiver."""
    host = WebhookDelivery.of(delivery).host
    due = store.get(DUE, delivery.message_id)
    if delivery.state == "not_sent":
        yield (
            f"{host} is not this machine, so nothing is sent there:"
            f" fake.webhooks.allow({host!r}) really sends there,"
            " fake.webhooks.deliver_to(function) hands deliveries to a function"
        )
    elif due is not None and delivery.attempts and not due.is_taken:
        yield f"its next attempt is due at {due.created_at}: fake.clock.advance() makes it"
