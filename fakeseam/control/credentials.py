"""/_fakeseam: workspaces, and the credentials that open them.

They are created as Seam's endpoints create them, but a test may choose ids and keys.
"""

from __future__ import annotations

from typing import Any

from ..api.client_sessions import shape as client_session_object
from ..api.connect_webviews.record import WEBVIEWS
from ..api.connected_accounts.record import ACCOUNTS
from ..api.tokens import new_token
from ..api.user_identities.record import USER_IDENTITIES
from ..api.workspaces import endpoints as workspaces
from ..api.workspaces.record import ACCESS_TOKENS, API_KEYS, WORKSPACES, AccessToken
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import array, boolean, datetime_text, text, uuid
from .context import ControlContext
from .lookup import check_ids, get_workspace

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)


@namespace.endpoint("POST", response_key="workspace")
def create_workspace(
    ctx: ControlContext,
    *,
    name: str = text(default="Sandbox", minimum=1),
    connect_partner_name: str | None = text(),
    is_sandbox: bool = boolean(default=True),
    workspace_id: str | None = uuid(),
    api_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """Creates a workspace with an API key; returns the workspace and its ``api_key``."""
    if ctx.store.get(WORKSPACES, workspace_id or "") is not None:
        raise MisuseError(f"workspace_id={workspace_id!r} already exists; choose another id")
    if api_key is not None:
        _check_api_key(ctx, api_key)
    workspace, key = workspaces.make(
        ctx,
        name=name,
        connect_partner_name=connect_partner_name,
        is_sandbox=is_sandbox,
        workspace_id=workspace_id,
        api_key=api_key,
    )
    return {**workspaces.show(ctx, workspace), "api_key": key.token}


@namespace.endpoint("POST", response_key="token")
def create_client_session(
    ctx: ControlContext,
    *,
    user_identifier_key: str | None = text(minimum=1),
    customer_key: str | None = text(minimum=1),
    connect_webview_ids: list[str] | None = array(text()),
    connected_account_ids: list[str] | None = array(text()),
    user_identity_id: str | None = uuid(),
    expires_at: str | None = datetime_text(),
    workspace_id: str | None = uuid(),
) -> str:
    """Creates a client session of a workspace; returns its token. A user may have several."""
    ctx = ctx.in_workspace(get_workspace(ctx, workspace_id))
    check_ids(ctx, WEBVIEWS, connect_webview_ids or ())
    check_ids(ctx, ACCOUNTS, connected_account_ids or ())
    check_ids(ctx, USER_IDENTITIES, () if user_identity_id is None else (user_identity_id,))
    session = client_session_object.make(
        ctx,
        user_identifier_key=user_identifier_key,
        customer_key=customer_key,
        connect_webview_ids=connect_webview_ids or (),
        connected_account_ids=connected_account_ids or (),
        user_identity_id=user_identity_id,
        expires_at=expires_at,
    )
    return session.token


@namespace.endpoint("POST", response_key="token")
def create_personal_access_token(ctx: ControlContext) -> str:
    """Creates a token for every workspace of the fake, to be sent with a workspace's id.

    Without a workspace's id it lists the workspaces and creates new ones.
    """
    access_token = AccessToken(new_token(ctx, 0, "at1", "access_token"), ctx.now())
    return ctx.store.put(ACCESS_TOKENS, access_token).token


def _check_api_key(ctx: ControlContext, key: str) -> None:
    """Raises ``MisuseError`` for a key that the official SDK refuses, or that is taken."""
    for prefix in ("seam_cst", "seam_at", "seam_pk"):
        if key.startswith(prefix):
            raise MisuseError(f"api_key={key!r}: {prefix}... is another kind of credential")
    if not key.startswith("seam_"):
        raise MisuseError(f"api_key={key!r}: an API key starts with 'seam_'")
    if ctx.store.get(API_KEYS, key) is not None:
        raise MisuseError(f"api_key={key!r} already opens another workspace")
    ctx.runtime.state.check_api_key(key)
