"""/workspaces: what everything else is inside of.

Source: docs.seam.co api/workspaces and core-concepts/workspaces.
"""

from __future__ import annotations

from typing import Any

from ..core.endpoint import Namespace
from ..errors import ApiError
from . import deliveries
from .auth import BACKEND, EVERYONE
from .call import Call
from .records import Workspace
from .tables import ACCOUNTS, DEVICES, EVENTS, SESSIONS, WEBVIEWS

__all__ = ["namespace", "require_sandbox"]

namespace = Namespace("/workspaces")

# What a reset takes away, in tables; the workspace, its keys and its clock readings stay.
# Unsourced: Seam says "its original state"; a caller has to go on with the same key.
_RESET = (DEVICES, ACCOUNTS, WEBVIEWS, SESSIONS, EVENTS)


@namespace.endpoint("GET POST", callers=EVERYONE, answer="workspace")
def get(call: Call) -> dict[str, Any]:
    """The workspace of the key or token that asks."""
    return show(call, call.workspace)


@namespace.endpoint("POST", callers=BACKEND, answer="action_attempt")
def reset_sandbox(call: Call) -> dict[str, Any]:
    """A sandbox workspace as new, at once; its credentials go on working."""
    require_sandbox(call, message="can only reset sandbox on sandbox workspaces")
    deliveries.drop(call)
    for kind in _RESET:
        for entry in list(call.store.bucket(kind, ("workspace", call.workspace_id))):
            call.store.delete(kind, entry[2])
    return {
        "action_attempt_id": call.new_id("action_attempt"),
        "action_type": "RESET_SANDBOX_WORKSPACE",
        "status": "success",
        "result": {},
        "error": None,
    }


def require_sandbox(call: Call, *, message: str | None = None) -> None:
    """Raises for a production workspace, which has nothing to simulate.

    Unsourced: the message of any endpoint but ``reset_sandbox``.
    """
    if not call.workspace.is_sandbox:
        words = message or "can only simulate on sandbox workspaces"
        raise ApiError(400, "workspace_not_sandbox", words)


def show(call: Call, workspace: Workspace) -> dict[str, Any]:
    """The workspace as Seam shows it."""
    return {
        "workspace_id": workspace.workspace_id,
        "name": workspace.name,
        "company_name": workspace.connect_partner_name or workspace.name,
        "connect_partner_name": workspace.connect_partner_name,
        "is_sandbox": workspace.is_sandbox,
        "is_suspended": False,
        "is_publishable_key_auth_enabled": True,
        "organization_id": None,
        "publishable_key": workspace.publishable_key,
        "connect_webview_customization": dict(workspace.connect_webview_customization),
    }
