"""/_fakeseam/events: what has happened to the things of every workspace, and assertions on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from ..api.auth import LEVER
from ..api.call import Afterwards, Call, World
from ..api.event_types import check_event_type
from ..api.events import members, show
from ..api.records import Event
from ..api.tables import EVENT_FIELDS, EVENTS, WORKSPACES
from ..core.endpoint import Namespace
from ..core.params import record, text
from ..core.store import Kind, Store
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

__all__ = ["events_that_may_fit", "namespace", "place_of"]

namespace = Namespace("/_fakeseam/events")

_ANYONE = frozenset({LEVER})


class Events(Past[Event]):
    """Every event there is."""

    noun = ("event", "events")
    verb = "emitted"

    def all(self, world: World) -> Sequence[Event]:
        return world.store.find(EVENTS, MADE)

    def candidates(self, world: World, wanted: Wanted) -> Sequence[Event]:
        found = events_that_may_fit(world.store, {**wanted.fields, **wanted.kind})
        return self.all(world) if found is None else found

    def kind(self, world: World, thing: Event) -> Mapping[str, Any]:
        return {"event_type": thing.event_type}

    def fields(self, world: World, thing: Event) -> Mapping[str, Any]:
        return members(thing)

    def show(self, thing: Event) -> dict[str, Any]:
        return show(thing)

    def label(self, world: World, thing: Event) -> str:
        return f"events[{place_of(world.store, EVENTS, thing.event_id)}]"

    def line(self, thing: Event) -> str:
        return f"{thing.event_type} at {thing.created_at}"


_EVENTS = Events()


@namespace.endpoint("GET POST", callers=_ANYONE, answer="events")
def filter_(
    call: Call,
    *,
    event_type: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
) -> list[dict[str, Any]]:
    """The events of a type that have these fields, oldest first."""
    return looked_for(_EVENTS, call, _wanted(event_type, fields))


@namespace.endpoint("GET POST", callers=_ANYONE, answer="event")
def assert_emitted(
    call: Call,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
    times: int | None = times_param(),
) -> Outcome:
    """The first such event; fails if there is none, or not as many as ``times``."""
    return asserted(_EVENTS, call, _wanted(event_type, fields), times)


@namespace.endpoint("GET POST", callers=_ANYONE)
def assert_not_emitted(
    call: Call,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
) -> AssertionError | None:
    """Fails if there was such an event."""
    return asserted_not(_EVENTS, call, _wanted(event_type, fields))


@namespace.endpoint("POST", callers=_ANYONE, answer="event")
def wait_for(
    call: Call,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
    times: int = times_param(default=1),
    timeout: float | None = timeout_param(),
) -> Afterwards:
    """The ``times``th such event, as soon as it is there; fails after ``timeout`` seconds."""
    return waited_for(_EVENTS, call, _wanted(event_type, fields), times, timeout)


def _wanted(event_type: str | None, fields: Mapping[str, Any] | None) -> Wanted:
    if event_type is None:
        return Wanted("anything", {}, fields or {})
    check_event_type(event_type)
    return Wanted(event_type, {"event_type": event_type}, fields or {})


# Finding without going through everything


def events_that_may_fit(store: Store, wanted: Mapping[str, Any]) -> list[Event] | None:
    """The shortest list that an index gives, in the order of what happened; None without one."""
    names = [one for one in ("event_type", *EVENT_FIELDS) if isinstance(wanted.get(one), str)]
    if not names:
        return None
    inside = [workspace.workspace_id for workspace in store.all(WORKSPACES)]
    lists = [[store.bucket(EVENTS, (one, each, wanted[one])) for each in inside] for one in names]
    shortest = min(lists, key=lambda buckets: sum(map(len, buckets)))
    entries = sorted(chain.from_iterable(shortest), key=lambda entry: entry[1])
    return [one for *_, key in entries if (one := store.get(EVENTS, key)) is not None]


def place_of(store: Store, kind: Kind[Any], key: str) -> int:
    """Where a record stands among all of its kind, in the order of what happened."""
    _, made = store.position(kind, key)
    return bisect_left(store.bucket(kind, MADE), ("", made, key))
