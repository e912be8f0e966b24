"""Unmanaged devices: their shape, and how they become managed."""

from __future__ import annotations

import pytest


@pytest.fixture
def account(fake):
    return fake.connect_account(
        provider="schlage", email="jane@example.com", automatically_manage_new_devices=False
    )


@pytest.fixture
def front(fake, account):
    return listed(fake)[0]["device_id"]


def listed(fake, **filters):
    return fake.call("/devices/unmanaged/list", filters)["devices"]


def test_an_unmanaged_lock_has_exactly_these_members(fake, account):
    assert {**listed(fake)[0], "device_id": ""} == {
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
            "model": {
                "display_name": "Lock",
                "manufacturer_display_name": "Schlage",
                "has_built_in_keypad": True,
            },
            "manufacturer": "schlage",
            "image_url": (
                "https://connect.getseam.com/assets/images/logos/schlage_logo_square.png"
            ),
            "image_alt_text": "Lock",
            "battery_level": 1.0,
            "battery": {"level": 1.0, "status": "full"},
        },
        "is_managed": False,
        "custom_metadata": {},
        "errors": [],
        "warnings": [],
        "can_remotely_lock": True,
        "can_remotely_unlock": True,
        "can_program_online_access_codes": True,
    }


def test_get_takes_an_id_or_a_name(fake, front):
    device = listed(fake)[0]

    by_id = fake.call("/devices/unmanaged/get", {"device_id": front})["device"]
    by_name = fake.call("/devices/unmanaged/get", {"name": "FRONT DOOR"})["device"]

    assert by_id == by_name == device


def test_neither_id_nor_name_is_refused(refuse):
    refusal = refuse("/devices/unmanaged/get")

    assert (refusal.status, refusal.message) == (400, "Either 'device_id' or 'name' is required")


def test_an_unknown_device_is_not_found(fake, refuse, front):
    other = fake.create_workspace()

    by_id = refuse("/devices/unmanaged/get", {"device_id": front}, token=other.api_key)
    by_name = refuse("/devices/unmanaged/get", {"name": "ATTIC"})

    assert (by_id.status, by_id.type, by_id.message) == (
        404,
        "device_not_found",
        "device not found",
    )
    assert by_id.data == {"device_id": front}
    assert by_name.data == {"name": "ATTIC"}


def test_a_managed_device_is_sent_to_its_own_endpoints(fake, refuse):
    fake.connect_account()
    device_id = fake.call("/devices/list")["devices"][0]["device_id"]

    for sent in ({"device_id": device_id}, {"name": "FRONT DOOR"}):
        refusal = refuse("/devices/unmanaged/get", sent)
        assert (refusal.status, refusal.type) == (404, "device_not_found")
        assert refusal.message == (
            "This device is managed. Convert it to a unmanaged device with /devices/update."
        )
        assert refusal.data == sent
    refusal = refuse("/devices/unmanaged/update", {"device_id": device_id, "is_managed": True})
    assert (refusal.status, refusal.type) == (400, "device_managed")
    assert refusal.message == "Device is managed. Use /devices/update"
    assert refusal.data == {"device_id": device_id}


def test_the_list_has_the_filters_of_the_other_one(fake, account, front):
    other = fake.connect_account(
        provider="minut", automatically_manage_new_devices=False, customer_key="north"
    )
    fake.connect_account(provider="minut")
    theirs = other["connected_account_id"]
    search = {"search": "living"}

    for filters in (
        {"connected_account_id": theirs},
        {"connected_account_ids": [theirs]},
        {"device_type": "minut_sensor"},
        {"device_types": ["minut_sensor"]},
        {"manufacturer": "minut"},
        {"customer_key": "north"},
        {"exclude_if": ["can_remotely_lock"]},
        search,
    ):
        assert [one["display_name"] for one in listed(fake, **filters)] == ["Living Room"]
    assert [one["device_id"] for one in listed(fake, device_ids=[front])] == [front]
    assert len(listed(fake, include_if=["can_remotely_lock"])) == 2
    assert listed(fake, created_before="2025-12-31T00:00:00Z") == []
    webview = fake.events.filter("connected_account.connected")[0]["connect_webview_id"]
    assert len(listed(fake, connect_webview_id=webview)) == 2
    assert len(listed(fake)) == 3


