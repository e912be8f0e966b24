"""Whatever falls due while time moves on happens in the order of time: a story by the clock."""

from __future__ import annotations

import itertools

import pytest

from fakeseam import ApiError, FakeSeam

SYNCED = ["device.added", "connected_account.completed_first_sync"]


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        yield fake


@pytest.fixture
def diary(fake, hook):
    """A receiver that writes down what it sees at each attempt, and refuses the first three."""
    pages = []
    token = fake.create_client_session(expires_at="2026-01-01T00:08:20Z")  # after 500 s
    statuses = itertools.chain([500, 500, 500], itertools.repeat(200))

    def look(delivery):
        try:
            fake.call("/connect_webviews/list", token=token)
            session = "open"
        except ApiError as refusal:
            session = f"{refusal.status} {refusal.type}"
        devices = len(fake.call("/devices/list")["devices"])
        what = delivery.event["event_type"]
        pages.append((f"{fake.clock.now:%H:%M:%S}", what, devices, session))
        return next(statuses)

    fake.webhooks.deliver_to(look)
    hook(event_types=["connected_account.created", *SYNCED])
    return pages


def test_everything_happens_at_its_moment_and_in_order(fake, diary):
    fake.connect_account("minut", email="jane@example.com")

    fake.clock.advance(3600)

    expired = "401 client_session_expired"
    assert diary == [
        ("00:00:00", "connected_account.created", 0, "open"),
        ("00:00:05", "connected_account.created", 0, "open"),  # again after 5 s
        ("00:05:05", "connected_account.created", 0, "open"),  # after 5 min more
        # 00:08:20: the session ends
        ("00:10:00", "device.added", 1, expired),  # the sync, 10 min after the login
        ("00:10:00", "connected_account.completed_first_sync", 1, expired),
        ("00:35:05", "connected_account.created", 1, expired),  # after 30 min more
    ]
    assert f"{fake.clock.now:%H:%M:%S}" == "01:00:00"


def test_two_advances_are_one(fake, diary):
    fake.connect_account("minut", email="jane@example.com")
    for seconds in (4.999, 0.001, 300, 294.999, 0.001, 3000):
        fake.clock.advance(seconds)

    assert [page[0] for page in diary] == [
        *("00:00:00", "00:00:05", "00:05:05", "00:10:00", "00:10:00", "00:35:05"),
    ]


def test_a_session_is_good_until_its_last_millisecond(fake):
    token = fake.create_client_session(expires_at="2026-01-01T00:08:20Z")

    fake.clock.advance(499.999)
    fake.call("/connect_webviews/list", token=token)
    fake.clock.advance(0.001)

    with pytest.raises(ApiError, match="401 client_session_expired"):
        fake.call("/connect_webviews/list", token=token)


def test_what_a_sync_causes_is_tried_again_on_the_way(fake, hook):
    got = []
    answers = iter([500, 200])
    fake.webhooks.deliver_to(
        lambda one: got.append(f"{fake.clock.now:%H:%M:%S}") or next(answers)
    )
    hook(event_types=["device.added"])
    fake.connect_account("minut")

    fake.clock.advance(3600)

    assert got == ["00:10:00", "00:10:05"]


def test_a_receiver_may_cause_a_sync_that_falls_due_later_on_the_way(fake, hook):
    seen = []

    def receive(delivery):
        seen.append((f"{fake.clock.now:%H:%M:%S}", delivery.event["event_type"]))
        if len(seen) == 1:
            fake.connect_account("nuki", username="john")
        return 200

    fake.webhooks.deliver_to(receive)
    hook(event_types=["connected_account.completed_first_sync"])
    fake.connect_account("minut")

    fake.clock.advance(3600)

    assert seen == [
        ("00:10:00", "connected_account.completed_first_sync"),
        ("00:20:00", "connected_account.completed_first_sync"),
    ]


def test_a_jump_is_caught_up_with_in_order(fake, diary):
    """Time that moves by itself, as by the SDK's pauses, waits for nobody on the way: what was
    due is done in its order, then what has come of that."""
    fake.connect_account("minut", email="jane@example.com")
    fake.clock.pause(3600)

    fake.call("/webhooks/list")

    assert [page[1] for page in diary] == [
        "connected_account.created",
        "connected_account.created",  # which was due at 00:00:05, and fails
        "device.added",  # 00:10:00, and fails
        "connected_account.completed_first_sync",
        "connected_account.created",  # 00:05:05
        "device.added",  # 00:10:05
    ]
    assert [event["created_at"] for event in fake.events.filter("device.added")] == [
        "2026-01-01T00:10:00.000Z"
    ]
