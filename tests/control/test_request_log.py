"""Assertions on the app's requests: what matches, and the message if nothing does."""

from __future__ import annotations

from unittest.mock import ANY

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError

CREATE = "/connect_webviews/create"
LIST = "/devices/list"


@pytest.fixture
def three_requests(fake):
    """Three requests of an app."""
    fake.call(CREATE, {"custom_metadata": {"user": "u1"}, "provider_category": "stable"})
    fake.call(CREATE, {"custom_metadata": {"user": "u2", "vip": True}})
    fake.call(LIST, {"limit": 2}, method="GET")


# Matches


def test_requests_are_found_by_route_and_parameters(fake, three_requests):
    find = fake.requests.filter

    assert [one.request_id for one in find()] == ["request1", "request2", "request3"]
    assert [one.request_id for one in find(CREATE)] == ["request1", "request2"]
    assert [one.request_id for one in find(f"post {CREATE}")] == ["request1", "request2"]
    assert find(f"PUT {CREATE}") == []
    assert [one.request_id for one in find(limit=2)] == ["request3"]
    assert [one.request_id for one in find(CREATE, provider_category="stable")] == ["request1"]
    assert [one.request_id for one in find(custom_metadata={"user": "u1"})] == ["request1"]
    assert find(custom_metadata={"user": "u2"}) == []  # it has more keys
    assert find(CREATE, provider_category=None) == []
    assert find(CREATE, custom_metadata={"user": ANY, "vip": True}) == [fake.requests[1]]


def test_a_route_is_a_path_or_a_method_and_a_path(fake):
    fake.call("/workspaces/get")
    fake.call("/workspaces/get", method="GET")

    assert len(fake.requests.filter("/workspaces/get")) == 2
    assert [request.method for request in fake.requests.filter("GET /workspaces/get")] == ["GET"]


def test_the_first_request_that_fits_is_returned(fake, three_requests):
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


@pytest.mark.parametrize("path", ["/thermostats/cool", "/no/such/path"])
def test_a_request_that_leads_nowhere_has_its_parameters(fake, path):
    with pytest.raises(ApiError):
        fake.call(path, {"device_id": "d1"})

    fake.requests.assert_called(path, device_id="d1")


def test_what_was_found_is_a_copy(fake, three_requests):
    fake.requests.assert_called(CREATE).params["custom_metadata"]["user"] = "changed"
    fake.requests.filter(CREATE)[0].params.clear()

    assert fake.requests[0].params["custom_metadata"] == {"user": "u1"}


# Messages


def test_the_nearest_request_is_shown_as_a_difference(fake, three_requests, failing):
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


def test_the_nearest_has_most_fields_in_common(fake, three_requests, failing):
    message = failing(
        fake.requests.assert_called, CREATE, custom_metadata={"user": "u3", "vip": True}
    )

    assert message.splitlines()[1:4] == [
        "  request2: 200 POST /connect_webviews/create",
        '  - custom_metadata.user: "u3"  (wanted)',
        '  + custom_metadata.user: "u2"  (request2)',
    ]


def test_the_route_comes_before_the_fields(fake, three_requests, failing):
    message = failing(fake.requests.assert_called, "/devices/get", name="x")

    assert message.splitlines()[:4] == [
        "/devices/get was not called with name='x'; the nearest of 3 requests:",
        "  request3: 200 GET /devices/list",
        '  - path: "/devices/get"   (wanted)',
        '  + path: "/devices/list"  (request3)',
    ]


def test_another_method_is_shown(fake, failing):
    fake.call(LIST)

    assert failing(fake.requests.assert_called, f"GET {LIST}") == (
        "GET /devices/list was not called; the only request:\n"
        "  request1: 200 POST /devices/list\n"
        '  - method: "GET"   (wanted)\n'
        '  + method: "POST"  (request1)'
    )


def test_no_requests_are_reported_with_advice(fake, failing):
    assert failing(fake.requests.assert_called, CREATE) == (
        "/connect_webviews/create was not called; there are no requests\n"
        "does the app use this fake? Connect it by fake.client() or fakeseam_env"
    )


def test_too_few_calls_are_shown_with_the_nearest_other_one(fake, three_requests, failing):
    message = failing(fake.requests.assert_called, CREATE, times=2, provider_category="stable")

    assert message == (
        "/connect_webviews/create was called once with provider_category='stable', not 2 times;"
        " the nearest of 3 requests:\n"
        "  request2: 200 POST /connect_webviews/create\n"
        '  - provider_category: "stable"  (wanted, not in request2)\n'
        "all of them:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        "  request2: 200 POST /connect_webviews/create\n"
        "  request3: 200 GET /devices/list"
    )


def test_too_many_calls_are_listed(fake, three_requests, failing):
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


def test_a_call_that_should_not_have_been_is_shown(fake, three_requests, failing):
    assert failing(fake.requests.assert_not_called, LIST, limit=2) == (
        "/devices/list was called once with limit=2, but should not have been:\n"
        "  request3: 200 GET /devices/list\n"
        "    limit: 2"
    )


