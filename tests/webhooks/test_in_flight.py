"""Receivers that would wait for themselves: refused, not a deadlock."""

from __future__ import annotations

import http.client
import json
import queue
from contextlib import closing

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.webhooks import in_flight

URL = "https://app.example.com/hooks"
SHORT = 0.1  # seconds of real time that a thread other than the fake's waits


@pytest.fixture
def short_timeout(monkeypatch):
    monkeypatch.setattr(in_flight, "STALL_TIMEOUT_S", SHORT)


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


def send(server, path, **params):
    """Sends one request to the fake's own server; returns the status and the body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(params), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def recording(results, work):
    """A receiver or a sender that puts the result of ``work`` into a queue, and accepts."""

    def receive(_):
        try:
            results.put(work())
        except MisuseError as misuse:
            results.put(str(misuse))
        return 200

    return receive


@pytest.fixture(params=["advance", "settle"])
def wait(request, fake):
    """Calls a control method that waits for receivers."""
    if request.param == "settle":
        return fake.webhooks.settle
    return lambda: fake.clock.advance(1)


def test_a_sender_that_waits_is_refused(fake, failure_hook, fail_login, wait):
    failure_hook(URL)
    results = queue.SimpleQueue()
    fake.webhooks.deliver_to(recording(results, wait))

    fail_login()

    assert "would deadlock inside a webhook receiver" in results.get(timeout=60)
    assert fake.webhooks[0].state == "delivered"


def test_an_asynchronous_sender_that_waits_is_refused(fake, failure_hook, fail_login, wait):
    failure_hook(URL)
    results = queue.SimpleQueue()

    async def receive(one):
        return recording(results, wait)(one)

    fake.webhooks.deliver_to(receive)

    fail_login()

    assert "would deadlock inside a webhook receiver" in results.get(timeout=60)


def test_a_sender_of_another_fake_may_wait(fake, failure_hook, fail_login):
    failure_hook(URL)
    with FakeSeam() as other:
        fake.webhooks.deliver_to(lambda one: other.clock.advance(1) or 200)

        fail_login()

    assert fake.webhooks[0].state == "delivered"


def test_a_receiver_that_waits_is_refused(
    fake, receiver, failure_hook, fail_login, wait, short_timeout
):
    failure_hook(receiver.url)
    results = queue.SimpleQueue()
    receiver.answers.append(recording(results, wait))

    fail_login()

    assert "If the receiver calls it, move that call to the test" in results.get(timeout=60)
    fake.webhooks.settle()
    assert fake.webhooks[0].state == "delivered"


def test_a_receiver_that_waits_during_an_advance_is_refused(
    fake, receiver, failure_hook, fail_login, wait
):
    failure_hook(receiver.url)
    results = queue.SimpleQueue()
    receiver.answers += [500, recording(results, wait)]
    fail_login()

    fake.clock.advance(5)

    assert "would deadlock while clock.advance() runs in another thread" in results.get(timeout=60)
    assert fake.webhooks[0].state == "delivered"


@pytest.mark.parametrize(
    ("endpoint", "params"), [("clock/advance", {"seconds": 1}), ("webhooks/settle", {})]
)
@pytest.mark.parametrize("way", ["sender", "receiver"])
def test_waiting_over_http_inside_a_receiver_is_refused(
    fake, receiver, failure_hook, fail_login, server, short_timeout, way, endpoint, params
):
    failure_hook(receiver.url)
    results = queue.SimpleQueue()
    response = recording(results, lambda: send(server, f"/_fakeseam/{endpoint}", **params))
    if way == "sender":
        fake.webhooks.deliver_to(response)
    else:
        receiver.answers.append(response)

    fail_login()

    status, body = results.get(timeout=60)
    fake.webhooks.settle()
    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert "receiver" in body["error"]["message"]
    assert fake.webhooks[0].state == "delivered"


@pytest.mark.parametrize("caused_by", ["login", "clock"])
def test_a_receiver_may_reset_the_fake(
    fake, failure_hook, fail_login, server, receiver, caused_by
):
    results = queue.Queue()
    again = recording(results, lambda: send(server, "/_fakeseam/reset"))
    receiver.answers = [503, again] if caused_by == "clock" else [again]
    failure_hook(receiver.url)

    fail_login()
    if caused_by == "clock":
        fake.clock.advance(3600)

    key = {"workspace_id": fake.workspace_id, "api_key": fake.api_key}
    assert results.get(timeout=20) == (200, {"workspace": key, "ok": True})
    assert list(fake.events) == []
    assert fake.clock.now.isoformat() == "2026-01-01T12:00:00+00:00"


@pytest.mark.parametrize("endpoint", ["load", "restore"])
@pytest.mark.parametrize("caused_by", ["login", "clock"])
def test_a_receiver_may_restore_a_state(
    fake, failure_hook, fail_login, server, receiver, caused_by, endpoint
):
    results = queue.Queue()
    snapshot = {"snapshot_id": fake.call("/_fakeseam/snapshot")["snapshot_id"]}
    sent = snapshot if endpoint == "restore" else fake.call("/_fakeseam/dump")["dump"]
    again = recording(results, lambda: send(server, f"/_fakeseam/{endpoint}", **sent))
    receiver.answers = [503, again] if caused_by == "clock" else [again]
    failure_hook(receiver.url)

    fail_login()
    if caused_by == "clock":
        fake.clock.advance(3600)

    status, _ = results.get(timeout=20)
    assert status == 200
    assert list(fake.events) == []
    assert list(fake.webhooks) == []
