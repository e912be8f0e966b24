"""The properties of new devices that apps read: serial numbers, batteries, temperatures."""

from __future__ import annotations

import typing
from collections.abc import Mapping

import pytest
from seam.resources import Device

from fakeseam import FakeSeam
from fakeseam.api.connect_webviews.login.providers import PROVIDERS
from fakeseam.api.devices.sandbox_properties import battery_status


def properties(fake, provider, **given):
    devices = [{"name": "One", "properties": given}] if given else None
    fake.connect_account(provider=provider, devices=devices)
    return fake.call("/devices/list")["devices"][-1]["properties"]


def misfits(value, hint, path):
    """Returns the places in a value that the SDK's annotations do not allow."""
    options = typing.get_args(hint)
    if hint is typing.Any or value is None:
        return []
    if typing.get_origin(hint) is typing.Literal:
        return [] if value in options else [path]
    if typing.get_origin(hint) is list:
        return [bad for one in value for bad in misfits(one, options[0], path)]
    if typing.get_origin(hint) is typing.Union:
        found = [misfits(value, one, path) for one in options if one is not type(None)]
        return min(found, key=len)
    if isinstance(value, Mapping) and hasattr(hint, "__dataclass_fields__"):
        hints = typing.get_type_hints(hint)
        unknown = [f"{path}.{name}" for name in value if name not in hints]
        known = (
            misfits(value[name], hints[name], f"{path}.{name}") for name in value if name in hints
        )
        return [*unknown, *(bad for one in known for bad in one)]
    origin = typing.get_origin(hint) or hint
    allowed = (int, float) if origin is float else origin
    return [] if isinstance(value, allowed) else [path]


def test_august_locks_have_what_apps_read(fake):
    lock = properties(fake, "august")

    assert lock["august_metadata"].keys() == {
        "lock_id",
        "lock_name",
        "house_id",
        "house_name",
        "has_keypad",
        "model",
    }
    assert lock["august_metadata"]["lock_name"] == "BACK DOOR"
    assert lock["battery"] == {"level": 1.0, "status": "full"}
    assert lock["battery_level"] == 1.0
    assert lock["serial_number"].isalnum()


def test_thermostats_have_temperatures_and_a_climate(fake):
    thermostat = properties(fake, "ecobee")

    assert thermostat["temperature_fahrenheit"] == 70.0
    assert thermostat["temperature_celsius"] == 21.11
    assert thermostat["relative_humidity"] == 0.4
    assert thermostat["available_hvac_mode_settings"] == ["cool", "heat", "heat_cool", "off"]
    assert thermostat["current_climate_setting"] == {
        "hvac_mode_setting": "heat",
        "fan_mode_setting": "auto",
        "heating_set_point_fahrenheit": 68.0,
        "heating_set_point_celsius": 20.0,
    }
    assert thermostat["ecobee_metadata"]["device_name"] == "Living Room"


def test_noise_sensors_have_a_noise_level(fake):
    sensor = properties(fake, "minut")

    assert sensor["noise_level_decibels"] == 35.0
    assert sensor["currently_triggering_noise_threshold_ids"] == []
    assert sensor["minut_metadata"]["latest_sensor_values"]["humidity"] == {
        "time": "2026-01-01T00:00:00.000Z",
        "value": 40.0,
    }


def test_the_seed_and_the_device_give_the_ids():
    def ids(seed):
        lock = properties(FakeSeam(seed=seed), "august")
        return lock["serial_number"], lock["august_metadata"]["lock_id"]

    assert ids(1) == ids(1)
    assert ids(1) != ids(2)
    fake = FakeSeam()
    fake.connect_account()
    front, back = fake.call("/devices/list")["devices"]
    assert front["properties"]["serial_number"] != back["properties"]["serial_number"]


@pytest.mark.parametrize("provider", [key for key, one in PROVIDERS.items() if one.devices])
def test_every_property_is_one_of_the_sdk_with_its_type(fake, provider):
    fake.connect_account(provider=provider)

    hints = typing.get_type_hints(Device, vars(Device))
    for device in fake.call("/devices/list")["devices"]:
        assert misfits(device["properties"], hints["properties"], device["device_type"]) == []


def test_a_given_member_of_the_metadata_replaces_only_itself(fake):
    lock = properties(fake, "august", august_metadata={"lock_id": "L1"}, serial_number="S1")

    assert lock["august_metadata"]["lock_id"] == "L1"
    assert lock["august_metadata"]["house_name"] == "My House"
    assert lock["serial_number"] == "S1"


