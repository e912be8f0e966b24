"""/client_sessions: what a user's own device may see of a workspace, and for how long.

Source: docs.seam.co api/client_sessions and core-concepts/authentication/client-session-tokens;
the words of the refusals, and POST against PUT, from @seamapi/fake-seam-connect.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace
from ..core.params import array, boolean, datetime_text, text, uuid
from ..errors import ApiError
from .auth import BACKEND, PUBLISHABLE_KEY, SESSION, unauthorized
from .call import Call
from .client_session_object import find, make, moment, of_user, show, widen
from .events import emit
from .tables import SESSIONS

__all__ = ["namespace"]

namespace = Namespace("/client_sessions")

# The parameters that a publishable key may not send, as anybody may have one. Unsourced: that
# those of an identity and a customer are among them; Seam's words name the first two.
_NOT_EMPTY = (
    "connect_webview_ids",
    "connected_account_ids",
    "user_identity_id",
    "user_identity_ids",
    "customer_key",
    "customer_id",
)
# The filters of a list that are an index; null is looked for like any other value.
_FILTERS = {
    "user_identifier_key": "user",
    "connect_webview_id": "webview",
    "user_identity_id": "user_identity",
}


@namespace.endpoint("POST PUT", callers=BACKEND | {PUBLISHABLE_KEY}, answer="client_session")
def create(
    call: Call,
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
    """A new session; where the user has one, PUT answers that one and POST is refused.

    Unsourced: that a session that has expired or was revoked counts too, and that
    ``customer_id`` means the customer's key: no answer of Seam's tells another id.
    """
    user = _user(call, user_identifier_key)
    before = of_user(call, user)
    if before is not None and call.method != "PUT":
        raise _taken()
    return show(
        call,
        before
        or make(
            call,
            user_identifier_key=user,
            connect_webview_ids=connect_webview_ids or (),
            connected_account_ids=connected_account_ids or (),
            user_identity_id=_identity(user_identity_id, user_identity_ids),
            customer_key=customer_key or customer_id,
            expires_at=expires_at,
        ),
    )


@namespace.endpoint("POST", callers=BACKEND | {PUBLISHABLE_KEY}, answer="client_session")
def get_or_create(
    call: Call,
    *,
    user_identifier_key: str | None = text(minimum=1),
    connected_account_ids: list[str] | None = array(text()),
    connect_webview_ids: list[str] | None = array(text()),
    user_identity_id: str | None = uuid(),
    user_identity_ids: list[str] | None = array(uuid(), exactly=1),
    expires_at: str | None = datetime_text(),
) -> dict[str, Any]:
    """The user's session, with what was sent added to it; a new one if there is none.

    Unsourced: that without a user's key a session is made each time, and that one that was
    revoked is answered as it is.
    """
    user = _user(call, user_identifier_key)
    before = of_user(call, user)
    session = before or make(call, user_identifier_key=user)
    session = widen(
        session,
        connect_webview_ids=connect_webview_ids or (),
        connected_account_ids=connected_account_ids or (),
        user_identity_id=_identity(user_identity_id, user_identity_ids),
    )
    if expires_at is not None:
        session = replace(session, expires_at=moment(expires_at))
    return show(call, call.store.put(SESSIONS, session))


@namespace.endpoint("GET POST", callers=BACKEND | {SESSION}, answer="client_session")
def get(
    call: Call,
    *,
    client_session_id: str | None = uuid(),
    user_identifier_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """One session: by its id, its user or both; a session's own token gets itself."""
    if call.session is None:
        return show(call, find(call, client_session_id, user_identifier_key))
    if call.sent:
        raise ApiError(
            400,
            "invalid_options",
            "Cannot send client_session_id or user_identifier_key params when using a client"
            " session token",
        )
    return show(call, call.session)


