"""/connected_accounts/delete: what is deleted with an account, and what stays."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def delete(fake, account, **how):
    sent = {"connected_account_id": account["connected_account_id"]}
    return fake.call("/connected_accounts/delete", sent, **how)


def webview_of(fake):
    return fake.call("/connect_webviews/list")["connect_webviews"][0]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deleted_account_is_gone(fake, refuse, method):
    account = fake.connect_account(email="jane@example.com", customer_key="c1")

    assert delete(fake, account, method=method) == {"ok": True}

    by_id = {"connected_account_id": account["connected_account_id"]}
    for sent in (by_id, {"email": "jane@example.com"}):
        assert refuse("/connected_accounts/get", sent).type == "connected_account_not_found"
    for filters in ({}, {"customer_key": "c1"}, {"search": "jane"}):
        assert fake.call("/connected_accounts/list", filters)["connected_accounts"] == []


def account_id_of(account):
    return account["connected_account_id"]


def test_other_accounts_stay(fake):
    account, other = fake.connect_account(), fake.connect_account()

    delete(fake, account)

    assert fake.call("/connected_accounts/list")["connected_accounts"] == [other]
    assert len(fake.call("/devices/list")["devices"]) == 2


def test_a_broken_account_is_deleted_like_any_other(fake):
    account = fake.connect_account()
    fake.disconnect_account(account)

    delete(fake, account)

    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_unmanaged_devices_emit_events_as_well(fake):
    account = fake.connect_account(automatically_manage_new_devices=False)

    delete(fake, account)

    assert len(fake.events.filter("device.deleted")) == 2


def test_past_events_go_with_the_account_and_those_of_the_deletion_stay(fake, refuse):
    account, other = fake.connect_account(), fake.connect_account(provider="minut")
    before = list(fake.events)

    delete(fake, account)

    events = fake.call("/events/list", {"since": "2025-01-01"})["events"]
    others = [one for one in before if one["connected_account_id"] != account_id_of(account)]
    assert events == [*others, *list(fake.events)[-3:]]
    assert {one["connected_account_id"] for one in others} == {account_id_of(other)}
    assert refuse("/events/get", {"event_id": before[0]["event_id"]}).type == "event_not_found"


def test_the_log_of_a_test_keeps_the_events_of_a_deleted_account(fake):
    account = fake.connect_account()
    before = list(fake.events)

    delete(fake, account)

    assert list(fake.events)[: len(before)] == before
    created = fake.events.assert_emitted("connected_account.created")
    assert created["connected_account_id"] == account_id_of(account)


def test_the_webview_goes_on_naming_the_account(fake):
    account = fake.connect_account()
    before = webview_of(fake)

    delete(fake, account)

    assert webview_of(fake) == before
    assert before["status"] == "authorized"
    assert before["connected_account_id"] == account["connected_account_id"]


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
