"""Requests that every endpoint refuses: for their credentials, or for their method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fakeseam.api.auth import (
    ACCESS_TOKEN,
    ACCESS_TOKEN_ALONE,
    API_KEY,
    CUSTOMER_SESSION,
    PUBLISHABLE_KEY,
    SESSION,
)
from tests.properties.faulty_values import UNKNOWN_ID

__all__ = ["FaultyRequest", "wrong_callers", "wrong_methods"]

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


@dataclass(frozen=True)
class FaultyRequest:
    """A request with one thing wrong, ``what``, and the ``status`` of Seam's answer.

    ``about`` is the wrong parameter; ``params`` makes the parameters for a world. ``token`` names
    one of the world's tokens, is a token itself, or "" for the first key. ``headers`` are
    credentials that only HTTP can express.
    """

    path: str
    what: str
    status: int
    about: str | None = None
    params: Callable[[Any], Mapping[str, Any]] | None = None
    method: str = "POST"
    token: str = ""
    workspace_id: str | None = None
    headers: Mapping[str, str] | None = None

    def __repr__(self):
        return f"<{self.path} {self.about or 'request'}: {self.what}>"


def wrong_callers(endpoint):
    def refused(what, status=401, **sent):
        return FaultyRequest(endpoint.path, what, status, **sent)

    yield refused("has no credentials", headers={})
    yield refused("has a basic key", headers={"Authorization": "Basic c2VhbV90ZXN0Og=="})
    yield refused("has an invalid session", 400, headers={"seam-client-session-token": "nonsense"})
    yield refused("has an unknown key", token="seam_test1234_unknown")
    yield refused("has an unknown session", token="seam_cst11234_unknown")
    yield refused("has an unknown access token", token="seam_at11234_unknown")
    yield refused("has a publishable key", token="seam_pk11234_unknown")
    yield refused("has a revoked session", token="revoked")
    yield refused("has an expired session", token="expired")
    if ACCESS_TOKEN_ALONE not in endpoint.callers:
        yield refused("has no workspace", token="personal")
    if PUBLISHABLE_KEY in endpoint.callers:
        yield refused("names no user", token="publishable")
        more = {"user_identifier_key": "new", "connected_account_ids": []}
        yield refused("is not empty", 403, token="publishable", params=lambda world: more)
    else:
        yield refused("has a publishable key of the workspace", token="publishable")
    yield refused("has an unknown workspace", token="personal", workspace_id=UNKNOWN_ID)
    for kind, token in ((SESSION, "session"), (CUSTOMER_SESSION, "customer"), (API_KEY, "key")):
        if kind not in endpoint.callers:
            yield refused(f"comes with a {kind}", token=token)
    if ACCESS_TOKEN not in endpoint.callers:
        yield refused("comes with an access token", token="personal", workspace_id="own")


def wrong_methods(endpoint):
    for method in METHODS:
        if method not in endpoint.methods:
            yield FaultyRequest(endpoint.path, f"is a {method}", 405, method=method)
