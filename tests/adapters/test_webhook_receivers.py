"""Webhooks over a real socket: receivers that work, fail, hang, lie or are not there."""

from __future__ import annotations

import json
import socket
import threading

import pytest
import time_machine
from freezegun import freeze_time
from seam import SeamWebhook

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"


def offsets(fake, at=0):
    """When the attempts of a delivery were made, in seconds after noon."""
    moments = [attempt.at for attempt in fake.webhooks[at].attempts]
    return [seconds(moment) - seconds("2026-01-01T12:00:00.000Z") for moment in moments]


def seconds(moment):
    days, hours, minutes, rest = (moment[8:10], moment[11:13], moment[14:16], moment[17:23])
    return ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + float(rest)


def outcome(fake):
    attempt = fake.webhooks[0].attempts[0]
    return attempt.status, attempt.answer, attempt.error


def threads():
    return [one for one in threading.enumerate() if one.name.startswith("fakeseam")]


# One that works


def test_a_receiver_gets_exactly_what_the_inbox_shows(fake, receiver, hook):
    hook(receiver.url, ["*"])

    fake.connect_account(custom_metadata={"user": "zoë"})
    fake.webhooks.settle()

    assert [one.body.decode() for one in receiver.got] == [one.body for one in fake.webhooks]
    for got, kept in zip(receiver.got, fake.webhooks, strict=True):
        sent = {name.lower(): value for name, value in kept.headers.items()}
        assert sent.items() <= got.headers.items()
        assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
        assert (kept.state, outcome(fake)) == ("delivered", (200, "seen", None))
    assert [json.loads(one.body) for one in receiver.got] == list(fake.events)


def test_one_that_fails_three_times_gets_the_fourth_after_35_minutes_and_5_seconds(
    receiver, hook
):
    with time_machine.travel(NOON, tick=False), FakeSeam() as fake:
        sent = {"url": receiver.url, "event_types": ["connected_account.created"]}
        secret = fake.call("/webhooks/create", sent)["webhook"]["secret"]
        receiver.answers += [500, 503, 404]

        fake.connect_account()
        fake.clock.advance(35 * 60 + 4.999)
        assert len(receiver.got) == 3
        fake.clock.advance(0.001)

        assert len(receiver.got) == 4
        assert offsets(fake) == [0, 5, 305, 2105]
        assert [one.status for one in fake.webhooks[0].attempts] == [500, 503, 404, 200]
        assert fake.webhooks[0].state == "delivered"
        got = receiver.got[3]
        event = SeamWebhook(secret).verify(got.body.decode(), got.headers)
        assert event.event_type == "connected_account.created"


def test_a_receiver_that_verifies_accepts_the_retries_of_a_fake_on_the_wall_clock(receiver):
    with FakeSeam() as fake:
        sent = {"url": receiver.url, "event_types": ["connected_account.created"]}
        secret = fake.call("/webhooks/create", sent)["webhook"]["secret"]

        def verify(status):
            def answer(handler):
                got = receiver.got[-1]
                SeamWebhook(secret).verify(got.body.decode(), got.headers)
                return status

            return answer

        receiver.answers += map(verify, (500, 503, 404, 200))
        fake.connect_account()
        fake.clock.advance(3600)

        delivery = fake.webhooks[0]
        assert [one.status for one in delivery.attempts] == [500, 503, 404, 200]
        assert delivery.state == "delivered"
        # The inbox shows what was signed, also of what is signed after time was moved.
        fake.connect_account()
        fake.webhooks.settle()
        for one in fake.webhooks:
            SeamWebhook(secret).verify(one.body, one.headers)


def test_eight_failures_end_it(fake, receiver, hook, cause):
    hook(receiver.url)
    receiver.answers += [500] * 20

    cause()
    fake.clock.advance(10 * 24 * 3600)

    assert offsets(fake) == [0, 5, 305, 2105, 9305, 27305, 63305, 99305]
    assert fake.webhooks[0].state == "failed"
    assert len(receiver.got) == 8
    assert len({one.headers["svix-id"] for one in receiver.got}) == 1


def test_the_query_and_the_path_of_a_url_arrive(fake, receiver, hook, cause):
    hook(f"http://jane:secret@127.0.0.1:{receiver.port}/a b/%2F/ü?x=1&y=ä#part")

    cause()
    fake.webhooks.settle()

    assert [one.path for one in receiver.got] == ["/a%20b/%2F/%C3%BC?x=1&y=%C3%A4"]


