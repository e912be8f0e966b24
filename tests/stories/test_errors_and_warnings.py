"""Every code of an error or a warning, set by a test and read by the SDK where it appears."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

SITES = {"salto_ks_metadata": {"sites": [{"site_id": "s", "site_user_subscription_limit": 5}]}}
COUNTS = {"active_access_code_count": 9, "max_active_access_code_count": 10}

ACCOUNT_ERRORS = {
    "bridge_disconnected": {},
    "salto_ks_subscription_limit_exceeded": SITES,
    "dormakaba_sites_disconnected": {},
}
ACCOUNT_WARNINGS = {
    "scheduled_maintenance_window": {},
    "unknown_issue_with_connected_account": {},
    "salto_ks_subscription_limit_almost_reached": SITES,
    "being_deleted": {},
    "provider_service_unavailable": {},
    "setup_required": {},
    "dormakaba_sites_unapproved": {},
}
# The warnings that devices can have too.
ALSO_ON_DEVICES = {"scheduled_maintenance_window", "salto_ks_subscription_limit_almost_reached"}
DEVICE_ERRORS = """
    insufficient_permissions device_offline device_removed hub_disconnected device_disconnected
    empty_backup_access_code_pool august_lock_not_authorized missing_device_credentials
    auxiliary_heat_running subscription_required
""".split()
DEVICE_WARNINGS = """
    partial_backup_access_code_pool many_active_backup_codes third_party_integration_detected
    ttlock_lock_gateway_unlocking_not_enabled ttlock_weak_gateway_signal power_saving_mode
    temperature_threshold_exceeded device_communication_degraded scheduled_maintenance_window
    device_has_flaky_connection salto_ks_office_mode salto_ks_privacy_mode privacy_mode
    salto_ks_subscription_limit_almost_reached salto_ks_lock_access_code_support_removed
    unknown_issue_with_phone lockly_time_zone_not_configured ultraloq_time_zone_unknown
    time_zone_unknown time_zone_mismatch two_n_device_missing_timezone
    hub_required_for_additional_capabilities provider_issue keynest_unsupported_locker
    accessory_keypad_setup_required accessory_keypad_low_battery unreliable_online_status
    max_access_codes_reached
""".split()


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T12:00:00Z")


@pytest.fixture
def seam(fake):
    with fake.client() as seam:
        yield seam


@pytest.fixture
def account_id(fake):
    return fake.connect_account("minut")["connected_account_id"]


def codes(entries):
    return [getattr(entry, "error_code", None) or entry.warning_code for entry in entries]


def disconnected(fake, seam, account_id):
    """Disconnects the account; returns the two events with its errors and warnings."""
    fake.disconnect_account(account_id)
    found = seam.events.list(since="2026-01-01", connected_account_id=account_id)
    return [event for event in found if event.event_type.endswith(".disconnected")][-2:]


@pytest.mark.parametrize("code", ACCOUNT_ERRORS)
def test_an_accounts_error_is_on_the_account_its_devices_and_its_events(
    fake, seam, account_id, code
):
    fake.add_account_error(account_id, code, **ACCOUNT_ERRORS[code])

    account = seam.connected_accounts.get(connected_account_id=account_id)
    assert codes(account.errors) == [code]
    if ACCOUNT_ERRORS[code]:
        assert account.errors[0].salto_ks_metadata.sites[0].site_id == "s"
    (device,) = seam.devices.list()
    assert codes(device.errors) == [code]
    of_account, of_device = disconnected(fake, seam, account_id)
    both = [code, "account_disconnected"]
    assert codes(of_account.connected_account_errors) == both
    assert codes(of_device.connected_account_errors) == both


@pytest.mark.parametrize("code", ACCOUNT_WARNINGS)
def test_an_accounts_warning_is_on_the_account_and_its_events(fake, seam, account_id, code):
    fake.add_account_warning(account_id, code, **ACCOUNT_WARNINGS[code])

    account = seam.connected_accounts.get(connected_account_id=account_id)
    assert codes(account.warnings) == [code]
    (device,) = seam.devices.list()
    assert codes(device.warnings) == ([code] if code in ALSO_ON_DEVICES else [])
    of_account, of_device = disconnected(fake, seam, account_id)
    assert codes(of_account.connected_account_warnings) == [code]
    assert codes(of_device.connected_account_warnings) == [code]


@pytest.mark.parametrize("code", DEVICE_ERRORS)
def test_a_devices_error_is_on_the_device_and_its_events(fake, seam, account_id, code):
    (device,) = seam.devices.list()

    fake.add_device_error(device, code)

    (device,) = seam.devices.list()
    assert codes(device.errors) == [code]
    fake.disconnect_account(account_id)
    events = [event for event in fake.events if event["event_type"] == "device.disconnected"]
    assert any(
        code in (error["error_code"] for error in event["device_errors"]) for event in events
    ) is (code != "device_removed")  # removed devices have another event


@pytest.mark.parametrize("code", DEVICE_WARNINGS)
def test_a_devices_warning_is_on_the_device_and_its_events(fake, seam, account_id, code):
    (device,) = seam.devices.list()

    fake.add_device_warning(device, code, **(COUNTS if code == "max_access_codes_reached" else {}))

    (device,) = seam.devices.list()
    assert codes(device.warnings) == [code]
    _, of_device = disconnected(fake, seam, account_id)
    assert codes(of_device.device_warnings) == [code]
