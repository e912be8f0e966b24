"""Devices out of a session's sight on either side, and unmanaged ones that are removed."""

from __future__ import annotations

import pytest


@pytest.fixture
def session(fake):
    return fake.create_client_session()


def device_of(fake, **params):
    account = fake.connect_account("minut", **params)
    sent = {"connected_account_id": account["connected_account_id"]}
    managed = fake.call("/devices/list", sent)["devices"]
    return (managed + fake.call("/devices/unmanaged/list", sent)["devices"])[0]["device_id"]


@pytest.mark.parametrize("path", ["/devices/get", "/devices/unmanaged/get"])
@pytest.mark.parametrize("is_managed", [True, False])
def test_a_device_out_of_sight_is_401_whichever_side_it_is_on(
    fake, refuse, session, path, is_managed
):
    device_id = device_of(fake, automatically_manage_new_devices=is_managed)

    refusal = refuse(path, {"device_id": device_id}, token=session)

    assert (refusal.status, refusal.message) == (401, "Not authorized to view this device")


def test_an_unmanaged_device_that_is_removed_goes_off_line_with_an_event(fake):
    device_id = device_of(fake, automatically_manage_new_devices=False, email="j@example.com")
    before = len(fake.events)

    fake.add_device_error(device_id, "device_removed")
    fake.connect_account(
        "minut", "j@example.com", automatically_manage_new_devices=False
    )

    told = list(fake.events)[before:]
    of_device = [event["event_type"] for event in told if "device_id" in event]
    assert of_device == ["device.unmanaged.disconnected", "device.unmanaged.connected"]
    event = fake.events.assert_emitted("device.unmanaged.disconnected")
    assert event["error_code"] == "device_disconnected"


def test_an_id_in_capitals_is_the_same_id(fake):
    device_id = device_of(fake)

    sent = {"device_id": device_id.upper()}
    assert fake.call("/devices/get", sent)["device"]["device_id"] == device_id
    listed = fake.call("/devices/list", {"device_ids": [device_id.upper()]})["devices"]
    assert [one["device_id"] for one in listed] == [device_id]
