"""Steps at a device: what it was asked to do. It does them in order, when it can.

A step never happens inside the call that asks for it, and always before the next one.
Source: docs.seam.co, action attempts and access codes: Seam responds at once and programs the
device in the background. Unsourced: how long that takes; see the rule ``device_delay``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ...core.record_types import replace
from ..context import RequestContext
from ..record_functions import record_function
from .record import DEVICE_STEPS, DEVICES, Device, DeviceStep
from .shape import account_of, is_online

__all__ = [
    "ACTIONS",
    "DELAY_WARNING_AFTER_S",
    "FAILING_STEPS",
    "RETRY_AFTER_S",
    "cancel",
    "pending_action",
    "release_waiting",
    "request",
    "retry",
    "run",
    "run_now",
    "take_failure",
]

# Unsourced: both, in seconds of the fake's clock. When a step that failed is tried again, and when
# Seam reports that one takes long.
RETRY_AFTER_S = 5 * 60
DELAY_WARNING_AFTER_S = 10 * 60


@dataclass(frozen=True)
class Action:
    """How a step is done: ``does`` takes the context and the step.

    One that ``needs_device`` is not done while a test holds the device; one that ``waits_offline``
    is not tried while the device is offline. ``warns`` reports that the step takes long.
    """

    does: str
    needs_device: bool = True
    waits_offline: bool = True
    warns: str | None = None


# The functions are below ``fakeseam.api``, and imported when they are first called.
ACTIONS: Mapping[str, Action] = {
    "finish_request": Action("action_attempts.attempts:finish_request", needs_device=False),
    "program": Action("access_codes.steps:program", warns="access_codes.steps:late"),
    "remove": Action("access_codes.steps:remove"),
    "convert": Action("access_codes.steps:convert"),
    "assign": Action("access_codes.offline:assign", needs_device=False),
    "lock": Action("locks.actions:lock", waits_offline=False),
    "unlock": Action("locks.actions:unlock", waits_offline=False),
    "configure_auto_lock": Action("locks.actions:configure_auto_lock", waits_offline=False),
    "enter_code": Action("locks.actions:enter_code", waits_offline=False),
    "lock_by_hand": Action("locks.actions:lock_by_hand", waits_offline=False),
    "fill_backup_pool": Action("access_codes.backup_pool:fill"),
}

# The steps that a test can let fail.
FAILING_STEPS = ("set", "update", "remove", "lock", "unlock", "auto_lock", "convert")


def request(ctx: RequestContext, action: str, subject_id: str, device: Device) -> None:
    """Asks a device for a step for a record. Replaces the record's earlier one."""
    cancel(ctx, subject_id)
    delay = ctx.rules.device_delay if ACTIONS[action].needs_device else 0
    number = ctx.store.next_count(("device_step", ctx.workspace.ordinal))
    step = DeviceStep(subject_id, ctx.workspace_id, "", device.device_id, action, number)
    _put(ctx, step, delay)


def retry(ctx: RequestContext, step: DeviceStep) -> None:
    """Schedules another try of a step that failed."""
    _put(ctx, step, RETRY_AFTER_S)


def cancel(ctx: RequestContext, subject_id: str) -> None:
    """Cancels the step for a record, if there is one."""
    if ctx.store.get(DEVICE_STEPS, subject_id) is not None:
        ctx.store.delete(DEVICE_STEPS, subject_id)


def pending_action(ctx: RequestContext, subject_id: str) -> str | None:
    """Returns what the device is yet to do for a record, or None."""
    step = ctx.store.get(DEVICE_STEPS, subject_id)
    return None if step is None else step.action


def run_now(ctx: RequestContext, subject_id: str) -> None:
    """Runs the step for a record inside the call that asked for it: Seam's ``sync`` parameter."""
    step = ctx.store.get(DEVICE_STEPS, subject_id)
    if step is not None:
        ctx.store.delete(DEVICE_STEPS, subject_id)
        run(ctx, step)


def run(ctx: RequestContext, step: DeviceStep) -> str:
    """Does a step that has fallen due, or lets it wait for its device.

    Returns its line in the timeline.
    """
    action, device = ACTIONS[step.action], ctx.store.get(DEVICES, step.device_id)
    if device is None:
        raise RuntimeError(f"a step outlived its device {step.device_id}")
    if action.needs_device:
        if device.is_held:
            return _hold(ctx, action, step)
        if action.waits_offline and not is_online(device, account_of(ctx, device)):
            _put(ctx, replace(step, is_waiting=True, reports_delay=False), 0)
            return ""
    record_function(action.does)(ctx, step)
    return f"step {step.action} of {step.subject_id}"


def _hold(ctx: RequestContext, action: Action, step: DeviceStep) -> str:
    """Lets a step wait until its device is released. Reports that once, if it takes long."""
    if action.warns is None or step.reports_delay:
        _put(ctx, replace(step, is_waiting=True, reports_delay=False), 0)
        if action.warns is not None:
            record_function(action.warns)(ctx, step)
            return f"step {step.action} of {step.subject_id} is late"
    else:
        _put(ctx, replace(step, is_waiting=True, reports_delay=True), DELAY_WARNING_AFTER_S)
    return ""


def release_waiting(ctx: RequestContext, device_id: str) -> None:
    """Lets the steps begin that waited for a device, in the order in which they were asked for."""
    waiting = ctx.store.find(DEVICE_STEPS, ("waiting", device_id))
    for step in sorted(waiting, key=lambda step: step.number):
        ctx.store.delete(DEVICE_STEPS, step.subject_id)
        _put(ctx, replace(step, is_waiting=False, reports_delay=False), 0)


def take_failure(ctx: RequestContext, device: Device, name: str) -> Mapping[str, Any] | None:
    """Returns the failure that a test planned for the next step of this name, and uses it up.

    It has ``error_code`` and ``message``, which may be None.
    """
    planned = next((one for one in device.planned_failures if one["step"] == name), None)
    if planned is None:
        return None
    left = [one for one in device.planned_failures if one is not planned]
    if planned["times"] > 1:
        left.insert(0, {**planned, "times": planned["times"] - 1})
    ctx.store.put(DEVICES, replace(device, planned_failures=tuple(left)))
    return planned


def _put(ctx: RequestContext, step: DeviceStep, after_s: float) -> None:
    due = ctx.now_plus(timedelta(seconds=after_s))
    ctx.store.put(DEVICE_STEPS, replace(step, created_at=due))
