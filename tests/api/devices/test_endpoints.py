"""/devices: changing a device's name and metadata, unmanaging it, and reporting metadata."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam


@pytest.fixture
def front(fake):
    """A device of Jane's, by its id."""
    fake.connect_account(email="jane@example.com")
    return fake.call("/devices/list")["devices"][0]["device_id"]


def shown(fake, device_id):
    return fake.call("/devices/get", {"device_id": device_id})["device"]


def update(fake, device_id, **params):
    return fake.call("/devices/update", {"device_id": device_id, **params})


def device_events(fake):
    """The events since the devices were connected."""
    skipped = ("device.added", "device.connected")
    return [
        event
        for event in fake.events
        if event["event_type"].startswith("device.") and event["event_type"] not in skipped
    ]


@pytest.mark.parametrize("sent", [{"name": "Cellar"}, {"properties": {"name": "Cellar"}}])
def test_a_name_is_shown_and_emits_an_event(fake, front, sent):
    assert update(fake, front, **sent) == {"ok": True}

    device = shown(fake, front)
    assert (device["display_name"], device["nickname"]) == ("Cellar", "Cellar")
    assert device["properties"]["name"] == "Cellar"
    assert device["properties"]["appearance"] == {"name": "FRONT DOOR"}
    (event,) = device_events(fake)
    assert event["event_type"] == "device.name_changed"
    assert event["device_name"] == "Cellar"
    assert event["device_id"] == front
    assert fake.call("/devices/get", {"name": "Cellar"})["device"] == device


@pytest.mark.parametrize("sent", [{"name": None}, {"properties": {"name": None}}, {"name": ""}])
def test_null_restores_the_providers_name(fake, front, sent):
    update(fake, front, name="Cellar")

    update(fake, front, **sent)

    assert shown(fake, front)["display_name"] == "FRONT DOOR"
    assert "nickname" not in shown(fake, front)
    assert [event["device_name"] for event in device_events(fake)] == ["Cellar", "FRONT DOOR"]


@pytest.mark.parametrize("sent", [{"name": "FRONT DOOR"}, {"name": None}, {}, {"properties": {}}])
def test_a_name_that_stays_emits_no_event(fake, front, sent):
    update(fake, front, **sent)

    assert shown(fake, front)["display_name"] == "FRONT DOOR"
    assert device_events(fake) == []


def test_the_name_next_to_the_properties_wins(fake, front):
    update(fake, front, name="Cellar", properties={"name": "Attic"})

    assert shown(fake, front)["display_name"] == "Cellar"


def test_metadata_replaces_all_of_it_and_blanks_remove(fake, front):
    update(fake, front, custom_metadata={"a": "1", "b": True})
    update(fake, front, custom_metadata={"b": None, "c": "3", "d": ""})

    assert shown(fake, front)["custom_metadata"] == {"c": "3"}
    update(fake, front, name="Cellar")
    assert shown(fake, front)["custom_metadata"] == {"c": "3"}
    update(fake, front, custom_metadata={})
    assert shown(fake, front)["custom_metadata"] == {}


def test_metadata_merges_by_the_rule_for_accounts():
    fake = FakeSeam(metadata_update="merge")
    fake.connect_account()
    device_id = fake.call("/devices/list")["devices"][0]["device_id"]
    update(fake, device_id, custom_metadata={"a": "1", "b": "2"})

    update(fake, device_id, custom_metadata={"b": None, "c": "3"})

    assert shown(fake, device_id)["custom_metadata"] == {"a": "1", "c": "3"}


def test_events_carry_the_new_metadata(fake, front):
    update(fake, front, name="Cellar", custom_metadata={"floor": "0"})

    (event,) = device_events(fake)
    assert event["device_custom_metadata"] == {"floor": "0"}


def test_the_pool_of_backup_codes_is_shown_once_it_was_set(fake, front):
    assert "backup_access_code_pool_enabled" not in shown(fake, front)["properties"]

    update(fake, front, backup_access_code_pool_enabled=False)

    assert shown(fake, front)["properties"]["backup_access_code_pool_enabled"] is False


@pytest.mark.parametrize("sent", [{}, {"is_managed": True}])
def test_a_managed_device_stays_managed(fake, front, sent):
    update(fake, front, **sent)

    assert shown(fake, front)["is_managed"] is True
    assert device_events(fake) == []


def test_an_unmanaged_device_is_not_found_here_and_emits_an_event(fake, refuse, front):
    update(fake, front, is_managed=False, name="Cellar", custom_metadata={"floor": "0"})

    assert refuse("/devices/get", {"device_id": front}).type == "device_not_found"
    assert len(fake.call("/devices/list")["devices"]) == 1
    assert [event["event_type"] for event in device_events(fake)] == [
        "device.name_changed",
        "device.converted_to_unmanaged",
    ]
    kept = fake.call("/devices/unmanaged/get", {"device_id": front})["device"]
    assert kept["display_name"] == "Cellar"
    assert kept["custom_metadata"] == {"floor": "0"}


