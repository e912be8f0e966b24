"""A reservation: its access code while the account breaks and is reconnected."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
import time_machine
from seam import SeamWebhook

# A stay in Oslo, an hour ahead of UTC, as the app's own reservation has it.
RESERVATION = {
    "guest": "Kari",
    "arrival": "2026-01-06T16:00:00+01:00",
    "departure": "2026-01-09T10:00:00+01:00",
}
ARRIVAL, DEPARTURE = "2026-01-06T15:00:00.000Z", "2026-01-09T09:00:00.000Z"
PRELOADED_AT = "2026-01-03T15:00:00.000Z"  # 72 hours before the arrival

# The metadata of the account before and after its reconnection, and of the two doors.
OLD, NEW = {"host": "h-17", "plan": "basic"}, {"host": "h-18"}
LOFT, NONE = {"listing": "loft"}, {}


@pytest.fixture
def log_in(fake, seam):
    """Jane signs in at a new webview of the app, which has this metadata."""

    def log_in(custom_metadata):
        webview = seam.connect_webviews.create(
            accepted_providers=["august"], custom_metadata=custom_metadata
        )
        return fake.complete_connect_webview(webview, email="jane@example.com")

    return log_in


@pytest.fixture
def front(seam, log_in):
    """The id of Jane's front door, after her first login."""
    log_in(OLD)
    front, _ = seam.devices.list()
    seam.devices.update(device_id=front.device_id, custom_metadata=LOFT)
    return front.device_id


@pytest.fixture
def book(seam, front):
    """Creates the access code of the reservation at Jane's front door; returns it."""

    def book():
        return seam.access_codes.create(
            device_id=front,
            name=RESERVATION["guest"],
            code="2468",
            starts_at=RESERVATION["arrival"],
            ends_at=RESERVATION["departure"],
        )

    return book


@pytest.fixture
def received(fake, seam):
    """The webhooks so far as the app's handler reads them, each verified at its own time."""

    def received():
        (webhook,) = seam.webhooks.list()
        handler, events = SeamWebhook(webhook.secret), []
        for delivery in fake.webhooks:
            with time_machine.travel(int(delivery.headers["svix-timestamp"]), tick=False):
                events.append(handler.verify(delivery.body, delivery.headers))
        return events

    return received


@pytest.fixture
def go_to(fake):
    """Moves the clock forward to a full hour of January."""

    def go_to(day, hour):
        moment = datetime(2026, 1, day, hour, tzinfo=timezone.utc)
        fake.clock.advance(moment - fake.clock.now)

    return go_to


def shown(event):
    """When an event occurred, its type, and the metadata of its account and device."""
    return (
        event.occurred_at,
        event.event_type,
        event.connected_account_custom_metadata,
        getattr(event, "device_custom_metadata", None),
    )


