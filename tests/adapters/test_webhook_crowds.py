"""Many at once: deliveries in heaps, tasks and threads that cause them, senders that end badly."""

from __future__ import annotations

import asyncio
import threading

import pytest
from seam import Seam

from fakeseam import FakeSeam, MisuseError

URL = "https://app.example.com/seam"


def make_spaces(client, number):
    async def make():
        for place in range(3):
            await client.spaces.create(name=f"{number}.{place}")

    return make()


def test_a_heap_of_events_from_many_tasks_is_no_loop(fake):
    fake.call("/webhooks/create", {"url": URL})
    got = []

    async def receive(one):
        await asyncio.sleep(0)
        got.append(one.message_id)
        return 200

    async def story():
        fake.webhooks.deliver_to(receive)
        async with fake.async_client() as client:
            await asyncio.gather(*(make_spaces(client, number) for number in range(500)))

    asyncio.run(story())

    assert len(got) == len(set(got)) == 1500


def test_a_heap_of_events_from_many_threads_is_no_loop(fake):
    fake.call("/webhooks/create", {"url": URL})
    got, failed = [], []
    fake.webhooks.deliver_to(lambda one: got.append(one.message_id) or 200)

    def work():
        try:
            for _ in range(25):
                fake.connect_account()
        except MisuseError as exc:
            failed.append(exc)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert len(got) == len(set(got)) == len(fake.events) == 8 * 25 * 9


def test_a_receiver_that_makes_up_for_a_thousand_events_is_no_loop(fake):
    sent = {"url": URL, "event_types": ["connected_account.created"]}
    fake.call("/webhooks/create", sent)
    fake.webhooks.deliver_to(lambda one: 503)
    for number in range(1200):
        fake.connect_account("minut", f"{number}@example.com")
    fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.disconnected"]})

    def disconnect(one):
        if one.event["event_type"] == "connected_account.created":
            fake.disconnect_account(one.event)
        return 200

    fake.webhooks.deliver_to(disconnect)
    fake.clock.advance(10)

    assert {one.state for one in fake.webhooks} == {"delivered"}
    assert len(fake.webhooks) == 2400


def test_a_loop_that_grows_is_found_soon(fake):
    fake.call("/webhooks/create", {"url": URL})
    fake.webhooks.deliver_to(lambda one: fake.connect_account() and 200)

    with pytest.raises(MisuseError, match="1000 deliveries that caused one another"):
        fake.connect_account()

    assert len(fake.webhooks) < 100_000
    fake.webhooks.deliver_to(lambda one: 200)
    fake.call("/webhooks/list")  # what the loop has not caused is still delivered
    assert {one.state for one in fake.webhooks} <= {"delivered", "waiting"}


def test_time_is_not_moved_while_another_task_hands_over(fake):
    fake.call("/webhooks/create", {"url": URL, "event_types": ["space.created"]})
    refused = []

    async def story():
        entered, leave = asyncio.Event(), asyncio.Event()

        async def receive(one):
            entered.set()
            await leave.wait()
            return 200

        fake.webhooks.deliver_to(receive)
        async with fake.async_client() as client:
            making = asyncio.create_task(client.spaces.create(name="North"))
            await entered.wait()
            with pytest.raises(MisuseError, match="await that task first") as caught:
                fake.clock.advance(1)
            refused.append(caught)
            leave.set()
            await making
            fake.clock.advance(1)

    asyncio.run(story())

    assert len(refused) == 1
    assert fake.webhooks[0].state == "delivered"


def test_an_asynchronous_sender_leaves_the_threads_own_loop_alone(fake):
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


@pytest.mark.parametrize("end", [pytest.fail, SystemExit])
def test_a_sender_that_ends_the_test_is_answered_500_over_a_socket(capfd, end):
    def give_up(one):
        raise end("no more") if end is SystemExit else end.Exception("no more")

    with FakeSeam() as fake, fake.serve() as server:
        fake.call("/webhooks/create", {"url": URL, "event_types": ["space.created"]})
        fake.webhooks.deliver_to(give_up)
        with Seam(fake.api_key, endpoint=server.url) as seam:
            with pytest.raises(Exception, match="fakeseam crashed"):
                seam.spaces.create(name="North")

        (attempt,) = fake.webhooks[0].attempts
        assert "no more" in attempt.error
        assert str(fake.webhooks[0]).endswith(f"waiting, 1 attempt, {attempt.error}")
    capfd.readouterr()
