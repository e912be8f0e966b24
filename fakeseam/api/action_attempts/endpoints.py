"""/action_attempts: the results of actions that an app requested from Seam.

Source: docs.seam.co api/action_attempts and core-concepts/action-attempts. An attempt is pending
when it is returned by the call that asked for it, and has ended when it is next read.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, integer, uuid
from ..auth import BACKEND, EVERYONE
from ..context import RequestContext
from ..devices import shape as device_object
from ..devices.record import DEVICES
from ..listing import list_page, page_cursor
from .record import ACTION_ATTEMPTS, ActionAttempt
from .shape import show

__all__ = ["namespace"]

namespace = Namespace("/action_attempts")

DEFAULT_LIMIT = 500
# So a test that answers such an endpoint may answer for its attempts, too.
NO_OTHERS = "there are no attempts of thermostats and access systems"


@namespace.endpoint(
    "GET POST", callers=EVERYONE, response_key="action_attempt", partial_note=NO_OTHERS
)
def get(ctx: RequestContext, *, action_attempt_id: str = uuid(required=True)) -> dict[str, Any]:
    """Returns one attempt of the workspace.

    Unsourced: that a client session sees the attempts about the devices that it sees.
    """
    attempt = ctx.get(ACTION_ATTEMPTS, action_attempt_id)
    if attempt is None or not _visible(ctx, attempt):
        raise ApiError(
            404,
            "action_attempt_not_found",
            "action_attempt not found",
            data={"action_attempt_id": action_attempt_id},
        )
    return show(ctx, attempt)


@namespace.endpoint(
    "GET POST", callers=BACKEND, response_key="action_attempts", partial_note=NO_OTHERS
)
def list_(
    ctx: RequestContext,
    *,
    action_attempt_ids: list[str] | None = array(uuid()),
    device_id: str | None = uuid(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the attempts that meet every filter, oldest first."""
    within: list[Hashable] = [("workspace", ctx.workspace_id)]
    if device_id is not None:
        within.append(("device_id", ctx.workspace_id, device_id))
    return list_page(
        ctx,
        ACTION_ATTEMPTS,
        show,
        within=within,
        limits=[] if action_attempt_ids is None else [set(action_attempt_ids)],
        limit=limit,
        page_cursor=page_cursor,
    )


def _visible(ctx: RequestContext, attempt: ActionAttempt) -> bool:
    if ctx.session is None:
        return True
    device = ctx.store.get(DEVICES, attempt.device_id or "")
    return device is not None and device_object.visible(ctx, device)
