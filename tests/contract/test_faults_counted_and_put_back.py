"""Faults: what they leave in the journal, whom a list names, and what a failed load undoes."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, BrokenAnswer, MisuseError

WEBVIEWS = "/connect_webviews/list"
CREATE = "/connect_webviews/create"
DELETE_DATA = "/customers/delete_data"


def fail(fake):
    """A load that is given up."""
    raise ZeroDivisionError


def status_of(fake, path=WEBVIEWS, params=None):
    try:
        fake.call(path, params)
    except ApiError as refusal:
        return refusal.status
    return 200


# In the journal


@pytest.mark.parametrize(
    ("kind", "status"), [("reset", None), ("timeout", None), ("garbage", 200), ("truncated", 400)]
)
def test_the_journal_tells_which_status_a_broken_refusal_came_with(fake, kind, status):
    """Garbage comes with a 200 of whatever stands in between; half an answer has its own."""
    fake.faults.add(CREATE, kind=kind, when="after")

    with pytest.raises(BrokenAnswer):
        fake.call(CREATE, {"provider_category": "no such"})

    (request,) = fake.requests
    assert (request.status, request.error) == (status, "invalid_input")


# By resource


def test_a_customer_named_in_a_list_is_hit(fake):
    fake.faults.add(resource="c1", status=503, probability=1)

    assert status_of(fake, DELETE_DATA, {"customer_keys": ["c0", "c1"]}) == 503
    assert status_of(fake, DELETE_DATA, {"customer_keys": ["c0"]}) == 200


# Of no latency


def test_no_latency_at_all_may_be_said_of_an_answer_that_never_comes(fake):
    fault = fake.faults.add(CREATE, kind="timeout", latency=0)

    with pytest.raises(BrokenAnswer, match="timeout"):
        fake.call(CREATE)

    assert fault.struck == 1


# After a load that failed


def test_a_fault_that_was_used_up_stays_so_after_a_failed_load(fake):
    fault = fake.faults.add(WEBVIEWS, status=503)
    assert status_of(fake) == 503

    with pytest.raises(ZeroDivisionError):
        fake.load(fail)

    assert (status_of(fake), fault.struck) == (200, 1)


def test_a_fault_that_was_removed_stays_so_after_a_failed_load(fake):
    fake.faults.add(WEBVIEWS, status=503, probability=1).remove()

    with pytest.raises(ZeroDivisionError):
        fake.load(fail)

    assert status_of(fake) == 200


def test_what_a_failed_load_struck_counts_for_nothing(fake):
    fault = fake.faults.add(WEBVIEWS, status=503, times=2)

    def struck(fake):
        assert status_of(fake) == 503
        fail(fake)

    with pytest.raises(ZeroDivisionError):
        fake.load(struck)

    assert fault.struck == 0
    assert [status_of(fake) for _ in range(3)] == [503, 503, 200]
    assert fault.struck == 2


def test_what_a_failed_load_met_counts_for_nothing(fake):
    fake.faults.add(WEBVIEWS, status=503, after=1)

    def met(fake):
        assert status_of(fake) == 200
        fail(fake)

    with pytest.raises(ZeroDivisionError):
        fake.load(met)

    assert [status_of(fake) for _ in range(3)] == [200, 503, 200]


def test_a_fault_that_a_failed_load_removed_is_there_again(fake):
    fake.faults.add(WEBVIEWS, status=503)

    def removed(fake):
        fake.faults.clear()
        fail(fake)

    with pytest.raises(ZeroDivisionError):
        fake.load(removed)

    assert [status_of(fake) for _ in range(2)] == [503, 200]


# Steps that are hit


@pytest.mark.parametrize("kind", ["reset", "timeout", "garbage", "truncated"])
def test_a_step_whose_answer_breaks_is_told(fake, kind):
    fake.faults.add(CREATE, kind=kind, when="after")
    seed = {"fakeseam_seed": 1, "steps": [{CREATE: {}}]}

    with pytest.raises(MisuseError) as caught:
        fake.load(seed)

    told = f"what is to be loaded, step 1, {CREATE}: a planned fault: {kind}"
    assert str(caught.value) == told
    assert fake.call(WEBVIEWS)["connect_webviews"] == []
