"""Opening doors: locks that work, are offline, held, or fail, and how an app learns of it."""

from __future__ import annotations

import pytest
from seam import SeamHttpInvalidInputError
from seam.exceptions import SeamActionAttemptFailedError, SeamActionAttemptTimeoutError

QUICKLY = {"polling_interval": 0.01}


@pytest.fixture
def new_events(seam):
    """Returns the events since its last call, as the app reads them."""
    seen = set()

    def new_events():
        found = [one for one in seam.events.list(since="2000-01-01") if one.event_id not in seen]
        seen.update(one.event_id for one in found)
        return found

    return new_events


@pytest.fixture
def properties(seam):
    return lambda device_id: seam.devices.get(device_id=device_id).properties


def types(events):
    return [event.event_type for event in events]


def test_an_app_that_does_not_wait_finds_the_door_unlocked_at_its_next_look(
    seam, lock, new_events, properties
):
    new_events()
    asked = seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=False)

    assert (asked.status, asked.action_type) == ("pending", "UNLOCK_DOOR")
    read = seam.action_attempts.get(action_attempt_id=asked.action_attempt_id)
    assert read.status == "success"
    assert read.result.was_confirmed_by_device is True
    assert properties(lock).locked is False
    unlocked, succeeded = new_events()
    assert (unlocked.event_type, unlocked.method) == ("lock.unlocked", "remote")
    assert unlocked.action_attempt_id == asked.action_attempt_id
    assert succeeded.event_type == "action_attempt.unlock_door.succeeded"
    assert succeeded.action_attempt_id == asked.action_attempt_id
    assert (succeeded.status, succeeded.device_id) == ("success", lock)


def test_an_app_that_waits_gets_the_finished_attempt(seam, lock, properties):
    unlocked = seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=QUICKLY)
    assert (unlocked.status, properties(lock).locked) == ("success", False)

    locked = seam.locks.lock_door(device_id=lock, wait_for_action_attempt=QUICKLY)
    assert (locked.status, properties(lock).locked) == ("success", True)


def test_a_held_lock_lets_an_app_wait_in_vain_until_it_is_released(fake, seam, lock, properties):
    fake.hold_device(lock)

    with pytest.raises(SeamActionAttemptTimeoutError) as late:
        seam.locks.unlock_door(device_id=lock, wait_for_action_attempt={"timeout": 0.1})

    assert "Timed out waiting for action attempt after 0.1s" in str(late.value)
    assert late.value.action_attempt.status == "pending"
    assert properties(lock).locked is True
    fake.release_device(lock)
    attempt_id = late.value.action_attempt.action_attempt_id
    assert seam.action_attempts.get(action_attempt_id=attempt_id).status == "success"
    assert properties(lock).locked is False


def test_a_failing_step_raises_with_its_code_and_the_next_one_succeeds(fake, seam, lock):
    fake.fail_next_step(lock, "unlock", "jammed", "The bolt is stuck.")

    with pytest.raises(SeamActionAttemptFailedError) as failed:
        seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=QUICKLY)

    assert (failed.value.code, str(failed.value)) == ("jammed", "The bolt is stuck.")
    assert failed.value.action_attempt.status == "error"
    again = seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=QUICKLY)
    assert again.status == "success"


def test_an_offline_lock_does_nothing_and_hides_its_state(seam, lock, new_events, properties):
    seam.devices.simulate.disconnect(device_id=lock)
    new_events()

    with pytest.raises(SeamActionAttemptFailedError) as failed:
        seam.locks.lock_door(device_id=lock, wait_for_action_attempt=QUICKLY)

    assert failed.value.code == "device_disconnected"
    assert types(new_events()) == ["action_attempt.lock_door.failed"]
    raw = seam.client.get("/devices/get", params={"device_id": lock})["device"]["properties"]
    assert raw["online"] is False and raw.keys().isdisjoint({"locked", "battery"})
    seam.devices.simulate.connect(device_id=lock)
    assert properties(lock).locked is True


def test_a_lock_that_cannot_be_locked_remotely_is_refused(seam, locks_of, refusal):
    door, _ = locks_of("akiles")

    refused = refusal(seam.locks.lock_door, device_id=door)

    assert (refused.status_code, refused.code) == (400, "device_not_supported")


# The keypad


