"""``fake.aio`` under trio."""

from __future__ import annotations

import pytest
import trio

from fakeseam import MisuseError

URL = "https://app.example.com/hooks"


def test_the_receiver_is_awaited_in_the_callers_task(fake):
    got = []

    async def receive(delivery):
        await trio.sleep(0)
        got.append(delivery.event["event_type"])
        return 200

    async def story():
        fake.call("/webhooks/create", {"url": URL})
        fake.webhooks.deliver_to(receive)
        account = await fake.aio.connect_account("minut")
        assert got == [one["event_type"] for one in fake.events]
        with pytest.raises(MisuseError, match=r"await fake\.aio\.disconnect_account\("):
            fake.disconnect_account(account)
        fake.webhooks.assert_all_delivered()

    trio.run(story)


def test_waiting_leaves_the_loop_to_other_tasks(fake):
    async def app():
        async with fake.async_client() as seam:
            await seam.spaces.create(name="North")

    async def story():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(app)
            await fake.aio.events.wait_for("space.created", timeout=60)
        with trio.move_on_after(0) as scope:
            await fake.aio.events.wait_for("device.added", timeout=60)
        assert scope.cancelled_caught

    trio.run(story)


def test_settle_waits_for_the_response_of_a_server(fake, receiver):
    async def story():
        fake.call("/webhooks/create", {"url": receiver.url})
        await fake.aio.connect_account("minut")
        await fake.aio.webhooks.settle()
        fake.webhooks.assert_all_delivered()

    trio.run(story)
