"""The device as the API shows it, and how it changes when its account breaks."""

from __future__ import annotations

import pytest


def devices(fake, **filters):
    return fake.call("/devices/list", filters)["devices"]


def test_a_lock_has_exactly_these_members(fake):
    account = fake.connect_account(provider="schlage")

    device = devices(fake)[0]

    kept = {**device, "device_id": ""}
    properties = kept["properties"] = {**device["properties"]}
    assert len(properties.pop("serial_number")) == 12
    assert len(properties["schlage_metadata"].pop("device_id")) == 24
    assert kept == {
        "device_id": "",
        "device_type": "schlage_lock",
        "workspace_id": fake.workspace_id,
        "connected_account_id": account["connected_account_id"],
        "created_at": "2026-01-01T00:00:00.000Z",
        "display_name": "FRONT DOOR",
        "capabilities_supported": ["access_code", "lock"],
        "properties": {
            "online": True,
            "name": "FRONT DOOR",
            "appearance": {"name": "FRONT DOOR"},
            "model": {
                "display_name": "Lock",
                "manufacturer_display_name": "Schlage",
                "has_built_in_keypad": True,
            },
            "manufacturer": "schlage",
            "locked": True,
            "image_url": (
                "https://connect.getseam.com/assets/images/logos/schlage_logo_square.png"
            ),
            "image_alt_text": "Lock",
            "battery_level": 1.0,
            "battery": {"level": 1.0, "status": "full"},
            "supported_code_lengths": [4, 5, 6, 7, 8],
            "max_active_codes_supported": 100,
            "code_constraints": [
                {"constraint_type": "unique_first_four_digits"},
                {"constraint_type": "name_length", "max_length": 9},
            ],
            "supports_backup_access_code_pool": True,
            "has_native_entry_events": True,
            "schlage_metadata": {"device_name": "FRONT DOOR", "model": "Lock"},
        },
        "is_managed": True,
        "custom_metadata": {},
        "space_ids": [],
        "errors": [],
        "warnings": [],
        "device_manufacturer": {"display_name": "Schlage", "manufacturer": "schlage"},
        "device_provider": {
            "device_provider_name": "schlage",
            "display_name": "Schlage",
            "provider_category": "consumer_smartlocks",
            "image_url": (
                "https://connect.getseam.com/assets/images/logos/schlage_logo_square.png"
            ),
        },
        "can_remotely_lock": True,
        "can_remotely_unlock": True,
        "can_program_online_access_codes": True,
    }


def test_get_and_list_show_the_same_device(fake):
    fake.connect_account()
    front, back = devices(fake)

    by_id = fake.call("/devices/get", {"device_id": front["device_id"]})
    by_name = fake.call("/devices/get", {"name": "BACK DOOR"})
    by_both = fake.call("/devices/get", {"device_id": back["device_id"], "name": "BACK DOOR"})

    assert by_id["device"] == front
    assert by_name["device"] == back
    assert by_both["device"] == back


@pytest.mark.parametrize("name", ["front door", "FRONT", "FRONT DOOR "])
def test_a_name_has_to_be_equal(fake, refuse, name):
    fake.connect_account()

    assert refuse("/devices/get", {"name": name}).type == "device_not_found"


def test_an_id_and_the_name_of_another_device_fit_nothing(fake, refuse):
    fake.connect_account()
    front, _ = devices(fake)

    refusal = refuse("/devices/get", {"device_id": front["device_id"], "name": "BACK DOOR"})

    assert refusal.type == "device_not_found"


def test_a_sensor_is_no_lock(fake):
    fake.connect_account(provider="minut")

    (sensor,) = devices(fake)

    assert sensor["device_type"] == "minut_sensor"
    assert sensor["capabilities_supported"] == ["noise_detection"]
    assert "locked" not in sensor["properties"]


def test_only_sandbox_devices_can_be_simulated(fake):
    production = fake.create_workspace(is_sandbox=False)
    fake.connect_account(provider="august")
    fake.connect_account(provider="august", workspace_id=production.workspace_id)

    in_sandbox = devices(fake)[0]
    outside = fake.call("/devices/list", token=production.api_key)["devices"][0]

    simulated = {name for name in in_sandbox if name.startswith("can_simulate_")}
    assert simulated == {
        "can_simulate_connection",
        "can_simulate_disconnection",
        "can_simulate_removal",
        "can_simulate_hub_connection",
        "can_simulate_hub_disconnection",
    }
    assert not any(name.startswith("can_simulate_") for name in outside)


def test_changing_a_response_does_not_change_the_device(fake):
    fake.connect_account()
    device = devices(fake)[0]

    device["properties"]["appearance"]["name"] = "changed"
    device["errors"].append("changed")

    assert devices(fake)[0]["properties"]["appearance"] == {"name": "FRONT DOOR"}
    assert devices(fake)[0]["errors"] == []


# Managed and unmanaged


def test_unmanaged_devices_are_not_listed_here(fake, refuse):
    account = fake.connect_account(automatically_manage_new_devices=False)
    connected = fake.events.filter(
        "device.unmanaged.connected", connected_account_id=account["connected_account_id"]
    )

    assert devices(fake) == []
    for event in connected:
        refusal = refuse("/devices/get", {"device_id": event["device_id"]})
        assert (refusal.status, refusal.type) == (404, "device_not_found")
    assert refuse("/devices/get", {"name": "FRONT DOOR"}).status == 404


# A broken account


