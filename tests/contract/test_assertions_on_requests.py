"""Assertions on what the app asked: what fits, and what is said where nothing does."""

from __future__ import annotations

import re
from unittest.mock import ANY

import pytest

from fakeseam import ApiError, MisuseError

CREATE = "/connect_webviews/create"
LIST = "/devices/list"


@pytest.fixture
def asked(fake):
    """Three requests of an app."""
    fake.call(CREATE, {"custom_metadata": {"user": "u1"}, "provider_category": "stable"})
    fake.call(CREATE, {"custom_metadata": {"user": "u2", "vip": True}})
    fake.call(LIST, {"limit": 2}, method="GET")


# What fits


def test_requests_are_found_by_route_and_parameters(fake, asked):
    find = fake.requests.filter

    assert [one.request_id for one in find()] == ["request1", "request2", "request3"]
    assert [one.request_id for one in find(CREATE)] == ["request1", "request2"]
    assert [one.request_id for one in find(f"post {CREATE}")] == ["request1", "request2"]
    assert find(f"PUT {CREATE}") == []
    assert [one.request_id for one in find(limit=2)] == ["request3"]
    assert [one.request_id for one in find(CREATE, provider_category="stable")] == ["request1"]
    assert [one.request_id for one in find(custom_metadata={"user": "u1"})] == ["request1"]
    assert find(custom_metadata={"user": "u2"}) == []  # there is more in it
    assert find(CREATE, provider_category=None) == []
    assert find(CREATE, custom_metadata={"user": ANY, "vip": True}) == [fake.requests[1]]


def test_the_first_request_that_fits_is_returned(fake, asked):
    assert fake.requests.assert_called(CREATE) == fake.requests[0]
    assert fake.requests.assert_called(CREATE, times=2) == fake.requests[0]
    found = fake.requests.assert_called(LIST, limit=2)
    assert (found.method, found.path, found.params) == ("GET", LIST, {"limit": 2})
    fake.requests.assert_not_called(LIST, limit=3)


def test_a_request_that_was_refused_was_made_all_the_same(fake):
    with pytest.raises(ApiError):
        fake.call(CREATE, {"custom_metadata": {"n": 1}})

    found = fake.requests.assert_called(CREATE, custom_metadata={"n": 1})

    assert (found.status, found.error) == (400, "invalid_input")


@pytest.mark.parametrize("path", ["/locks/lock_door", "/no/such/path"])
def test_a_request_that_leads_nowhere_has_its_parameters(fake, path):
    with pytest.raises(ApiError):
        fake.call(path, {"device_id": "d1"})

    fake.requests.assert_called(path, device_id="d1")


def test_what_was_found_is_a_copy(fake, asked):
    fake.requests.assert_called(CREATE).params["custom_metadata"]["user"] = "changed"
    fake.requests.filter(CREATE)[0].params.clear()

    assert fake.requests[0].params["custom_metadata"] == {"user": "u1"}


# What is said


def test_the_nearest_request_is_shown_as_a_difference(fake, asked, failing):
    assert failing(
        fake.requests.assert_called, f"POST {CREATE}", custom_metadata={"user": "u3", "n": None}
    ) == (
        "POST /connect_webviews/create was not called with"
        " custom_metadata={'user': 'u3', 'n': None}; the nearest of 3 requests:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        '  - custom_metadata.user: "u3"  (wanted)\n'
        '  + custom_metadata.user: "u1"  (request1)\n'
        "  - custom_metadata.n: null  (wanted, not in request1)\n"
        "all of them:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        "  request2: 200 POST /connect_webviews/create\n"
        "  request3: 200 GET /devices/list"
    )


def test_the_nearest_has_most_fields_in_common(fake, asked, failing):
    said = failing(
        fake.requests.assert_called, CREATE, custom_metadata={"user": "u3", "vip": True}
    )

    assert said.splitlines()[1:4] == [
        "  request2: 200 POST /connect_webviews/create",
        '  - custom_metadata.user: "u3"  (wanted)',
        '  + custom_metadata.user: "u2"  (request2)',
    ]


def test_the_route_comes_before_the_fields(fake, asked, failing):
    said = failing(fake.requests.assert_called, "/devices/get", name="x")

    assert said.splitlines()[:4] == [
        "/devices/get was not called with name='x'; the nearest of 3 requests:",
        "  request3: 200 GET /devices/list",
        '  - path: "/devices/get"   (wanted)',
        '  + path: "/devices/list"  (request3)',
    ]


def test_another_method_is_told(fake, failing):
    fake.call(LIST)

    assert failing(fake.requests.assert_called, f"GET {LIST}") == (
        "GET /devices/list was not called; the only request:\n"
        "  request1: 200 POST /devices/list\n"
        '  - method: "GET"   (wanted)\n'
        '  + method: "POST"  (request1)'
    )


def test_where_nothing_was_asked_the_way_to_the_fake_is_told(fake, failing):
    assert failing(fake.requests.assert_called, CREATE) == (
        "/connect_webviews/create was not called; there are no requests\n"
        "does the app ask this fake? fake.client() and fakeseam_env see to that"
    )


def test_too_few_calls_are_told_with_the_nearest_other_one(fake, asked, failing):
    said = failing(fake.requests.assert_called, CREATE, times=2, provider_category="stable")

    assert said == (
        "/connect_webviews/create was called once with provider_category='stable', not 2 times;"
        " the nearest of 3 requests:\n"
        "  request2: 200 POST /connect_webviews/create\n"
        '  - provider_category: "stable"  (wanted, not in request2)\n'
        "all of them:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        "  request2: 200 POST /connect_webviews/create\n"
        "  request3: 200 GET /devices/list"
    )


