"""The devices of one account: found at a sync, going on and off line, leaving with it.

Source: docs.seam.co core-concepts/connected-accounts and api/events; which devices a sandbox
login brings is in the provider catalogue, unless a test says it.
"""

from __future__ import annotations

from dataclasses import replace

from ..core.frozen import freeze
from ..core.machine import ABSENT
from .call import Call
from .device_events import announce, announce_connection
from .device_object import display_name
from .device_troubles import carry_out
from .lifecycle import DEVICE
from .metadata import normalise
from .own_devices import brought
from .providers import SandboxDevice
from .records import ConnectedAccount, Device
from .space_members import forget_device
from .tables import DEVICES

__all__ = ["announce_connections", "delete_all", "find_again", "import_new", "join_customer"]


def import_new(call: Call, account: ConnectedAccount) -> None:
    """Take in the devices not seen before; a device is known by the provider's name for it."""
    known = {device.name for device in _of(call, account)}
    for found in brought(call, account):
        if found.name not in known:
            managed = account.automatically_manage_new_devices
            row = DEVICE.step(ABSENT, "import" if managed else "import_unmanaged")
            device = call.store.put(DEVICES, _new(call, account, found, row.to))
            for announcement in row.announce:
                announce(call, announcement, device, account)


def find_again(call: Call, account: ConnectedAccount) -> None:
    """A login finds devices that had been removed from the account, if it still brings them.

    Unsourced: that it does so at once, even where the first sync is deferred.
    """
    names = {found.name for found in brought(call, account)}
    for device in _of(call, account):
        if device.name in names:
            carry_out(call, device, account, DEVICE.step(device.state, "found"))


def announce_connections(call: Call, account: ConnectedAccount) -> None:
    """An event for each device that has gone on or off line since its last one."""
    for device in _of(call, account):
        announce_connection(call, device, account)


def join_customer(call: Call, account: ConnectedAccount, customer_key: str) -> None:
    """The devices go where their account goes."""
    for device in _of(call, account):
        call.store.put(DEVICES, replace(device, customer_key=customer_key))


def delete_all(call: Call, account: ConnectedAccount) -> None:
    """Every device of the account is gone, with an event that still tells its name."""
    for device in _of(call, account):
        name = display_name(device)
        for announcement in DEVICE.step(device.state, "delete").announce:
            announce(call, announcement, device, account, device_name=name)
        forget_device(call, device.device_id)
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
        nickname=found.nickname,
        device_type=found.device_type,
        manufacturer=found.manufacturer,
        model=found.model,
        capabilities_supported=found.capabilities_supported,
        flags=(*found.flags, *simulated),
        properties=freeze(found.properties),
        location=freeze(found.location),
        custom_metadata=normalise(found.custom_metadata),
        customer_key=account.customer_key,
        state=state,
        backup_access_code_pool_enabled=None,
        announced_online=False,
        errors=(),
        warnings=(),
    )
