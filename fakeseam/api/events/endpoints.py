"""/events: every event, with the values of the moment when it was emitted.

Source: docs.seam.co api/events.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ...core.clock import to_ms
from ...core.shown import Shown
from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import array, date_text, enum, integer, text, uuid
from ..auth import EVERYONE
from ..context import RequestContext
from .filters import conditions, has_values, in_range, meets, narrowest, visible
from .record import EVENTS, Event
from .shape import shown
from .types import EVENT_TYPES

__all__ = ["namespace"]

namespace = Namespace("/events")

# Seam's message for a time that cannot be read, in these two parameters.
UNREADABLE_TIME = "Must be parsable date string if defined"

MAX_EVENTS = 2**31  # more than a store can hold; islice refuses larger numbers


def _check_any_given(sent: Mapping[str, Any]) -> str | None:
    if any(name in sent for name in ("event_id", "event_type", "device_id")):
        return None
    return "An argument for event_id, event_type, or device_id is required"


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="event", checks=[_check_any_given])
def get(
    ctx: RequestContext,
    *,
    event_id: str | None = uuid(),
    event_type: str | None = text(minimum=1),
    device_id: str | None = uuid(),
) -> Shown:
    """Returns the event with this id, or the newest that matches.

    Unsourced: that every argument must match, and that the newest event is meant.
    """
    values = {"event_id": event_id, "event_type": event_type, "device_id": device_id}
    for event in _newest_first(ctx, values):
        if visible(ctx, event) and has_values(event, values):
            return shown(ctx, event)
    raise ApiError(404, "event_not_found", "Event not found")


def _newest_first(ctx: RequestContext, values: Mapping[str, str | None]) -> Iterator[Event]:
    """Returns the workspace's events that one of the three values finds."""
    if values["event_id"] is not None:
        keys = iter([values["event_id"]])
    else:
        name = "device_id" if values["device_id"] is not None else "event_type"
        bucket = ctx.store.bucket(EVENTS, (name, ctx.workspace_id, values[name]))
        keys = (key for *_, key in reversed(bucket))
    found = (ctx.get(EVENTS, key) for key in keys)
    return (event for event in found if event is not None)


def _check_one_range(sent: Mapping[str, Any]) -> str | None:
    if "since" in sent and "between" in sent:
        return "Cannot specify both since and between"
    if "since" in sent or "between" in sent:
        return None
    return "Must specify either since or between"


def _check_order(between: Sequence[Any]) -> str | None:
    try:
        first, second = map(to_ms, between)
    except (ValueError, TypeError, AttributeError):
        return None  # an invalid end has an issue of its own
    return None if first < second else "second value must be greater than first value"


@namespace.endpoint(
    "GET POST",
    callers=EVERYONE,
    response_key="events",
    checks=[_check_one_range],
    partial_note="filters by what is not implemented (access codes, access systems) find nothing",
)
def list_(
    ctx: RequestContext,
    *,
    since: str | None = date_text(error=UNREADABLE_TIME),
    between: list[str] | None = array(
        date_text(error=UNREADABLE_TIME), exactly=2, checks=(_check_order,)
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
) -> list[Shown]:
    """Returns the events strictly after ``since`` or strictly in ``between``, oldest first."""
    entries = in_range(narrowest(ctx), since, between)
    found = (ctx.store.get(EVENTS, key) for *_, key in entries)
    filters = conditions(ctx.params)
    matching = (
        event for event in found if event and visible(ctx, event) and meets(event, filters)
    )
    first = min(unstable_offset, MAX_EVENTS)
    return [shown(ctx, event) for event in islice(matching, first, first + min(limit, MAX_EVENTS))]
