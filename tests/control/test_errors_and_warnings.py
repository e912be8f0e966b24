"""Errors and warnings that a test adds to accounts and devices, and clears again."""

from __future__ import annotations

import pytest

from fakeseam import MisuseError

SITES = {
    "sites": [
        {
            "site_id": "s1",
            "site_name": "North",
            "site_user_subscription_limit": 10,
            "subscribed_site_user_count": 11,
        }
    ]
}


@pytest.fixture
def account(fake):
    return fake.connect_account(email="jane@example.com")


@pytest.fixture
def front(fake, account):
    return fake.call("/devices/list")["devices"][0]


def shown(fake, record):
    if "device_id" in record:
        return fake.call("/devices/get", {"device_id": record["device_id"]})["device"]
    sent = {"connected_account_id": record["connected_account_id"]}
    return fake.call("/connected_accounts/get", sent)["connected_account"]


def codes(entries):
    return [one.get("error_code") or one["warning_code"] for one in entries]


@pytest.fixture
def since(fake, front):
    """The types of the events since the account was connected."""
    before = len(fake.events)
    return lambda: [event["event_type"] for event in fake.events][before:]


# Accounts


def test_an_accounts_error_is_shown_by_its_devices_too(fake, account, front, since):
    fake.add_account_error(account, "dormakaba_sites_disconnected", "Two sites are away.")

    error = {
        "error_code": "dormakaba_sites_disconnected",
        "message": "Two sites are away.",
        "created_at": "2026-01-01T00:00:00.000Z",
        "is_connected_account_error": True,
    }
    assert shown(fake, account)["errors"] == [{**error, "is_bridge_error": False}]
    assert shown(fake, front)["errors"] == [{**error, "is_device_error": False}]
    assert shown(fake, front)["properties"]["online"] is True
    assert since() == []

    fake.clear_account_error(account, "dormakaba_sites_disconnected")
    fake.clear_account_error(account, "dormakaba_sites_disconnected")
    assert shown(fake, account)["errors"] == shown(fake, front)["errors"] == []


def test_a_bridges_error_is_the_same_on_the_devices(fake, account, front):
    fake.add_account_error(account, "bridge_disconnected")

    (error,) = shown(fake, account)["errors"]
    assert error["is_bridge_error"] is True
    assert shown(fake, front)["errors"] == [error]


def test_an_error_has_its_own_members(fake, account, front):
    code = "salto_ks_subscription_limit_exceeded"

    fake.add_account_error(account, code, salto_ks_metadata=SITES)

    assert shown(fake, account)["errors"][0]["salto_ks_metadata"] == SITES
    assert "salto_ks_metadata" not in shown(fake, front)["errors"][0]


@pytest.mark.parametrize(
    "code",
    [
        "unknown_issue_with_connected_account",
        "being_deleted",
        "provider_service_unavailable",
        "setup_required",
        "dormakaba_sites_unapproved",
    ],
)
def test_most_warnings_are_the_accounts_alone(fake, account, front, since, code):
    fake.add_account_warning(account, code)

    (warning,) = shown(fake, account)["warnings"]
    assert set(warning) == {"warning_code", "message", "created_at"}
    assert warning["warning_code"] == code
    assert shown(fake, front)["warnings"] == []
    assert since() == []
    fake.clear_account_warning(account, code)
    assert shown(fake, account)["warnings"] == []


def test_two_warnings_are_shown_by_the_devices_too(fake, account, front):
    fake.add_account_warning(account, "scheduled_maintenance_window")
    code = "salto_ks_subscription_limit_almost_reached"
    fake.add_account_warning(account, code, salto_ks_metadata={"sites": []})

    shared = ["scheduled_maintenance_window", code]
    assert codes(shown(fake, account)["warnings"]) == shared
    assert codes(shown(fake, front)["warnings"]) == shared
    assert "salto_ks_metadata" not in shown(fake, front)["warnings"][1]
    fake.add_device_warning(front, "scheduled_maintenance_window", "Its own.")
    assert codes(shown(fake, front)["warnings"]) == [code, "scheduled_maintenance_window"]


def test_added_twice_is_changed_and_keeps_its_age(fake, account, front):
    fake.add_account_error(account, "bridge_disconnected")
    fake.add_device_error(front, "device_offline")
    fake.clock.advance(5)

    fake.add_account_error(account, "bridge_disconnected", "Worse.")
    fake.add_device_error(front, "device_offline", "Worse.")

    for one in (*shown(fake, account)["errors"], *shown(fake, front)["errors"]):
        assert (one["message"], one["created_at"]) == ("Worse.", "2026-01-01T00:00:00.000Z")
    assert len(shown(fake, front)["errors"]) == 2
    assert len(fake.events.filter("device.disconnected")) == 1


def test_events_carry_them(fake, account, front):
    fake.add_account_warning(account, "being_deleted")
    fake.add_account_error(account, "bridge_disconnected")
    fake.add_device_warning(front, "privacy_mode")

    fake.disconnect_account(account)

    (broken,) = fake.events.filter("connected_account.disconnected")
    assert codes(broken["connected_account_errors"]) == [
        "bridge_disconnected",
        "account_disconnected",
    ]
    assert codes(broken["connected_account_warnings"]) == ["being_deleted"]
    first = fake.events.filter("device.disconnected")[0]
    assert first["error_code"] == "account_disconnected"
    assert codes(first["device_warnings"]) == ["privacy_mode"]


def test_a_login_clears_only_the_documented_errors(fake, account):
    fake.add_account_error(account, "bridge_disconnected")
    fake.disconnect_account(account)

    again = fake.connect_account(email="jane@example.com")

    assert codes(again["errors"]) == ["bridge_disconnected"]


