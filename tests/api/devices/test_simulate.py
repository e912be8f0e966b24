"""/devices/simulate: what happens to a device at its provider."""

from __future__ import annotations

import pytest


@pytest.fixture
def account(fake):
    return fake.connect_account(email="jane@example.com")


@pytest.fixture
def front(fake, account):
    return fake.call("/devices/list")["devices"][0]["device_id"]


@pytest.fixture
def simulate(fake, front):
    """Simulate with the front door; returns the types of the new events."""

    def simulate(what, **params):
        before = len(fake.events)
        sent = {"device_id": front, **params}
        assert fake.call(f"/devices/simulate/{what}", sent) == {"ok": True}
        return types(fake)[before:]

    return simulate


def types(fake):
    return [event["event_type"] for event in fake.events]


def shown(fake, device_id):
    return fake.call("/devices/get", {"device_id": device_id})["device"]


def state(fake, device_id):
    device = shown(fake, device_id)
    return device["properties"]["online"], [one["error_code"] for one in device["errors"]]


@pytest.mark.parametrize(
    ("away", "back", "code"),
    [
        ("disconnect", "connect", "device_disconnected"),
        ("disconnect_from_hub", "connect_to_hub", "hub_disconnected"),
    ],
)
def test_a_device_goes_offline_and_comes_back(fake, front, simulate, away, back, code):
    fake.clock.advance(5)

    assert simulate(away) == ["device.disconnected"]
    (error,) = shown(fake, front)["errors"]
    assert error["error_code"] == code
    assert error["created_at"] == "2026-01-01T00:00:05.000Z"
    assert error["is_device_error"] is True
    assert set(error) == {"error_code", "message", "created_at", "is_device_error"}
    assert shown(fake, front)["properties"]["online"] is False

    assert simulate(back) == ["device.connected"]
    assert state(fake, front) == (True, [])


def test_the_event_has_the_errors(fake, front, simulate):
    simulate("disconnect")

    (event,) = fake.events.filter("device.disconnected")
    assert event["error_code"] == "device_disconnected"
    assert [one["error_code"] for one in event["device_errors"]] == ["device_disconnected"]
    assert set(event["device_errors"][0]) == {"created_at", "message", "error_code"}
    assert event["connected_account_errors"] == []
    assert event["connected_account_warnings"] == []
    assert event["device_warnings"] == []


@pytest.mark.parametrize("what", ["connect", "connect_to_hub"])
def test_a_device_that_is_connected_is_left_alone(fake, front, simulate, what):
    assert simulate(what) == []
    assert state(fake, front) == (True, [])


@pytest.mark.parametrize("what", ["disconnect", "disconnect_from_hub", "remove"])
def test_a_repeated_simulation_changes_nothing(fake, front, simulate, what):
    simulate(what)
    before = fake.snapshot()

    assert simulate(what) == []
    assert fake.snapshot() == before


def test_two_reasons_take_it_offline_once_and_both_have_to_go(fake, front, simulate):
    assert simulate("disconnect") == ["device.disconnected"]
    assert simulate("disconnect_from_hub") == []
    assert simulate("connect") == []
    assert state(fake, front) == (False, ["hub_disconnected"])
    assert simulate("connect_to_hub") == ["device.connected"]


def test_a_removed_device_is_still_shown(fake, front, simulate):
    assert simulate("remove") == ["device.removed"]

    assert state(fake, front) == (False, ["device_removed"])
    assert simulate("disconnect") == []
    assert simulate("connect") == []
    (event,) = fake.events.filter("device.removed")
    assert "device_errors" not in event


def test_a_later_login_finds_a_removed_device_again(fake, front, simulate):
    simulate("remove")
    before = len(fake.events)

    fake.connect_account(email="jane@example.com")

    assert types(fake)[before:] == [
        "connect_webview.login_succeeded",
        "connected_account.successful_login",
        "connected_account.connected",
        "device.added",
        "device.connected",
    ]
    assert state(fake, front) == (True, [])


def test_a_removed_device_with_another_error_comes_back_offline(fake, front, simulate):
    simulate("disconnect")
    simulate("remove")
    before = len(fake.events)

    fake.connect_account(email="jane@example.com")

    assert types(fake)[before + 3:] == ["device.added"]
    assert state(fake, front) == (False, ["device_disconnected"])


def test_a_sync_alone_does_not_find_a_removed_device(fake, account, front, simulate):
    simulate("remove")

    fake.sync_account(account)

    assert state(fake, front) == (False, ["device_removed"])


# Together with its account


def test_connecting_a_device_does_not_fix_its_account(fake, account, front, simulate):
    simulate("disconnect")
    fake.disconnect_account(account)

    assert simulate("connect") == []
    assert state(fake, front) == (False, ["account_disconnected"])


