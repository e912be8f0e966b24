"""The pauses between the SDK's tries: on the fake's clock, and always the same."""

from __future__ import annotations

import httpx
import pytest
from httpx_retries import Retry

from fakeseam.sdk.marks import SLEEP
from fakeseam.sdk.retries import pause, sleep_of


@pytest.fixture
def slept():
    return []


def test_a_pause_has_no_jitter(slept):
    for _ in range(3):
        pause(Retry(backoff_factor=1, attempts_made=1), httpx.ReadError("x"), slept.append)

    assert slept == [2, 2, 2]


def test_a_pause_obeys_the_response_and_is_counted(slept):
    retry = Retry(attempts_made=1)

    pause(retry, httpx.Response(503, headers={"Retry-After": "4"}), slept.append)

    assert (slept, retry.elapsed_sleep, retry.backoff_jitter) == ([4], 4, 1)


def test_the_response_or_the_request_of_an_exception_says_whose_pause_it_is(slept):
    request = httpx.Request("GET", "http://fakeseam", extensions={SLEEP: slept.append})

    assert sleep_of(httpx.Response(503, extensions={SLEEP: slept.append})) == slept.append
    assert sleep_of(httpx.ReadError("broken", request=request)) == slept.append


@pytest.mark.parametrize(
    "outcome",
    [
        httpx.Response(503),
        httpx.ReadError("x", request=httpx.Request("GET", "http://a.test")),
        httpx.ReadError("without a request"),
        OSError("not of httpx"),
    ],
    ids=repr,
)
def test_another_server_keeps_its_pauses(outcome):
    assert sleep_of(outcome) is None
