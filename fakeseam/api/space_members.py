"""What is in a space: looked up by those who filter by it, and leaving when it is deleted.

Source: docs.seam.co api/spaces. Unsourced: that the devices of a space's accounts are not in
the space; the SDK says of these accounts only that they tell where a space came from.
"""

from __future__ import annotations

from dataclasses import replace

from .call import Call
from .customer_keys import sees
from .records import Space
from .tables import SPACES

__all__ = ["accounts_in", "devices_in", "forget_account", "forget_device", "spaces_of"]


def devices_in(call: Call, space_id: str) -> set[str]:
    """The ids of its devices; an unknown space, or one out of sight, has none."""
    return {one for space in _seen(call, space_id) for one in space.device_ids}


def accounts_in(call: Call, space_id: str) -> set[str]:
    """The same of its accounts."""
    return {one for space in _seen(call, space_id) for one in space.connected_account_ids}


def spaces_of(call: Call, device_id: str) -> list[str]:
    """The ids of the spaces that a device is in, as far as the caller sees them."""
    found = call.store.find(SPACES, ("device", call.workspace_id, device_id))
    return [space.space_id for space in found if sees(call, space.customer_key)]


def forget_device(call: Call, device_id: str) -> None:
    """The device is going: it is in no space any more.

    Unsourced: that this is not announced; the device's own event tells it.
    """
    for space in call.store.find(SPACES, ("device", call.workspace_id, device_id)):
        left = tuple(one for one in space.device_ids if one != device_id)
        call.store.put(SPACES, replace(space, device_ids=left))


def forget_account(call: Call, connected_account_id: str) -> None:
    """The same of an account."""
    for space in call.store.find(SPACES, ("account", call.workspace_id, connected_account_id)):
        left = tuple(one for one in space.connected_account_ids if one != connected_account_id)
        call.store.put(SPACES, replace(space, connected_account_ids=left))


def _seen(call: Call, space_id: str) -> list[Space]:
    space = call.store.get(SPACES, space_id)
    if space is None or space.workspace_id != call.workspace_id:
        return []
    return [space] if sees(call, space.customer_key) else []
