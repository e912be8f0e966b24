"""The devices of one account: imported at a sync, online or offline, deleted with the account.

The provider catalog lists the devices of a sandbox login, unless a test passes custom devices.
Source: docs.seam.co core-concepts/connected-accounts and api/events.
"""

from __future__ import annotations

from ...core.frozen import freeze
from ...core.record_types import replace
from ...core.state_machine import ABSENT
from ..access_codes import backup_pool
from ..connect_webviews.login.providers import SandboxDevice
from ..connected_accounts.record import ACCOUNTS, ConnectedAccount
from ..context import RequestContext
from ..lifecycle import DEVICE
from ..metadata import normalize
from .custom import devices_for
from .errors import apply_transition
from .events import emit_connection, emit_device_event
from .record import DEVICES, Device
from .sandbox_properties import sandbox_properties
from .shape import display_name

__all__ = ["emit_connections", "emit_deleted", "import_new", "join_customer", "restore_removed"]


def import_new(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Imports the provider's new devices. The provider's name for a device identifies it."""
    known = {device.name for device in _of(ctx, account)}
    for sandbox_device in devices_for(ctx, account):
        if sandbox_device.name not in known:
            managed = account.automatically_manage_new_devices
            row = DEVICE.step(ABSENT, "import" if managed else "import_unmanaged")
            device = ctx.store.put(DEVICES, _new(ctx, account, sandbox_device, row.to))
            for event_type in row.emits:
                emit_device_event(ctx, event_type, device, account)
            if device.backup_access_code_pool_enabled:
                backup_pool.enable(ctx, device)


def restore_removed(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Restores devices that were removed from the account, if the provider still has them.

    Unsourced: that a login does so at once, even if the first sync is deferred.
    """
    names = {sandbox_device.name for sandbox_device in devices_for(ctx, account)}
    for device in _of(ctx, account):
        if device.name in names:
            apply_transition(ctx, device, account, DEVICE.step(device.state, "found"))


def emit_connections(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Emits an event for each device that went online or offline since its last one."""
    for device in _of(ctx, account):
        emit_connection(ctx, device, account)


def join_customer(ctx: RequestContext, account: ConnectedAccount, customer_key: str) -> None:
    """Sets the customer of the account's devices."""
    for device in _of(ctx, account):
        ctx.store.put(DEVICES, replace(device, customer_key=customer_key))


def emit_deleted(ctx: RequestContext, device: Device) -> None:
    """Emits the events of a device that is deleted with its account, with the device's name."""
    account = ctx.store.get(ACCOUNTS, device.connected_account_id)
    if account is None:
        raise RuntimeError(f"device {device.device_id} outlived its account")
    name = display_name(device)
    for event_type in DEVICE.step(device.state, "delete").emits:
        emit_device_event(ctx, event_type, device, account, device_name=name)


def _of(ctx: RequestContext, account: ConnectedAccount) -> list[Device]:
    index = ("connected_account_id", ctx.workspace_id, account.connected_account_id)
    return ctx.store.find(DEVICES, index)


def _new(
    ctx: RequestContext, account: ConnectedAccount, sandbox_device: SandboxDevice, state: str
) -> Device:
    simulated = sandbox_device.sandbox_flags if ctx.workspace.is_sandbox else ()
    device_id = ctx.choosing(device_id=sandbox_device.device_id).new_key(DEVICES)
    properties = sandbox_properties(sandbox_device, device_id, account.provider, ctx.now())
    # Not one of the stored properties: /devices/update changes it.
    backup_pool = properties.pop("backup_access_code_pool_enabled", None)
    return Device(
        device_id=device_id,
        workspace_id=ctx.workspace_id,
        connected_account_id=account.connected_account_id,
        created_at=ctx.now(),
        provider=account.provider,
        name=sandbox_device.name,
        nickname=sandbox_device.nickname,
        device_type=sandbox_device.device_type,
        manufacturer=sandbox_device.manufacturer,
        model=sandbox_device.model,
        capabilities_supported=sandbox_device.capabilities_supported,
        flags=(*sandbox_device.flags, *simulated),
        false_flags=sandbox_device.false_flags,
        properties=freeze(properties),
        location=freeze(sandbox_device.location),
        custom_metadata=normalize(sandbox_device.custom_metadata),
        customer_key=account.customer_key,
        state=state,
        backup_access_code_pool_enabled=backup_pool,
        emitted_online=False,
        errors=(),
        warnings=(),
    )
