"""What is in a space: looked up for the filters of other lists, and checked in dumps.

Source: docs.seam.co api/spaces. Unsourced: that the devices of a space's accounts are not in
the space. The SDK describes these accounts only as where a space came from.
"""

from __future__ import annotations

from ..connected_accounts.record import ACCOUNTS
from ..context import RequestContext
from ..customers.keys import is_visible
from ..devices.record import DEVICES
from .record import SPACES, Space

__all__ = ["accounts_in", "check", "devices_in", "spaces_of"]


def devices_in(ctx: RequestContext, space_id: str) -> set[str]:
    """Returns the ids of the space's devices; none if the caller does not see the space."""
    return {one for space in _visible_spaces(ctx, space_id) for one in space.device_ids}


def accounts_in(ctx: RequestContext, space_id: str) -> set[str]:
    """Returns the ids of the space's accounts, in the same way."""
    return {one for space in _visible_spaces(ctx, space_id) for one in space.connected_account_ids}


def spaces_of(ctx: RequestContext, device_id: str) -> list[str]:
    """Returns the ids of the spaces that a device is in, as far as the caller sees them."""
    found = ctx.store.find(SPACES, ("device_id", ctx.workspace_id, device_id))
    return [space.space_id for space in found if is_visible(ctx, space.customer_key)]


def check(ctx: RequestContext, space: Space) -> None:
    """Raises ``KeyError`` if a space of a dump has a member that the dump lacks."""
    for device_id in space.device_ids:
        ctx.store.position(DEVICES, device_id)
    for account_id in space.connected_account_ids:
        ctx.store.position(ACCOUNTS, account_id)


def _visible_spaces(ctx: RequestContext, space_id: str) -> list[Space]:
    space = ctx.get(SPACES, space_id)
    return [space] if space is not None and is_visible(ctx, space.customer_key) else []
