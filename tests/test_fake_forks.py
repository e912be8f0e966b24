"""A child made by ``os.fork``: its copy of a fake refuses everything, and harms nothing."""

from __future__ import annotations

import asyncio
import threading
import urllib.request
from contextlib import contextmanager

import httpx
import pytest

from fakeseam import FakeSeam
from tests.forks import a_child, forks, in_child

pytestmark = forks

REFUSED = "MisuseError: This fake lives in the parent process"
CALLS = {
    "call": lambda fake: fake.call("/devices/list"),
    "an unknown path": lambda fake: fake.call("/devices/lst"),
    "control method": lambda fake: fake.connect_account(),
    "client": lambda fake: fake.client(),
    "async_client": lambda fake: fake.async_client(),
    "events": lambda fake: list(fake.events),
    "requests": lambda fake: len(fake.requests),
    "webhooks": lambda fake: fake.webhooks[-1:],
    "wait_for": lambda fake: fake.events.wait_for("device.added"),
    "timeline": lambda fake: fake.timeline(),
    "advance": lambda fake: fake.clock.advance(60),
    "aio": lambda fake: asyncio.run(fake.aio.connect_account()),
    "aio settle": lambda fake: asyncio.run(fake.aio.webhooks.settle()),
    "settle": lambda fake: fake.webhooks.settle(),
    "snapshot": lambda fake: fake.snapshot(),
    "reset": lambda fake: fake.reset(),
    "deliver_to": lambda fake: fake.webhooks.deliver_to(print),
    "serve": lambda fake: fake.serve().__enter__(),
    "environment": lambda fake: fake.environment().__enter__(),
}


@contextmanager
def everything_locked(fake):
    """Another thread holds the fake's locks, and does not exist in a child."""
    held, end = threading.Event(), threading.Event()

    def hold():
        engine = fake._engine
        in_flight = engine.webhook_dispatcher._in_flight
        with engine.request_dispatcher.locked(), engine.notifier._changed, in_flight.locked():
            held.set()
            end.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    try:
        yield
    finally:
        end.set()
        thread.join()


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_in_a_child_it_is_refused_at_once(fake, hook, call):
    hook()
    fake.webhooks.deliver_to(lambda one: 200)
    thread = threading.Thread(target=fake.connect_account)
    thread.start()
    thread.join()  # its deliveries wait for this thread
    with everything_locked(fake):
        assert in_child(lambda: call(fake)).startswith(REFUSED)


def test_a_client_that_the_parent_made_is_refused_too(fake):
    with fake.client() as seam:
        assert in_child(seam.devices.list).startswith(REFUSED)


def test_closing_is_harmless_in_a_child(fake):
    with everything_locked(fake):
        assert in_child(fake.close) == "None"

    fake.connect_account()


def test_leaving_a_strict_fake_is_harmless_in_a_child():
    with FakeSeam(strict=True) as fake:
        fake.call("/devices/list", {"colour": "red"})
        assert in_child(lambda: fake.__exit__(None, None, None)) == "None"
        fake.reset()


def test_leaving_a_server_is_harmless_in_a_child(fake):
    serving = fake.serve()
    with serving as server:
        with everything_locked(fake):
            assert in_child(lambda: serving.__exit__(None, None, None)) == "False"

        with urllib.request.urlopen(f"{server.url}/health") as response:
            assert response.status == 200


def test_a_server_ends_for_its_clients_though_a_child_lives_on(fake):
    with httpx.Client(timeout=10) as client:
        with fake.serve() as server:
            url = f"{server.url}/health"
            assert client.get(url).status_code == 200
            child = a_child()
            child.__enter__()
        with pytest.raises(httpx.TransportError) as kept:
            client.get(url)
        with pytest.raises(httpx.ConnectError):
            httpx.get(url, timeout=10)
        with fake.serve(port=server.port):
            assert httpx.get(url, timeout=10).status_code == 200
        child.__exit__(None, None, None)
    assert not isinstance(kept.value, httpx.TimeoutException)


def test_a_fake_that_the_child_makes_works_there(fake):
    def use():
        with FakeSeam() as own:
            return len(own.call("/connect_webviews/list")["connect_webviews"])

    assert in_child(use) == "0"