def test_a_guest_opens_the_door_and_a_stranger_does_not(seam, lock, new_events, properties):
    code_id = seam.access_codes.create(device_id=lock, code="1234").access_code_id
    new_events()
    enter = seam.locks.simulate.keypad_code_entry
    enter(device_id=lock, code="9999", wait_for_action_attempt=QUICKLY)

    *_, denied, ended = new_events()
    assert (denied.event_type, denied.reason.reason_code) == ("lock.access_denied", "unknown_code")
    assert ended.event_type == "action_attempt.simulate_keypad_code_entry.succeeded"
    assert properties(lock).locked is True

    attempt = enter(device_id=lock, code="1234", wait_for_action_attempt=QUICKLY)

    assert attempt.action_type == "SIMULATE_KEYPAD_CODE_ENTRY"
    unlocked, ended = new_events()
    assert (unlocked.event_type, unlocked.method) == ("lock.unlocked", "keycode")
    assert (unlocked.access_code_id, unlocked.code) == (code_id, "1234")
    assert unlocked.access_code_is_managed is True
    assert ended.action_attempt_id == attempt.action_attempt_id
    assert properties(lock).locked is False


def test_only_an_august_keypad_is_simulated(seam, locks_of, refusal):
    yale, _ = locks_of("yale")

    refused = refusal(seam.locks.simulate.keypad_code_entry, device_id=yale, code="1234")

    assert (refused.status_code, refused.code) == (400, "device_type_not_supported")


def test_a_door_is_locked_by_hand(fake, seam, lock, new_events, properties):
    fake.turn_lock(lock, False)
    new_events()
    press = seam.locks.simulate.manual_lock_via_keypad
    press(device_id=lock, wait_for_action_attempt=QUICKLY)

    locked, ended = new_events()
    assert (locked.event_type, locked.method) == ("lock.locked", "manual")
    assert ended.event_type == "action_attempt.simulate_manual_lock_via_keypad.succeeded"
    assert properties(lock).locked is True


# What happens by itself


def test_an_unlocked_door_locks_itself(fake, seam, lock, new_events, properties):
    configure = seam.locks.configure_auto_lock
    configured = configure(
        device_id=lock,
        auto_lock_enabled=True,
        auto_lock_delay_seconds=30,
        wait_for_action_attempt=QUICKLY,
    )
    assert configured.action_type == "CONFIGURE_AUTO_LOCK"
    seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=QUICKLY)
    new_events()
    fake.clock.advance(30)

    (locked,) = new_events()
    assert (locked.event_type, locked.method) == ("lock.locked", "automatic")
    assert properties(lock).locked is True


@pytest.mark.parametrize("delay", [{"auto_lock_delay_seconds": 0}, {}])
def test_a_wrong_delay_of_auto_lock_is_refused_by_its_field(seam, lock, delay):
    with pytest.raises(SeamHttpInvalidInputError) as refused:
        seam.locks.configure_auto_lock(device_id=lock, auto_lock_enabled=True, **delay)

    assert refused.value.get_validation_error_messages("auto_lock_delay_seconds")


def test_a_battery_runs_low_and_is_reported_once(fake, seam, lock, new_events, properties):
    new_events()
    fake.set_battery(lock, 0.2)

    assert properties(lock).battery.status == "low"
    changed, low = new_events()
    assert (changed.event_type, changed.battery_status) == (
        "device.battery_status_changed",
        "low",
    )
    assert (low.event_type, low.battery_level) == ("device.low_battery", 0.2)
    fake.set_battery(lock, 0.15)
    assert new_events() == []


def test_somebody_tampers_with_a_lock(fake, lock, new_events):
    new_events()
    fake.tamper(lock)

    assert types(new_events()) == ["device.tampered"]


# Finding locks


def test_locks_are_listed_without_other_devices(fake, seam, lock, refusal):
    fake.connect_account("nest", "nick@example.com")
    (thermostat,) = seam.devices.list(manufacturer="nest")

    listed = seam.locks.list()
    assert {one.device_type for one in listed} == {"august_lock"}
    assert seam.locks.get(device_id=lock).device_id == lock
    refused = refusal(seam.locks.get, device_id=thermostat.device_id)
    assert (refused.status_code, refused.code) == (404, "device_not_found")
    body = seam.client.post("/locks/list", json={})
    assert body["devices"] == body["locks"] and len(body["locks"]) == len(listed)
    body = seam.client.post("/locks/get", json={"device_id": lock})
    assert body["device"] == body["lock"]
