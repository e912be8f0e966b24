"""What devices announce: that they came, went, or went on or off line.

Source: docs.seam.co api/events, and the event schemas of Seam's OpenAPI.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .call import Call
from .device_object import errors, is_online, warnings
from .events import brief, emit
from .lifecycle import DEVICE_DISCONNECTED, DISCONNECTED, HUB_DISCONNECTED, REMOVED, SUBSCRIPTION
from .records import ConnectedAccount, Device
from .tables import DEVICES

__all__ = ["announce", "announce_connection"]

# The events that tell what is wrong with the device and with its account.
_WITH_TROUBLES = (
    "device.disconnected",
    "device.unmanaged.disconnected",
    f"device.error.{SUBSCRIPTION}",
)

# Why a device can be off line, in the words of the event that says so.
_CAUSES = (DISCONNECTED, HUB_DISCONNECTED, DEVICE_DISCONNECTED)


def announce(
    call: Call, event_type: str, device: Device, account: ConnectedAccount, **more: Any
) -> None:
    """Emit a device event, with the metadata of both as it is at this moment."""
    troubles = _troubles(device, account) if event_type in _WITH_TROUBLES else {}
    emit(
        call,
        event_type,
        device_id=device.device_id,
        connected_account_id=account.connected_account_id,
        customer_key=device.customer_key,
        device_custom_metadata=device.custom_metadata,
        connected_account_custom_metadata=account.custom_metadata,
        **more,
        **troubles,
    )


def announce_connection(call: Call, device: Device, account: ConnectedAccount) -> Device:
    """An event if the device has gone on or off line since its last one.

    Unsourced: that a managed one which was removed goes without: ``device.removed`` has said
    it, and there is no such event for unmanaged ones.
    """
    online = is_online(device, account)
    if online == device.announced_online:
        return device
    device = call.store.put(DEVICES, replace(device, announced_online=online))
    subject = "device" if device.is_managed else "device.unmanaged"
    codes = [error["error_code"] for error in errors(device, account)]
    if online:
        announce(call, f"{subject}.connected", device, account)
    elif REMOVED not in codes or not device.is_managed:
        cause = next((code for code in codes if code in _CAUSES), DEVICE_DISCONNECTED)
        announce(call, f"{subject}.disconnected", device, account, error_code=cause)
    return device


def _troubles(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """What is wrong. The account's error comes first, as it takes all devices along.

    Unsourced: that the device's errors are all that it shows, its account's copied one too.
    """
    return {
        "connected_account_errors": brief(account.errors, "error_code"),
        "connected_account_warnings": brief(account.warnings, "warning_code"),
        "device_errors": brief(errors(device, account), "error_code"),
        "device_warnings": brief(warnings(device, account), "warning_code"),
    }
