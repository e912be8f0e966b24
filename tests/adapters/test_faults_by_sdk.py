"""What the official SDK raises for each fault: the same class in process and over a socket."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from httpx_retries import RetryTransport
from seam import AsyncSeam, Seam, SeamHttpInvalidResponseError
from seam.client import DEFAULT_RETRIES

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
CREATE, LIST = "POST /connect_webviews/create", "GET /connect_webviews/list"
RAISED = {
    "reset": httpx.ReadError,
    "timeout": httpx.ReadTimeout,
    "garbage": SeamHttpInvalidResponseError,
    "truncated": httpx.RemoteProtocolError,
    "late": httpx.ReadTimeout,
}
# In seconds. Real ones over a socket, so few where the client is to give up, many elsewhere.
SHORT, LONG = 0.1, 20
PATIENCE = {"timeout": SHORT, "late": SHORT}
# The SDK tries a GET three times, unless it was the body of an answer that broke.
TRIES = {"reset": 3, "timeout": 3, "garbage": 1, "truncated": 1}
WAYS = ["in process", "in process, asynchronous", "socket", "socket, asynchronous"]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """The SDK's pauses between tries over a socket, which are real, are left out."""

    async def nothing(self, response):
        """Go on at once."""

    monkeypatch.setattr("httpx_retries.Retry.sleep", lambda self, response: None)
    monkeypatch.setattr("httpx_retries.Retry.asleep", nothing)


@pytest.fixture(params=WAYS)
def seam(request, fake):
    """``seam(work, timeout)`` has the SDK do a work, one way or another."""
    in_process, is_async = "process" in request.param, "asynchronous" in request.param

    def client(kind, transport, address, timeout):
        options = {}
        if in_process:
            retrying = RetryTransport(transport(), DEFAULT_RETRIES)
            options["httpx_options"] = {"transport": retrying}
        timeouts = httpx.Timeout(LONG, read=timeout)
        return kind(fake.api_key, endpoint=address, timeout=timeouts, **options)

    async def run(work, address, timeout):
        async with client(AsyncSeam, fake.async_transport, address, timeout) as seam:
            return await work(seam)

    with fake.serve() as server:

        def seam(work, timeout=LONG):
            if is_async:
                return asyncio.run(run(work, server.url, timeout))
            with client(Seam, fake.transport, server.url, timeout) as seam:
                return work(seam)

        yield seam


def create(seam):
    return seam.connect_webviews.create()


def how(kind):
    return {"latency": 30} if kind == "late" else {"kind": kind}


def assert_called(fake, route, times):
    """A client that gave up early may have been quicker than the server."""
    for _ in range(10_000):
        if len(fake.requests.filter(route)) >= times:
            break
        threading.Event().wait(0.001)
    fake.requests.assert_called(route, times=times)


def kept(fake):
    return fake.call("/connect_webviews/list")["connect_webviews"]


@pytest.mark.parametrize("kind", RAISED)
def test_a_post_that_is_carried_out_raises_once(seam, fake, kind):
    fake.faults.add(CREATE, **how(kind), when="after")

    with pytest.raises(RAISED[kind]) as caught:
        seam(create, PATIENCE.get(kind, LONG))

    assert type(caught.value) is RAISED[kind]
    if isinstance(caught.value, httpx.HTTPError):
        assert caught.value.request.url.path == "/connect_webviews/create"
    assert_called(fake, CREATE, times=1)
    assert len(kept(fake)) == 1


@pytest.mark.parametrize("kind", ["reset", "garbage", "truncated"])
def test_a_post_that_is_not_carried_out_raises_the_same(seam, fake, kind):
    fake.faults.add(CREATE, kind=kind, when="before")

    with pytest.raises(RAISED[kind]) as caught:
        seam(create)

    assert type(caught.value) is RAISED[kind]
    assert kept(fake) == []


@pytest.mark.parametrize("kind", TRIES)
def test_a_get_is_tried_again_as_long_as_nothing_of_an_answer_came(seam, fake, kind):
    fake.faults.add(LIST, probability=1, kind=kind)

    with pytest.raises(RAISED[kind]) as caught:
        seam(lambda seam: seam.connect_webviews.list(), PATIENCE.get(kind, LONG))

    assert type(caught.value) is RAISED[kind]
    assert_called(fake, LIST, times=TRIES[kind])


