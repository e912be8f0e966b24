"""The errors and warnings of one device, and the events that they emit.

Source: docs.seam.co api/devices/simulate and the ``device`` schema of Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..error_codes import DEVICE_ERRORS, DEVICE_WARNINGS, with_code, without_code
from ..lifecycle import DEVICE, DeviceTransition
from ..record_fields import ErrorOrWarning
from . import battery
from .events import emit_connection, emit_device_event, emit_if_complete
from .record import DEVICES, Device
from .shape import account_of

__all__ = [
    "WARNING_EVENTS",
    "add_error",
    "add_warning",
    "apply_transition",
    "clear_error",
    "clear_warning",
    "simulate",
]

LOW_BATTERY = "device.low_battery"


@dataclass(frozen=True)
class WarningEvents:
    """The types of the events of a warning that is added or cleared; None for no event."""

    added: str | None = None
    cleared: str | None = None


_NO_EVENTS = WarningEvents()
_PRIVACY_MODE = WarningEvents(
    "device.salto.privacy_mode_activated", "device.salto.privacy_mode_deactivated"
)
# The warnings whose beginning or end is an event of Seam's. Unsourced: which belong together; the
# names do. ``privacy_mode`` is a warning of any brand, and its event is Salto's.
WARNING_EVENTS = {
    "device_has_flaky_connection": WarningEvents(
        "device.connection_became_flaky", "device.connection_stabilized"
    ),
    "third_party_integration_detected": WarningEvents(
        "device.third_party_integration_detected",
        "device.third_party_integration_no_longer_detected",
    ),
    "salto_ks_privacy_mode": _PRIVACY_MODE,
    "temperature_threshold_exceeded": WarningEvents(
        "thermostat.temperature_threshold_exceeded",
        "thermostat.temperature_threshold_no_longer_exceeded",
    ),
    "accessory_keypad_low_battery": WarningEvents(LOW_BATTERY),
}

# The events of an error that is added or cleared: those of its row in the device's table.
_EVENTS_WHEN_ADDED = {(row.state, code): row.emits for row in DEVICE.rows for code in row.raises}
_EVENTS_WHEN_CLEARED = {(row.state, code): row.emits for row in DEVICE.rows for code in row.clears}


def apply_transition(
    ctx: RequestContext, device: Device, account: ConnectedAccount, row: DeviceTransition
) -> Device:
    """Raises and clears the errors of a row, and emits its events. Returns the device after it.

    Does nothing if the row changes no error. ``emit_connection`` is left to the caller.
    """
    codes = {error["error_code"] for error in device.errors}
    if codes.issuperset(row.raises) and codes.isdisjoint(row.clears):
        return device
    errors: Sequence[ErrorOrWarning] = device.errors
    for code in row.raises:
        errors = with_code(ctx, errors, DEVICE_ERRORS, code)
    for code in row.clears:
        errors = without_code(errors, DEVICE_ERRORS, code)
    return _put(ctx, replace(device, state=row.to), account, errors, row.emits)


def simulate(ctx: RequestContext, device: Device, trigger: str) -> None:
    """Steps the device's state machine; emits an event if the device goes online or offline."""
    account = account_of(ctx, device)
    device = apply_transition(ctx, device, account, DEVICE.step(device.state, trigger))
    emit_connection(ctx, device, account)


def add_error(
    ctx: RequestContext, device: Device, code: str, message: str | None, members: Mapping[str, Any]
) -> None:
    """Adds an error to the device. Emits the events of its simulation, unless it had the error."""
    account = account_of(ctx, device)
    errors = with_code(ctx, device.errors, DEVICE_ERRORS, code, message, members)
    is_new = len(errors) > len(device.errors)
    event_types = _EVENTS_WHEN_ADDED.get((device.state, code), ()) if is_new else ()
    emit_connection(ctx, _put(ctx, device, account, errors, event_types), account)


def clear_error(ctx: RequestContext, device: Device, code: str) -> None:
    """Clears an error of the device, if it has it, and emits the events of that."""
    account = account_of(ctx, device)
    errors = without_code(device.errors, DEVICE_ERRORS, code)
    is_gone = len(errors) < len(device.errors)
    event_types = _EVENTS_WHEN_CLEARED.get((device.state, code), ()) if is_gone else ()
    emit_connection(ctx, _put(ctx, device, account, errors, event_types), account)


def add_warning(
    ctx: RequestContext, device: Device, code: str, message: str | None, members: Mapping[str, Any]
) -> None:
    """Adds a warning to the device. Emits its event, if it has one and is new."""
    warnings = with_code(ctx, device.warnings, DEVICE_WARNINGS, code, message, members)
    is_new = len(warnings) > len(device.warnings)
    device = ctx.store.put(DEVICES, replace(device, warnings=freeze(warnings)))
    if is_new:
        _emit_of_warning(ctx, device, WARNING_EVENTS.get(code, _NO_EVENTS).added)


def clear_warning(ctx: RequestContext, device: Device, code: str) -> None:
    """Clears a warning of the device, if it has it, and emits the event of that."""
    warnings = without_code(device.warnings, DEVICE_WARNINGS, code)
    is_gone = len(warnings) < len(device.warnings)
    device = ctx.store.put(DEVICES, replace(device, warnings=freeze(warnings)))
    if is_gone:
        _emit_of_warning(ctx, device, WARNING_EVENTS.get(code, _NO_EVENTS).cleared)


def _emit_of_warning(ctx: RequestContext, device: Device, event_type: str | None) -> None:
    """Emits the event of a warning. Seam has such events for managed devices only."""
    if event_type is None or not device.is_managed:
        return
    level = battery.keypad_level(device)
    if event_type != LOW_BATTERY:
        emit_if_complete(ctx, event_type, device, account_of(ctx, device))
    elif level is not None:  # the event has to have it
        battery.emit_low(ctx, device, battery.KEYPAD, level)


def _put(
    ctx: RequestContext,
    device: Device,
    account: ConnectedAccount,
    errors: Sequence[ErrorOrWarning],
    event_types: Sequence[str],
) -> Device:
    device = ctx.store.put(DEVICES, replace(device, errors=freeze(errors)))
    for event_type in event_types:
        emit_device_event(ctx, event_type, device, account)
    return device
