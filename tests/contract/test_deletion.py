"""Deleting a webview leaves its account; deleting an account takes all that came with it."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def delete(fake, account, **how):
    sent = {"connected_account_id": account["connected_account_id"]}
    return fake.call("/connected_accounts/delete", sent, **how)


def webview_of(fake):
    return fake.call("/connect_webviews/list")["connect_webviews"][0]


# An account


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deleted_account_is_gone(fake, refuse, method):
    account = fake.connect_account(email="jane@example.com", customer_key="c1")

    assert delete(fake, account, method=method) == {"ok": True}

    by_id = {"connected_account_id": account["connected_account_id"]}
    for sent in (by_id, {"email": "jane@example.com"}):
        assert refuse("/connected_accounts/get", sent).type == "connected_account_not_found"
    for filters in ({}, {"customer_key": "c1"}, {"search": "jane"}):
        assert fake.call("/connected_accounts/list", filters)["connected_accounts"] == []


def test_its_devices_are_gone_too(fake, refuse):
    account = fake.connect_account()
    device = fake.call("/devices/list")["devices"][0]

    delete(fake, account)

    assert fake.call("/devices/list")["devices"] == []
    refusal = refuse("/devices/get", {"device_id": device["device_id"]})
    assert refusal.type == "device_not_found"


def test_other_accounts_stay(fake):
    account, other = fake.connect_account(), fake.connect_account()

    delete(fake, account)

    assert fake.call("/connected_accounts/list")["connected_accounts"] == [other]
    assert len(fake.call("/devices/list")["devices"]) == 2


def test_the_account_is_announced_first_and_then_each_device(fake):
    account = fake.connect_account(custom_metadata={"a": "1"}, customer_key="c1")
    before = len(fake.events)

    delete(fake, account)

    events = list(fake.events)[before:]
    assert [(event["event_type"], event.get("device_name")) for event in events] == [
        ("connected_account.deleted", None),
        ("device.deleted", "FRONT DOOR"),
        ("device.deleted", "BACK DOOR"),
    ]
    for event in events:
        assert event["connected_account_id"] == account["connected_account_id"]
        assert event["connected_account_custom_metadata"] == {"a": "1"}
        assert event["customer_key"] == "c1"


def test_a_broken_account_is_deleted_like_any_other(fake):
    account = fake.connect_account()
    fake.disconnect_account(account)

    delete(fake, account)

    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_unmanaged_devices_are_announced_as_well(fake):
    account = fake.connect_account(automatically_manage_new_devices=False)

    delete(fake, account)

    assert len(fake.events.filter("device.deleted")) == 2


def test_past_events_can_still_be_read(fake):
    account = fake.connect_account()
    before = list(fake.events)

    delete(fake, account)

    assert list(fake.events)[: len(before)] == before
    sent = {"since": "2025-01-01", "connected_account_id": account["connected_account_id"]}
    assert len(fake.call("/events/list", sent)["events"]) == len(before) + 3


def test_the_webview_goes_on_naming_the_account(fake):
    account = fake.connect_account()
    before = webview_of(fake)

    delete(fake, account)

    assert webview_of(fake) == before
    assert before["status"] == "authorized"
    assert before["connected_account_id"] == account["connected_account_id"]


def test_a_session_forgets_the_account(fake):
    account = fake.connect_account(connected_account_id=UNKNOWN, email="jane@example.com")
    token = fake.create_client_session(connected_account_ids=[UNKNOWN])
    delete(fake, account)

    fake.connect_account(connected_account_id=UNKNOWN, email="jane@example.com")

    assert fake.call("/devices/list", token=token)["devices"] == []
    assert len(fake.call("/devices/list")["devices"]) == 2


def test_a_later_login_makes_a_new_account(fake):
    account = fake.connect_account(email="jane@example.com", custom_metadata={"a": "1"})
    delete(fake, account)

    again = fake.connect_account(email="jane@example.com")

    assert again["connected_account_id"] != account["connected_account_id"]
    assert again["custom_metadata"] == {}
    assert len(fake.events.filter("connected_account.created")) == 2


def test_an_account_is_deleted_once(fake, refuse):
    account = fake.connect_account()
    delete(fake, account)
    events = len(fake.events)

    sent = {"connected_account_id": account["connected_account_id"]}

    assert refuse("/connected_accounts/delete", sent).status == 404
    assert len(fake.events) == events


# A webview


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deleted_webview_is_gone(fake, refuse, method):
    webview = fake.call("/connect_webviews/create")["connect_webview"]
    sent = {"connect_webview_id": webview["connect_webview_id"]}

    assert fake.call("/connect_webviews/delete", sent, method=method) == {"ok": True}

    assert refuse("/connect_webviews/get", sent).type == "connect_webview_not_found"
    assert refuse("/connect_webviews/delete", sent).type == "connect_webview_not_found"
    assert fake.call("/connect_webviews/list")["connect_webviews"] == []


def test_the_account_of_a_deleted_webview_stays_as_it_is(fake):
    account = fake.connect_account(custom_metadata={"a": "1"}, customer_key="c1")
    events = len(fake.events)
    sent = {"connect_webview_id": webview_of(fake)["connect_webview_id"]}

    fake.call("/connect_webviews/delete", sent)

    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]
    assert len(fake.call("/devices/list")["devices"]) == 2
    assert len(fake.events) == events


def test_a_session_forgets_a_deleted_webview(fake):
    token = fake.create_client_session("u1")
    webview = fake.call("/connect_webviews/create", token=token)["connect_webview"]

    fake.call("/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]})

    assert fake.call("/connect_webviews/list", token=token)["connect_webviews"] == []
    listed = fake.call("/connect_webviews/list", {"user_identifier_key": "u1"})
    assert listed["connect_webviews"] == []


def test_a_session_keeps_the_account_of_a_deleted_webview(fake):
    token = fake.create_client_session()
    webview = fake.call("/connect_webviews/create", token=token)["connect_webview"]
    account = fake.complete_connect_webview(webview)

    fake.call("/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]})

    sent = {"connected_account_id": account["connected_account_id"]}
    assert fake.call("/connected_accounts/get", sent, token=token)["ok"] is True


def test_failed_and_used_webviews_can_be_deleted(fake):
    failed = fake.call("/connect_webviews/create")["connect_webview"]
    fake.fail_connect_webview(failed)
    fake.connect_account()

    for webview in fake.call("/connect_webviews/list")["connect_webviews"]:
        sent = {"connect_webview_id": webview["connect_webview_id"]}
        fake.call("/connect_webviews/delete", sent)

    assert fake.call("/connect_webviews/list")["connect_webviews"] == []
