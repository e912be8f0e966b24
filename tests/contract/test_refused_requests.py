"""Requests that lead nowhere: unknown things, paths, methods; other people's things."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def told(refusal):
    return (refusal.status, refusal.type, refusal.message)


# Unknown things


WEBVIEW_NOT_FOUND = (404, "connect_webview_not_found", "Connect webview not found")
ACCOUNT_NOT_FOUND = (404, "connected_account_not_found", "Connected account not found")
BY_ID = [
    ("/connect_webviews/get", "connect_webview_id", WEBVIEW_NOT_FOUND),
    ("/connect_webviews/delete", "connect_webview_id", WEBVIEW_NOT_FOUND),
    ("/connected_accounts/get", "connected_account_id", ACCOUNT_NOT_FOUND),
    ("/connected_accounts/update", "connected_account_id", ACCOUNT_NOT_FOUND),
    ("/connected_accounts/delete", "connected_account_id", ACCOUNT_NOT_FOUND),
    ("/connected_accounts/sync", "connected_account_id", ACCOUNT_NOT_FOUND),
    ("/connected_accounts/simulate/disconnect", "connected_account_id", ACCOUNT_NOT_FOUND),
    ("/devices/get", "device_id", (404, "device_not_found", "Device not found")),
    ("/events/get", "event_id", (404, "event_not_found", "Event not found")),
]


@pytest.mark.parametrize(("path", "name", "expected"), BY_ID)
def test_an_unknown_id_is_not_found(refuse, path, name, expected):
    assert told(refuse(path, {name: UNKNOWN})) == expected


@pytest.mark.parametrize(("path", "name", "expected"), BY_ID)
def test_another_workspaces_id_is_not_found(fake, refuse, path, name, expected):
    other = fake.create_workspace()
    account = fake.connect_account(workspace_id=other.workspace_id)
    first = {
        "connect_webview_id": fake.call("/connect_webviews/list", token=other.api_key)[
            "connect_webviews"
        ][0]["connect_webview_id"],
        "connected_account_id": account["connected_account_id"],
        "device_id": fake.call("/devices/list", token=other.api_key)["devices"][0]["device_id"],
        "event_id": fake.events.filter(workspace_id=other.workspace_id)[0]["event_id"],
    }
    before = fake.snapshot()

    refusal = refuse(path, {name: first[name]})

    assert told(refusal) == expected
    assert fake.snapshot() == before


@pytest.mark.parametrize(
    "path", [path for path, name, _ in BY_ID if name == "connected_account_id"]
)
def test_an_account_that_is_not_found_is_named_in_the_data(refuse, path):
    refusal = refuse(path, {"connected_account_id": UNKNOWN})

    assert refusal.data == {"connected_account_id": UNKNOWN}
    assert refusal.body == {
        "error": {
            "type": "connected_account_not_found",
            "message": "Connected account not found",
            "data": {"connected_account_id": UNKNOWN},
            "request_id": "request1",
        },
        "ok": False,
    }


def test_an_unknown_address_or_name_is_not_found(refuse):
    by_email = refuse("/connected_accounts/get", {"email": "nobody@example.com"})
    by_name = refuse("/devices/get", {"name": "NO DOOR"})

    assert told(by_email) == ACCOUNT_NOT_FOUND
    assert told(by_name) == (404, "device_not_found", "Device not found")


def test_another_workspaces_address_is_not_found(fake, refuse):
    other = fake.create_workspace()
    fake.connect_account(email="jane@example.com", workspace_id=other.workspace_id)

    refusal = refuse("/connected_accounts/get", {"email": "jane@example.com"})

    assert told(refusal) == ACCOUNT_NOT_FOUND


def test_another_workspaces_device_name_is_not_found(fake, refuse):
    other = fake.create_workspace()
    fake.connect_account(workspace_id=other.workspace_id)

    assert refuse("/devices/get", {"name": "FRONT DOOR"}).status == 404


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/connect_webviews/list", "connect_webviews"),
        ("/connected_accounts/list", "connected_accounts"),
        ("/devices/list", "devices"),
        ("/events/list", "events"),
    ],
)
def test_a_list_ends_at_the_border_of_the_workspace(fake, path, key):
    other = fake.create_workspace()
    account = fake.connect_account(workspace_id=other.workspace_id, customer_key="c1")
    since = {"since": "2025-01-01T00:00:00Z"} if key == "events" else {}
    account_id = account["connected_account_id"]

    narrow = {"connected_account_id": account_id} if key in ("devices", "events") else {}
    for filters in ({}, {"customer_key": "c1"}, narrow):
        assert fake.call(path, {**since, **filters})[key] == []
        assert fake.call(path, {**since, **filters}, token=other.api_key)[key] != []


# Paths


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/connected_accounts/lst", "/connected_accounts/list"),
        ("/connect_webview/create", "/connect_webviews/create"),
        ("/connect_webviews/create/", "/connect_webviews/create"),
        ("/connect_webviews/list_", "/connect_webviews/list"),
        ("connect_webviews/get", "/connect_webviews/get"),
    ],
)
def test_an_unknown_path_is_told_the_nearest_one(refuse, path, nearest):
    refusal = refuse(path)

    assert (refusal.status, refusal.type) == (404, "not_found")
    assert path in refusal.message
    assert refusal.message.endswith(nearest)


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/_fakeseam/no_such_lever", "/_fake/x"])
def test_any_unknown_path_is_not_found(refuse, path):
    assert refuse(path).status == 404


@pytest.mark.parametrize(
    "path", ["/access_codes/create", "/locks/unlock_door", "/thermostats/heat", "/phones/list"]
)
def test_a_documented_path_that_is_not_modelled_says_so(refuse, path):
    refusal = refuse(path)

    assert (refusal.status, refusal.type) == (501, "fakeseam_not_modelled")
    assert path in refusal.message
    assert "near it is /" in refusal.message


# Methods


METHODS = {
    "/connect_webviews/create": "POST",
    "/connect_webviews/delete": "DELETE,POST",
    "/connect_webviews/get": "GET,POST",
    "/connect_webviews/list": "GET,POST",
    "/connected_accounts/delete": "DELETE,POST",
    "/connected_accounts/get": "GET,POST",
    "/connected_accounts/list": "GET,POST",
    "/connected_accounts/simulate/disconnect": "POST",
    "/connected_accounts/sync": "POST",
    "/connected_accounts/update": "PATCH,POST",
    "/customers/create_portal": "POST",
    "/customers/delete_data": "DELETE,POST",
    "/customers/push_data": "POST",
    "/devices/get": "GET,POST",
    "/devices/list": "GET,POST",
    "/events/get": "GET,POST",
    "/events/list": "GET,POST",
    "/spaces/add_connected_account": "POST,PUT",
    "/spaces/add_devices": "POST,PUT",
    "/spaces/create": "POST",
    "/spaces/delete": "DELETE,POST",
    "/spaces/get": "GET,POST",
    "/spaces/list": "GET,POST",
    "/spaces/remove_connected_account": "DELETE,POST",
    "/spaces/remove_devices": "DELETE,POST",
    "/spaces/update": "PATCH,POST",
    "/user_identities/create": "POST",
    "/user_identities/delete": "DELETE,POST",
    "/user_identities/get": "GET,POST",
    "/user_identities/list": "GET,POST",
    "/user_identities/update": "PATCH,POST",
    "/workspaces/get": "GET,POST",
    "/workspaces/reset_sandbox": "POST",
}


@pytest.mark.parametrize("path", METHODS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_is_let_in_or_told_which_are(fake, refuse, path, method):
    if method in METHODS[path].split(","):
        _assert_let_in(fake, path, method)
        return

    refusal = refuse(path, method=method)

    assert told(refusal) == (405, "method_not_allowed", f"only {METHODS[path]} accepted")


def _assert_let_in(fake, path, method):
    try:
        fake.call(path, method=method)
    except Exception as refusal:
        assert refusal.status == 400


def test_a_method_may_be_written_in_small_letters(fake):
    assert fake.call("/connect_webviews/list", method="get")["ok"] is True


# Credentials


def test_an_unknown_key_is_unauthorized(refuse):
    assert told(refuse("/connect_webviews/list", token="seam_test_wrong")) == (
        401,
        "unauthorized",
        "API Key not found",
    )


def test_a_key_is_asked_for_before_the_method(refuse):
    assert refuse("/connect_webviews/list", token="seam_wrong", method="PUT").status == 401


def test_an_access_token_without_a_workspace_is_unauthorized(fake, refuse):
    token = fake.create_personal_access_token()

    assert told(refuse("/connect_webviews/list", token=token)) == (
        401,
        "unauthorized",
        "Missing or invalid authentication",
    )


def test_an_unknown_session_is_unauthorized(refuse):
    assert told(refuse("/devices/list", token="seam_cst1_unknown")) == (
        401,
        "client_session_not_found",
        "Unauthorized (client session not found)",
    )


def test_a_session_of_a_reset_sandbox_is_unknown(fake, refuse):
    token = fake.create_client_session()
    fake.call("/workspaces/reset_sandbox")

    assert refuse("/devices/list", token=token).type == "client_session_not_found"
