"""``fake.aio`` under trio."""

from __future__ import annotations

from contextvars import ContextVar

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


def test_a_receiver_may_not_wait_for_itself(fake):
    refusals = []

    async def wait(call):
        with pytest.raises(MisuseError, match="would deadlock inside a webhook receiver"):
            await call()
        refusals.append(call)

    async def receive(delivery):
        await wait(fake.aio.webhooks.settle)
        async with trio.open_nursery() as nursery:  # in a task of its own, too
            nursery.start_soon(wait, lambda: fake.aio.clock.advance(1))
        return 200

    async def story():
        fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.created"]})
        fake.webhooks.deliver_to(receive)
        with trio.fail_after(60):
            await fake.aio.connect_account("minut")
        fake.webhooks.assert_all_delivered()

    trio.run(story)
    assert len(refusals) == 2


def test_a_receiver_runs_in_the_context_of_its_deliver_to(fake):
    language = ContextVar("language")
    seen = []

    async def receive(delivery):
        seen.append(language.get())
        await trio.sleep(0)
        seen.append(language.get())
        language.set("fr")
        return 200

    async def story():
        fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.created"]})
        language.set("de")
        fake.webhooks.deliver_to(receive)
        language.set("en")
        await fake.aio.connect_account("minut")
        assert language.get() == "en"

    trio.run(story)
    assert seen == ["de", "de"]


def test_a_receiver_that_is_cancelled_is_a_failed_attempt(fake):
    async def receive(delivery):
        await trio.sleep_forever()

    async def story():
        fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.created"]})
        fake.webhooks.deliver_to(receive)
        with trio.move_on_after(0.01):
            await fake.aio.connect_account("minut")
        assert "Cancelled" in fake.webhooks[0].attempts[0].error

    trio.run(story)
