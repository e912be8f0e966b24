"""/_fakeseam: workspaces, and the credentials that open them.

They are made as the endpoints make them; only a test chooses ids and keys.
"""

from __future__ import annotations

from typing import Any

from ..api import client_session_object, workspaces
from ..api.auth import LEVER
from ..api.call import Call
from ..api.records import AccessToken
from ..api.tables import ACCESS_TOKENS, API_KEYS, WORKSPACES
from ..api.tokens import new_token
from ..core.endpoint import Namespace
from ..core.params import array, boolean, datetime_text, text, uuid
from ..errors import MisuseError
from .finding import workspace_of

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")

_ANYONE = frozenset({LEVER})


@namespace.endpoint("POST", callers=_ANYONE, answer="workspace")
def create_workspace(
    call: Call,
    *,
    name: str = text(default="Sandbox", minimum=1),
    connect_partner_name: str | None = text(),
    is_sandbox: bool = boolean(default=True),
    workspace_id: str | None = uuid(),
    api_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """A workspace with an API key; answers the workspace and its ``api_key``."""
    if call.store.get(WORKSPACES, workspace_id or "") is not None:
        raise MisuseError(f"there is a workspace {workspace_id!r} already")
    if api_key is not None:
        _check_api_key(call, api_key)
    workspace, key = workspaces.make(
        call,
        name=name,
        connect_partner_name=connect_partner_name,
        is_sandbox=is_sandbox,
        workspace_id=workspace_id,
        api_key=api_key,
    )
    return {**workspaces.show(call, workspace), "api_key": key.token}


@namespace.endpoint("POST", callers=_ANYONE, answer="token")
def create_client_session(
    call: Call,
    *,
    user_identifier_key: str | None = text(minimum=1),
    customer_key: str | None = text(minimum=1),
    connect_webview_ids: list[str] | None = array(text()),
    connected_account_ids: list[str] | None = array(text()),
    user_identity_id: str | None = uuid(),
    expires_at: str | None = datetime_text(),
    workspace_id: str | None = uuid(),
) -> str:
    """A client session of a workspace; answers its token. A user may have several."""
    inside = call.inside(workspace_of(call, workspace_id))
    session = client_session_object.make(
        inside,
        user_identifier_key=user_identifier_key,
        customer_key=customer_key,
        connect_webview_ids=connect_webview_ids or (),
        connected_account_ids=connected_account_ids or (),
        user_identity_id=user_identity_id,
        expires_at=expires_at,
    )
    return session.token


@namespace.endpoint("POST", callers=_ANYONE, answer="token")
def create_personal_access_token(call: Call) -> str:
    """A token for every workspace of the fake; to be sent with the workspace's id.

    Without one it lists the workspaces and makes new ones.
    """
    made = AccessToken(new_token(call, 0, "at1", "access_token"), call.now())
    return call.store.put(ACCESS_TOKENS, made).token


def _check_api_key(call: Call, key: str) -> None:
    """What the official SDK would refuse before sending it helps nobody."""
    for prefix in ("seam_cst", "seam_at", "seam_pk"):
        if key.startswith(prefix):
            raise MisuseError(f"api_key={key!r}: {prefix}... is another kind of credential")
    if not key.startswith("seam_"):
        raise MisuseError(f"api_key={key!r}: an API key starts with 'seam_'")
    if call.store.get(API_KEYS, key) is not None:
        raise MisuseError(f"api_key={key!r} already opens another workspace")
