"""Requests that Seam refuses, found by the declaration of an endpoint and by its rules.

A fault is one thing wrong with a request that would be accepted without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from werkzeug.test import Client

from fakeseam import ApiError
from fakeseam.api import endpoint_at
from fakeseam.api.auth import (
    ACCESS_TOKEN,
    ACCESS_TOKEN_ALONE,
    API_KEY,
    CUSTOMER_SESSION,
    PUBLISHABLE_KEY,
    SESSION,
)
from fakeseam.core.issues import Faults, type_name
from fakeseam.core.param_types import Shape

__all__ = ["Fault", "faults_of", "right", "send", "value_faults"]

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
NO_CURSOR = "bm8gY3Vyc29yIG9mIFNlYW0ncw=="
JSON_VALUES = (None, True, 7, "text", [], {})
# No id, no address, no base64, no time, and none of any list of words.
NONSENSE = "%no such thing%"
# What one item of a list, or one text, can be when it is right.
RIGHT = (UNKNOWN_ID, "2026-01-01T12:00:00Z", "somebody@example.com", "text")
LONGEST_TRIED = 1001
MOST_TRIED = 101

# What a request needs beyond the parameters that are declared as required.
NEEDED = {
    "/client_sessions/get": ("client_session_id",),
    "/client_sessions/grant_access": ("client_session_id",),
    "/connected_accounts/get": ("connected_account_id",),
    "/devices/get": ("device_id",),
    "/events/get": ("event_id",),
    "/events/list": ("since",),
}
# Where nothing is found without them, instead of a bad request.
FINDS_NOTHING = {"/client_sessions/get": 404}
# What an endpoint finds by id, and answers 404 without; elsewhere an id is a filter.
FOUND_BY = (
    "connected_account_id",
    "connect_webview_id",
    "device_id",
    "email",
    "event_id",
    "webhook_id",
    *("client_session_id", "action_attempt_id"),
)
# Ids that are kept as they are given, whatever they belong to.
KEPT_AS_GIVEN = {
    ("/client_sessions/create", "user_identity_id"),
    ("/client_sessions/get_or_create", "user_identity_id"),
    ("/client_sessions/grant_access", "user_identity_id"),
}
# A list whose workspace never holds two things has no second page.
ONE_AT_MOST = ("/action_attempts/list",)
ONLY_IN_A_SANDBOX = ("/connected_accounts/simulate/disconnect", "/workspaces/reset_sandbox")
# What a session that was given nothing cannot see.
HIDDEN_FROM_THE_BLIND = {
    "/connect_webviews/get": 404,
    "/connected_accounts/get": 404,
    "/devices/get": 401,
    "/events/get": 404,
    "/action_attempts/get": 404,
}


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


def right(world, path, ids=None):
    """The parameters of a request that is accepted."""
    ids = {**(world.own if ids is None else ids), "since": "2020-01-01", "name": "Somewhere"}
    endpoint = endpoint_at(path)
    required = [name for name, param in endpoint.params.items() if param.required]
    return {name: ids[name] for name in (*required, *NEEDED.get(path, ()))}


def send(world, fault):
    """Send the request; raises ``ApiError`` when it is refused, through whichever door."""
    params = fault.params(world) if fault.params else right(world, fault.path)
    if fault.headers is None:
        token = world.tokens.get(fault.token, fault.token) or world.token(fault.path)
        inside = world.fake.workspace_id if fault.workspace_id == "own" else fault.workspace_id
        return world.fake.call(
            fault.path, params, method=fault.method, token=token, workspace_id=inside
        )
    client = Client(world.fake.wsgi_app)
    response = client.post(fault.path, json=params, headers=fault.headers)
    if response.status_code >= 400:
        error = response.get_json()["error"]
        raise ApiError(response.status_code, error["type"], error["message"])
    return response.get_json()


@cache
def faults_of(path):
    """Every fault that is known of an endpoint."""
    endpoint = endpoint_at(path)
    return [
        *parameter_faults(endpoint),
        *finding_faults(endpoint),
        *rule_faults(endpoint),
        *credential_faults(endpoint),
        *method_faults(endpoint),
    ]


# One parameter is missing, or is not what it is declared to be


def parameter_faults(endpoint):
    for name, param in endpoint.params.items():
        if param.required or name in NEEDED.get(endpoint.path, ()):
            status = FINDS_NOTHING.get(endpoint.path, 400)
            yield Fault(endpoint.path, "is missing", status, name, without(endpoint, name))
        for what, value in value_faults(param):
            yield Fault(endpoint.path, what, 400, name, replacing(endpoint, name, value))


def without(endpoint, name):
    def params(world):
        return {key: it for key, it in right(world, endpoint.path).items() if key != name}

    return params


def replacing(endpoint, name, value):
    """Of parameters that stand for each other only this one is sent: a right one would do."""
    others = {*endpoint.either, *({"since"} if name == "between" else ())} - {name}

    def params(world):
        base = right(world, endpoint.path)
        return {key: it for key, it in base.items() if key not in others} | {name: value}

    return params


def value_faults(param):
    """What is wrong, and a value that the declaration refuses for it."""
    for value in JSON_VALUES:
        if type_name(value) != param.expects and refuses(param, value):
            yield f"is of type {type_name(value)}", value
    by_type = {
        "string": text_faults,
        "number": number_faults,
        "array": array_faults,
        "object": shape_faults if isinstance(param, Shape) else record_faults,
    }
    for what, value in by_type.get(param.expects, lambda param: ())(param):
        if refuses(param, value):
            yield what, value


def refuses(param, value):
    try:
        param.read(value, ("it",))
    except Faults:
        return True
    return False


def text_faults(param):
    yield "is empty", ""
    yield "is nonsense", NONSENSE
    lengths = (n for n in range(1, LONGEST_TRIED) if refuses(param, "x" * n))
    if not refuses(param, "x"):
        yield from ((f"is {n} characters long", "x" * n) for n in list(lengths)[:1])


def number_faults(param):
    for value in (0, -1, 0.5, float("inf")):
        yield f"is {value}", value


def array_faults(param):
    item = right_value(param.item)
    fits = [count for count in range(MOST_TRIED) if not refuses(param, [item] * count)]
    for count in {n for fit in fits for n in (fit - 1, fit + 1) if n >= 0}.difference(fits):
        yield f"has {count} items", [item] * count
    for what, value in value_faults(param.item):
        yield f"has an item that {what}", [item, value]


def record_faults(param):
    yield "has 51 keys", {f"key{n}": "x" for n in range(51)}
    yield "has a key of 41 characters", {"k" * 41: "x"}
    yield "has a key of 21 emoji", {"\N{DOOR}" * 21: "x"}
    yield "has a key with a period", {"a.b": "x"}
    yield "has a value of 501 characters", {"a": "x" * 501}
    for value in (7, [], {}):
        yield f"has a value of type {type_name(value)}", {"right": "x", "a": value}


def shape_faults(param):
    for name, member in param.members.items():
        for what, value in value_faults(member):
            yield f"has a {name} that {what}", {name: value}


def right_value(param):
    """A value that is accepted; an enum tells its words when it refuses another."""
    try:
        param.read(NONSENSE, ("it",))
    except Faults as faults:
        words = re.findall(r"'(\w[^']*)' \|", faults.issues[0].text)
        return next(value for value in (*RIGHT, *words) if not refuses(param, value))
    return NONSENSE


# Something is asked for that is not there, or not to be seen


def finding_faults(endpoint):
    if endpoint.name == "list":
        return
    for name in FOUND_BY:
        if name in endpoint.params and (endpoint.path, name) not in KEPT_AS_GIVEN:
            unknown = "nobody@example.com" if name == "email" else UNKNOWN_ID
            yield Fault(
                endpoint.path, "is unknown", 404, name, replacing(endpoint, name, unknown)
            )
            yield Fault(endpoint.path, "is foreign", 404, name, foreign(endpoint, name))


def foreign(endpoint, name):
    def params(world):
        return replacing(endpoint, name, world.foreign[name])(world)

    return params


def rule_faults(endpoint):
    path = endpoint.path

    def fault(what, status, about=None, **sent):
        return Fault(path, what, status, about, lambda world: right(world, path) | sent)

    if path in NEEDED:
        yield Fault(path, "says nothing", FINDS_NOTHING.get(path, 400), None, lambda world: {})
    if path in ONLY_IN_A_SANDBOX:
        yield Fault(path, "is for sandboxes", 400, None, in_production(path), token="production")
    if path in HIDDEN_FROM_THE_BLIND:
        yield Fault(path, "is out of sight", HIDDEN_FROM_THE_BLIND[path], token="blind")
    if "page_cursor" in endpoint.params:
        yield fault("is no cursor", 400, "page_cursor", page_cursor=NO_CURSOR)
        if path not in ONE_AT_MOST:
            yield Fault(path, "is another list's", 400, "page_cursor", other_cursor(path))
    if path == "/events/list":
        between = ["2020-01-01", "2021-01-01"]
        yield fault("stands beside since", 400, "between", between=between)
        yield Fault(path, "falls", 400, "between", lambda world: {"between": between[::-1]})
    if path == "/events/get":
        yield fault("does not fit", 404, "event_type", event_type="device.removed")
    if path == "/devices/get":
        yield fault("does not fit", 404, "name", name="Nobody's Door")
    if path == "/client_sessions/get":
        yield Fault(path, "stands beside its own token", 400, token="session")
        yield fault("is somebody else's", 404, "user_identifier_key", user_identifier_key="u")
    if path == "/client_sessions/create":
        yield fault("is known", 400, "user_identifier_key", user_identifier_key="known")
    if path == "/connected_accounts/update":
        more = {"custom_metadata": {"lost": "x"}, "display_name": "Lost"}
        yield fault("is another customer's", 400, "customer_key", customer_key="c2", **more)


def in_production(path):
    return lambda world: right(world, path, world.production)


def other_cursor(path):
    def params(world):
        key = world.keys[0]
        page = world.fake.call(path, {"limit": 1}, token=key)["pagination"]
        return {"limit": 2, "page_cursor": page["next_page_cursor"]}

    return params


# The wrong one asks, or asks in a wrong way


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
