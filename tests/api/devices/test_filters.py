"""The filters of /devices/list."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def home(fake):
    """An August account, an ecobee one a minute later, and a Minut one an hour after that."""
    fake.august = fake.connect_account(provider="august", email="jane@example.com")
    fake.clock.advance(60)
    fake.ecobee = fake.connect_account(provider="ecobee", email="jane@example.com")
    fake.clock.advance(3600)
    fake.minut = fake.connect_account(provider="minut", email="jane@example.com")
    return fake


@pytest.fixture
def types(home):
    """The types of the devices in a list."""

    def types(**filters):
        devices = home.call("/devices/list", filters)["devices"]
        return [device["device_type"] for device in devices]

    return types


LOCKS = ["august_lock", "august_lock"]
ALL = [*LOCKS, "ecobee_thermostat", "minut_sensor"]


def test_without_a_filter_every_device_is_listed(types):
    assert types() == ALL


def test_devices_of_one_account(home, types):
    assert types(connected_account_id=home.ecobee["connected_account_id"]) == [
        "ecobee_thermostat"
    ]
    assert types(connected_account_id=UNKNOWN) == []


def test_devices_of_several_accounts(home, types):
    ids = [home.minut["connected_account_id"], UNKNOWN, home.august["connected_account_id"]]

    assert types(connected_account_ids=ids) == [*LOCKS, "minut_sensor"]
    assert types(connected_account_ids=[]) == []


def test_devices_by_type(types):
    assert types(device_type="august_lock") == LOCKS
    assert types(device_types=["minut_sensor", "ecobee_thermostat"]) == [
        "ecobee_thermostat",
        "minut_sensor",
    ]
    assert types(device_types=[]) == []
    assert types(device_type="sonos_speaker") == []


def test_devices_by_manufacturer(types):
    assert types(manufacturer="ecobee") == ["ecobee_thermostat"]
    assert types(manufacturer="sonos") == []


@pytest.mark.parametrize(
    ("name", "value"), [("device_type", "august"), ("manufacturer", "august_lock")]
)
def test_an_unknown_type_or_manufacturer_is_refused(refuse, name, value):
    assert refuse("/devices/list", {name: value}).message.startswith("Invalid enum value. ")


def test_devices_by_id(home, types):
    ids = [device["device_id"] for device in home.call("/devices/list")["devices"]]

    assert types(device_ids=[ids[3], ids[0], UNKNOWN]) == ["august_lock", "minut_sensor"]
    assert types(device_ids=[]) == []


def test_devices_of_the_account_of_a_webview(home, types):
    webviews = home.call("/connect_webviews/list")["connect_webviews"]

    assert types(connect_webview_id=webviews[1]["connect_webview_id"]) == ["ecobee_thermostat"]


def test_a_pending_or_unknown_webview_has_no_devices(home, types):
    pending = home.call("/connect_webviews/create")["connect_webview"]

    assert types(connect_webview_id=pending["connect_webview_id"]) == []
    assert types(connect_webview_id=UNKNOWN) == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-01T00:00:00.000Z", []),
        ("2026-01-01T00:00:00.001Z", LOCKS),
        ("2026-01-01T00:01:00Z", LOCKS),
        ("2026-01-01T00:01:00.0001Z", [*LOCKS, "ecobee_thermostat"]),
        ("2026-01-01T01:01:00+01:00", LOCKS),
        ("2026-01-01T02:01:00+01:00", [*LOCKS, "ecobee_thermostat"]),
        ("2026-01-02T00:00:00Z", ALL),
        ("9999-12-31T23:59:59.999Z", ALL),
        ("9999-12-31T23:59:59.999999Z", ALL),
        ("0001-01-01T00:00:00+14:00", []),
    ],
)
def test_created_before_is_strict_and_compares_times(types, moment, expected):
    assert types(created_before=moment) == expected


def test_created_before_has_to_be_a_time(refuse):
    refusal = refuse("/devices/list", {"created_before": "yesterday"})

    assert refusal.message == 'Invalid datetime for "created_before"'


def test_included_flags_all_have_to_be_there(types):
    assert types(include_if=["can_remotely_lock"]) == LOCKS
    assert types(include_if=["can_hvac_heat", "can_hvac_cool"]) == ["ecobee_thermostat"]
    assert types(include_if=["can_remotely_lock", "can_hvac_cool"]) == []
    assert types(include_if=[]) == ALL


def test_excluded_flags_must_not_be_there(types):
    assert types(exclude_if=["can_remotely_lock"]) == ["ecobee_thermostat", "minut_sensor"]
    assert types(exclude_if=["can_remotely_lock", "can_hvac_cool"]) == ["minut_sensor"]
    assert types(include_if=["can_hvac_cool"], exclude_if=["can_hvac_heat"]) == []


def test_an_unknown_flag_is_refused(refuse):
    refusal = refuse("/devices/list", {"include_if": ["can_fly"]})

    assert refusal.message.endswith(", received 'can_fly' for \"include_if.0\"")


def test_no_device_is_in_an_unknown_space(types):
    assert types(space_id=UNKNOWN) == []
    assert types(unstable_location_id=UNKNOWN) == []


def test_a_location_of_null_is_no_filter(types):
    assert types(unstable_location_id=None) == ALL


def test_a_search_finds_names_and_accounts(home, types):
    assert types(search="door") == LOCKS
    assert types(search="living") == ["ecobee_thermostat", "minut_sensor"]
    assert types(search=home.minut["connected_account_id"][5:]) == ["minut_sensor"]
    assert types(search="august") == []


def test_a_search_finds_the_beginning_of_an_id_from_four_characters_on(home, types):
    device_id = home.call("/devices/list")["devices"][3]["device_id"]

    assert types(search=device_id) == ["minut_sensor"]
    assert types(search=device_id[:8].upper()) == ["minut_sensor"]
    assert types(search=device_id[1:]) == []


def test_filters_all_have_to_be_met(home, types):
    august_id = home.august["connected_account_id"]

    assert types(connected_account_id=august_id, search="front") == ["august_lock"]
    assert types(connected_account_id=august_id, device_type="minut_sensor") == []
    assert types(connected_account_ids=[august_id], device_ids=[]) == []


def test_devices_have_metadata_of_their_own(fake):
    fake.connect_account(custom_metadata={"k": "v"})

    has = {"custom_metadata_has": {"k": "v"}}
    lacks = {"custom_metadata_has": {"k": None}}

    assert fake.call("/devices/list", has)["devices"] == []
    assert len(fake.call("/devices/list", lacks)["devices"]) == 2
