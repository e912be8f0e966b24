"""Where a customer's key goes: from the webview to the account, its devices and events."""

from __future__ import annotations


def test_a_key_goes_from_the_webview_to_all_that_comes_of_it(fake):
    webview = fake.call("/connect_webviews/create", {"customer_key": "hotel"})["connect_webview"]
    account = fake.complete_connect_webview(webview, provider="august")
    assert account["customer_key"] == "hotel"

    assert len(fake.call("/devices/list", {"customer_key": "hotel"})["devices"]) == 2
    told = {event["event_type"] for event in fake.events if event.get("customer_key") == "hotel"}
    assert told == {
        "connect_webview.login_succeeded",
        "connected_account.connected",
        "device.added",
        "device.connected",
    }


def test_an_account_that_is_given_to_a_customer_takes_its_devices_along(fake):
    account = fake.connect_account(provider="august")["connected_account_id"]
    token = fake.create_client_session(customer_key="hotel")
    assert fake.call("/devices/list", token=token)["devices"] == []

    sent = {"connected_account_id": account, "customer_key": "hotel"}
    fake.call("/connected_accounts/update", sent)
    fake.disconnect_account(account)

    assert len(fake.call("/devices/list", token=token)["devices"]) == 2
    gone = fake.events.filter("device.disconnected")
    assert [event["customer_key"] for event in gone] == ["hotel", "hotel"]
