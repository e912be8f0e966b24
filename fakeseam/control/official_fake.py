"""/_fake: the control endpoint of @seamapi/fake-seam-connect that test suites already call."""

from __future__ import annotations

from ..api.connect_webviews.record import WEBVIEWS
from ..errors import ApiError, LoginFailed
from ..schema.endpoint import Namespace, Owner
from ..schema.params import uuid
from .accounts import sign_in_fresh
from .context import ControlContext

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