def test_too_many_calls_are_listed(fake, asked, failing):
    assert failing(fake.requests.assert_called, CREATE, times=1) == (
        "/connect_webviews/create was called 2 times, not once:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        "  request2: 200 POST /connect_webviews/create"
    )


def test_too_few_of_nothing_else_are_listed(fake, failing):
    fake.call(LIST)
    assert failing(fake.requests.assert_called, LIST, times=3) == (
        "/devices/list was called once, not 3 times; the only request:\n"
        "  request1: 200 POST /devices/list"
    )

    fake.call(LIST)
    assert failing(fake.requests.assert_called, LIST, times=3).splitlines()[0] == (
        "/devices/list was called 2 times, not 3 times; all 2 requests:"
    )


def test_a_call_that_should_not_have_been_is_shown(fake, asked, failing):
    assert failing(fake.requests.assert_not_called, LIST, limit=2) == (
        "/devices/list was called once with limit=2, and should not have been; it is:\n"
        "  request3: 200 GET /devices/list\n"
        "    limit: 2"
    )


def test_of_several_calls_that_should_not_have_been_the_first_is_shown(fake, asked, failing):
    assert failing(fake.requests.assert_not_called, CREATE) == (
        "/connect_webviews/create was called 2 times, and should not have been; the first is:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        '    custom_metadata: {"user": "u1"}\n'
        '    provider_category: "stable"\n'
        "all of these:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        "  request2: 200 POST /connect_webviews/create"
    )


def test_a_fault_and_a_refusal_are_told(fake, failing):
    fake.faults.add(LIST, status=503)
    for path in (LIST, "/no/such/path"):
        with pytest.raises(ApiError):
            fake.call(path)

    assert failing(fake.requests.assert_called, CREATE).splitlines()[-2:] == [
        "  request2: 503 POST /devices/list (fault: 503)",
        "  request3: 404 POST /no/such/path (not_found)",
    ]


def test_the_fakes_own_routes_are_no_requests_of_the_apps(fake, failing):
    fake.connect_account()
    fake.call("/health")

    said = failing(fake.requests.assert_called, "/_fakeseam/connect_account")

    assert said.endswith("\nthat route is the fake's own: who asks there is the test, not the app")
    fake.requests.assert_not_called("/health")


# Slips of the pen


@pytest.mark.parametrize("name", ["assert_called", "assert_not_called", "wait_for", "filter"])
def test_a_path_that_nobody_has_is_refused(fake, name):
    with pytest.raises(MisuseError) as caught:
        getattr(fake.requests, name)("POST /devices/lst")

    assert str(caught.value) == (
        "no endpoint '/devices/lst', nor was it called;"
        " nearest: /devices/list, /devices/get, /events/list"
    )


def test_a_path_that_nobody_has_may_have_been_called(fake, failing):
    with pytest.raises(ApiError):
        fake.call("/devices/lst")

    assert fake.requests.assert_called("/devices/lst").status == 404
    assert "should not have been" in failing(fake.requests.assert_not_called, "/devices/lst")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"route": f"PSOT {CREATE}"}, "no method 'PSOT': a route is a path, or a method and"),
        ({"route": 5}, 'assert_called: Expected string, received number for "route"'),
        ({"route": CREATE, "times": 0}, "times=0: that is what assert_not_called() is for"),
        ({"route": CREATE, "times": -1}, "greater than or equal to 0"),
        ({"route": CREATE, "times": "2"}, "Expected number, received string"),
        ({"route": CREATE, "times": 1.5}, "Expected integer"),
    ],
)
def test_what_cannot_be_meant_is_refused(fake, how, said):
    with pytest.raises(MisuseError, match=re.escape(said)):
        fake.requests.assert_called(**how)


def test_what_is_nested_too_deep_is_refused(fake):
    value = []
    for _ in range(5000):
        value = [value]
    itself = []
    itself.append(itself)
    fake.call(LIST, {"limit": 1})

    for odd in (value, itself):
        with pytest.raises(MisuseError, match="nested too deep to be compared"):
            fake.requests.assert_called(LIST, limit=odd)


def test_asking_changes_nothing(fake, asked):
    before = fake.snapshot()

    fake.requests.assert_called(CREATE)
    fake.requests.filter()
    with pytest.raises(AssertionError):
        fake.requests.assert_not_called(CREATE)

    assert fake.snapshot() == before
    assert len(fake.requests) == 3


@pytest.mark.parametrize(
    ("route", "params", "words"),
    [
        ("/devices/list", {"limti": 3}, "/devices/list has no parameter 'limti', nor was it sent"),
        ("/devices/list", {"limti": 3}, "nearest: limit"),
        (f"PUT {CREATE}", {}, "/connect_webviews/create takes no PUT, only POST"),
    ],
)
@pytest.mark.parametrize("name", ["assert_called", "assert_not_called", "wait_for"])
def test_what_is_not_taken_is_a_slip_of_the_pen(fake, asked, name, route, params, words):
    with pytest.raises(MisuseError) as caught:
        getattr(fake.requests, name)(route, **params)

    assert words in str(caught.value)


def test_what_the_app_has_sent_may_be_asserted_on_though_it_is_unknown(fake):
    fake.call("/devices/list", {"limti": 3})

    fake.requests.assert_called("/devices/list", limti=3)
    fake.requests.assert_not_called("/devices/list", limti=4)
