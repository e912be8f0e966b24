"""``fake.reconnect_account``: the same user signs in again at a new webview."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError

UNKNOWN = "11111111-2222-4333-8444-555555555555"


def accounts(fake):
    return fake.call("/connected_accounts/list")["connected_accounts"]


def codes(account):
    return [one["error_code"] for one in account["errors"]]


def test_a_disconnected_account_is_connected_again_as_it_was(fake):
    account = fake.connect_account("august", "Jane@example.com", {"user": "u1", "n": True})
    fake.disconnect_account(account)

    again = fake.reconnect_account(account)

    assert again == account
    assert accounts(fake) == [account]
    assert codes(again) == []


def test_it_emits_events_of_a_reconnection_at_a_new_webview(fake):
    account = fake.connect_account()
    fake.disconnect_account(account)
    before = len(fake.events)

    fake.reconnect_account(account)

    webviews = fake.call("/connect_webviews/list")["connect_webviews"]
    assert [webview["status"] for webview in webviews] == ["authorized", "authorized"]
    assert webviews[1]["connected_account_id"] == account["connected_account_id"]
    happened = [event["event_type"] for event in list(fake.events)[before:]]
    assert "connected_account.completed_first_sync_after_reconnection" in happened
    assert "connected_account.created" not in happened
    fake.events.assert_emitted(
        "connect_webview.login_succeeded",
        connect_webview_id=webviews[1]["connect_webview_id"],
        connected_account_id=account["connected_account_id"],
    )


def test_metadata_that_is_given_replaces_the_accounts(fake):
    account = fake.connect_account(custom_metadata={"user": "u1", "old": "x"})

    again = fake.reconnect_account(account, custom_metadata={"user": "u2", "gone": None})

    assert again["custom_metadata"] == {"user": "u2"}
    (_, webview) = fake.call("/connect_webviews/list")["connect_webviews"]
    assert webview["custom_metadata"] == {"user": "u2"}


@pytest.mark.parametrize(("rule", "kept"), [("clear", {}), ("keep", {"user": "u1"})])
def test_a_webview_without_metadata_follows_the_rule(rule, kept):
    fake = FakeSeam(blank_metadata_on_reconnect=rule)
    account = fake.connect_account(custom_metadata={"user": "u1"})

    assert fake.reconnect_account(account, custom_metadata={})["custom_metadata"] == kept


def test_the_webview_carries_the_accounts_own_metadata(fake):
    account = fake.connect_account(custom_metadata={"user": "u1"})

    fake.reconnect_account(account)

    (_, webview) = fake.call("/connect_webviews/list")["connect_webviews"]
    assert webview["custom_metadata"] == {"user": "u1"}
    assert webview["accepted_providers"] == ["august"]


@pytest.mark.parametrize("broken_by", ["disconnect_account", "request_reauthorization", None])
def test_it_works_in_every_state(fake, broken_by):
    account = fake.connect_account()
    if broken_by is not None:
        getattr(fake, broken_by)(account)

    again = fake.reconnect_account(account["connected_account_id"])

    assert (again["errors"], again["warnings"]) == ([], [])


@pytest.mark.parametrize(
    ("provider", "login"),
    [
        ("august", {"email": " JANE@example.com "}),
        ("august", {"username": "Jane"}),
        ("kwikset", {"phone": "+15551234567"}),
        ("salto_space", {"site": "My System", "username": "jane"}),
        ("assa_abloy_credential_service", {"api_url": "https://lock.example.com"}),
        ("hotek", {"site": " Site "}),
        ("pti", {"api_url": "https://1.example.com", "email": "jane@example.com"}),
        ("minut", {"email": "jane@example.com", "site": "Home"}),
        ("nuki", {}),
    ],
)
def test_every_identity_finds_its_own_account(fake, provider, login):
    account = fake.connect_account(provider, **login)
    fake.connect_account(provider, email="else@example.com", site="Other", api_url="https://o")
    fake.disconnect_account(account)

    again = fake.reconnect_account(account)

    assert again == account
    assert len(accounts(fake)) == 2


def test_the_customer_is_no_conflict_and_stays(fake):
    account = fake.connect_account(customer_key="acme")
    fake.disconnect_account(account)

    again = fake.reconnect_account(account)

    assert again["customer_key"] == "acme"
    (_, webview) = fake.call("/connect_webviews/list")["connect_webviews"]
    assert webview["customer_key"] == "acme"


def test_what_the_account_manages_and_accepts_stays(fake):
    account = fake.connect_account(automatically_manage_new_devices=False)
    sent = {
        "connected_account_id": account["connected_account_id"],
        "accepted_capabilities": ["thermostat"],
    }
    changed = fake.call("/connected_accounts/update", sent)["connected_account"]

    again = fake.reconnect_account(account)

    assert again == changed
    assert again["accepted_capabilities"] == ["thermostat"]
    assert again["automatically_manage_new_devices"] is False


def test_an_account_without_named_capabilities_keeps_its_brands_usual_devices(fake):
    sent = {"accepted_providers": ["smartthings", "ecobee"]}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]
    account = fake.complete_connect_webview(webview, "smartthings")
    before = fake.call("/devices/list")["devices"]

    again = fake.reconnect_account(account)
    fake.sync_account(account)

    assert again["accepted_capabilities"] == ["lock", "thermostat"]
    assert [one["device_type"] for one in before] == ["smartthings_lock", "smartthings_lock"]
    assert fake.call("/devices/list")["devices"] == before


def test_devices_of_a_tests_own_stay(fake):
    account = fake.connect_account(devices=[{"name": "Cellar"}])
    before = fake.call("/devices/list")["devices"]
    fake.disconnect_account(account)

    fake.reconnect_account(account)

    assert fake.call("/devices/list")["devices"] == before


def test_an_account_of_another_workspace_is_found_there(fake):
    other = fake.create_workspace()
    account = fake.connect_account(workspace_id=other.workspace_id)
    fake.disconnect_account(account)

    assert fake.reconnect_account(account) == account
    assert accounts(fake) == []


def test_an_unknown_account_is_misuse(fake):
    with pytest.raises(MisuseError, match=UNKNOWN):
        fake.reconnect_account(UNKNOWN)


def test_a_deleted_account_is_misuse(fake):
    account = fake.connect_account()
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)

    with pytest.raises(MisuseError, match="no connected account"):
        fake.reconnect_account(account)


@pytest.mark.parametrize("metadata", [{"n": 1}, {"k" * 41: "x"}])
def test_metadata_that_seam_refuses_is_misuse_and_changes_nothing(fake, metadata):
    account = fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError):
        fake.reconnect_account(account, custom_metadata=metadata)

    assert fake.snapshot() == before


def test_it_is_no_endpoint_of_seams(fake):
    with pytest.raises(ApiError) as refused:
        fake.call("/connected_accounts/reconnect")

    assert refused.value.status == 404
