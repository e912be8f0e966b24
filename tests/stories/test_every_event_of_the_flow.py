"""All events of each step of the flow, in order, with all their fields."""

from __future__ import annotations

import pytest

U1, U2 = {"user": "u1"}, {"user": "u2"}
COMMON = {"event_id", "workspace_id", "created_at", "occurred_at", "event_description"}
DISCONNECTED = {
    "created_at": "2026-01-01T12:00:00.000Z",
    "message": "Account Disconnected, you may need to reconnect the account with a new webview.",
    "error_code": "account_disconnected",
}
REQUESTED = {
    "created_at": "2026-01-01T12:00:00.000Z",
    "message": "The account should be reauthorized with a new webview before it disconnects.",
    "warning_code": "account_reauthorization_requested",
}


class NewEvents:
    """Returns the events since the last call, without the fields that all of them have."""

    def __init__(self, seam):
        self._seam = seam
        self._read = set()

    def __call__(self):
        body = self._seam.client.post("/events/list", json={"since": "2000-01-01"})
        new = [event for event in body["events"] if event["event_id"] not in self._read]
        self._read |= {event["event_id"] for event in new}
        assert [sorted(COMMON - event.keys()) for event in new] == [[]] * len(new)
        return [
            {name: value for name, value in event.items() if name not in COMMON} for event in new
        ]


@pytest.fixture
def new_events(seam):
    return NewEvents(seam)


def connect(fake, seam, metadata=None, provider="august", **params):
    """Jane signs in at a new webview; returns the ids of the webview, the account, the devices."""
    webview = seam.connect_webviews.create(
        accepted_providers=[provider], custom_metadata=metadata, **params
    )
    account = fake.complete_connect_webview(webview, email="jane@example.com")
    account_id = account["connected_account_id"]
    devices = seam.devices.list(connected_account_id=account_id)
    ids = [device.device_id for device in devices]
    return webview.connect_webview_id, account_id, ids


def of_login(webview_id, account_id, metadata, *names):
    """The events of a login that have the same fields; some may name a customer too."""
    return [
        {
            "event_type": name,
            "connected_account_id": account_id,
            "connect_webview_id": webview_id,
            "connected_account_custom_metadata": metadata,
        }
        for name in names
    ]


def of_device(name, device_id, account_id, metadata, own=None, **more):
    return {
        "event_type": name,
        "device_id": device_id,
        "connected_account_id": account_id,
        "device_custom_metadata": own or {},
        "connected_account_custom_metadata": metadata,
        **more,
    }


def test_a_first_login(fake, seam, new_events):
    webview_id, account_id, (front, back) = connect(fake, seam, U1)

    assert new_events() == [
        *of_login(
            webview_id,
            account_id,
            U1,
            "connect_webview.login_succeeded",
            "connected_account.created",
            "connected_account.successful_login",
            "connected_account.connected",
        ),
        of_device("device.added", front, account_id, U1),
        of_device("device.added", back, account_id, U1),
        of_device("device.connected", front, account_id, U1),
        of_device("device.connected", back, account_id, U1),
        {
            "event_type": "connected_account.completed_first_sync",
            "connected_account_id": account_id,
            "connected_account_custom_metadata": U1,
        },
    ]


def test_a_first_login_for_a_customer(fake, seam, new_events):
    webview_id, account_id, (sensor,) = connect(
        fake, seam, U1, provider="minut", customer_key="north"
    )

    succeeded, created, login, connected = of_login(
        webview_id,
        account_id,
        U1,
        "connect_webview.login_succeeded",
        "connected_account.created",
        "connected_account.successful_login",
        "connected_account.connected",
    )
    assert new_events() == [
        {**succeeded, "customer_key": "north"},
        created,
        login,
        {**connected, "customer_key": "north"},
        of_device("device.added", sensor, account_id, U1, customer_key="north"),
        of_device("device.connected", sensor, account_id, U1, customer_key="north"),
        {
            "event_type": "connected_account.completed_first_sync",
            "connected_account_id": account_id,
            "connected_account_custom_metadata": U1,
        },
    ]


