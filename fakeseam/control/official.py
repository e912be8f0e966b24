"""/_fake: the control route of @seamapi/fake-seam-connect that people already call."""

from __future__ import annotations

from ..api.auth import LEVER
from ..api.call import Call
from ..api.tables import WEBVIEWS
from ..core.endpoint import Namespace
from ..core.params import uuid
from ..errors import ApiError, LoginFailed
from .connecting import sign_in_fresh

__all__ = ["namespace"]

namespace = Namespace("/_fake")


@namespace.endpoint("POST", callers=frozenset({LEVER}))
def complete_connect_webview(
    call: Call, *, connect_webview_id: str = uuid(required=True)
) -> LoginFailed | None:
    """Complete a webview as whoever; answers ``{"ok": true}``."""
    if call.store.get(WEBVIEWS, connect_webview_id) is None:
        raise ApiError(404, "connect_webview_not_found", "Connect webview not found")
    outcome = sign_in_fresh(call, connect_webview_id)
    return outcome if isinstance(outcome, LoginFailed) else None
