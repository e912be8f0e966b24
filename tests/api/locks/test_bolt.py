"""What the bolt of a lock reports, and to whom."""

from __future__ import annotations

import pytest


@pytest.fixture
def unmanaged(fake, lock):
    """An unlocked lock with auto-lock and a code, which the app manages no longer."""
    fake.call("/access_codes/create", {"device_id": lock.device_id, "code": "1234"})
    lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=30)
    lock("unlock_door")
    fake.call("/devices/update", {"device_id": lock.device_id, "is_managed": False})
    return lock


@pytest.mark.parametrize(
    "cause",
    [
        lambda fake, lock: fake.turn_lock(lock.device_id, True),
        lambda fake, lock: fake.clock.advance(60),
        lambda fake, lock: fake.enter_code(lock.device_id, "1234"),
        lambda fake, lock: fake.enter_code(lock.device_id, "0000"),
        lambda fake, lock: fake.tamper(lock.device_id),
        lambda fake, lock: fake.set_battery(lock.device_id, 0.05),
    ],
    ids=["turned", "auto-lock", "right code", "wrong code", "tampered", "battery"],
)
def test_an_unmanaged_lock_reports_nothing(fake, unmanaged, new_events, cause):
    assert new_events(lambda: cause(fake, unmanaged)) == []


def test_an_unmanaged_lock_is_turned_all_the_same(fake, unmanaged):
    fake.clock.advance(60)
    by_id = {"device_id": unmanaged.device_id}
    fake.call("/devices/unmanaged/update", {**by_id, "is_managed": True})

    assert unmanaged.properties["locked"] is True


def test_a_step_of_a_lock_that_was_unmanaged_meanwhile_ends_its_attempt(fake, lock, new_events):
    fake.hold_device(lock.device_id)
    lock("unlock_door")
    fake.call("/devices/update", {"device_id": lock.device_id, "is_managed": False})

    ended = ["action_attempt.unlock_door.succeeded"]
    assert new_events(lambda: fake.release_device(lock.device_id)) == ended


def test_auto_lock_needs_no_connection(fake, lock, new_events):
    lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=30)
    lock("unlock_door")
    fake.call("/devices/simulate/disconnect", {"device_id": lock.device_id})

    assert new_events(lambda: fake.clock.advance(30)) == ["lock.locked"]


def test_enabling_it_at_an_open_door_begins_the_wait(fake, lock, new_events):
    lock("unlock_door")
    lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=10)

    assert new_events(lambda: fake.clock.advance(9)) == []
    assert new_events(lambda: fake.clock.advance(1)) == ["lock.locked"]


def test_locking_ends_the_wait(fake, lock, new_events):
    lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=10)
    lock("unlock_door")
    lock("lock_door")
    fake.clock.advance(0)

    assert new_events(lambda: fake.clock.advance(60)) == []


def test_offline_it_is_not_configured(fake, lock):
    fake.call("/devices/simulate/disconnect", {"device_id": lock.device_id})
    made = lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=10)

    assert lock.ended(made)["error"]["type"] == "device_disconnected"
    assert "auto_lock_delay_seconds" not in lock.properties


def test_a_deleted_account_takes_the_wait_along(fake, lock):
    lock("configure_auto_lock", auto_lock_enabled=True, auto_lock_delay_seconds=10)
    lock("unlock_door")
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    by_id = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", by_id)

    fake.clock.advance(60)
    assert fake.events.filter("lock.locked") == []
