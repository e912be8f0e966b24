"""A login: what becomes of the webview and the account, and what is announced in which order."""

from __future__ import annotations

import pytest


def shown(fake, webview):
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]


def types(fake, since=0):
    return [event["event_type"] for event in fake.events][since:]


# The webview


def test_a_completed_webview_names_the_account_and_the_provider(fake, create):
    webview = create()
    fake.clock.advance(30)

    account = fake.complete_connect_webview(webview)

    assert shown(fake, webview) == {
        **webview,
        "status": "authorized",
        "login_successful": True,
        "authorized_at": "2026-01-01T00:00:30.000Z",
        "connected_account_id": account["connected_account_id"],
        "selected_provider": "minut",
    }


def test_an_alias_is_selected_under_the_providers_own_name(fake, create):
    webview = create(accepted_providers=["google_nest", "yale_access"])

    account = fake.complete_connect_webview(webview)

    assert account["account_type"] == "nest"
    assert shown(fake, webview)["selected_provider"] == "nest"
    assert shown(fake, webview)["accepted_providers"] == ["google_nest", "yale_access"]


@pytest.mark.parametrize(
    ("accepted", "provider"), [(["google_nest"], "nest"), (["nest"], "google_nest")]
)
def test_a_provider_may_be_chosen_by_either_name(fake, create, accepted, provider):
    account = fake.complete_connect_webview(
        create(accepted_providers=accepted), provider=provider
    )

    assert account["account_type"] == "nest"


def test_without_a_choice_it_is_the_first_provider_that_is_offered(fake, create):
    webview = create(accepted_providers=["slack", "hid_cm", "yale", "august"])

    assert fake.complete_connect_webview(webview)["account_type"] == "yale"


def test_a_failed_webview_may_be_completed_after_all(fake, create):
    webview = create()
    fake.fail_connect_webview(webview)

    account = fake.complete_connect_webview(webview)

    done = shown(fake, webview)
    assert (done["status"], done["login_successful"]) == ("authorized", True)
    assert done["connected_account_id"] == account["connected_account_id"]


# What is announced


FIRST = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.connected",
    "connected_account.completed_first_sync",
]
AGAIN = [
    "connect_webview.login_succeeded",
    "connected_account.successful_login",
    "connected_account.connected",
]


def test_a_first_login_announces_everything(fake, login):
    login()

    assert types(fake) == FIRST


def test_devices_are_all_added_before_any_is_connected(fake):
    fake.connect_account(provider="august")

    assert types(fake)[4:-1] == ["device.added"] * 2 + ["device.connected"] * 2


def test_unmanaged_devices_are_only_connected(fake, login):
    login(automatically_manage_new_devices=False)

    assert types(fake)[4:-1] == ["device.unmanaged.connected"]


def test_a_later_login_announces_less(fake, login):
    login()

    login()

    assert types(fake, since=7) == AGAIN


def test_a_reconnection_announces_the_devices_and_a_first_sync(fake, login):
    fake.disconnect_account(login())
    before = len(fake.events)

    login(custom_metadata={"new": "1"})

    assert types(fake, since=before) == [
        *AGAIN,
        "device.connected",
        "connected_account.completed_first_sync_after_reconnection",
    ]
    for event in list(fake.events)[before:]:
        assert event["connected_account_custom_metadata"] == {"new": "1"}


def test_a_requested_login_is_no_reconnection(fake, login):
    account = login()
    fake.request_reauthorization(account)
    before = len(fake.events)

    again = login()

    assert types(fake, since=before) == AGAIN
    assert again["warnings"] == []


def test_a_broken_account_that_was_to_be_authorized_again_is_mended_at_once(fake, login):
    account = login()
    fake.request_reauthorization(account)
    fake.disconnect_account(account)

    again = login()

    assert (again["errors"], again["warnings"]) == ([], [])


def test_an_account_asks_for_authorization_once(fake, login):
    account = login()

    fake.request_reauthorization(account)
    fake.request_reauthorization(account)

    (listed,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert [one["warning_code"] for one in listed["warnings"]] == [
        "account_reauthorization_requested"
    ]
    assert set(listed["warnings"][0]) == {"warning_code", "message", "created_at"}
    assert len(fake.events.filter("connected_account.reauthorization_requested")) == 1


def test_a_webview_that_waits_for_devices_is_announced_last(fake, login):
    login(wait_for_device_creation=True)

    assert types(fake) == [*FIRST[1:], "connect_webview.login_succeeded"]


def test_a_webview_that_waited_names_the_account_in_the_end(fake, create):
    webview = create(wait_for_device_creation=True)

    account = fake.complete_connect_webview(webview)

    assert shown(fake, webview)["status"] == "authorized"
    assert shown(fake, webview)["connected_account_id"] == account["connected_account_id"]


def test_every_event_of_the_webview_names_it(fake, create):
    webview = create()
    fake.complete_connect_webview(webview)

    named = [event["event_type"] for event in fake.events if "connect_webview_id" in event]

    assert named == FIRST[:4]
    assert {event.get("connect_webview_id") for event in list(fake.events)[:4]} == {
        webview["connect_webview_id"]
    }
