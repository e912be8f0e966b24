"""The app during an outage of Seam, or of the network."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from conftest import User
from seam import AsyncSeam

from fakeseam import FakeSeam

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_the_user_does_not_notice_a_short_outage(
    ann: User, fakeseam: FakeSeam, pauses: list[float], status: int
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=status, times=2)

    response = await ann.post("/connections")

    assert response.status_code == 201
    assert pauses == [0.5, 1]
    fakeseam.requests.assert_called("/connect_webviews/create", times=3)


async def test_the_pause_is_the_retry_after_of_seam(
    ann: User, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, retry_after=7)

    assert (await ann.post("/connections")).status_code == 201
    assert pauses == [7]


async def test_the_user_does_not_wait_for_an_hour(
    ann: User, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, retry_after=3600)

    response = await ann.post("/connections")

    assert (response.status_code, pauses) == (503, [])
    assert response.json() == {"detail": "Seam cannot be reached at the moment"}


async def test_the_app_gives_up_after_four_tries(ann: User, fakeseam: FakeSeam) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, times=9)

    assert (await ann.post("/connections")).status_code == 503
    fakeseam.requests.assert_called("/connect_webviews/create", times=4)


async def test_the_app_does_not_retry_its_own_mistake(
    ann: User, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=400)

    with pytest.raises(httpx.HTTPStatusError, match="400"):
        await ann.post("/connections")
    assert pauses == []


async def test_the_sdk_itself_retries_reads(
    ann: User, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connected_accounts/list", status=503, times=2)
    began = fakeseam.clock.now

    assert (await ann.post("/accounts/refresh")).status_code == 200
    assert pauses == []
    fakeseam.requests.assert_called("/connected_accounts/list", times=3)
    assert fakeseam.clock.now > began


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"kind": "reset"}, {"kind": "timeout"}, {"kind": "garbage"}]
)
async def test_a_webview_is_found_if_the_response_was_lost(
    ann: User,
    fakeseam: FakeSeam,
    fakeseam_async_client: AsyncSeam,
    pauses: list[float],
    fault: dict[str, Any],
) -> None:
    fakeseam.faults.add("/connect_webviews/create", when="after", **fault)

    response = await ann.post("/connections")

    (only,) = await fakeseam_async_client.connect_webviews.list()
    assert response.json()["url"] == only.url
    assert pauses == [0.5]
