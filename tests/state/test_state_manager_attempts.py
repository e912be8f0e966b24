"""A state restored while an attempt is in flight: the attempt does not count in the new state."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam

ADDED = ["device.added"]


@pytest.fixture
def receive(fake, hook):
    """A webhook for new devices, and its sender.

    The sender calls the next function of ``todo`` at each attempt. It returns that function's
    status, or 200. ``got`` holds the ids of the messages.
    """

    class Receiver:
        def __init__(self):
            self.todo, self.got = [], []

        def __call__(self, delivery):
            self.got.append(delivery.message_id)
            result = self.todo.pop(0)() if self.todo else None
            return result if isinstance(result, int) else 200

    hook(event_types=ADDED)
    receive = Receiver()
    fake.webhooks.deliver_to(receive)
    return receive


def outcomes(fake):
    return [(one.state, [attempt.status for attempt in one.attempts]) for one in fake.webhooks]


def scheduled_attempts(fake, tmp_path):
    fake.dump(tmp_path / "dump.json")
    dumped = json.loads((tmp_path / "dump.json").read_text("utf-8"))
    return dumped["store"]["tables"]["scheduled_attempts"]["records"]


# Saved inside a sender, restored later


def test_an_attempt_in_flight_in_a_snapshot_is_made_again(fake, receive, login):
    snapshots = []
    receive.todo.append(lambda: snapshots.append(fake.snapshot()))
    login()
    (message_id,) = receive.got
    assert outcomes(fake) == [("delivered", [200])]

    fake.restore(snapshots[0])
    assert outcomes(fake) == [("waiting", [])]
    fake.call("/webhooks/list")

    assert receive.got == [message_id, message_id]
    assert outcomes(fake) == [("delivered", [200])]


def test_an_attempt_in_flight_in_a_snapshot_is_retried_as_time_moves_on(fake, receive, login):
    snapshots = []
    receive.todo += [lambda: snapshots.append(fake.snapshot()), lambda: 500]
    login()
    fake.restore(snapshots[0])

    fake.clock.advance(4.999)
    assert outcomes(fake) == [("waiting", [500])]
    fake.clock.advance(0.001)

    assert len(receive.got) == 3
    assert outcomes(fake) == [("delivered", [500, 200])]


def test_a_retry_in_flight_in_a_snapshot_is_made_again(fake, receive, login):
    snapshots = []
    receive.todo += [lambda: 500, lambda: snapshots.append(fake.snapshot())]
    login()
    fake.clock.advance(5)
    assert outcomes(fake) == [("delivered", [500, 200])]

    fake.restore(snapshots[0])
    fake.clock.advance(0)

    assert len(receive.got) == 3
    assert outcomes(fake) == [("delivered", [500, 200])]


def test_an_attempt_in_flight_in_a_dump_is_made_again(fake, receive, login, tmp_path):
    path = tmp_path / "state.json"
    receive.todo.append(lambda: fake.dump(path))
    login()

    with FakeSeam(now="2026-01-01T00:00:00Z") as other:
        other.load(path)
        got = []
        other.webhooks.deliver_to(lambda one: got.append(one.message_id) or 200)
        assert outcomes(other) == [("waiting", [])]
        other.clock.advance(0)

        assert got == receive.got
        assert outcomes(other) == [("delivered", [200])]


def test_a_queued_attempt_of_a_snapshot_is_made_again_too(fake, receive, hook, login):
    hook(event_types=ADDED)
    snapshots = []
    receive.todo.append(lambda: snapshots.append(fake.snapshot()))
    login()
    first, second = receive.got

    fake.restore(snapshots[0])
    fake.clock.advance(0)

    assert receive.got == [first, second, first, second]
    assert outcomes(fake) == [("delivered", [200])] * 2


# Restored inside a sender


@pytest.mark.parametrize("status", [200, 500])
def test_the_result_of_an_attempt_that_restores_the_state_is_discarded(
    fake, receive, login, status
):
    receive.todo.append(lambda: fake.restore(fake.snapshot()) or status)

    login()

    (message_id,) = set(receive.got)
    assert len(receive.got) == 2
    assert fake.webhooks[0].message_id == message_id
    assert outcomes(fake) == [("delivered", [200])]


def test_the_error_of_a_sender_that_restores_the_state_is_discarded(fake, receive, login):
    def restore():
        fake.restore(fake.snapshot())
        raise ValueError("no")

    receive.todo.append(restore)

    login()

    assert outcomes(fake) == [("delivered", [200])]


def test_a_queued_attempt_is_made_once_in_the_restored_state(fake, receive, hook, login):
    hook(event_types=ADDED)
    receive.todo.append(lambda: fake.restore(fake.snapshot()))

    login()

    first, again, second = receive.got
    assert first == again != second
    assert outcomes(fake) == [("delivered", [200])] * 2


def test_an_attempt_leaves_no_trace_in_a_state_without_its_delivery(
    fake, receive, login, tmp_path
):
    before = fake.snapshot()
    receive.todo.append(lambda: fake.restore(before))

    login()
    fake.clock.advance(3 * 24 * 3600)

    assert len(receive.got) == 1
    assert list(fake.webhooks) == []
    assert scheduled_attempts(fake, tmp_path) == []
    fake.webhooks.settle()


# A reset of the sandbox


def test_a_reset_sandbox_has_no_attempt_left_to_make(fake, receive, login, tmp_path):
    receive.todo.append(lambda: 500)
    login()
    assert len(scheduled_attempts(fake, tmp_path)) == 1

    fake.call("/workspaces/reset_sandbox")

    assert scheduled_attempts(fake, tmp_path) == []


@pytest.mark.parametrize("status", [200, 500])
def test_a_sandbox_reset_inside_a_sender_has_no_attempt_left_to_make(
    fake, receive, hook, login, tmp_path, status
):
    hook(event_types=ADDED)
    receive.todo.append(lambda: fake.call("/workspaces/reset_sandbox") and status)

    login()
    fake.clock.advance(3 * 24 * 3600)

    assert len(receive.got) == 1
    assert list(fake.webhooks) == []
    assert scheduled_attempts(fake, tmp_path) == []


def test_a_reset_sandbox_leaves_another_workspaces_attempts(fake, receive, login, tmp_path):
    other = fake.create_workspace()
    fake.call(
        "/webhooks/create",
        {"url": "https://app.example.com/hooks", "event_types": ADDED},
        token=other.api_key,
    )
    receive.todo += [lambda: 500, lambda: 500]
    login()
    fake.connect_account("minut", workspace_id=other.workspace_id)
    assert len(scheduled_attempts(fake, tmp_path)) == 2

    fake.call("/workspaces/reset_sandbox")

    assert len(scheduled_attempts(fake, tmp_path)) == 1
    fake.clock.advance(5)
    assert len(receive.got) == 3
    assert outcomes(fake) == [("delivered", [500, 200])]
