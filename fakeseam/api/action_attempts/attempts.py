"""Beginning and ending an action attempt, with the events of its end.

Source: docs.seam.co core-concepts/action-attempts and api/events. Only attempts at locks have
events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ..connected_accounts.record import ACCOUNTS
from ..context import RequestContext
from ..devices import steps
from ..devices.record import DEVICES, Device, DeviceStep
from ..events.emit import emit
from ..events.types import EVENT_TYPES
from ..lifecycle import ACTION_ATTEMPT
from .record import ACTION_ATTEMPTS, ActionAttempt

__all__ = ["end", "fail", "finish_request", "hold", "pending", "request", "succeed"]

# The end of an event's type, by the state that it reports.
_EVENT_ENDS = {"success": "succeeded", "error": "failed"}


def request(
    ctx: RequestContext,
    action_type: str,
    *,
    device: Device | None = None,
    access_code_id: str | None = None,
    action: str | None = "finish_request",
    **params: Any,
) -> ActionAttempt:
    """Stores and returns a pending attempt; at a device, its step is due at once.

    By default the step ends the attempt alone: Seam has taken the request. Another ``action`` is a
    step of the device, which finds ``params`` in the attempt. With None something else ends it.
    """
    attempt = ActionAttempt(
        action_attempt_id=ctx.new_id("action_attempt"),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        action_type=action_type,
        state=ACTION_ATTEMPT.step("absent", "request").to,
        device_id=None if device is None else device.device_id,
        access_code_id=access_code_id,
        params=freeze(params),
    )
    if device is not None and action is not None:
        steps.request(ctx, action, attempt.action_attempt_id, device)
    return ctx.store.put(ACTION_ATTEMPTS, attempt)


def finish_request(ctx: RequestContext, step: DeviceStep) -> None:
    """Ends the attempt of a request that Seam has taken."""
    attempt = pending(ctx, step.subject_id)
    if attempt is not None:
        succeed(ctx, attempt)


def pending(ctx: RequestContext, action_attempt_id: str) -> ActionAttempt | None:
    """Returns the attempt as it is stored, or None if it has ended or is gone."""
    attempt = ctx.store.get(ACTION_ATTEMPTS, action_attempt_id)
    return attempt if attempt is not None and attempt.state == "pending" else None


def succeed(
    ctx: RequestContext, attempt: ActionAttempt, result: Mapping[str, Any] | None = None
) -> ActionAttempt:
    """Ends an attempt with a result, by default an empty one, and emits its event."""
    return end(ctx, attempt, "succeed", result=freeze(result or {}))


def fail(ctx: RequestContext, attempt: ActionAttempt, type: str, message: str) -> ActionAttempt:
    """Ends an attempt with an error, and emits its event."""
    return end(ctx, attempt, "fail", error=freeze({"type": type, "message": message}))


def hold(ctx: RequestContext, attempt: ActionAttempt) -> ActionAttempt:
    """Makes an attempt pending until a test ends it."""
    return end(ctx, attempt, "hold")


def end(
    ctx: RequestContext,
    attempt: ActionAttempt,
    trigger: str,
    *,
    result: Mapping[str, Any] | None = None,
    error: Mapping[str, Any] | None = None,
) -> ActionAttempt:
    """Steps the attempt's state machine; returns the attempt with this result or error.

    A step that was to end it is cancelled.
    """
    row = ACTION_ATTEMPT.step(attempt.state, trigger)
    attempt = replace(attempt, state=row.to, result=result, error=error)
    steps.cancel(ctx, attempt.action_attempt_id)
    ctx.store.put(ACTION_ATTEMPTS, attempt)
    event_type = (
        f"action_attempt.{attempt.action_type.lower()}.{_EVENT_ENDS.get(attempt.state, '')}"
    )
    if event_type in EVENT_TYPES:
        _emit(ctx, event_type, attempt)
    return attempt


def _emit(ctx: RequestContext, event_type: str, attempt: ActionAttempt) -> None:
    device = ctx.store.get(DEVICES, attempt.device_id or "")
    account = None if device is None else ctx.store.get(ACCOUNTS, device.connected_account_id)
    emit(
        ctx,
        event_type,
        # A customer's session sees the event by its owner: its payload names no customer.
        owner=None if device is None else device.customer_key,
        action_attempt_id=attempt.action_attempt_id,
        action_type=attempt.action_type,
        status=attempt.state,
        device_id=attempt.device_id,
        connected_account_id=None if account is None else account.connected_account_id,
    )
