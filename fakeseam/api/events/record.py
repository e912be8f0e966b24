"""What the store keeps of an event, and of the timestamps of a workspace's events."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ...core.table import BY_INSERTION

__all__ = ["EVENTS", "EVENT_STAMPS", "Event", "EventStamp", "is_reference"]


@dataclass(frozen=True)
class Event:
    """An event as it was emitted.

    ``payload`` is everything except its id, type, workspace, time and description. ``owner`` is
    the customer that it is about, if the payload has no field for that. One that ``is_deleted``
    went with its account: Seam does not show it any more, and a test's log does.
    """

    event_id: str
    workspace_id: str
    created_at: str
    event_type: str
    payload: Mapping[str, Any]
    owner: str | None
    is_deleted: bool = False


@dataclass(frozen=True)
class EventStamp:
    """A workspace's last reading of the clock and last event timestamp, in milliseconds."""

    workspace_id: str
    created_at: str
    reading: int
    stamped: int


def is_reference(field: str) -> bool:
    """Returns whether a field of an event names something that events are found by."""
    return field.endswith("_id") or field == "customer_key"


def _index(event: Event) -> Iterator[Hashable]:
    yield BY_INSERTION
    yield ("workspace", event.workspace_id)
    yield ("event_type", event.workspace_id, event.event_type)
    if event.owner is not None:
        yield ("owner", event.workspace_id, event.owner)
    for name, value in event.payload.items():
        if is_reference(name):
            yield (name, event.workspace_id, value)


EVENTS = RecordType(
    name="events",
    record=Event,
    key="event_id",
    index=_index,
    noun=None,
    survives_reset=False,
    section="events",
    shown_by="events.shape:show",
)
EVENT_STAMPS = RecordType(
    name="event_stamps",
    record=EventStamp,
    key="workspace_id",
    index=lambda stamp: (),
    noun=None,
    survives_reset=True,
    section=None,
    shown_by=None,
)