def test_a_get_succeeds_when_the_fault_is_over(seam, fake):
    fault = fake.faults.add(LIST, times=2, kind="reset")

    assert seam(lambda seam: seam.connect_webviews.list()) == []
    assert fault.struck == 2


def test_an_answer_that_is_late_but_comes_in_time_is_an_answer(seam, fake):
    fake.faults.add(CREATE, latency=0.001)

    assert seam(create).status == "pending"


# In process alone


def late_create(fake, **options):
    with Seam(
        fake.api_key,
        endpoint=fake.address,
        httpx_options={"transport": fake.transport()},
        **options,
    ) as seam:
        return seam.connect_webviews.create()


def test_a_timeout_passes_on_the_fakes_clock(fake):
    fake.faults.add(CREATE, kind="timeout")

    with pytest.raises(httpx.ReadTimeout, match="timed out after 20 s"):
        late_create(fake, timeout=20)

    assert fake.clock.now == NOON + timedelta(seconds=20)


def test_of_a_latency_no_more_than_the_timeout_passes(fake):
    fake.faults.add(CREATE, latency=60)

    with pytest.raises(httpx.ReadTimeout):
        late_create(fake, timeout=20)

    assert fake.clock.now == NOON + timedelta(seconds=20)


def test_an_answer_that_comes_just_in_time_is_an_answer(fake):
    fake.faults.add(CREATE, latency=20)

    assert late_create(fake, timeout=20).status == "pending"
    assert fake.clock.now == NOON + timedelta(seconds=20)


def test_the_sdk_waits_thirty_seconds_unless_told_otherwise(fake):
    fake.faults.add(CREATE, latency=31)

    with fake.client() as seam, pytest.raises(httpx.ReadTimeout):
        seam.connect_webviews.create()

    assert fake.clock.now == NOON + timedelta(seconds=30)


def test_a_client_without_a_timeout_is_told_that_it_would_wait_for_ever(fake):
    fake.faults.add(CREATE, kind="timeout")

    with pytest.raises(httpx.ReadTimeout, match="over a socket this waits for ever"):
        late_create(fake, timeout=None)

    assert fake.clock.now == NOON


def test_a_client_without_a_timeout_waits_for_a_late_answer(fake):
    fake.faults.add(CREATE, latency=3600)

    assert late_create(fake, timeout=None).status == "pending"
    assert fake.clock.now == NOON + timedelta(hours=1)


def test_half_of_the_body_comes_before_it_breaks_off(fake, visitor):
    fake.faults.add("/connect_webviews/list", kind="truncated", when="after")
    got = []

    with visitor.stream(
        "GET", "/connect_webviews/list", headers={"Authorization": f"Bearer {fake.api_key}"}
    ) as answer, pytest.raises(httpx.RemoteProtocolError):
        got.extend(answer.iter_raw())

    assert b"".join(got).startswith(b'{"connect_webviews":[],')
    assert int(answer.headers["Content-Length"]) // 2 == len(b"".join(got))


def test_the_head_of_an_answer_has_nothing_that_could_break_off(fake, visitor):
    fake.faults.add("/connect_webviews/list", kind="truncated")

    answer = visitor.head("/connect_webviews/list")

    assert (answer.status_code, answer.content) == (200, b"")


def test_an_asynchronous_receiver_gets_its_webhook_although_the_answer_is_lost(fake, hook):
    heard = []

    async def receive(delivery):
        heard.append(delivery.event["event_type"])
        return 200

    async def delete(account_id):
        async with fake.async_client() as seam:
            await seam.connected_accounts.delete(connected_account_id=account_id)

    account_id = fake.connect_account()["connected_account_id"]
    fake.webhooks.deliver_to(receive)
    hook("https://app.example.com/hook", ["connected_account.deleted"])
    fake.faults.add("/connected_accounts/delete", kind="reset", when="after", probability=1)

    with pytest.raises(httpx.ReadError):
        asyncio.run(delete(account_id))

    assert heard == ["connected_account.deleted"]
