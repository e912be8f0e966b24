"""Senders that get deliveries until they are removed."""

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
    """Connects an account; returns the statuses of the attempts at each of the two URLs."""
    fake.connect_account()
    return [
        [attempt.status for attempt in delivery.attempts] or delivery.state
        for delivery in fake.webhooks[-2:]
    ]


def test_a_sender_gets_deliveries_only_inside_with(fake):
    fake.webhooks.deliver_to(lambda delivery: 200)

    with fake.webhooks.deliver_to(lambda delivery: 204):
        assert statuses(fake) == [[204], [204]]
    assert statuses(fake) == [[200], [200]]


def test_without_a_sender_deliveries_go_by_their_hosts_again(fake):
    delivering = fake.webhooks.deliver_to(lambda delivery: 200)
    delivering.remove()
    delivering.remove()

    assert statuses(fake) == ["not_sent", "not_sent"]


def test_a_sender_of_one_url_is_removed_from_that_url_only(fake):
    fake.webhooks.deliver_to(lambda delivery: 200)
    with fake.webhooks.deliver_to(lambda delivery: 204, url=OTHER):
        assert statuses(fake) == [[200], [204]]
    assert statuses(fake) == [[200], [200]]


def test_a_function_given_twice_is_removed_once(fake):
    def sender(delivery):
        return 200

    fake.webhooks.deliver_to(sender)
    fake.webhooks.deliver_to(sender).remove()

    assert statuses(fake) == [[200], [200]]


def test_with_may_end_after_a_reset(fake):
    with fake.webhooks.deliver_to(lambda delivery: 204):
        fake.reset()
        fake.webhooks.deliver_to(lambda delivery: 200)

    fake.call("/webhooks/create", {"url": HOOK})
    fake.connect_account()
    assert {delivery.attempts[0].status for delivery in fake.webhooks} == {200}


def test_an_error_inside_with_removes_the_sender(fake):
    with pytest.raises(ZeroDivisionError), fake.webhooks.deliver_to(lambda delivery: 204):
        1 / 0

    assert statuses(fake) == ["not_sent", "not_sent"]


def test_its_repr_names_the_url_and_the_sender(fake):
    assert repr(fake.webhooks.deliver_to(print)) == (
        "<delivering everything to <built-in function print>>"
    )
    assert repr(fake.webhooks.deliver_to(print, url=HOOK)).startswith(f"<delivering {HOOK} to")
