"""Waiting for an action attempt, as the SDK does: it looks, pauses, and looks again.

The first nine stories are those that Seam's own SDK tells of itself. The SDK's pauses take no time
here: they are of a clock of the test.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from seam import Seam
from seam.exceptions import SeamActionAttemptFailedError, SeamActionAttemptTimeoutError
from seam.modules import action_attempts as waiting

ROUTE = "/_fake/update_action_attempt"
ERROR = {"type": "foo", "message": "Failed"}


class Pauses(list):
    """The SDK's pauses so far, in seconds. ``at_the_first`` is called at the first one."""

    def __init__(self):
        super().__init__()
        self.at_the_first = lambda: None

    def sleep(self, seconds):
        self.append(seconds)
        if len(self) == 1:
            self.at_the_first()

    async def sleep_async(self, seconds):
        self.sleep(seconds)

    def monotonic(self):
        return sum(self)


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    pauses = Pauses()
    clock = SimpleNamespace(sleep=pauses.sleep, monotonic=pauses.monotonic)
    monkeypatch.setattr(waiting, "time", clock)
    monkeypatch.setattr(waiting, "asyncio", SimpleNamespace(sleep=pauses.sleep_async))
    return pauses


@pytest.fixture
def seam_with(fake):
    """Opens the SDK in process with a choice of its own."""

    def seam_with(choice):
        options = {"transport": fake.transport()}
        return Seam(fake.api_key, wait_for_action_attempt=choice, httpx_options=options)

    return seam_with


@pytest.fixture(params=["the route of the official fake", "the control method"])
def update(request, fake):
    """Gives an attempt a status, in either way."""

    def update(attempt, status, **given):
        if request.param == "the control method":
            fake.update_action_attempt(attempt, status, **given)
        else:
            sent = {"action_attempt_id": attempt.action_attempt_id, "status": status, **given}
            assert fake.call(ROUTE, sent) == {"ok": True}

    return update


@pytest.fixture
def asked(seam, lock):
    """An attempt to unlock a door, which the app does not wait for."""
    asked = seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=False)
    assert asked.status == "pending"
    return asked


# Seam's own stories


def test_a_call_waits_though_its_client_does_not(seam_with, lock):
    with seam_with(False) as seam:
        done = seam.locks.unlock_door(device_id=lock, wait_for_action_attempt=True)

    assert done.status == "success"


def test_a_call_waits_by_default(seam, lock):
    assert seam.locks.unlock_door(device_id=lock).status == "success"


def test_no_call_of_a_client_waits_that_does_not(seam_with, lock):
    with seam_with(False) as seam:
        assert seam.locks.unlock_door(device_id=lock).status == "pending"


def test_a_client_waits_as_long_as_it_was_made_to(seam_with, lock):
    with seam_with({"timeout": 5000}) as seam:
        assert seam.locks.unlock_door(device_id=lock).status == "success"


def test_an_attempt_ends_while_the_app_waits(seam, asked, update, pauses):
    update(asked, "pending")
    pauses.at_the_first = lambda: update(asked, "success")

    done = seam.action_attempts.get(
        action_attempt_id=asked.action_attempt_id, wait_for_action_attempt=True
    )

    assert (done.status, len(pauses)) == ("success", 1)


def test_an_attempt_that_has_ended_is_not_waited_for(seam, asked, update, pauses):
    update(asked, "success")
    by_id = {"action_attempt_id": asked.action_attempt_id}

    ended = seam.action_attempts.get(**by_id)
    waited = seam.action_attempts.get(**by_id, wait_for_action_attempt=True)

    assert waited == ended
    assert (ended.status, pauses) == ("success", [])


def test_an_app_waits_no_longer_than_its_timeout(seam, asked, update, pauses):
    update(asked, "pending")

    with pytest.raises(SeamActionAttemptTimeoutError) as late:
        seam.action_attempts.get(
            action_attempt_id=asked.action_attempt_id, wait_for_action_attempt={"timeout": 0.1}
        )

    assert (late.value.action_attempt, pauses) == (asked, [0.1])


def test_an_attempt_that_fails_raises_with_its_error(seam, asked, update):
    update(asked, "error", error=ERROR)

    with pytest.raises(SeamActionAttemptFailedError, match="Failed") as failed:
        seam.action_attempts.get(
            action_attempt_id=asked.action_attempt_id, wait_for_action_attempt=True
        )

    assert failed.value.code == "foo"
    assert failed.value.action_attempt.action_attempt_id == asked.action_attempt_id
    assert failed.value.action_attempt.status == "error"


def test_a_pause_is_cut_at_the_timeout(seam, asked, update, pauses):
    update(asked, "pending")

    with pytest.raises(SeamActionAttemptTimeoutError) as late:
        seam.action_attempts.get(
            action_attempt_id=asked.action_attempt_id,
            wait_for_action_attempt={"timeout": 0.5, "polling_interval": 5},
        )

    assert (late.value.action_attempt, pauses) == (asked, [0.5])


# What fakeseam adds


def test_the_clients_of_a_fake_pause_for_ten_milliseconds(fake, lock, pauses):
    with fake.client() as seam:
        assert seam.locks.unlock_door(device_id=lock).status == "success"

    assert pauses == [0.01]


def test_a_choice_of_the_call_beats_that_of_the_client(fake, lock, pauses):
    with fake.client() as seam:
        seam.locks.unlock_door(device_id=lock, wait_for_action_attempt={"polling_interval": 1})
        pending = seam.locks.lock_door(device_id=lock, wait_for_action_attempt=False)

    assert (pending.status, pauses) == ("pending", [1])


def test_another_client_of_the_app_looks_twice_too(seam_with, lock, pauses):
    with seam_with(True) as seam:
        seam.locks.unlock_door(device_id=lock)

    assert pauses == [0.5]


def test_an_attempt_that_is_taken_back_is_pending_until_the_next_update(
    fake, seam, lock, asked, update
):
    def read():
        by_id = {"action_attempt_id": asked.action_attempt_id}
        return seam.action_attempts.get(**by_id, wait_for_action_attempt=False)

    assert read().status == "success"
    update(asked, "pending")
    assert read() == asked
    fake.clock.advance(86400)
    assert read() == asked
    assert seam.devices.get(device_id=lock).properties.locked is False


def test_a_result_that_a_test_gives_is_shown(seam, asked, update):
    update(asked, "success", result={"was_confirmed_by_device": False})

    done = seam.action_attempts.get(action_attempt_id=asked.action_attempt_id)
    assert done.result.was_confirmed_by_device is False
