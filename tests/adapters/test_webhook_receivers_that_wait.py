"""Receivers that ask for what would wait for themselves: refused, not hung."""

from __future__ import annotations

import http.client
import json
import queue
from contextlib import closing

import pytest

from fakeseam import FakeSeam, MisuseError, under_way

URL = "https://app.example.com/hooks"
SHORT = 0.1  # of real time: how long a thread that is not the fake's waits in vain


@pytest.fixture
def short_patience(monkeypatch):
    monkeypatch.setattr(under_way, "PATIENCE_S", SHORT)


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


def ask(server, path, **params):
    """One request to the fake's own server: its status and body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(params), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def noting(said, work):
    """A receiver or a sender that tells what came of ``work``, and accepts."""

    def answer(_):
        try:
            said.put(work())
        except MisuseError as misuse:
            said.put(str(misuse))
        return 200

    return answer


@pytest.fixture(params=["advance", "settle"])
def wait(request, fake):
    """Ask for what waits for receivers."""
    if request.param == "settle":
        return fake.webhooks.settle
    return lambda: fake.clock.advance(1)


def test_a_sender_that_waits_is_refused(fake, hook, cause, wait):
    hook(URL)
    said = queue.SimpleQueue()
    fake.webhooks.deliver_to(noting(said, wait))

    cause()

    assert "from inside a webhook's receiver would wait for that very" in said.get(timeout=60)
    assert fake.webhooks[0].state == "delivered"


def test_an_asynchronous_sender_that_waits_is_refused(fake, hook, cause, wait):
    hook(URL)
    said = queue.SimpleQueue()

    async def receive(one):
        return noting(said, wait)(one)

    fake.webhooks.deliver_to(receive)

    cause()

    assert "would wait for that very receiver" in said.get(timeout=60)


def test_a_sender_of_another_fake_may_wait(fake, hook, cause):
    hook(URL)
    with FakeSeam() as other:
        fake.webhooks.deliver_to(lambda one: other.clock.advance(1) or 200)

        cause()

    assert fake.webhooks[0].state == "delivered"


def test_a_receiver_that_waits_is_refused(fake, receiver, hook, cause, wait, short_patience):
    hook(receiver.url)
    said = queue.SimpleQueue()
    receiver.answers.append(noting(said, wait))

    cause()

    assert "call it in the test" in said.get(timeout=60)
    fake.webhooks.settle()
    assert fake.webhooks[0].state == "delivered"


def test_a_receiver_that_waits_while_the_test_advances_is_refused(
    fake, receiver, hook, cause, wait
):
    hook(receiver.url)
    said = queue.SimpleQueue()
    receiver.answers += [500, noting(said, wait)]
    cause()

    fake.clock.advance(5)

    assert "while clock.advance() runs in another thread" in said.get(timeout=60)
    assert fake.webhooks[0].state == "delivered"


@pytest.mark.parametrize(
    ("lever", "params"), [("clock/advance", {"seconds": 1}), ("webhooks/settle", {})]
)
@pytest.mark.parametrize("way", ["sender", "receiver"])
def test_whoever_waits_by_way_of_the_server_is_refused(
    fake, receiver, hook, cause, server, short_patience, way, lever, params
):
    hook(receiver.url)
    said = queue.SimpleQueue()
    answer = noting(said, lambda: ask(server, f"/_fakeseam/{lever}", **params))
    if way == "sender":
        fake.webhooks.deliver_to(answer)
    else:
        receiver.answers.append(answer)

    cause()

    status, body = said.get(timeout=60)
    fake.webhooks.settle()
    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert "receiver" in body["error"]["message"]
    assert fake.webhooks[0].state == "delivered"


@pytest.mark.parametrize("caused_by", ["login", "clock"])
def test_a_receiver_may_have_the_fake_reset(fake, hook, cause, server, receiver, caused_by):
    said = queue.Queue()
    again = noting(said, lambda: ask(server, "/_fakeseam/reset"))
    receiver.answers = [503, again] if caused_by == "clock" else [again]
    hook(receiver.url)

    cause()
    if caused_by == "clock":
        fake.clock.advance(3600)

    key = {"workspace_id": fake.workspace_id, "api_key": fake.api_key}
    assert said.get(timeout=20) == (200, {"workspace": key, "ok": True})
    assert list(fake.events) == []
    assert fake.clock.now.isoformat() == "2026-01-01T12:00:00+00:00"


@pytest.mark.parametrize("lever", ["load", "restore"])
@pytest.mark.parametrize("caused_by", ["login", "clock"])
def test_a_receiver_may_have_a_state_put_back(
    fake, hook, cause, server, receiver, caused_by, lever
):
    said = queue.Queue()
    kept = {"snapshot_id": fake.call("/_fakeseam/snapshot")["snapshot_id"]}
    sent = kept if lever == "restore" else fake.call("/_fakeseam/dump")["dump"]
    again = noting(said, lambda: ask(server, f"/_fakeseam/{lever}", **sent))
    receiver.answers = [503, again] if caused_by == "clock" else [again]
    hook(receiver.url)

    cause()
    if caused_by == "clock":
        fake.clock.advance(3600)

    status, _ = said.get(timeout=20)
    assert status == 200
    assert list(fake.events) == []
    assert list(fake.webhooks) == []
