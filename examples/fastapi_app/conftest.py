from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

import httpx
import pytest
from app import app, get_seam, get_store, get_webhook_secret
from opening import get_sleep
from seam import AsyncSeam
from store import Store

from fakeseam import FakeSeam, WebhookDelivery

Outage: TypeAlias = Callable[[], AbstractContextManager[None]]

# What the app is to hear of; Seam's console has a list to choose from.
EVENT_TYPES = [
    "connect_webview.login_failed",
    "connect_webview.login_succeeded",
    "connected_account.connected",
    "connected_account.created",
    "connected_account.deleted",
    "connected_account.disconnected",
]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def pauses() -> list[float]:
    """The pauses between tries."""
    return []


@pytest.fixture
async def web(
    fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam, pauses: list[float]
) -> AsyncIterator[httpx.AsyncClient]:
    """The internet as the app knows it: users, and the webhooks that come in."""
    webhook = await fakeseam_async_client.webhooks.create(
        url="https://warmkeep.example.com/webhooks/seam", event_types=EVENT_TYPES
    )
    store = Store()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        fakeseam.clock.advance(seconds)

    app.dependency_overrides = {
        get_seam: lambda: fakeseam_async_client,
        get_sleep: lambda: sleep,
        get_store: lambda: store,
        get_webhook_secret: lambda: webhook.secret,
    }
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://warmkeep.test") as client:
        deliver(fakeseam, client)
        yield client
    app.dependency_overrides = {}


def deliver(fakeseam: FakeSeam, web: httpx.AsyncClient) -> None:
    """From now on the app gets the webhooks."""

    async def send(delivery: WebhookDelivery) -> httpx.Response:
        return await web.post("/webhooks/seam", content=delivery.body, headers=delivery.headers)

    fakeseam.webhooks.deliver_to(send)


@pytest.fixture
def outage(fakeseam: FakeSeam, web: httpx.AsyncClient) -> Outage:
    """``with outage():`` the app cannot be reached by webhooks, as while it is deployed."""

    @contextmanager
    def until_the_end_of_the_block() -> Iterator[None]:
        fakeseam.webhooks.deliver_to(lambda delivery: 503)
        try:
            yield
        finally:
            deliver(fakeseam, web)

    return until_the_end_of_the_block


class User:
    """A user of the app's, as its front end."""

    def __init__(self, web: httpx.AsyncClient, user_id: str) -> None:
        self.web = web
        self.headers = {"X-User-Id": user_id}

    async def get(self, path: str) -> httpx.Response:
        return await self.web.get(path, headers=self.headers)

    async def post(self, path: str) -> httpx.Response:
        return await self.web.post(path, headers=self.headers)


@pytest.fixture
def ann(web: httpx.AsyncClient) -> User:
    return User(web, "ann")


@pytest.fixture
def bob(web: httpx.AsyncClient) -> User:
    return User(web, "bob")
