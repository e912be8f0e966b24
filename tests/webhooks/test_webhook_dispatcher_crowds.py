"""Many deliveries at once: from tasks, threads and loops."""

from __future__ import annotations

import asyncio
import threading

import pytest

from fakeseam import MisuseError
from fakeseam.webhooks import in_flight, sender_queue

URL = "https://app.example.com/seam"


@pytest.fixture(autouse=True)
def low_limit(monkeypatch):
    """A loop is a tenth of the deliveries it is for users, so that a tenth of a crowd will do."""
    monkeypatch.setattr(in_flight, "DELIVERY_LOOP_LIMIT", 100)
    monkeypatch.setattr(sender_queue, "DELIVERY_LOOP_LIMIT", 100)


def make_spaces(client, number):
    async def make():
        for place in range(3):
            await client.spaces.create(name=f"{number}.{place}")

    return make()


def test_many_events_from_many_tasks_are_not_a_loop(fake):
    fake.call("/webhooks/create", {"url": URL})
    got = []

    async def receive(one):
        await asyncio.sleep(0)
        got.append(one.message_id)
        return 200

    async def story():
        fake.webhooks.deliver_to(receive)
        async with fake.async_client() as client:
            await asyncio.gather(*(make_spaces(client, number) for number in range(50)))

    asyncio.run(story())

    assert len(got) == len(set(got)) == 150


def test_many_events_from_many_threads_are_not_a_loop(fake):
    fake.call("/webhooks/create", {"url": URL})
    got, failed = [], []
    fake.webhooks.deliver_to(lambda one: got.append(one.message_id) or 200)

    def work():
        try:
            for _ in range(5):
                fake.connect_account()
        except MisuseError as exc:
            failed.append(exc)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fake.webhooks.settle()

    assert failed == []
    assert len(got) == len(set(got)) == len(fake.events) == 8 * 5 * 9


def test_a_receiver_that_catches_up_on_many_events_is_not_a_loop(fake):
    sent = {"url": URL, "event_types": ["connected_account.created"]}
    fake.call("/webhooks/create", sent)
    fake.webhooks.deliver_to(lambda one: 503)
    for number in range(120):
        fake.connect_account("minut", f"{number}@example.com")
    fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.disconnected"]})

    def disconnect(one):
        if one.event["event_type"] == "connected_account.created":
            fake.disconnect_account(one.event)
        return 200

    fake.webhooks.deliver_to(disconnect)
    fake.clock.advance(10)

    assert {one.state for one in fake.webhooks} == {"delivered"}
    assert len(fake.webhooks) == 240


def test_a_growing_loop_is_found_early(fake):
    events = ["connected_account.created", "device.connected"]  # three from each account
    fake.call("/webhooks/create", {"url": URL, "event_types": events})
    fake.webhooks.deliver_to(lambda one: fake.connect_account() and 200)

    with pytest.raises(MisuseError, match="Webhook loop: stopped after 100 deliveries"):
        fake.connect_account()

    assert len(fake.webhooks) < 1_000
    fake.webhooks.deliver_to(lambda one: 200)
    fake.call("/webhooks/list")  # deliveries outside of the loop are still made
    assert {one.state for one in fake.webhooks} <= {"delivered", "waiting"}


def test_the_clock_does_not_advance_while_another_task_runs_a_sender(fake):
    fake.call("/webhooks/create", {"url": URL, "event_types": ["space.created"]})
    refused = []

    async def story():
        entered, leave = asyncio.Event(), asyncio.Event()

        async def receive(one):
            entered.set()
            await leave.wait()
            return 200

        # Not an `async def`: nobody knows beforehand that it has to be awaited.
        fake.webhooks.deliver_to(lambda one: receive(one))
        async with fake.async_client() as client:
            making = asyncio.create_task(client.spaces.create(name="North"))
            await entered.wait()
            with pytest.raises(MisuseError, match="Await that task first") as caught:
                fake.clock.advance(1)
            refused.append(caught)
            leave.set()
            await making
            fake.clock.advance(1)

    asyncio.run(story())

    assert len(refused) == 1
    assert fake.webhooks[0].state == "delivered"


def test_an_asynchronous_sender_leaves_the_event_loop_of_the_thread_in_place(fake):
    fake.call("/webhooks/create", {"url": URL})

    async def receive(one):
        return 200

    fake.webhooks.deliver_to(receive)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        fake.connect_account()
        assert asyncio.get_event_loop_policy().get_event_loop() is loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()

    assert {one.state for one in fake.webhooks} == {"delivered"}
