"""What goes wrong with one device, and what that announces.

Source: docs.seam.co api/devices/simulate and the ``device`` schema of Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.frozen import freeze
from .call import Call
from .device_events import announce, announce_connection
from .device_object import account_of
from .lifecycle import DEVICE, DeviceTransition
from .records import ConnectedAccount, Device, Trouble
from .tables import DEVICES
from .trouble_codes import DEVICE_ERRORS, DEVICE_WARNINGS, raised, without

__all__ = ["add_error", "add_warning", "carry_out", "clear_error", "clear_warning", "simulate"]

# What a code that comes or goes announces: what its row in the device's table does.
_COMES = {(row.state, code): row.announce for row in DEVICE.rows for code in row.raises}
_GOES = {(row.state, code): row.announce for row in DEVICE.rows for code in row.clears}


def carry_out(
    call: Call, device: Device, account: ConnectedAccount, row: DeviceTransition
) -> Device:
    """The errors that a row raises or clears, and its events; nothing where it changes nothing.

    Whether the device is on line then is left to be announced.
    """
    codes = {error["error_code"] for error in device.errors}
    if codes.issuperset(row.raises) and codes.isdisjoint(row.clears):
        return device
    errors: Sequence[Trouble] = device.errors
    for code in row.raises:
        errors = raised(call, errors, DEVICE_ERRORS, code)
    for code in row.clears:
        errors = without(errors, DEVICE_ERRORS, code)
    return _put(call, replace(device, state=row.to), account, errors, row.announce)


def simulate(call: Call, device: Device, trigger: str) -> None:
    """Step the device's machine, and announce if that takes it off line or brings it back."""
    account = account_of(call, device)
    device = carry_out(call, device, account, DEVICE.step(device.state, trigger))
    announce_connection(call, device, account)


def add_error(
    call: Call, device: Device, code: str, message: str | None, members: Mapping[str, Any]
) -> None:
    """The device has this error; announced as if it had come about by itself, once."""
    account = account_of(call, device)
    errors = raised(call, device.errors, DEVICE_ERRORS, code, message, members)
    is_new = len(errors) > len(device.errors)
    announcements = _COMES.get((device.state, code), ()) if is_new else ()
    announce_connection(call, _put(call, device, account, errors, announcements), account)


def clear_error(call: Call, device: Device, code: str) -> None:
    """The device has this error no more."""
    account = account_of(call, device)
    errors = without(device.errors, DEVICE_ERRORS, code)
    is_gone = len(errors) < len(device.errors)
    announcements = _GOES.get((device.state, code), ()) if is_gone else ()
    announce_connection(call, _put(call, device, account, errors, announcements), account)


def add_warning(
    call: Call, device: Device, code: str, message: str | None, members: Mapping[str, Any]
) -> None:
    """The device has this warning; no event is documented for any."""
    warnings = raised(call, device.warnings, DEVICE_WARNINGS, code, message, members)
    call.store.put(DEVICES, replace(device, warnings=freeze(warnings)))


def clear_warning(call: Call, device: Device, code: str) -> None:
    """The device has this warning no more."""
    warnings = without(device.warnings, DEVICE_WARNINGS, code)
    call.store.put(DEVICES, replace(device, warnings=freeze(warnings)))


def _put(
    call: Call,
    device: Device,
    account: ConnectedAccount,
    errors: Sequence[Trouble],
    announcements: Sequence[str],
) -> Device:
    device = call.store.put(DEVICES, replace(device, errors=freeze(errors)))
    for announcement in announcements:
        announce(call, announcement, device, account)
    return device