def test_a_login_whose_devices_are_not_managed(fake, seam, new_events):
    webview = seam.connect_webviews.create(
        accepted_providers=["minut"], automatically_manage_new_devices=False
    )
    account = fake.complete_connect_webview(webview, email="jane@example.com")
    account_id = account["connected_account_id"]
    (sensor,) = seam.devices.unmanaged.list()

    device_events = [one for one in new_events() if one["event_type"].startswith("device.")]
    assert device_events == [
        of_device("device.unmanaged.connected", sensor.device_id, account_id, {})
    ]


def test_a_login_that_waits_for_its_devices_is_emitted_last(fake, seam, new_events):
    webview_id, account_id, (sensor,) = connect(
        fake, seam, U1, provider="minut", wait_for_device_creation=True
    )

    events = new_events()
    assert [event["event_type"] for event in events] == [
        "connected_account.created",
        "connected_account.successful_login",
        "connected_account.connected",
        "device.added",
        "device.connected",
        "connected_account.completed_first_sync",
        "connect_webview.login_succeeded",
    ]
    assert events[-1:] == of_login(webview_id, account_id, U1, "connect_webview.login_succeeded")


def test_a_disconnection(fake, seam, new_events):
    _, account_id, (sensor,) = connect(fake, seam, U1, provider="minut")
    new_events()

    fake.disconnect_account(account_id)

    entries = {"connected_account_errors": [DISCONNECTED], "connected_account_warnings": []}
    assert new_events() == [
        {
            "event_type": "connected_account.disconnected",
            "connected_account_id": account_id,
            "connected_account_custom_metadata": U1,
            **entries,
        },
        of_device(
            "device.disconnected",
            sensor,
            account_id,
            U1,
            error_code="account_disconnected",
            device_errors=[DISCONNECTED],
            device_warnings=[],
            **entries,
        ),
    ]


def test_a_reconnection(fake, seam, new_events):
    _, account_id, (sensor,) = connect(fake, seam, U1, provider="minut")
    seam.devices.update(device_id=sensor, custom_metadata={"floor": "1"})
    fake.disconnect_account(account_id)
    new_events()

    webview_id, again, _ = connect(fake, seam, U2, provider="minut")

    assert again == account_id
    assert new_events() == [
        *of_login(
            webview_id,
            account_id,
            U2,
            "connect_webview.login_succeeded",
            "connected_account.successful_login",
            "connected_account.connected",
        ),
        of_device("device.connected", sensor, account_id, U2, own={"floor": "1"}),
        {
            "event_type": "connected_account.completed_first_sync_after_reconnection",
            "connected_account_id": account_id,
            "connected_account_custom_metadata": U2,
        },
    ]


def test_a_reauthorization_that_is_requested_and_given(fake, seam, new_events):
    _, account_id, _ = connect(fake, seam, U1, provider="minut")
    new_events()

    fake.request_reauthorization(account_id)
    requested = new_events()
    webview_id, _, _ = connect(fake, seam, U2, provider="minut")

    assert requested == [
        {
            "event_type": "connected_account.reauthorization_requested",
            "connected_account_id": account_id,
            "connected_account_custom_metadata": U1,
            "connected_account_errors": [],
            "connected_account_warnings": [REQUESTED],
        }
    ]
    assert new_events() == of_login(
        webview_id,
        account_id,
        U2,
        "connect_webview.login_succeeded",
        "connected_account.successful_login",
        "connected_account.connected",
    )


def test_a_failed_login(fake, seam, new_events):
    webview = seam.connect_webviews.create()

    fake.fail_connect_webview(webview)

    assert new_events() == [
        {
            "event_type": "connect_webview.login_failed",
            "connect_webview_id": webview.connect_webview_id,
        }
    ]


def test_a_deletion(fake, seam, new_events):
    _, account_id, (sensor,) = connect(fake, seam, U1, provider="minut", customer_key="north")
    new_events()

    seam.connected_accounts.delete(connected_account_id=account_id)

    assert new_events() == [
        {
            "event_type": "connected_account.deleted",
            "connected_account_id": account_id,
            "connected_account_custom_metadata": U1,
            "connected_account_type": "minut",
            "customer_key": "north",
        },
        of_device(
            "device.deleted",
            sensor,
            account_id,
            U1,
            customer_key="north",
            device_name="Living Room",
        ),
    ]