@pytest.mark.parametrize(
    ("given", "level", "status"),
    [
        ({"battery_level": 0.05}, 0.05, "critical"),
        ({"battery_level": 0.2}, 0.2, "low"),
        ({"battery": {"level": 1}}, 1, "full"),
        ({"battery": {"level": 0.5, "status": "low"}}, 0.5, "low"),
        ({"battery": {"status": "low"}}, 1.0, "low"),
    ],
)
def test_both_forms_of_a_battery_say_the_same(fake, given, level, status):
    lock = properties(fake, "august", **given)

    assert lock["battery_level"] == level
    assert lock["battery"] == {"level": level, "status": status}


@pytest.mark.parametrize(
    ("level", "status"),
    [
        (0, "critical"),
        (0.09, "critical"),
        (0.1, "low"),
        (0.29, "low"),
        (0.3, "good"),
        (0.74, "good"),
        (0.75, "full"),
        (1, "full"),
    ],
)
def test_the_level_of_a_battery_decides_its_status(level, status):
    assert battery_status(level) == status


@pytest.mark.parametrize("provider", ["four_suites", "salto_ks", "my_2n", "brivo"])
def test_locks_with_direct_power_have_no_battery(fake, provider):
    lock = properties(fake, provider)

    assert lock["has_direct_power"] is True
    assert not {"battery", "battery_level"} & lock.keys()


def test_a_given_power_supply_replaces_the_usual_one(fake):
    wired = properties(fake, "august", has_direct_power=True)
    assert not {"battery", "battery_level"} & wired.keys()

    portable = properties(fake, "salto_ks", battery_level=0.2)
    assert portable["battery"] == {"level": 0.2, "status": "low"}
    assert "has_direct_power" not in portable

    assert properties(fake, "brivo", battery={"status": "low"})["battery"]["level"] == 1.0
    assert properties(fake, "four_suites", has_direct_power=False)["battery_level"] == 1.0


def test_a_lock_says_what_codes_it_takes(fake):
    lock = properties(fake, "nuki")

    assert lock["supported_code_lengths"] == [6]
    assert lock["max_active_codes_supported"] == 100
    assert lock["code_constraints"] == [
        {"constraint_type": "no_zeros"},
        {"constraint_type": "cannot_start_with_12"},
        {"constraint_type": "name_length", "max_length": 20},
    ]
    assert lock["supports_backup_access_code_pool"] is True
    assert lock["has_native_entry_events"] is True
    assert lock["keypad_battery"] == {"level": 1.0}


def test_what_the_guides_do_not_say_of_entry_events_is_left_out(fake):
    assert "has_native_entry_events" not in properties(fake, "wyze")


def test_given_facts_of_codes_replace_those_of_the_brand(fake):
    lock = properties(
        fake,
        "nuki",
        supported_code_lengths=[4],
        max_active_codes_supported=1,
        code_constraints=[],
        supports_backup_access_code_pool=False,
        has_native_entry_events=False,
    )

    assert lock["supported_code_lengths"] == [4]
    assert lock["max_active_codes_supported"] == 1
    assert lock["code_constraints"] == []
    assert lock["supports_backup_access_code_pool"] is False
    assert lock["has_native_entry_events"] is False


@pytest.mark.parametrize("provider", ["brivo", "ecobee", "minut"])
def test_a_device_without_access_codes_has_no_facts_of_codes(fake, provider):
    names = {
        "supported_code_lengths",
        "max_active_codes_supported",
        "code_constraints",
        "supports_backup_access_code_pool",
        "has_native_entry_events",
    }
    assert not names & properties(fake, provider).keys()


def test_a_lock_is_locked_at_first_and_other_devices_have_no_such_property(fake):
    assert properties(fake, "august")["locked"] is True
    assert properties(fake, "yale", locked=False)["locked"] is False
    assert "locked" not in properties(fake, "keynest")


def test_both_forms_of_a_temperature_say_the_same(fake):
    assert properties(fake, "ecobee", temperature_celsius=20)["temperature_fahrenheit"] == 68.0
    assert properties(fake, "ecobee", temperature_fahrenheit=77)["temperature_celsius"] == 25.0


def test_a_repeated_serial_number_is_the_same_one(fake):
    thermostat = properties(fake, "tado", serial_number="S1")

    assert thermostat["tado_metadata"]["serial_no"] == "S1"
