"""Senders that get deliveries for a while only."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

HOOK, OTHER = "https://app.example.com/seam", "https://other.example.com/seam"


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        for url in (HOOK, OTHER):
            types = ["connected_account.created"]
            fake.call("/webhooks/create", {"url": url, "event_types": types})
        yield fake


def statuses(fake):
    """What the attempts at each of the two URLs met, for the account connected now."""
    fake.connect_account()
    return [
        [attempt.status for attempt in delivery.attempts] or delivery.state
        for delivery in fake.webhooks[-2:]
    ]


def test_a_sender_gets_deliveries_inside_with_alone(fake):
    fake.webhooks.deliver_to(lambda delivery: 200)

    with fake.webhooks.deliver_to(lambda delivery: 204):
        assert statuses(fake) == [[204], [204]]
    assert statuses(fake) == [[200], [200]]


def test_without_another_sender_deliveries_go_by_their_hosts_again(fake):
    delivering = fake.webhooks.deliver_to(lambda delivery: 200)
    delivering.remove()
    delivering.remove()

    assert statuses(fake) == ["not_sent", "not_sent"]


def test_a_sender_of_one_url_is_taken_back_from_that_alone(fake):
    fake.webhooks.deliver_to(lambda delivery: 200)
    with fake.webhooks.deliver_to(lambda delivery: 204, url=OTHER):
        assert statuses(fake) == [[200], [204]]
    assert statuses(fake) == [[200], [200]]


def test_the_same_function_given_twice_is_taken_back_once(fake):
    def sender(delivery):
        return 200

    fake.webhooks.deliver_to(sender)
    fake.webhooks.deliver_to(sender).remove()

    assert statuses(fake) == [[200], [200]]


def test_with_ends_well_after_a_reset(fake):
    with fake.webhooks.deliver_to(lambda delivery: 204):
        fake.reset()
        fake.webhooks.deliver_to(lambda delivery: 200)

    fake.call("/webhooks/create", {"url": HOOK})
    fake.connect_account()
    assert {delivery.attempts[0].status for delivery in fake.webhooks} == {200}


def test_an_error_inside_with_takes_it_back_too(fake):
    with pytest.raises(ZeroDivisionError), fake.webhooks.deliver_to(lambda delivery: 204):
        1 / 0

    assert statuses(fake) == ["not_sent", "not_sent"]


def test_it_says_what_it_is(fake):
    assert repr(fake.webhooks.deliver_to(print)) == (
        "<delivering everything to <built-in function print>>"
    )
    assert repr(fake.webhooks.deliver_to(print, url=HOOK)).startswith(f"<delivering {HOOK} to")
