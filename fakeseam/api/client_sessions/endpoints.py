"""/client_sessions: what a user's own device may see of a workspace, and for how long.

Source: docs.seam.co api/client_sessions and core-concepts/authentication/client-session-tokens;
the error messages, and the difference of POST and PUT, from @seamapi/fake-seam-connect.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ...core.record_types import replace
from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import array, boolean, datetime_text, text, uuid
from .. import deletion
from ..auth import BACKEND, PUBLISHABLE_KEY, SESSION, unauthorized
from ..connect_webviews.endpoints import find as find_webview
from ..connected_accounts.endpoints import find as find_account
from ..context import RequestContext
from ..user_identities.endpoints import find as find_identity
from .record import SESSIONS
from .shape import Access, find, is_expired, make, of_user, show, to_timestamp, with_access

__all__ = ["namespace"]

namespace = Namespace("/client_sessions")

# The parameters that may not be sent with a publishable key, because such a key is public.
# Unsourced: that those of an identity and a customer are among them; Seam's message names only
# the first two.
_NOT_WITH_PUBLISHABLE_KEY = (
    "connect_webview_ids",
    "connected_account_ids",
    "user_identity_id",
    "user_identity_ids",
    "customer_key",
    "customer_id",
)
# The index that each filter of the list uses; null finds the sessions that have none.
_FILTERS = {
    "user_identifier_key": "user",
    "connect_webview_id": "connect_webview_id",
    "user_identity_id": "user_identity",
}


@namespace.endpoint("POST PUT", callers=BACKEND | {PUBLISHABLE_KEY}, response_key="client_session")
def create(
    ctx: RequestContext,
    *,
    user_identifier_key: str | None = text(minimum=1),
    connected_account_ids: list[str] | None = array(text()),
    connect_webview_ids: list[str] | None = array(text()),
    user_identity_id: str | None = uuid(),
    user_identity_ids: list[str] | None = array(uuid(), exactly=1),
    customer_key: str | None = text(minimum=1),
    customer_id: str | None = text(),
    expires_at: str | None = datetime_text(),
) -> dict[str, Any]:
    """Creates a session. If the user has one, PUT returns that one and POST is refused.

    Unsourced: that PUT creates one if the user's has expired, which POST still counts; that a
    revoked session counts for both; and that ``customer_id`` is the customer's key: no response
    of Seam's contains another id.
    """
    user = _user(ctx, user_identifier_key)
    access = _access(
        ctx, connect_webview_ids, connected_account_ids, user_identity_id, user_identity_ids
    )
    existing = of_user(ctx, user)
    if existing is not None and ctx.method != "PUT":
        raise _already_exists()
    if existing is None or is_expired(ctx, existing):
        customer = customer_key or customer_id
        existing = make(
            ctx, user_identifier_key=user, customer_key=customer, expires_at=expires_at, **access
        )
    return show(ctx, existing)


@namespace.endpoint("POST", callers=BACKEND | {PUBLISHABLE_KEY}, response_key="client_session")
def get_or_create(
    ctx: RequestContext,
    *,
    user_identifier_key: str | None = text(minimum=1),
    connected_account_ids: list[str] | None = array(text()),
    connect_webview_ids: list[str] | None = array(text()),
    user_identity_id: str | None = uuid(),
    user_identity_ids: list[str] | None = array(uuid(), exactly=1),
    expires_at: str | None = datetime_text(),
) -> dict[str, Any]:
    """Returns the user's session with the sent access added, a new session if there is none.

    ``expires_at`` makes an expired session valid again, as it updates that of any session.
    Unsourced: that without it a new session is created in place of an expired one, which an app
    could do nothing with; that a call without a ``user_identifier_key`` always creates a session;
    and that a revoked session is returned as it is.
    """
    user = _user(ctx, user_identifier_key)
    access = _access(
        ctx, connect_webview_ids, connected_account_ids, user_identity_id, user_identity_ids
    )
    session = of_user(ctx, user)
    if session is None or (expires_at is None and is_expired(ctx, session)):
        session = make(ctx, user_identifier_key=user)
    session = with_access(session, **access)
    if expires_at is not None:
        session = replace(session, expires_at=to_timestamp(expires_at))
    return show(ctx, ctx.store.put(SESSIONS, session))


@namespace.endpoint("GET POST", callers=BACKEND | {SESSION}, response_key="client_session")
def get(
    ctx: RequestContext,
    *,
    client_session_id: str | None = uuid(),
    user_identifier_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """Returns one session: by its id, its user or both. A session's token gets its own session."""
    if ctx.session is None:
        return show(ctx, find(ctx, client_session_id, user_identifier_key))
    if ctx.params:
        raise ApiError(
            400,
            "invalid_options",
            "Cannot send client_session_id or user_identifier_key params when using a client"
            " session token",
        )
    return show(ctx, ctx.session)


