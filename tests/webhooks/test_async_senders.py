"""``deliver_to`` with asynchronous senders, which are awaited wherever possible."""

from __future__ import annotations

import asyncio

import httpx
import pytest

URL = "https://app.example.com/hooks"


def sender_returning(response):
    return lambda delivery: response


def the_attempt(fake):
    (attempt,) = fake.webhooks[0].attempts
    return attempt.status, attempt.error


async def asgi(scope, receive, send):
    """Accepts every request, after another task could run."""
    await asyncio.sleep(0)
    await send({"type": "http.response.start", "status": 202, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def post_to_asgi(delivery):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(asgi)) as client:
        return await client.post(delivery.url, content=delivery.body, headers=delivery.headers)


def test_an_asynchronous_sender_is_awaited_by_the_asynchronous_client(fake, failure_hook):
    failure_hook(URL, ["connect_webview.login_failed", "connected_account.created"])
    loops = []

    async def receive(delivery):
        loops.append(asyncio.get_running_loop())
        return await post_to_asgi(delivery)

    async def story():
        fake.webhooks.deliver_to(receive)
        async with httpx.AsyncClient(transport=fake.async_transport()) as client:
            url = "http://fakeseam/_fakeseam/connect_account"
            assert (await client.post(url, json={})).status_code == 200
        assert loops == [asyncio.get_running_loop()]

    asyncio.run(story())

    assert the_attempt(fake) == (202, None)


def test_an_asynchronous_sender_is_waited_for_without_a_running_loop(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    fake.webhooks.deliver_to(post_to_asgi)

    fail_login()

    assert the_attempt(fake) == (202, None)


@pytest.mark.parametrize("endpoint", ["clock/advance", "webhooks/settle"])
def test_waiting_through_an_asynchronous_transport_ends(fake, failure_hook, fail_login, endpoint):
    failure_hook(URL)
    fake.webhooks.deliver_to(sender_returning(500))
    fail_login()
    fake.webhooks.deliver_to(post_to_asgi)
    fake.clock.pause(5)  # as a client does between two retries: no attempt is made yet

    async def story():
        async with httpx.AsyncClient(transport=fake.async_transport()) as client:
            url, params = f"http://fakeseam/_fakeseam/{endpoint}", {"seconds": 300}
            sent = params if endpoint == "clock/advance" else {}
            return await client.post(url, json=sent)

    assert asyncio.run(story()).status_code == 200
    assert [one.status for one in fake.webhooks[0].attempts] == [500, 202]


def test_an_advance_through_an_asynchronous_transport_makes_due_attempts(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    fake.webhooks.deliver_to(sender_returning(500))
    fail_login()

    async def story():
        async with httpx.AsyncClient(transport=fake.async_transport()) as client:
            url = "http://fakeseam/_fakeseam/clock/advance"
            return await client.post(url, json={"seconds": 3600})

    assert asyncio.run(story()).status_code == 200
    assert len(fake.webhooks[0].attempts) == 4


def test_a_cancelled_task_leaves_a_failed_attempt(failure_hook, fake):
    failure_hook(URL, ["connected_account.created"])

    async def receive(delivery):
        if delivery.attempts:
            return 200
        await asyncio.Event().wait()

    async def story():
        fake.webhooks.deliver_to(receive)
        async with httpx.AsyncClient(transport=fake.async_transport()) as client:
            url = "http://fakeseam/_fakeseam/connect_account"
            task = asyncio.create_task(client.post(url, json={}))
            while not len(fake.webhooks):
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(story())
    fake.clock.advance(5)

    assert [one.status for one in fake.webhooks[0].attempts] == [None, 200]


def test_an_asynchronous_sender_that_raises_is_a_failed_attempt(fake, failure_hook, fail_login):
    async def receive(delivery):
        raise RuntimeError("no")

    failure_hook(URL)
    fake.webhooks.deliver_to(receive)

    fail_login()

    assert the_attempt(fake) == (None, "RuntimeError('no')")


@pytest.mark.parametrize("is_async", [False, True])
def test_an_overdue_attempt_is_made_before_the_call(fake, failure_hook, fail_login, is_async):
    seen, answers = [], [500, 200]

    def receive(delivery):
        seen.append(len(fake.call("/connect_webviews/list")["connect_webviews"]))
        return answers.pop(0)

    async def receive_async(delivery):
        return receive(delivery)

    async def create():
        async with fake.async_client() as seam:
            await seam.connect_webviews.create()

    failure_hook("https://app.example.com/hooks")
    fake.webhooks.deliver_to(receive_async if is_async else receive)
    fail_login()
    fake.clock.pause(5)
    asyncio.run(create())

    assert seen == [1, 1]
    assert fake.webhooks[0].state == "delivered"
