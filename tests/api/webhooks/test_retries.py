"""Retries of deliveries: their schedule, and how they are stopped, restored and loaded."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

URL = "https://app.example.com/hooks"
ADDED = ["device.added"]


class Receiver:
    """Responds with ``status``; records each delivery with its time, in seconds of the clock."""

    def __init__(self, fake, status=500):
        self.fake, self.status, self.got = fake, status, []
        self.began = fake.clock.now

    def __call__(self, delivery):
        after = (self.fake.clock.now - self.began).total_seconds()
        self.got.append((after, delivery.message_id))
        return self.status

    @property
    def times(self):
        return [after for after, _ in self.got]


@pytest.fixture
def receiver(fake):
    """A receiver that refuses every delivery until its status is changed."""
    receiver = Receiver(fake)
    fake.webhooks.deliver_to(receiver)
    return receiver


def states(fake):
    return [(one.state, len(one.attempts)) for one in fake.webhooks]


# Tried again


def test_an_attempt_that_fails_is_made_again_on_schedule(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.clock.advance(3 * 24 * 3600)

    assert receiver.times == [0, 5, 305, 2105, 9305, 27305, 63305, 99305]
    assert len({message_id for _, message_id in receiver.got}) == 1
    assert states(fake) == [("failed", 8)]
    assert [(one.status, one.response_body, one.error) for one in fake.webhooks[0].attempts] == [
        (500, None, None)
    ] * 8
    assert fake.webhooks[0].attempts[3].at == "2026-01-01T00:35:05.000Z"


def test_an_advance_to_just_before_the_due_time_sends_nothing(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.clock.advance(4.999)
    assert receiver.times == [0]
    fake.clock.advance(0.001)
    assert receiver.times == [0, 5]


def test_one_that_arrives_is_not_sent_again(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()
    receiver.status = 204

    fake.clock.advance(3 * 24 * 3600)

    assert receiver.times == [0, 5]
    assert states(fake) == [("delivered", 2)]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "delivered"),
        (299, "delivered"),
        (199, "waiting"),
        (300, "waiting"),
        (302, "waiting"),
        (404, "waiting"),
        (410, "waiting"),
        (503, "waiting"),
    ],
)
def test_a_delivery_is_delivered_by_a_2xx_response(
    fake, hook, login, receiver, status, state
):
    receiver.status = status
    hook(event_types=ADDED)

    login()

    assert states(fake) == [(state, 1)]


def test_deliveries_that_are_due_at_once_go_in_the_order_of_their_events(
    fake, hook, login, receiver
):
    hook()
    login()
    first = [message_id for _, message_id in receiver.got]

    fake.clock.advance(305)

    assert receiver.got == [(after, one) for after in (0, 5, 305) for one in first]


def test_many_deliveries_may_fall_due_at_the_same_time(fake, hook, receiver):
    hooks = [hook(event_types=["connect_webview.login_failed"]) for _ in range(60)]
    for _ in range(20):
        fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])

    fake.clock.advance(5)

    assert receiver.times == [0] * 20 * len(hooks) + [5] * 20 * len(hooks)


def test_a_retry_has_headers_of_its_own_time(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()
    before = fake.webhooks[0]

    fake.clock.advance(305)

    after = fake.webhooks[0]
    assert after.message_id == before.message_id == after.headers["svix-id"]
    assert after.body == before.body
    assert before.headers["svix-timestamp"] == "1767225600"
    assert after.headers["svix-timestamp"] == "1767225905"
    assert after.headers["svix-signature"] != before.headers["svix-signature"]


# Stopped


def test_deleting_the_webhook_stops_what_has_not_arrived(fake, hook, login, receiver):
    webhook, other = hook(event_types=ADDED), hook(event_types=ADDED)
    login()

    fake.call("/webhooks/delete", {"webhook_id": webhook["webhook_id"]})
    fake.clock.advance(5)

    assert states(fake) == [("stopped", 1), ("waiting", 2)]
    assert fake.webhooks[1].webhook_id == other["webhook_id"]
    assert receiver.times == [0, 0, 5]


def test_an_update_of_the_types_stops_nothing(fake, hook, login, receiver):
    webhook = hook(event_types=ADDED)
    login()

    fake.call("/webhooks/update", {"webhook_id": webhook["webhook_id"], "event_types": []})
    fake.clock.advance(5)

    assert receiver.times == [0, 5]


def test_a_reset_of_the_sandbox_stops_its_retries(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.call("/workspaces/reset_sandbox")
    fake.clock.advance(3 * 24 * 3600)

    assert receiver.times == [0]
    assert states(fake) == []


# Restored and loaded


def test_a_restored_delivery_is_sent_again_when_it_is_due(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()
    snapshot = fake.snapshot()
    fake.clock.advance(305)

    fake.restore(snapshot)

    assert states(fake) == [("waiting", 1)]
    # Two are overdue: the second attempt by 300 seconds, the third not at all.
    fake.call("/webhooks/list")
    assert receiver.times == [0, 5, 305, 305, 305]
    assert states(fake) == [("waiting", 3)]


def test_what_happened_after_the_snapshot_is_not_sent_again(fake, hook, login, receiver):
    hook(event_types=ADDED)
    snapshot = fake.snapshot()
    login()

    fake.restore(snapshot)
    fake.clock.advance(3 * 24 * 3600)

    assert receiver.times == [0]
    assert list(fake.webhooks) == []


def test_a_loaded_delivery_is_sent_again_when_it_is_due(fake, hook, login, receiver, tmp_path):
    hook(event_types=ADDED)
    login()
    fake.dump(tmp_path / "state.json")
    with FakeSeam(now="2026-01-01T00:00:00Z") as other:
        other.load(tmp_path / "state.json")
        assert list(other.webhooks) == list(fake.webhooks)
        elsewhere = Receiver(other, status=200)
        other.webhooks.deliver_to(elsewhere)

        other.clock.advance(5)

        assert elsewhere.got == [(5, fake.webhooks[0].message_id)]
        assert states(other) == [("delivered", 2)]


def test_a_loaded_delivery_that_is_sent_nowhere_keeps_its_attempts(
    fake, hook, login, receiver, tmp_path
):
    hook(event_types=ADDED)
    login()
    fake.dump(tmp_path / "state.json")

    with FakeSeam(now="2026-01-01T00:00:00Z") as other:  # without a sender
        other.load(tmp_path / "state.json")
        other.clock.advance(5)

        assert states(other) == [("not_sent", 1)]
    assert receiver.times == [0]


def test_a_load_keeps_where_deliveries_go(fake, hook, login, receiver, tmp_path):
    hook(event_types=ADDED)
    login()
    fake.dump(tmp_path / "state.json")

    fake.load(tmp_path / "state.json")
    fake.clock.advance(5)

    assert receiver.times == [0, 5]


def test_a_reset_discards_deliveries_and_senders(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.reset()
    fake.clock.advance(3 * 24 * 3600)
    assert list(fake.webhooks) == []

    fake.call("/webhooks/create", {"url": URL, "event_types": ADDED})
    fake.connect_account()
    assert receiver.times == [0]
    assert states(fake)[0] == ("not_sent", 0)


def test_a_closed_fake_sends_nothing_more(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.close()
    fake.clock.advance(3 * 24 * 3600)
    login()

    assert receiver.times == [0]
