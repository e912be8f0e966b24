"""Requests that Seam refuses, found by the declaration of an endpoint and by its rules.

One thing is wrong with each; without it the request would be accepted.
"""

from __future__ import annotations

from functools import cache, partial

from werkzeug.test import Client

from fakeseam import ApiError
from fakeseam.api import endpoint_at
from tests.properties.faulty_values import UNKNOWN_ID, faulty_values
from tests.properties.wrong_callers import FaultyRequest, wrong_callers, wrong_methods

__all__ = ["faulty_requests_of", "right", "send"]

NO_CURSOR = "bm8gY3Vyc29yIG9mIFNlYW0ncw=="

# What a request needs beyond the parameters that are declared as required.
NEEDED = {
    "/access_codes/get": ("access_code_id",),
    "/access_codes/list": ("device_id",),
    "/access_codes/report_device_constraints": ("min_code_length",),
    "/access_codes/unmanaged/get": ("access_code_id",),
    "/client_sessions/get": ("client_session_id",),
    "/client_sessions/grant_access": ("client_session_id",),
    "/connected_accounts/get": ("connected_account_id",),
    "/devices/get": ("device_id",),
    "/devices/unmanaged/get": ("device_id",),
    "/events/get": ("event_id",),
    "/events/list": ("since",),
    "/locks/get": ("device_id",),
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
    "code": "97531",
    "min_code_length": 5,
    "auto_lock_enabled": False,
    "is_managed": True,
}
# Where nothing is found without them, instead of a bad request.
FINDS_NOTHING = {"/client_sessions/get": 404}
# What an endpoint finds by id, and answers 404 without; elsewhere an id is a filter.
FOUND_BY = (
    "connected_account_id",
    "connect_webview_id",
    "device_id",
    "access_code_id",
    "email",
    "event_id",
    "webhook_id",
    "space_id",
    "user_identity_id",
    *("client_session_id", "action_attempt_id"),
)
SIMULATIONS = tuple(
    f"/devices/simulate/{name}"
    for name in ("connect", "disconnect", "remove", "connect_to_hub", "disconnect_from_hub")
) + ("/devices/simulate/paid_subscription",)
ENTERED = "/locks/simulate/keypad_code_entry"
SIMULATED_CODE = "/access_codes/simulate/create_unmanaged_access_code"
ONLY_IN_A_SANDBOX = (
    ENTERED,
    SIMULATED_CODE,
    "/locks/simulate/manual_lock_via_keypad",
    "/connected_accounts/simulate/disconnect",
    "/workspaces/reset_sandbox",
    *SIMULATIONS,
)
# What accepts only managed devices, or only unmanaged ones, and its status for the others.
ON_ONE_SIDE = {
    "/devices/get": 404,
    "/devices/update": 400,
    "/devices/unmanaged/get": 404,
    "/devices/unmanaged/update": 400,
    **dict.fromkeys(SIMULATIONS, 400),
    "/locks/get": 404,
    **dict.fromkeys(
        (
            *("/locks/lock_door", "/locks/unlock_door", "/locks/configure_auto_lock"),
            *("/locks/simulate/manual_lock_via_keypad", ENTERED, SIMULATED_CODE),
            *("/access_codes/create", "/access_codes/generate_code"),
        ),
        400,
    ),
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
    "/locks/get": 401,
    "/locks/lock_door": 401,
    "/locks/unlock_door": 401,
    "/locks/configure_auto_lock": 401,
    "/access_codes/create": 401,
    "/access_codes/create_multiple": 401,
    "/access_codes/generate_code": 401,
    "/access_codes/report_device_constraints": 401,
    SIMULATED_CODE: 401,
    "/access_codes/get": 404,
    "/access_codes/update": 404,
    "/access_codes/update_multiple": 404,
    "/access_codes/delete": 404,
    "/access_codes/pull_backup_access_code": 404,
    "/access_codes/unmanaged/get": 404,
    "/access_codes/unmanaged/update": 404,
    "/access_codes/unmanaged/delete": 404,
    "/access_codes/unmanaged/convert_to_managed": 404,
}
# What fakeseam does not implement: nothing has these ids.
NEVER_THERE = (
    ("/spaces/create", "acs_entrance_ids"),
    ("/spaces/update", "acs_entrance_ids"),
    ("/user_identities/create", "acs_system_ids"),
)
# What has to be there, where several are named.
NAMED = ("device_ids", "connected_account_ids", "connect_webview_ids")


def right(world, path, ids=None):
    """The parameters of a request that is accepted."""
    ids = {**(world.own if ids is None else ids), **PLAIN}
    if path.startswith("/devices/unmanaged/"):
        ids["device_id"], ids["unmanaged_id"] = ids["unmanaged_id"], ids["device_id"]
    if path.startswith("/access_codes/unmanaged/"):
        ids["access_code_id"] = ids["unmanaged_code_id"]
    if path == "/access_codes/report_device_constraints":
        ids["device_id"] = ids["silent_id"]
    endpoint = endpoint_at(path)
    required = [name for name, param in endpoint.params.items() if param.required]
    return {name: ids[name] for name in (*required, *NEEDED.get(path, ()))}


def send(world, request):
    """Send the request; raises ``ApiError`` if it is refused."""
    params = request.params(world) if request.params else right(world, request.path)
    if request.headers is None:
        token = world.tokens.get(request.token, request.token) or world.token(request.path)
        inside = world.fake.workspace_id if request.workspace_id == "own" else request.workspace_id
        return world.fake.call(
            request.path, params, method=request.method, token=token, workspace_id=inside
        )
    client = Client(world.fake.wsgi_app)
    response = client.post(request.path, json=params, headers=request.headers)
    if response.status_code >= 400:
        error = response.get_json()["error"]
        raise ApiError(response.status_code, error["type"], error["message"])
    return response.get_json()


