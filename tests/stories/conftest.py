"""The same story run four ways: with both official SDKs, in process and over a socket."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from contextlib import ExitStack

import pytest
import time_machine
from seam import AsyncSeam, Seam, SeamHttpApiError, SeamWebhook

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"

# Created once: httpx would read all authorities for each client, though the URLs are plain HTTP.
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

# asynchronous, over a socket
WAYS = {
    "in process": (False, False),
    "over a socket": (False, True),
    "async in process": (True, False),
    "async over a socket": (True, True),
}


class Synchronous:
    """An object of the asynchronous SDK whose calls are awaited immediately."""

    def __init__(self, thing, run):
        self._thing = thing
        self._run = run

    def __getattr__(self, name):
        return Synchronous(getattr(self._thing, name), self._run)

    def __call__(self, *args, **params):
        own = [one._thing if isinstance(one, Synchronous) else one for one in args]
        found = self._thing(*own, **params)
        if inspect.isawaitable(found):
            return self._run(found)
        if inspect.isasyncgen(found):
            return self._run(collect(found))
        return Synchronous(found, self._run)


async def collect(items):
    return [item async for item in items]


def credentials(fake, token, workspace):
    """The SDK's arguments for a token."""
    if token is not None and token.startswith("seam_at"):
        return {"personal_access_token": token, "workspace_id": workspace or fake.workspace_id}
    return {"api_key": token or fake.api_key}


@pytest.fixture
def rules():
    """The rules of the fake; a test parametrizes this to change one."""
    return {}


@pytest.fixture
def fake(rules):
    """A fake with a webhook for all events: each arrives once, with a valid signature."""
    with FakeSeam(now=NOON, **rules) as fake:
        received = []
        fake.webhooks.deliver_to(lambda delivery: received.append(delivery) or 204)
        created = fake.call("/webhooks/create", {"url": "https://app.example.com/seam"})
        secret = created["webhook"]["secret"]
        yield fake
        own = [event for event in fake.events if event["workspace_id"] == fake.workspace_id]
        # A reset of the sandbox deletes the earlier events.
        assert [delivery.event for delivery in received][len(received) - len(own):] == own
        assert [verified(secret, delivery) for delivery in received] == [
            delivery.event["event_id"] for delivery in received
        ]


def verified(secret, delivery):
    """The id of the event that the SDK verifies, at the time of its signature."""
    with time_machine.travel(int(delivery.headers["svix-timestamp"]), tick=False):
        return SeamWebhook(secret).verify(delivery.body, delivery.headers).event_id


@pytest.fixture(params=WAYS.values(), ids=WAYS.keys())
def connect(request, fake):
    """Opens the SDK with the fake's key or another token."""
    asynchronous, live = request.param
    with ExitStack() as stack:
        endpoint = stack.enter_context(fake.serve()).url if live else None
        run = stack.enter_context(asyncio.Runner()).run if asynchronous else None

        def connect(token=None, workspace=None):
            if live:
                sdk = AsyncSeam if asynchronous else Seam
                made = sdk(
                    **credentials(fake, token, workspace),
                    endpoint=endpoint,
                    httpx_options={"verify": NO_AUTHORITIES},
                )
            else:
                made = (fake.async_client if asynchronous else fake.client)(token, workspace)
            if not asynchronous:
                return stack.enter_context(made)
            stack.callback(lambda: run(made.close()))
            return Synchronous(made, run)

        yield connect


@pytest.fixture
def seam(connect):
    """The SDK with the fake's key."""
    return connect()


@pytest.fixture
def seam_in_process(fake):
    """The SDK with the fake's key, in process only: for the rows of a table."""
    with fake.client() as seam:
        yield seam


@pytest.fixture
def give_devices_metadata(seam):
    """Writes metadata to the devices, the oldest first."""

    def give(*metadata):
        for device, given in zip(seam.devices.list(), metadata, strict=True):
            seam.devices.update(device_id=device.device_id, custom_metadata=given)

    return give


@pytest.fixture
def event_types(seam):
    """The types of the events so far, oldest first, as the app reads them."""
    return lambda: [event.event_type for event in seam.events.list(since="2000-01-01")]


@pytest.fixture
def locks_of(fake, seam):
    """Connects Jane's account at a provider; returns the ids of its two locks."""

    def locks_of(provider):
        account = fake.connect_account(provider, "jane@example.com")
        account_id = account["connected_account_id"]
        devices = seam.devices.list(connected_account_id=account_id)
        return [device.device_id for device in devices]

    return locks_of


@pytest.fixture
def lock(locks_of):
    """The id of an August lock."""
    front, _ = locks_of("august")
    return front


@pytest.fixture
def get_code(seam):
    """Returns an access code as the app reads it now."""
    return lambda access_code_id: seam.access_codes.get(access_code_id=access_code_id)


@pytest.fixture
def code_events(seam):
    """The types of the events of an access code so far, without ``access_code.``."""

    def code_events(access_code_id):
        events = seam.events.list(since="2000-01-01", access_code_id=access_code_id)
        return [event.event_type.removeprefix("access_code.") for event in events]

    return code_events


@pytest.fixture
def refusal():
    """Returns the error of a call that Seam refuses."""

    def refusal(call, **params):
        with pytest.raises(SeamHttpApiError) as refused:
            call(**params)
        return refused.value

    return refusal
