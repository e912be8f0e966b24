"""Faults: their handles, their list, and those that can never hit."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError

CREATE = "/connect_webviews/create"
WEBVIEWS = "/connect_webviews/list"


def test_a_fault_counts_its_hits(fake, refuse):
    fault = fake.faults.add(WEBVIEWS, status=503, times=2)
    assert fault.hits == 0

    refuse(WEBVIEWS)
    assert fault.hits == 1

    refuse(WEBVIEWS)
    fake.call(WEBVIEWS)
    assert fault.hits == 2


def test_a_request_that_is_spared_is_no_hit(fake):
    fault = fake.faults.add(WEBVIEWS, status=503, after=3)

    fake.call(WEBVIEWS)

    assert fault.hits == 0


def test_a_fault_that_is_removed_hits_nothing_more(fake, refuse):
    fault = fake.faults.add(WEBVIEWS, status=503, probability=1)
    refuse(WEBVIEWS)

    fault.remove()

    assert fake.call(WEBVIEWS)["ok"] is True
    assert fault.hits == 1


def test_removing_a_fault_leaves_the_others(fake, refuse):
    first, _ = (fake.faults.add(WEBVIEWS, status=status) for status in (503, 429))

    first.remove()

    assert refuse(WEBVIEWS).status == 429


def test_a_fault_may_be_removed_twice_and_when_it_is_used_up(fake, refuse):
    fault = fake.faults.add(WEBVIEWS, status=503)
    refuse(WEBVIEWS)

    fault.remove()
    fault.remove()

    assert fault.hits == 1


def test_with_removes_a_fault_at_its_end(fake, refuse):
    with fake.faults.add(WEBVIEWS, status=503, probability=1) as fault:
        assert refuse(WEBVIEWS).status == 503

    assert fake.call(WEBVIEWS)["ok"] is True
    assert fault.hits == 1


def test_with_removes_a_fault_when_the_test_fails(fake):
    with pytest.raises(ZeroDivisionError), fake.faults.add(WEBVIEWS, status=503):
        raise ZeroDivisionError

    assert fake.call(WEBVIEWS)["ok"] is True


def test_faults_have_numbers(fake):
    assert [fake.faults.add(WEBVIEWS, status=503).fault_id for _ in range(3)] == [1, 2, 3]


def test_all_faults_are_listed_also_those_that_are_over(fake, refuse):
    fake.faults.add(WEBVIEWS, status=503)
    fake.faults.add(CREATE, kind="reset")
    refuse(WEBVIEWS)
    fake.faults.clear()

    assert [(fault.fault_id, fault.hits) for fault in fake.faults] == [(1, 1), (2, 0)]


def test_a_fault_says_what_it_is(fake):
    fault = fake.faults.add("GET /devices/*", status=429, latency=2)

    assert repr(fault) == "<fault: 429, 2 s late; 0 hits>"


def test_a_reset_fake_begins_without_faults(fake):
    fake.faults.add(WEBVIEWS, status=503)

    fake.reset()

    assert list(fake.faults) == []


def test_a_handle_from_before_a_reset_does_not_touch_the_faults_after_it(fake, refuse):
    with fake.faults.add(WEBVIEWS, status=503):
        fake.reset()
        fake.faults.add(WEBVIEWS, status=429)

    assert refuse(WEBVIEWS).status == 429


def test_restoring_a_snapshot_leaves_the_faults_alone(fake, refuse):
    snapshot = fake.snapshot()
    fault = fake.faults.add(WEBVIEWS, status=503)

    fake.restore(snapshot)

    assert refuse(WEBVIEWS).status == 503
    assert fault.hits == 1


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"status": 503}, "faults.add() needs a route ('/devices/list', "),
        ({"route": WEBVIEWS}, "faults.add() needs a status (an HTTP error), a kind ("),
        (
            {"route": WEBVIEWS, "latency": 0},
            "faults.add() needs a status (an HTTP error), a kind (",
        ),
        ({"route": WEBVIEWS, "times": 3, "after": 1}, "faults.add() needs a status"),
        (
            {"route": WEBVIEWS, "status": 503, "kind": "reset"},
            "status=503 and kind='reset' exclude each other: add two faults",
        ),
        ({"route": WEBVIEWS, "latency": 1, "retry_after": 3}, "add one, such as status=429"),
        ({"route": WEBVIEWS, "kind": "reset", "retry_after": 3}, "retry_after=3 needs a status"),
        ({"route": WEBVIEWS, "kind": "timeout", "latency": 3}, "no response ever comes"),
        ({"route": WEBVIEWS, "latency": 86_401}, "86400 s, one day; use kind='timeout' for"),
        ({"route": WEBVIEWS, "latency": -1}, 'greater than or equal to 0 for "latency"'),
        ({"route": WEBVIEWS, "latency": float("inf")}, 'for "latency"'),
        ({"route": WEBVIEWS, "kind": "explosion"}, "Expected 'reset' | 'timeout' | 'garbage' |"),
        ({"route": WEBVIEWS, "status": 503, "when": "later"}, "Expected 'before' | 'after'"),
        ({"route": WEBVIEWS, "status": 503, "probability": 0}, "more than 0 and at most 1"),
        ({"route": WEBVIEWS, "status": 503, "probability": 1.1}, "more than 0 and at most 1"),
        ({"route": WEBVIEWS, "status": 503, "after": -1}, 'for "after"'),
        ({"route": WEBVIEWS, "status": 503, "after": 1.5}, 'for "after"'),
        ({"route": "/device/*", "status": 503}, "nearest: /devices/*"),
        ({"route": "/connected_accounts*", "status": 503}, "nearest: /connected_accounts/*"),
        ({"route": "FETCH /devices/*", "status": 503}, "takes no 'FETCH', only "),
        ({"route": "/_fakeseam/*", "status": 503}, "no endpoint matches '/_fakeseam/*'; "),
        ({"route": "/health", "status": 503}, "no endpoint matches '/health'; `fakeseam "),
        ({"route": "/connect_webviews/view", "status": 503}, "no endpoint matches "),
        ({"resource": {"name": "Hall"}, "status": 503}, "has none of event_id, "),
        ({"resource": 7, "status": 503}, "resource=7 has none of event_id, "),
        ({"resource": "", "status": 503}, 'for "resource"'),
    ],
)
def test_a_fault_that_makes_no_sense_says_what_to_do(how, words):
    fake = FakeSeam(now="2026-01-01T00:00:00Z")

    with pytest.raises(MisuseError) as caught:
        fake.faults.add(**how)

    assert words in str(caught.value)
    assert list(fake.faults) == []
