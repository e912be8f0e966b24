"""Deliveries that are still to be tried again: restored, loaded, reset, deleted, put off."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam, MisuseError

URL = "https://app.example.com/hooks"
ADDED = ["device.added"]


class Receiver:
    """Answers as it is told; remembers when it got what, in seconds of the fake's clock."""

    def __init__(self, fake, status=500):
        self.fake, self.status, self.got = fake, status, []
        self.began = fake.clock.now

    def __call__(self, delivery):
        after = (self.fake.clock.now - self.began).total_seconds()
        self.got.append((after, delivery.message_id))
        return self.status

    @property
    def moments(self):
        return [after for after, _ in self.got]


@pytest.fixture
def receiver(fake):
    """One that refuses everything until it is told otherwise."""
    receiver = Receiver(fake)
    fake.webhooks.deliver_to(receiver)
    return receiver


def states(fake):
    return [(one.state, len(one.attempts)) for one in fake.webhooks]


# Tried again


def test_an_attempt_that_fails_is_made_again_at_its_moments(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.clock.advance(3 * 24 * 3600)

    assert receiver.moments == [0, 5, 305, 2105, 9305, 27305, 63305, 99305]
    assert len({message_id for _, message_id in receiver.got}) == 1
    assert states(fake) == [("failed", 8)]
    assert [(one.status, one.answer, one.error) for one in fake.webhooks[0].attempts] == [
        (500, None, None)
    ] * 8
    assert fake.webhooks[0].attempts[3].at == "2026-01-01T00:35:05.000Z"


def test_an_advance_to_just_before_the_moment_sends_nothing(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.clock.advance(4.999)
    assert receiver.moments == [0]
    fake.clock.advance(0.001)
    assert receiver.moments == [0, 5]


def test_one_that_arrives_is_not_sent_again(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()
    receiver.status = 204

    fake.clock.advance(3 * 24 * 3600)

    assert receiver.moments == [0, 5]
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
def test_what_arrived_is_what_was_answered_with_a_2xx(
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


def test_many_deliveries_may_fall_due_at_the_same_moment(fake, hook, receiver):
    hooks = [hook(event_types=["connect_webview.login_failed"]) for _ in range(60)]
    for _ in range(20):
        fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])

    fake.clock.advance(5)

    assert receiver.moments == [0] * 20 * len(hooks) + [5] * 20 * len(hooks)


def test_a_retry_carries_the_headers_of_its_moment(fake, hook, login, receiver):
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
    assert receiver.moments == [0, 0, 5]


def test_an_update_of_the_types_stops_nothing(fake, hook, login, receiver):
    webhook = hook(event_types=ADDED)
    login()

    fake.call("/webhooks/update", {"webhook_id": webhook["webhook_id"], "event_types": []})
    fake.clock.advance(5)

    assert receiver.moments == [0, 5]


def test_a_reset_of_the_sandbox_stops_its_retries(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.call("/workspaces/reset_sandbox")
    fake.clock.advance(3 * 24 * 3600)

    assert receiver.moments == [0]
    assert states(fake) == []


# Put back


def test_a_restored_delivery_is_sent_again_when_it_is_due(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()
    snapshot = fake.snapshot()
    fake.clock.advance(305)

    fake.restore(snapshot)

    assert states(fake) == [("waiting", 1)]
    # Two are overdue: the second attempt by 300 seconds, the third not at all.
    fake.call("/webhooks/list")
    assert receiver.moments == [0, 5, 305, 305, 305]
    assert states(fake) == [("waiting", 3)]


def test_what_happened_after_the_snapshot_is_not_sent_again(fake, hook, login, receiver):
    hook(event_types=ADDED)
    snapshot = fake.snapshot()
    login()

    fake.restore(snapshot)
    fake.clock.advance(3 * 24 * 3600)

    assert receiver.moments == [0]
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

    with FakeSeam(now="2026-01-01T00:00:00Z") as other:  # nobody was given to its deliver_to
        other.load(tmp_path / "state.json")
        other.clock.advance(5)

        assert states(other) == [("not_sent", 1)]
    assert receiver.moments == [0]


def test_a_load_keeps_where_deliveries_go(fake, hook, login, receiver, tmp_path):
    hook(event_types=ADDED)
    login()
    fake.dump(tmp_path / "state.json")

    fake.load(tmp_path / "state.json")
    fake.clock.advance(5)

    assert receiver.moments == [0, 5]


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("webhooks", "event_types", None),
        ("deliveries", "state", "lost"),
        ("deliveries", "attempts", [{"at": "2026-01-01T00:00:00.000Z"}]),
        ("deliveries", "body", "no json"),
        ("deliveries", "secret", "whsec_x"),
        ("deliveries", "workspace_id", "nowhere"),
        ("due_attempts", "created_at", "soon"),
        ("due_attempts", "message_id", "msg_none"),
    ],
)
def test_a_damaged_delivery_is_not_loaded(
    fake, hook, login, receiver, tmp_path, table, field, value
):
    hook(event_types=ADDED)
    login()
    path = tmp_path / "state.json"
    fake.dump(path)
    dumped = json.loads(path.read_text("utf-8"))
    dumped["store"]["tables"][table]["records"][0][field] = value
    path.write_text(json.dumps(dumped), "utf-8")

    with pytest.raises(MisuseError, match="damaged"):
        fake.load(path)


def test_a_reset_forgets_deliveries_and_where_they_go(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.reset()
    fake.clock.advance(3 * 24 * 3600)
    assert list(fake.webhooks) == []

    fake.call("/webhooks/create", {"url": URL, "event_types": ADDED})
    fake.connect_account()
    assert receiver.moments == [0]
    assert states(fake)[0] == ("not_sent", 0)


def test_a_closed_fake_sends_nothing_more(fake, hook, login, receiver):
    hook(event_types=ADDED)
    login()

    fake.close()
    fake.clock.advance(3 * 24 * 3600)
    login()

    assert receiver.moments == [0]
