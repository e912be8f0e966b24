"""Locking, unlocking, auto-lock: the steps of action attempts at a lock, and their events."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam


def test_an_attempt_is_pending_and_ends_with_the_next_read(fake, lock):
    attempt = lock("unlock_door")["action_attempt"]

    assert attempt == {
        "action_attempt_id": attempt["action_attempt_id"],
        "action_type": "UNLOCK_DOOR",
        "status": "pending",
        "result": None,
        "error": None,
    }
    assert lock.ended({"action_attempt": attempt}) == {
        **attempt, "status": "success", "result": {"was_confirmed_by_device": True}
    }
    assert lock.properties["locked"] is False


def test_the_event_of_the_lock_comes_before_that_of_the_attempt(fake, lock):
    attempt = lock("unlock_door")["action_attempt"]

    unlocked, succeeded = list(fake.events)[-2:]
    assert unlocked["event_type"] == "lock.unlocked"
    assert unlocked["method"] == "remote"
    assert unlocked["action_attempt_id"] == attempt["action_attempt_id"]
    assert unlocked["device_id"] == lock.device_id
    assert succeeded["event_type"] == "action_attempt.unlock_door.succeeded"
    assert {name: succeeded[name] for name in ("action_type", "status", "device_id")} == {
        "action_type": "UNLOCK_DOOR", "status": "success", "device_id": lock.device_id
    }
    assert "device_custom_metadata" not in succeeded


def test_a_lock_that_is_locked_already_emits_the_attempts_event_only(lock, new_events):
    assert new_events(lambda: lock("lock_door")) == ["action_attempt.lock_door.succeeded"]


def test_with_sync_the_first_answer_is_the_last(lock):
    assert lock("unlock_door", sync=True)["action_attempt"]["status"] == "success"
    assert lock.properties["locked"] is False


@pytest.mark.parametrize(
    ("path", "code"),
    [("disconnect", "device_disconnected"), ("disconnect_from_hub", "hub_disconnected")],
)
def test_an_offline_lock_does_nothing(fake, lock, path, code):
    fake.call(f"/devices/simulate/{path}", {"device_id": lock.device_id})
    made = lock("unlock_door")

    attempt = lock.ended(made)
    assert (attempt["status"], attempt["result"]) == ("error", None)
    assert attempt["error"]["type"] == code
    assert "disconnected" in attempt["error"]["message"]
    assert fake.events[-1]["event_type"] == "action_attempt.unlock_door.failed"
    assert fake.events[-1]["status"] == "error"
    assert "locked" not in lock.properties
    back = path.replace("disconnect", "connect").replace("from", "to")
    fake.call(f"/devices/simulate/{back}", {"device_id": lock.device_id})
    assert lock.properties["locked"] is True


def test_a_lock_of_a_disconnected_account_does_nothing(fake, lock):
    fake.disconnect_account(fake.call("/connected_accounts/list")["connected_accounts"][0])

    assert lock.ended(lock("lock_door"))["error"]["type"] == "account_disconnected"


def test_a_held_lock_leaves_the_attempt_pending(fake, lock):
    fake.hold_device(lock.device_id)
    made = lock("unlock_door")
    fake.clock.advance(86400)

    assert lock.ended(made)["status"] == "pending"
    assert lock.properties["locked"] is True
    fake.release_device(lock.device_id)
    assert lock.ended(made)["status"] == "success"
    assert fake.events[-1]["occurred_at"] == "2026-01-02T00:00:00.001Z"


def test_a_planned_failure_fails_as_often_as_it_was_planned(fake, lock):
    fake.fail_next_step(lock.device_id, "unlock", "jammed", "The bolt is stuck.", times=2)
    fake.fail_next_step(lock.device_id, "lock")

    for _ in range(2):
        error = lock.ended(lock("unlock_door"))["error"]
        assert error == {"type": "jammed", "message": "The bolt is stuck."}
    assert lock.ended(lock("unlock_door"))["status"] == "success"
    assert lock.ended(lock("lock_door"))["error"]["type"] == "action_failed"
    assert lock.ended(lock("lock_door"))["status"] == "success"


def test_privacy_mode_blocks_unlocking(fake, lock):
    fake.add_device_warning(lock.device_id, "privacy_mode")

    assert lock.ended(lock("unlock_door"))["error"]["type"] == "privacy_mode"
    assert lock.ended(lock("lock_door"))["status"] == "success"


def test_an_unlocked_lock_locks_itself_after_its_delay(fake, lock):
    configured = lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=30)
    assert lock.ended(configured)["result"] == {}
    assert lock.properties["auto_lock_delay_seconds"] == 30
    lock("unlock_door")
    fake.clock.advance(29)
    assert lock.properties["locked"] is False
    fake.clock.advance(1)

    assert lock.properties["locked"] is True
    event = fake.events[-1]
    assert (event["event_type"], event["method"]) == ("lock.locked", "automatic")
    assert event["occurred_at"] == "2026-01-01T00:00:30.000Z"
    assert "action_attempt_id" not in event


def test_locking_and_disabling_cancel_the_auto_lock_and_unlocking_restarts_it(fake, lock):
    lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=30)
    lock("unlock_door")
    fake.clock.advance(20)
    fake.turn_lock(lock.device_id, False)
    fake.clock.advance(20)
    assert lock.properties["locked"] is False
    lock("configure_auto_lock", auto_lock_enabled=False)
    fake.clock.advance(3600)

    assert lock.properties["locked"] is False
    assert lock.properties["auto_lock_delay_seconds"] == 30
    assert fake.events.filter("lock.locked") == []


def test_the_attempts_of_a_device_are_listed(fake, lock, lock_of):
    made = lock("unlock_door")
    lock_of("nuki")("unlock_door")

    listed = fake.call("/action_attempts/list", {"device_id": lock.device_id})
    assert listed["action_attempts"] == [lock.ended(made)]


def test_a_served_fake_does_the_step_without_another_call(fake, lock):
    """An app that only waits for the webhook gets it."""
    import httpx

    fake.call("/webhooks/create", {"url": "https://app.example.com/hook"})
    got = []
    fake.webhooks.deliver_to(lambda delivery: got.append(delivery.event["event_type"]) or 200)
    with fake.serve() as server:
        headers = {"Authorization": f"Bearer {fake.api_key}"}
        body = {"device_id": lock.device_id}
        httpx.post(f"{server.url}/locks/unlock_door", json=body, headers=headers)
        fake.webhooks.wait_for("action_attempt.unlock_door.succeeded")

    assert got == ["lock.unlocked", "action_attempt.unlock_door.succeeded"]


def test_a_slow_lock_takes_its_time():
    with FakeSeam(now="2026-01-01T00:00:00Z", device_delay=2.5) as fake:
        fake.connect_account("august")
        device = fake.call("/locks/list")["locks"][0]["device_id"]
        attempt = fake.call("/locks/unlock_door", {"device_id": device})["action_attempt"]
        sent = {"action_attempt_id": attempt["action_attempt_id"]}
        fake.clock.advance(2)
        assert fake.call("/action_attempts/get", sent)["action_attempt"]["status"] == "pending"
        fake.clock.advance(1)
        assert fake.call("/action_attempts/get", sent)["action_attempt"]["status"] == "success"
        assert fake.events[-2]["occurred_at"] == "2026-01-01T00:00:02.500Z"


def test_the_steps_of_a_held_lock_are_done_in_their_order(fake, lock, new_events):
    fake.hold_device(lock.device_id)
    for name in ("unlock_door", "lock_door", "unlock_door"):
        lock(name)

    assert new_events(lambda: fake.release_device(lock.device_id)) == [
        "lock.unlocked",
        "action_attempt.unlock_door.succeeded",
        "lock.locked",
        "action_attempt.lock_door.succeeded",
        "lock.unlocked",
        "action_attempt.unlock_door.succeeded",
    ]


def test_a_lock_that_went_offline_while_it_was_held_fails(fake, lock):
    fake.hold_device(lock.device_id)
    made = lock("unlock_door")
    fake.call("/devices/simulate/disconnect", {"device_id": lock.device_id})
    assert lock.ended(made)["status"] == "pending"
    fake.release_device(lock.device_id)

    assert lock.ended(made)["error"]["type"] == "device_disconnected"


def test_an_offline_lock_uses_up_no_planned_failure(fake, lock):
    fake.fail_next_step(lock.device_id, "lock", "jammed")
    fake.call("/devices/simulate/disconnect", {"device_id": lock.device_id})
    assert lock.ended(lock("lock_door"))["error"]["type"] == "device_disconnected"
    fake.call("/devices/simulate/connect", {"device_id": lock.device_id})

    assert lock.ended(lock("lock_door"))["error"]["type"] == "jammed"


def test_an_attempt_is_loaded_with_its_step(fake, lock, tmp_path):
    fake.hold_device(lock.device_id)
    made = lock("unlock_door")
    fake.dump(tmp_path / "held.json")
    with FakeSeam(now="2026-01-01T00:00:00Z") as loaded:
        loaded.load(tmp_path / "held.json")
        loaded.release_device(lock.device_id)
        sent = {"action_attempt_id": made["action_attempt"]["action_attempt_id"]}
        assert loaded.call("/action_attempts/get", sent)["action_attempt"]["status"] == "success"


def test_a_reset_of_the_sandbox_takes_the_steps_along(fake, lock):
    fake.hold_device(lock.device_id)
    made = lock("unlock_door")
    fake.call("/workspaces/reset_sandbox")

    assert fake.events.filter("lock.unlocked") == []
    assert lock.ended(made)["status"] == "pending"
