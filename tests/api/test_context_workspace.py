"""The workspace of the context: its records are found, those of another one are not."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def error_of(refusal):
    return (refusal.status, refusal.type, refusal.message)


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
    assert error_of(refuse(path, {name: UNKNOWN})) == expected


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

    assert error_of(refusal) == expected
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

    assert error_of(by_email) == ACCOUNT_NOT_FOUND
    assert error_of(by_name) == (404, "device_not_found", "Device not found")


def test_another_workspaces_address_is_not_found(fake, refuse):
    other = fake.create_workspace()
    fake.connect_account(email="jane@example.com", workspace_id=other.workspace_id)

    refusal = refuse("/connected_accounts/get", {"email": "jane@example.com"})

    assert error_of(refusal) == ACCOUNT_NOT_FOUND


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
