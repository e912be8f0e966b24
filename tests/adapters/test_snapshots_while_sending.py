"""Stories put back while a receiver, at the other end of a socket, has not answered yet."""

from __future__ import annotations

import threading

import pytest

PATIENCE_S = 20


@pytest.fixture
def wait_for(receiver):
    """A receiver's answer that comes when the test says so."""

    def wait_for(status):
        gate = threading.Event()

        def answer(_):
            gate.wait(PATIENCE_S)
            return status

        receiver.answers.append(answer)
        return gate

    return wait_for


@pytest.fixture
def under_way(fake, receiver, hook, cause, wait_for):
    """One delivery whose receiver has it and has not answered; gives what lets it answer."""

    def under_way(status):
        gate = wait_for(status)
        hook(receiver.url)
        cause()
        assert receiver.arrived.wait(PATIENCE_S)
        return gate

    return under_way


def outcomes(fake):
    return [(one.state, [attempt.status for attempt in one.attempts]) for one in fake.webhooks]


def test_what_was_under_way_in_a_snapshot_is_sent_again(fake, receiver, under_way):
    gate = under_way(200)
    snapshot = fake.snapshot()
    gate.set()
    fake.webhooks.settle()
    assert outcomes(fake) == [("delivered", [200])]

    fake.restore(snapshot)
    assert outcomes(fake) == [("waiting", [])]
    fake.webhooks.settle()

    first, again = receiver.got
    assert first.body == again.body and first.headers["svix-id"] == again.headers["svix-id"]
    assert outcomes(fake) == [("delivered", [200])]


def test_what_was_under_way_in_a_dump_is_sent_again(fake, receiver, under_way, tmp_path):
    gate = under_way(200)
    fake.dump(tmp_path / "state.json")
    gate.set()
    fake.webhooks.settle()

    fake.load(tmp_path / "state.json")
    fake.webhooks.settle()

    assert len(receiver.got) == 2
    assert outcomes(fake) == [("delivered", [200])]


@pytest.mark.parametrize("status", [200, 500])
def test_the_answer_to_an_attempt_of_the_old_story_counts_for_nothing(
    fake, receiver, under_way, wait_for, status
):
    gate = under_way(status)
    second = wait_for(503)
    fake.restore(fake.snapshot())
    receiver.arrived.clear()

    fake.call("/webhooks/list")  # the attempt is due: it is made again, behind the other
    gate.set()
    assert receiver.arrived.wait(PATIENCE_S)
    assert outcomes(fake) == [("waiting", [])]
    second.set()
    fake.webhooks.settle()

    assert outcomes(fake) == [("waiting", [503])]
    fake.clock.advance(5)
    assert outcomes(fake) == [("delivered", [503, 200])]
    assert len(receiver.got) == 3


def test_nobody_waits_for_an_attempt_of_the_old_story(fake, receiver, hook, cause, wait_for):
    before = fake.snapshot()
    gate = wait_for(500)
    hook(receiver.url)
    cause()
    assert receiver.arrived.wait(PATIENCE_S)

    fake.restore(before)
    fake.webhooks.settle()
    fake.clock.advance(5)
    gate.set()

    assert list(fake.webhooks) == []
    assert len(receiver.got) == 1