def test_an_offline_device_emits_nothing_when_its_account_breaks(
    fake, account, front, simulate
):
    simulate("disconnect")
    before = len(fake.events)

    fake.disconnect_account(account)

    assert types(fake)[before:] == ["connected_account.disconnected", "device.disconnected"]
    last = list(fake.events)[-1]
    assert last["device_id"] != front
    assert last["error_code"] == "account_disconnected"
    assert state(fake, front) == (False, ["account_disconnected", "device_disconnected"])


def test_a_reconnection_leaves_a_device_with_its_own_error_offline(
    fake, account, front, simulate
):
    simulate("disconnect")
    fake.disconnect_account(account)
    before = len(fake.events)

    fake.connect_account(email="jane@example.com")

    connected = [one for one in types(fake)[before:] if one == "device.connected"]
    assert len(connected) == 1
    assert state(fake, front) == (False, ["device_disconnected"])


# Subscriptions


@pytest.fixture
def nuki(fake):
    fake.connect_account(provider="nuki")
    return fake.call("/devices/list")["devices"][0]["device_id"]


def test_an_expired_subscription_leaves_the_device_online(fake, nuki):
    path = "/devices/simulate/paid_subscription"

    fake.call(path, {"device_id": nuki, "is_expired": True})
    fake.call(path, {"device_id": nuki, "is_expired": True})
    assert state(fake, nuki) == (True, ["subscription_required"])
    fake.call(path, {"device_id": nuki, "is_expired": False})
    fake.call(path, {"device_id": nuki, "is_expired": False})

    assert state(fake, nuki) == (True, [])
    assert types(fake)[-2:] == [
        "device.error.subscription_required",
        "device.error.subscription_required.resolved",
    ]
    expired, resolved = list(fake.events)[-2:]
    assert [one["error_code"] for one in expired["device_errors"]] == ["subscription_required"]
    assert expired["connected_account_errors"] == []
    assert "error_code" not in expired
    assert "device_errors" not in resolved


def test_is_expired_is_required(refuse, nuki):
    refusal = refuse("/devices/simulate/paid_subscription", {"device_id": nuki})

    assert refusal.message == "is_expired is required"


# Refusals


@pytest.mark.parametrize(
    ("provider", "what"),
    [
        ("schlage", "connect"),
        ("schlage", "disconnect"),
        ("schlage", "remove"),
        ("yale", "disconnect_from_hub"),
        ("igloohome", "connect_to_hub"),
    ],
)
def test_a_device_without_the_flag_is_refused(fake, refuse, provider, what):
    fake.connect_account(provider=provider)
    device_id = fake.call("/devices/list")["devices"][0]["device_id"]
    before = fake.snapshot()

    refusal = refuse(f"/devices/simulate/{what}", {"device_id": device_id})

    assert (refusal.status, refusal.type) == (400, "device_simulation_not_supported")
    assert refusal.data == {"device_id": device_id}
    assert fake.snapshot() == before


def test_an_unmanaged_device_is_refused(fake, refuse, front):
    fake.call("/devices/update", {"device_id": front, "is_managed": False})

    refusal = refuse("/devices/simulate/disconnect", {"device_id": front})

    assert (refusal.status, refusal.type) == (400, "device_simulation_not_supported")


def test_an_unknown_device_is_not_found(fake, refuse, front):
    other = fake.create_workspace()

    refusal = refuse("/devices/simulate/remove", {"device_id": front}, token=other.api_key)

    assert (refusal.status, refusal.type) == (404, "device_not_found")
    assert refusal.data == {"device_id": front}


def test_production_has_nothing_to_simulate(fake, refuse):
    production = fake.create_workspace(is_sandbox=False)
    fake.connect_account(workspace_id=production.workspace_id)
    device = fake.call("/devices/list", token=production.api_key)["devices"][0]

    sent = {"device_id": device["device_id"]}
    refusal = refuse("/devices/simulate/disconnect", sent, token=production.api_key)

    assert (refusal.status, refusal.type) == (400, "workspace_not_sandbox")


def test_customers_simulate_with_what_is_theirs(fake, refuse, account, front):
    ids = [account["connected_account_id"]]
    seeing = fake.create_client_session(customer_key="c", connected_account_ids=ids)
    stranger = fake.create_client_session(customer_key="d")
    plain = fake.create_client_session(connected_account_ids=ids)
    sent = {"device_id": front}

    assert fake.call("/devices/simulate/disconnect", sent, token=seeing) == {"ok": True}
    refusal = refuse("/devices/simulate/connect", sent, token=stranger)
    assert (refusal.status, refusal.message) == (401, "Not authorized to view this device")
    assert refuse("/devices/simulate/connect", sent, token=plain).status == 401
