"""Who asks: the credentials of a request, the caller they stand for, and what they open.

Source: docs.seam.co api/authentication; the prefixes from the SDK's own checks. The messages
of the 401s are those of Seam's published npm fake.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..core.clock import stamp
from ..errors import ApiError
from .call import Caller, World
from .records import Workspace
from .tables import ACCESS_TOKENS, API_KEYS, SESSIONS, WORKSPACES

__all__ = [
    "ACCESS_TOKEN",
    "ACCESS_TOKEN_ALONE",
    "API_KEY",
    "BACKEND",
    "BACKEND_OR_CUSTOMER",
    "CUSTOMER_SESSION",
    "Credentials",
    "EVERYONE",
    "LEVER",
    "PREFIXES",
    "PUBLISHABLE_KEY",
    "SESSION",
    "identify",
    "unauthorized",
]

# The kinds of credential, in the words of Seam's OpenAPI.
API_KEY = "api_key"
ACCESS_TOKEN = "pat_with_workspace"
ACCESS_TOKEN_ALONE = "pat_without_workspace"
SESSION = "client_session"
CUSTOMER_SESSION = "client_session_with_customer"
PUBLISHABLE_KEY = "publishable_key"
# Not Seam's: a test pulling a lever needs no key.
LEVER = "lever"

# The groups of callers that Seam's endpoints declare. Its console and its support staff
# call too, with credentials that no app has and the fake does not hand out.
BACKEND = frozenset({API_KEY, ACCESS_TOKEN})
BACKEND_OR_CUSTOMER = BACKEND | {CUSTOMER_SESSION}
EVERYONE = BACKEND | {SESSION, CUSTOMER_SESSION}

PREFIXES = {
    SESSION: "seam_cst",
    ACCESS_TOKEN: "seam_at",
    PUBLISHABLE_KEY: "seam_pk",
    API_KEY: "seam_",
}

# Unsourced: Seam does not print what it says to a request without credentials.
NO_CREDENTIALS = "Missing or invalid authentication"
# Unsourced: what it says in a workspace that does without publishable keys.
NO_PUBLISHABLE_KEYS = "Publishable key authentication is not enabled for this workspace"


@dataclass(frozen=True)
class Credentials:
    """What a request carried: tokens, each where its kind belongs, and who or what is named.

    ``user_identifier_key`` is the user that a publishable key is sent for.
    """

    bearer: str | None = None
    session: str | None = None
    workspace_id: str | None = None
    publishable_key: str | None = None
    user_identifier_key: str | None = None

    @classmethod
    def of_token(cls, token: str | None, workspace_id: str | None) -> Credentials:
        """Any token that a caller has at hand; its prefix tells the kind."""
        if token is not None and token.startswith(PREFIXES[PUBLISHABLE_KEY]):
            return cls(publishable_key=token)
        return cls(bearer=token or None, workspace_id=workspace_id)


def identify(world: World, credentials: Credentials, callers: frozenset[str]) -> Caller:
    """The caller, if one of the declared kinds; raises Seam's 401 (or 400) otherwise."""
    if LEVER in callers:
        return Caller(LEVER)
    caller = _caller(world, credentials)
    if caller.kind not in callers:
        raise unauthorized(NO_CREDENTIALS)
    return caller


def unauthorized(message: str, type: str = "unauthorized") -> ApiError:
    return ApiError(401, type, message)


def _caller(world: World, credentials: Credentials) -> Caller:
    """Credentials are judged by their shape: a bearer of Seam's beats a session header.

    A publishable key counts where there is nothing else.
    """
    bearer, session = credentials.bearer, credentials.session
    if bearer is not None and (session is None or bearer.startswith(PREFIXES[API_KEY])):
        return _of_bearer(world, bearer, credentials.workspace_id)
    if session is None and credentials.publishable_key is not None:
        return _of_publishable_key(world, credentials)
    if session is None:
        raise unauthorized(NO_CREDENTIALS)
    if not session.startswith(PREFIXES[SESSION]):
        raise ApiError(400, "invalid_client_session_token", "Invalid client session token")
    return _of_session(world, session)


def _of_bearer(world: World, token: str, workspace_id: str | None) -> Caller:
    if token.startswith(PREFIXES[SESSION]):
        return _of_session(world, token)
    if token.startswith(PREFIXES[ACCESS_TOKEN]):
        return _of_access_token(world, token, workspace_id)
    key = world.store.get(API_KEYS, token)
    if key is None:
        raise unauthorized("API Key not found")
    return Caller(API_KEY, _workspace(world, key.workspace_id))


def _of_access_token(world: World, token: str, workspace_id: str | None) -> Caller:
    if world.store.get(ACCESS_TOKENS, token) is None:
        raise unauthorized("Access token not found")
    if workspace_id is None:
        return Caller(ACCESS_TOKEN_ALONE)
    workspace = world.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise unauthorized("Access token not found")
    return Caller(ACCESS_TOKEN, workspace)


def _of_publishable_key(world: World, credentials: Credentials) -> Caller:
    index = ("publishable_key", credentials.publishable_key)
    workspace = world.store.first(WORKSPACES, index)
    if workspace is None:
        words = "Cannot find workspace associated with this publishable_key"
        raise unauthorized(words, "workspace_not_found")
    if not workspace.is_publishable_key_auth_enabled:
        raise unauthorized(NO_PUBLISHABLE_KEYS)
    user = credentials.user_identifier_key
    return Caller(PUBLISHABLE_KEY, workspace, user_identifier_key=user)


def _of_session(world: World, token: str) -> Caller:
    session = world.store.first(SESSIONS, ("token", token))
    if session is None:
        raise _session_error("not_found", "not found")
    if session.is_revoked:
        raise _session_error("revoked", "revoked")
    if session.expires_at <= stamp(world.clock.ms()):
        raise _session_error("expired", "expired")
    kind = SESSION if session.customer_key is None else CUSTOMER_SESSION
    return Caller(kind, _workspace(world, session.workspace_id), session)


def _session_error(suffix: str, words: str) -> ApiError:
    return unauthorized(f"Unauthorized (client session {words})", f"client_session_{suffix}")


def _workspace(world: World, workspace_id: str) -> Workspace:
    workspace = world.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise unauthorized("Workspace was not found", "workspace_not_found")
    return workspace
