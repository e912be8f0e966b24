"""An event as Seam shows it, in responses and in deliveries."""

from __future__ import annotations

from typing import Any

from ...core.frozen import thaw
from ...core.shown import Shown
from ..context import RequestContext
from .record import Event
from .types import DESCRIPTIONS

__all__ = ["members", "show", "shown", "to_json"]


def show(ctx: RequestContext, event: Event) -> dict[str, Any]:
    """Returns the event as Seam shows it, to every caller."""
    return to_json(event)


def shown(ctx: RequestContext, event: Event) -> Shown:
    """Returns the same, made once."""
    return ctx.store.shown.get(to_json, event)


def to_json(event: Event) -> dict[str, Any]:
    """Returns the event as Seam shows it."""
    return dict(thaw(members(event)))


def members(event: Event) -> dict[str, Any]:
    """Returns the event's members as frozen values, for comparing."""
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "workspace_id": event.workspace_id,
        "created_at": event.created_at,
        "occurred_at": event.created_at,
        "event_description": DESCRIPTIONS[event.event_type],
        **event.payload,
    }