def test_a_url_without_a_path_is_sent_to_the_root(fake, receiver, hook, cause):
    hook(f"HTTP://LOCALHOST:{receiver.port}")

    cause()
    fake.webhooks.settle()

    assert [one.path for one in receiver.got] == ["/"]


def test_proxies_of_the_environment_are_not_asked(fake, receiver, hook, cause, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    hook(receiver.url)

    cause()
    fake.webhooks.settle()

    assert fake.webhooks[0].state == "delivered"


def test_a_host_that_a_test_allows_is_really_sent_to(fake, receiver, hook, cause, monkeypatch):
    look_up = socket.getaddrinfo

    def at_home(host, *args, **how):
        return look_up("127.0.0.1" if host == "hooks.example.com" else host, *args, **how)

    monkeypatch.setattr(socket, "getaddrinfo", at_home)
    hook(f"http://hooks.example.com:{receiver.port}/x")
    cause()
    assert fake.webhooks[0].state == "not_sent"

    fake.webhooks.allow("Hooks.Example.COM")
    cause()
    fake.webhooks.settle()

    assert [one.headers["host"] for one in receiver.got] == [f"hooks.example.com:{receiver.port}"]
    assert [one.state for one in fake.webhooks] == ["not_sent", "delivered"]


# The call that caused it


def test_the_call_returns_before_the_receiver_has_answered(fake, receiver, hook, cause):
    hook(receiver.url)
    receiver.answers.append(receiver.hang)

    cause()

    assert receiver.arrived.wait(30)
    assert (fake.webhooks[0].state, fake.webhooks[0].attempts) == ("waiting", ())
    receiver.release.set()
    fake.webhooks.settle()
    assert fake.webhooks[0].state == "delivered"


def test_a_webhook_deleted_while_an_attempt_is_under_way_gets_no_other(
    fake, receiver, hook, cause
):
    webhook = hook(receiver.url)
    receiver.answers += [lambda handler: receiver.hang(handler) and 500]
    cause()
    cause()
    assert receiver.arrived.wait(30)

    fake.call("/webhooks/delete", {"webhook_id": webhook["webhook_id"]})
    receiver.release.set()
    fake.clock.advance(10 * 24 * 3600)

    assert len(receiver.got) == 1  # the second had not begun
    assert [one.state for one in fake.webhooks] == ["stopped", "stopped"]
    assert [len(one.attempts) for one in fake.webhooks] == [1, 0]


def test_closing_during_an_attempt_that_hangs_leaves_no_thread(receiver):
    with FakeSeam() as fake:
        fake.call("/webhooks/create", {"url": receiver.url})
        receiver.answers.append(receiver.hang)
        fake.connect_account()
        assert receiver.arrived.wait(30)

    assert threads() == []
    assert len(receiver.got) == 1


def test_a_thread_lives_only_while_there_is_something_to_send(fake, receiver, hook, cause):
    hook(receiver.url)
    for _ in range(3):
        cause()
        fake.webhooks.settle()

    fake.close()

    assert threads() == []
    assert len(receiver.got) == 3


# Frozen time


@pytest.mark.parametrize("library", ["freezegun", "time-machine"])
def test_the_next_call_sends_what_fell_due_when_frozen_time_moved(receiver, library):
    def frozen_at(moment):
        if library == "freezegun":
            return freeze_time(moment)
        return time_machine.travel(moment, tick=False)

    with FakeSeam() as fake:
        sent = {"url": receiver.url, "event_types": ["connected_account.created"]}
        receiver.answers += [500, 500]
        with frozen_at(NOON):
            fake.call("/webhooks/create", sent)
            fake.connect_account()
            fake.webhooks.settle()
        with frozen_at("2026-01-01T12:00:04Z"):
            fake.call("/webhooks/list")
            fake.webhooks.settle()
            assert offsets(fake) == [0]
        with frozen_at("2026-01-01T12:00:30Z"):
            fake.call("/webhooks/list")
            fake.webhooks.settle()
            assert offsets(fake) == [0, 30]
        with frozen_at("2026-01-01T12:05:05Z"):
            fake.call("/webhooks/list")
            fake.webhooks.settle()
            assert offsets(fake) == [0, 30, 305]  # counted from when it was due
            assert fake.webhooks[0].state == "delivered"
