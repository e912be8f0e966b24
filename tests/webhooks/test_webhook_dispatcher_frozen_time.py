"""Under freezegun or time-machine, events, webhooks and signatures have that time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from freezegun import freeze_time
from seam.seam_webhook import SeamWebhook

from fakeseam import FakeSeam

MARCH = datetime(2026, 3, 1, 12, 0, 0, 123000, tzinfo=timezone.utc)
JUNE = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
EVENT_STAMPS = {MARCH: "1772366400", JUNE: "1780315200"}
SHOWN = {MARCH: "2026-03-01T12:00:00.123Z", JUNE: "2026-06-01T12:00:00.000Z"}


@pytest.fixture(params=["freezegun", "time-machine"])
def frozen_at(request):
    """Freezes time, by either library."""
    if request.param == "freezegun":
        return freeze_time
    return lambda moment: time_machine.travel(moment, tick=False)


@pytest.fixture
def fake():
    """A fake that follows the wall clock, frozen or not."""
    with FakeSeam() as fake:
        yield fake


@pytest.fixture
def hook(fake):
    def hook(url):
        types = ["connected_account.created", "connected_account.completed_first_sync"]
        sent = {"url": url, "event_types": types}
        return fake.call("/webhooks/create", sent)["webhook"]["secret"]

    return hook


def assert_agrees(secret, headers, body, moment):
    """Seam's own verifier accepts it now, and its times are this moment."""
    event = SeamWebhook(secret).verify(body, dict(headers))
    assert headers["svix-timestamp"] == EVENT_STAMPS[moment]
    assert event.created_at[:19] == event.occurred_at[:19] == SHOWN[moment][:19]


def attempts(fake, message_id):
    (one,) = [one for one in fake.webhooks if one.message_id == message_id]
    return [attempt.at for attempt in one.attempts]


def test_events_and_signatures_have_frozen_time_in_process(frozen_at, fake, hook):
    secret, got = hook("https://app.test/hook"), []
    fake.webhooks.deliver_to(lambda one: got.append(one) or 200)

    for moment in (MARCH, JUNE, MARCH):  # and back again
        with frozen_at(moment):
            fake.connect_account()
            assert len(got) == 2
            for one in got:
                assert_agrees(secret, one.headers, one.body, moment)
            assert attempts(fake, got[0].message_id) == [SHOWN[moment]]
        got.clear()


def test_events_and_signatures_have_frozen_time_over_a_socket(frozen_at, fake, hook, receiver):
    secret = hook(receiver.url)

    for moment in (MARCH, JUNE, MARCH):
        with frozen_at(moment):
            fake.connect_account()
            fake.webhooks.settle()
            assert len(receiver.got) == 2
            for got in receiver.got:
                assert_agrees(secret, got.headers, got.body.decode(), moment)
            assert attempts(fake, receiver.got[0].headers["svix-id"]) == [SHOWN[moment]]
        receiver.got.clear()


def test_a_retry_is_made_when_frozen_time_has_moved_on(frozen_at, fake, hook):
    got, answers = [], iter([500, 200])
    secret = hook("https://app.test/hook")
    fake.webhooks.deliver_to(lambda one: got.append(one) or next(answers, 200))
    with frozen_at(MARCH):
        fake.connect_account()
        first = got[0].message_id
        got.clear()
        fake.call("/webhooks/list")
        assert got == []

    with frozen_at(JUNE):
        fake.call("/webhooks/list")

        assert [one.message_id for one in got] == [first]
        assert got[0].headers["svix-timestamp"] == EVENT_STAMPS[JUNE]
        SeamWebhook(secret).verify(got[0].body, got[0].headers)


def test_a_deferred_sync_falls_due_by_frozen_time(frozen_at):
    with FakeSeam(defer_sync=True) as fake:
        with frozen_at(MARCH):
            fake.connect_account("minut")
        with frozen_at(MARCH + timedelta(seconds=599)):
            assert fake.call("/devices/list")["devices"] == []
        with frozen_at(JUNE):
            (device,) = fake.call("/devices/list")["devices"]

    assert device["created_at"] == "2026-03-01T12:10:00.123Z"


def test_a_deferred_sync_waits_while_frozen_time_is_earlier(frozen_at):
    with FakeSeam(defer_sync=True) as fake:
        with frozen_at(JUNE):
            fake.connect_account("minut")
        with frozen_at(MARCH):
            assert fake.call("/devices/list")["devices"] == []
            fake.clock.advance(3600)
            assert fake.call("/devices/list")["devices"] == []
        with frozen_at(JUNE):  # and the hour by which the clock was advanced
            assert len(fake.call("/devices/list")["devices"]) == 1


def test_an_advance_of_the_clock_is_not_in_the_signature(frozen_at, fake, hook):
    """A receiver verifies by the wall clock, which ``advance`` does not move."""
    got = []
    secret = hook("https://app.test/hook")
    fake.webhooks.deliver_to(lambda one: got.append(one) or 200)
    with frozen_at(MARCH):
        fake.clock.advance(3600)
        fake.connect_account()

        event = SeamWebhook(secret).verify(got[0].body, got[0].headers)

    assert got[0].headers["svix-timestamp"] == EVENT_STAMPS[MARCH]
    assert event.created_at[:19] == "2026-03-01T13:00:00"


def test_a_session_ends_by_frozen_time(frozen_at, fake):
    token = fake.create_client_session(expires_at="2026-04-01T00:00:00Z")

    with frozen_at(MARCH):
        fake.call("/connect_webviews/list", token=token)
    with frozen_at(JUNE), pytest.raises(Exception, match="client_session_expired"):
        fake.call("/connect_webviews/list", token=token)
    with frozen_at(MARCH):
        fake.call("/connect_webviews/list", token=token)


# freezegun's tz_offset moves what datetime.now(timezone.utc) returns, which verifiers read


@pytest.mark.parametrize("tz_offset", [2, -5, timedelta(hours=5, minutes=45)])
@pytest.mark.parametrize("now", [None, MARCH])
def test_signatures_have_the_time_of_the_verifier_under_a_tz_offset(tz_offset, now):
    got = []
    with freeze_time(JUNE, tz_offset=tz_offset), FakeSeam(now=now) as fake:
        fake.webhooks.sign_by("wall")
        fake.webhooks.deliver_to(lambda one: got.append(one) or 200)
        webhook = fake.call("/webhooks/create", {"url": "https://app.test/hook"})["webhook"]

        fake.connect_account()

        for one in got:
            SeamWebhook(webhook["secret"]).verify(one.body, dict(one.headers))
    assert got


def test_signatures_over_a_socket_have_the_time_of_the_verifier_under_a_tz_offset(
    fake, hook, receiver
):
    secret = hook(receiver.url)
    with freeze_time(MARCH, tz_offset=-5):
        fake.connect_account()
        fake.webhooks.settle()

        for got in receiver.got:
            SeamWebhook(secret).verify(got.body.decode(), dict(got.headers))
    assert receiver.got


def test_events_have_the_frozen_time_without_its_tz_offset(fake):
    with freeze_time(MARCH, tz_offset=-5):
        fake.connect_account()

    assert fake.events[0]["occurred_at"] == "2026-03-01T12:00:00.123Z"
