"""What the official SDK raises for each fault: the same class in process and over a socket.

A late response meets how long a client waits to read, not how long it waits to connect.
"""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from httpx_retries import RetryTransport
from seam import AsyncSeam, Seam, SeamHttpInvalidResponseError
from seam.client import DEFAULT_RETRIES

from fakeseam import FakeSeam
from fakeseam.core.fault_plan import KINDS
from fakeseam.http.handle_request import Response

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
CREATE, LIST = "POST /connect_webviews/create", "GET /connect_webviews/list"
RAISED = {
    "reset": httpx.ReadError,
    "timeout": httpx.ReadTimeout,
    "garbage": SeamHttpInvalidResponseError,
    "truncated": httpx.RemoteProtocolError,
    "late": httpx.ReadTimeout,
}
# In seconds, which really pass over a socket: few where the client must give up.
SHORT, LONG = 0.1, 20
READ_TIMEOUTS = {"timeout": SHORT, "late": SHORT}
# The SDK tries a GET three times, unless the body of the response broke.
TRIES = {"reset": 3, "timeout": 3, "garbage": 1, "truncated": 1}
WAYS = ["in process", "in process, asynchronous", "socket", "socket, asynchronous"]


@pytest.fixture
def fake():
    with FakeSeam(now=NOON) as fake:
        yield fake


@pytest.fixture
def visitor(fake):
    """An HTTP client without retries."""
    with httpx.Client(transport=fake.transport(), base_url="http://fakeseam") as visitor:
        yield visitor


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Skips the SDK's pauses between tries, which over a socket are real."""

    async def nothing(self, response):
        """Returns at once."""

    monkeypatch.setattr("httpx_retries.Retry.sleep", lambda self, response: None)
    monkeypatch.setattr("httpx_retries.Retry.asleep", nothing)


@pytest.fixture(params=WAYS)
def seam(request, fake):
    """``seam(call, timeout)`` calls a function with an SDK client, in each of the ways."""
    in_process, is_async = "process" in request.param, "asynchronous" in request.param

    def client(kind, transport, address, timeout):
        options = {}
        if in_process:
            retrying = RetryTransport(transport(), DEFAULT_RETRIES)
            options["httpx_options"] = {"transport": retrying}
        timeouts = httpx.Timeout(LONG, read=timeout)
        return kind(fake.api_key, endpoint=address, timeout=timeouts, **options)

    async def run(call, address, timeout):
        async with client(AsyncSeam, fake.async_transport, address, timeout) as seam:
            return await call(seam)

    with fake.serve() as server:

        def seam(call, timeout=LONG):
            if is_async:
                return asyncio.run(run(call, server.url, timeout))
            with client(Seam, fake.transport, server.url, timeout) as seam:
                return call(seam)

        yield seam


def create(seam):
    return seam.connect_webviews.create()


def test_every_kind_of_fault_is_tried_through_the_sdk():
    assert RAISED.keys() == {*KINDS, "late"}
    assert TRIES.keys() == set(KINDS)


def fault_options(kind):
    return {"latency": 30} if kind == "late" else {"kind": kind}


def assert_called(fake, route, times):
    """Waits for the requests first: a client that gave up may be quicker than the server."""
    for _ in range(10_000):
        if len(fake.requests.filter(route)) >= times:
            break
        threading.Event().wait(0.001)
    fake.requests.assert_called(route, times=times)


def webviews(fake):
    return fake.call("/connect_webviews/list")["connect_webviews"]


@pytest.mark.parametrize("kind", RAISED)
def test_a_post_that_is_executed_raises_once(seam, fake, kind):
    fake.faults.add(CREATE, **fault_options(kind), when="after")

    with pytest.raises(RAISED[kind]) as caught:
        seam(create, READ_TIMEOUTS.get(kind, LONG))

    assert type(caught.value) is RAISED[kind]
    if isinstance(caught.value, httpx.HTTPError):
        assert caught.value.request.url.path == "/connect_webviews/create"
    assert_called(fake, CREATE, times=1)
    assert len(webviews(fake)) == 1


@pytest.mark.parametrize("kind", ["reset", "garbage", "truncated"])
def test_a_post_that_is_not_executed_raises_the_same(seam, fake, kind):
    fake.faults.add(CREATE, kind=kind, when="before")

    with pytest.raises(RAISED[kind]) as caught:
        seam(create)

    assert type(caught.value) is RAISED[kind]
    assert webviews(fake) == []


@pytest.mark.parametrize("kind", TRIES)
def test_a_get_is_retried_unless_a_part_of_a_response_came(seam, fake, kind):
    fake.faults.add(LIST, probability=1, kind=kind)

    with pytest.raises(RAISED[kind]) as caught:
        seam(lambda seam: seam.connect_webviews.list(), READ_TIMEOUTS.get(kind, LONG))

    assert type(caught.value) is RAISED[kind]
    assert_called(fake, LIST, times=TRIES[kind])