def test_a_device_carries_the_error_of_its_account(fake):
    account = fake.connect_account()
    fake.clock.advance(5)

    fake.disconnect_account(account)

    for device in devices(fake):
        (error,) = device["errors"]
        assert error["error_code"] == "account_disconnected"
        assert error["created_at"] == "2026-01-01T00:00:05.000Z"
        assert error["is_connected_account_error"] is True
        assert error["is_device_error"] is False
        assert device["properties"]["online"] is False


def test_devices_of_other_accounts_are_untouched(fake):
    fake.disconnect_account(fake.connect_account(email="one@example.com"))
    other = fake.connect_account(email="other@example.com")

    for device in devices(fake, connected_account_id=other["connected_account_id"]):
        assert device["errors"] == []
        assert device["properties"]["online"] is True


def test_a_reconnection_finds_the_same_devices_online_again(fake):
    account = fake.connect_account(email="jane@example.com")
    before = devices(fake)
    fake.disconnect_account(account)

    fake.clock.advance(60)
    fake.connect_account(email="jane@example.com")

    assert devices(fake) == before


def test_an_account_that_should_be_authorized_again_keeps_its_devices_online(fake):
    fake.request_reauthorization(fake.connect_account())

    assert all(device["properties"]["online"] for device in devices(fake))
    assert all(device["errors"] == [] for device in devices(fake))


# Capabilities decide what comes in


def named(fake):
    return [device["display_name"] for device in devices(fake)]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (None, ["FRONT DOOR", "BACK DOOR"]),
        (["lock"], ["FRONT DOOR", "BACK DOOR"]),
        (["thermostat"], ["Living Room"]),
        (["noise_sensor"], []),
        ([], []),
    ],
)
def test_a_device_comes_in_if_its_capability_is_accepted(fake, accepted, expected):
    sent = {"accepted_providers": ["smartthings"]}
    if accepted is not None:
        sent["accepted_capabilities"] = accepted
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]

    fake.complete_connect_webview(webview)

    assert named(fake) == expected


def test_a_category_shows_more_capabilities_than_a_brand_brings(fake):
    webview = fake.call("/connect_webviews/create", {"provider_category": "stable"})

    fake.complete_connect_webview(webview["connect_webview"], provider="smartthings")

    assert named(fake) == ["FRONT DOOR", "BACK DOOR"]


def test_a_second_login_adds_devices_and_takes_none_away(fake):
    for accepted in (["lock"], ["thermostat"]):
        webview = fake.call(
            "/connect_webviews/create",
            {"accepted_providers": ["smartthings"], "accepted_capabilities": accepted},
        )["connect_webview"]
        fake.complete_connect_webview(webview, email="jane@example.com")

    assert named(fake) == ["FRONT DOOR", "BACK DOOR", "Living Room"]


def test_updated_capabilities_count_from_the_next_sync_on(fake):
    account = fake.connect_account(provider="smartthings")
    account_id = {"connected_account_id": account["connected_account_id"]}
    sent = {**account_id, "accepted_capabilities": ["lock", "thermostat"]}
    fake.call("/connected_accounts/update", sent)
    assert named(fake) == ["FRONT DOOR", "BACK DOOR"]

    fake.call("/connected_accounts/sync", account_id)

    assert named(fake) == ["FRONT DOOR", "BACK DOOR", "Living Room"]


def test_an_offline_device_shows_neither_its_bolt_nor_its_battery(fake):
    fake.connect_account(provider="august")
    lock = devices(fake)[0]

    fake.add_device_error(lock, "device_disconnected")
    offline = devices(fake)[0]["properties"]
    assert not {"locked", "battery", "battery_level"} & offline.keys()
    assert offline["supported_code_lengths"] == [4, 5, 6, 7, 8]
    assert devices(fake)[0]["can_program_online_access_codes"] is True

    fake.clear_device_error(lock, "device_disconnected")
    assert devices(fake)[0]["properties"]["locked"] is True
    assert devices(fake)[0]["properties"]["battery"] == {"level": 1.0, "status": "full"}


def test_devices_of_a_disconnected_account_show_neither_bolt_nor_battery(fake):
    account = fake.connect_account(provider="schlage")
    fake.disconnect_account(account)

    for lock in devices(fake):
        assert not {"locked", "battery", "battery_level"} & lock["properties"].keys()


def test_an_offline_unmanaged_device_shows_no_battery(fake):
    fake.connect_account(automatically_manage_new_devices=False)
    lock = fake.call("/devices/unmanaged/list")["devices"][0]

    fake.add_device_error(lock, "device_disconnected")

    offline = fake.call("/devices/unmanaged/list")["devices"][0]["properties"]
    assert not {"locked", "battery", "battery_level"} & offline.keys()


def test_a_flag_that_is_given_as_false_is_shown_and_not_counted(fake):
    fake.connect_account(
        provider="august", devices=[{"name": "One", "can_program_online_access_codes": False}]
    )
    (lock,) = devices(fake)
    flag = "can_program_online_access_codes"

    assert lock[flag] is False
    assert "can_program_offline_access_codes" not in lock
    assert fake.call("/devices/list", {"include_if": [flag]})["devices"] == []
    assert fake.call("/devices/list", {"exclude_if": [flag]})["devices"] == [lock]


def test_a_pool_of_backup_codes_that_is_given_as_enabled_can_be_disabled(fake):
    pool = {"backup_access_code_pool_enabled": True}
    fake.connect_account(provider="august", devices=[{"name": "One", "properties": pool}])
    (lock,) = devices(fake)
    assert lock["properties"]["backup_access_code_pool_enabled"] is True

    sent = {"device_id": lock["device_id"], "backup_access_code_pool_enabled": False}
    fake.call("/devices/update", sent)
    assert devices(fake)[0]["properties"]["backup_access_code_pool_enabled"] is False
