"""Receivers that call back into the same fake, in a circle, or several at once."""

from __future__ import annotations

import http.client
import threading
from contextlib import closing

import pytest

from fakeseam import MisuseError, delivery, under_way

URL = "https://app.example.com/hooks"
FAILED = "connect_webview.login_failed"


@pytest.fixture
def low_limit(monkeypatch):
    monkeypatch.setattr(under_way, "DELIVERY_LOOP_LIMIT", 20)
    monkeypatch.setattr(delivery, "DELIVERY_LOOP_LIMIT", 20)


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


def ask(server, path):
    """The status of one request to the fake's own server."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("POST", path)
        return connection.getresponse().status


def test_a_loop_is_a_thousand_deliveries_and_patience_less_than_an_attempt_may_take():
    assert (under_way.DELIVERY_LOOP_LIMIT, delivery.DELIVERY_LOOP_LIMIT) == (1000, 1000)
    assert under_way.PATIENCE_S == 4.5


# Into the same fake


def test_a_sender_may_read_and_change_the_fake(fake, hook, cause):
    hook(URL)

    def receive(one):
        fake.call("/connect_webviews/create", {"custom_metadata": {"a": "1"}})
        return 200

    fake.webhooks.deliver_to(receive)

    cause()

    listed = fake.call("/connect_webviews/list", {"custom_metadata_has": {"a": "1"}})
    assert len(listed["connect_webviews"]) == 1


def test_a_receiver_may_call_the_fake_in_process(fake, receiver, hook, cause):
    hook(receiver.url)
    said = []
    receiver.answers.append(lambda handler: said.append(fake.call("/webhooks/list")) or 200)

    cause()
    fake.webhooks.settle()

    assert [one["ok"] for one in said] == [True]
    assert fake.webhooks[0].state == "delivered"


def test_a_receiver_may_call_the_fakes_own_server(fake, receiver, hook, cause, server):
    hook(receiver.url)
    said = []
    receiver.answers.append(lambda handler: said.append(ask(server, "/webhooks/list")) or 200)

    cause()
    fake.clock.advance(1)

    assert said == [401]  # no key, but an answer
    assert fake.webhooks[0].state == "delivered"


def test_what_a_sender_causes_is_sent_before_the_outermost_call_returns(fake, hook):
    hook(URL, ["connected_account.created", "connected_account.disconnected"])
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


def test_what_a_receiver_causes_is_sent_before_an_advance_ends(fake, receiver, hook, cause):
    hook(receiver.url)
    receiver.answers += [500] + [lambda handler: cause() or 200] * 3
    cause()

    fake.clock.advance(5)

    assert len(receiver.got) == 5
    assert {one.state for one in fake.webhooks} == {"delivered"}


def test_a_sender_that_deletes_its_webhook_gets_nothing_more(fake, hook):
    webhook = hook(URL, ["*"])
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


@pytest.mark.parametrize("begin_anew", ["reset", "close", "restore", "reset_sandbox"])
def test_a_sender_may_begin_the_fake_anew(hook, fake, begin_anew):
    hook(URL, ["*"])
    snapshot, got = fake.snapshot(), []

    def receive(one):
        got.append(one)
        if begin_anew == "restore":
            fake.restore(snapshot)
        elif begin_anew == "reset_sandbox":
            fake.call("/workspaces/reset_sandbox")
        else:
            getattr(fake, begin_anew)()
        return 200

    fake.webhooks.deliver_to(receive)
    fake.connect_account()
    fake.clock.advance(24 * 3600)

    assert len(got) == 1


# In a circle


def test_senders_that_cause_each_other_for_ever_are_misuse(fake, hook, cause, low_limit):
    hook(URL)
    got = []

    def receive(one):
        got.append(one)
        cause()
        return 200

    fake.webhooks.deliver_to(receive)

    with pytest.raises(MisuseError) as caught:
        cause()

    assert "20 deliveries that caused one another" in str(caught.value)
    assert URL in str(caught.value) and FAILED in str(caught.value)
    before = len(got)
    fake.call("/webhooks/list")
    assert len(got) == before  # the next call does not begin anew


def test_receivers_that_cause_each_other_for_ever_are_told_when_waited_for(
    fake, receiver, hook, cause, low_limit
):
    hook(receiver.url)
    receiver.answers += [lambda handler: cause() or 200] * 100_000

    cause()
    with pytest.raises(MisuseError, match="20 deliveries and no end"):
        fake.webhooks.settle()
    fake.close()


def test_more_deliveries_than_the_limit_are_no_circle(fake, receiver, hook, cause, low_limit):
    for number in range(30):
        hook(receiver.url if number % 2 else URL)
    fake.webhooks.deliver_to(lambda one: 500, url=URL)
    receiver.answers += [500] * 30

    cause()
    cause()
    fake.webhooks.settle()
    fake.clock.advance(5)

    assert [len(one.attempts) for one in fake.webhooks] == [2] * 60


# At once


def test_two_threads_that_call_at_once_send_everything_once(fake, hook):
    hook(URL, ["connected_account.created"])
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
