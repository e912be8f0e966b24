"""The journal: which requests it records, and how many it keeps."""

from __future__ import annotations

import tracemalloc

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError

CREATE = "/connect_webviews/create"


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


def refused(fake, path, params=None):
    with pytest.raises(ApiError):
        fake.call(path, params)


def test_requests_are_listed_in_order_with_their_outcome(fake):
    fake.call(CREATE)
    refused(fake, "/connect_webviews/get")
    refused(fake, "/nowhere")

    assert [str(request) for request in fake.requests] == [
        "200 POST /connect_webviews/create",
        "400 POST /connect_webviews/get (invalid_input)",
        "404 POST /nowhere (not_found)",
    ]
    assert [request.request_id for request in fake.requests] == [
        "request1",
        "request2",
        "request3",
    ]


def test_control_calls_of_a_test_are_not_in_the_request_log(fake):
    account = fake.connect_account()
    fake.disconnect_account(account)

    assert len(fake.requests) == 0


def test_the_last_thousand_requests_are_kept(fake):
    for _ in range(1001):
        fake.call("/workspaces/get")

    assert len(fake.requests) == 1000
    assert next(iter(fake.requests)).request_id == "request2"


@pytest.mark.parametrize("size", [1, 3])
def test_a_request_log_keeps_as_many_as_its_size(size):
    with FakeSeam(request_log_size=size) as fake:
        for _ in range(5):
            fake.call("/workspaces/get")
        fake.reset()
        for _ in range(5):
            fake.call("/workspaces/get")

        kept = [request.request_id for request in fake.requests]
        assert kept == ["request3", "request4", "request5"][-size:]


@pytest.mark.parametrize("size", [0, -1, True, "10", 1.5, None, 10**30])
def test_the_size_of_a_request_log_is_an_int_from_one_up(size):
    with pytest.raises(MisuseError, match="how many requests are kept, an int from 1 on"):
        FakeSeam(request_log_size=size)


# What is kept of a long request

LONG = "x" * 1_000_000


def logged(fake, params):
    fake.call("/devices/list", params)
    return fake.requests[-1].params


def test_long_text_is_cut_and_says_so(fake):
    assert logged(fake, {"a": LONG}) == {"a": f"{'x' * 99_991}... (900009 characters more)"}


def test_a_long_name_is_cut_and_says_so(fake):
    (name,) = logged(fake, {LONG: ""})

    assert name == f"{'x' * 99_992}... (900008 characters more)"


def test_members_that_are_left_out_are_counted(fake):
    params = logged(fake, {"a": LONG, "b": 1, "c": 2})

    assert [*params] == ["a", "..."]
    assert params["..."] == "2 more left out"


def test_items_that_are_left_out_are_counted(fake):
    first, second, last = logged(fake, {"a": ["b", LONG, "c", "d"]})["a"]

    assert (first, second[:10], last) == ("b", "x" * 10, "... (2 more left out)")


def test_a_request_of_ordinary_length_is_logged_as_it_was_sent(fake):
    sent = {"own": {"a": "x" * 500, "b": True, "c": None}, "limit": 2, "more": [1, 1.5, "d"]}

    assert logged(fake, sent) == sent


def test_long_requests_take_the_memory_of_what_is_kept(fake):
    """Of a megabyte each, a tenth is kept."""
    tracemalloc.start()
    try:
        for number in range(50):
            fake.call("/devices/list", {"a": f"{number}{LONG}"})
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert size < 50 * 150_000


def test_parameters_are_kept_a_hundred_levels_deep(fake):
    value = "innermost"
    for _ in range(400):
        value = [value]

    refused(fake, "/nowhere", {"deep": value, "other": 1})

    kept, levels = fake.requests[0].params, 1
    inner = kept["deep"]
    while isinstance(inner, list):
        (inner,), levels = inner, levels + 1
    assert (levels, inner, kept["other"]) == (100, "... (nested too deeply)", 1)


def test_parameters_that_contain_themselves_are_kept_as_deep_as_others(fake):
    value = []
    value.append(value)

    refused(fake, "/nowhere", {"round": value})

    assert str(fake.requests[0].params).endswith("['... (nested too deeply)'" + "]" * 99 + "}")


def test_parameters_that_contain_themselves_twice_take_no_longer(fake):
    value = []
    value += [value, value]

    refused(fake, "/nowhere", {"round": value})

    assert "more left out" in str(fake.requests[0].params)


def test_a_long_path_is_cut(fake):
    refused(fake, "/" + "x" * 100_000, {})

    assert fake.requests[0].path == "/" + "x" * 999


def test_a_hundred_unknown_names_of_a_request_are_strict_violations():
    fake = FakeSeam(strict=True)
    fake.call("/devices/list", {f"name{number}": 1 for number in range(1000)})

    with pytest.raises(AssertionError) as caught:
        fake.assert_nothing_unexpected()
    assert str(caught.value).count("unknown parameter") == 100
