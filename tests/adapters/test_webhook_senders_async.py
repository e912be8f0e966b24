"""``deliver_to`` with senders that promise their answer, awaited wherever that can be done."""

from __future__ import annotations

import asyncio

import httpx
import pytest

URL = "https://app.example.com/hooks"


def sender_returning(answer):
    return lambda delivery: answer


def the_attempt(fake):
    (attempt,) = fake.webhooks[0].attempts
    return attempt.status, attempt.error


async def asgi(scope, receive, send):
    """Accepts every request, after having been elsewhere for a moment."""
    await asyncio.sleep(0)
    await send({"type": "http.response.start", "status": 202, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def post_to_asgi(delivery):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(asgi)) as client:
        return await client.post(delivery.url, content=delivery.body, headers=delivery.headers)


def test_an_asynchronous_sender_is_awaited_by_the_asynchronous_client(fake, hook):
    hook(URL, ["connect_webview.login_failed", "connected_account.created"])
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


def test_an_asynchronous_sender_is_waited_for_where_no_loop_runs(fake, hook, cause):
    hook(URL)
    fake.webhooks.deliver_to(post_to_asgi)

    cause()

    assert the_attempt(fake) == (202, None)


def test_an_asynchronous_sender_is_waited_for_inside_a_loop(fake, hook, cause):
    hook(URL)
    fake.webhooks.deliver_to(post_to_asgi)

    async def story():
        cause()
        assert the_attempt(fake) == (202, None)

    asyncio.run(story())


@pytest.mark.parametrize("lever", ["clock/advance", "webhooks/settle"])
def test_waiting_through_an_asynchronous_transport_ends(fake, hook, cause, lever):
    hook(URL)
    fake.webhooks.deliver_to(sender_returning(500))
    cause()
    fake.webhooks.deliver_to(post_to_asgi)
    fake.clock.pause(5)  # as a client does between two tries: nothing is sent yet

    async def story():
        async with httpx.AsyncClient(transport=fake.async_transport()) as client:
            url, params = f"http://fakeseam/_fakeseam/{lever}", {"seconds": 300}
            sent = params if lever == "clock/advance" else {}
            return await client.post(url, json=sent)

    assert asyncio.run(story()).status_code == 200
    assert [one.status for one in fake.webhooks[0].attempts] == [500, 202]


def test_an_advance_through_an_asynchronous_transport_makes_what_falls_due(fake, hook, cause):
    hook(URL)
    fake.webhooks.deliver_to(sender_returning(500))
    cause()

    async def story():
        async with httpx.AsyncClient(transport=fake.async_transport()) as client:
            url = "http://fakeseam/_fakeseam/clock/advance"
            return await client.post(url, json={"seconds": 3600})

    assert asyncio.run(story()).status_code == 200
    assert len(fake.webhooks[0].attempts) == 4


def test_a_task_that_is_cancelled_leaves_a_failed_attempt(hook, fake):
    hook(URL, ["connected_account.created"])

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


def test_an_asynchronous_sender_that_raises_is_a_failed_attempt(fake, hook, cause):
    async def receive(delivery):
        raise RuntimeError("no")

    hook(URL)
    fake.webhooks.deliver_to(receive)

    cause()

    assert the_attempt(fake) == (None, "RuntimeError('no')")
