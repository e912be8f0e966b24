"""What the app does with what Seam sends, and with what somebody else does."""

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
    fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    real = fakeseam.webhooks.assert_sent("connected_account.created")
    forged = real.body.replace('"ann"', '"eve"')

    answer = await web.post("/webhooks/seam", content=forged, headers=real.headers)

    assert answer.status_code == 400
    assert len((await ann.get("/accounts")).json()) == 1


async def test_an_event_that_comes_twice_is_heard_once(
    web: httpx.AsyncClient, ann: User, fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam
) -> None:
    account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    sent = fakeseam.webhooks.assert_sent("connected_account.created")
    await fakeseam_async_client.connected_accounts.delete(
        connected_account_id=account["connected_account_id"]
    )
    asked = len(fakeseam.requests)

    answer = await web.post("/webhooks/seam", content=sent.body, headers=sent.headers)

    assert answer.status_code == 204
    assert (await ann.get("/accounts")).json() == []
    assert len(fakeseam.requests) == asked


async def test_what_was_missed_in_an_outage_comes_later(
    ann: User, fakeseam: FakeSeam, outage: Outage
) -> None:
    with outage():
        fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    assert (await ann.get("/accounts")).json() == []

    fakeseam.clock.advance(timedelta(seconds=5))

    assert len((await ann.get("/accounts")).json()) == 1
    assert {one.state for one in fakeseam.webhooks} == {"delivered"}


async def test_what_was_missed_can_be_asked_for(
    ann: User, fakeseam: FakeSeam, outage: Outage
) -> None:
    with outage():
        fakeseam.disconnect_account(fakeseam.connect_account(custom_metadata={"user_id": "ann"}))

        answer = await ann.post("/accounts/refresh")

    assert [one["needs_reconnecting"] for one in answer.json()] == [True]


async def test_old_news_changes_nothing(ann: User, fakeseam: FakeSeam, outage: Outage) -> None:
    account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    with outage():
        fakeseam.disconnect_account(account)
    fakeseam.reconnect_account(account)

    fakeseam.clock.advance(timedelta(seconds=5))

    (late,) = fakeseam.webhooks.filter("connected_account.disconnected")
    assert late.state == "delivered"
    (kept,) = (await ann.get("/accounts")).json()
    assert kept["needs_reconnecting"] is False


async def test_news_of_an_account_that_is_gone_changes_nothing(
    ann: User, fakeseam: FakeSeam, fakeseam_async_client: AsyncSeam, outage: Outage
) -> None:
    with outage():
        account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})
        await fakeseam_async_client.connected_accounts.delete(
            connected_account_id=account["connected_account_id"]
        )

    fakeseam.clock.advance(timedelta(minutes=10))

    assert {one.state for one in fakeseam.webhooks} == {"delivered"}
    assert (await ann.get("/accounts")).json() == []


async def test_an_event_that_seam_cannot_be_asked_about_comes_again(
    ann: User, fakeseam: FakeSeam
) -> None:
    fakeseam.faults.add("/connected_accounts/get", status=503, times=6)
    fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    assert (await ann.get("/accounts")).json() == []

    fakeseam.clock.advance(timedelta(seconds=5))

    assert len((await ann.get("/accounts")).json()) == 1
