"""/_fakeseam: what people, batteries and slow devices do at a lock; ending attempts by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.access_codes.errors import CODE_ERRORS
from ..api.action_attempts import attempts
from ..api.devices import battery, steps
from ..api.devices.record import DEVICES, Device
from ..api.events.field_types import LOCK_METHODS
from ..api.locks import bolt, keypad
from ..core.frozen import freeze
from ..core.record_types import replace
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import boolean, integer, json_object, number, record, text, uuid
from .context import ControlContext
from .lookup import get_attempt, get_device

__all__ = ["STATUSES", "end_attempt", "namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)

# What the lock does when a right code is entered.
UNLOCKED = "unlocked"
# The trigger of each status that a test gives an attempt.
STATUSES = {"success": "succeed", "error": "fail", "pending": "hold"}
# The steps whose failure is an error of their code, and so has one of its names.
_OF_CODES = ("set", "update", "remove")


@namespace.endpoint("POST")
def hold_device(ctx: ControlContext, *, device_id: str = uuid(required=True)) -> None:
    """Keeps the steps of a device undone from now on, though it looks fine."""
    device, ctx = get_device(ctx, device_id)
    ctx.store.put(DEVICES, replace(device, is_held=True))


@namespace.endpoint("POST")
def release_device(ctx: ControlContext, *, device_id: str = uuid(required=True)) -> None:
    """Lets a held device go on; the steps that waited are due now."""
    device, ctx = get_device(ctx, device_id)
    ctx.store.put(DEVICES, replace(device, is_held=False))
    steps.release_waiting(ctx, device_id)


@namespace.endpoint("POST")
def fail_next_step(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    step: str = text(required=True),
    error_code: str | None = text(minimum=1),
    message: str | None = text(minimum=1),
    times: int = integer(default=1),
) -> None:
    """Lets the next ``times`` steps of this name fail at a device.

    A step is set, update, remove, lock, unlock, auto_lock or convert. Seam reports the failure by
    ``error_code``, or by the one that it has for any failure.
    """
    device, ctx = get_device(ctx, device_id)
    if step not in steps.FAILING_STEPS:
        raise MisuseError(f"step={step!r}: choose one of {', '.join(steps.FAILING_STEPS)}")
    if error_code is not None and step in _OF_CODES and error_code not in CODE_ERRORS.codes:
        raise MisuseError(
            f"error_code={error_code!r}: a code has one of {', '.join(CODE_ERRORS.codes)}"
        )
    planned = {"step": step, "error_code": error_code, "message": message, "times": times}
    failures = (*device.planned_failures, freeze(planned))
    ctx.store.put(DEVICES, replace(device, planned_failures=failures))


@namespace.endpoint("POST", response_key="outcome")
def enter_code(
    ctx: ControlContext, *, device_id: str = uuid(required=True), code: str = text(required=True)
) -> str:
    """Enters a code at the keypad of a lock of any brand.

    Returns ``unlocked``, or the reason code of the denial; not every brand has an event of it.
    """
    device, ctx = _get_lock(ctx, device_id)
    return keypad.enter(ctx, device, code) or UNLOCKED


@namespace.endpoint("POST")
def turn_lock(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    locked: bool = boolean(required=True),
    method: str = text(default="manual"),
) -> None:
    """Locks or unlocks a lock as somebody does, by a method such as manual or card."""
    device, ctx = _get_lock(ctx, device_id)
    if method not in LOCK_METHODS:
        raise MisuseError(f"method={method!r}: choose one of {', '.join(LOCK_METHODS)}")
    bolt.turn(ctx, device, locked, method)


@namespace.endpoint("POST")
def set_battery(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    level: float | None = number(minimum=0, maximum=1),
    keypad_level: float | None = number(minimum=0, maximum=1),
) -> None:
    """Sets the level of a device's battery, from 0 to 1, or that of its keypad, or both."""
    device, ctx = get_device(ctx, device_id)
    if level is None and keypad_level is None:
        raise MisuseError("set_battery() needs a level or a keypad_level, from 0 to 1")
    if level is not None:
        if not battery.has_battery(device):
            raise MisuseError(f"device {device_id!r} has no battery: choose one that has")
        device = battery.set_level(ctx, device, level)
    if keypad_level is not None:
        battery.set_keypad_level(ctx, device, keypad_level)


@namespace.endpoint("POST")
def tamper(ctx: ControlContext, *, device_id: str = uuid(required=True)) -> None:
    """Lets somebody tamper with a device."""
    device, ctx = get_device(ctx, device_id)
    battery.tamper(ctx, device)


@namespace.endpoint("POST")
def door(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    open: bool = boolean(default=True),
) -> None:
    """Opens or closes the door of a lock; Seam has no event of that."""
    device, ctx = _get_lock(ctx, device_id)
    bolt.set_properties(ctx, device, door_open=open)


@namespace.endpoint("POST")
def update_action_attempt(
    ctx: ControlContext,
    *,
    action_attempt_id: str = uuid(required=True),
    status: str = text(required=True),
    result: Mapping[str, Any] | None = record(),
    error: Mapping[str, Any] | None = json_object(
        type=text(required=True), message=text(required=True)
    ),
) -> None:
    """Ends an attempt, or makes it pending until the next such call; its device does nothing."""
    if status not in STATUSES:
        raise MisuseError(f"status={status!r}: choose one of {', '.join(STATUSES)}")
    if status == "error" and error is None:
        raise MisuseError("status='error' needs an error with a type and a message")
    unwanted = {"result": status != "success" and result, "error": status != "error" and error}
    for name, value in unwanted.items():
        if value:
            raise MisuseError(f"status={status!r} has no {name}: leave it out")
    end_attempt(ctx, action_attempt_id, status, result, error)


def end_attempt(
    ctx: ControlContext,
    action_attempt_id: str,
    status: str,
    result: Mapping[str, Any] | None,
    error: Mapping[str, Any] | None,
) -> None:
    """Gives an attempt a status, with its result or error, and emits its event."""
    attempt, ctx = get_attempt(ctx, action_attempt_id)
    attempts.end(
        ctx,
        attempt,
        STATUSES[status],
        result=freeze(result or {}) if status == "success" else None,
        error=freeze(error) if status == "error" else None,
    )


def _get_lock(ctx: ControlContext, device_id: str) -> tuple[Device, ControlContext]:
    device, ctx = get_device(ctx, device_id)
    if "lock" not in device.capabilities_supported:
        raise MisuseError(
            f"device {device_id!r} is no lock, but a {device.device_type}: choose a lock"
        )
    return device, ctx
