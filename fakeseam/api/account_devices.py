"""The devices of one account: found at a sync, going on and off line, leaving with it.

Source: docs.seam.co core-concepts/connected-accounts and api/events; which devices a sandbox
login brings is in the provider catalogue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..core.machine import ABSENT
from .call import Call
from .device_object import display_name, errors, is_online
from .events import brief, emit
from .lifecycle import DEVICE
from .providers import PROVIDERS, SandboxDevice, devices_brought
from .records import ConnectedAccount, Device
from .tables import DEVICES

__all__ = ["announce_connections", "delete_all", "import_new", "join_customer"]


def import_new(call: Call, account: ConnectedAccount) -> None:
    """Take in the devices not seen before; a device is known by the provider's name for it."""
    known = {device.name for device in _of(call, account)}
    accepted = account.accepted_capabilities if account.capabilities_given else None
    for found in devices_brought(PROVIDERS[account.provider], accepted):
        if found.name not in known:
            managed = account.automatically_manage_new_devices
            row = DEVICE.step(ABSENT, "import" if managed else "import_unmanaged")
            device = call.store.put(DEVICES, _new(call, account, found, row.to))
            for announcement in row.announce:
                emit(call, announcement, **_common(device, account))


def announce_connections(call: Call, account: ConnectedAccount) -> None:
    """An event for each device that has gone on or off line since its last one."""
    for device in _of(call, account):
        online = is_online(device, account)
        if online == device.announced_online:
            continue
        device = call.store.put(DEVICES, replace(device, announced_online=online))
        payload = _common(device, account) | ({} if online else _troubles(device, account))
        emit(call, _connection_event(device, online), **payload)


def join_customer(call: Call, account: ConnectedAccount, customer_key: str) -> None:
    """The devices go where their account goes."""
    for device in _of(call, account):
        call.store.put(DEVICES, replace(device, customer_key=customer_key))


def delete_all(call: Call, account: ConnectedAccount) -> None:
    """Every device of the account is gone, with an event that still tells its name."""
    for device in _of(call, account):
        name = display_name(device)
        for announcement in DEVICE.step(device.state, "delete").announce:
            emit(call, announcement, **_common(device, account), device_name=name)
        call.store.delete(DEVICES, device.device_id)


def _of(call: Call, account: ConnectedAccount) -> list[Device]:
    index = ("account", call.workspace_id, account.connected_account_id)
    return call.store.find(DEVICES, index)


def _new(
    call: Call, account: ConnectedAccount, found: SandboxDevice, state: str
) -> Device:
    simulated = found.sandbox_flags if call.workspace.is_sandbox else ()
    return Device(
        device_id=call.new_id("device"),
        workspace_id=call.workspace_id,
        connected_account_id=account.connected_account_id,
        created_at=call.now(),
        provider=account.provider,
        name=found.name,
        nickname=None,
        device_type=found.device_type,
        manufacturer=found.manufacturer,
        model=found.model,
        capabilities_supported=found.capabilities_supported,
        flags=(*found.flags, *simulated),
        properties={},
        location=None,
        custom_metadata={},
        customer_key=account.customer_key,
        state=state,
        backup_access_code_pool_enabled=None,
        announced_online=False,
        errors=(),
        warnings=(),
    )


def _common(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """What every device event carries; the metadata as it is at this moment."""
    return {
        "device_id": device.device_id,
        "connected_account_id": account.connected_account_id,
        "customer_key": device.customer_key,
        "device_custom_metadata": device.custom_metadata,
        "connected_account_custom_metadata": account.custom_metadata,
    }


def _troubles(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """Why it is off line. The account's error comes first, as it takes all devices along.

    Unsourced: that the device's errors are all that it shows, its account's copied one too.
    """
    all_errors = errors(device, account)
    return {
        "error_code": all_errors[0]["error_code"],
        "connected_account_errors": brief(account.errors, "error_code"),
        "connected_account_warnings": brief(account.warnings, "warning_code"),
        "device_errors": brief(all_errors, "error_code"),
        "device_warnings": brief(device.warnings, "warning_code"),
    }


def _connection_event(device: Device, online: bool) -> str:
    subject = "device" if device.is_managed else "device.unmanaged"
    return f"{subject}.{'connected' if online else 'disconnected'}"
