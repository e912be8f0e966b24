"""The bolt of a lock: locked or not, by whom, and when it locks itself.

Source: docs.seam.co api/events, lock.locked and lock.unlocked. Unsourced: that a lock which is
locked already emits nothing when it is locked; an app that waits for the event should notice.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ..context import RequestContext
from ..devices.events import emit_if_managed
from ..devices.record import DEVICES, Device
from .record import AUTO_LOCKS, AutoLock

__all__ = ["is_locked", "lock_itself", "schedule_auto_lock", "set_properties", "turn"]


def is_locked(device: Device) -> bool:
    return bool(device.properties.get("locked", True))


def turn(
    ctx: RequestContext,
    device: Device,
    locked: bool,
    method: str,
    *,
    always: bool = False,
    **fields: Any,
) -> Device:
    """Locks or unlocks a lock, and emits the event of that, with these fields.

    Emits nothing if it is so already, unless ``always``. Returns the device.
    """
    is_new = is_locked(device) != locked
    device = set_properties(ctx, device, locked=locked)
    schedule_auto_lock(ctx, device)
    if is_new or always:
        event_type = "lock.locked" if locked else "lock.unlocked"
        emit_if_managed(ctx, event_type, device, method=method, **fields)
    return device


def set_properties(ctx: RequestContext, device: Device, **properties: Any) -> Device:
    """Stores and returns the device with these properties."""
    changed = freeze({**device.properties, **properties})
    return ctx.store.put(DEVICES, replace(device, properties=changed))


def schedule_auto_lock(ctx: RequestContext, device: Device) -> None:
    """Schedules when an unlocked lock locks itself, if it does, in place of an earlier time."""
    if ctx.store.get(AUTO_LOCKS, device.device_id) is not None:
        ctx.store.delete(AUTO_LOCKS, device.device_id)
    delay = device.properties.get("auto_lock_delay_seconds")
    if delay is None or is_locked(device) or not device.properties.get("auto_lock_enabled"):
        return
    due = ctx.now_plus(timedelta(seconds=delay))
    ctx.store.put(AUTO_LOCKS, AutoLock(device.device_id, device.workspace_id, due))


def lock_itself(ctx: RequestContext, auto_lock: AutoLock) -> str:
    """Locks a lock whose time has come. Returns its line in the timeline."""
    device = ctx.store.get(DEVICES, auto_lock.device_id)
    if device is None:
        raise RuntimeError(f"an auto-lock outlived its device {auto_lock.device_id}")
    turn(ctx, device, True, "automatic")
    return f"auto-lock of device {device.device_id}"