def test_an_unmanaged_device_is_refused(fake, refuse, front):
    update(fake, front, is_managed=False)
    before = fake.snapshot()

    refusal = refuse("/devices/update", {"device_id": front, "name": "Cellar"})

    assert (refusal.status, refusal.type) == (400, "device_unmanaged")
    assert refusal.message == "Device is unmanaged. Use /devices/unmanaged/update"
    assert refusal.data == {"device_id": front}
    assert fake.snapshot() == before


def test_an_unknown_device_is_not_found(fake, refuse, front):
    other = fake.create_workspace()

    refusal = refuse("/devices/update", {"device_id": front}, token=other.api_key)

    assert (refusal.status, refusal.type) == (404, "device_not_found")
    assert refusal.data == {"device_id": front}


def test_a_session_changes_what_it_sees_alone(fake, refuse, front):
    account = fake.call("/connected_accounts/list")["connected_accounts"][0]
    seeing = fake.create_client_session(
        connected_account_ids=[account["connected_account_id"]]
    )
    blind = fake.create_client_session(customer_key="somebody")

    fake.call("/devices/update", {"device_id": front, "name": "Cellar"}, token=seeing)
    refusal = refuse("/devices/update", {"device_id": front, "name": "Attic"}, token=blind)

    assert (refusal.status, refusal.message) == (401, "Not authorized to view this device")
    assert shown(fake, front)["display_name"] == "Cellar"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"name": 5}, 'Expected string, received number for "name"'),
        ({"properties": None}, 'Expected object, received null for "properties"'),
        ({"properties": {"name": 5}}, 'Expected string, received number for "properties.name"'),
        ({"is_managed": None}, 'Expected boolean, received null for "is_managed"'),
        ({"custom_metadata": {"a": 5}}, 'Invalid input for "custom_metadata.a"'),
    ],
)
def test_an_invalid_value_is_named(refuse, front, sent, message):
    assert refuse("/devices/update", {"device_id": front, **sent}).message == message


# Reported metadata


def test_a_reported_time_zone_is_shown_by_brands_that_have_a_place_for_it(fake):
    ids = {}
    for provider in ("omnitec", "ultraloq", "schlage"):
        account = fake.connect_account(provider=provider)
        sent = {"connected_account_id": account["connected_account_id"]}
        ids[provider] = fake.call("/devices/list", sent)["devices"][0]["device_id"]
    reported = [
        {"device_id": device_id, f"{provider}_metadata": {"time_zone": "Europe/Oslo"}}
        for provider, device_id in ids.items()
    ]

    body = fake.call("/devices/report_provider_metadata", {"devices": reported})

    assert body == {"ok": True}
    omnitec, ultraloq, schlage = (shown(fake, ids[one])["properties"] for one in ids)
    assert omnitec["omnitec_metadata"]["time_zone"] == "Europe/Oslo"
    assert ultraloq["ultraloq_metadata"]["time_zone"] == "Europe/Oslo"
    assert ultraloq["ultraloq_metadata"]["device_name"] == "FRONT DOOR"
    assert "time_zone" not in schlage["schlage_metadata"]


@pytest.mark.parametrize(
    ("devices", "message"),
    [
        ([], 'Array must contain at least 1 element(s) for "devices"'),
        ([{}], "devices.0.device_id is required"),
    ],
)
def test_a_report_names_its_devices(refuse, devices, message):
    refusal = refuse("/devices/report_provider_metadata", {"devices": devices})

    assert (refusal.status, refusal.message) == (400, message)


def test_a_report_is_accepted_whole_or_not_at_all(fake, refuse):
    fake.connect_account(provider="omnitec")
    known = fake.call("/devices/list")["devices"][0]["device_id"]
    zone = {"omnitec_metadata": {"time_zone": "Europe/Oslo"}}
    unknown = "00000000-0000-4000-8000-000000000000"

    refusal = refuse(
        "/devices/report_provider_metadata",
        {"devices": [{"device_id": known, **zone}, {"device_id": unknown}]},
    )
    nowhere = {"device_id": known, "omnitec_metadata": {"time_zone": "Europe/Nowhere"}}
    other = refuse("/devices/report_provider_metadata", {"devices": [nowhere]})

    assert (refusal.status, refusal.data) == (404, {"device_id": unknown})
    assert other.type == "invalid_input"
    assert shown(fake, known)["properties"]["omnitec_metadata"]["time_zone"] is None