@cache
def faulty_requests_of(path):
    """All faulty requests to an endpoint."""
    endpoint = endpoint_at(path)
    return [
        *faulty_parameters(endpoint),
        *unknown_things(endpoint),
        *broken_rules(endpoint),
        *wrong_callers(endpoint),
        *wrong_methods(endpoint),
    ]


# One parameter is missing, or is not what it is declared to be


def faulty_parameters(endpoint):
    refused = partial(FaultyRequest, endpoint.path)
    for name, param in endpoint.params.items():
        if param.required or name in NEEDED.get(endpoint.path, ()):
            status = FINDS_NOTHING.get(endpoint.path, 400)
            yield refused("is missing", status, name, without(endpoint, name))
        for what, value in faulty_values(param):
            yield refused(what, 400, name, replacing(endpoint, name, value))


def without(endpoint, name):
    def params(world):
        return {key: it for key, it in right(world, endpoint.path).items() if key != name}

    return params


def replacing(endpoint, name, value):
    """Of parameters that stand for each other only this one is sent: a right one would do."""
    others = {*endpoint.any_of, *({"since"} if name == "between" else ())} - {name}

    def params(world):
        base = right(world, endpoint.path)
        return {key: it for key, it in base.items() if key not in others} | {name: value}

    return params


# An id belongs to nothing, or to another workspace


def unknown_things(endpoint):
    refused = partial(FaultyRequest, endpoint.path)
    if endpoint.path.endswith("/list"):
        return
    for name in FOUND_BY:
        if name in endpoint.params:
            unknown = "nobody@example.com" if name == "email" else UNKNOWN_ID
            yield refused("is unknown", 404, name, replacing(endpoint, name, unknown))
            yield refused("is foreign", 404, name, foreign(endpoint, name))
    for name in NAMED:
        if name in endpoint.params:
            sent = replacing(endpoint, name, [UNKNOWN_ID])
            yield refused("names an unknown one", 404, name, sent)
    for path, name in NEVER_THERE:
        if path == endpoint.path:
            sent = replacing(endpoint, name, [UNKNOWN_ID])
            yield refused("names what is not implemented", 404, name, sent)


def foreign(endpoint, name):
    def params(world):
        return replacing(endpoint, name, world.foreign[name])(world)

    return params


def broken_rules(endpoint):
    path = endpoint.path
    refused = partial(FaultyRequest, path)

    def with_more(what, status, about=None, **sent):
        return refused(what, status, about, lambda world: right(world, path) | sent)

    if path in NEEDED:
        yield refused("is empty", FINDS_NOTHING.get(path, 400), None, lambda world: {})
    if path in ONLY_IN_A_SANDBOX:
        yield refused("is for sandboxes", 400, None, in_production(path), token="production")
    if path in ON_ONE_SIDE:
        yield refused("is on the other side", ON_ONE_SIDE[path], "device_id", other_side(path))
    if path == "/access_codes/update_multiple":
        yield with_more("is unknown", 404, "common_code_key", common_code_key="nobody's")
    if path == "/access_codes/unmanaged/update":
        yield with_more("is false", 400, "is_managed", is_managed=False)
    if path == "/devices/report_provider_metadata":
        unknown = [{"device_id": UNKNOWN_ID}]
        yield with_more("has one that is unknown", 404, "devices", devices=unknown)
    if path in HIDDEN_FROM_THE_BLIND:
        yield refused("is out of sight", HIDDEN_FROM_THE_BLIND[path], token="blind")
    if "page_cursor" in endpoint.params:
        yield with_more("is no cursor", 400, "page_cursor", page_cursor=NO_CURSOR)
        yield refused("is another list's", 400, "page_cursor", other_cursor(path))
    if path == "/events/list":
        between = ["2020-01-01", "2021-01-01"]
        yield with_more("is sent together with since", 400, "between", between=between)
        yield refused("falls", 400, "between", lambda world: {"between": between[::-1]})
    if path == "/events/get":
        yield with_more("does not fit", 404, "event_type", event_type="device.removed")
    if path == "/devices/get":
        yield with_more("does not fit", 404, "name", name="Nobody's Door")
    if path == "/client_sessions/get":
        yield refused("names the session of its own token", 400, token="session")
        another = {"user_identifier_key": "u"}
        yield with_more("is of another session", 404, "user_identifier_key", **another)
    if path == "/client_sessions/create":
        yield with_more("is known", 400, "user_identifier_key", user_identifier_key="known")
    if path in ("/spaces/create", "/spaces/update"):
        yield with_more("is another space's", 400, "space_key", space_key="taken", name="Lost")
    if path in ("/user_identities/create", "/user_identities/update"):
        for name, value in TAKEN.items():
            yield with_more("is another one's", 400, name, full_name="Lost", **{name: value})
    if path in ("/customers/push_data", "/customers/create_portal"):
        yield refused("is another customer's", 400, "spaces", pushing_the_taken(path))
    if path == "/connected_accounts/update":
        more = {"custom_metadata": {"lost": "x"}, "display_name": "Lost"}
        yield with_more("is another customer's", 400, "customer_key", customer_key="c2", **more)


TAKEN = {
    "user_identity_key": "taken",
    "email_address": "TAKEN@example.com",
    "phone_number": "+15555550100",
}


def pushing_the_taken(path):
    """The other customer's key comes last: what came before it is undone."""
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
        sent = right(world, path)
        page = world.fake.call(path, sent | {"limit": 1}, token=key)["pagination"]
        return sent | {"limit": 2, "page_cursor": page["next_page_cursor"]}

    return params
