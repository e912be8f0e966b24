"""The battery of a device and of its keypad: levels, statuses, events."""

from __future__ import annotations

import pytest


@pytest.fixture
def lock(fake):
    fake.connect_account("august")
    return fake.call("/devices/list")["devices"][0]["device_id"]


def properties(fake, device_id):
    return fake.call("/devices/get", {"device_id": device_id})["device"]["properties"]


def emitted(fake):
    return [
        event["event_type"]
        for event in fake.events
        if event["event_type"] in ("device.battery_status_changed", "device.low_battery")
    ]


@pytest.mark.parametrize(
    ("level", "status"),
    [
        (0, "critical"),
        (0.09, "critical"),
        (0.1, "low"),
        (0.3, "good"),
        (0.75, "full"),
        (1, "full"),
    ],
)
def test_a_level_has_a_status(fake, lock, level, status):
    fake.set_battery(lock, level)

    shown = properties(fake, lock)
    assert shown["battery"] == {"level": level, "status": status}
    assert shown["battery_level"] == level


def test_a_low_battery_is_reported_once(fake, lock):
    for level in (0.8, 0.5, 0.2, 0.15, 0.05, 0.2):
        fake.set_battery(lock, level)

    assert emitted(fake) == [
        "device.battery_status_changed",  # good
        "device.battery_status_changed",  # low
        "device.low_battery",
        "device.battery_status_changed",  # critical
        "device.battery_status_changed",  # low again
    ]
    changed = fake.events.filter("device.battery_status_changed")[1]
    assert (changed["battery_status"], changed["battery_level"]) == ("low", 0.2)
    (low,) = fake.events.filter("device.low_battery")
    assert (low["battery_level"], low["battery_source"]) == (0.2, "lock")
    assert low["device_battery_level"] == 0.2
    assert "accessory_keypad_battery_level" not in low


def test_a_keypad_has_a_battery_of_its_own(fake):
    keypad = {"is_connected": True, "battery": {"level": 0.9}}
    devices = [{"name": "Door", "properties": {"accessory_keypad": keypad}}]
    fake.connect_account("august", devices=devices)
    lock = fake.call("/devices/list")["devices"][0]["device_id"]
    fake.set_battery(lock, keypad_level=0.2)

    assert properties(fake, lock)["accessory_keypad"]["battery"] == {"level": 0.2}
    (low,) = fake.events.filter("device.low_battery")
    assert low["battery_source"] == "accessory_keypad"
    assert low["accessory_keypad_battery_level"] == low["battery_level"] == 0.2
    assert emitted(fake) == ["device.low_battery"]


def test_a_low_battery_is_reported_with_the_level_of_the_other(fake):
    keypad = {"is_connected": True, "battery": {"level": 0.9}}
    devices = [{"name": "Door", "properties": {"accessory_keypad": keypad}}]
    fake.connect_account("august", devices=devices)
    lock = fake.call("/devices/list")["devices"][0]["device_id"]
    fake.set_battery(lock, 0.2)
    fake.set_battery(lock, keypad_level=0.05)

    names = ("battery_source", "battery_level", "device_battery_level")
    names = (*names, "accessory_keypad_battery_level")
    assert [[low[name] for name in names] for low in fake.events.filter("device.low_battery")] == [
        ["lock", 0.2, 0.2, 0.9],
        ["accessory_keypad", 0.05, 0.2, 0.05],
    ]


def test_the_battery_of_a_sensor_is_of_no_lock(fake):
    fake.connect_account("minut")
    fake.set_battery(fake.call("/devices/list")["devices"][0], 0.2)

    (low,) = fake.events.filter("device.low_battery")
    assert low["device_battery_level"] == low["battery_level"] == 0.2
    assert "battery_source" not in low


def test_tampering_is_an_event(fake, lock):
    fake.tamper(lock)

    assert fake.events[-1]["event_type"] == "device.tampered"


def test_it_needs_no_connection(fake, lock):
    fake.call("/devices/simulate/disconnect", {"device_id": lock})
    fake.set_battery(lock, 0.2)

    assert emitted(fake) == ["device.battery_status_changed", "device.low_battery"]
    assert "battery" not in properties(fake, lock)
