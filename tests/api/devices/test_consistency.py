"""Custom devices that contradict themselves or their brand are refused; the others fit."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError


def only_device(fake, provider, **described):
    fake.connect_account(provider=provider, devices=[{"name": "One", **described}])
    (device,) = fake.call("/devices/list")["devices"]
    return device


@pytest.mark.parametrize(
    ("provider", "described", "message"),
    [
        (
            "august",
            {"device_type": "ecobee_thermostat"},
            "accounts of August have no ecobee_thermostat, only august_lock; connect an account"
            " with provider='ecobee'",
        ),
        ("august", {"device_type": "ios_phone"}, "only august_lock; leave it out"),
        ("visionline", {}, "accounts of Visionline have no devices; connect one of another"),
        ("ical", {"device_type": "august_lock"}, "accounts of Ical have no devices"),
        ("august", {"manufacturer": "ecobee"}, "manufacturer 'ecobee' makes no august_lock"),
        ("yale", {"manufacturer": "guesty"}, "manufacturer 'guesty' makes no yale_lock"),
        (
            "august",
            {"capabilities_supported": ["lock", "thermostat"]},
            "august_lock has no capability 'thermostat', only access_code, lock, battery",
        ),
        ("minut", {"can_remotely_lock": True}, "can_remotely_lock needs 'lock' in capabilities"),
        (
            "august",
            {"capabilities_supported": ["lock"], "can_program_online_access_codes": True},
            "can_program_online_access_codes needs 'access_code' in capabilities_supported",
        ),
        ("august", {"can_stream_live_video": True}, "is for a camera, not for a device of type"),
        ("august", {"properties": {"is_heating": True}}, "properties.is_heating is for a therm"),
        ("ecobee", {"properties": {"locked": True}}, "properties.locked is for a lock, not for"),
        (
            "august",
            {"properties": {"schlage_metadata": {}}},
            "properties.schlage_metadata belongs to another brand; august_lock has august_metad",
        ),
        (
            "august",
            {"properties": {"battery_level": 0.1, "battery": {"level": 0.9}}},
            "properties.battery_level and properties.battery.level are not equal",
        ),
        (
            "minut",
            {"can_remotely_lock": False},
            "can_remotely_lock needs 'lock' in capabilities_supported; add it, or leave the fla",
        ),
        (
            "keynest",
            {"can_configure_auto_lock": True},
            "can_configure_auto_lock needs 'lock' in capabilities_supported",
        ),
        ("august", {"can_stream_live_video": False}, "is for a camera, not for a device of type"),
        (
            "keynest",
            {"properties": {"locked": True}},
            "properties.locked needs 'lock' in capabilities_supported; add it, or leave the prop",
        ),
        (
            "august",
            {"capabilities_supported": ["lock"], "properties": {"supported_code_lengths": [4]}},
            "properties.supported_code_lengths needs 'access_code' in capabilities_supported",
        ),
        (
            "august",
            {"properties": {"has_direct_power": True, "battery_level": 0.5}},
            "a device with properties.has_direct_power has no battery; give one of them",
        ),
        (
            "august",
            {
                "properties": {"august_metadata": {"has_keypad": False}},
                "can_program_online_access_codes": True,
            },
            "can_program_online_access_codes needs a keypad, but properties.august_metadata.has_",
        ),
        ("august", {"properties": {"supported_code_lengths": "4"}}, "numbers from 1 to 20, not"),
        ("ecobee", {"properties": {"temperature_celsius": "20"}}, "are numbers"),
        (
            "ecobee",
            {"properties": {"temperature_celsius": 20, "temperature_fahrenheit": 90}},
            "properties.temperature_celsius 20 is not temperature_fahrenheit 90",
        ),
    ],
)
def test_a_contradiction_is_refused_and_changes_nothing(
    fake, create, provider, described, message
):
    webview = create(accepted_providers=[provider])
    before = fake.snapshot()
    devices = [{"name": "T", **described}]

    for call in (
        lambda: fake.connect_account(provider=provider, devices=devices),
        lambda: fake.complete_connect_webview(webview, devices=devices),
        lambda: fake.set_provider_devices(provider, devices),
    ):
        with pytest.raises(MisuseError) as caught:
            call()
        assert "devices.0 ('T'): " in str(caught.value)
        assert message in str(caught.value)
    assert fake.snapshot() == before


def test_the_display_name_is_that_of_the_manufacturer(fake):
    device = only_device(fake, "smartthings", manufacturer="samsung")

    assert device["device_manufacturer"] == {"display_name": "Samsung", "manufacturer": "samsung"}
    assert device["properties"]["manufacturer"] == "samsung"
    assert device["properties"]["model"]["manufacturer_display_name"] == "Samsung"
    assert device["device_provider"]["display_name"] == "SmartThings"


def test_usual_devices_of_another_manufacturer_show_its_name(fake):
    fake.connect_account(provider="my_2n")
    fake.connect_account(provider="sifely")
    intercom, *_, lock = fake.call("/devices/list")["devices"]

    assert intercom["device_manufacturer"] == {"display_name": "2N", "manufacturer": "two_n"}
    assert lock["device_manufacturer"] == {"display_name": "TTLock", "manufacturer": "ttlock"}


def test_a_device_without_a_capability_has_no_flag_that_needs_it(fake):
    device = only_device(fake, "schlage", capabilities_supported=["access_code"])

    assert device["can_program_online_access_codes"] is True
    assert "can_remotely_lock" not in device
    assert "can_remotely_unlock" not in device


def test_a_dump_with_a_contradiction_is_refused(fake, tmp_path):
    fake.connect_account(provider="august", devices=[{"name": "One", "manufacturer": "yale"}])
    path = tmp_path / "state.json"
    fake.dump(path)
    path.write_text(path.read_text().replace('"manufacturer": "yale"', '"manufacturer": "ical"'))

    with pytest.raises(MisuseError, match="manufacturer 'ical' makes no august_lock"):
        FakeSeam().load(path)


def test_an_august_lock_without_a_keypad_has_codes_but_not_now(fake):
    lock = only_device(fake, "august", properties={"august_metadata": {"has_keypad": False}})

    assert lock["can_program_online_access_codes"] is False
    assert lock["can_remotely_unlock"] is True


def test_a_lock_without_codes_needs_no_keypad(fake):
    lock = only_device(
        fake,
        "august",
        capabilities_supported=["lock"],
        properties={"august_metadata": {"has_keypad": False}},
    )

    assert "can_program_online_access_codes" not in lock
