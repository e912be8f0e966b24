"""Httpx's methods replaced by another library too."""

from __future__ import annotations

from unittest import mock

import httpx
import pytest

from fakeseam.sdk.interception import refresh
from tests.sdk.interceptions import BEFORE, answering, get, methods

pytestmark = pytest.mark.usefixtures("left_as_it_was")


def mocking():
    """Another library's patch, which answers everything."""

    def handle_request(transport, request):
        return httpx.Response(418)

    return mock.patch.object(httpx.HTTPTransport, "handle_request", handle_request)


def test_another_library_goes_on_with_other_servers(fake):
    with mocking(), answering(fake):
        assert get().status_code == 200
        assert get("http://other.test").status_code == 418


def test_above_a_library_that_came_later_the_fake_answers_after_a_refresh(fake):
    with answering(fake), mocking():
        assert get().status_code == 418
        refresh()
        assert get().status_code == 200
        assert get("http://other.test").status_code == 418


@pytest.mark.parametrize("refreshes", [False, True])
def test_a_library_that_stays_longer_works_until_its_end(fake, refreshes):
    other, interception = mocking(), answering(fake)
    interception.start()
    other.start()
    if refreshes:
        refresh()
    interception.close()
    assert get().status_code == 418

    other.stop()
    refresh()
    assert methods() == BEFORE


def test_a_library_that_came_first_may_end_first(fake, elsewhere):
    patched = methods()
    other, interception = mocking(), answering(fake)
    other.start()
    interception.start()
    other.stop()
    refresh()
    assert (get().status_code, get("http://other.test").status_code) == (200, 204)

    interception.close()
    assert methods() == patched


def test_a_mock_in_place_of_a_method_is_called_as_before(fake):
    with mock.patch.object(httpx.HTTPTransport, "handle_request") as replaced:
        replaced.return_value = httpx.Response(418)
        with answering(fake):
            assert get("http://other.test").status_code == 418

    (request,) = replaced.call_args.args
    assert request.url == "http://other.test"


def test_a_copy_of_a_wrappers_attributes_is_not_taken_for_a_wrapper(fake):
    with answering(fake):
        ours = vars(httpx.HTTPTransport)["handle_request"]

        def theirs(transport, request):
            return httpx.Response(418)

        theirs.__dict__.update(vars(ours))
        with mock.patch.object(httpx.HTTPTransport, "handle_request", theirs):
            refresh()
            assert get().status_code == 200
