"""/_fakeseam/events: searching the event log of all workspaces, and asserting on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from ..api.events.record import EVENTS, Event, is_reference
from ..api.events.shape import members, to_json
from ..api.events.types import check_event_type
from ..api.workspaces.record import WORKSPACES
from ..core.record_types import RecordType
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
from .context import AfterCommit, ControlContext, Runtime

__all__ = ["candidate_events", "namespace", "position_of"]

namespace = Namespace("/_fakeseam/events", Owner.CONTROL)


class Events(History[Event]):
    """The events of all workspaces."""

    noun = ("event", "events")
    verb = "emitted"

    def all(self, runtime: Runtime) -> Sequence[Event]:
        return runtime.store.find(EVENTS, BY_INSERTION)

    def candidates(self, runtime: Runtime, criteria: Criteria) -> Sequence[Event]:
        events = candidate_events(runtime.store, {**criteria.fields, **criteria.kind})
        return self.all(runtime) if events is None else events

    def kind(self, runtime: Runtime, entry: Event) -> Mapping[str, Any]:
        return {"event_type": entry.event_type}

    def fields(self, runtime: Runtime, entry: Event) -> Mapping[str, Any]:
        return members(entry)

    def show(self, entry: Event) -> dict[str, Any]:
        return to_json(entry)

    def label(self, runtime: Runtime, entry: Event) -> str:
        return f"events[{position_of(runtime.store, EVENTS, entry.event_id)}]"

    def line(self, entry: Event) -> str:
        return f"{entry.event_type} at {entry.created_at}"


_EVENTS = Events()


@namespace.endpoint("GET POST", response_key="events")
def filter_(
    ctx: ControlContext,
    *,
    event_type: str | None = text(),
    fields: Mapping[str, Any] | None = record(),
) -> list[dict[str, Any]]:
    """Returns the events of a type that have these fields, oldest first."""
    return find_matches(_EVENTS, ctx, _criteria(event_type, fields))


@namespace.endpoint("GET POST", response_key="event")
def assert_emitted(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
    times: int | None = times_param(),
) -> AssertionResult:
    """Returns the first such event; fails if there is none, or not as many as ``times``."""
    return assert_occurred(_EVENTS, ctx, _criteria(event_type, fields), times)


@namespace.endpoint("GET POST")
def assert_not_emitted(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
) -> AssertionError | None:
    """Fails if there is such an event."""
    return assert_not_occurred(_EVENTS, ctx, _criteria(event_type, fields))


@namespace.endpoint("POST", response_key="event")
def wait_for(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
    times: int = times_param(default=1),
    timeout: float | None = timeout_param(),
) -> AfterCommit:
    """Returns the ``times``th such event as soon as it exists; fails after ``timeout`` seconds.

    ``timeout`` is in real time, 5 seconds by default.
    """
    return wait_for_match(_EVENTS, ctx, _criteria(event_type, fields), times, timeout)


def _criteria(event_type: str | None, fields: Mapping[str, Any] | None) -> Criteria:
    if event_type is None:
        return Criteria("anything", {}, fields or {})
    check_event_type(event_type)
    return Criteria(event_type, {"event_type": event_type}, fields or {})


# Indexes


def candidate_events(store: Store, wanted: Mapping[str, Any]) -> list[Event] | None:
    """Returns the events in the smallest index that fits, oldest first; None if no index fits.

    ``wanted`` are the fields of the events to look for.
    """
    names = [name for name, value in wanted.items() if isinstance(value, str) and _is_index(name)]
    if not names:
        return None
    ids = [workspace.workspace_id for workspace in store.all(WORKSPACES)]
    lists = [[store.bucket(EVENTS, (name, one, wanted[name])) for one in ids] for name in names]
    shortest = min(lists, key=lambda buckets: sum(map(len, buckets)))
    entries = sorted(chain.from_iterable(shortest), key=lambda entry: entry[1])
    return [one for *_, key in entries if (one := store.get(EVENTS, key)) is not None]


def _is_index(name: str) -> bool:
    """Returns whether events have an index by this field. They have none by their own two ids."""
    return name == "event_type" or (
        is_reference(name) and name not in ("event_id", "workspace_id")
    )


def position_of(store: Store, record_type: RecordType[Any], key: str) -> int:
    """Returns a record's position among all of its type, in the order of insertion."""
    _, order = store.position(record_type, key)
    return bisect_left(store.bucket(record_type, BY_INSERTION), ("", order, key))
