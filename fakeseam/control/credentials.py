"""/_fakeseam: workspaces, and the credentials that open them.

They are created as Seam's endpoints create them, but a test may choose ids and keys.
"""

from __future__ import annotations

from typing import Any

from ..api.auth import ACCESS_TOKEN, API_KEY, PUBLISHABLE_KEY, SESSION
from ..api.client_sessions import shape as client_session_object
from ..api.client_sessions.record import SESSIONS
from ..api.connect_webviews.record import WEBVIEWS
from ..api.connected_accounts.record import ACCOUNTS
from ..api.tokens import new_token
from ..api.user_identities.record import USER_IDENTITIES
from ..api.workspaces import endpoints as workspaces
from ..api.workspaces.record import ACCESS_TOKENS, WORKSPACES, AccessToken
from ..schema.endpoint import Namespace, Owner
from ..schema.params import array, boolean, datetime_text, text, uuid
from .chosen import check_id, check_token
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
    publishable_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """Creates a workspace with an API key; returns the workspace and its ``api_key``."""
    check_id(ctx, WORKSPACES, workspace_id)
    check_token(ctx, "api_key", API_KEY, api_key)
    check_token(ctx, "publishable_key", PUBLISHABLE_KEY, publishable_key)
    if api_key is not None:
        ctx.runtime.state.check_api_key(api_key)
    workspace, key = workspaces.make(
        ctx,
        name=name,
        connect_partner_name=connect_partner_name,
        is_sandbox=is_sandbox,
        workspace_id=workspace_id,
        api_key=api_key,
        publishable_key=publishable_key,
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
    client_session_id: str | None = uuid(),
    token: str | None = text(minimum=1),
) -> str:
    """Creates a client session of a workspace; returns its token. A user may have several."""
    ctx = ctx.in_workspace(get_workspace(ctx, workspace_id))
    check_ids(ctx, WEBVIEWS, connect_webview_ids or ())
    check_ids(ctx, ACCOUNTS, connected_account_ids or ())
    check_ids(ctx, USER_IDENTITIES, () if user_identity_id is None else (user_identity_id,))
    check_id(ctx, SESSIONS, client_session_id)
    check_token(ctx, "token", SESSION, token)
    session = client_session_object.make(
        ctx.choosing(client_session_id=client_session_id),
        user_identifier_key=user_identifier_key,
        customer_key=customer_key,
        connect_webview_ids=connect_webview_ids or (),
        connected_account_ids=connected_account_ids or (),
        user_identity_id=user_identity_id,
        expires_at=expires_at,
        token=token,
    )
    return session.token


@namespace.endpoint("POST", response_key="token")
def create_personal_access_token(
    ctx: ControlContext, *, token: str | None = text(minimum=1)
) -> str:
    """Creates a token for every workspace of the fake, to be sent with a workspace's id.

    Without a workspace's id it lists the workspaces and creates new ones.
    """
    check_token(ctx, "token", ACCESS_TOKEN, token)
    token = token or new_token(ctx, 0, "at1", "access_token")
    access_token = AccessToken(token, ctx.now())
    return ctx.store.put(ACCESS_TOKENS, access_token).token
