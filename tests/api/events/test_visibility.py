"""Failed logins and deleted accounts: which client sessions see their events."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

SINCE = {"since": "2025-01-01", "limit": 1000}
FAILED = "connect_webview.login_failed"
LIFE = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.connected",
    "connected_account.completed_first_sync",
]


@pytest.fixture
def visible(fake, refuse):
    """The events that a session lists. It can get each of them, and no other."""

    def visible(token):
        listed = fake.call("/events/list", SINCE, token=token)["events"]
        for event in fake.events:
            sent = {"event_id": event["event_id"]}
            if event in listed:
                assert fake.call("/events/get", sent, token=token)["event"] == event
            else:
                assert refuse("/events/get", sent, token=token).type == "event_not_found"
        return listed

    return visible


@pytest.fixture
def failed(fake, create):
    """Create a webview with the token, and fail a login at it; returns its id."""

    def failed(token=None, **params):
        sent = {"accepted_providers": ["minut"], **params}
        made = fake.call("/connect_webviews/create", sent, token=token)["connect_webview"]
        fake.fail_connect_webview(made)
        return made["connect_webview_id"]

    return failed


def about(events):
    return [(event["event_type"], event["connect_webview_id"]) for event in events]


# Logins that fail


def test_a_session_sees_a_failed_login_at_the_webview_that_it_made(fake, failed, visible):
    one, other = fake.create_client_session("u1"), fake.create_client_session("u2")

    webview_id = failed(one)

    assert about(visible(one)) == [(FAILED, webview_id)]
    assert visible(other) == []


def test_a_session_sees_a_failed_login_at_a_webview_that_it_was_given(fake, failed, visible):
    mine, _ = failed(), failed()
    token = fake.create_client_session(connect_webview_ids=[mine])

    assert about(visible(token)) == [(FAILED, mine)]


def test_a_session_sees_failed_logins_of_a_customers_webview_only_if_it_has_it(
    fake, failed, visible
):
    mine, _ = failed(customer_key="hotel"), failed(customer_key="hotel")
    token = fake.create_client_session(connect_webview_ids=[mine])

    assert about(visible(token)) == [(FAILED, mine)]


def test_an_accounts_session_does_not_see_a_failed_login_at_another_webview(
    fake, login, failed, visible
):
    account = login()
    token = fake.create_client_session(connected_account_ids=[account["connected_account_id"]])

    failed()

    assert [event["event_type"] for event in visible(token)] == LIFE


def test_a_customers_session_sees_failed_logins_at_the_customers_webviews(
    fake, failed, visible
):
    hotel = fake.create_client_session(customer_key="hotel")
    villa = fake.create_client_session(customer_key="villa")
    first = failed(customer_key="hotel")
    second = failed(hotel)
    third = failed(customer_key="villa")
    failed()

    assert about(visible(hotel)) == [(FAILED, first), (FAILED, second)]
    assert about(visible(villa)) == [(FAILED, third)]


def test_a_customers_session_does_not_see_events_of_another_customers_webview_that_it_has(
    fake, failed, visible
):
    theirs, unowned = failed(customer_key="villa"), failed()
    token = fake.create_client_session(
        customer_key="hotel", connect_webview_ids=[theirs, unowned]
    )

    assert about(visible(token)) == [(FAILED, unowned)]


def test_a_failed_login_is_visible_after_its_webview_is_deleted(fake, failed, visible):
    hotel = fake.create_client_session(customer_key="hotel")
    villa = fake.create_client_session(customer_key="villa")
    webview_id = failed(customer_key="hotel")

    fake.call("/connect_webviews/delete", {"connect_webview_id": webview_id})

    assert about(visible(hotel)) == [(FAILED, webview_id)]
    assert visible(villa) == []


# Accounts that are deleted


def test_a_customers_session_sees_the_events_of_a_deletion(fake, login, visible):
    hotel = fake.create_client_session(customer_key="hotel")
    villa = fake.create_client_session(customer_key="villa")
    plain = fake.create_client_session()
    account = login(customer_key="hotel")
    fake.disconnect_account(account)
    before = list(fake.events)
    assert visible(hotel) == before

    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)

    events = visible(hotel)
    assert events == list(fake.events)[len(before):]
    assert events[0]["event_type"] == "connected_account.deleted"
    assert visible(villa) == []
    assert visible(plain) == []


def test_another_customers_session_that_had_the_account_sees_none_of_its_events(
    fake, login, visible
):
    account = login(customer_key="hotel")
    account_id = account["connected_account_id"]
    token = fake.create_client_session(
        customer_key="villa", connected_account_ids=[account_id]
    )

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert visible(token) == []


def test_a_customers_session_that_had_an_account_without_a_customer_stops_seeing_its_events(
    fake, login, visible
):
    account_id = login()["connected_account_id"]
    token = fake.create_client_session(
        customer_key="hotel", connected_account_ids=[account_id]
    )
    assert len(visible(token)) == 7

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert visible(token) == []


def test_each_customer_sees_events_of_its_own_deleted_account(fake, create, visible):
    tokens, ids = {}, {}
    for name in ("hotel", "villa"):
        tokens[name] = fake.create_client_session(customer_key=name)
        account = fake.complete_connect_webview(
            create(customer_key=name), email=f"{name}@example.com"
        )
        ids[name] = account["connected_account_id"]
    for account_id in ids.values():
        fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    for name, token in tokens.items():
        events = visible(token)
        assert {event["connected_account_id"] for event in events} == {ids[name]}
        assert {event["event_type"] for event in events} == {
            "connected_account.deleted",
            "device.deleted",
        }


@pytest.mark.parametrize("is_synced", [True, False])
def test_a_webview_that_waited_for_a_sync_has_a_visible_end_after_a_deletion(is_synced):
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        hotel = fake.create_client_session(customer_key="hotel")
        villa = fake.create_client_session(customer_key="villa")
        sent = {"customer_key": "hotel", "wait_for_device_creation": True}
        webview = fake.call("/connect_webviews/create", sent)["connect_webview"]
        account = fake.complete_connect_webview(webview)
        sent = {"connected_account_id": account["connected_account_id"]}
        if is_synced:
            fake.call("/connected_accounts/sync", sent)
        fake.call("/connected_accounts/delete", sent)
        by_id = {"connect_webview_id": webview["connect_webview_id"]}
        fake.call("/connect_webviews/delete", by_id)

        events = fake.call("/events/list", SINCE, token=hotel)["events"]

        types = {event["event_type"] for event in events}
        assert "connected_account.deleted" in types
        assert (FAILED in types) is not is_synced
        assert fake.call("/events/list", SINCE, token=villa)["events"] == []
