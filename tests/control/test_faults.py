"""Faults: the next requests of a route fail, and those after them succeed."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError

CREATE = "/connect_webviews/create"
LIST = "/connect_webviews/list"


def test_a_fault_hits_one_request(fake, refuse):
    fake.faults.add(CREATE, status=503)

    assert refuse(CREATE).status == 503
    assert fake.call(CREATE)["ok"] is True


def test_a_fault_hits_as_many_requests_as_it_says(fake, refuse):
    fake.faults.add(CREATE, status=503, times=2)

    assert [refuse(CREATE).status for _ in range(2)] == [503, 503]
    assert fake.call(CREATE)["ok"] is True


def test_a_fault_leaves_nothing_behind(fake, refuse):
    fake.faults.add(CREATE, status=500)
    before = fake.snapshot()

    refuse(CREATE)

    assert fake.snapshot() == before


def test_a_fault_hits_its_path_alone(fake, refuse):
    fake.faults.add(CREATE, status=503)

    assert fake.call(LIST)["ok"] is True
    assert refuse(CREATE).status == 503


def test_a_fault_may_be_for_one_method(fake, refuse):
    fake.faults.add(f"GET {LIST}", status=503)

    assert fake.call(LIST)["ok"] is True
    assert refuse(LIST, method="GET").status == 503


def test_a_method_may_be_written_in_small_letters(fake, refuse):
    fake.faults.add(f"get {LIST}", status=503)

    assert refuse(LIST, method="GET").status == 503


def test_a_fault_comes_before_the_credentials_are_looked_at(fake, refuse):
    fake.faults.add(CREATE, status=503)

    assert refuse(CREATE, token="seam_wrong").status == 503
    assert refuse(CREATE, token="seam_wrong").status == 401


def test_faults_of_a_route_are_used_up_in_their_order(fake, refuse):
    fake.faults.add(CREATE, status=503)
    fake.faults.add(CREATE, status=429)

    assert [refuse(CREATE).status for _ in range(2)] == [503, 429]


def test_faults_can_be_cleared(fake):
    fake.faults.add(CREATE, status=503, times=5)

    fake.faults.clear()

    assert fake.call(CREATE)["ok"] is True


def test_a_reset_fake_has_no_faults(fake):
    fake.faults.add(CREATE, status=503)

    fake.reset()

    assert fake.call(CREATE)["ok"] is True


def test_control_calls_are_not_hit(fake, refuse):
    fake.faults.add(CREATE, status=503)

    fake.connect_account()

    assert refuse(CREATE).status == 503


@pytest.mark.parametrize(
    ("route", "how", "words"),
    [
        ("/connect_webview/get", {}, "no endpoint matches '/connect_webview/get'; nearest:"),
        ("/_fakeseam/connect_account", {}, "no endpoint matches '/_fakeseam/connect_account'; "),
        (f"FETCH {CREATE}", {}, "takes no 'FETCH', only POST"),
        (CREATE, {"status": 200}, "status=200: a fault is an HTTP error, 400 to 599"),
        (CREATE, {"status": 600}, "status=600: a fault is an HTTP error, 400 to 599"),
        (CREATE, {"status": "503"}, 'Expected number, received string for "status"'),
        (CREATE, {"times": 0}, 'Number must be greater than 0 for "times"'),
        (CREATE, {"retry_after": -1}, 'for "retry_after"'),
        ("", {}, "no endpoint matches ''; `fakeseam endpoints` lists those that there are"),
    ],
)
def test_a_fault_that_can_never_happen_is_refused(route, how, words):
    fake = FakeSeam(now="2026-01-01T00:00:00Z")

    with pytest.raises(MisuseError) as caught:
        fake.faults.add(route, **{"status": 503, **how})

    assert words in str(caught.value)
    assert fake.call(CREATE)["ok"] is True
