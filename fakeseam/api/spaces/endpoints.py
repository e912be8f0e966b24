"""/spaces: rooms, apartments and floors, with the devices and accounts that are in them.

Source: docs.seam.co api/spaces.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ...core.record_types import replace
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, integer, text, uuid
from ..auth import BACKEND_OR_CUSTOMER
from ..connected_accounts.endpoints import find as find_account
from ..context import RequestContext
from ..customers.keys import key_for_new
from ..devices import shape as device_object
from ..devices.filters import by_id, not_found
from ..listing import contains, list_page, page_cursor, search_text
from .record import SPACES, Space
from .shape import (
    check_key,
    customer_data,
    find,
    find_by_key,
    make,
    remove,
    set_devices,
    show,
    visible,
    with_data,
)

__all__ = ["namespace"]

namespace = Namespace("/spaces")

DEFAULT_LIMIT = 500

NO_ENTRANCES = "acs_entrance_ids can name no entrance, as none are implemented"

# Unsourced: that Seam refuses this. Spaces that are each other's parents would have no top.
LOOP_TYPE = "invalid_parent_space"
LOOP_MESSAGE = "A space cannot be below itself"


@namespace.endpoint(
    "POST", callers=BACKEND_OR_CUSTOMER, response_key="space", partial_note=NO_ENTRANCES
)
def create(
    ctx: RequestContext,
    *,
    name: str = text(required=True),
    space_key: str | None = text(minimum=1),
    customer_key: str | None = text(minimum=1),
    customer_data: Mapping[str, Any] | None = customer_data(),
    connected_account_ids: list[str] = array(uuid(), default=()),
    device_ids: list[str] = array(uuid(), default=()),
    acs_entrance_ids: list[str] = array(uuid(), default=()),
) -> dict[str, Any]:
    """Creates a space with these devices and accounts in it."""
    _check_entrances(acs_entrance_ids)
    for account_id in connected_account_ids:
        find_account(ctx, account_id)
    space = make(
        ctx,
        name=name,
        space_key=space_key,
        customer_key=key_for_new(ctx, customer_key),
        data=customer_data,
        connected_account_ids=connected_account_ids,
        device_ids=_known_devices(ctx, device_ids),
    )
    return show(ctx, space)


@namespace.endpoint(
    "GET POST",
    callers=BACKEND_OR_CUSTOMER,
    response_key="space",
    any_of=("space_id", "space_key"),
)
def get(
    ctx: RequestContext, *, space_id: str | None = uuid(), space_key: str | None = text(minimum=1)
) -> dict[str, Any]:
    """Returns one space: by id, else by key."""
    return show(ctx, _find(ctx, space_id, space_key))


@namespace.endpoint("GET POST", callers=BACKEND_OR_CUSTOMER, response_key="spaces")
def list_(
    ctx: RequestContext,
    *,
    customer_key: str | None = text(minimum=1),
    connected_account_id: str | None = uuid(),
    space_key: str | None = text(minimum=1),
    parent_space_id: str | None = uuid(),
    parent_space_key: str | None = text(minimum=1),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the spaces that meet every filter, oldest first."""
    workspace_id = ctx.workspace_id
    within: list[Hashable] = [("workspace", workspace_id)]
    for index, value in (
        ("customer", customer_key),
        ("customer", None if ctx.session is None else ctx.session.customer_key),
        ("connected_account_id", connected_account_id),
        ("key", space_key),
        ("parent", parent_space_id),
    ):
        if value is not None:
            within.append((index, workspace_id, value))
    if parent_space_key is not None:
        parent = ctx.store.first(SPACES, ("key", workspace_id, parent_space_key))
        within.append(("parent", workspace_id, parent and parent.space_id))
    return list_page(
        ctx,
        SPACES,
        show,
        within=within,
        where=lambda space: (
            visible(ctx, space) and (search is None or contains(search, _texts(space), {}))
        ),
        limit=limit,
        page_cursor=page_cursor,
    )


def _check_id_or_key(sent: Mapping[str, Any]) -> str | None:
    """Returns an error message if the request names no space, else None.

    Unsourced: the message.
    """
    if "space_id" in sent or "space_key" in sent:
        return None
    return "Either 'space_id' or 'space_key' is required"


