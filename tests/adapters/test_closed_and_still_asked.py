"""Fakes that were closed, and attempts under way: nobody waits, no false promise is made."""

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
    """Wait for a login that fails to be told of, in vain; gives what is said."""

    def failed_wait(timeout=0.0):
        with pytest.raises(AssertionError) as caught:
            fake.webhooks.wait_for("connect_webview.login_failed", timeout=timeout)
        return str(caught.value)

    return failed_wait


def test_nobody_waits_for_a_fake_that_was_closed_before(fake):
    fake.close()
    said = []

    def wait():
        with pytest.raises(AssertionError) as caught:
            fake.events.wait_for("device.added", timeout=LONG)
        said.append(str(caught.value))

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    waiting.join(LONG / 6)

    assert said == ["device.added was not emitted within 60 s; there are no events"]


def test_an_attempt_that_will_be_made_again_is_told(fake, hook, cause, failed_wait):
    hook(HOOK)
    fake.webhooks.deliver_to(lambda delivery: 500)
    cause()

    assert f"{NEXT} 2026-01-01T00:00:05.000Z: fake.clock.advance() makes it" in failed_wait()


def test_of_an_attempt_under_way_no_next_one_is_told(fake, hook, cause, failed_wait):
    """Asked from inside the receiver, at its second attempt."""
    said = []

    def receive(delivery):
        if delivery.attempts:
            said.append(failed_wait())
        return 500

    hook(HOOK)
    fake.webhooks.deliver_to(receive)
    cause()
    fake.clock.advance(5)

    assert len(said) == 1
    assert "+ has_ended: false" in said[0]
    assert NEXT not in said[0]


def test_of_what_a_closed_fake_never_sends_no_next_attempt_is_told(
    fake, hook, cause, failed_wait
):
    hook(HOOK)
    fake.close()
    cause()

    said = failed_wait()
    assert "waiting, 0 attempts" in said
    assert NEXT not in said
