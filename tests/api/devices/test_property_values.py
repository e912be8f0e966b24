"""The values of a custom device's properties: what Seam's devices cannot have is refused."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.api.devices.types import CODE_CONSTRAINTS

BOOLEANS = """
    locked door_open auto_lock_enabled has_direct_power has_native_entry_events
    supports_backup_access_code_pool backup_access_code_pool_enabled
    online_access_codes_enabled offline_access_codes_enabled supports_offline_access_codes
""".split()
KEYPAD = "is an object with is_connected, and with battery: an object with a level from 0 to 1"


def refusal(properties, provider="august"):
    fake = FakeSeam()
    with pytest.raises(MisuseError) as caught:
        fake.connect_account(
            provider=provider, devices=[{"name": "One", "properties": properties}]
        )
    assert fake.call("/devices/list")["devices"] == []
    return str(caught.value).removeprefix("devices.0 ('One'): ")


@pytest.mark.parametrize("name", BOOLEANS)
@pytest.mark.parametrize("value", ["yes", 1, None])
def test_a_property_that_is_true_or_false_is_nothing_else(name, value):
    assert refusal({name: value}) == f"properties.{name} is true or false, not {value!r}"


@pytest.mark.parametrize(
    "name",
    [
        "has_built_in_keypad",
        "can_connect_accessory_keypad",
        "accessory_keypad_supported",
        "offline_access_codes_supported",
        "online_access_codes_supported",
    ],
)
def test_a_model_has_a_keypad_or_not(name):
    message = f"properties.model.{name} is true or false, not 'yes'"
    assert refusal({"model": {name: "yes"}}) == message


@pytest.mark.parametrize(
    "value", [4, "4", [0], [21], [4.5], [4.0], [True], ["4"], [None], None, {"min": 4}]
)
def test_code_lengths_are_whole_numbers_from_1_to_20(value):
    assert refusal({"supported_code_lengths": value}) == (
        f"properties.supported_code_lengths is a list of whole numbers from 1 to 20, not {value!r}"
    )


@pytest.mark.parametrize("value", [-1, 1.5, True, "100", None])
def test_a_lock_holds_a_whole_number_of_codes(value):
    assert refusal({"max_active_codes_supported": value}) == (
        f"properties.max_active_codes_supported is a whole number, 0 or more, not {value!r}"
    )


@pytest.mark.parametrize("value", [0, 0.9, 60.1, "30", True, None])
def test_the_delay_of_an_auto_lock_is_from_1_to_60_seconds(value):
    assert refusal({"auto_lock_delay_seconds": value}) == (
        f"properties.auto_lock_delay_seconds is a number from 1 to 60, not {value!r}"
    )


def test_an_auto_lock_that_is_enabled_needs_a_delay():
    assert refusal({"auto_lock_enabled": True}) == (
        "properties.auto_lock_enabled needs properties.auto_lock_delay_seconds; give it, too"
    )


@pytest.mark.parametrize("value", ["no_zeros", {}, ["no_zeros"], [None], None])
def test_code_constraints_are_objects(value):
    assert refusal({"code_constraints": value}) == (
        f"properties.code_constraints is a list of objects with constraint_type, not {value!r}"
    )


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ({}, "constraint_type None is unknown; give one of no_zeros, cannot_start_with_12, "),
        ({"constraint_type": "no_sevens"}, "constraint_type 'no_sevens' is unknown; give one of"),
        ({"constraint_type": ["no_zeros"]}, "constraint_type ['no_zeros'] is unknown; give one"),
    ],
)
def test_the_type_of_a_code_constraint_is_known(constraint, message):
    constraints = [{"constraint_type": "no_zeros"}, constraint]
    found = refusal({"code_constraints": constraints})

    assert found.startswith(f"properties.code_constraints.1.{message}")


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        (
            {"constraint_type": "name_length", "max_length": "9"},
            "properties.code_constraints.0.max_length is a whole number, 0 or more, not '9'",
        ),
        (
            {"constraint_type": "name_length", "min_length": -1},
            "properties.code_constraints.0.min_length is a whole number, 0 or more, not -1",
        ),
        (
            {"constraint_type": "no_zeros", "max_length": 9},
            "properties.code_constraints.0: no_zeros has no 'max_length'; leave it out",
        ),
    ],
)
def test_only_constraints_of_names_have_lengths(constraint, message):
    assert refusal({"code_constraints": [constraint]}) == message


def test_the_code_constraints_are_those_of_the_api():
    assert sorted(CODE_CONSTRAINTS) == [
        "at_least_three_unique_digits",
        "cannot_contain_0789",
        "cannot_contain_089",
        "cannot_specify_pin_code",
        "cannot_start_with_12",
        "name_length",
        "name_must_be_unique",
        "no_all_same_digits",
        "no_ascending_or_descending_sequence",
        "no_triple_consecutive_ints",
        "no_zeros",
        "pin_code_matches_existing_set",
        "start_date_in_future",
        "unique_first_four_digits",
    ]


@pytest.mark.parametrize("value", [0.5, {}, {"level": 2}, {"level": "full"}, None])
def test_the_battery_of_a_keypad_has_a_level(value):
    assert refusal({"keypad_battery": value}) == (
        f"properties.keypad_battery is an object with a level from 0 to 1, not {value!r}"
    )


@pytest.mark.parametrize(
    "value",
    [True, {}, {"is_connected": 1}, {"is_connected": True, "battery": {}}, None],
)
def test_an_accessory_keypad_is_connected_or_not(value):
    message = f"properties.accessory_keypad {KEYPAD}, not {value!r}"
    assert refusal({"accessory_keypad": value}) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"battery_level": 90}, "properties.battery_level is a number from 0 to 1, not 90"),
        ({"battery_level": True}, "properties.battery_level is a number from 0 to 1, not True"),
        ({"battery_level": None}, "properties.battery_level is a number from 0 to 1, not None"),
        (
            {"battery": {"level": -0.1}},
            "properties.battery.level is a number from 0 to 1, not -0.1",
        ),
        ({"battery": 0.5}, "properties.battery is an object with level and status"),
        (
            {"battery": {"status": "empty"}},
            "properties.battery.status is full, good, low, critical, not 'empty'",
        ),
    ],
)
def test_a_battery_has_a_level_and_a_status(given, message):
    assert refusal(given) == message


def test_a_lock_may_have_every_property():
    given = {
        "locked": False,
        "door_open": True,
        "auto_lock_enabled": True,
        "auto_lock_delay_seconds": 60,
        "battery": {"level": 0.5, "status": "good"},
        "battery_level": 0.5,
        "keypad_battery": {"level": 0},
        "accessory_keypad": {"is_connected": True, "battery": {"level": 1}},
        "supported_code_lengths": [1, 20],
        "max_active_codes_supported": 0,
        "code_constraints": [
            {"constraint_type": "no_zeros"},
            {"constraint_type": "name_must_be_unique"},
            {"constraint_type": "name_length", "min_length": 2, "max_length": 14},
        ],
        "supports_backup_access_code_pool": True,
        "backup_access_code_pool_enabled": True,
        "has_native_entry_events": False,
        "online_access_codes_enabled": True,
        "offline_access_codes_enabled": False,
        "supports_offline_access_codes": False,
        "online_time_frame_options": [],
        "offline_time_frame_options": [],
    }
    flags = {
        "can_remotely_lock": True,
        "can_remotely_unlock": False,
        "can_program_online_access_codes": False,
        "can_program_offline_access_codes": True,
        "can_unlock_with_code": True,
        "can_configure_auto_lock": False,
    }
    fake = FakeSeam()
    fake.connect_account(
        provider="schlage", devices=[{"name": "One", "properties": given, **flags}]
    )

    (lock,) = fake.call("/devices/list")["devices"]
    assert {name: lock["properties"][name] for name in given} == given
    assert {flag: lock[flag] for flag in flags} == flags