def test_the_code_of_a_reservation_outlives_a_broken_account(
    fake, seam, front, book, log_in, received, go_to, refusal
):
    # January 1: Jane has connected her locks; somebody books her loft.
    code = book()
    code_id = code.access_code_id
    assert (code.status, code.type, code.name, code.code) == (
        "unset",
        "time_bound",
        "Kari",
        "2468",
    )
    assert (code.starts_at, code.ends_at) == (ARRIVAL, DEPARTURE)
    (mutation,) = code.pending_mutations
    assert (mutation.mutation_code, mutation.scheduled_at) == ("deferring_creation", PRELOADED_AT)

    # January 2: August no longer accepts Jane's login.
    go_to(day=2, hour=9)
    (account,) = seam.connected_accounts.list()
    fake.disconnect_account(account)

    broken = seam.access_codes.get(access_code_id=code_id)
    assert (broken.status, broken.code) == ("unknown", "2468")
    assert (broken.starts_at, broken.ends_at) == (ARRIVAL, DEPARTURE)
    (error,) = broken.errors
    assert error.error_code == "account_disconnected"
    assert (error.is_connected_account_error, error.is_device_error) == (True, False)
    assert error.created_at == "2026-01-02T09:00:00.000Z"
    assert error.message == (
        "Account Disconnected, you may need to reconnect the account with a new webview."
    )
    (mutation,) = broken.pending_mutations
    assert (mutation.mutation_code, mutation.scheduled_at) == ("deferring_creation", PRELOADED_AT)
    assert [one.access_code_id for one in seam.access_codes.list(device_id=front)] == [code_id]

    # January 3: the code should be on the lock by now, but Seam cannot reach it.
    go_to(day=3, hour=18)
    late = seam.access_codes.get(access_code_id=code_id)
    assert (late.status, late.is_scheduled_on_device) == ("unknown", False)

    # January 4: the lock has a new host, who signs in again as Jane.
    go_to(day=4, hour=8)
    again = log_in(NEW)
    assert again["connected_account_id"] == account.connected_account_id
    assert again["custom_metadata"] == NEW
    repaired = seam.access_codes.get(access_code_id=code_id)
    assert (repaired.status, repaired.is_scheduled_on_device) == ("unset", True)
    assert (repaired.errors, repaired.pending_mutations) == ([], [])

    # January 6: Kari arrives.
    go_to(day=6, hour=15)
    active = seam.access_codes.get(access_code_id=code_id)
    assert (active.status, active.code, active.errors) == ("set", "2468", [])

    # January 9: Kari leaves.
    go_to(day=9, hour=9)
    refused = refusal(seam.access_codes.get, access_code_id=code_id)
    assert (refused.status_code, refused.code) == (404, "access_code_not_found")
    assert seam.access_codes.list(device_id=front) == []

    # All that Seam has said, oldest first: no two events have the same time.
    events = seam.events.list(since="2026-01-01")
    assert [shown(event) for event in events] == [
        ("2026-01-01T12:00:00.000Z", "connect_webview.login_succeeded", OLD, None),
        ("2026-01-01T12:00:00.001Z", "connected_account.created", OLD, None),
        ("2026-01-01T12:00:00.002Z", "connected_account.successful_login", OLD, None),
        ("2026-01-01T12:00:00.003Z", "connected_account.connected", OLD, None),
        ("2026-01-01T12:00:00.004Z", "device.added", OLD, NONE),
        ("2026-01-01T12:00:00.005Z", "device.added", OLD, NONE),
        ("2026-01-01T12:00:00.006Z", "device.connected", OLD, NONE),
        ("2026-01-01T12:00:00.007Z", "device.connected", OLD, NONE),
        ("2026-01-01T12:00:00.008Z", "connected_account.completed_first_sync", OLD, None),
        ("2026-01-01T12:00:00.009Z", "access_code.created", OLD, LOFT),
        ("2026-01-02T09:00:00.000Z", "connected_account.disconnected", OLD, None),
        ("2026-01-02T09:00:00.001Z", "device.disconnected", OLD, LOFT),
        ("2026-01-02T09:00:00.002Z", "device.disconnected", OLD, NONE),
        ("2026-01-04T08:00:00.000Z", "connect_webview.login_succeeded", NEW, None),
        ("2026-01-04T08:00:00.001Z", "connected_account.successful_login", NEW, None),
        ("2026-01-04T08:00:00.002Z", "connected_account.connected", NEW, None),
        ("2026-01-04T08:00:00.003Z", "device.connected", NEW, LOFT),
        ("2026-01-04T08:00:00.004Z", "device.connected", NEW, NONE),
        (
            "2026-01-04T08:00:00.005Z",
            "connected_account.completed_first_sync_after_reconnection",
            NEW,
            None,
        ),
        ("2026-01-04T08:00:00.006Z", "access_code.scheduled_on_device", NEW, LOFT),
        ("2026-01-06T15:00:00.000Z", "access_code.set_on_device", NEW, LOFT),
        ("2026-01-09T09:00:00.000Z", "access_code.removed_from_device", NEW, LOFT),
        ("2026-01-09T09:00:00.001Z", "access_code.deleted", NEW, LOFT),
    ]

    # The app's handler has got the same, once each and in order.
    webhooks = received()
    assert [shown(event) for event in webhooks] == [shown(event) for event in events]
    assert [event.event_id for event in webhooks] == [event.event_id for event in events]
    of_code = [event for event in webhooks if event.event_type.startswith("access_code.")]
    assert {event.access_code_id for event in of_code} == {code_id}
    assert {event.device_id for event in of_code} == {front}
    assert {event.connected_account_id for event in of_code} == {account.connected_account_id}
    pins = {event.event_type: getattr(event, "code", None) for event in of_code}
    assert pins == {
        "access_code.created": None,
        "access_code.scheduled_on_device": "2468",
        "access_code.set_on_device": "2468",
        "access_code.removed_from_device": None,
        "access_code.deleted": "2468",
    }


def test_a_guest_who_arrives_before_the_reconnection_waits_for_it(
    fake, seam, front, book, log_in, go_to, code_events
):
    code_id = book().access_code_id
    go_to(day=2, hour=9)
    (account,) = seam.connected_accounts.list()
    fake.disconnect_account(account)

    go_to(day=7, hour=8)
    assert seam.access_codes.get(access_code_id=code_id).status == "unknown"
    assert code_events(code_id) == ["created"]
    log_in(NEW)

    active = seam.access_codes.get(access_code_id=code_id)
    assert (active.status, active.errors) == ("set", [])
    assert code_events(code_id) == ["created", "set_on_device"]
    event = seam.events.get(event_type="access_code.set_on_device")
    assert event.connected_account_custom_metadata == NEW
    assert event.device_custom_metadata == LOFT
    go_to(day=9, hour=9)
    assert code_events(code_id)[2:] == ["removed_from_device", "deleted"]


def test_a_guest_who_leaves_before_the_reconnection_keeps_the_code_until_then(
    fake, seam, book, log_in, go_to, code_events
):
    code_id = book().access_code_id
    go_to(day=8, hour=12)
    (account,) = seam.connected_accounts.list()
    fake.disconnect_account(account)

    go_to(day=12, hour=12)
    assert seam.access_codes.get(access_code_id=code_id).status == "unknown"
    assert code_events(code_id) == ["created", "scheduled_on_device", "set_on_device"]
    log_in(NEW)

    assert code_events(code_id)[3:] == ["removed_from_device", "deleted"]
    assert seam.access_codes.list(search="Kari") == []
