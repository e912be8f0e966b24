"""Waiting on a closed fake, and for attempts in flight: the advice in the message is right."""

from __future__ import annotations

import threading

import pytest

from fakeseam import FakeSeam

HOOK = "https://app.example.com/hooks"
LONG = 60  # of real time: longer than any of these should take
NEXT = "its next attempt is due at"


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


@pytest.fixture
def failed_wait(fake):
    """Wait in vain for the delivery of a failed login; returns the message."""

    def failed_wait(timeout=0.0):
        with pytest.raises(AssertionError) as caught:
            fake.webhooks.wait_for("connect_webview.login_failed", timeout=timeout)
        return str(caught.value)

    return failed_wait


def test_a_closed_fake_is_not_waited_for(fake):
    fake.close()
    messages = []

    def wait():
        with pytest.raises(AssertionError) as caught:
            fake.events.wait_for("device.added", timeout=LONG)
        messages.append(str(caught.value))

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(LONG / 6)

    reason = "before the fake was closed; there are no events"
    assert messages == [f"device.added was not emitted {reason}"]


def test_an_attempt_that_will_be_made_again_is_reported(
    fake, failure_hook, fail_login, failed_wait
):
    failure_hook(HOOK)
    fake.webhooks.deliver_to(lambda delivery: 500)
    fail_login()

    advice = f"{NEXT} 2026-01-01T00:00:05.000Z: if the receiver accepts it then, move the clock"
    assert advice in failed_wait()


def test_no_next_attempt_is_reported_for_one_in_flight(
    fake, failure_hook, fail_login, failed_wait
):
    """The receiver itself waits, at its second attempt."""
    messages = []

    def receive(delivery):
        if delivery.attempts:
            messages.append(failed_wait())
        return 500

    failure_hook(HOOK)
    fake.webhooks.deliver_to(receive)
    fail_login()
    fake.clock.advance(5)

    assert len(messages) == 1
    assert "+ has_ended: false" in messages[0]
    assert NEXT not in messages[0]


def test_no_next_attempt_is_reported_for_a_closed_fake(
    fake, failure_hook, fail_login, failed_wait
):
    failure_hook(HOOK)
    fake.close()
    fail_login()

    message = failed_wait()
    assert "waiting, 0 attempts" in message
    assert NEXT not in message
