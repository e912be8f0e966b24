"""The control methods for locks: what a test may ask for, and what it is told otherwise."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, MisuseError

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def lock(fake):
    fake.connect_account("august")
    return fake.call("/devices/list")["devices"][0]


@pytest.fixture
def attempt(fake, lock):
    fake.hold_device(lock)
    sent = {"device_id": lock["device_id"]}
    return fake.call("/locks/unlock_door", sent)["action_attempt"]


@pytest.fixture
def shown(fake, attempt):
    def shown():
        sent = {"action_attempt_id": attempt["action_attempt_id"]}
        found = fake.call("/action_attempts/get", sent)["action_attempt"]
        return found["status"], found["result"], found["error"]

    return shown


ERROR = {"type": "jammed", "message": "The bolt is stuck."}


def test_an_attempt_is_ended_by_hand_and_its_lock_does_nothing(fake, lock, attempt, shown):
    fake.update_action_attempt(attempt, "success", {"was_confirmed_by_device": False})

    assert shown() == ("success", {"was_confirmed_by_device": False}, None)
    assert fake.events[-1]["event_type"] == "action_attempt.unlock_door.succeeded"
    assert fake.events.filter("lock.unlocked") == []
    fake.release_device(lock)
    fake.update_action_attempt(attempt, "error", error=ERROR)
    assert shown() == ("error", None, ERROR)
    fake.update_action_attempt(attempt, "pending")
    assert shown() == ("pending", None, None)
    fake.clock.advance(86400)
    assert shown() == ("pending", None, None)
    assert fake.events.filter("lock.unlocked") == []


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_the_route_of_the_official_fake_does_the_same(fake, attempt, shown, method):
    path = "/_fake/update_action_attempt"
    sent = {"action_attempt_id": attempt["action_attempt_id"]}

    assert fake.call(path, {**sent, "status": "success"}, method=method) == {"ok": True}
    assert shown() == ("success", {}, None)
    fake.call(path, {**sent, "status": "error", "error": ERROR}, method=method)
    assert shown() == ("error", None, ERROR)


def test_the_route_takes_null_for_what_the_status_does_not_have(fake, attempt, shown):
    path = "/_fake/update_action_attempt"
    sent = {"action_attempt_id": attempt["action_attempt_id"]}

    fake.call(path, {**sent, "status": "success", "result": None, "error": None})
    assert shown() == ("success", {}, None)
    fake.call(path, {**sent, "status": "error", "result": None, "error": ERROR})
    assert shown() == ("error", None, ERROR)


def test_the_route_refuses_as_the_official_fake_does(refuse, attempt):
    path = "/_fake/update_action_attempt"
    refusal = refuse(path, {"action_attempt_id": UNKNOWN, "status": "success"})

    assert (refusal.status, refusal.type, refusal.message) == (
        404, "action_attempt_not_found", "Action attempt not found"
    )
    sent = {"action_attempt_id": attempt["action_attempt_id"], "status": "error"}
    assert refuse(path, sent).message == "error is required"
    assert refuse(path, {**sent, "error": None}).message == "error is required"
    assert refuse(path, {**sent, "status": "done"}).type == "invalid_input"


@pytest.mark.parametrize(
    ("misuse", "says"),
    [
        (lambda fake, lock: fake.fail_next_step(lock, "open"), "choose one of set, update"),
        (
            lambda fake, lock: fake.fail_next_step(lock, "set", "jammed"),
            "a code has one of failed_to_set_on_device",
        ),
        (lambda fake, lock: fake.fail_next_step(lock, "set", times=0), "greater than 0"),
        (lambda fake, lock: fake.turn_lock(lock, True, "magic"), "choose one of keycode, manual"),
        (lambda fake, lock: fake.set_battery(lock), "needs a level or a keypad_level"),
        (lambda fake, lock: fake.set_battery(lock, 1.5), "less than or equal to 1"),
        (lambda fake, lock: fake.update_action_attempt(UNKNOWN, "success"), "no action attempt"),
        (lambda fake, lock: fake.hold_device(UNKNOWN), "no device"),
        (lambda fake, lock: fake.hold_device(object()), "device_id"),
    ],
)
def test_a_mistake_says_what_to_do(fake, lock, misuse, says):
    with pytest.raises(MisuseError, match=says):
        misuse(fake, lock)


def test_a_status_has_to_be_one_of_three(fake, attempt):
    with pytest.raises(MisuseError, match="choose one of success, error, pending"):
        fake.update_action_attempt(attempt, "done")
    with pytest.raises(MisuseError, match="needs an error with a type and a message"):
        fake.update_action_attempt(attempt, "error")


def test_only_a_lock_has_a_keypad_and_a_door(fake):
    fake.connect_account("nest")
    thermostat = fake.call("/devices/list")["devices"][0]

    for misuse in (
        lambda: fake.enter_code(thermostat, "1234"),
        lambda: fake.turn_lock(thermostat, True),
        lambda: fake.door(thermostat),
    ):
        with pytest.raises(MisuseError, match="is no lock, but a nest_thermostat: choose a lock"):
            misuse()
    with pytest.raises(MisuseError, match="has no battery"):
        fake.set_battery(thermostat, 0.5)


@pytest.mark.parametrize(
    "method",
    ["keycode", "manual", "automatic", "unknown", "remote", "card", "mobile_key"],
)
def test_a_lock_is_turned_by_any_method(fake, lock, method):
    fake.turn_lock(lock, False, method)

    assert fake.events[-1]["method"] == method
    fake.emit("lock.unlocked", device_id=lock, method=method)
    fake.turn_lock(lock, True, method)
    assert [event["method"] for event in fake.events.filter("lock.locked")] == [method]


def test_a_lock_that_is_turned_so_already_reports_nothing(fake, lock):
    fake.turn_lock(lock, True)
    fake.turn_lock(lock, False)
    fake.turn_lock(lock, False)

    assert len(fake.events.filter("lock.unlocked")) == 1
    assert fake.events.filter("lock.locked") == []


def test_a_door_opens_and_closes(fake, lock):
    def is_open():
        sent = {"device_id": lock["device_id"]}
        return fake.call("/devices/get", sent)["device"]["properties"]["door_open"]

    fake.door(lock)
    assert is_open() is True
    fake.door(lock, open=False)
    assert is_open() is False


def test_a_call_that_is_refused_uses_up_no_planned_failure(fake, lock):
    fake.fail_next_step(lock, "lock", "jammed")
    with pytest.raises(ApiError):
        fake.call("/locks/lock_door", {"device_id": "x"})
    sent = {"device_id": lock["device_id"]}
    attempt = fake.call("/locks/lock_door", sent)["action_attempt"]
    sent = {"action_attempt_id": attempt["action_attempt_id"]}

    assert fake.call("/action_attempts/get", sent)["action_attempt"]["error"]["type"] == "jammed"


@pytest.mark.parametrize(
    ("status", "given", "says"),
    [
        ("success", {"error": ERROR}, "has no error: leave it out"),
        ("pending", {"result": {"a": 1}}, "has no result: leave it out"),
        ("success", {"result": {"a": object()}}, "JSON"),
    ],
)
def test_an_attempt_gets_what_belongs_to_its_status(fake, attempt, status, given, says):
    with pytest.raises(MisuseError, match=says):
        fake.update_action_attempt(attempt, status, **given)
