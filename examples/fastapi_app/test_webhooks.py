"""Webhooks from Seam, and forged ones."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from conftest import Outage, User
from seam import AsyncSeam

from fakeseam import FakeSeam

pytestmark = pytest.mark.anyio


async def test_an_event_that_seam_did_not_sign_is_refused(
    web: httpx.AsyncClient, ann: User, fakeseam: FakeSeam
) -> None:
    await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
    real = fakeseam.webhooks.assert_sent("connected_account.created")
    forged = real.body.replace('"ann"', '"eve"')

    response = await web.post("/webhooks/seam", content=forged, headers=real.headers)

    assert response.status_code == 400
    assert len((await ann.get("/accounts")).json()) == 1


async def test_a_repeated_event_is_handled_once(
    web: httpx.AsyncClient, ann: User, fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam
) -> None:
    account = await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
    sent = fakeseam.webhooks.assert_sent("connected_account.created")
    await fakeseam_async_client.connected_accounts.delete(
        connected_account_id=account["connected_account_id"]
    )
    requests = len(fakeseam.requests)

    response = await web.post("/webhooks/seam", content=sent.body, headers=sent.headers)

    assert response.status_code == 204
    assert (await ann.get("/accounts")).json() == []
    assert len(fakeseam.requests) == requests


async def test_events_of_an_outage_arrive_later(
    ann: User, fakeseam: FakeSeam, outage: Outage
) -> None:
    with outage():
        await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
    assert (await ann.get("/accounts")).json() == []

    await fakeseam.aio.clock.advance(timedelta(seconds=5))

    assert len((await ann.get("/accounts")).json()) == 1
    assert {one.state for one in fakeseam.webhooks} == {"delivered"}


async def test_refreshing_finds_what_was_missed(
    ann: User, fakeseam: FakeSeam, outage: Outage
) -> None:
    with outage():
        account = await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
        await fakeseam.aio.disconnect_account(account)

        response = await ann.post("/accounts/refresh")

    assert [one["needs_reconnecting"] for one in response.json()] == [True]


async def test_an_outdated_event_changes_nothing(
    ann: User, fakeseam: FakeSeam, outage: Outage
) -> None:
    account = await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
    with outage():
        await fakeseam.aio.disconnect_account(account)
    await fakeseam.aio.reconnect_account(account)

    await fakeseam.aio.clock.advance(timedelta(seconds=5))

    (late,) = fakeseam.webhooks.filter("connected_account.disconnected")
    assert late.state == "delivered"
    (account_shown,) = (await ann.get("/accounts")).json()
    assert account_shown["needs_reconnecting"] is False


async def test_an_event_of_a_deleted_account_changes_nothing(
    ann: User, fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam, outage: Outage
) -> None:
    with outage():
        account = await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
        await fakeseam_async_client.connected_accounts.delete(
            connected_account_id=account["connected_account_id"]
        )

    await fakeseam.aio.clock.advance(timedelta(minutes=10))

    assert {one.state for one in fakeseam.webhooks} == {"delivered"}
    assert (await ann.get("/accounts")).json() == []


async def test_an_event_is_sent_again_if_the_app_cannot_reach_seam(
    ann: User, fakeseam: FakeSeam
) -> None:
    fakeseam.faults.add("/connected_accounts/get", status=503, times=6)
    await fakeseam.aio.connect_account(custom_metadata={"user_id": "ann"})
    assert (await ann.get("/accounts")).json() == []

    await fakeseam.aio.clock.advance(timedelta(seconds=5))

    assert len((await ann.get("/accounts")).json()) == 1
