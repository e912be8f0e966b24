"""/events: what happened, as it was when it happened.

Source: docs.seam.co api/events.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ..core.clock import stamp, to_ms
from ..core.endpoint import Namespace
from ..core.frozen import freeze, thaw
from ..core.params import array, date_text, enum, integer, text, uuid
from ..core.store import Entry
from ..errors import ApiError
from . import deliveries
from .auth import EVERYONE
from .call import Call
from .customer_keys import sees
from .event_types import EVENT_TYPES
from .own_records import EventStamp
from .records import Event
from .tables import ACCOUNTS, EVENT_FIELDS, EVENTS, STAMPS, WEBVIEWS

__all__ = ["brief", "emit", "namespace", "show", "visible"]

namespace = Namespace("/events")

# What Seam says of a time that it cannot read, in these two parameters.
UNREADABLE_TIME = "Must be parsable date string if defined"

MANY = 2**31  # more events than a store can hold; islice takes no numbers without end

# The parameters that look for one value in an event, and those that look for one of several.
_ONE = EVENT_FIELDS
_ONE_OF = {
    "device_ids": "device_id",
    "event_ids": "event_id",
    "event_types": "event_type",
    "space_ids": "space_id",
}
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
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "workspace_id": event.workspace_id,
        "created_at": event.created_at,
        "occurred_at": event.created_at,
        **thaw(event.payload),
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
    found = [
        event
        for event in _candidates(call, event_id, event_type, device_id)
        if visible(call, event) and _fits(event, wanted)
    ]
    if not found:
        raise ApiError(404, "event_not_found", "Event not found")
    return show(found[-1])


def _candidates(
    call: Call, event_id: str | None, event_type: str | None, device_id: str | None
) -> list[Event]:
    if event_id is not None:
        event = call.store.get(EVENTS, event_id)
        return [event] if event and event.workspace_id == call.workspace_id else []
    if device_id is not None:
        return call.store.find(EVENTS, ("device_id", call.workspace_id, device_id))
    return call.store.find(EVENTS, ("type", call.workspace_id, event_type))


def _fits(event: Event, wanted: Mapping[str, str | None]) -> bool:
    return all(value is None or _field(event, name) == value for name, value in wanted.items())


def _field(event: Event, name: str) -> Any:
    """A field of an event; one that it lacks equals nothing that can be looked for."""
    return getattr(event, name, None) or event.payload.get(name)


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
    entries = _within(_narrowest(call), since, between)
    found = (call.store.get(EVENTS, key) for *_, key in entries)
    fitting = (event for event in found if event and visible(call, event) and _meets(call, event))
    first = min(unstable_offset, MANY)
    return [show(event) for event in islice(fitting, first, first + min(limit, MANY))]


def _narrowest(call: Call) -> Sequence[Entry]:
    """The shortest list in the store that holds everything asked for."""
    indexes: list[Hashable] = [("workspace", call.workspace_id)]
    indexes += [(name, call.workspace_id, call.sent[name]) for name in _ONE if name in call.sent]
    if "event_type" in call.sent:
        indexes.append(("type", call.workspace_id, call.sent["event_type"]))
    return min((call.store.bucket(EVENTS, index) for index in indexes), key=len)


def _within(
    entries: Sequence[Entry], since: str | None, between: list[str] | None
) -> Iterator[Entry]:
    """The entries in the range; both ends are outside of it."""
    after, before = between or (since, None)
    first = bisect_left(entries, (stamp(to_ms(str(after)) + 1),))
    last = len(entries)
    if before is not None:
        last = bisect_left(entries, (stamp(to_ms(before, up=True)),))
    return (entries[index] for index in range(first, last))


def _meets(call: Call, event: Event) -> bool:
    """Whether the event has every value asked for; lacking a field is not having it."""
    sent = call.sent
    one = all(_field(event, name) == sent[name] for name in (*_ONE, "event_type") if name in sent)
    return one and all(
        _field(event, field) in sent[name] for name, field in _ONE_OF.items() if name in sent
    )


def visible(call: Call, event: Event) -> bool:
    """A client session sees the events about its own webviews and accounts.

    Unsourced: that a customer's session also sees those about whatever is the customer's,
    and none about another customer's.
    """
    session = call.session
    if session is None:
        return True
    account_id = event.payload.get("connected_account_id", "")
    webview_id = event.payload.get("connect_webview_id", "")
    things = (call.store.get(ACCOUNTS, account_id), call.store.get(WEBVIEWS, webview_id))
    customers = {thing.customer_key for thing in things if thing is not None}
    customers |= {event.payload.get("customer_key"), event.owner}
    listed = account_id in session.connected_account_ids
    listed = listed or webview_id in session.connect_webview_ids
    return all(sees(call, one, listed=listed) for one in customers - {None} or {None})


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