@namespace.endpoint("GET POST", callers=BACKEND, answer="client_sessions")
def list_(
    call: Call,
    *,
    client_session_id: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    connect_webview_id: str | None = text(nullable=True),
    user_identity_id: str | None = text(nullable=True),
    without_user_identifier_key: bool | None = boolean(),
) -> list[dict[str, Any]]:
    """The sessions that meet every filter, oldest first; revoked and expired ones too.

    A webview or an identity that is null asks for the sessions that have none.
    """
    within: set[Hashable] = {("workspace", call.workspace_id)}
    for name, index in _FILTERS.items():
        if name in call.sent:
            within.add((index, call.workspace_id, call.sent[name]))
    if without_user_identifier_key:
        within.add(("user", call.workspace_id, None))
    if client_session_id is not None:
        one = call.store.get(SESSIONS, client_session_id)
        found = [] if one is None else [one]
    else:
        narrowest = min(within, key=lambda index: len(call.store.bucket(SESSIONS, index)))
        found = call.store.find(SESSIONS, narrowest)
    return [show(call, session) for session in found if within.issubset(SESSIONS.index(session))]


def _at_least_one(sent: Mapping[str, Any]) -> str | None:
    return None if sent else "At least one parameter is required"  # Unsourced: the words


@namespace.endpoint(
    "PATCH POST", callers=BACKEND, answer="client_session", checks=[_at_least_one]
)
def grant_access(
    call: Call,
    *,
    client_session_id: str | None = text(),
    user_identifier_key: str | None = text(minimum=1),
    connected_account_ids: list[str] | None = array(text()),
    connect_webview_ids: list[str] | None = array(text()),
    user_identity_id: str | None = text(),
    user_identity_ids: list[str] | None = array(text(), exactly=1),
) -> dict[str, Any]:
    """A session, found by its id or its user, sees more from now on.

    Unsourced: that beside an id the user's key is something to be added too; Seam calls it
    the user "to associate with the client session".
    """
    named = None if client_session_id is not None else user_identifier_key
    session = find(call, client_session_id, named)
    if user_identifier_key not in (None, session.user_identifier_key):
        if of_user(call, user_identifier_key) is not None:
            raise _taken()
        session = replace(session, user_identifier_key=user_identifier_key)
    session = widen(
        session,
        connect_webview_ids=connect_webview_ids or (),
        connected_account_ids=connected_account_ids or (),
        user_identity_id=_identity(user_identity_id, user_identity_ids),
    )
    return show(call, call.store.put(SESSIONS, session))


@namespace.endpoint("POST", callers=BACKEND)
def revoke(call: Call, *, client_session_id: str = uuid(required=True)) -> None:
    """The token opens nothing any more; the session can still be looked at.

    Unsourced: that it stays, and that revoking twice is no error.
    """
    session = find(call, client_session_id)
    call.store.put(SESSIONS, replace(session, is_revoked=True))


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(call: Call, *, client_session_id: str = uuid(required=True)) -> None:
    """The session is gone; what was seen through it stays."""
    session = find(call, client_session_id)
    emit(call, "client_session.deleted", client_session_id=session.client_session_id)
    call.store.delete(SESSIONS, session.client_session_id)


def _user(call: Call, user_identifier_key: str | None) -> str | None:
    """Whose session is asked for. A publishable key has to say it, and gets an empty one."""
    if call.caller.kind != PUBLISHABLE_KEY:
        return user_identifier_key
    user = user_identifier_key or call.caller.user_identifier_key
    if user is None or not user.strip():
        raise unauthorized(
            "user_identifier_key is required with publishable_key",
            "publishable_key_requires_user_identifier_key",
        )
    if any(name in call.sent for name in _NOT_EMPTY):
        raise ApiError(
            403,
            "publishable_keys_must_create_empty_client_sessions",
            "You cannot specify connect_webview_ids or connected_account_ids when using a"
            " publishable key",
        )
    return user


def _identity(one: str | None, several: list[str] | None) -> str | None:
    """The user identity, by the name of the parameter that is used now or by the old one."""
    return one if one is not None else several[0] if several else None


def _taken() -> ApiError:
    return ApiError(
        400,
        "client_session_token_already_exists",
        "A client session token already exists for this user, try using"
        " /client_session_tokens/get_or_create",
    )
