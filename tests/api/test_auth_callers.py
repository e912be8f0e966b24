"""Which kind of credential may call which endpoint: the published table, by hand."""

from __future__ import annotations

import pytest

from fakeseam import ApiError

# A key, an access token with a workspace, a client session, one of a customer.
TABLE = {
    "/action_attempts/list": "key token",
    "/client_sessions/create": "key token",
    "/client_sessions/delete": "key token",
    "/client_sessions/get_or_create": "key token",
    "/client_sessions/grant_access": "key token",
    "/client_sessions/list": "key token",
    "/client_sessions/revoke": "key token",
    "/connect_webviews/create": "key token session customer",
    "/connect_webviews/delete": "key token",
    "/connect_webviews/get": "key token session customer",
    "/connect_webviews/list": "key token session customer",
    "/connected_accounts/delete": "key token customer",
    "/connected_accounts/get": "key token session customer",
    "/connected_accounts/list": "key token customer",
    "/connected_accounts/simulate/disconnect": "key token customer",
    "/connected_accounts/sync": "key token",
    "/connected_accounts/update": "key token",
    "/customers/create_portal": "key token",
    "/customers/delete_data": "key token customer",
    "/customers/push_data": "key token",
    "/devices/get": "key token session customer",
    "/devices/list": "key token session customer",
    "/events/get": "key token session customer",
    "/events/list": "key token session customer",
    "/workspaces/create": "",
    "/spaces/add_connected_account": "key token customer",
    "/spaces/add_devices": "key token customer",
    "/spaces/create": "key token customer",
    "/spaces/delete": "key token customer",
    "/spaces/get": "key token customer",
    "/spaces/list": "key token customer",
    "/spaces/remove_connected_account": "key token customer",
    "/spaces/remove_devices": "key token customer",
    "/spaces/update": "key token customer",
    "/user_identities/create": "key token",
    "/user_identities/delete": "key token",
    "/user_identities/get": "key token customer",
    "/user_identities/list": "key token session",
    "/user_identities/update": "key token",
    "/webhooks/create": "key token",
    "/webhooks/delete": "key token",
    "/webhooks/get": "key token",
    "/webhooks/list": "key token",
    "/webhooks/update": "key token",
    "/workspaces/get": "key token session customer",
    "/workspaces/list": "key token session",
    "/workspaces/reset_sandbox": "key token",
    "/workspaces/update": "key token",
}
# These two are open to a publishable key as well.
PUBLISHABLE = ("/client_sessions/create", "/client_sessions/get_or_create")
KINDS = ("key", "token", "session", "customer")


@pytest.fixture
def populated(fake):
    """A webview, an account, a device and an event that every kind of caller can see."""
    account = fake.connect_account(customer_key="c1")
    webview = fake.call("/connect_webviews/list")["connect_webviews"][0]
    sees = {
        "connect_webview_ids": [webview["connect_webview_id"]],
        "connected_account_ids": [account["connected_account_id"]],
    }
    fake.tokens = {
        "key": fake.api_key,
        "token": fake.create_personal_access_token(),
        "session": fake.create_client_session(**sees),
        "customer": fake.create_client_session(customer_key="c1", **sees),
    }
    device = fake.call("/devices/list")["devices"][0]
    event = fake.events.filter(connected_account_id=account["connected_account_id"])[0]
    session = fake.call("/client_sessions/create")["client_session"]
    session_id = {"client_session_id": session["client_session_id"]}
    space = fake.call("/spaces/create", {"name": "Room", "customer_key": "c1"})["space"]
    identity = fake.call("/user_identities/create", {"customer_key": "c1"})["user_identity"]
    webview_id = {"connect_webview_id": webview["connect_webview_id"]}
    account_id = {"connected_account_id": account["connected_account_id"]}
    space_id = {"space_id": space["space_id"]}
    devices = space_id | {"device_ids": [device["device_id"]]}
    identity_id = {"user_identity_id": identity["user_identity_id"]}
    url = {"url": "https://app.example.com/hooks"}
    webhook = fake.call("/webhooks/create", url)["webhook"]
    webhook_id = {"webhook_id": webhook["webhook_id"]}
    fake.params = {
        "/client_sessions/delete": session_id,
        "/client_sessions/grant_access": session_id,
        "/client_sessions/revoke": session_id,
        "/connect_webviews/delete": webview_id,
        "/connect_webviews/get": webview_id,
        "/connected_accounts/delete": account_id,
        "/connected_accounts/get": account_id,
        "/connected_accounts/simulate/disconnect": account_id,
        "/connected_accounts/sync": account_id,
        "/connected_accounts/update": account_id,
        "/customers/create_portal": {"customer_data": {"customer_key": "c1"}},
        "/customers/push_data": {"customer_key": "c1"},
        "/devices/get": {"device_id": device["device_id"]},
        "/events/get": {"event_id": event["event_id"]},
        "/events/list": {"since": "2025-01-01T00:00:00Z"},
        "/workspaces/create": {"name": "Hotel"},
        "/spaces/add_connected_account": space_id | account_id,
        "/spaces/add_devices": devices,
        "/spaces/create": {"name": "Room"},
        "/spaces/delete": space_id,
        "/spaces/get": space_id,
        "/spaces/remove_connected_account": space_id | account_id,
        "/spaces/remove_devices": devices,
        "/spaces/update": space_id,
        "/user_identities/delete": identity_id,
        "/user_identities/get": identity_id,
        "/user_identities/update": identity_id,
        "/webhooks/create": url,
        "/webhooks/delete": webhook_id,
        "/webhooks/get": webhook_id,
        "/webhooks/update": webhook_id | {"event_types": ["*"]},
    }
    return fake


