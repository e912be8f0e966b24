"""/_fakeseam: workspaces, and the credentials that open them.

Source: docs.seam.co api/authentication, for the shapes of keys and tokens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..api import workspaces
from ..api.auth import LEVER
from ..api.call import Call
from ..api.records import AccessToken, ApiKey, ClientSession, Workspace
from ..api.tables import ACCESS_TOKENS, API_KEYS, SESSIONS, WORKSPACES
from ..core.endpoint import Namespace
from ..core.params import array, boolean, text, uuid
from ..errors import MisuseError
from .finding import workspace_of

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")

_ANYONE = frozenset({LEVER})

SHORT_LENGTH = 8
LONG_LENGTH = 24
SESSION_LIFE = timedelta(days=365)  # Unsourced: that of @seamapi/fake-seam-connect


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
    ordinal = call.store.count(("workspace",))
    ids, now = call.world.ids, call.now()
    workspace = Workspace(
        workspace_id=workspace_id or ids.uuid(ordinal, "workspace", 0),
        created_at=now,
        ordinal=ordinal,
        name=name,
        connect_partner_name=connect_partner_name,
        is_sandbox=is_sandbox,
        is_suspended=False,
        is_publishable_key_auth_enabled=True,
        organization_id=None,
        publishable_key=_token(call, ordinal, "pk1"),
        connect_webview_customization={},
    )
    if call.store.get(WORKSPACES, workspace.workspace_id) is not None:
        raise MisuseError(f"there is a workspace {workspace.workspace_id!r} already")
    call.store.put(WORKSPACES, workspace)
    key = api_key or _token(call, ordinal, "test" if is_sandbox else "prod", "api_key")
    _check_api_key(call, key)
    call.store.put(API_KEYS, ApiKey(key, now, workspace.workspace_id))
    return {**workspaces.show(call, workspace), "api_key": key}


@namespace.endpoint("POST", callers=_ANYONE, answer="token")
def create_client_session(
    call: Call,
    *,
    user_identifier_key: str | None = text(minimum=1),
    customer_key: str | None = text(minimum=1),
    connect_webview_ids: list[str] | None = array(text()),
    connected_account_ids: list[str] | None = array(text()),
    workspace_id: str | None = uuid(),
) -> str:
    """A client session of a workspace; answers its token."""
    inside = call.inside(workspace_of(call, workspace_id))
    session = ClientSession(
        client_session_id=inside.new_id("client_session"),
        workspace_id=inside.workspace_id,
        created_at=inside.now(),
        expires_at=inside.later(SESSION_LIFE),
        token=_token(inside, inside.workspace.ordinal, "cst1"),
        user_identifier_key=user_identifier_key,
        user_identity_id=None,
        customer_key=customer_key,
        connect_webview_ids=tuple(connect_webview_ids or ()),
        connected_account_ids=tuple(connected_account_ids or ()),
        is_revoked=False,
    )
    return inside.store.put(SESSIONS, session).token


@namespace.endpoint("POST", callers=_ANYONE, answer="token")
def create_personal_access_token(call: Call) -> str:
    """A token for every workspace of the fake; to be sent with the workspace's id."""
    made = AccessToken(_token(call, 0, "at1", "access_token"), call.now())
    return call.store.put(ACCESS_TOKENS, made).token


def _token(call: Call, owner: int, prefix: str, kind: str | None = None) -> str:
    """``seam_<prefix and 8 characters>_<24 characters>``; keys have 8 in all.

    Unsourced: ``prod``; all that is known of production keys is that they lack ``test``.
    """
    kind = kind or prefix
    count = call.store.count((kind, owner))
    short = SHORT_LENGTH - len(prefix) if kind == "api_key" else SHORT_LENGTH
    text_of = call.world.ids.text
    first = text_of(owner, f"{kind} short", count, length=short)
    return f"seam_{prefix}{first}_{text_of(owner, kind, count, length=LONG_LENGTH)}"


def _check_api_key(call: Call, key: str) -> None:
    """What the official SDK would refuse before sending it helps nobody."""
    for prefix in ("seam_cst", "seam_at", "seam_pk"):
        if key.startswith(prefix):
            raise MisuseError(f"api_key={key!r}: {prefix}... is another kind of credential")
    if not key.startswith("seam_"):
        raise MisuseError(f"api_key={key!r}: an API key starts with 'seam_'")
    if call.store.get(API_KEYS, key) is not None:
        raise MisuseError(f"api_key={key!r} already opens another workspace")
