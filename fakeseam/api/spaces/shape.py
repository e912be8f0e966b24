"""A space: created, shown, found, changed and deleted, by endpoints or a customer's data.

Source: docs.seam.co api/spaces; ``warnings`` from the newest SDK.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...core.frozen import freeze, thaw
from ...core.record_types import replace
from ...errors import ApiError
from ...schema.params import json_object, text
from .. import deletion
from ..context import RequestContext
from ..customers.keys import ensure, is_visible
from ..events.emit import emit
from .record import SPACES, Space

__all__ = [
    "check_key",
    "customer_data",
    "find",
    "find_by_key",
    "make",
    "push",
    "remove",
    "set_devices",
    "show",
    "visible",
    "with_data",
]

TIME_OF_DAY = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"

# Seam documents that the key is unique in its workspace. Unsourced: how it refuses a second one.
TAKEN_TYPE = "space_key_already_exists"
TAKEN_MESSAGE = "A space with this space_key already exists"


def customer_data() -> Any:
    """Returns the parameter for an app's data about the stays in a space; null clears a member."""
    return json_object(
        address=text(nullable=True),
        default_checkin_time=text(nullable=True, pattern=TIME_OF_DAY),
        default_checkout_time=text(nullable=True, pattern=TIME_OF_DAY),
        time_zone=text(nullable=True),
    )


def make(
    ctx: RequestContext,
    *,
    name: str,
    space_key: str | None,
    customer_key: str | None,
    data: Mapping[str, str | None] | None = None,
    geolocation: Mapping[str, float] | None = None,
    connected_account_ids: Iterable[str] = (),
    device_ids: Iterable[str] = (),
) -> Space:
    """Creates a space and emits its event. An id that is given twice is in it once."""
    if space_key is not None:
        check_key(ctx, space_key)
    space = Space(
        space_id=ctx.new_id("space"),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        name=name,
        space_key=space_key,
        parent_space_id=None,
        customer_key=customer_key,
        customer_data={},
        geolocation=freeze(geolocation),
        connected_account_ids=tuple(dict.fromkeys(connected_account_ids)),
        device_ids=tuple(dict.fromkeys(device_ids)),
    )
    space = ctx.store.put(SPACES, with_data(space, data))
    _emit_event(ctx, "space.created", space)
    return space


def push(ctx: RequestContext, customer_key: str, pushed: Mapping[str, Any]) -> None:
    """Creates or changes the customer's space with this key.

    Unsourced: that a space without a customer becomes this customer's, as accounts do.
    Unsourced: that another customer's space is refused, and that an absent field keeps its value.
    """
    space = _by_key(ctx, pushed["space_key"])
    data, geolocation = pushed.get("customer_data"), pushed.get("geolocation")
    if space is None:
        make(
            ctx,
            name=pushed["name"],
            space_key=pushed["space_key"],
            customer_key=ensure(ctx, customer_key),
            data=data,
            geolocation=geolocation,
        )
        return
    if space.customer_key not in (None, customer_key):
        raise _duplicate_key()
    if geolocation is not None:
        space = replace(space, geolocation=freeze(geolocation))
    space = replace(space, name=pushed["name"], customer_key=customer_key)
    ctx.store.put(SPACES, with_data(space, data))


def with_data(space: Space, data: Mapping[str, str | None] | None) -> Space:
    """Returns the space with this customer data.

    Seam: only the members that are sent are changed, and null clears one.
    """
    merged = {**space.customer_data, **(data or {})}
    stored = {name: value for name, value in merged.items() if value is not None}
    return replace(space, customer_data=freeze(stored))


def set_devices(ctx: RequestContext, space: Space, device_ids: Iterable[str]) -> Space:
    """Puts exactly these devices in the space; emits an event if that changes anything."""
    ids = tuple(dict.fromkeys(device_ids))
    if set(ids) == set(space.device_ids):
        return space
    space = ctx.store.put(SPACES, replace(space, device_ids=ids))
    _emit_event(ctx, "space.device_membership_changed", space)
    return space


def remove(ctx: RequestContext, space: Space) -> None:
    """Deletes the space and emits its event; what was in the space stays.

    Unsourced: that the spaces below it stay too, without a parent.
    """
    for below in ctx.store.find(SPACES, ("parent", ctx.workspace_id, space.space_id)):
        ctx.store.put(SPACES, replace(below, parent_space_id=None))
    deletion.delete(ctx, SPACES, space)
    _emit_event(ctx, "space.deleted", space)


def find(ctx: RequestContext, space_id: str) -> Space:
    """Returns the workspace's space. Raises Seam's 404 if the caller does not see one."""
    space = ctx.get(SPACES, space_id)
    if space is None or not visible(ctx, space):
        raise _not_found({"space_id": space_id})
    return space


def find_by_key(ctx: RequestContext, space_key: str) -> Space:
    """Returns the workspace's space with this key. Raises the same 404."""
    space = _by_key(ctx, space_key)
    if space is None or not visible(ctx, space):
        raise _not_found({"space_key": space_key})
    return space


def check_key(ctx: RequestContext, space_key: str, *, of: Space | None = None) -> None:
    """Raises Seam's 400 if a space of the workspace other than ``of`` has the key."""
    space = _by_key(ctx, space_key)
    if space is not None and (of is None or space.space_id != of.space_id):
        raise _duplicate_key()


def visible(ctx: RequestContext, space: Space) -> bool:
    """Returns whether the caller may see it: of client sessions only those of its customer."""
    return is_visible(ctx, space.customer_key)


def show(ctx: RequestContext, space: Space) -> dict[str, Any]:
    """Returns the space as Seam shows it, without what it lacks or the caller may not see."""
    parent = None if space.parent_space_id is None else _get(ctx, space.parent_space_id)
    if parent is not None and not visible(ctx, parent):
        parent = None
    members = {
        "space_id": space.space_id,
        "workspace_id": space.workspace_id,
        "name": space.name,
        "display_name": space.name,
        "created_at": space.created_at,
        "device_count": len(space.device_ids),
        "acs_entrance_count": 0,
        "warnings": [],
        "space_key": space.space_key,
        "customer_key": space.customer_key,
        "customer_data": thaw(space.customer_data) or None,
        "geolocation": thaw(space.geolocation),
        "parent_space_id": None if parent is None else parent.space_id,
        "parent_space_key": None if parent is None else parent.space_key,
    }
    return {name: value for name, value in members.items() if value is not None}


def _emit_event(ctx: RequestContext, event_type: str, space: Space) -> None:
    emit(
        ctx,
        event_type,
        owner=space.customer_key,
        space_id=space.space_id,
        space_key=space.space_key,
        device_ids=space.device_ids,
        acs_entrance_ids=(),
    )


def _get(ctx: RequestContext, space_id: str) -> Space:
    space = ctx.store.get(SPACES, space_id)
    if space is None:
        raise RuntimeError(f"the store has no space {space_id}")
    return space


def _by_key(ctx: RequestContext, space_key: str) -> Space | None:
    return ctx.store.first(SPACES, ("key", ctx.workspace_id, space_key))


def _duplicate_key() -> ApiError:
    return ApiError(400, TAKEN_TYPE, TAKEN_MESSAGE)


def _not_found(data: Mapping[str, Any]) -> ApiError:
    """Returns the 404 for a space that does not exist.

    Unsourced: the message, which follows Seam's for other resources.
    """
    return ApiError(404, "space_not_found", "Space not found", data=data)