def test_filters_that_it_lacks_are_ignored(fake, front):
    sent = {"custom_metadata_has": {"a": "1"}, "user_identifier_key": "nobody"}

    assert len(listed(fake, **sent)) == 2


def test_the_list_has_pages(fake, front):
    first = fake.call("/devices/unmanaged/list", {"limit": 1})
    cursor = first["pagination"]["next_page_cursor"]
    second = fake.call("/devices/unmanaged/list", {"limit": 1, "page_cursor": cursor})

    assert [one["display_name"] for one in first["devices"]] == ["FRONT DOOR"]
    assert [one["display_name"] for one in second["devices"]] == ["BACK DOOR"]
    assert second["pagination"]["has_next_page"] is False


def test_a_device_that_becomes_managed_emits_an_event(fake, front):
    sent = {"device_id": front, "is_managed": True, "custom_metadata": {"a": "1", "b": None}}

    assert fake.call("/devices/unmanaged/update", sent) == {"ok": True}

    device = fake.call("/devices/get", {"device_id": front})["device"]
    assert device["is_managed"] is True
    assert device["custom_metadata"] == {"a": "1"}
    (event,) = fake.events.filter("device.unmanaged.converted_to_managed")
    assert event["device_id"] == front
    assert event["device_custom_metadata"] == {"a": "1"}
    assert len(listed(fake)) == 1


def test_metadata_alone_leaves_it_unmanaged(fake, front):
    fake.call("/devices/unmanaged/update", {"device_id": front, "custom_metadata": {"a": "1"}})
    fake.call("/devices/unmanaged/update", {"device_id": front, "custom_metadata": {"b": "2"}})

    assert listed(fake)[0]["custom_metadata"] == {"b": "2"}
    assert fake.events.filter("device.unmanaged.converted_to_managed") == []


def test_it_can_only_be_made_managed(refuse, front):
    refusal = refuse("/devices/unmanaged/update", {"device_id": front, "is_managed": False})

    assert refusal.message == 'Invalid literal value, expected true for "is_managed"'


def test_each_endpoint_has_callers_of_its_own(fake, refuse, account, front):
    ids = {"connected_account_ids": [account["connected_account_id"]]}
    plain = fake.create_client_session(**ids)
    customer = fake.create_client_session(customer_key="north", **ids)
    blind = fake.create_client_session()
    stranger = fake.create_client_session(customer_key="south")

    got = fake.call("/devices/unmanaged/get", {"device_id": front}, token=plain)
    found = fake.call("/devices/unmanaged/list", token=customer)

    assert got["device"]["device_id"] == front
    assert len(found["devices"]) == 2
    assert fake.call("/devices/unmanaged/list", token=stranger)["devices"] == []
    assert refuse("/devices/unmanaged/get", {"device_id": front}, token=customer).status == 401
    assert refuse("/devices/unmanaged/list", token=plain).status == 401
    assert refuse("/devices/unmanaged/update", {"device_id": front}, token=plain).status == 401
    refusal = refuse("/devices/unmanaged/get", {"device_id": front}, token=blind)
    assert (refusal.status, refusal.message) == (401, "Not authorized to view this device")


def test_an_unmanaged_device_that_is_removed_goes_offline_with_an_event(fake, front):
    before = len(fake.events)

    fake.add_device_error(front, "device_removed")
    fake.connect_account("schlage", "jane@example.com", automatically_manage_new_devices=False)

    events = [event for event in list(fake.events)[before:] if "device_id" in event]
    assert [(event["event_type"], event["device_id"]) for event in events] == [
        ("device.unmanaged.disconnected", front),
        ("device.unmanaged.connected", front),
    ]
    assert events[0]["error_code"] == "device_disconnected"
