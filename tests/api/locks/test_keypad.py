"""Codes entered at a keypad: which open, and what Seam says of it."""

from __future__ import annotations

import pytest

ENTER = "/locks/simulate/keypad_code_entry"
STAY = {"starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-05T00:00:00Z"}


@pytest.fixture
def code(fake, lock):
    sent = {"device_id": lock.device_id, "code": "1234"}
    return fake.call("/access_codes/create", sent)["access_code"]


def enter(lock, pin):
    """The event of a simulated entry."""
    assert lock.ended(lock("simulate/keypad_code_entry", code=pin))["result"] == {}
    event, attempt = list(lock.fake.events)[-2:]
    assert attempt["event_type"] == "action_attempt.simulate_keypad_code_entry.succeeded"
    return event


def test_the_right_code_unlocks(lock, code):
    event = enter(lock, "1234")

    assert (event["event_type"], event["method"]) == ("lock.unlocked", "keycode")
    assert event["access_code_id"] == code["access_code_id"]
    assert (event["code"], event["access_code_is_managed"]) == ("1234", True)
    assert lock.properties["locked"] is False
    assert enter(lock, "1234")["event_type"] == "lock.unlocked"  # an unlocked door, too


def test_a_wrong_code_is_denied(lock, code):
    event = enter(lock, "9999")

    assert event["event_type"] == "lock.access_denied"
    assert event["reason"] == {
        "reason_code": "unknown_code", "message": "The code is not known to the lock."
    }
    assert "access_code_id" not in event and "code" not in event
    assert lock.properties["locked"] is True


def test_an_unmanaged_code_unlocks(fake, lock):
    code = fake.create_unmanaged_access_code(lock.device_id, "4711")

    event = enter(lock, "4711")
    assert (event["access_code_id"], event["access_code_is_managed"]) == (
        code["access_code_id"], False
    )


def test_a_preloaded_code_opens_from_its_start_on(fake, lock):
    sent = {"device_id": lock.device_id, "code": "1234", **STAY}
    code = fake.call("/access_codes/create", sent)["access_code"]

    event = enter(lock, "1234")
    assert event["reason"]["reason_code"] == "unknown_code"
    assert event["access_code_id"] == code["access_code_id"]
    fake.clock.advance(86400)
    assert enter(lock, "1234")["event_type"] == "lock.unlocked"


def test_without_native_scheduling_a_code_opens_up_to_an_hour_early(fake, lock):
    native = {"prefer_native_scheduling": False}
    sent = {"device_id": lock.device_id, "code": "1234", **STAY, **native}
    fake.call("/access_codes/create", sent)
    fake.clock.advance(23 * 3600)

    assert enter(lock, "1234")["event_type"] == "lock.unlocked"


def test_an_earlier_pin_opens_until_the_device_has_the_new_one(fake, lock, code):
    fake.call("/access_codes/list", {"device_id": lock.device_id})
    fake.call("/devices/simulate/disconnect", {"device_id": lock.device_id})
    sent = {"access_code_id": code["access_code_id"], "code": "5678"}
    fake.call("/access_codes/update", sent)

    assert enter(lock, "1234")["event_type"] == "lock.unlocked"
    assert enter(lock, "5678")["event_type"] == "lock.access_denied"


def test_in_privacy_mode_no_code_opens(fake, lock, code):
    fake.add_device_warning(lock.device_id, "privacy_mode")

    assert enter(lock, "1234")["reason"]["reason_code"] == "blocked_by_privacy_mode"


