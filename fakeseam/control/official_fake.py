"""/_fake: the control endpoints of @seamapi/fake-seam-connect that test suites already call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.action_attempts.record import ACTION_ATTEMPTS
from ..api.connect_webviews.record import WEBVIEWS
from ..errors import ApiError, LoginFailed
from ..schema.endpoint import Namespace, Owner
from ..schema.params import enum, json_object, record, text, uuid
from ..schema.validation import Issue, invalid_input
from .accounts import sign_in_fresh
from .context import ControlContext
from .locks import STATUSES, end_attempt

__all__ = ["namespace"]

namespace = Namespace("/_fake", Owner.OPEN)


@namespace.endpoint("POST")
def complete_connect_webview(
    ctx: ControlContext, *, connect_webview_id: str = uuid(required=True)
) -> LoginFailed | None:
    """Completes a webview as a new user; returns ``{"ok": true}``."""
    if ctx.store.get(WEBVIEWS, connect_webview_id) is None:
        raise ApiError(404, "connect_webview_not_found", "Connect webview not found")
    outcome = sign_in_fresh(ctx, connect_webview_id)
    return outcome if isinstance(outcome, LoginFailed) else None


@namespace.endpoint("PATCH POST")
def update_action_attempt(
    ctx: ControlContext,
    *,
    action_attempt_id: str = uuid(required=True),
    status: str = enum(*STATUSES, required=True),
    result: Mapping[str, Any] | None = record(nullable=True),
    error: Mapping[str, Any] | None = json_object(
        nullable=True, type=text(required=True), message=text(required=True)
    ),
) -> None:
    """Ends an attempt, or makes it pending until the next such call; its device does nothing."""
    if status == "error" and error is None:
        raise invalid_input([Issue(("error",), "Required")])
    if ctx.store.get(ACTION_ATTEMPTS, action_attempt_id) is None:
        raise ApiError(404, "action_attempt_not_found", "Action attempt not found")
    end_attempt(ctx, action_attempt_id, status, result, error)
