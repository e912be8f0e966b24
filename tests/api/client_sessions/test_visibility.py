"""Client sessions: what they see, and what they do not see."""

from __future__ import annotations

import pytest

CREATE = "/connect_webviews/create"


@pytest.fixture
def two(fake):
    """A session's own webview, account and devices, and older ones that are not its own."""
    fake.other = fake.connect_account(email="other@example.com")
    fake.token = fake.create_client_session("u1")
    fake.webview = fake.call(CREATE, token=fake.token)["connect_webview"]
    fake.mine = fake.complete_connect_webview(fake.webview, email="mine@example.com")
    return fake


def call(fake, path, params=None):
    return fake.call(path, params, token=fake.token)


def refuse_session(fake, refuse, path, params):
    refusal = refuse(path, params, token=fake.token)
    return (refusal.status, refusal.type, refusal.message)


# Webviews


def test_a_session_sees_the_webviews_that_it_made(two):
    listed = call(two, "/connect_webviews/list")["connect_webviews"]

    assert [one["connect_webview_id"] for one in listed] == [two.webview["connect_webview_id"]]


def test_a_session_sees_the_webviews_that_it_was_given(fake):
    webview = fake.call(CREATE)["connect_webview"]
    fake.token = fake.create_client_session(connect_webview_ids=[webview["connect_webview_id"]])
    sent = {"connect_webview_id": webview["connect_webview_id"]}

    assert call(fake, "/connect_webviews/get", sent)["connect_webview"] == webview


def test_another_webview_is_not_found(two, refuse):
    hidden = two.call("/connect_webviews/list")["connect_webviews"][0]
    sent = {"connect_webview_id": hidden["connect_webview_id"]}

    assert refuse_session(two, refuse, "/connect_webviews/get", sent) == (
        404,
        "connect_webview_not_found",
        "Connect webview not found",
    )


def test_two_sessions_do_not_see_each_others_webviews(fake):
    one, other = fake.create_client_session("u1"), fake.create_client_session("u2")
    fake.call(CREATE, token=one)

    assert fake.call("/connect_webviews/list", token=other)["connect_webviews"] == []
    assert len(fake.call("/connect_webviews/list", token=one)["connect_webviews"]) == 1


# Accounts


def test_a_session_sees_the_account_of_its_webview(two):
    sent = {"connected_account_id": two.mine["connected_account_id"]}

    assert call(two, "/connected_accounts/get", sent)["connected_account"] == two.mine


def test_every_session_with_the_webview_sees_the_account(fake):
    webview = fake.call(CREATE)["connect_webview"]
    ids = [webview["connect_webview_id"]]
    tokens = [fake.create_client_session(connect_webview_ids=ids) for _ in range(2)]
    account = fake.complete_connect_webview(webview)
    sent = {"connected_account_id": account["connected_account_id"]}

    for token in tokens:
        body = fake.call("/connected_accounts/get", sent, token=token)
        assert body["connected_account"] == account


def test_a_session_that_reconnects_an_account_sees_it(fake):
    account = fake.connect_account(email="jane@example.com")
    fake.token = fake.create_client_session()
    webview = call(fake, CREATE)["connect_webview"]

    fake.complete_connect_webview(webview, email="jane@example.com")

    sent = {"connected_account_id": account["connected_account_id"]}
    assert call(fake, "/connected_accounts/get", sent)["ok"] is True


def test_another_account_is_not_found(two, refuse):
    by_id = {"connected_account_id": two.other["connected_account_id"]}
    by_email = {"email": "other@example.com"}

    for sent in (by_id, by_email):
        assert refuse_session(two, refuse, "/connected_accounts/get", sent) == (
            404,
            "connected_account_not_found",
            "Connected account not found",
        )


def test_of_several_accounts_with_an_address_the_sessions_own_is_found(fake):
    fake.connect_account(provider="yale", email="jane@example.com")
    mine = fake.connect_account(provider="august", email="jane@example.com")
    fake.token = fake.create_client_session(
        connected_account_ids=[mine["connected_account_id"]]
    )

    body = call(fake, "/connected_accounts/get", {"email": "jane@example.com"})

    assert body["connected_account"] == mine


# Devices


def test_a_session_sees_the_devices_of_its_accounts(two):
    devices = call(two, "/devices/list")["devices"]

    mine = two.mine["connected_account_id"]
    assert [device["connected_account_id"] for device in devices] == [mine, mine]
    sent = {"device_id": devices[0]["device_id"]}
    assert call(two, "/devices/get", sent)["device"] == devices[0]


def test_another_device_is_not_for_this_session(two, refuse):
    hidden = two.call("/devices/list")["devices"][0]

    refused = refuse_session(two, refuse, "/devices/get", {"device_id": hidden["device_id"]})

    assert refused == (401, "unauthorized", "Not authorized to view this device")