# Devices


@pytest.mark.parametrize("code", ["device_offline", "hub_disconnected", "device_disconnected"])
def test_some_errors_take_a_device_offline(fake, front, since, code):
    fake.add_device_error(front, code)

    assert shown(fake, front)["properties"]["online"] is False
    (event,) = fake.events.filter("device.disconnected")
    named = "device_disconnected" if code == "device_offline" else code
    assert event["error_code"] == named
    fake.clear_device_error(front, code)
    assert since() == ["device.disconnected", "device.connected"]
    assert shown(fake, front)["errors"] == []


@pytest.mark.parametrize(
    "code",
    [
        "empty_backup_access_code_pool",
        "august_lock_not_authorized",
        "missing_device_credentials",
        "auxiliary_heat_running",
    ],
)
def test_other_errors_do_not(fake, front, since, code):
    fake.add_device_error(front, code)

    (error,) = shown(fake, front)["errors"]
    assert error["is_device_error"] is True
    assert shown(fake, front)["properties"]["online"] is True
    assert since() == []


def test_a_missing_permission_of_the_account_is_an_error_of_the_device_alone(fake, account, front):
    fake.add_device_error(front, "insufficient_permissions")

    (error,) = shown(fake, front)["errors"]
    assert error["is_connected_account_error"] is True
    assert error["is_device_error"] is False
    assert shown(fake, account)["errors"] == []


def test_some_errors_have_events_of_their_own(fake, front, since):
    fake.add_device_error(front, "subscription_required")
    fake.clear_device_error(front, "subscription_required")
    fake.add_device_error(front, "device_removed")
    fake.clear_device_error(front, "device_removed")

    assert since() == [
        "device.error.subscription_required",
        "device.error.subscription_required.resolved",
        "device.removed",
        "device.added",
        "device.connected",
    ]


def test_an_unmanaged_device_emits_events_of_its_own(fake, front, since):
    fake.call("/devices/update", {"device_id": front["device_id"], "is_managed": False})
    fake.add_device_error(front, "device_offline")
    fake.clear_device_error(front, "device_offline")

    assert since()[1:] == ["device.unmanaged.disconnected", "device.unmanaged.connected"]


def test_a_warning_has_its_own_members(fake, front, since):
    counts = {"active_access_code_count": 3, "max_active_access_code_count": 3}

    fake.add_device_warning(front, "max_access_codes_reached", **counts)

    (warning,) = shown(fake, front)["warnings"]
    assert {name: warning[name] for name in counts} == counts
    fake.clear_device_warning(front, "max_access_codes_reached")
    assert shown(fake, front)["warnings"] == []
    assert since() == []


# Misuse


@pytest.mark.parametrize(
    ("method", "code", "more", "message"),
    [
        ("add_account_error", "nonsense", {}, "choose one of bridge_disconnected, salto_ks_"),
        ("add_account_error", "account_disconnected", {}, "use disconnect_account()"),
        ("clear_account_error", "account_disconnected", {}, "a login at a new webview"),
        (
            "add_account_warning",
            "account_reauthorization_requested",
            {},
            "use request_reauthorization()",
        ),
        ("clear_account_warning", "nonsense", {}, "choose one of scheduled_maintenance_window,"),
        (
            "add_account_error",
            "salto_ks_subscription_limit_exceeded",
            {},
            "salto_ks_metadata is required",
        ),
        (
            "add_account_warning",
            "salto_ks_subscription_limit_almost_reached",
            {"salto_ks_metadata": {"sites": [{"site_user_subscription_limit": -1}]}},
            "Number must be greater than or equal to 0",
        ),
        ("add_account_error", "bridge_disconnected", {"sites": []}, "No such member"),
        ("add_device_error", "bridge_disconnected", {}, "add_account_error()"),
        ("add_device_error", "account_disconnected", {}, "disconnect_account()"),
        ("clear_device_error", "nonsense", {}, "choose one of insufficient_permissions,"),
        (
            "add_device_warning",
            "max_access_codes_reached",
            {"active_access_code_count": 1},
            "max_active_access_code_count is required",
        ),
        ("clear_device_warning", "nonsense", {}, "choose one of partial_backup_access_code_pool"),
    ],
)
def test_an_invalid_value_is_named(fake, account, front, method, code, more, message):
    record = account if "account" in method else front
    before = fake.snapshot()

    with pytest.raises(MisuseError) as caught:
        getattr(fake, method)(record, code, **more)

    assert message in str(caught.value)
    assert fake.snapshot() == before


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        ({"sites": [{"siteid": "s"}]}, "salto_ks_metadata.sites.0.siteid"),
        ({"sites": [], "more": 1}, "salto_ks_metadata.more"),
    ],
)
def test_a_misspelled_member_of_an_error_is_named(fake, payload, path):
    account = fake.connect_account("salto_ks")

    with pytest.raises(MisuseError) as caught:
        fake.add_account_error(
            account, "salto_ks_subscription_limit_exceeded", salto_ks_metadata=payload
        )

    assert path in str(caught.value)
    assert "No such member" in str(caught.value)


def test_a_deleted_device_is_misuse(fake):
    with pytest.raises(MisuseError, match="no device"):
        fake.add_device_error("00000000-0000-4000-8000-000000000000", "device_offline")


def test_an_error_that_a_device_has_already_emits_no_event_again(fake, event_types):
    fake.connect_account()
    device = fake.call("/devices/list")["devices"][0]

    fake.add_device_error(device, "subscription_required")
    fake.add_device_error(device, "subscription_required", "another message")

    assert event_types().count("device.error.subscription_required") == 1
