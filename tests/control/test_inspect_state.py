"""``/_fakeseam/inspect``: what the fake contains, newest first."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError

UNKNOWN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def inspect(fake):
    """The inspection, or one section of it."""

    def inspect(show=None, **params):
        sent = {**params, **({} if show is None else {"show": show})}
        found = fake.call("/_fakeseam/inspect", sent, method="GET")["inspection"]
        return found if show is None else found["sections"][show]

    return inspect


def test_a_fresh_fake_holds_its_workspace_and_nothing_else(fake, inspect):
    found = inspect()

    assert found["now"] == "2026-01-01T00:00:00.000Z"
    assert (found["seed"], found["show"], found["search"]) == (0, "overview", "")
    assert found["workspaces"] == [{"workspace_id": fake.workspace_id, "name": "Sandbox"}]
    assert found["counts"] == {
        "workspaces": 1,
        "webviews": 0,
        "accounts": 0,
        "devices": 0,
        "access_codes": 0,
        "events": 0,
        "deliveries": 0,
        "requests": 0,
    }
    assert list(found["sections"]) == list(found["counts"])
    assert found["sections"]["accounts"] == {"total": 0, "page": 1, "pages": 1, "rows": []}


def test_inspecting_is_neither_a_request_of_the_apps_nor_a_change(fake, inspect):
    fake.connect_account()
    before, requests = fake.snapshot(), len(fake.requests)

    inspect()
    inspect("accounts", search="x")

    assert (fake.snapshot(), len(fake.requests)) == (before, requests)


def test_a_workspace_comes_with_its_keys_and_what_it_holds(fake, inspect, hook):
    hook()
    fake.connect_account()

    (row,) = inspect("workspaces")["rows"]

    assert row["workspace"] == fake.call("/workspaces/get")["workspace"]
    assert row["api_keys"] == [fake.api_key]
    assert row["created_at"] == "2026-01-01T00:00:00.000Z"
    assert row["counts"] == {
        "connect_webviews": 1,
        "connected_accounts": 1,
        "devices": 2,
        "access_codes": 0,
        "events": len(fake.events),
        "webhooks": 1,
        "deliveries": len(fake.webhooks),
    }


def test_a_webview_shows_whether_it_can_still_be_completed(fake, inspect, create):
    pending, failed, used = create(), create(), create()
    fake.fail_connect_webview(failed)
    account = fake.complete_connect_webview(used, email="jane@example.com")

    rows = inspect("webviews")["rows"]

    listed = fake.call("/connect_webviews/list")["connect_webviews"]
    assert [row["connect_webview"] for row in rows] == listed[::-1]
    assert [row["can_be_completed"] for row in rows] == [False, True, True]
    assert [row["state"] for row in rows] == ["authorized", "failed", "pending"]
    assert rows[0]["connected_account"] == {
        "connected_account_id": account["connected_account_id"],
        "display_name": "jane@example.com",
        "brand": "Minut",
    }
    assert rows[2]["connect_webview"] == pending


def test_an_account_is_shown_as_seam_shows_it_with_its_state(fake, inspect):
    jane = fake.connect_account(email="jane@example.com", custom_metadata={"user": "u1"})
    joe = fake.connect_account(email="joe@example.com")
    fake.disconnect_account(jane)
    fake.request_reauthorization(joe)

    rows = inspect("accounts")["rows"]

    listed = fake.call("/connected_accounts/list")["connected_accounts"]
    assert [row["connected_account"] for row in rows] == listed[::-1]
    assert [row["state"] for row in rows] == ["reauthorization_requested", "disconnected"]
    assert [row["devices"] for row in rows] == [2, 2]


def test_devices_are_shown_with_their_account_unmanaged_ones_too(fake, inspect):
    account = fake.connect_account(automatically_manage_new_devices=False)

    rows = inspect("devices")["rows"]

    assert [row["device"]["is_managed"] for row in rows] == [False, False]
    assert {row["connected_account"]["connected_account_id"] for row in rows} == {
        account["connected_account_id"]
    }


def test_events_say_what_they_are_about(fake, inspect):
    account = fake.connect_account(email="jane@example.com", devices=[{"name": "Cellar"}])
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)

    rows = inspect("events")["rows"]

    assert [row["event"] for row in rows] == list(fake.events)[::-1]
    added = next(row for row in rows if row["event"]["event_type"] == "device.added")
    assert added["about"] == [
        {"kind": "device", "id": added["event"]["device_id"], "name": None},
        {"kind": "account", "id": account["connected_account_id"], "name": None},
    ]


def test_events_name_what_is_still_there(fake, inspect):
    fake.connect_account(email="jane@example.com", devices=[{"name": "Cellar"}])

    (row,) = inspect("events", search="device.added")["rows"]

    assert [one["name"] for one in row["about"]] == ["Cellar", "jane@example.com"]


def test_a_delivery_has_the_signature_of_every_attempt(fake, inspect, hook):
    hook(event_types=["connected_account.created"])
    statuses = iter([503, 200])
    fake.webhooks.deliver_to(lambda delivery: next(statuses))
    fake.connect_account()
    fake.clock.advance(5)

    (row,) = inspect("deliveries")["rows"]

    (sent,) = fake.webhooks
    assert (row["state"], row["url"]) == ("delivered", "https://app.example.com/hooks")
    assert (row["body"], row["headers"]) == (sent.body, sent.headers)
    assert row["event_type"] == "connected_account.created"
    assert [one["status"] for one in row["attempts"]] == [503, 200]
    assert [one["at"] for one in row["attempts"]] == [
        "2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:05.000Z",
    ]
    first, second = (one["headers"] for one in row["attempts"])
    assert second == sent.headers
    assert (first["svix-timestamp"], second["svix-timestamp"]) == ("1767225600", "1767225605")
    assert first["svix-signature"] != second["svix-signature"]


def test_requests_and_strict_violations_are_shown(fake, inspect):
    fake.call("/devices/list", {"limt": 1})
    with pytest.raises(ApiError):
        fake.call("/devices/get", {"device_id": "x"})

    assert [
        (row["status"], row["method"], row["path"]) for row in inspect("requests")["rows"]
    ] == [(400, "POST", "/devices/get"), (200, "POST", "/devices/list")]
    assert inspect()["strict_violations"] == ["/devices/list: unknown parameter 'limt'"]


# Pages


def test_a_page_holds_fifty_the_newest_first(fake, inspect):
    ids = [fake.call("/connect_webviews/create")["connect_webview"] for _ in range(101)]
    newest_first = [one["connect_webview_id"] for one in reversed(ids)]

    pages = [inspect("webviews", page=number) for number in (1, 2, 3)]

    rows = [row for page in pages for row in page["rows"]]
    shown = [row["connect_webview"]["connect_webview_id"] for row in rows]
    assert shown == newest_first
    assert [len(page["rows"]) for page in pages] == [50, 50, 1]
    assert {(page["pages"], page["total"]) for page in pages} == {(3, 101)}


def test_a_page_after_the_last_is_the_last(fake, inspect):
    fake.connect_account()

    assert inspect("accounts", page=10**30) == inspect("accounts")


def test_the_overview_holds_the_latest_few_of_everything(fake, inspect):
    for _ in range(7):
        fake.connect_account()

    found = inspect()

    assert found["sections"]["accounts"]["total"] == 7
    assert found["sections"]["accounts"]["rows"] == inspect("accounts")["rows"][:5]


# Workspaces and search


def test_workspaces_are_shown_together_in_the_order_of_time(fake, inspect):
    other = fake.create_workspace("Second")
    made = []
    for workspace_id in (fake.workspace_id, other.workspace_id, fake.workspace_id):
        made.append(fake.connect_account(workspace_id=workspace_id)["connected_account_id"])
        fake.clock.advance(1)

    rows = inspect("accounts")["rows"]

    assert [row["connected_account"]["connected_account_id"] for row in rows] == made[::-1]
    assert [row["workspace_id"] for row in rows] == [
        fake.workspace_id,
        other.workspace_id,
        fake.workspace_id,
    ]


def test_one_workspace_can_be_inspected_alone(fake, inspect):
    other = fake.create_workspace("Second")
    fake.connect_account()

    found = inspect(workspace_id=other.workspace_id)

    assert found["counts"]["accounts"] == found["counts"]["devices"] == 0
    assert found["counts"]["workspaces"] == 1
    assert [one["name"] for one in found["workspaces"]] == ["Sandbox", "Second"]
    assert [row["workspace"]["name"] for row in found["sections"]["workspaces"]["rows"]] == [
        "Second"
    ]


@pytest.mark.parametrize(
    "search", ["jane@", "JANE@EXAMPLE", "u-1", "your_key", "august", "straße", "STRASSE"]
)
def test_a_search_finds_any_value_and_an_apps_own_keys(fake, inspect, search):
    metadata = {"your_key": "u-1", "vip": True, "street": "Straße 1"}
    jane = fake.connect_account("august", "jane@example.com", metadata)
    fake.connect_account("yale", "joe@example.org")

    found = inspect("accounts", search=search)

    assert [row["connected_account"] for row in found["rows"]] == [jane]
    assert found["total"] == 1


@pytest.mark.parametrize("search", ["no such text", "connected_account_id", "custom_metadata"])
def test_a_search_may_find_nothing(fake, inspect, search):
    fake.connect_account()

    assert inspect("accounts", search=search) == {"total": 0, "page": 1, "pages": 1, "rows": []}


def test_what_is_found_has_pages_too(fake, inspect):
    for number in range(60):
        fake.connect_account(email=f"jane{number}@example.com")
        fake.connect_account(email=f"joe{number}@example.com")

    second = inspect("accounts", search="jane", page=2)

    assert (second["total"], second["pages"], len(second["rows"])) == (60, 2, 10)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"show": "everything"}, "show"),
        ({"page": 0}, "page"),
        ({"page": 1.5}, "page"),
        ({"workspace_id": UNKNOWN}, UNKNOWN),
        ({"workspace_id": "x"}, "Invalid uuid"),
        ({"limit": 5}, "no parameter 'limit'"),
    ],
)
def test_what_cannot_be_shown_is_misuse(inspect, params, message):
    with pytest.raises(MisuseError, match=message):
        inspect(**params)


def test_what_is_read_costs_what_is_shown():
    """Of two hundred accounts, only those on the page are read."""
    fake = FakeSeam(now="2026-01-01T00:00:00Z")
    for number in range(200):
        fake.connect_account("nuki", f"user{number}@example.com")
    store, read = fake._engine.runtime.store, []
    get = store.get
    store.get = lambda record_type, key: read.append(key) or get(record_type, key)

    fake.call("/_fakeseam/inspect", {"show": "accounts", "page": 3})

    assert len(read) == 50


# What an app sent, of any type

ODD_VALUES = [None, 5, 1.5, True, "text", [1], [None], {}, {"custom_metadata": 5}, {"a": [None]}]


@pytest.mark.parametrize("name", ["custom_metadata", "accepted_providers", "unknown"])
@pytest.mark.parametrize("value", ODD_VALUES)
def test_a_search_shows_requests_whatever_the_type_of_a_value(fake, inspect, name, value):
    with pytest.raises(ApiError):
        fake.call("/nowhere", {"found": "needle", name: value})

    (row,) = inspect("requests", search="needle")["rows"]

    assert row["params"] == {"found": "needle", name: value}


def test_the_names_of_metadata_are_found_in_a_refused_request(fake, inspect):
    with pytest.raises(ApiError):
        fake.call("/connect_webviews/create", {"custom_metadata": {"needle": [1]}})

    assert inspect("requests", search="needle")["total"] == 1
