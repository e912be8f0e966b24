"""Emitting an event: it is stored, and queued for the webhooks that want its type.

Source: docs.seam.co api/events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...core.clock import format_timestamp
from ...core.frozen import freeze
from ..context import RequestContext
from ..webhooks import deliveries
from .record import EVENT_STAMPS, EVENTS, Event, EventStamp
from .types import REQUIRED_FIELDS

__all__ = ["brief", "emit", "emit_payload"]


def emit(
    ctx: RequestContext, event_type: str, *, owner: str | None = None, **payload: Any
) -> Event:
    """Stores an event and queues its deliveries. A field of None is left out of the event, unless
    its type must have it.

    ``owner`` is the customer that the event is about, if its payload does not say so.
    """
    required = REQUIRED_FIELDS[event_type]
    fields = {
        name: value for name, value in payload.items() if value is not None or name in required
    }
    return emit_payload(ctx, event_type, fields, owner=owner)


def emit_payload(
    ctx: RequestContext, event_type: str, payload: Mapping[str, Any], *, owner: str | None
) -> Event:
    """Does the same with a payload as it is; a field may be null."""
    event = Event(
        event_id=ctx.new_id("event"),
        workspace_id=ctx.workspace_id,
        created_at=_timestamp(ctx),
        event_type=event_type,
        payload=freeze(payload),
        owner=owner,
    )
    deliveries.queue(ctx, event)
    return ctx.store.put(EVENTS, event)


def brief(entries: Iterable[Mapping[str, Any]], code: str) -> list[dict[str, Any]]:
    """Returns errors or warnings as events carry them: time, message and code."""
    return [{name: one[name] for name in ("created_at", "message", code)} for one in entries]


def _timestamp(ctx: RequestContext) -> str:
    """Returns the time of the clock, or 1 ms after the last event if that has this time.

    The ``since`` filter is exclusive, so equal timestamps would lose events. After a test sets
    the clock back, new events get the earlier times.
    """
    reading = ctx.clock.ms()
    last = ctx.store.get(EVENT_STAMPS, ctx.workspace_id)
    stamped = reading
    if last is not None and last.reading <= reading <= last.stamped:
        stamped = last.stamped + 1
    ctx.store.put(
        EVENT_STAMPS, EventStamp(ctx.workspace_id, ctx.workspace.created_at, reading, stamped)
    )
    return format_timestamp(stamped)
