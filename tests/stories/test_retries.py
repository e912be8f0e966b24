"""Outages of Seam, and the retries of the official SDK."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from seam import Seam, SeamHttpApiError

from fakeseam import FakeSeam

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
ROUTE = "GET /connected_accounts/list"


@pytest.fixture
def fail_twice(fake):
    fake.faults.add(ROUTE, status=503, times=2)


async def list_accounts(fake):
    async with fake.async_client() as seam:
        return await seam.connected_accounts.list()


@pytest.mark.usefixtures("fail_twice")
def test_a_read_succeeds_after_two_outages(fake):
    with fake.client() as seam:
        assert seam.connected_accounts.list() == []

    assert [request.status for request in fake.requests.filter(ROUTE)] == [503, 503, 200]


@pytest.mark.usefixtures("fail_twice")
def test_an_asynchronous_read_succeeds_after_two_outages(fake):
    assert asyncio.run(list_accounts(fake)) == []

    assert [request.status for request in fake.requests.filter(ROUTE)] == [503, 503, 200]


@pytest.mark.usefixtures("fail_twice")
def test_a_read_over_a_socket_succeeds_after_two_outages(fake):
    with fake.serve() as server, Seam(fake.api_key, endpoint=server.url) as seam:
        assert seam.connected_accounts.list() == []

    assert [request.status for request in fake.requests.filter(ROUTE)] == [503, 503, 200]


def test_a_read_gives_up_after_three_outages(fake):
    fake.faults.add(ROUTE, status=503, times=3)

    with fake.client() as seam, pytest.raises(httpx.HTTPStatusError) as outage:
        seam.connected_accounts.list()

    assert outage.value.response.status_code == 503
    fake.requests.assert_called(ROUTE, times=3)


def test_the_pauses_of_retry_after_are_taken_on_the_fakes_clock(fake):
    fake.faults.add(ROUTE, status=503, times=2, retry_after=60)

    with fake.client() as seam:
        seam.connected_accounts.list()

    assert fake.clock.now == NOON + timedelta(minutes=2)


def test_the_pauses_of_the_asynchronous_sdk_are_taken_on_the_fakes_clock(fake):
    fake.faults.add(ROUTE, status=503, times=2, retry_after=60)

    asyncio.run(list_accounts(fake))

    assert fake.clock.now == NOON + timedelta(minutes=2)


@pytest.mark.usefixtures("fail_twice")
def test_the_sdks_own_pauses_are_taken_on_the_fakes_clock(fake):
    with fake.client() as seam:
        seam.connected_accounts.list()

    passed = fake.clock.now - NOON
    assert timedelta(seconds=0.6) <= passed <= timedelta(seconds=0.72)


def test_retries_take_the_same_time_in_every_run():
    def run():
        fake = FakeSeam(now="2026-01-01T00:00:00Z")
        fake.faults.add("GET /connect_webviews/list", status=503, times=2)
        with fake.client() as seam:
            seam.connect_webviews.list()
        return json.dumps(fake.call("/connect_webviews/create"))

    assert len({run() for _ in range(5)}) == 1


def test_a_read_that_succeeds_takes_no_time(fake):
    with fake.client() as seam:
        seam.connected_accounts.list()

    assert fake.clock.now == NOON


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_post_is_never_retried(fake, seam, status):
    fake.faults.add("POST /connect_webviews/create", status=status)

    with pytest.raises((httpx.HTTPStatusError, SeamHttpApiError)):
        seam.connect_webviews.create()

    fake.requests.assert_called("POST /connect_webviews/create", times=1)


def test_a_patch_is_never_retried(fake, seam):
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add("PATCH /connected_accounts/update", status=503)

    with pytest.raises(httpx.HTTPStatusError):
        seam.connected_accounts.update(connected_account_id=account_id, custom_metadata={})

    fake.requests.assert_called("PATCH /connected_accounts/update", times=1)


def test_a_request_that_failed_has_changed_nothing(fake, seam):
    account_id = fake.connect_account(custom_metadata={"a": "1"})["connected_account_id"]
    fake.faults.add("PATCH /connected_accounts/update", status=503)

    with pytest.raises(httpx.HTTPStatusError):
        seam.connected_accounts.update(connected_account_id=account_id, custom_metadata={})

    found = seam.connected_accounts.get(connected_account_id=account_id)
    assert found.custom_metadata == {"a": "1"}


def test_a_deletion_is_retried_and_executed_once(fake):
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add("DELETE /connected_accounts/delete", status=503, times=2)

    with fake.client() as seam:
        seam.connected_accounts.delete(connected_account_id=account_id)

    assert len(fake.events.filter("connected_account.deleted")) == 1


def test_too_many_requests_are_an_error_of_seams_shape(fake, seam):
    fake.faults.add("POST /connect_webviews/create", status=429, retry_after=1)

    with pytest.raises(SeamHttpApiError) as refusal:
        seam.connect_webviews.create()

    assert (refusal.value.status_code, refusal.value.code) == (429, "rate_limited")


def test_faults_without_a_hit_can_be_cleared(fake, seam):
    fake.faults.add("POST /connect_webviews/create", status=503, times=9)

    fake.faults.clear()

    assert seam.connect_webviews.create().status == "pending"
