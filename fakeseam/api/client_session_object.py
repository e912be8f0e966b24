"""A client session as Seam shows it: how one is made, found, and comes to see more.

Source: docs.seam.co api/client_sessions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ..core.clock import stamp, to_ms
from ..errors import ApiError
from .call import Call
from .customer_keys import ensure
from .records import ClientSession
from .tables import DEVICES, SESSIONS
from .tokens import new_token

__all__ = ["find", "make", "moment", "of_user", "show", "widen"]

LIFE = timedelta(days=365)  # Unsourced: that of @seamapi/fake-seam-connect


def make(
    call: Call,
    *,
    user_identifier_key: str | None = None,
    connect_webview_ids: Iterable[str] = (),
    connected_account_ids: Iterable[str] = (),
    user_identity_id: str | None = None,
    customer_key: str | None = None,
    expires_at: str | None = None,
) -> ClientSession:
    """A session of the call's workspace, for a year unless told otherwise."""
    session = ClientSession(
        client_session_id=call.new_id("client_session"),
        workspace_id=call.workspace_id,
        created_at=call.now(),
        expires_at=call.later(LIFE) if expires_at is None else moment(expires_at),
        token=new_token(call, call.workspace.ordinal, "cst1"),
        user_identifier_key=user_identifier_key,
        user_identity_id=user_identity_id,
        customer_key=ensure(call, customer_key) if customer_key else None,
        connect_webview_ids=tuple(connect_webview_ids),
        connected_account_ids=tuple(connected_account_ids),
        is_revoked=False,
    )
    return call.store.put(SESSIONS, session)


def show(call: Call, session: ClientSession) -> dict[str, Any]:
    """The session as Seam shows it; identity and customer are left out where there is none."""
    identity, customer = session.user_identity_id, session.customer_key
    accounts = {("account", session.workspace_id, one) for one in session.connected_account_ids}
    shown = {
        "client_session_id": session.client_session_id,
        "workspace_id": session.workspace_id,
        "created_at": session.created_at,
        "expires_at": session.expires_at,
        "token": session.token,
        "user_identifier_key": session.user_identifier_key,
        "device_count": sum(len(call.store.bucket(DEVICES, index)) for index in accounts),
        "connected_account_ids": list(session.connected_account_ids),
        "connect_webview_ids": list(session.connect_webview_ids),
        "user_identity_ids": [] if identity is None else [identity],
    }
    if identity is not None:
        shown["user_identity_id"] = identity
    if customer is not None:
        shown["customer_key"] = customer
    return shown


def find(
    call: Call, client_session_id: str | None, user_identifier_key: str | None = None
) -> ClientSession:
    """The session of the workspace that is both, or Seam's 404; also where neither is given."""
    if client_session_id is None:
        session = of_user(call, user_identifier_key)
    else:
        session = call.store.get(SESSIONS, client_session_id)
    if (
        session is None
        or session.workspace_id != call.workspace_id
        or user_identifier_key not in (None, session.user_identifier_key)
    ):
        raise ApiError(404, "client_session_not_found", "Could not find client session")
    return session


def of_user(call: Call, user_identifier_key: str | None) -> ClientSession | None:
    """The oldest session of a user, if there is one; nobody has none."""
    if user_identifier_key is None:
        return None
    return call.store.first(SESSIONS, ("user", call.workspace_id, user_identifier_key))


def widen(
    session: ClientSession,
    *,
    connect_webview_ids: Iterable[str],
    connected_account_ids: Iterable[str],
    user_identity_id: str | None,
) -> ClientSession:
    """The session with more to see; a session has one identity, so a new one replaces it."""
    webviews = dict.fromkeys((*session.connect_webview_ids, *connect_webview_ids))
    accounts = dict.fromkeys((*session.connected_account_ids, *connected_account_ids))
    return replace(
        session,
        connect_webview_ids=tuple(webviews),
        connected_account_ids=tuple(accounts),
        user_identity_id=user_identity_id or session.user_identity_id,
    )


def moment(expires_at: str) -> str:
    """A time that was given, as it is kept and shown; one that has passed is no error."""
    return stamp(to_ms(expires_at))