def test_a_one_time_code_opens_once(fake, lock_of):
    igloo = lock_of("igloohome")
    sent = {"is_offline_access_code": True, "is_one_time_use": True}
    times = {"device_id": igloo.device_id, "starts_at": "2026-01-01T00:00:00Z"}
    made = fake.call("/access_codes/create", {**sent, **times})["access_code"]
    by_id = {"access_code_id": made["access_code_id"]}
    pin = fake.call("/access_codes/get", by_id)["access_code"]["code"]

    fake.enter_code(igloo.device_id, pin)
    assert [one["event_type"] for one in list(fake.events)[-2:]] == [
        "lock.unlocked", "access_code.deleted"
    ]
    fake.enter_code(igloo.device_id, pin)
    assert fake.events[-1]["event_type"] == "lock.access_denied"


def test_some_brands_do_not_say_which_code_was_entered(fake, lock_of):
    nuki = lock_of("nuki")
    sent = {"device_id": nuki.device_id, "code": "987654"}
    fake.call("/access_codes/create", sent)
    fake.enter_code(nuki.device_id, "987654")

    event = fake.events[-1]
    assert (event["event_type"], event["method"]) == ("lock.unlocked", "keycode")
    assert event.keys().isdisjoint({"access_code_id", "access_code_is_managed"})


def test_a_kwikset_lock_reports_the_third_wrong_code_in_a_row(fake, lock_of):
    kwikset = lock_of("kwikset")
    sent = {"device_id": kwikset.device_id, "code": "1234"}
    fake.call("/access_codes/create", sent)
    denied = []
    for pin in ("1", "2", "1234", "1", "2", "3", "4"):
        fake.enter_code(kwikset.device_id, pin)
        denied.append(len(fake.events.filter("lock.access_denied")))

    assert denied == [0, 0, 0, 0, 0, 1, 1]


def test_the_keypad_works_offline(fake, lock, code):
    fake.call("/access_codes/list", {"device_id": lock.device_id})
    fake.call("/devices/simulate/disconnect", {"device_id": lock.device_id})

    assert enter(lock, "1234")["event_type"] == "lock.unlocked"


def test_locking_at_the_keypad_is_manual(fake, lock):
    fake.turn_lock(lock.device_id, False)
    made = lock("simulate/manual_lock_via_keypad")

    assert lock.ended(made)["status"] == "success"
    event, attempt = list(fake.events)[-2:]
    assert (event["event_type"], event["method"]) == ("lock.locked", "manual")
    assert attempt["event_type"] == "action_attempt.simulate_manual_lock_via_keypad.succeeded"


@pytest.mark.parametrize(
    ("path", "params", "what"),
    [
        ("keypad_code_entry", {"code": "1"}, "keypad code entry"),
        ("manual_lock_via_keypad", {}, "manual lock via keypad"),
    ],
)
def test_only_an_august_keypad_is_simulated(lock_of, refuse, path, params, what):
    sent = {"device_id": lock_of("yale").device_id, **params}
    refusal = refuse(f"/locks/simulate/{path}", sent)

    assert (refusal.status, refusal.type, refusal.message) == (
        400,
        "device_type_not_supported",
        f'Device type "yale_lock" is not supported for simulating {what}',
    )


def test_nothing_is_simulated_in_production(fake, refuse):
    production = fake.create_workspace("Live", is_sandbox=False)
    fake.connect_account("august", workspace_id=production.workspace_id)
    device = fake.call("/devices/list", token=production.api_key)["devices"][0]["device_id"]
    sent = {"device_id": device, "code": "1234"}

    assert refuse(ENTER, sent, token=production.api_key).type == "workspace_not_sandbox"


def test_a_kwikset_lock_in_privacy_mode_counts_no_wrong_entry(fake, lock_of):
    kwikset = lock_of("kwikset")
    fake.add_device_warning(kwikset.device_id, "privacy_mode")
    for _ in range(2):
        fake.enter_code(kwikset.device_id, "1234")
    fake.clear_device_warning(kwikset.device_id, "privacy_mode")
    fake.enter_code(kwikset.device_id, "1234")

    denied = fake.events.filter("lock.access_denied")
    assert [event["reason"]["reason_code"] for event in denied] == ["blocked_by_privacy_mode"] * 2
