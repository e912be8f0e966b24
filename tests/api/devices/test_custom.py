"""Custom devices, in place of those that a provider's logins usually bring."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.api.connect_webviews.login.providers import PROVIDERS


def listed(fake, **filters):
    return fake.call("/devices/list", filters)["devices"]


def named(fake, **filters):
    return [device["display_name"] for device in listed(fake, **filters)]


def test_a_name_is_enough_and_the_rest_is_as_usual(fake):
    fake.connect_account(provider="schlage", devices=[{"name": "Cellar"}])
    fake.connect_account(provider="schlage", email="other@example.com")

    own, usual = listed(fake)[0], listed(fake)[1]
    assert own["display_name"] == "Cellar"
    assert own["device_type"] == "schlage_lock"
    assert own["properties"]["appearance"] == {"name": "Cellar"}
    assert own.keys() == usual.keys()
    assert len(fake.events.filter("device.added")) == 3


def test_every_property_of_it_can_be_given(fake):
    fake.connect_account(
        provider="august",
        devices=[
            {
                "name": "Lock 1",
                "nickname": "Cellar",
                "device_type": "august_lock",
                "manufacturer": "yale",
                "model": "Linus",
                "capabilities_supported": ["lock", "battery"],
                "custom_metadata": {"floor": "0", "gone": None},
                "location": {"location_name": "Jane's Home", "time_zone": "Europe/Oslo"},
                "properties": {
                    "battery_level": 0.5,
                    "locked": False,
                    "model": {"accessory_keypad_supported": True},
                },
                "can_remotely_lock": False,
                "can_configure_auto_lock": True,
            }
        ],
    )

    (device,) = listed(fake)
    assert (device["display_name"], device["nickname"]) == ("Cellar", "Cellar")
    assert device["device_type"] == "august_lock"
    assert device["device_manufacturer"] == {"display_name": "Yale", "manufacturer": "yale"}
    assert device["capabilities_supported"] == ["lock", "battery"]
    assert device["custom_metadata"] == {"floor": "0"}
    assert device["location"] == {"location_name": "Jane's Home", "time_zone": "Europe/Oslo"}
    properties = {
        name: device["properties"][name]
        for name in device["properties"]
        if name not in ("august_metadata", "serial_number", "image_url", "image_alt_text")
    }
    assert properties == {
        "online": True,
        "name": "Cellar",
        "appearance": {"name": "Lock 1"},
        "model": {
            "display_name": "Linus",
            "manufacturer_display_name": "Yale",
            "accessory_keypad_supported": True,
        },
        "manufacturer": "yale",
        "locked": False,
        "battery_level": 0.5,
        "battery": {"level": 0.5, "status": "good"},
    }
    assert device["can_remotely_lock"] is False
    assert device["can_configure_auto_lock"] is True
    assert "can_program_online_access_codes" not in device
    assert device["can_remotely_unlock"] is True
    assert named(fake, search="jane's home") == ["Cellar"]


@pytest.mark.parametrize(
    ("provider", "described", "device_type", "capabilities"),
    [
        ("smartthings", {}, "smartthings_lock", ["access_code", "lock"]),
        (
            "smartthings",
            {"capabilities_supported": ["thermostat"]},
            "smartthings_thermostat",
            ["thermostat"],
        ),
        (
            "smartthings",
            {"device_type": "smartthings_thermostat"},
            "smartthings_thermostat",
            ["thermostat"],
        ),
        ("august", {"capabilities_supported": ["battery"]}, "august_lock", ["battery"]),
    ],
)
def test_what_is_left_out_is_as_on_a_usual_device_of_the_same_kind(
    fake, provider, described, device_type, capabilities
):
    fake.connect_account(provider=provider, devices=[{"name": "One", **described}])

    (device,) = listed(fake)
    assert device["device_type"] == device_type
    assert device["capabilities_supported"] == capabilities


@pytest.mark.parametrize(
    ("provider", "device"),
    [(key, device) for key, one in PROVIDERS.items() for device in one.devices],
)
def test_a_device_may_have_every_type_of_its_brand(fake, provider, device):
    described = {"name": "One", "device_type": device.device_type}

    fake.connect_account(provider=provider, devices=[described])

    assert [one["device_type"] for one in listed(fake)] == [device.device_type]


def test_a_login_at_a_webview_brings_them_too(fake, create):
    webview = create(accepted_providers=["august"])

    fake.complete_connect_webview(webview, devices=[{"name": "One"}, {"name": "Two"}])

    assert named(fake) == ["One", "Two"]


def test_a_webview_that_names_capabilities_brings_no_others(fake, create):
    webview = create(accepted_providers=["smartthings"], accepted_capabilities=["lock"])
    thermostat = {"name": "Two", "device_type": "smartthings_thermostat"}

    fake.complete_connect_webview(webview, devices=[{"name": "One"}, thermostat])

    assert named(fake) == ["One"]


def test_no_devices_are_no_devices(fake):
    fake.connect_account(devices=[])

    assert listed(fake) == []


def test_later_logins_remember_and_add(fake):
    def login(**more):
        fake.connect_account(email="jane@example.com", **more)

    login(devices=[{"name": "One"}])
    first = listed(fake)[0]
    login()
    assert listed(fake) == [first]

    login(devices=[{"name": "Two"}, {"name": "One", "model": "Other"}])

    assert named(fake) == ["One", "Two"]
    assert listed(fake)[0] == first


def test_a_deferred_sync_brings_them():
    fake = FakeSeam(defer_sync=True)
    account = fake.connect_account(email="jane@example.com", devices=[{"name": "One"}])
    fake.connect_account(email="jane@example.com", devices=[{"name": "Two"}])
    assert listed(fake) == []

    fake.sync_account(account)

    assert named(fake) == ["One", "Two"]
    assert len(fake.events.filter("connected_account.completed_first_sync")) == 1


def test_a_disconnected_account_cannot_be_synced(fake):
    account = fake.connect_account()
    fake.disconnect_account(account)

    with pytest.raises(MisuseError, match="reconnect it first"):
        fake.sync_account(account)


# A provider's own


def test_a_provider_can_bring_other_devices_from_now_on(fake, tmp_path):
    fake.connect_account(provider="august", email="before@example.com")
    fake.set_provider_devices("august", [{"name": "One", "can_configure_auto_lock": True}])
    fake.connect_account(provider="august")
    assert named(fake) == ["FRONT DOOR", "BACK DOOR", "One"]
    found = fake.call("/devices/list_device_providers")["device_providers"]
    august = next(one for one in found if one["device_provider_name"] == "august")
    assert august["can_configure_auto_lock"] is True

    fake.dump(tmp_path / "state.json")
    other = FakeSeam()
    other.load(tmp_path / "state.json")
    other.connect_account(provider="august")
    assert named(other)[-2:] == ["One", "One"]

    fake.set_provider_devices("august")
    fake.connect_account(provider="august")
    assert named(fake)[-2:] == ["FRONT DOOR", "BACK DOOR"]
    fake.set_provider_devices("august")


def test_it_goes_with_a_snapshot_and_a_reset(fake):
    before = fake.snapshot()
    fake.set_provider_devices("august", [])

    fake.restore(before)
    fake.connect_account()
    assert len(listed(fake)) == 2
    fake.set_provider_devices("august", [])
    fake.reset()
    fake.connect_account()

    assert len(listed(fake)) == 2


def test_changing_given_devices_does_not_change_the_device(fake):
    properties = {"tags": ["a"]}
    fake.connect_account(devices=[{"name": "One", "properties": properties}])

    properties["tags"].append("b")
    listed(fake)[0]["properties"]["tags"].append("c")

    assert listed(fake)[0]["properties"]["tags"] == ["a"]


# Misuse


@pytest.mark.parametrize(
    ("devices", "message"),
    [
        ([{}], "devices.0.name is required"),
        ([{"name": "A"}, {"name": "A"}], "Two devices are called 'A'"),
        ([{"name": "A", "device_type": "nonsense"}], "Expected 'akuvox_lock' |"),
        ([{"name": "A", "can_fly": True}], "No such member; there are name, nickname,"),
        ([{"name": "A", "can_hvac_heat": "yes"}], "Expected boolean, received string"),
        ([{"name": "A", "location": {"town": "Oslo"}}], "there are location_name, room_name,"),
        ([{"name": "A", "properties": {"online": False}}], "add_device_error"),
        ([{"name": "A", "properties": {"made": object()}}], "Expected JSON"),
        ([{"name": "A", "custom_metadata": {"a.b": "x"}}], "cannot contain a period"),
        (["A"], "Expected object, received string"),
        ({"name": "A"}, "Expected a list, not {'name': 'A'}."),
        (5, "Expected a list, not 5."),
    ],
)
def test_an_invalid_value_is_named(fake, devices, message):
    before = fake.snapshot()

    for method in (fake.connect_account, lambda **sent: fake.set_provider_devices("yale", **sent)):
        with pytest.raises(MisuseError) as caught:
            method(devices=devices)
        assert message in str(caught.value)
    assert fake.snapshot() == before


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


def holding_itself():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize("value", [nested(60), nested(5000), holding_itself(), {1: "x"}, object()])
def test_a_devices_property_that_could_not_be_shown_is_refused(fake, value):
    before = fake.snapshot()

    with pytest.raises(MisuseError, match="Expected JSON, nested at most 50 deep"):
        fake.connect_account(devices=[{"name": "Door", "properties": {"odd": value}}])

    assert fake.snapshot() == before


def test_a_devices_property_may_be_nested(fake):
    fake.connect_account(devices=[{"name": "Door", "properties": {"odd": nested(49)}}])

    (device,) = fake.call("/devices/list")["devices"]
    assert device["properties"]["odd"] == nested(49)
    assert len(fake.client().devices.list()) == 1


@pytest.mark.parametrize("name", ["display_name", "manufacturer_display_name"])
def test_a_devices_model_has_names_that_are_text(fake, name):
    with pytest.raises(MisuseError, match="Expected text in display_name"):
        fake.connect_account(devices=[{"name": "Door", "properties": {"model": {name: None}}}])
