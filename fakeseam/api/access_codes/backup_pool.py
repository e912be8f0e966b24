"""The pool of backup codes of a device: filled by steps, and pulled from.

Source: docs.seam.co, backup access codes. Unsourced: the size of the pool, that making its codes
emits nothing, and when a device has many active ones.
"""

from __future__ import annotations

from ...core.record_types import replace
from ...core.state_machine import ABSENT
from ..context import RequestContext
from ..devices import errors as device_errors
from ..devices import steps
from ..devices.record import DEVICES, Device, DeviceStep
from . import transitions
from .errors import with_error
from .moments import held_as
from .new_pins import new_pin
from .record import ACCESS_CODES, AccessCode
from .space import space_freed, space_of

__all__ = ["BACKUP_POOL_SIZE", "available", "disable", "enable", "fill", "pull", "refresh"]

BACKUP_POOL_SIZE = 2
MANY = 2

_EMPTY = "empty_backup_access_code_pool"
_PARTIAL = "partial_backup_access_code_pool"
_MANY = "many_active_backup_codes"


def enable(ctx: RequestContext, device: Device) -> Device:
    """Turns the pool of a device on; a step fills it. Returns the device."""
    device = replace(device, backup_access_code_pool_enabled=True)
    ctx.store.put(DEVICES, device)
    steps.request(ctx, "fill_backup_pool", device.device_id, device)
    return refresh(ctx, device)


def disable(ctx: RequestContext, device: Device) -> Device:
    """Turns the pool of a device off: the backups that were not pulled go. Returns the device."""
    device = replace(device, backup_access_code_pool_enabled=False)
    ctx.store.put(DEVICES, device)
    steps.cancel(ctx, device.device_id)
    for backup in available(ctx, device):
        transitions.remove(ctx, backup)
    space_freed(ctx, device)
    return refresh(ctx, device)


def fill(ctx: RequestContext, step: DeviceStep) -> None:
    """Makes the backups that are missing, as far as the device has space for them."""
    device = ctx.store.get(DEVICES, step.device_id)
    if device is None:
        raise RuntimeError(f"a step outlived its device {step.device_id}")
    missing = BACKUP_POOL_SIZE - len(available(ctx, device))
    for _ in range(max(0, min(missing, space_of(ctx, device)))):
        pin = new_pin(ctx, device)
        if pin is not None:
            _make(ctx, device, pin)
    refresh(ctx, device)


def _make(ctx: RequestContext, device: Device, pin: str) -> None:
    key = ctx.new_key(ACCESS_CODES)
    backup = AccessCode(
        access_code_id=key,
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        device_id=device.device_id,
        state=ABSENT,
        name=f"Backup {key} (Seam)",
        code=pin,
        starts_at=None,
        ends_at=None,
        is_backup=True,
    )
    transitions.apply(ctx, backup, "create_backup", held=held_as(backup))


def pull(ctx: RequestContext, code: AccessCode) -> AccessCode | None:
    """Lets a backup open the device in place of a code, until the code's end.

    Returns the backup: the same one again, or None if there is none.
    """
    earlier = ctx.store.get(ACCESS_CODES, code.pulled_backup_access_code_id or "")
    if earlier is not None:
        return earlier
    device = transitions.device_of(ctx, code)
    backup = next(iter(available(ctx, device)), None)
    if backup is None:
        return None
    backup = replace(backup, starts_at=ctx.now(), ends_at=code.ends_at)
    transitions.put(ctx, backup, device)
    code = replace(code, pulled_backup_access_code_id=backup.access_code_id)
    code = with_error(ctx, code, "using_backup_access_code")
    transitions.put(ctx, code, device)
    transitions.emit_code_event(
        ctx,
        "access_code.backup_access_code_pulled",
        code,
        backup_access_code_id=backup.access_code_id,
    )
    steps.request(ctx, "fill_backup_pool", device.device_id, device)
    refresh(ctx, device)
    return backup


def available(ctx: RequestContext, device: Device) -> list[AccessCode]:
    """Returns the device's backups that were not pulled."""
    return [one for one in _backups(ctx, device) if one.ends_at is None]


def refresh(ctx: RequestContext, device: Device) -> Device:
    """Adds and clears the error and the warnings of the device about its pool; returns it."""
    backups = _backups(ctx, device)
    left = sum(one.ends_at is None for one in backups)
    is_on = bool(device.backup_access_code_pool_enabled)
    device = _set_error(ctx, device, is_on and left == 0)
    device = _set_warning(ctx, device, _PARTIAL, is_on and left < BACKUP_POOL_SIZE)
    return _set_warning(ctx, device, _MANY, len(backups) - left >= MANY)


def _backups(ctx: RequestContext, device: Device) -> list[AccessCode]:
    index = ("kind of device", device.workspace_id, device.device_id, "backup")
    return ctx.store.find(ACCESS_CODES, index)


def _set_error(ctx: RequestContext, device: Device, is_true: bool) -> Device:
    has = any(one["error_code"] == _EMPTY for one in device.errors)
    if is_true and not has:
        device_errors.add_error(ctx, device, _EMPTY, None, {})
    elif has and not is_true:
        device_errors.clear_error(ctx, device, _EMPTY)
    return _again(ctx, device)


def _set_warning(ctx: RequestContext, device: Device, code: str, is_true: bool) -> Device:
    has = any(one["warning_code"] == code for one in device.warnings)
    if is_true and not has:
        device_errors.add_warning(ctx, device, code, None, {})
    elif has and not is_true:
        device_errors.clear_warning(ctx, device, code)
    return _again(ctx, device)


def _again(ctx: RequestContext, device: Device) -> Device:
    """Returns the device as it is stored now."""
    stored = ctx.store.get(DEVICES, device.device_id)
    return device if stored is None else stored
