"""A fault of a request, and the faults of who asks and how, which every endpoint knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from faulty_values import UNKNOWN_ID

from fakeseam.api.auth import (
    ACCESS_TOKEN,
    ACCESS_TOKEN_ALONE,
    API_KEY,
    CUSTOMER_SESSION,
    PUBLISHABLE_KEY,
    SESSION,
)

__all__ = ["Fault", "credential_faults", "method_faults"]

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


@dataclass(frozen=True)
class Fault:
    """``status`` is Seam's, ``about`` the parameter that is wrong, ``params`` are for a world.

    ``token`` names one of the world's tokens, is a token itself, or "" for the first key;
    ``headers`` stand for credentials that only HTTP can express.
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


def credential_faults(endpoint):
    def fault(what, status=401, **sent):
        return Fault(endpoint.path, what, status, **sent)

    yield fault("has no credentials", headers={})
    yield fault("has a basic key", headers={"Authorization": "Basic c2VhbV90ZXN0Og=="})
    yield fault("has a broken session", 400, headers={"seam-client-session-token": "nonsense"})
    yield fault("has an unknown key", token="seam_test1234_unknown")
    yield fault("has an unknown session", token="seam_cst11234_unknown")
    yield fault("has an unknown access token", token="seam_at11234_unknown")
    yield fault("has a publishable key", token="seam_pk11234_unknown")
    yield fault("has a revoked session", token="revoked")
    yield fault("has an expired session", token="expired")
    if ACCESS_TOKEN_ALONE not in endpoint.callers:
        yield fault("has no workspace", token="personal")
    if PUBLISHABLE_KEY in endpoint.callers:
        yield fault("names no user", token="publishable")
        more = {"user_identifier_key": "new", "connected_account_ids": []}
        yield fault("is not empty", 403, token="publishable", params=lambda world: more)
    else:
        yield fault("has a publishable key of the workspace", token="publishable")
    yield fault("has an unknown workspace", token="personal", workspace_id=UNKNOWN_ID)
    for kind, token in ((SESSION, "session"), (CUSTOMER_SESSION, "customer"), (API_KEY, "key")):
        if kind not in endpoint.callers:
            yield fault(f"comes with a {kind}", token=token)
    if ACCESS_TOKEN not in endpoint.callers:
        yield fault("comes with an access token", token="personal", workspace_id="own")


def method_faults(endpoint):
    for method in METHODS:
        if method not in endpoint.methods:
            yield Fault(endpoint.path, f"is a {method}", 405, method=method)
