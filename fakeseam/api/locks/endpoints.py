"""/locks: the devices that Seam can lock, unlock, or open with access codes.

Source: docs.seam.co api/locks and the guide to locking and unlocking.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.shown import Shown
from ...schema.endpoint import Namespace, Parts
from ...schema.params import array, boolean, enum, number, text, uuid
from ...schema.validation import Issue, invalid_input
from ..action_attempts import attempts
from ..action_attempts.record import ACTION_ATTEMPTS
from ..action_attempts.shape import show as show_attempt
from ..auth import BACKEND, EVERYONE, SESSION
from ..context import RequestContext
from ..devices import steps
from ..devices.capable import find_capable
from ..devices.filters import (
    by_id,
    by_name,
    check_id_or_name,
    check_visible,
    list_devices,
    not_found,
)
from ..devices.record import Device
from ..devices.shape import display_name, shown
from ..devices.types import LOCK_MANUFACTURERS, LOCK_TYPES
from ..rate_limits import count_request

__all__ = ["namespace"]

namespace = Namespace("/locks")

# The auto-lock delay, in seconds.
SHORTEST_DELAY_S, LONGEST_DELAY_S = 1, 60
# The list has no pages.
EVERY_LOCK = 10**9


@namespace.endpoint(
    "GET POST",
    callers=BACKEND | {SESSION},
    response_key=("device", "lock"),
    checks=[check_id_or_name],
)
def get(
    ctx: RequestContext, *, device_id: str | None = uuid(), name: str | None = text(minimum=1)
) -> Shown:
    """Returns one managed lock, as ``/devices/get`` does; another device is not found."""
    if device_id is not None:
        device = by_id(ctx, device_id)
    else:
        device = by_name(ctx, str(name), "managed", _is_lock)
    if device is None or not _is_lock(device):
        raise not_found()
    check_visible(ctx, device)
    if not device.is_managed or name not in (None, display_name(device)):
        raise not_found()
    return shown(ctx, device)


@namespace.endpoint("GET POST", callers=BACKEND | {SESSION}, response_key=("devices", "locks"))
def list_(
    ctx: RequestContext,
    *,
    connect_webview_id: str | None = uuid(),
    connected_account_id: str | None = uuid(),
    customer_key: str | None = text(minimum=1),
    device_type: str | None = enum(*LOCK_TYPES),
    device_types: list[str] | None = array(enum(*LOCK_TYPES)),
    manufacturer: str | None = enum(*LOCK_MANUFACTURERS),
) -> Parts:
    """Returns the managed locks that meet every filter, oldest first, without pages."""
    page = list_devices(ctx, shown, "managed", EVERY_LOCK, None, where=_is_lock)
    return Parts([page.items, page.items])


def _is_lock(device: Device) -> bool:
    return device.device_type in LOCK_TYPES


@namespace.endpoint("POST", callers=EVERYONE, response_key="action_attempt")
def lock_door(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    sync: bool = boolean(default=False),
) -> dict[str, Any]:
    """Locks the door in the next step."""
    device = find_capable(ctx, device_id, "can_remotely_lock")
    count_request(ctx, device, "lock_door")
    return _request(ctx, device, "LOCK_DOOR", "lock", {}, sync)


@namespace.endpoint("POST", callers=EVERYONE, response_key="action_attempt")
def unlock_door(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    sync: bool = boolean(default=False),
) -> dict[str, Any]:
    """Unlocks the door in the next step."""
    device = find_capable(ctx, device_id, "can_remotely_unlock")
    count_request(ctx, device, "unlock_door")
    return _request(ctx, device, "UNLOCK_DOOR", "unlock", {}, sync)


@namespace.endpoint("POST", callers=BACKEND | {SESSION}, response_key="action_attempt")
def configure_auto_lock(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    auto_lock_enabled: bool = boolean(required=True),
    auto_lock_delay_seconds: float | None = number(
        minimum=SHORTEST_DELAY_S, maximum=LONGEST_DELAY_S
    ),
) -> dict[str, Any]:
    """Lets the lock lock itself some seconds after it was unlocked, or no more."""
    if auto_lock_enabled and auto_lock_delay_seconds is None:
        raise invalid_input([Issue(("auto_lock_delay_seconds",), "Required")])
    device = find_capable(ctx, device_id, "can_configure_auto_lock")
    settings: dict[str, Any] = {"auto_lock_enabled": auto_lock_enabled}
    if auto_lock_enabled:  # otherwise the lock keeps the delay that it has
        settings["auto_lock_delay_seconds"] = auto_lock_delay_seconds
    return _request(ctx, device, "CONFIGURE_AUTO_LOCK", "configure_auto_lock", settings, False)


def _request(
    ctx: RequestContext,
    device: Device,
    action_type: str,
    action: str,
    params: Mapping[str, Any],
    sync: bool,
) -> dict[str, Any]:
    """Returns the attempt of an action; with ``sync`` its step is done."""
    attempt = attempts.request(ctx, action_type, device=device, action=action, **params)
    if sync:
        steps.run_now(ctx, attempt.action_attempt_id)
    stored = ctx.store.get(ACTION_ATTEMPTS, attempt.action_attempt_id)
    return show_attempt(ctx, stored or attempt)
