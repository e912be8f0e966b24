"""Credentials: the caller that they prove, and the groups of callers that endpoints declare.

Source: docs.seam.co api/authentication; the prefixes from the SDK's own checks. The messages
of the 401s are those of Seam's published npm fake.
"""

from __future__ import annotations

from typing import NamedTuple

from ..core.store import Store
from ..errors import ApiError
from .client_sessions.record import SESSIONS
from .context import Caller
from .workspaces.record import ACCESS_TOKENS, API_KEYS, WORKSPACES, Workspace

__all__ = [
    "ACCESS_TOKEN",
    "ACCESS_TOKEN_ALONE",
    "API_KEY",
    "BACKEND",
    "BACKEND_OR_CUSTOMER",
    "CONTROL",
    "CUSTOMER_SESSION",
    "Credentials",
    "EVERYONE",
    "PREFIXES",
    "PUBLISHABLE_KEY",
    "SESSION",
    "find_caller",
    "holds_token",
    "identify",
    "unauthorized",
]

# The kinds of credentials, named as in Seam's OpenAPI.
API_KEY = "api_key"
ACCESS_TOKEN = "pat_with_workspace"
ACCESS_TOKEN_ALONE = "pat_without_workspace"
SESSION = "client_session"
CUSTOMER_SESSION = "client_session_with_customer"
PUBLISHABLE_KEY = "publishable_key"
# Not Seam's: the fake's own endpoints need no credentials.
CONTROL = "control"

# The groups of callers that Seam's endpoints declare. Seam's console and support staff are left
# out: no app has their credentials, and fakeseam issues none.
BACKEND = frozenset({API_KEY, ACCESS_TOKEN})
BACKEND_OR_CUSTOMER = BACKEND | {CUSTOMER_SESSION}
EVERYONE = BACKEND | {SESSION, CUSTOMER_SESSION}

PREFIXES = {
    SESSION: "seam_cst",
    ACCESS_TOKEN: "seam_at",
    PUBLISHABLE_KEY: "seam_pk",
    API_KEY: "seam_",
}

# Unsourced: the message for a request without credentials.
NO_CREDENTIALS = "Missing or invalid authentication"
# The errors for valid credentials of a kind that the endpoint does not admit. Seam's npm fake
# tries the kinds of an endpoint in turn and reports the error of the last one. Unsourced: which is
# the last, and that a session in its own header gets the same error as a bearer. The API key's
# error says what was sent and what would do; nothing but an access token creates workspaces.
SESSION_FOR_API_KEY = (
    "client_session_token_used_for_api_key",
    "A client session token was used instead of an API key",
)
NO_ACCESS_TOKEN = "Access tokens must start with seam_at"

# Unsourced: the message in a workspace that has disabled publishable keys.
NO_PUBLISHABLE_KEYS = "Publishable key authentication is not enabled for this workspace"


class Credentials(NamedTuple):
    """The credentials of a request, each by the header that it came in.

    ``bearer`` may be a token of any kind. ``workspace_id`` is the workspace that an access token
    acts in, ``user_identifier_key`` the user that a publishable key is sent for.
    """

    bearer: str | None = None
    session: str | None = None
    workspace_id: str | None = None
    publishable_key: str | None = None
    user_identifier_key: str | None = None

    @property
    def token(self) -> str | None:
        """The token that proves the caller, or None without any.

        A bearer token with Seam's prefix beats a session header. A publishable key is used only
        if there is no other token.
        """
        if self.uses_bearer:
            return self.bearer
        return self.publishable_key if self.session is None else self.session

    @property
    def uses_bearer(self) -> bool:
        """Whether the bearer token is the one that proves the caller."""
        bearer = self.bearer
        return bearer is not None and (
            self.session is None or bearer.startswith(PREFIXES[API_KEY])
        )

    @property
    def is_for_servers(self) -> bool:
        """Whether its token is an API key or an access token, which no browser should have."""
        token = self.token
        if token is None or token == self.publishable_key:
            return False
        return not token.startswith(PREFIXES[SESSION])

    @classmethod
    def of_token(cls, token: str | None, workspace_id: str | None) -> Credentials:
        """Returns the credentials for a token of any kind; its prefix shows which."""
        if token is not None and token.startswith(PREFIXES[PUBLISHABLE_KEY]):
            return cls(publishable_key=token)
        return cls(bearer=token or None, workspace_id=workspace_id)


