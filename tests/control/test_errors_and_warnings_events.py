"""The events of warnings: what begins and ends, as Seam has an event for it."""

from __future__ import annotations

import pytest

from fakeseam.api.error_codes import DEVICE_WARNINGS

FLAKY = "device_has_flaky_connection"
# The warnings that have events, and the types of these; written out, as the code has its own list.
EVENTS = {
    FLAKY: ("device.connection_became_flaky", "device.connection_stabilized"),
    "third_party_integration_detected": (
        "device.third_party_integration_detected",
        "device.third_party_integration_no_longer_detected",
    ),
    "salto_ks_privacy_mode": (
        "device.salto.privacy_mode_activated",
        "device.salto.privacy_mode_deactivated",
    ),
    "temperature_threshold_exceeded": (
        "thermostat.temperature_threshold_exceeded",
        "thermostat.temperature_threshold_no_longer_exceeded",
    ),
    "accessory_keypad_low_battery": ("device.low_battery", None),
}
MEMBERS = {
    "max_access_codes_reached": {
        "active_access_code_count": 1,
        "max_active_access_code_count": 1,
    }
}
# Devices that measure what an event carries.
KEYPAD = {"accessory_keypad": {"is_connected": True, "battery": {"level": 0.1}}}
HEAT = {"temperature_celsius": 30, "temperature_fahrenheit": 86}


def new_types(fake, before):
    return [event["event_type"] for event in list(fake.events)[before:]]


@pytest.fixture
def connect(fake):
    """Connects a device that can have this warning."""

    def connect(code):
        is_thermostat = code == "temperature_threshold_exceeded"
        fake.connect_account(
            provider="nest" if is_thermostat else "august",
            devices=[{"name": "Hall", "properties": HEAT if is_thermostat else KEYPAD}],
        )
        return fake.call("/devices/list")["devices"][0]

    return connect


@pytest.mark.parametrize("code", DEVICE_WARNINGS.codes)
def test_a_warning_announces_its_beginning_and_its_end(fake, connect, code):
    device = connect(code)
    began, ended = EVENTS.get(code, (None, None))

    before = len(fake.events)
    fake.add_device_warning(device, code, **MEMBERS.get(code, {}))
    assert new_types(fake, before) == ([began] if began else [])

    before = len(fake.events)
    fake.add_device_warning(device, code, "Again.", **MEMBERS.get(code, {}))
    assert new_types(fake, before) == []

    fake.clear_device_warning(device, code)
    assert new_types(fake, before) == ([ended] if ended else [])

    before = len(fake.events)
    fake.clear_device_warning(device, code)
    assert new_types(fake, before) == []


def test_the_event_carries_the_warning(fake, connect):
    device = connect(FLAKY)
    fake.add_device_warning(device, FLAKY)

    event = fake.events.assert_emitted("device.connection_became_flaky")
    assert [one["warning_code"] for one in event["device_warnings"]] == [FLAKY]


def test_the_event_of_a_threshold_has_the_temperature_and_its_limits(fake, connect):
    device = connect("temperature_threshold_exceeded")
    fake.add_device_warning(device, "temperature_threshold_exceeded")

    event = fake.events.assert_emitted("thermostat.temperature_threshold_exceeded")
    assert (event["temperature_celsius"], event["temperature_fahrenheit"]) == (30, 86)
    assert (event["upper_limit_celsius"], event["lower_limit_fahrenheit"]) == (None, None)


def test_the_event_of_a_keypad_names_the_keypads_battery(fake, connect):
    device = connect("accessory_keypad_low_battery")
    fake.add_device_warning(device, "accessory_keypad_low_battery")

    event = fake.events.assert_emitted("device.low_battery")
    assert (event["battery_level"], event["battery_source"]) == (0.1, "accessory_keypad")


def test_a_device_that_measures_nothing_sends_no_event_that_seam_could_not(fake):
    fake.connect_account(provider="minut")
    device = fake.call("/devices/list")["devices"][0]
    before = len(fake.events)

    fake.add_device_warning(device, "accessory_keypad_low_battery")

    assert new_types(fake, before) == []


def test_an_unmanaged_device_sends_no_event_of_a_warning(fake):
    fake.connect_account(automatically_manage_new_devices=False)
    device = fake.call("/devices/unmanaged/list")["devices"][0]
    before = len(fake.events)

    fake.add_device_warning(device, FLAKY)

    assert new_types(fake, before) == []