@namespace.endpoint(
    "PATCH POST",
    callers=BACKEND_OR_CUSTOMER,
    response_key="space",
    checks=[_check_id_or_key],
    partial_note=NO_ENTRANCES,
)
def update(
    ctx: RequestContext,
    *,
    space_id: str | None = uuid(),
    space_key: str | None = text(minimum=1),
    name: str | None = text(),
    customer_data: Mapping[str, Any] | None = customer_data(),
    device_ids: list[str] | None = array(uuid()),
    acs_entrance_ids: list[str] = array(uuid(), default=()),
    parent_space_id: str | None = uuid(),
    parent_space_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """Changes what was sent and keeps the rest. Devices that are sent replace all its devices.

    Unsourced: that a key sent with the id becomes the key of the space.
    """
    space = _find(ctx, space_id, space_key)
    _check_entrances(acs_entrance_ids)
    if space_key is not None:
        check_key(ctx, space_key, of=space)
        space = replace(space, space_key=space_key)
    if name is not None:
        space = replace(space, name=name)
    if parent_space_id is not None or parent_space_key is not None:
        parent = _find(ctx, parent_space_id, parent_space_key)
        _check_loop(ctx, space, parent)
        space = replace(space, parent_space_id=parent.space_id)
    space = ctx.store.put(SPACES, with_data(space, customer_data))
    if device_ids is not None:
        space = set_devices(ctx, space, _known_devices(ctx, device_ids))
    return show(ctx, space)


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def delete(ctx: RequestContext, *, space_id: str = uuid(required=True)) -> None:
    """Deletes a space; its devices and accounts stay."""
    remove(ctx, find(ctx, space_id))


@namespace.endpoint("POST PUT", callers=BACKEND_OR_CUSTOMER)
def add_connected_account(
    ctx: RequestContext,
    *,
    space_id: str = uuid(required=True),
    connected_account_id: str = uuid(required=True),
) -> None:
    """Adds the account to the space, without its devices.

    Unsourced: that adding it twice succeeds, and that no event is emitted.
    """
    space = find(ctx, space_id)
    account = find_account(ctx, connected_account_id)
    ids = dict.fromkeys((*space.connected_account_ids, account.connected_account_id))
    ctx.store.put(SPACES, replace(space, connected_account_ids=tuple(ids)))


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def remove_connected_account(
    ctx: RequestContext,
    *,
    space_id: str = uuid(required=True),
    connected_account_id: str = uuid(required=True),
) -> None:
    """Removes the account from the space.

    Unsourced: that removing an account that is not in the space succeeds.
    """
    space = find(ctx, space_id)
    account = find_account(ctx, connected_account_id)
    left = [one for one in space.connected_account_ids if one != account.connected_account_id]
    ctx.store.put(SPACES, replace(space, connected_account_ids=tuple(left)))


@namespace.endpoint("POST PUT", callers=BACKEND_OR_CUSTOMER)
def add_devices(
    ctx: RequestContext,
    *,
    space_id: str = uuid(required=True),
    device_ids: list[str] = array(uuid(), required=True, minimum=1),
) -> None:
    """Adds these devices to the space."""
    space = find(ctx, space_id)
    set_devices(ctx, space, (*space.device_ids, *_known_devices(ctx, device_ids)))


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def remove_devices(
    ctx: RequestContext,
    *,
    space_id: str = uuid(required=True),
    device_ids: list[str] = array(uuid(), required=True),
) -> None:
    """Removes these devices from the space; those that are not in it are ignored."""
    space = find(ctx, space_id)
    leaving = set(_known_devices(ctx, device_ids))
    set_devices(ctx, space, [one for one in space.device_ids if one not in leaving])


def _find(ctx: RequestContext, space_id: str | None, space_key: str | None) -> Space:
    """Returns the space by its id, or by its key if there is no id. Raises Seam's 404."""
    return find_by_key(ctx, str(space_key)) if space_id is None else find(ctx, space_id)


def _known_devices(ctx: RequestContext, device_ids: list[str]) -> list[str]:
    """Returns the ids. Raises Seam's 404 for a device that the caller does not see.

    Unmanaged devices are valid. Unsourced: that an unknown id is refused, with the error of the
    device endpoints.
    """
    for device_id in device_ids:
        device = by_id(ctx, device_id)
        if device is None or not device_object.visible(ctx, device):
            raise not_found({"device_id": device_id})
    return device_ids


def _check_entrances(acs_entrance_ids: list[str]) -> None:
    """Raises a 404 for any entrance: none are implemented. Unsourced: the message."""
    if acs_entrance_ids:
        data = {"acs_entrance_id": acs_entrance_ids[0]}
        raise ApiError(404, "acs_entrance_not_found", "Entrance not found", data=data)


def _check_loop(ctx: RequestContext, space: Space, parent: Space) -> None:
    above: Space | None = parent
    while above is not None:
        if above.space_id == space.space_id:
            raise ApiError(400, LOOP_TYPE, LOOP_MESSAGE)
        parent_id = above.parent_space_id
        above = None if parent_id is None else ctx.store.get(SPACES, parent_id)


def _texts(space: Space) -> tuple[str | None, ...]:
    return (space.name, space.space_key, space.customer_key)
