"""Webhooks over a real socket: retries, URLs, deletion and closing during an attempt."""

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
    return attempt.status, attempt.response_body, attempt.error


def threads():
    return [one for one in threading.enumerate() if one.name.startswith("fakeseam")]


# A receiver that works


def test_a_receiver_gets_exactly_what_the_webhook_log_shows(fake, receiver, failure_hook):
    failure_hook(receiver.url, ["*"])

    fake.connect_account(custom_metadata={"user": "zoë"})
    fake.webhooks.settle()

    assert [one.body.decode() for one in receiver.got] == [one.body for one in fake.webhooks]
    for got, logged in zip(receiver.got, fake.webhooks, strict=True):
        sent = {name.lower(): value for name, value in logged.headers.items()}
        assert sent.items() <= got.headers.items()
        assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
        assert (logged.state, outcome(fake)) == ("delivered", (200, "seen", None))
    assert [json.loads(one.body) for one in receiver.got] == list(fake.events)


def test_the_fourth_attempt_comes_after_35_minutes_and_5_seconds(
    receiver, failure_hook
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
            def response(handler):
                got = receiver.got[-1]
                SeamWebhook(secret).verify(got.body.decode(), got.headers)
                return status

            return response

        receiver.answers += map(verify, (500, 503, 404, 200))
        fake.connect_account()
        fake.clock.advance(3600)

        delivery = fake.webhooks[0]
        assert [one.status for one in delivery.attempts] == [500, 503, 404, 200]
        assert delivery.state == "delivered"
        # The webhook log shows what was signed, also after the clock was advanced.
        fake.connect_account()
        fake.webhooks.settle()
        for one in fake.webhooks:
            SeamWebhook(secret).verify(one.body, one.headers)


def test_a_delivery_fails_after_eight_attempts(fake, receiver, failure_hook, fail_login):
    failure_hook(receiver.url)
    receiver.answers += [500] * 20

    fail_login()
    fake.clock.advance(10 * 24 * 3600)

    assert offsets(fake) == [0, 5, 305, 2105, 9305, 27305, 63305, 99305]
    assert fake.webhooks[0].state == "failed"
    assert len(receiver.got) == 8
    assert len({one.headers["svix-id"] for one in receiver.got}) == 1


def test_the_path_and_the_query_of_a_url_are_sent(fake, receiver, failure_hook, fail_login):
    failure_hook(f"http://jane:secret@127.0.0.1:{receiver.port}/a b/%2F/ü?x=1&y=ä#part")

    fail_login()
    fake.webhooks.settle()

    assert [one.path for one in receiver.got] == ["/a%20b/%2F/%C3%BC?x=1&y=%C3%A4"]


def test_a_url_without_a_path_is_sent_to_the_root(fake, receiver, failure_hook, fail_login):
    failure_hook(f"HTTP://LOCALHOST:{receiver.port}")

    fail_login()
    fake.webhooks.settle()

    assert [one.path for one in receiver.got] == ["/"]


@pytest.mark.parametrize(
    "host, connects_to, sent_as",
    [
        ("[::1]", ("::1", 80), "[::1]"),
        ("[::1]:80", ("::1", 80), "[::1]"),
        ("[::1]:8080", ("::1", 8080), "[::1]:8080"),
        ("[0:0:0:0:0:0:0:1]", ("0:0:0:0:0:0:0:1", 80), "[0:0:0:0:0:0:0:1]"),
        ("localhost", ("localhost", 80), "localhost"),
        ("127.0.0.1", ("127.0.0.1", 80), "127.0.0.1"),
    ],
)
def test_a_url_without_a_port_is_sent_to_port_80(
    fake, receiver, failure_hook, fail_login, monkeypatch, host, connects_to, sent_as
):
    look_up, asked = socket.getaddrinfo, []

    def at_the_receiver(host, port, *args, **how):
        asked.append((host, port))
        return look_up("127.0.0.1", receiver.port, *args, **how)

    monkeypatch.setattr(socket, "getaddrinfo", at_the_receiver)
    failure_hook(f"http://{host}/x")

    fail_login()
    fake.webhooks.settle()

    assert (fake.webhooks[0].state, asked) == ("delivered", [connects_to])
    assert [(one.path, one.headers["host"]) for one in receiver.got] == [("/x", sent_as)]


def test_proxies_of_the_environment_are_not_used(
    fake, receiver, failure_hook, fail_login, monkeypatch
):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    failure_hook(receiver.url)

    fail_login()
    fake.webhooks.settle()

    assert fake.webhooks[0].state == "delivered"


def test_deliveries_are_sent_to_an_allowed_host(
    fake, receiver, failure_hook, fail_login, monkeypatch
):
    look_up = socket.getaddrinfo

    def at_home(host, *args, **how):
        return look_up("127.0.0.1" if host == "hooks.example.com" else host, *args, **how)

    monkeypatch.setattr(socket, "getaddrinfo", at_home)
    failure_hook(f"http://hooks.example.com:{receiver.port}/x")
    fail_login()
    assert fake.webhooks[0].state == "not_sent"

    fake.webhooks.allow("Hooks.Example.COM")
    fail_login()
    fake.webhooks.settle()

    assert [one.headers["host"] for one in receiver.got] == [f"hooks.example.com:{receiver.port}"]
    assert [one.state for one in fake.webhooks] == ["not_sent", "delivered"]


# The call that caused the delivery


def test_the_call_returns_before_the_receiver_has_responded(
    fake, receiver, failure_hook, fail_login
):
    failure_hook(receiver.url)
    receiver.answers.append(receiver.hang)

    fail_login()

    assert receiver.arrived.wait(30)
    assert (fake.webhooks[0].state, fake.webhooks[0].attempts) == ("waiting", ())
    receiver.release.set()
    fake.webhooks.settle()
    assert fake.webhooks[0].state == "delivered"


def test_a_webhook_deleted_while_an_attempt_is_in_flight_gets_no_other(
    fake, receiver, failure_hook, fail_login
):
    webhook = failure_hook(receiver.url)
    receiver.answers += [lambda handler: receiver.hang(handler) and 500]
    fail_login()
    fail_login()
    assert receiver.arrived.wait(30)

    fake.call("/webhooks/delete", {"webhook_id": webhook["webhook_id"]})
    receiver.release.set()
    fake.clock.advance(10 * 24 * 3600)

    assert len(receiver.got) == 1  # the second had not started
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


def test_a_thread_lives_only_while_there_are_deliveries_to_send(
    fake, receiver, failure_hook, fail_login
):
    failure_hook(receiver.url)
    for _ in range(3):
        fail_login()
        fake.webhooks.settle()

    fake.close()

    assert threads() == []
    assert len(receiver.got) == 3


# Frozen time


@pytest.mark.parametrize("library", ["freezegun", "time-machine"])
def test_the_next_call_sends_what_is_due_by_frozen_time(receiver, library):
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
            assert offsets(fake) == [0, 30, 305]  # counted from its due time
            assert fake.webhooks[0].state == "delivered"