def test_a_get_succeeds_when_the_fault_is_over(seam, fake):
    fault = fake.faults.add(LIST, times=2, kind="reset")

    assert seam(lambda seam: seam.connect_webviews.list()) == []
    assert fault.hits == 2


def test_a_response_that_is_late_but_within_the_timeout_is_returned(seam, fake):
    fake.faults.add(CREATE, latency=0.001)

    assert seam(create).status == "pending"


# In process only


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


def test_a_latency_takes_no_longer_than_the_timeout(fake):
    fake.faults.add(CREATE, latency=60)

    with pytest.raises(httpx.ReadTimeout):
        late_create(fake, timeout=20)

    assert fake.clock.now == NOON + timedelta(seconds=20)


def test_a_response_that_comes_just_in_time_is_returned(fake):
    fake.faults.add(CREATE, latency=20)

    assert late_create(fake, timeout=20).status == "pending"
    assert fake.clock.now == NOON + timedelta(seconds=20)


def test_the_sdk_waits_thirty_seconds_by_default(fake):
    fake.faults.add(CREATE, latency=31)

    with fake.client() as seam, pytest.raises(httpx.ReadTimeout):
        seam.connect_webviews.create()

    assert fake.clock.now == NOON + timedelta(seconds=30)


def test_a_client_without_a_timeout_fails_where_it_would_wait_forever(fake):
    fake.faults.add(CREATE, kind="timeout")

    with pytest.raises(httpx.ReadTimeout, match="over a socket this waits forever"):
        late_create(fake, timeout=None)

    assert fake.clock.now == NOON


def test_a_client_without_a_timeout_waits_for_a_late_response(fake):
    fake.faults.add(CREATE, latency=3600)

    assert late_create(fake, timeout=None).status == "pending"
    assert fake.clock.now == NOON + timedelta(hours=1)


def test_half_of_a_truncated_body_arrives(fake, visitor):
    fake.faults.add("/connect_webviews/list", kind="truncated", when="after")
    chunks = []

    with visitor.stream(
        "GET", "/connect_webviews/list", headers={"Authorization": f"Bearer {fake.api_key}"}
    ) as response, pytest.raises(httpx.RemoteProtocolError):
        chunks.extend(response.iter_raw())

    assert b"".join(chunks).startswith(b'{"connect_webviews":[],')
    assert int(response.headers["Content-Length"]) // 2 == len(b"".join(chunks))


def test_a_response_to_head_has_no_body_to_truncate(fake, visitor):
    fake.faults.add("/connect_webviews/list", kind="truncated")

    response = visitor.head("/connect_webviews/list")

    assert (response.status_code, response.content) == (200, b"")


def test_an_asynchronous_sender_gets_its_webhook_although_the_response_is_lost(fake, failure_hook):
    received = []

    async def receive(delivery):
        received.append(delivery.event["event_type"])
        return 200

    async def delete(account_id):
        async with fake.async_client() as seam:
            await seam.connected_accounts.delete(connected_account_id=account_id)

    account_id = fake.connect_account()["connected_account_id"]
    fake.webhooks.deliver_to(receive)
    failure_hook("https://app.example.com/hook", ["connected_account.deleted"])
    fake.faults.add("/connected_accounts/delete", kind="reset", when="after", probability=1)

    with pytest.raises(httpx.ReadError):
        asyncio.run(delete(account_id))

    assert received == ["connected_account.deleted"]


def test_an_unknown_kind_of_fault_is_an_error(fake, visitor, monkeypatch):
    response = Response(200, {}, b"", fault_kind="x")
    monkeypatch.setattr("fakeseam.sdk.transports.handle_request", lambda engine, request: response)

    with pytest.raises(ValueError, match="^unknown fault kind 'x'$"):
        visitor.get("/health")


# Which timeout counts


@pytest.fixture
def status_of_late_response(fake):
    """Gets a response that is 5 s late, by a client with the given timeouts."""

    def get(**timeouts):
        fake.faults.add("/connect_webviews/list", latency=5)
        options = {"transport": fake.transport(), "base_url": "http://fakeseam"}
        with httpx.Client(**options, timeout=httpx.Timeout(60, **timeouts)) as client:
            headers = {"Authorization": f"Bearer {fake.api_key}"}
            return client.get("/connect_webviews/list", headers=headers).status_code

    return get


def test_a_client_with_a_short_timeout_to_connect_gets_a_late_response(status_of_late_response):
    assert status_of_late_response(connect=1, write=1, pool=1) == 200


def test_a_client_with_a_short_timeout_to_read_gives_up(status_of_late_response):
    with pytest.raises(httpx.ReadTimeout, match="timed out after 1 s"):
        status_of_late_response(read=1)
