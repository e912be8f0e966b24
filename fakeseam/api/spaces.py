"""/spaces: rooms, flats and floors, with the devices and accounts that are in them.

Source: docs.seam.co api/spaces.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace, Paged
from ..core.params import array, integer, text, uuid
from ..errors import ApiError
from . import device_object
from .auth import BACKEND_OR_CUSTOMER
from .call import Call
from .connected_accounts import find as find_account
from .customer_keys import of_new
from .device_filters import by_id, not_found
from .listing import contains, list_page, page_cursor, search_text
from .records import Space
from .space_object import (
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
from .tables import SPACES

__all__ = ["namespace"]

namespace = Namespace("/spaces")

DEFAULT_LIMIT = 500

NO_ENTRANCES = "acs_entrance_ids can name no entrance, as none are modelled"

# Unsourced: that Seam refuses this at all; spaces below each other would have no top.
LOOP_TYPE = "invalid_parent_space"
LOOP_MESSAGE = "A space cannot be below itself"


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER, answer="space", partly=NO_ENTRANCES)
def create(
    call: Call,
    *,
    name: str = text(required=True),
    space_key: str | None = text(minimum=1),
    customer_key: str | None = text(minimum=1),
    customer_data: Mapping[str, Any] | None = customer_data(),
    connected_account_ids: list[str] = array(uuid(), default=()),
    device_ids: list[str] = array(uuid(), default=()),
    acs_entrance_ids: list[str] = array(uuid(), default=()),
) -> dict[str, Any]:
    """A space with what is to be in it."""
    _check_entrances(acs_entrance_ids)
    for account_id in connected_account_ids:
        find_account(call, account_id)
    space = make(
        call,
        name=name,
        space_key=space_key,
        customer_key=of_new(call, customer_key),
        data=customer_data,
        connected_account_ids=connected_account_ids,
        device_ids=_known_devices(call, device_ids),
    )
    return show(call, space)


@namespace.endpoint(
    "GET POST",
    callers=BACKEND_OR_CUSTOMER,
    answer="space",
    either=("space_id", "space_key"),
)
def get(
    call: Call, *, space_id: str | None = uuid(), space_key: str | None = text(minimum=1)
) -> dict[str, Any]:
    """One space: by id or by key."""
    return show(call, _find(call, space_id, space_key))


@namespace.endpoint("GET POST", callers=BACKEND_OR_CUSTOMER, answer="spaces")
def list_(
    call: Call,
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
    """The spaces that meet every filter, oldest first."""
    workspace_id = call.workspace_id
    within: list[Hashable] = [("workspace", workspace_id)]
    for index, value in (
        ("customer", customer_key),
        ("customer", None if call.session is None else call.session.customer_key),
        ("account", connected_account_id),
        ("key", space_key),
        ("parent", parent_space_id),
    ):
        if value is not None:
            within.append((index, workspace_id, value))
    if parent_space_key is not None:
        parent = call.store.first(SPACES, ("key", workspace_id, parent_space_key))
        within.append(("parent", workspace_id, parent and parent.space_id))
    return list_page(
        call,
        SPACES,
        show,
        within=within,
        where=lambda space: visible(call, space)
        and (search is None or contains(search, _texts(space), {})),
        limit=limit,
        page_cursor=page_cursor,
    )


def _needs_a_space(sent: Mapping[str, Any]) -> str | None:
    """Unsourced: the words."""
    if "space_id" in sent or "space_key" in sent:
        return None
    return "Either 'space_id' or 'space_key' is required"


@namespace.endpoint(
    "PATCH POST",
    callers=BACKEND_OR_CUSTOMER,
    answer="space",
    checks=[_needs_a_space],
    partly=NO_ENTRANCES,
)
def update(
    call: Call,
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
    """Change what was sent, leave the rest; the devices that are sent replace all of them.

    Unsourced: that a key sent beside the id becomes the key of the space.
    """
    space = _find(call, space_id, space_key)
    _check_entrances(acs_entrance_ids)
    if space_key is not None:
        check_key(call, space_key, of=space)
        space = replace(space, space_key=space_key)
    if name is not None:
        space = replace(space, name=name)
    if parent_space_id is not None or parent_space_key is not None:
        parent = _find(call, parent_space_id, parent_space_key)
        _check_loop(call, space, parent)
        space = replace(space, parent_space_id=parent.space_id)
    space = call.store.put(SPACES, with_data(space, customer_data))
    if device_ids is not None:
        space = set_devices(call, space, _known_devices(call, device_ids))
    return show(call, space)


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def delete(call: Call, *, space_id: str = uuid(required=True)) -> None:
    """The space is gone; its devices and accounts stay."""
    remove(call, find(call, space_id))


@namespace.endpoint("POST PUT", callers=BACKEND_OR_CUSTOMER)
def add_connected_account(
    call: Call,
    *,
    space_id: str = uuid(required=True),
    connected_account_id: str = uuid(required=True),
) -> None:
    """The account is in the space; its devices are not for that.

    Unsourced: that doing it twice is no error, and that there is no event.
    """
    space = find(call, space_id)
    account = find_account(call, connected_account_id)
    ids = dict.fromkeys((*space.connected_account_ids, account.connected_account_id))
    call.store.put(SPACES, replace(space, connected_account_ids=tuple(ids)))


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def remove_connected_account(
    call: Call,
    *,
    space_id: str = uuid(required=True),
    connected_account_id: str = uuid(required=True),
) -> None:
    """The account is not in the space any more.

    Unsourced: that it is no error if it was not before.
    """
    space = find(call, space_id)
    account = find_account(call, connected_account_id)
    left = [one for one in space.connected_account_ids if one != account.connected_account_id]
    call.store.put(SPACES, replace(space, connected_account_ids=tuple(left)))


@namespace.endpoint("POST PUT", callers=BACKEND_OR_CUSTOMER)
def add_devices(
    call: Call,
    *,
    space_id: str = uuid(required=True),
    device_ids: list[str] = array(uuid(), required=True, minimum=1),
) -> None:
    """These devices are in the space too."""
    space = find(call, space_id)
    set_devices(call, space, (*space.device_ids, *_known_devices(call, device_ids)))


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def remove_devices(
    call: Call,
    *,
    space_id: str = uuid(required=True),
    device_ids: list[str] = array(uuid(), required=True),
) -> None:
    """These devices are not in the space any more; those that were not change nothing."""
    space = find(call, space_id)
    leaving = set(_known_devices(call, device_ids))
    set_devices(call, space, [one for one in space.device_ids if one not in leaving])


def _find(call: Call, space_id: str | None, space_key: str | None) -> Space:
    """By id; by key only where there is no id."""
    return find_by_key(call, str(space_key)) if space_id is None else find(call, space_id)


def _known_devices(call: Call, device_ids: list[str]) -> list[str]:
    """The ids, if the caller sees every one of these devices; unmanaged ones too.

    Unsourced: that an unknown id is refused, in the words of the devices' own endpoints.
    """
    for device_id in device_ids:
        device = by_id(call, device_id)
        if device is None or not device_object.visible(call, device):
            raise not_found({"device_id": device_id})
    return device_ids


def _check_entrances(acs_entrance_ids: list[str]) -> None:
    """No entrance is modelled, so each of these is unknown. Unsourced: the words."""
    if acs_entrance_ids:
        data = {"acs_entrance_id": acs_entrance_ids[0]}
        raise ApiError(404, "acs_entrance_not_found", "Entrance not found", data=data)


def _check_loop(call: Call, space: Space, parent: Space) -> None:
    above: Space | None = parent
    while above is not None:
        if above.space_id == space.space_id:
            raise ApiError(400, LOOP_TYPE, LOOP_MESSAGE)
        parent_id = above.parent_space_id
        above = None if parent_id is None else call.store.get(SPACES, parent_id)


def _texts(space: Space) -> tuple[str | None, ...]:
    return (space.name, space.space_key, space.customer_key)
