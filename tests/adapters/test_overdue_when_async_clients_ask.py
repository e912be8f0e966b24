"""What is overdue when an asynchronous client asks is delivered before its call."""

from __future__ import annotations

import asyncio

import pytest


@pytest.mark.parametrize("is_async", [False, True])
def test_an_attempt_that_is_overdue_comes_before_the_call(fake, hook, cause, is_async):
    seen, answers = [], [500, 200]

    def receive(delivery):
        seen.append(len(fake.call("/connect_webviews/list")["connect_webviews"]))
        return answers.pop(0)

    async def receive_async(delivery):
        return receive(delivery)

    async def ask():
        async with fake.async_client() as seam:
            await seam.connect_webviews.create()

    hook("https://app.example.com/hooks")
    fake.webhooks.deliver_to(receive_async if is_async else receive)
    cause()
    fake.clock.pause(5)
    asyncio.run(ask())

    assert seen == [1, 1]
    assert fake.webhooks[0].state == "delivered"
