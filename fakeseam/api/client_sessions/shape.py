"""Creating a client session, finding it, adding to its access, and showing it as Seam does.

Source: docs.seam.co api/client_sessions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypedDict

from ...core.clock import format_timestamp, to_ms
from ...core.record_types import replace
from ...errors import ApiError
from ..context import RequestContext
from ..customers.keys import ensure
from ..devices.record import DEVICES
from ..events.emit import emit
from ..tokens import new_token
from .record import SESSIONS, ClientSession

__all__ = [
    "Access",
    "emit_deleted",
    "find",
    "is_expired",
    "make",
    "of_user",
    "show",
    "to_timestamp",
    "with_access",
]

LIFETIME = timedelta(days=365)  # Unsourced: as in @seamapi/fake-seam-connect


class Access(TypedDict):
    """What a session may see."""

    connect_webview_ids: Iterable[str]
    connected_account_ids: Iterable[str]
    user_identity_id: str | None


def make(
    ctx: RequestContext,
    *,
    user_identifier_key: str | None = None,
    connect_webview_ids: Iterable[str] = (),
    connected_account_ids: Iterable[str] = (),
    user_identity_id: str | None = None,
    customer_key: str | None = None,
    expires_at: str | None = None,
    token: str | None = None,
) -> ClientSession:
    """Creates a session in the workspace. It expires at ``expires_at``, or after a year.

    A given token must not be in use.
    """
    session = ClientSession(
        client_session_id=ctx.new_key(SESSIONS),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        expires_at=ctx.now_plus(LIFETIME) if expires_at is None else to_timestamp(expires_at),
        token=token or new_token(ctx, ctx.workspace.ordinal, "cst1"),
        user_identifier_key=user_identifier_key,
        user_identity_id=user_identity_id,
        customer_key=ensure(ctx, customer_key) if customer_key else None,
        connect_webview_ids=tuple(connect_webview_ids),
        connected_account_ids=tuple(connected_account_ids),
        is_revoked=False,
    )
    return ctx.store.put(SESSIONS, session)


def show(ctx: RequestContext, session: ClientSession) -> dict[str, Any]:
    """Returns the session as Seam shows it; a missing identity or customer is left out."""
    identity, customer = session.user_identity_id, session.customer_key
    accounts = {
        ("connected_account_id", session.workspace_id, one)
        for one in session.connected_account_ids
    }
    members = {
        "client_session_id": session.client_session_id,
        "workspace_id": session.workspace_id,
        "created_at": session.created_at,
        "expires_at": session.expires_at,
        "token": session.token,
        "user_identifier_key": session.user_identifier_key,
        "device_count": sum(len(ctx.store.bucket(DEVICES, index)) for index in accounts),
        "connected_account_ids": list(session.connected_account_ids),
        "connect_webview_ids": list(session.connect_webview_ids),
        "user_identity_ids": [] if identity is None else [identity],
    }
    if identity is not None:
        members["user_identity_id"] = identity
    if customer is not None:
        members["customer_key"] = customer
    return members


def find(
    ctx: RequestContext, client_session_id: str | None, user_identifier_key: str | None = None
) -> ClientSession:
    """Returns the workspace's session with this id and this user; either may be None.

    Raises Seam's 404 if there is no such session, or if both are None.
    """
    if client_session_id is None:
        session = of_user(ctx, user_identifier_key)
    else:
        session = ctx.get(SESSIONS, client_session_id)
    if session is None or user_identifier_key not in (None, session.user_identifier_key):
        raise ApiError(404, "client_session_not_found", "Could not find client session")
    return session


def of_user(ctx: RequestContext, user_identifier_key: str | None) -> ClientSession | None:
    """Returns the oldest session of the user that has not expired, else the oldest.

    Returns None if the user has none or no user is given.
    """
    if user_identifier_key is None:
        return None
    sessions = ctx.store.find(SESSIONS, ("user", ctx.workspace_id, user_identifier_key))
    valid = (session for session in sessions if not is_expired(ctx, session))
    return next(valid, sessions[0] if sessions else None)


def is_expired(ctx: RequestContext, session: ClientSession) -> bool:
    """Returns whether the session's token opens nothing any more."""
    return session.expires_at <= ctx.now()


def emit_deleted(ctx: RequestContext, session: ClientSession) -> None:
    """Emits the event of a session that is deleted."""
    emit(ctx, "client_session.deleted", client_session_id=session.client_session_id)


def with_access(
    session: ClientSession,
    *,
    connect_webview_ids: Iterable[str],
    connected_account_ids: Iterable[str],
    user_identity_id: str | None,
) -> ClientSession:
    """Returns the session with more access. It has one identity, so a new one replaces it."""
    webviews = dict.fromkeys((*session.connect_webview_ids, *connect_webview_ids))
    accounts = dict.fromkeys((*session.connected_account_ids, *connected_account_ids))
    return replace(
        session,
        connect_webview_ids=tuple(webviews),
        connected_account_ids=tuple(accounts),
        user_identity_id=user_identity_id or session.user_identity_id,
    )


def to_timestamp(expires_at: str) -> str:
    """Returns a time from a request as Seam writes times. A time in the past is valid."""
    return format_timestamp(to_ms(expires_at))