@pytest.mark.parametrize("kind", ["", "unmanaged/"])
@pytest.mark.parametrize("is_managed", [True, False])
def test_a_device_out_of_sight_is_401_whether_it_is_managed_or_not(
    fake, refuse, kind, is_managed
):
    account = fake.connect_account("minut", automatically_manage_new_devices=is_managed)
    sent = {"connected_account_id": account["connected_account_id"]}
    path = "/devices/list" if is_managed else "/devices/unmanaged/list"
    device_id = fake.call(path, sent)["devices"][0]["device_id"]
    fake.token = fake.create_client_session()

    refused = refuse_session(fake, refuse, f"/devices/{kind}get", {"device_id": device_id})

    assert refused == (401, "unauthorized", "Not authorized to view this device")


def test_a_name_means_the_sessions_own_device_although_an_older_one_has_it_too(two):
    device = call(two, "/devices/get", {"name": "FRONT DOOR"})["device"]

    assert device["connected_account_id"] == two.mine["connected_account_id"]


def test_a_name_that_only_other_devices_have_is_not_for_this_session(fake, refuse):
    fake.connect_account()
    fake.token = fake.create_client_session()

    refused = refuse_session(fake, refuse, "/devices/get", {"name": "FRONT DOOR"})

    assert refused[:2] == (401, "unauthorized")


def test_filters_do_not_widen_what_a_session_sees(two):
    account_id = two.other["connected_account_id"]

    devices = call(two, "/devices/list", {"connected_account_id": account_id})["devices"]

    assert devices == []


# Events


SINCE = {"since": "2025-01-01T00:00:00Z"}


def test_a_session_sees_events_about_what_is_its_own(two):
    events = call(two, "/events/list", SINCE)["events"]

    assert {event["connected_account_id"] for event in events} == {
        two.mine["connected_account_id"]
    }
    assert len(events) == 9


def test_another_event_is_not_found(two, refuse):
    account_id = two.other["connected_account_id"]
    hidden = two.events.filter("connected_account.created", connected_account_id=account_id)[0]
    shown = two.events.filter("connected_account.created")[1]

    refusal = refuse("/events/get", {"event_id": hidden["event_id"]}, token=two.token)

    assert (refusal.status, refusal.type) == (404, "event_not_found")
    assert call(two, "/events/get", {"event_id": shown["event_id"]})["event"] == shown


def test_a_limit_counts_what_the_session_sees(two):
    events = call(two, "/events/list", {**SINCE, "limit": 1})["events"]

    assert [event["event_type"] for event in events] == ["connect_webview.login_succeeded"]


# A session of a customer


def test_a_customers_session_lists_the_accounts_it_may_see(fake):
    fake.connect_account(email="other@example.com")
    mine = fake.connect_account(email="mine@example.com", customer_key="c1")
    fake.token = fake.create_client_session(
        customer_key="c1", connected_account_ids=[mine["connected_account_id"]]
    )

    assert call(fake, "/connected_accounts/list")["connected_accounts"] == [mine]


@pytest.mark.parametrize(
    "path", ["/connected_accounts/delete", "/connected_accounts/simulate/disconnect"]
)
def test_a_customers_session_does_nothing_to_an_account_it_does_not_see(fake, refuse, path):
    other = fake.connect_account()
    fake.token = fake.create_client_session(customer_key="c1")
    sent = {"connected_account_id": other["connected_account_id"]}

    assert refuse_session(fake, refuse, path, sent)[:2] == (404, "connected_account_not_found")


# The workspace


def test_a_session_gets_its_workspace(fake):
    other = fake.create_workspace("Other")
    fake.token = fake.create_client_session(workspace_id=other.workspace_id)

    assert call(fake, "/workspaces/get")["workspace"]["workspace_id"] == other.workspace_id


def test_a_session_expires_after_a_year(fake, refuse):
    fake.token = fake.create_client_session()
    fake.clock.advance(365 * 24 * 3600)

    assert refuse_session(fake, refuse, "/devices/list", {}) == (
        401,
        "client_session_expired",
        "Unauthorized (client session expired)",
    )


def test_a_customers_session_sees_the_events_about_what_is_the_customers(fake):
    mine = fake.connect_account(email="jane@example.com", customer_key="hotel")
    fake.connect_account(email="john@example.com", customer_key="villa")
    token = fake.create_client_session(customer_key="hotel")

    seen = fake.call("/events/list", {"since": "2000-01-01", "limit": 100}, token=token)["events"]

    accounts = {event["connected_account_id"] for event in seen}
    assert accounts == {mine["connected_account_id"]}
    assert len(seen) == len(fake.events) / 2
