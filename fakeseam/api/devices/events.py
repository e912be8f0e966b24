"""The events of devices: added, removed, connected, disconnected.

Source: docs.seam.co api/events, and the event schemas of Seam's OpenAPI.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..events.emit import brief, emit
from ..lifecycle import DEVICE_DISCONNECTED, DISCONNECTED, HUB_DISCONNECTED, REMOVED, SUBSCRIPTION
from .record import DEVICES, Device
from .shape import errors, is_online, warnings

__all__ = ["emit_device_event", "emit_connection"]

# The events that carry the errors and warnings of the device and of its account.
_EVENTS_WITH_ERRORS = (
    "device.disconnected",
    "device.unmanaged.disconnected",
    f"device.error.{SUBSCRIPTION}",
)

# Why a device can be offline: the values of ``error_code`` in the event.
_CAUSES = (DISCONNECTED, HUB_DISCONNECTED, DEVICE_DISCONNECTED)


def emit_device_event(
    ctx: RequestContext, event_type: str, device: Device, account: ConnectedAccount, **more: Any
) -> None:
    """Emits a device event with the current metadata of the device and its account."""
    entries = _errors_and_warnings(device, account) if event_type in _EVENTS_WITH_ERRORS else {}
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


def emit_connection(ctx: RequestContext, device: Device, account: ConnectedAccount) -> Device:
    """Emits an event if the device went online or offline since its last one.

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
    elif REMOVED not in codes or not device.is_managed:
        cause = next((code for code in codes if code in _CAUSES), DEVICE_DISCONNECTED)
        emit_device_event(ctx, f"{subject}.disconnected", device, account, error_code=cause)
    return device


def _errors_and_warnings(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """Returns the errors and warnings of the account, then those of the device.

    Unsourced: that the device's errors include the copies of its account's errors.
    """
    return {
        "connected_account_errors": brief(account.errors, "error_code"),
        "connected_account_warnings": brief(account.warnings, "warning_code"),
        "device_errors": brief(errors(device, account), "error_code"),
        "device_warnings": brief(warnings(device, account), "warning_code"),
    }
