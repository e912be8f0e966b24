"""The events of devices: added, removed, connected, disconnected.

Source: docs.seam.co api/events, and the event schemas of Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.record_types import replace
from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..events.emit import brief, emit
from ..events.types import REQUIRED_FIELDS
from ..lifecycle import DEVICE_DISCONNECTED, DISCONNECTED, HUB_DISCONNECTED, REMOVED
from .record import DEVICES, Device
from .shape import account_of, errors, is_online, warnings
from .steps import release_waiting

__all__ = [
    "emit_connection",
    "emit_device_event",
    "emit_if_complete",
    "emit_if_managed",
    "entries_of",
    "readings_of",
]

# The limits of a thermostat's threshold; null for one that is not set.
_LIMITS = frozenset(
    f"{end}_limit_{unit}" for end in ("lower", "upper") for unit in ("celsius", "fahrenheit")
)

# Why a device can be offline: the values of ``error_code`` in the event.
_CAUSES = (DISCONNECTED, HUB_DISCONNECTED, DEVICE_DISCONNECTED)


def emit_device_event(
    ctx: RequestContext, event_type: str, device: Device, account: ConnectedAccount, **more: Any
) -> None:
    """Emits a device event with the current metadata of the device and its account."""
    entries = entries_of(device, account) if "device_errors" in REQUIRED_FIELDS[event_type] else {}
    emit(
        ctx,
        event_type,
        device_id=device.device_id,
        connected_account_id=account.connected_account_id,
        customer_key=device.customer_key,
        device_custom_metadata=device.custom_metadata,
        connected_account_custom_metadata=account.custom_metadata,
        **more,
        **entries,
    )


def emit_if_managed(ctx: RequestContext, event_type: str, device: Device, **more: Any) -> None:
    """Emits an event of what happens at a managed device; an unmanaged one reports none.

    Unsourced: that it does not. Seam has event types of their own for unmanaged devices, and none
    of them is about that.
    """
    if device.is_managed:
        emit_device_event(ctx, event_type, device, account_of(ctx, device), **more)


def emit_connection(ctx: RequestContext, device: Device, account: ConnectedAccount) -> Device:
    """Emits an event if the device went online or offline since its last one.

    A device that went online does the steps that waited for it.

    Unsourced: that a managed device that is removed emits ``device.removed`` alone. An unmanaged
    one emits that it is disconnected, as Seam has no event for its removal.
    """
    online = is_online(device, account)
    if online == device.emitted_online:
        return device
    device = ctx.store.put(DEVICES, replace(device, emitted_online=online))
    subject = "device" if device.is_managed else "device.unmanaged"
    codes = [error["error_code"] for error in errors(device, account)]
    if online:
        emit_device_event(ctx, f"{subject}.connected", device, account)
        release_waiting(ctx, device.device_id)
    elif REMOVED not in codes or not device.is_managed:
        cause = next((code for code in codes if code in _CAUSES), DEVICE_DISCONNECTED)
        emit_device_event(ctx, f"{subject}.disconnected", device, account, error_code=cause)
    return device


def emit_if_complete(
    ctx: RequestContext, event_type: str, device: Device, account: ConnectedAccount
) -> None:
    """Emits a device event with what the device measures; does nothing if it lacks such a value.

    Unsourced: that Seam emits no event that its schema does not allow.
    """
    readings = readings_of(device, account)
    needed = REQUIRED_FIELDS[event_type] & readings.keys()
    if all(readings[name] is not None for name in needed - _LIMITS):
        more = {name: readings[name] for name in needed}
        emit_device_event(ctx, event_type, device, account, **more)


def readings_of(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """Returns the device's name, what it measures, and why it is offline; None where unknown."""
    properties = device.properties
    battery: Mapping[str, Any] = properties.get("battery") or {}
    threshold: Mapping[str, Any] = properties.get("temperature_threshold") or {}
    codes = [error["error_code"] for error in errors(device, account)]
    return {
        "device_name": device.nickname or device.name,
        "error_code": next((code for code in codes if code in _CAUSES), None),
        "battery_level": battery.get("level"),
        "battery_status": battery.get("status"),
        "temperature_celsius": properties.get("temperature_celsius"),
        "temperature_fahrenheit": properties.get("temperature_fahrenheit"),
        **{name: threshold.get(name) for name in _LIMITS},
    }


def entries_of(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """Returns the errors and warnings of the account, then those of the device.

    Unsourced: that the device's errors include the copies of its account's errors.
    """
    return {
        "connected_account_errors": brief(account.errors, "error_code"),
        "connected_account_warnings": brief(account.warnings, "warning_code"),
        "device_errors": brief(errors(device, account), "error_code"),
        "device_warnings": brief(warnings(device, account), "warning_code"),
    }
