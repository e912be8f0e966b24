"""/locks: finding locks, and which actions are refused."""

from __future__ import annotations

import typing

import pytest
from seam.routes.locks import AbstractLocks

from fakeseam.api.devices.types import LOCK_MANUFACTURERS, LOCK_TYPES

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def test_a_lock_is_shown_twice_as_devices_get_shows_it(fake, lock):
    device = fake.call("/devices/get", {"device_id": lock.device_id})["device"]

    found = lock("get")
    assert found == {"device": device, "lock": device, "ok": True}
    by_name = fake.call("/locks/get", {"name": "FRONT DOOR"})
    assert by_name["lock"] == device


def test_only_locks_are_listed_and_found(fake, lock, lock_of, refuse):
    thermostat = lock_of("nest")
    listed = fake.call("/locks/list")

    assert listed.keys() == {"devices", "locks", "ok"}
    assert listed["devices"] == listed["locks"]
    assert {one["device_type"] for one in listed["locks"]} == {"august_lock"}
    refusal = refuse("/locks/get", {"device_id": thermostat.device_id})
    assert (refusal.status, refusal.type) == (404, "device_not_found")
    assert refuse("/locks/get").type == "invalid_input"


def words_of(name):
    """The words that the SDK declares for a parameter of ``locks.list``."""
    hint = typing.get_type_hints(AbstractLocks.list)[name]
    (literal,) = (one for one in typing.get_args(hint) if one is not type(None))
    return set(typing.get_args(literal))


def test_the_types_and_makers_of_locks_are_those_of_the_sdk():
    assert set(LOCK_TYPES) == words_of("device_type")
    assert set(LOCK_MANUFACTURERS) == words_of("manufacturer")


def test_a_lock_is_found_by_the_name_of_a_thermostat(fake, lock_of):
    lock_of("nest", name="Hall")
    found = lock_of("august", name="Hall")

    assert fake.call("/locks/get", {"name": "Hall"})["lock"]["device_id"] == found.device_id


def test_the_list_is_not_cut(fake):
    fake.connect_account("august", devices=[{"name": f"Door {n}"} for n in range(501)])

    assert len(fake.call("/locks/list")["locks"]) == 501


def test_the_list_has_what_meets_every_filter(fake, lock, lock_of):
    nuki = lock_of("nuki")

    def found(**sent):
        return [one["device_type"] for one in fake.call("/locks/list", sent)["locks"]]

    assert found(manufacturer="nuki") == found(device_type="nuki_lock") == ["nuki_lock"] * 2
    assert found(device_types=["august_lock", "yale_lock"]) == ["august_lock"] * 2
    account = fake.call("/devices/get", {"device_id": nuki.device_id})["device"]
    assert found(connected_account_id=account["connected_account_id"]) == ["nuki_lock"] * 2
    assert found(connect_webview_id=UNKNOWN) == found(customer_key="c") == []


@pytest.mark.parametrize("name", ["device_type", "manufacturer"])
def test_what_is_no_lock_is_no_filter(lock, refuse, name):
    value = {"device_type": "nest_thermostat", "manufacturer": "ecobee"}[name]

    assert refuse("/locks/list", {name: value}).type == "invalid_input"


@pytest.mark.parametrize(
    ("action", "provider", "device"),
    [
        ("lock_door", "akiles", {}),
        ("lock_door", "nest", {}),
        ("unlock_door", "august", {"can_remotely_unlock": False}),
        ("configure_auto_lock", "schlage", {"auto_lock_enabled": False}),
    ],
)
def test_what_a_device_cannot_do_is_refused(lock_of, refuse, action, provider, device):
    params = {name: device[name] for name in device if name == "auto_lock_enabled"}
    flags = {name: device[name] for name in device if name != "auto_lock_enabled"}
    other = lock_of(provider, **flags)

    refusal = refuse(f"/locks/{action}", {"device_id": other.device_id, **params})

    assert (refusal.status, refusal.type, refusal.message, refusal.data) == (
        400,
        "device_not_supported",
        "This device does not support this action",
        {"device_id": other.device_id},
    )


def test_an_unmanaged_lock_is_refused(fake, lock, refuse):
    fake.call("/devices/update", {"device_id": lock.device_id, "is_managed": False})

    assert refuse("/locks/unlock_door", {"device_id": lock.device_id}).type == "device_unmanaged"
    assert refuse("/locks/get", {"device_id": lock.device_id}).status == 404


@pytest.mark.parametrize(
    ("delay", "message"),
    [
        (0, "Number must be greater than or equal to 1"),
        (61, "Number must be less than or equal to 60"),
        (None, "auto_lock_delay_seconds is required"),
    ],
)
def test_a_wrong_auto_lock_delay_is_refused(lock, refuse, delay, message):
    sent = {"device_id": lock.device_id, "auto_lock_enabled": True}
    if delay is not None:
        sent["auto_lock_delay_seconds"] = delay
    refusal = refuse("/locks/configure_auto_lock", sent)

    assert refusal.type == "invalid_input"
    assert message in refusal.message


def test_a_session_opens_the_doors_that_it_sees(fake, lock, lock_of, refuse):
    other = lock_of("nuki")
    account = fake.call("/devices/get", {"device_id": other.device_id})["device"]
    token = fake.create_client_session(
        connected_account_ids=[account["connected_account_id"]]
    )

    sent = {"device_id": other.device_id}
    assert fake.call("/locks/unlock_door", sent, token=token)["ok"] is True
    refusal = refuse("/locks/unlock_door", {"device_id": lock.device_id}, token=token)
    assert refusal.status == 401
    assert refuse("/locks/get", {"device_id": lock.device_id}, token=token).status == 401
    listed = fake.call("/locks/list", token=token)["locks"]
    assert {one["device_type"] for one in listed} == {"nuki_lock"}
