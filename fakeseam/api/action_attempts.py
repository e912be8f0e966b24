"""/action_attempts: what became of something that Seam was asked to do.

Source: docs.seam.co api/action_attempts and core-concepts/action-attempts. Nothing takes time
here, so every attempt has ended when it is first seen.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from ..core.endpoint import Namespace, Paged
from ..core.frozen import thaw
from ..core.params import array, integer, uuid
from ..errors import ApiError
from . import device_object
from .auth import BACKEND, EVERYONE
from .call import Call
from .listing import list_page, page_cursor
from .records import ActionAttempt
from .tables import ACTION_ATTEMPTS, DEVICES

__all__ = ["namespace", "show", "succeed"]

namespace = Namespace("/action_attempts")

DEFAULT_LIMIT = 500


@namespace.endpoint("GET POST", callers=EVERYONE, answer="action_attempt")
def get(call: Call, *, action_attempt_id: str = uuid(required=True)) -> dict[str, Any]:
    """One attempt of the workspace.

    Unsourced: the words of the refusal, and that a client session sees the attempts about
    the devices that it sees.
    """
    attempt = call.store.get(ACTION_ATTEMPTS, action_attempt_id)
    if attempt is None or attempt.workspace_id != call.workspace_id or not _visible(call, attempt):
        raise ApiError(404, "action_attempt_not_found", "Action attempt not found")
    return show(call, attempt)


@namespace.endpoint("GET POST", callers=BACKEND, answer="action_attempts")
def list_(
    call: Call,
    *,
    action_attempt_ids: list[str] | None = array(uuid()),
    device_id: str | None = uuid(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """The attempts that meet every filter, oldest first."""
    within: list[Hashable] = [("workspace", call.workspace_id)]
    if device_id is not None:
        within.append(("device", call.workspace_id, device_id))
    return list_page(
        call,
        ACTION_ATTEMPTS,
        show,
        within=within,
        only=action_attempt_ids,
        limit=limit,
        page_cursor=page_cursor,
    )


def succeed(call: Call, action_type: str, *, device_id: str | None = None) -> ActionAttempt:
    """Keep an attempt that has succeeded, with nothing to tell."""
    attempt = ActionAttempt(
        action_attempt_id=call.new_id("action_attempt"),
        workspace_id=call.workspace_id,
        created_at=call.now(),
        action_type=action_type,
        status="success",
        result={},
        device_id=device_id,
    )
    return call.store.put(ACTION_ATTEMPTS, attempt)


def show(call: Call, attempt: ActionAttempt) -> dict[str, Any]:
    """The attempt as Seam shows it."""
    return {
        "action_attempt_id": attempt.action_attempt_id,
        "action_type": attempt.action_type,
        "status": attempt.status,
        "result": thaw(attempt.result),
        "error": None,
    }


def _visible(call: Call, attempt: ActionAttempt) -> bool:
    if call.session is None:
        return True
    device = call.store.get(DEVICES, attempt.device_id or "")
    return device is not None and device_object.visible(call, device)
