"""The scheduler: what falls due while time moves on happens in the order of time."""

from __future__ import annotations

import itertools

import pytest

from fakeseam import ApiError, FakeSeam

NINE_O_CLOCK = 1_767_258_000.0  # 2026-01-01T09:00:00Z
SYNCED = ["device.added", "connected_account.completed_first_sync"]


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        yield fake


@pytest.fixture
def diary(fake, hook):
    """A receiver that notes what it sees at each attempt, and refuses the first three."""
    pages = []
    token = fake.create_client_session(expires_at="2026-01-01T00:08:20Z")  # after 500 s
    statuses = itertools.chain([500, 500, 500], itertools.repeat(200))

    def receive(delivery):
        try:
            fake.call("/connect_webviews/list", token=token)
            session = "open"
        except ApiError as error:
            session = f"{error.status} {error.type}"
        devices = len(fake.call("/devices/list")["devices"])
        event_type = delivery.event["event_type"]
        pages.append((f"{fake.clock.now:%H:%M:%S}", event_type, devices, session))
        return next(statuses)

    fake.webhooks.deliver_to(receive)
    hook(event_types=["connected_account.created", *SYNCED])
    return pages


def test_attempts_and_syncs_happen_at_their_moments_and_in_order(fake, diary):
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


def test_several_advances_are_like_one(fake, diary):
    fake.connect_account("minut", email="jane@example.com")
    for seconds in (4.999, 0.001, 300, 294.999, 0.001, 3000):
        fake.clock.advance(seconds)

    assert [page[0] for page in diary] == [
        *("00:00:00", "00:00:05", "00:05:05", "00:10:00", "00:10:00", "00:35:05"),
    ]


def test_a_session_is_valid_until_its_last_millisecond(fake):
    token = fake.create_client_session(expires_at="2026-01-01T00:08:20Z")

    fake.clock.advance(499.999)
    fake.call("/connect_webviews/list", token=token)
    fake.clock.advance(0.001)

    with pytest.raises(ApiError, match="401 client_session_expired"):
        fake.call("/connect_webviews/list", token=token)


def test_the_deliveries_of_a_sync_are_retried_during_the_same_advance(fake, hook):
    got = []
    statuses = iter([500, 200])
    fake.webhooks.deliver_to(
        lambda one: got.append(f"{fake.clock.now:%H:%M:%S}") or next(statuses)
    )
    hook(event_types=["device.added"])
    fake.connect_account("minut")

    fake.clock.advance(3600)

    assert got == ["00:10:00", "00:10:05"]


def test_a_receiver_may_cause_a_sync_that_falls_due_during_the_same_advance(fake, hook):
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


def test_after_a_jump_of_the_clock_due_work_is_done_in_order(fake, diary):
    """Time that moves outside of ``advance``, as in the SDK's pauses, does not stop on the way:
    the work that was due is done in its order, then the work that it has caused."""
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


# A deferred sync that runs late: its time is never before earlier events, never in the future


@pytest.fixture
def late():
    """A dump of a fake that was closed before a sync fell due, and called an hour later."""
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        fake.connect_account("minut", email="jane@example.com")
        fake.close()
        fake.clock.advance(3600)
        fake.call("/connect_webviews/create")
        fake.fail_connect_webview(fake.call("/connect_webviews/list")["connect_webviews"][-1])
        assert fake.call("/devices/list")["devices"] == []
        return fake.call("/_fakeseam/dump")["dump"]


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-01-01T00:30:00Z", "2026-01-01T00:30:00.000Z"),  # not later than now
        ("2026-01-01T09:00:00Z", "2026-01-01T01:00:00.000Z"),  # not before the last event
    ],
)
def test_a_sync_that_was_missed_runs_after_a_load(late, now, moment):
    with FakeSeam(now=now) as fake:
        fake.load(late)

        (device,) = fake.call("/devices/list")["devices"]

    assert device["created_at"] == moment


def test_a_sync_comes_after_the_events_of_a_call_that_began_before_it(monkeypatch):
    """The call began before the sync was due, and was executed after that."""
    monkeypatch.setattr("time.time", lambda: NINE_O_CLOCK)
    with FakeSeam(defer_sync=True) as fake:
        fake.connect_account("minut", email="jane@example.com")
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        # The first two readings of the clock are before the sync is due, the later ones after it.
        readings = itertools.chain([NINE_O_CLOCK + 599] * 2, itertools.repeat(NINE_O_CLOCK + 700))
        monkeypatch.setattr("time.time", lambda: next(readings))

        fake.fail_connect_webview(webview)

        emitted = [(event["event_type"], event["created_at"]) for event in fake.events]
    assert emitted[-4:] == [
        ("connect_webview.login_failed", "2026-01-01T09:11:40.000Z"),
        ("device.added", "2026-01-01T09:11:40.001Z"),
        ("device.connected", "2026-01-01T09:11:40.002Z"),
        ("connected_account.completed_first_sync", "2026-01-01T09:11:40.003Z"),
    ]


def test_a_due_sync_runs_even_without_a_webhook():
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        fake.connect_account("minut", email="jane@example.com")
        fake.clock.pause(600)

        assert len(fake.call("/devices/list")["devices"]) == 1