def call(populated, path, kind):
    return populated.call(
        path,
        populated.params.get(path, {}),
        token=populated.tokens[kind],
        workspace_id=populated.workspace_id if kind == "token" else None,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", TABLE)
def test_the_caller_is_let_in_or_unauthorized(populated, path, kind):
    if kind in TABLE[path].split():
        assert call(populated, path, kind)["ok"] is True
        return

    with pytest.raises(ApiError) as caught:
        call(populated, path, kind)

    assert (caught.value.status, caught.value.type) == (401, _refusal_type(path, kind))


def _refusal_type(path, kind):
    if kind in ("session", "customer") and path != "/workspaces/create":
        return "client_session_token_used_for_api_key"
    return "unauthorized"


@pytest.mark.parametrize("path", [path for path in TABLE if path not in PUBLISHABLE])
def test_a_publishable_key_opens_none_of_them(populated, path):
    key = populated.call("/workspaces/get")["workspace"]["publishable_key"]

    with pytest.raises(ApiError) as caught:
        populated.call(path, populated.params.get(path, {}), token=key)

    assert (caught.value.status, caught.value.type) == (401, "unauthorized")


RESPONSE_KEYS = {
    "/action_attempts/list": "action_attempts",
    "/client_sessions/create": "client_session",
    "/client_sessions/delete": None,
    "/client_sessions/get_or_create": "client_session",
    "/client_sessions/grant_access": "client_session",
    "/client_sessions/list": "client_sessions",
    "/client_sessions/revoke": None,
    "/connect_webviews/create": "connect_webview",
    "/connect_webviews/delete": None,
    "/connect_webviews/get": "connect_webview",
    "/connect_webviews/list": "connect_webviews",
    "/connected_accounts/delete": None,
    "/connected_accounts/get": "connected_account",
    "/connected_accounts/list": "connected_accounts",
    "/connected_accounts/simulate/disconnect": None,
    "/connected_accounts/sync": None,
    "/connected_accounts/update": "connected_account",
    "/customers/create_portal": "customer_portal magic_link",
    "/customers/delete_data": None,
    "/customers/push_data": None,
    "/devices/get": "device",
    "/devices/list": "devices",
    "/events/get": "event",
    "/events/list": "events",
    "/spaces/add_connected_account": None,
    "/spaces/add_devices": None,
    "/spaces/create": "space",
    "/spaces/delete": None,
    "/spaces/get": "space",
    "/spaces/list": "spaces",
    "/spaces/remove_connected_account": None,
    "/spaces/remove_devices": None,
    "/spaces/update": "space",
    "/user_identities/create": "user_identity",
    "/user_identities/delete": None,
    "/user_identities/get": "user_identity",
    "/user_identities/list": "user_identities",
    "/user_identities/update": None,
    "/webhooks/create": "webhook",
    "/webhooks/delete": None,
    "/webhooks/get": "webhook",
    "/webhooks/list": "webhooks",
    "/webhooks/update": None,
    "/workspaces/get": "workspace",
    "/workspaces/list": "workspaces",
    "/workspaces/reset_sandbox": "action_attempt",
    "/workspaces/update": None,
}
PAGED = {
    "/action_attempts/list",
    "/connect_webviews/list",
    "/connected_accounts/list",
    "/devices/list",
    "/spaces/list",
    "/user_identities/list",
}


@pytest.mark.parametrize("path", RESPONSE_KEYS)
def test_a_result_is_in_the_envelope_under_its_key(populated, path):
    expected = {"ok"} | set((RESPONSE_KEYS[path] or "").split())
    expected |= {"pagination"} if path in PAGED else set()

    body = call(populated, path, "key")

    assert set(body) == expected
    assert body["ok"] is True
