"""Seam's limits of requests for one device in a minute, by the rule ``rate_limits``."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z", rate_limits=True) as fake:
        fake.connect_account("august")
        yield fake


@pytest.fixture
def locks(fake):
    return [device["device_id"] for device in fake.call("/devices/list")["devices"]]


def accepted(call, most):
    """How many calls are accepted of one more than ``most``."""
    count = 0
    for _ in range(most + 1):
        try:
            call()
        except ApiError as refusal:
            assert (refusal.status, refusal.type) == (429, "rate_limited")
            assert refusal.headers == {"Retry-After": "60"}  # the minute has just begun
            continue
        count += 1
    return count


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/locks/lock_door", 15), ("/locks/unlock_door", 15), ("/access_codes/create", 10)],
)
def test_a_device_takes_so_many_requests_in_a_minute(fake, locks, path, limit):
    first, second = locks

    assert accepted(lambda: fake.call(path, {"device_id": first}), limit) == limit
    assert fake.call(path, {"device_id": second})["ok"] is True
    fake.clock.advance(60)
    assert fake.call(path, {"device_id": first})["ok"] is True


def test_updates_and_deletions_have_limits_of_their_own(fake, locks):
    code = fake.call("/access_codes/create", {"device_id": locks[0]})["access_code"]
    by_id = {"access_code_id": code["access_code_id"]}

    assert accepted(lambda: fake.call("/access_codes/update", by_id), 10) == 10
    fake.call("/devices/simulate/disconnect", {"device_id": locks[0]})
    assert accepted(lambda: fake.call("/access_codes/delete", by_id), 20) == 20


def test_without_the_rule_there_are_no_limits():
    with FakeSeam() as fake:
        fake.connect_account("august")
        lock = fake.call("/devices/list")["devices"][0]["device_id"]
        for _ in range(30):
            fake.call("/access_codes/create", {"device_id": lock})
