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

from fakeseam import FakeSeam

Outage: TypeAlias = Callable[[], AbstractContextManager[None]]

# The events that the app handles, as they are chosen in Seam's console.
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
    """The pauses between tries, in seconds."""
    return []


@pytest.fixture
async def web(
    fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam, pauses: list[float]
) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client for the app, which also receives webhooks."""
    webhook = await fakeseam_async_client.webhooks.create(
        url="https://warmkeep.example.com/webhooks/seam", event_types=EVENT_TYPES
    )
    store = Store()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await fakeseam.aio.clock.advance(seconds)

    app.dependency_overrides = {
        get_seam: lambda: fakeseam_async_client,
        get_sleep: lambda: sleep,
        get_store: lambda: store,
        get_webhook_secret: lambda: webhook.secret,
    }
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://warmkeep.test") as client:
        fakeseam.webhooks.deliver_to(client)
        yield client
    app.dependency_overrides = {}


@pytest.fixture
def outage(fakeseam: FakeSeam) -> Outage:
    """Inside ``with outage():`` webhooks do not reach the app, as during a deployment."""

    @contextmanager
    def block() -> Iterator[None]:
        with fakeseam.webhooks.deliver_to(lambda delivery: 503):
            yield

    return block


class User:
    """The front end of one user."""

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
