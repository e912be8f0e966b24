"""/events: what happened, as it was when it happened.

Source: docs.seam.co api/events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ..core.clock import stamp, to_ms
from ..core.endpoint import Namespace
from ..core.frozen import freeze, thaw
from ..core.params import array, date_text, enum, integer, text, uuid
from ..errors import ApiError
from . import deliveries
from .auth import EVERYONE
from .call import Call
from .event_filters import fits, meets, narrowest, visible, within
from .event_types import EVENT_TYPES
from .own_records import EventStamp
from .records import Event
from .tables import EVENTS, STAMPS

__all__ = ["brief", "emit", "members", "namespace", "show"]

namespace = Namespace("/events")

# What Seam says of a time that it cannot read, in these two parameters.
UNREADABLE_TIME = "Must be parsable date string if defined"

MANY = 2**31  # more events than a store can hold; islice takes no numbers without end

# Events about things that are not modelled do not happen: looking for them finds nothing.
_NEVER = (
    "access_code_id",
    "access_code_ids",
    "access_grant_id",
    "access_grant_ids",
    "access_method_id",
    "access_method_ids",
    "acs_access_group_id",
    "acs_credential_id",
    "acs_encoder_id",
    "acs_entrance_id",
    "acs_system_id",
    "acs_system_ids",
    "acs_user_id",
    "user_identity_id",
)


def emit(call: Call, event_type: str, *, owner: str | None = None, **payload: Any) -> Event:
    """Keep an event and send it, as it is now. None stands for a field that it does not have.

    ``owner`` is the customer that it is about, where the event itself does not tell.
    """
    said = {name: value for name, value in payload.items() if value is not None}
    event = Event(
        event_id=call.new_id("event"),
        workspace_id=call.workspace_id,
        created_at=_event_stamp(call),
        event_type=event_type,
        payload=freeze(said),
        owner=owner,
    )
    deliveries.queue(call, event, show)
    return call.store.put(EVENTS, event)


def brief(troubles: Iterable[Mapping[str, Any]], code: str) -> list[dict[str, Any]]:
    """Errors or warnings as events carry them: when, what, and the code."""
    return [{name: one[name] for name in ("created_at", "message", code)} for one in troubles]


def show(event: Event) -> dict[str, Any]:
    """The event as Seam shows it."""
    return dict(thaw(members(event)))


def members(event: Event) -> dict[str, Any]:
    """What Seam shows of the event, as it is kept: to look at, not to hand out."""
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "workspace_id": event.workspace_id,
        "created_at": event.created_at,
        "occurred_at": event.created_at,
        **event.payload,
    }


def _needs_something(sent: Mapping[str, Any]) -> str | None:
    if any(name in sent for name in ("event_id", "event_type", "device_id")):
        return None
    return "An argument for event_id, event_type, or device_id is required"


@namespace.endpoint("GET POST", callers=EVERYONE, answer="event", checks=[_needs_something])
def get(
    call: Call,
    *,
    event_id: str | None = uuid(),
    event_type: str | None = text(minimum=1),
    device_id: str | None = uuid(),
) -> dict[str, Any]:
    """One event: by id, or the newest that fits.

    Unsourced: that all arguments have to fit, and that the newest is meant.
    """
    wanted = {"event_id": event_id, "event_type": event_type, "device_id": device_id}
    for event in _newest_first(call, wanted):
        if visible(call, event) and fits(event, wanted):
            return show(event)
    raise ApiError(404, "event_not_found", "Event not found")


def _newest_first(call: Call, wanted: Mapping[str, str | None]) -> Iterator[Event]:
    """The events that one of the three leads to."""
    if wanted["event_id"] is not None:
        keys = iter([wanted["event_id"]])
    else:
        name = "device_id" if wanted["device_id"] is not None else "event_type"
        bucket = call.store.bucket(EVENTS, (name, call.workspace_id, wanted[name]))
        keys = (key for *_, key in reversed(bucket))
    found = (call.store.get(EVENTS, key) for key in keys)
    return (event for event in found if event and event.workspace_id == call.workspace_id)


def _one_range(sent: Mapping[str, Any]) -> str | None:
    if "since" in sent and "between" in sent:
        return "Cannot specify both since and between"
    if "since" in sent or "between" in sent:
        return None
    return "Must specify either since or between"


def _rising(between: Sequence[Any]) -> str | None:
    try:
        first, second = map(to_ms, between)
    except (ValueError, TypeError, AttributeError):
        return None  # a faulty end is reported where it stands
    return None if first < second else "second value must be greater than first value"


@namespace.endpoint(
    "GET POST",
    callers=EVERYONE,
    answer="events",
    checks=[_one_range],
    partly="filters by what is not modelled (access codes, access systems) find nothing",
)
def list_(
    call: Call,
    *,
    since: str | None = date_text(error=UNREADABLE_TIME),
    between: list[str] | None = array(
        date_text(error=UNREADABLE_TIME), exactly=2, checks=(_rising,)
    ),
    event_type: str | None = enum(*EVENT_TYPES),
    event_types: list[str] | None = array(enum(*EVENT_TYPES)),
    connected_account_id: str | None = uuid(),
    connect_webview_id: str | None = uuid(),
    device_id: str | None = uuid(),
    device_ids: list[str] | None = array(uuid()),
    event_ids: list[str] | None = array(uuid()),
    customer_key: str | None = text(minimum=1),
    user_identity_id: str | None = uuid(),
    space_id: str | None = uuid(),
    space_ids: list[str] | None = array(uuid(), maximum=100),
    access_code_id: str | None = uuid(),
    access_code_ids: list[str] | None = array(uuid()),
    access_grant_id: str | None = uuid(),
    access_grant_ids: list[str] | None = array(uuid(), maximum=100),
    access_method_id: str | None = uuid(),
    access_method_ids: list[str] | None = array(uuid(), maximum=100),
    acs_access_group_id: str | None = uuid(),
    acs_credential_id: str | None = uuid(),
    acs_encoder_id: str | None = uuid(),
    acs_entrance_id: str | None = uuid(),
    acs_system_id: str | None = uuid(),
    acs_system_ids: list[str] | None = array(uuid()),
    acs_user_id: str | None = uuid(),
    limit: int = integer(default=500),
    unstable_offset: int = integer(default=0, minimum=0),
) -> list[dict[str, Any]]:
    """Events strictly after ``since`` or strictly inside ``between``, oldest first."""
    if any(name in call.sent for name in _NEVER):
        return []
    entries = within(narrowest(call), since, between)
    found = (call.store.get(EVENTS, key) for *_, key in entries)
    fitting = (event for event in found if event and visible(call, event) and meets(call, event))
    first = min(unstable_offset, MANY)
    return [show(event) for event in islice(fitting, first, first + min(limit, MANY))]


def _event_stamp(call: Call) -> str:
    """Distinct within a workspace, because ``since`` is strict; a clock set back is obeyed."""
    reading = call.world.clock.ms()
    last = call.store.get(STAMPS, call.workspace_id)
    stamped = reading
    if last is not None and last.reading <= reading <= last.stamped:
        stamped = last.stamped + 1
    call.store.put(
        STAMPS, EventStamp(call.workspace_id, call.workspace.created_at, reading, stamped)
    )
    return stamp(stamped)