def identify(store: Store, now: str, credentials: Credentials, callers: frozenset[str]) -> Caller:
    """Returns the caller, if it is of a declared kind. Raises Seam's 401 or 400 otherwise."""
    caller = find_caller(store, now, credentials)
    if caller.kind not in callers:
        raise _not_admitted(caller.kind, callers)
    return caller


def holds_token(store: Store, token: str) -> bool:
    """Returns whether a token of any kind is one of this store's, expired or revoked ones too."""
    found = (
        store.get(API_KEYS, token),
        store.get(ACCESS_TOKENS, token),
        store.first(SESSIONS, ("token", token)),
        store.first(WORKSPACES, ("publishable_key", token)),
    )
    return any(record is not None for record in found)


def unauthorized(message: str, type: str = "unauthorized") -> ApiError:
    return ApiError(401, type, message)


def _not_admitted(kind: str, callers: frozenset[str]) -> ApiError:
    """Returns the 401 for valid credentials of a kind that the endpoint does not admit.

    Unsourced: the message for a publishable key and for an access token. Seam's npm fake has none
    that fits.
    """
    if kind in (API_KEY, SESSION, CUSTOMER_SESSION) and API_KEY not in callers:
        return unauthorized(NO_ACCESS_TOKEN)
    if kind in (SESSION, CUSTOMER_SESSION):
        type_, message = SESSION_FOR_API_KEY
        return unauthorized(message, type_)
    return unauthorized(NO_CREDENTIALS)


def find_caller(store: Store, now: str, credentials: Credentials) -> Caller:
    """Returns the caller that the credentials prove, whether an endpoint admits it or not.

    Raises Seam's 401 or 400 if they prove none.
    """
    bearer, session = credentials.bearer, credentials.session
    if bearer is not None and credentials.uses_bearer:
        return _of_bearer(store, now, bearer, credentials.workspace_id)
    if session is None and credentials.publishable_key is not None:
        return _of_publishable_key(store, credentials)
    if session is None:
        raise unauthorized(NO_CREDENTIALS)
    if not session.startswith(PREFIXES[SESSION]):
        raise ApiError(400, "invalid_client_session_token", "Invalid client session token")
    return _of_session(store, now, session)


def _of_bearer(store: Store, now: str, token: str, workspace_id: str | None) -> Caller:
    if token.startswith(PREFIXES[SESSION]):
        return _of_session(store, now, token)
    if token.startswith(PREFIXES[ACCESS_TOKEN]):
        return _of_access_token(store, token, workspace_id)
    key = store.get(API_KEYS, token)
    if key is None:
        raise unauthorized("API Key not found")
    return Caller(API_KEY, _workspace(store, key.workspace_id))


def _of_access_token(store: Store, token: str, workspace_id: str | None) -> Caller:
    if store.get(ACCESS_TOKENS, token) is None:
        raise unauthorized("Access token not found")
    if workspace_id is None:
        return Caller(ACCESS_TOKEN_ALONE)
    workspace = store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise unauthorized("Access token not found")
    return Caller(ACCESS_TOKEN, workspace)


def _of_publishable_key(store: Store, credentials: Credentials) -> Caller:
    index = ("publishable_key", credentials.publishable_key)
    workspace = store.first(WORKSPACES, index)
    if workspace is None:
        message = "Cannot find workspace associated with this publishable_key"
        raise unauthorized(message, "workspace_not_found")
    if not workspace.is_publishable_key_auth_enabled:
        raise unauthorized(NO_PUBLISHABLE_KEYS)
    user = credentials.user_identifier_key
    return Caller(PUBLISHABLE_KEY, workspace, user_identifier_key=user)


def _of_session(store: Store, now: str, token: str) -> Caller:
    session = store.first(SESSIONS, ("token", token))
    if session is None:
        raise _session_error("not_found", "not found")
    if session.is_revoked:
        raise _session_error("revoked", "revoked")
    if session.expires_at <= now:
        raise _session_error("expired", "expired")
    kind = SESSION if session.customer_key is None else CUSTOMER_SESSION
    return Caller(kind, _workspace(store, session.workspace_id), session)


def _session_error(suffix: str, reason: str) -> ApiError:
    return unauthorized(f"Unauthorized (client session {reason})", f"client_session_{suffix}")


def _workspace(store: Store, workspace_id: str) -> Workspace:
    workspace = store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise unauthorized("Workspace was not found", "workspace_not_found")
    return workspace
