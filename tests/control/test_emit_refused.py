"""What ``fake.emit`` refuses, and that a value which is given is the only truth."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.api.events.types import EVENT_FIELDS

ID = "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("event_type", "given", "message"),
    [
        ("device.lowbattery", {}, "no event type 'device.lowbattery'.*device.low_battery"),
        ("device.low_battery", {"batery_level": 1}, "no field 'batery_level'.*'battery_level'"),
        ("device.low_battery", {"event_id": ID}, "no field 'event_id'"),
        ("device.low_battery", {"battery_level": "low"}, 'received string for "battery_level"'),
        ("device.low_battery", {"battery_level": 1.5}, "battery_level"),
        ("device.tampered", {"device_id": ID}, f"no device '{ID}' here"),
        ("device.tampered", {"device_id": "x"}, "no device 'x' here"),
        ("device.tampered", {"device_id": 5}, "Expected a device_id"),
        ("device.tampered", {"connected_account_id": ID}, "no connected account"),
        ("access_code.created", {}, "needs access_code_id=..., which fakeseam cannot know"),
        ("access_code.created", {"access_code_id": "x"}, 'Invalid uuid for "access_code_id"'),
        ("lock.unlocked", {"method": "magic"}, "Expected 'keycode' | 'manual'"),
        ("thermostat.manually_adjusted", {"method": "keycode"}, "Expected 'seam' | 'external'"),
        ("device.disconnected", {}, "needs error_code=..."),
        ("access_code.name_changed", {"from": {"name": 1}}, "needs access_code_id=..., "),
        ("device.tampered", {"occurred_at": "noon"}, "occurred_at"),
        ("device.tampered", {"device_custom_metadata": [1]}, "device_custom_metadata"),
    ],
)
def test_an_event_that_seam_could_not_send_is_refused(home, event_type, given, message):
    before = home.snapshot()

    with pytest.raises(MisuseError, match=message):
        home.emit(event_type, **given)

    assert home.snapshot() == before


def test_several_devices_need_a_choice(home):
    home.connect_account(provider="august", email="john@example.com")

    with pytest.raises(MisuseError, match=r"needs device_id=...: the workspace has 3 devices"):
        home.emit("device.tampered")


def test_without_a_record_of_the_kind_there_is_nothing_to_choose():
    with FakeSeam() as fake, pytest.raises(MisuseError, match="has no devices: create one first"):
        fake.emit("device.tampered")


def test_a_device_of_another_account_is_refused(home):
    other = home.connect_account(provider="minut")

    with pytest.raises(MisuseError, match="is not of account"):
        home.emit("device.tampered", device_id=home.device_id, connected_account_id=other)


# A value that is given is the only truth


@pytest.mark.parametrize("given", [{"temperature_celsius": 30}, {"temperature_fahrenheit": 86}])
def test_a_temperature_that_is_given_beats_what_the_device_measures(fake, given):
    fake.connect_account(provider="nest", devices=[{"name": "Hall"}])

    event = fake.emit("thermostat.temperature_changed", **given)

    assert (event["temperature_celsius"], event["temperature_fahrenheit"]) == (30, 86)


def test_a_battery_level_that_is_given_leaves_its_status_to_the_test(home):
    with pytest.raises(MisuseError, match="needs battery_status=..."):
        home.emit("device.battery_status_changed", battery_level=0.02)


def test_a_time_is_shown_as_seam_writes_it(home):
    event = home.emit("device.tampered", occurred_at="2020-01-01T00:00:00Z")

    assert event["occurred_at"] == "2020-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("event_type", "given", "message"),
    [
        (
            "action_attempt.lock_door.succeeded",
            {"action_attempt_id": ID, "status": "error"},
            "is 'success', not 'error'",
        ),
        ("device.tampered", {"device_custom_metadata": {"a": {"b": 1}}}, "string or boolean"),
        (
            "access_code.name_changed",
            {
                "access_code_id": ID,
                "description": "It changed.",
                "from": {"name": "a"},
                "to": {"name": "b", "x": 1},
            },
            "no field|No such member",
        ),
    ],
)
def test_a_value_that_contradicts_its_event_is_refused(home, event_type, given, message):
    names = {name.rstrip("*") for name in EVENT_FIELDS[event_type].split()}
    sent = {name: value for name, value in given.items() if name in names}

    with pytest.raises(MisuseError, match=message):
        home.emit(event_type, **sent)


def test_a_webview_of_another_account_is_refused(home):
    other = home.connect_account(provider="minut")
    webviews = home.call("/connect_webviews/list")["connect_webviews"]
    (first,) = [one for one in webviews if one["connected_account_id"] == home.account_id]

    with pytest.raises(MisuseError, match="is not of account"):
        home.emit(
            "connect_webview.login_succeeded",
            connect_webview_id=first,
            connected_account_id=other,
        )


def test_a_workspace_may_be_given_as_an_object(home):
    other = home.create_workspace()

    assert home.emit("access_grant.created", access_grant_id=ID, workspace_id=other)[
        "workspace_id"
    ] == other.workspace_id
