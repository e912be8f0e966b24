"""A state restored while a receiver, at the other end of a socket, has not responded yet."""

from __future__ import annotations

import threading

import pytest

TIMEOUT_S = 20


@pytest.fixture
def respond_later(receiver):
    """Makes the receiver respond only when the event is set that this returns."""

    def respond_later(status):
        gate = threading.Event()

        def response(_):
            gate.wait(TIMEOUT_S)
            return status

        receiver.answers.append(response)
        return gate

    return respond_later


@pytest.fixture
def in_flight(fake, receiver, failure_hook, fail_login, respond_later):
    """Starts one delivery attempt; the receiver responds when the returned event is set."""

    def in_flight(status):
        gate = respond_later(status)
        failure_hook(receiver.url)
        fail_login()
        assert receiver.arrived.wait(TIMEOUT_S)
        return gate

    return in_flight


def outcomes(fake):
    return [(one.state, [attempt.status for attempt in one.attempts]) for one in fake.webhooks]


def test_an_attempt_in_flight_in_a_snapshot_is_sent_again(fake, receiver, in_flight):
    gate = in_flight(200)
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


def test_an_attempt_in_flight_in_a_dump_is_sent_again(fake, receiver, in_flight, tmp_path):
    gate = in_flight(200)
    fake.dump(tmp_path / "state.json")
    gate.set()
    fake.webhooks.settle()

    fake.load(tmp_path / "state.json")
    fake.webhooks.settle()

    assert len(receiver.got) == 2
    assert outcomes(fake) == [("delivered", [200])]


@pytest.mark.parametrize("status", [200, 500])
def test_the_response_to_an_attempt_from_before_a_restore_is_discarded(
    fake, receiver, in_flight, respond_later, status
):
    gate = in_flight(status)
    second = respond_later(503)
    fake.restore(fake.snapshot())
    receiver.arrived.clear()

    fake.call("/webhooks/list")  # the attempt is due: it is made again, after the other
    gate.set()
    assert receiver.arrived.wait(TIMEOUT_S)
    assert outcomes(fake) == [("waiting", [])]
    second.set()
    fake.webhooks.settle()

    assert outcomes(fake) == [("waiting", [503])]
    fake.clock.advance(5)
    assert outcomes(fake) == [("delivered", [503, 200])]
    assert len(receiver.got) == 3


def test_settle_does_not_wait_for_an_attempt_from_before_a_restore(
    fake, receiver, failure_hook, fail_login, respond_later
):
    before = fake.snapshot()
    gate = respond_later(500)
    failure_hook(receiver.url)
    fail_login()
    assert receiver.arrived.wait(TIMEOUT_S)

    fake.restore(before)
    fake.webhooks.settle()
    fake.clock.advance(5)
    gate.set()

    assert list(fake.webhooks) == []
    assert len(receiver.got) == 1
