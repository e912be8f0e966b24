"""The steps of codes at a device: program, remove, convert. A step may fail, or come late.

Source: docs.seam.co, access codes (troubleshooting, unmanaged). Unsourced: that a failed step is
tried again until it succeeds, and that one error is reported once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...core.record_types import replace
from ..action_attempts import attempts
from ..action_attempts.record import ACTION_ATTEMPTS
from ..connect_webviews.login.providers import PROVIDERS
from ..context import RequestContext
from ..devices import steps
from ..devices.record import DEVICES, Device, DeviceStep
from . import backup_pool, pins, transitions
from .errors import CODE_ERRORS, error_codes_of, with_error, without
from .lifecycle import ACCESS_CODE
from .moments import ACTIVE, PRELOADED, held_as, place
from .new_pins import is_managed_pin, new_pin
from .record import ACCESS_CODES, AccessCode
from .space import DUPLICATE, FULL, retry_blocked, space_freed, space_of, warn_that_full

__all__ = ["convert", "late", "program", "remove"]

_CONSTRAINTS = "code_constraints_violated"
# The errors of a failed step without a better one. One of these gives way to a better one.
_GENERIC = ("failed_to_set_on_device", "failed_to_remove_from_device")

# The row of a step that has succeeded, by the place of the code.
_DONE = {ACTIVE: "programmed", PRELOADED: "preloaded"}


class Problem(NamedTuple):
    """Why a step fails: the error of the code that reports it.

    One that ``lasts`` is not tried again by itself: what ends it tries the code again.
    """

    error_code: str
    message: str | None = None
    members: Mapping[str, Any] | None = None
    lasts: bool = False


def program(ctx: RequestContext, step: DeviceStep) -> None:
    """Lets the device have what Seam wants of a code now, as far as its times ask for it."""
    code = ctx.store.get(ACCESS_CODES, step.subject_id)
    device = ctx.store.get(DEVICES, step.device_id)
    if code is None or device is None:
        raise RuntimeError(f"a step outlived its code {step.subject_id}")
    where = place(code, device, ctx.now())
    if where == ACTIVE and "start" in ACCESS_CODE.legal(code.state):
        transitions.apply(ctx, code, "start")  # which asks for another step
        return
    problem = _planned(ctx, device, "update" if code.held else "set", _GENERIC[0])
    problem = problem or _problem(ctx, code, device)
    if problem is None and code.code is None:
        code = replace(code, code=new_pin(ctx, device))  # the provider assigns it
        problem = Problem("provider_issue") if code.code is None else None
    if problem is not None:
        _fail(ctx, step, code, device, problem)
        return
    if where in _DONE:
        transitions.apply(ctx, code, _DONE[where], code=code.code, held=held_as(code, where))
    else:
        transitions.apply(ctx, code, "deferred", held=None)
        space_freed(ctx, device)


def remove(ctx: RequestContext, step: DeviceStep) -> None:
    """Removes a code from its device; a managed one that has expired may stay on Seam."""
    code = ctx.store.get(ACCESS_CODES, step.subject_id)
    device = ctx.store.get(DEVICES, step.device_id)
    if code is None or device is None:
        raise RuntimeError(f"a step outlived its code {step.subject_id}")
    problem = _planned(ctx, device, "remove", _GENERIC[1])
    if problem is not None:
        if "failed" in ACCESS_CODE.legal(code.state):
            _fail(ctx, step, code, device, problem)
        else:
            steps.retry(ctx, step)
        return
    is_asked_for = any(one["warning_code"] == "being_deleted" for one in code.warnings)
    keeps = ctx.rules.expired_access_codes == "keep" and not (is_asked_for or code.is_backup)
    is_kept = keeps and "removed_kept" in ACCESS_CODE.legal(code.state)
    transitions.apply(ctx, code, "removed_kept" if is_kept else "removed", held=None)
    retry_blocked(ctx, device, code.pins)
    space_freed(ctx, device)
    if code.is_backup:
        backup_pool.refresh(ctx, device)


def convert(ctx: RequestContext, step: DeviceStep) -> None:
    """Makes an unmanaged code managed, if its brand can, and ends the attempts to do so."""
    code = ctx.store.get(ACCESS_CODES, step.subject_id)
    device = ctx.store.get(DEVICES, step.device_id)
    if code is None or device is None:
        raise RuntimeError(f"a step outlived its code {step.subject_id}")
    problem = _planned(ctx, device, "convert", "provider_issue")
    if problem is None and not PROVIDERS[device.provider].converts_unmanaged:
        problem = Problem("cannot_be_managed", "This device's codes cannot be managed.")
    if problem is None and code.code and is_managed_pin(ctx, device, code.code):
        problem = Problem(DUPLICATE, CODE_ERRORS.codes[DUPLICATE].message)
    if problem is not None:
        transitions.apply(ctx, code, "failed_to_convert")
    else:
        transitions.apply(ctx, code, _converted(code, device, ctx.now()))
    for attempt in ctx.store.find(ACTION_ATTEMPTS, ("pending for", code.access_code_id)):
        if attempt.action_type != "CONVERT_ACCESS_CODE_TO_MANAGED":
            continue
        if problem is None:
            attempts.succeed(ctx, attempt)
        else:
            message = problem.message or CODE_ERRORS.codes["provider_issue"].message
            attempts.fail(ctx, attempt, problem.error_code, message)


def _converted(code: AccessCode, device: Device, now: str) -> str:
    """Returns the row of a converted code: by what its device has, and its times."""
    if code.held is None:
        return "convert_unset"
    return "convert" if place(code, device, now) == ACTIVE else "convert_preloaded"


def late(ctx: RequestContext, step: DeviceStep) -> None:
    """Reports once that setting a code takes long."""
    code = ctx.store.get(ACCESS_CODES, step.subject_id)
    if code is not None and "late" in ACCESS_CODE.legal(code.state):
        known = {one["warning_code"] for one in code.warnings}
        if "delay_in_setting_on_device" not in known:
            transitions.apply(ctx, code, "late")


# Why a step fails


def _planned(
    ctx: RequestContext, device: Device, name: str, generic: str
) -> Problem | None:
    """Returns the failure that a test planned for this step, by default a generic one."""
    failure = steps.take_failure(ctx, device, name)
    if failure is None:
        return None
    return Problem(failure["error_code"] or generic, failure["message"])


def _problem(ctx: RequestContext, code: AccessCode, device: Device) -> Problem | None:
    """Returns why the device does not take the code, or None."""
    if code.held is None and space_of(ctx, device) <= 0:
        return Problem(FULL, lasts=True)
    if code.code is None:
        return None
    for other in ctx.store.find(ACCESS_CODES, ("pin", device.device_id, code.code)):
        if not other.is_managed and other.held is not None:
            members = {"unmanaged_access_code_id": other.access_code_id}
            return Problem(DUPLICATE, members=members, lasts=True)
    if pins.problem(code.code, pins.PinRules.of(device.properties)) is not None:
        return Problem(_CONSTRAINTS, lasts=True)
    return None


def _fail(
    ctx: RequestContext, step: DeviceStep, code: AccessCode, device: Device, problem: Problem
) -> None:
    """Reports a failed step by an error of the code, once, and schedules another try."""
    is_known = problem.error_code in error_codes_of(code)
    others = error_codes_of(code) & CODE_ERRORS.codes.keys() - {problem.error_code}
    code = without(code, *(others & {*_GENERIC, FULL, DUPLICATE, _CONSTRAINTS}))
    code = with_error(ctx, code, problem.error_code, problem.message, problem.members)
    if is_known:
        transitions.put(ctx, code, device)
    else:
        transitions.apply(ctx, code, "failed")
    if problem.error_code == FULL and space_of(ctx, device) <= 0:
        warn_that_full(ctx, device)
    if not problem.lasts:
        steps.retry(ctx, step)
