"""Requests that Seam refuses, found by the declaration of an endpoint and by its rules.

A fault is one thing wrong with a request that would be accepted without it.
"""

from __future__ import annotations

from functools import cache

from faulty_values import UNKNOWN_ID, value_faults
from werkzeug.test import Client
from wrong_callers import Fault, credential_faults, method_faults

from fakeseam import ApiError
from fakeseam.api import endpoint_at

__all__ = ["faults_of", "right", "send"]

NO_CURSOR = "bm8gY3Vyc29yIG9mIFNlYW0ncw=="

# What a request needs beyond the parameters that are declared as required.
NEEDED = {
    "/client_sessions/get": ("client_session_id",),
    "/client_sessions/grant_access": ("client_session_id",),
    "/connected_accounts/get": ("connected_account_id",),
    "/devices/get": ("device_id",),
    "/devices/unmanaged/get": ("device_id",),
    "/events/get": ("event_id",),
    "/events/list": ("since",),
    "/spaces/get": ("space_id",),
    "/spaces/update": ("space_id",),
    "/user_identities/get": ("user_identity_id",),
}
# What is required and names nothing.
PLAIN = {
    "since": "2020-01-01",
    "name": "Somebody's Room",
    "customer_key": "c1",
    "customer_data": {"customer_key": "c1"},
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
    "space_id",
    "user_identity_id",
    *("client_session_id", "action_attempt_id"),
)
# Ids that are kept as they are given, whatever they belong to.
KEPT_AS_GIVEN = {
    (f"/client_sessions/{name}", kept)
    for name in ("create", "get_or_create", "grant_access")
    for kept in ("user_identity_id", "connected_account_ids")
}
SIMULATIONS = tuple(
    f"/devices/simulate/{name}"
    for name in ("connect", "disconnect", "remove", "connect_to_hub", "disconnect_from_hub")
) + ("/devices/simulate/paid_subscription",)
ONLY_IN_A_SANDBOX = (
    "/connected_accounts/simulate/disconnect",
    "/workspaces/reset_sandbox",
    *SIMULATIONS,
)
# What takes managed devices alone, or unmanaged ones alone, and what it says to the others.
ON_ONE_SIDE = {
    "/devices/get": 404,
    "/devices/update": 400,
    "/devices/unmanaged/get": 404,
    "/devices/unmanaged/update": 400,
    **dict.fromkeys(SIMULATIONS, 400),
}
# What a session that was given nothing cannot see.
HIDDEN_FROM_THE_BLIND = {
    "/connect_webviews/get": 404,
    "/connected_accounts/get": 404,
    "/devices/get": 401,
    "/devices/unmanaged/get": 401,
    "/devices/update": 401,
    "/events/get": 404,
    "/action_attempts/get": 404,
}
# What nothing of is modelled: whatever is named does not exist.
NEVER_THERE = (
    ("/spaces/create", "acs_entrance_ids"),
    ("/spaces/update", "acs_entrance_ids"),
    ("/user_identities/create", "acs_system_ids"),
)
# What has to be there, where several are named.
NAMED = ("device_ids", "connected_account_ids")


def right(world, path, ids=None):
    """The parameters of a request that is accepted."""
    ids = {**(world.own if ids is None else ids), **PLAIN}
    if path.startswith("/devices/unmanaged/"):
        ids["device_id"], ids["unmanaged_id"] = ids["unmanaged_id"], ids["device_id"]
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
    for name in NAMED:
        if name in endpoint.params and (endpoint.path, name) not in KEPT_AS_GIVEN:
            sent = replacing(endpoint, name, [UNKNOWN_ID])
            yield Fault(endpoint.path, "names an unknown one", 404, name, sent)
    for path, name in NEVER_THERE:
        if path == endpoint.path:
            sent = replacing(endpoint, name, [UNKNOWN_ID])
            yield Fault(path, "names what is not modelled", 404, name, sent)


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
    if path in ON_ONE_SIDE:
        yield Fault(path, "is on the other side", ON_ONE_SIDE[path], "device_id", other_side(path))
    if path == "/devices/report_provider_metadata":
        unknown = [{"device_id": UNKNOWN_ID}]
        yield fault("has one that is unknown", 404, "devices", devices=unknown)
    if path in HIDDEN_FROM_THE_BLIND:
        yield Fault(path, "is out of sight", HIDDEN_FROM_THE_BLIND[path], token="blind")
    if "page_cursor" in endpoint.params:
        yield fault("is no cursor", 400, "page_cursor", page_cursor=NO_CURSOR)
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
    if path in ("/spaces/create", "/spaces/update"):
        yield fault("is another space's", 400, "space_key", space_key="taken", name="Lost")
    if path in ("/user_identities/create", "/user_identities/update"):
        for name, value in TAKEN.items():
            yield fault("is another one's", 400, name, full_name="Lost", **{name: value})
    if path in ("/customers/push_data", "/customers/create_portal"):
        yield Fault(path, "is another customer's", 400, "spaces", pushing_the_taken(path))
    if path == "/connected_accounts/update":
        more = {"custom_metadata": {"lost": "x"}, "display_name": "Lost"}
        yield fault("is another customer's", 400, "customer_key", customer_key="c2", **more)


TAKEN = {
    "user_identity_key": "taken",
    "email_address": "TAKEN@example.com",
    "phone_number": "+15555550100",
}


def pushing_the_taken(path):
    """The other customer's key comes last: what came before it is taken back."""
    spaces = [{"name": "Lost", "space_key": "lost"}, {"name": "Lost", "space_key": "taken"}]
    data = {"customer_key": "c1", "spaces": spaces}
    return lambda world: {"customer_data": data} if path.endswith("portal") else data


def in_production(path):
    return lambda world: right(world, path, world.production)


def other_side(path):
    def params(world):
        sent = right(world, path)
        ids = {sent["device_id"], world.own["device_id"], world.own["unmanaged_id"]}
        return {**sent, "device_id": (ids - {sent["device_id"]}).pop()}

    return params


def other_cursor(path):
    def params(world):
        key = world.keys[0]
        page = world.fake.call(path, {"limit": 1}, token=key)["pagination"]
        return {"limit": 2, "page_cursor": page["next_page_cursor"]}

    return params
