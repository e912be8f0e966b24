"""Receivers that call back into the same fake, in a loop, or several at once."""

from __future__ import annotations

import http.client
import threading
from contextlib import closing

import pytest

from fakeseam import MisuseError
from fakeseam.webhooks import in_flight, sender_queue

URL = "https://app.example.com/hooks"
FAILED = "connect_webview.login_failed"


@pytest.fixture
def low_limit(monkeypatch):
    monkeypatch.setattr(in_flight, "DELIVERY_LOOP_LIMIT", 20)
    monkeypatch.setattr(sender_queue, "DELIVERY_LOOP_LIMIT", 20)


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


def send(server, path):
    """Sends one request to the fake's own server; returns the status."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("POST", path)
        return connection.getresponse().status


def test_the_limits_are_a_thousand_deliveries_and_less_time_than_an_attempt_has():
    assert (in_flight.DELIVERY_LOOP_LIMIT, sender_queue.DELIVERY_LOOP_LIMIT) == (1000, 1000)
    assert in_flight.STALL_TIMEOUT_S == 4.5


# Into the same fake


def test_a_sender_may_read_and_change_the_fake(fake, failure_hook, fail_login):
    failure_hook(URL)

    def receive(one):
        fake.call("/connect_webviews/create", {"custom_metadata": {"a": "1"}})
        return 200

    fake.webhooks.deliver_to(receive)

    fail_login()

    listed = fake.call("/connect_webviews/list", {"custom_metadata_has": {"a": "1"}})
    assert len(listed["connect_webviews"]) == 1


def test_a_receiver_may_call_the_fake_in_process(fake, receiver, failure_hook, fail_login):
    failure_hook(receiver.url)
    results = []
    receiver.answers.append(lambda handler: results.append(fake.call("/webhooks/list")) or 200)

    fail_login()
    fake.webhooks.settle()

    assert [one["ok"] for one in results] == [True]
    assert fake.webhooks[0].state == "delivered"


def test_a_receiver_may_call_the_fakes_own_server(
    fake, receiver, failure_hook, fail_login, server
):
    failure_hook(receiver.url)
    results = []
    receiver.answers.append(lambda handler: results.append(send(server, "/webhooks/list")) or 200)

    fail_login()
    fake.clock.advance(1)

    assert results == [401]  # no key, but a response
    assert fake.webhooks[0].state == "delivered"


def test_deliveries_that_a_sender_causes_are_sent_before_the_outermost_call_returns(
    fake, failure_hook
):
    failure_hook(URL, ["connected_account.created", "connected_account.disconnected"])
    order = []

    def receive(one):
        order.append(f"begin {one.event['event_type']}")
        if one.event["event_type"] == "connected_account.created":
            fake.disconnect_account(one.event["connected_account_id"])
        order.append(f"end {one.event['event_type']}")
        return 200

    fake.webhooks.deliver_to(receive)
    fake.connect_account()

    assert order == [
        "begin connected_account.created",
        "end connected_account.created",
        "begin connected_account.disconnected",
        "end connected_account.disconnected",
    ]


def test_deliveries_that_a_receiver_causes_are_sent_before_an_advance_ends(
    fake, receiver, failure_hook, fail_login
):
    failure_hook(receiver.url)
    receiver.answers += [500] + [lambda handler: fail_login() or 200] * 3
    fail_login()

    fake.clock.advance(5)

    assert len(receiver.got) == 5
    assert {one.state for one in fake.webhooks} == {"delivered"}


def test_a_sender_that_deletes_its_webhook_gets_nothing_more(fake, failure_hook):
    webhook = failure_hook(URL, ["*"])
    got = []

    def receive(one):
        got.append(one)
        fake.call("/webhooks/delete", {"webhook_id": webhook["webhook_id"]})
        return 500

    fake.webhooks.deliver_to(receive)
    fake.connect_account()
    fake.clock.advance(24 * 3600)

    assert len(got) == 1
    assert {one.state for one in fake.webhooks} == {"stopped"}


@pytest.mark.parametrize("change_state", ["reset", "close", "restore", "reset_sandbox"])
def test_a_sender_may_reset_close_or_restore_the_fake(failure_hook, fake, change_state):
    failure_hook(URL, ["*"])
    snapshot, got = fake.snapshot(), []

    def receive(one):
        got.append(one)
        if change_state == "restore":
            fake.restore(snapshot)
        elif change_state == "reset_sandbox":
            fake.call("/workspaces/reset_sandbox")
        else:
            getattr(fake, change_state)()
        return 200

    fake.webhooks.deliver_to(receive)
    fake.connect_account()
    fake.clock.advance(24 * 3600)

    assert len(got) == 1


# In a loop


def test_senders_in_an_endless_loop_are_misuse(fake, failure_hook, fail_login, low_limit):
    failure_hook(URL)
    got = []

    def receive(one):
        got.append(one)
        fail_login()
        return 200

    fake.webhooks.deliver_to(receive)

    with pytest.raises(MisuseError) as caught:
        fail_login()

    assert "Webhook loop: stopped after 20 deliveries" in str(caught.value)
    assert URL in str(caught.value) and FAILED in str(caught.value)
    before = len(got)
    fake.call("/webhooks/list")
    assert len(got) == before  # the next call does not start the loop again


def test_receivers_in_an_endless_loop_are_misuse_when_waited_for(
    fake, receiver, failure_hook, fail_login, low_limit
):
    failure_hook(receiver.url)
    receiver.answers += [lambda handler: fail_login() or 200] * 100_000

    fail_login()
    with pytest.raises(MisuseError, match=r"webhooks\.settle\(\) stopped after 20 deliveries"):
        fake.webhooks.settle()
    fake.close()


def test_more_deliveries_than_the_limit_are_not_a_loop(
    fake, receiver, failure_hook, fail_login, low_limit
):
    for number in range(30):
        failure_hook(receiver.url if number % 2 else URL)
    fake.webhooks.deliver_to(lambda one: 500, url=URL)
    receiver.answers += [500] * 30

    fail_login()
    fail_login()
    fake.webhooks.settle()
    fake.clock.advance(5)

    assert [len(one.attempts) for one in fake.webhooks] == [2] * 60


# At once


def test_threads_that_call_at_once_send_everything_once(fake, failure_hook):
    failure_hook(URL, ["connected_account.created"])
    got, together = [], threading.Barrier(4)
    fake.webhooks.deliver_to(lambda one: got.append(one.message_id) or 200)

    def work():
        together.wait()
        for _ in range(10):
            fake.connect_account()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    fake.webhooks.settle()
    assert len(got) == len(set(got)) == 40
    assert {(one.state, len(one.attempts)) for one in fake.webhooks} == {("delivered", 1)}
