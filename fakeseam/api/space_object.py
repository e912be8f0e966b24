"""A space: made, shown, found, changed and deleted, by its endpoints or with a customer's data.

Source: docs.seam.co api/spaces; ``warnings`` from the newest SDK.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..core.frozen import freeze, thaw
from ..core.params import shape, text
from ..errors import ApiError
from .call import Call
from .customer_keys import ensure, sees
from .events import emit
from .records import Space
from .tables import SPACES

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

# Unsourced: Seam says that the key is unique within the workspace, not how it refuses another.
TAKEN_TYPE = "space_key_already_exists"
TAKEN_MESSAGE = "A space with this space_key already exists"


def customer_data() -> Any:
    """What an app says of the stays in a space; null clears a member."""
    return shape(
        address=text(nullable=True),
        default_checkin_time=text(nullable=True, pattern=TIME_OF_DAY),
        default_checkout_time=text(nullable=True, pattern=TIME_OF_DAY),
        time_zone=text(nullable=True),
    )


def make(
    call: Call,
    *,
    name: str,
    space_key: str | None,
    customer_key: str | None,
    data: Mapping[str, str | None] | None = None,
    geolocation: Mapping[str, float] | None = None,
    connected_account_ids: Iterable[str] = (),
    device_ids: Iterable[str] = (),
) -> Space:
    """A new space, announced; an id that is given twice is in it once."""
    if space_key is not None:
        check_key(call, space_key)
    space = Space(
        space_id=call.new_id("space"),
        workspace_id=call.workspace_id,
        created_at=call.now(),
        name=name,
        space_key=space_key,
        parent_space_id=None,
        customer_key=customer_key,
        customer_data={},
        geolocation=freeze(geolocation),
        connected_account_ids=tuple(dict.fromkeys(connected_account_ids)),
        device_ids=tuple(dict.fromkeys(device_ids)),
    )
    space = call.store.put(SPACES, with_data(space, data))
    _announce(call, "space.created", space)
    return space


def push(call: Call, customer_key: str, given: Mapping[str, Any]) -> None:
    """Make or change the customer's space with this key.

    Unsourced: that a space which has no customer becomes this one's, as accounts do, that
    one of another customer is refused, and that what is not sent stays.
    """
    space = _by_key(call, given["space_key"])
    data, geolocation = given.get("customer_data"), given.get("geolocation")
    if space is None:
        make(
            call,
            name=given["name"],
            space_key=given["space_key"],
            customer_key=ensure(call, customer_key),
            data=data,
            geolocation=geolocation,
        )
        return
    if space.customer_key not in (None, customer_key):
        raise _taken()
    if geolocation is not None:
        space = replace(space, geolocation=freeze(geolocation))
    space = replace(space, name=given["name"], customer_key=customer_key)
    call.store.put(SPACES, with_data(space, data))


def with_data(space: Space, given: Mapping[str, str | None] | None) -> Space:
    """Seam: only the members that are sent are changed, and null clears one."""
    data = {**space.customer_data, **(given or {})}
    kept = {name: value for name, value in data.items() if value is not None}
    return replace(space, customer_data=freeze(kept))


def set_devices(call: Call, space: Space, device_ids: Iterable[str]) -> Space:
    """Exactly these devices are in the space; announced if any came or went."""
    ids = tuple(dict.fromkeys(device_ids))
    if set(ids) == set(space.device_ids):
        return space
    space = call.store.put(SPACES, replace(space, device_ids=ids))
    _announce(call, "space.device_membership_changed", space)
    return space


def remove(call: Call, space: Space) -> None:
    """The space is gone; what was in it stays.

    Unsourced: that the spaces below it stay too, and are below nothing.
    """
    for below in call.store.find(SPACES, ("parent", call.workspace_id, space.space_id)):
        call.store.put(SPACES, replace(below, parent_space_id=None))
    call.store.delete(SPACES, space.space_id)
    _announce(call, "space.deleted", space)


def find(call: Call, space_id: str) -> Space:
    """The space, or a 404: also for another workspace's, and out of a session's sight."""
    space = call.store.get(SPACES, space_id)
    if space is None or space.workspace_id != call.workspace_id or not visible(call, space):
        raise _not_found({"space_id": space_id})
    return space


def find_by_key(call: Call, space_key: str) -> Space:
    """The same by its key."""
    space = _by_key(call, space_key)
    if space is None or not visible(call, space):
        raise _not_found({"space_key": space_key})
    return space


def check_key(call: Call, space_key: str, *, of: Space | None = None) -> None:
    """Raises if another space of the workspace has the key."""
    space = _by_key(call, space_key)
    if space is not None and (of is None or space.space_id != of.space_id):
        raise _taken()


def visible(call: Call, space: Space) -> bool:
    """Whether the caller may see it: of the client sessions only its customer's."""
    return sees(call, space.customer_key)


def show(call: Call, space: Space) -> dict[str, Any]:
    """The space as Seam shows it; what it does not have, or is out of sight, is left out."""
    parent = None if space.parent_space_id is None else _get(call, space.parent_space_id)
    if parent is not None and not visible(call, parent):
        parent = None
    shown = {
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
    return {name: value for name, value in shown.items() if value is not None}


def _announce(call: Call, event_type: str, space: Space) -> None:
    emit(
        call,
        event_type,
        owner=space.customer_key,
        space_id=space.space_id,
        space_key=space.space_key,
        device_ids=space.device_ids,
        acs_entrance_ids=(),
    )


def _get(call: Call, space_id: str) -> Space:
    space = call.store.get(SPACES, space_id)
    if space is None:
        raise RuntimeError(f"there is no space {space_id}")
    return space


def _by_key(call: Call, space_key: str) -> Space | None:
    return call.store.first(SPACES, ("key", call.workspace_id, space_key))


def _taken() -> ApiError:
    return ApiError(400, TAKEN_TYPE, TAKEN_MESSAGE)


def _not_found(data: Mapping[str, Any]) -> ApiError:
    """Unsourced: the words; they are those of Seam's other things."""
    return ApiError(404, "space_not_found", "Space not found", data=data)