@namespace.endpoint("GET POST", callers=BACKEND, response_key="client_sessions")
def list_(
    ctx: RequestContext,
    *,
    client_session_id: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    connect_webview_id: str | None = text(nullable=True),
    user_identity_id: str | None = text(nullable=True),
    without_user_identifier_key: bool | None = boolean(),
) -> list[dict[str, Any]]:
    """Returns the sessions that meet every filter, oldest first; revoked and expired ones too.

    null for the webview or the identity finds the sessions that have none.
    """
    within: set[Hashable] = {("workspace", ctx.workspace_id)}
    for name, index in _FILTERS.items():
        if name in ctx.params:
            within.add((index, ctx.workspace_id, ctx.params[name]))
    if without_user_identifier_key:
        within.add(("user", ctx.workspace_id, None))
    if client_session_id is not None:
        one = ctx.store.get(SESSIONS, client_session_id)
        found = [] if one is None else [one]
    else:
        narrowest = min(within, key=lambda index: len(ctx.store.bucket(SESSIONS, index)))
        found = ctx.store.find(SESSIONS, narrowest)
    return [show(ctx, session) for session in found if within.issubset(SESSIONS.index(session))]


def _at_least_one(sent: Mapping[str, Any]) -> str | None:
    return None if sent else "At least one parameter is required"  # Unsourced: the message


@namespace.endpoint(
    "PATCH POST", callers=BACKEND, response_key="client_session", checks=[_at_least_one]
)
def grant_access(
    ctx: RequestContext,
    *,
    client_session_id: str | None = text(),
    user_identifier_key: str | None = text(minimum=1),
    connected_account_ids: list[str] | None = array(text()),
    connect_webview_ids: list[str] | None = array(text()),
    user_identity_id: str | None = text(),
    user_identity_ids: list[str] | None = array(text(), exactly=1),
) -> dict[str, Any]:
    """Adds the sent access to a session, which is found by its id or else by its user.

    Unsourced: that with an id, the user's key is added to the session too. Seam calls it the
    user "to associate with the client session".
    """
    user = None if client_session_id is not None else user_identifier_key
    session = find(ctx, client_session_id, user)
    access = _access(
        ctx, connect_webview_ids, connected_account_ids, user_identity_id, user_identity_ids
    )
    if user_identifier_key not in (None, session.user_identifier_key):
        if of_user(ctx, user_identifier_key) is not None:
            raise _already_exists()
        session = replace(session, user_identifier_key=user_identifier_key)
    return show(ctx, ctx.store.put(SESSIONS, with_access(session, **access)))


@namespace.endpoint("POST", callers=BACKEND)
def revoke(ctx: RequestContext, *, client_session_id: str = uuid(required=True)) -> None:
    """Revokes a session: requests with its token are refused. The session can still be read.

    Unsourced: that it stays, and that revoking it twice succeeds.
    """
    session = find(ctx, client_session_id)
    ctx.store.put(SESSIONS, replace(session, is_revoked=True))


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(ctx: RequestContext, *, client_session_id: str = uuid(required=True)) -> None:
    """Deletes a session; the accounts and webviews that it sees stay."""
    deletion.delete(ctx, SESSIONS, find(ctx, client_session_id))


def _user(ctx: RequestContext, user_identifier_key: str | None) -> str | None:
    """Returns the user whose session is requested.

    Raises Seam's 401 for a publishable key without a user, and its 403 for one with anything
    that the session would see.
    """
    if ctx.caller.kind != PUBLISHABLE_KEY:
        return user_identifier_key
    user = user_identifier_key or ctx.caller.user_identifier_key
    if user is None or not user.strip():
        raise unauthorized(
            "user_identifier_key is required with publishable_key",
            "publishable_key_requires_user_identifier_key",
        )
    if any(name in ctx.params for name in _NOT_WITH_PUBLISHABLE_KEY):
        raise ApiError(
            403,
            "publishable_keys_must_create_empty_client_sessions",
            "You cannot specify connect_webview_ids or connected_account_ids when using a"
            " publishable key",
        )
    return user


def _access(
    ctx: RequestContext,
    connect_webview_ids: list[str] | None,
    connected_account_ids: list[str] | None,
    user_identity_id: str | None,
    user_identity_ids: list[str] | None,
) -> Access:
    """Returns what a session is to see; its identity from the older list of one, if need be.

    Raises Seam's 404 for an id that the workspace does not have, as the endpoints do that read
    one. Unsourced: that Seam looks for them; it does so for the ids of a space.
    """
    if user_identity_id is None and user_identity_ids:
        user_identity_id = user_identity_ids[0]
    webviews = [find_webview(ctx, one) for one in connect_webview_ids or ()]
    accounts = [find_account(ctx, one) for one in connected_account_ids or ()]
    if user_identity_id is not None:
        find_identity(ctx, user_identity_id)
    return {
        "connect_webview_ids": [one.connect_webview_id for one in webviews],
        "connected_account_ids": [one.connected_account_id for one in accounts],
        "user_identity_id": user_identity_id,
    }


def _already_exists() -> ApiError:
    return ApiError(
        400,
        "client_session_token_already_exists",
        "A client session token already exists for this user, try using"
        " /client_session_tokens/get_or_create",
    )
