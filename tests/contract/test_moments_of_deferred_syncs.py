"""A deferred sync that comes late: never before what has happened, never in the future."""

from __future__ import annotations

import itertools

import pytest

from fakeseam import FakeSeam

NINE_O_CLOCK = 1_767_258_000.0  # 2026-01-01T09:00:00Z


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
        ("2026-01-01T00:30:00Z", "2026-01-01T00:30:00.000Z"),  # not before it can have been
        ("2026-01-01T09:00:00Z", "2026-01-01T01:00:00.000Z"),  # not before the last event
    ],
)
def test_a_sync_that_was_missed_is_made_up_for(late, now, moment):
    with FakeSeam(now=now) as fake:
        fake.load(late)

        (device,) = fake.call("/devices/list")["devices"]

    assert device["created_at"] == moment


def test_a_sync_comes_after_what_a_call_emitted_that_was_in_time_for_it(monkeypatch):
    """The call came before the sync was due, and was carried out after that."""
    monkeypatch.setattr("time.time", lambda: NINE_O_CLOCK)
    with FakeSeam(defer_sync=True) as fake:
        fake.connect_account("minut", email="jane@example.com")
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        # When it comes in the sync is not due yet; whoever looks at the clock later sees that.
        looks = itertools.chain([NINE_O_CLOCK + 599], itertools.repeat(NINE_O_CLOCK + 700))
        monkeypatch.setattr("time.time", lambda: next(looks))

        fake.fail_connect_webview(webview)

        told = [(event["event_type"], event["created_at"]) for event in fake.events]
    assert told[-4:] == [
        ("connect_webview.login_failed", "2026-01-01T09:11:40.000Z"),
        ("device.added", "2026-01-01T09:11:40.001Z"),
        ("device.connected", "2026-01-01T09:11:40.002Z"),
        ("connected_account.completed_first_sync", "2026-01-01T09:11:40.003Z"),
    ]


def test_a_sync_that_fell_due_happens_although_nothing_is_to_be_sent():
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        fake.connect_account("minut", email="jane@example.com")
        fake.clock.pause(600)

        assert len(fake.call("/devices/list")["devices"]) == 1