def test_of_several_calls_that_should_not_have_been_the_first_is_shown(
    fake, three_requests, failing
):
    assert failing(fake.requests.assert_not_called, CREATE) == (
        "/connect_webviews/create was called 2 times, but should not have been; the first:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        '    custom_metadata: {"user": "u1"}\n'
        '    provider_category: "stable"\n'
        "all of them:\n"
        "  request1: 200 POST /connect_webviews/create\n"
        "  request2: 200 POST /connect_webviews/create"
    )


def test_a_fault_and_a_refusal_are_shown(fake, failing):
    fake.faults.add(LIST, status=503)
    for path in (LIST, "/no/such/path"):
        with pytest.raises(ApiError):
            fake.call(path)

    assert failing(fake.requests.assert_called, CREATE).splitlines()[-2:] == [
        "  request2: 503 POST /devices/list (fault: 503)",
        "  request3: 404 POST /no/such/path (not_found)",
    ]


def test_control_calls_are_no_requests_of_the_apps(fake, failing):
    fake.connect_account()
    fake.call("/health")

    message = failing(fake.requests.assert_called, "/_fakeseam/connect_account")

    assert message.splitlines()[-1] == (
        "this endpoint is the fake's own; the request log holds requests to Seam only"
    )
    fake.requests.assert_not_called("/health")


# Wrong calls


@pytest.mark.parametrize("name", ["assert_called", "assert_not_called", "wait_for", "filter"])
def test_an_unknown_path_is_refused(fake, name):
    with pytest.raises(MisuseError) as caught:
        getattr(fake.requests, name)("POST /devices/lst")

    assert str(caught.value) == (
        "no endpoint '/devices/lst', nor was it called;"
        " nearest: /devices/list, /devices/get, /devices/update"
    )


def test_an_unknown_path_may_have_been_called(fake, failing):
    with pytest.raises(ApiError):
        fake.call("/devices/lst")

    assert fake.requests.assert_called("/devices/lst").status == 404
    assert "should not have been" in failing(fake.requests.assert_not_called, "/devices/lst")


def test_values_nested_too_deeply_are_refused(fake):
    value = []
    for _ in range(5000):
        value = [value]
    itself = []
    itself.append(itself)
    fake.call(LIST, {"limit": 1})

    for odd in (value, itself):
        with pytest.raises(MisuseError, match="nested too deeply to compare"):
            fake.requests.assert_called(LIST, limit=odd)


def test_assertions_change_nothing(fake, three_requests):
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
def test_an_unknown_parameter_or_method_is_misuse(
    fake, three_requests, name, route, params, words
):
    with pytest.raises(MisuseError) as caught:
        getattr(fake.requests, name)(route, **params)

    assert words in str(caught.value)


def test_an_unknown_parameter_that_was_sent_can_be_asserted(fake):
    fake.call("/devices/list", {"limti": 3})

    fake.requests.assert_called("/devices/list", limti=3)
    fake.requests.assert_not_called("/devices/list", limti=4)


# Requests that were dropped from the log


@pytest.fixture
def full_log():
    """A fake whose request log has dropped the first two of four requests: a list, a creation."""
    with FakeSeam(request_log_size=2) as fake:
        fake.call(LIST)
        fake.call(CREATE)
        fake.call(CREATE)
        fake.call("/workspaces/get")
        yield fake


DROPPED = "the first 2 requests were dropped. Increase FakeSeam(request_log_size=...)."


def test_a_kept_request_is_asserted(full_log):
    assert full_log.requests.assert_called(CREATE).request_id == "request3"


def test_a_dropped_request_may_have_been_a_match(full_log, failing):
    assert failing(full_log.requests.assert_not_called, LIST) == (
        f"Cannot verify that /devices/list was not called: {DROPPED}"
    )
    assert failing(full_log.requests.assert_called, LIST).splitlines()[-1] == DROPPED


@pytest.mark.parametrize(("times", "counted"), [(1, "once"), (2, "2 times")])
def test_a_dropped_request_may_count(full_log, failing, times, counted):
    message = failing(full_log.requests.assert_called, CREATE, times=times)

    assert message == (
        f"Cannot verify that /connect_webviews/create was called {counted}:"
        f" 1 of the kept requests matched, but {DROPPED}"
    )


def test_too_many_matches_are_too_many_even_if_requests_were_dropped(full_log, failing):
    full_log.call(CREATE)
    full_log.call(CREATE)

    message = failing(full_log.requests.assert_called, CREATE, times=1)
    assert message.splitlines()[0] == "/connect_webviews/create was called 2 times, not once:"
    message = failing(full_log.requests.assert_not_called, CREATE)
    assert "should not have been" in message


def test_one_dropped_request_is_in_the_singular(failing):
    with FakeSeam(request_log_size=1) as fake:
        fake.call(LIST)
        fake.call(LIST)

        assert failing(fake.requests.assert_called, LIST, times=2) == (
            "Cannot verify that /devices/list was called 2 times: 1 of the kept requests matched,"
            " but the first request was dropped. Increase FakeSeam(request_log_size=...)."
        )
