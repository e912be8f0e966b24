"""The steps of action attempts at a lock, each with the end of its attempt.

The lock's own event comes first: who learns of the attempt's end finds the rest.
Source: docs.seam.co core-concepts/action-attempts. Unsourced: the type of the error of an action
that failed; here it is the code of what has stopped it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..action_attempts import attempts
from ..action_attempts.record import ActionAttempt
from ..context import RequestContext
from ..devices import steps
from ..devices.record import DEVICES, Device, DeviceStep
from ..devices.shape import account_of, errors
from ..error_codes import OFFLINE
from . import bolt
from .keypad import enter

__all__ = ["configure_auto_lock", "enter_code", "lock", "lock_by_hand", "unlock"]

PRIVACY_MODE = "privacy_mode"
# Unsourced: the error of an action that a test lets fail without naming one.
FAILED = ("action_failed", "The device did not do it.")

# Seam knows that the device has done it. Some brands cannot confirm it; a test may say so.
CONFIRMED = {"was_confirmed_by_device": True}


def lock(ctx: RequestContext, step: DeviceStep) -> None:
    """Locks the door for an attempt."""
    _turn(ctx, step, "lock", locked=True)


def unlock(ctx: RequestContext, step: DeviceStep) -> None:
    """Unlocks the door for an attempt."""
    _turn(ctx, step, "unlock", locked=False)


def _turn(ctx: RequestContext, step: DeviceStep, name: str, *, locked: bool) -> None:
    attempt, device = _pending(ctx, step)
    if attempt is None or _has_failed(ctx, attempt, device, name):
        return
    bolt.turn(ctx, device, locked, "remote", action_attempt_id=attempt.action_attempt_id)
    attempts.succeed(ctx, attempt, CONFIRMED)


def configure_auto_lock(ctx: RequestContext, step: DeviceStep) -> None:
    """Changes the auto-lock of a device for an attempt. Seam has no event of that."""
    attempt, device = _pending(ctx, step)
    if attempt is None or _has_failed(ctx, attempt, device, "auto_lock"):
        return
    bolt.schedule_auto_lock(ctx, bolt.set_properties(ctx, device, **attempt.params))
    attempts.succeed(ctx, attempt)


def enter_code(ctx: RequestContext, step: DeviceStep) -> None:
    """Enters a code at the keypad for an attempt; a keypad needs no connection."""
    attempt, device = _pending(ctx, step)
    if attempt is not None:
        enter(ctx, device, attempt.params["code"])
        attempts.succeed(ctx, attempt)


def lock_by_hand(ctx: RequestContext, step: DeviceStep) -> None:
    """Locks the door at the keypad for an attempt."""
    attempt, device = _pending(ctx, step)
    if attempt is not None:
        bolt.turn(ctx, device, True, "manual")
        attempts.succeed(ctx, attempt)


def _pending(ctx: RequestContext, step: DeviceStep) -> tuple[ActionAttempt | None, Device]:
    device = ctx.store.get(DEVICES, step.device_id)
    if device is None:
        raise RuntimeError(f"a step outlived its device {step.device_id}")
    return attempts.pending(ctx, step.subject_id), device


def _has_failed(
    ctx: RequestContext, attempt: ActionAttempt, device: Device, name: str
) -> bool:
    """Ends an attempt that cannot succeed: offline, blocked, or as a test has planned."""
    cause = _cause(ctx, device, name)
    if cause is not None:
        attempts.fail(ctx, attempt, *cause)
    return cause is not None


def _cause(ctx: RequestContext, device: Device, name: str) -> tuple[str, str] | None:
    """Returns the type and the message of the error, or None."""
    found = errors(device, account_of(ctx, device))
    for one in found:
        if one["error_code"] in OFFLINE:
            return one["error_code"], one["message"]
    blocked = _entry(device.warnings, PRIVACY_MODE)
    if name == "unlock" and blocked is not None:
        return PRIVACY_MODE, blocked["message"]
    # The step has changed the device's record: it is read again by what follows.
    failure = steps.take_failure(ctx, device, name)
    if failure is None:
        return None
    return failure["error_code"] or FAILED[0], failure["message"] or FAILED[1]


def _entry(warnings: tuple[Mapping[str, Any], ...], code: str) -> Mapping[str, Any] | None:
    return next((one for one in warnings if one["warning_code"] == code), None)
