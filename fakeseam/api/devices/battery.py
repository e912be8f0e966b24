"""The battery of a device and of its keypad, and what else happens to it on the spot.

Source: docs.seam.co api/events, device.low_battery, battery_status_changed and tampered.
Unsourced: that a status is reported when it changes, and a low battery when it becomes low.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ..context import RequestContext
from .events import emit_if_managed
from .record import DEVICES, Device
from .sandbox_properties import battery_status

__all__ = [
    "KEYPAD",
    "emit_low",
    "has_battery",
    "keypad_level",
    "set_keypad_level",
    "set_level",
    "tamper",
]

LOW = ("low", "critical")
# The values of ``battery_source`` in the event.
LOCK, KEYPAD = "lock", "accessory_keypad"


def has_battery(device: Device) -> bool:
    return "battery" in device.properties


def keypad_level(device: Device) -> float | None:
    """Returns the level of the battery of the device's keypad, or None if it is not known."""
    keypad: Mapping[str, Any] = device.properties.get("accessory_keypad") or {}
    for battery in (keypad.get("battery"), device.properties.get("keypad_battery")):
        if battery and "level" in battery:
            level: float = battery["level"]
            return level
    return None


def set_level(ctx: RequestContext, device: Device, level: float) -> Device:
    """Sets the level of the battery, from 0 to 1. Emits what follows, and returns the device."""
    before, status = device.properties["battery"]["status"], battery_status(level)
    device = _put(ctx, device, battery={"level": level, "status": status}, battery_level=level)
    if status != before:
        emit_if_managed(
            ctx,
            "device.battery_status_changed",
            device,
            battery_status=status,
            battery_level=level,
        )
    if status in LOW and before not in LOW:
        emit_low(ctx, device, LOCK, level)
    return device


def set_keypad_level(ctx: RequestContext, device: Device, level: float) -> Device:
    """Sets the level of the battery of the device's keypad, from 0 to 1; as ``set_level``.

    A keypad's battery has no status, so only a low one is reported.
    """
    before = keypad_level(device)
    keypad = device.properties.get("accessory_keypad")
    if keypad is None:
        device = _put(ctx, device, keypad_battery={"level": level})
    else:
        device = _put(ctx, device, accessory_keypad={**keypad, "battery": {"level": level}})
    was_low = before is not None and battery_status(before) in LOW
    if battery_status(level) in LOW and not was_low:
        emit_low(ctx, device, KEYPAD, level)
    return device


def tamper(ctx: RequestContext, device: Device) -> None:
    """Emits that somebody has tampered with the device."""
    emit_if_managed(ctx, "device.tampered", device)


def emit_low(ctx: RequestContext, device: Device, source: str, level: float) -> None:
    """Emits that the battery of the device or of its keypad is low, with both levels if known.

    Unsourced: that a device which is no lock, such as a sensor, has no ``battery_source``.
    """
    is_lock = "lock" in device.capabilities_supported
    emit_if_managed(
        ctx,
        "device.low_battery",
        device,
        battery_level=level,
        battery_source=source if is_lock else None,
        device_battery_level=device.properties.get("battery_level"),
        accessory_keypad_battery_level=keypad_level(device),
    )


def _put(ctx: RequestContext, device: Device, **properties: Any) -> Device:
    changed = freeze({**device.properties, **properties})
    return ctx.store.put(DEVICES, replace(device, properties=changed))
