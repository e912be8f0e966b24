"""Faults after a load that failed: what it hit does not count, what it removed is restored."""

from __future__ import annotations

import pytest

from fakeseam import ApiError

WEBVIEWS = "/connect_webviews/list"


def fail(fake):
    """A load that fails."""
    raise ZeroDivisionError


def status_of(fake, path=WEBVIEWS, params=None):
    try:
        fake.call(path, params)
    except ApiError as refusal:
        return refusal.status
    return 200


def test_a_fault_that_was_used_up_stays_so_after_a_failed_load(fake):
    fault = fake.faults.add(WEBVIEWS, status=503)
    assert status_of(fake) == 503

    with pytest.raises(ZeroDivisionError):
        fake.load(fail)

    assert (status_of(fake), fault.hits) == (200, 1)


def test_a_fault_that_was_removed_stays_so_after_a_failed_load(fake):
    fake.faults.add(WEBVIEWS, status=503, probability=1).remove()

    with pytest.raises(ZeroDivisionError):
        fake.load(fail)

    assert status_of(fake) == 200


def test_hits_in_a_failed_load_do_not_count(fake):
    fault = fake.faults.add(WEBVIEWS, status=503, times=2)

    def hit(fake):
        assert status_of(fake) == 503
        fail(fake)

    with pytest.raises(ZeroDivisionError):
        fake.load(hit)

    assert fault.hits == 0
    assert [status_of(fake) for _ in range(3)] == [503, 503, 200]
    assert fault.hits == 2


def test_requests_matched_in_a_failed_load_do_not_count(fake):
    fake.faults.add(WEBVIEWS, status=503, after=1)

    def match(fake):
        assert status_of(fake) == 200
        fail(fake)

    with pytest.raises(ZeroDivisionError):
        fake.load(match)

    assert [status_of(fake) for _ in range(3)] == [200, 503, 200]


def test_a_fault_that_a_failed_load_removed_is_restored(fake):
    fake.faults.add(WEBVIEWS, status=503)

    def removed(fake):
        fake.faults.clear()
        fail(fake)

    with pytest.raises(ZeroDivisionError):
        fake.load(removed)

    assert [status_of(fake) for _ in range(2)] == [503, 200]
