"""Assertions that would have to look past the edge of the journal say so."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

CREATE = "/connect_webviews/create"
LIST = "/devices/list"


@pytest.fixture
def edge():
    """A fake that has forgotten the first two of four requests: a list, a creation."""
    with FakeSeam(journal_size=2) as fake:
        fake.call(LIST)
        fake.call(CREATE)
        fake.call(CREATE)
        fake.call("/workspaces/get")
        yield fake


GONE = "the first 2 requests are no longer kept; FakeSeam(journal_size=...) keeps more"


def test_what_is_still_kept_is_asserted(edge):
    assert edge.requests.assert_called(CREATE).request_id == "request3"


def test_what_is_not_kept_may_have_been_called(edge, failing):
    assert failing(edge.requests.assert_not_called, LIST) == (
        f"cannot tell whether /devices/list was called: {GONE}"
    )
    assert failing(edge.requests.assert_called, LIST).splitlines()[-1] == GONE


@pytest.mark.parametrize(("times", "kept"), [(1, "1 of those that are kept fits"), (2, "1 of")])
def test_what_is_not_kept_may_count(edge, failing, times, kept):
    said = failing(edge.requests.assert_called, CREATE, times=times)

    assert said.startswith("cannot tell whether /connect_webviews/create was called ")
    assert kept in said
    assert said.endswith(GONE)


def test_too_many_are_too_many_whatever_is_kept(edge, failing):
    edge.call(CREATE)
    edge.call(CREATE)

    said = failing(edge.requests.assert_called, CREATE, times=1)
    assert said.splitlines()[0] == "/connect_webviews/create was called 2 times, not once:"
    said = failing(edge.requests.assert_not_called, CREATE)
    assert "should not have been" in said


def test_one_request_that_is_gone_is_told_as_one(failing):
    with FakeSeam(journal_size=1) as fake:
        fake.call(LIST)
        fake.call(LIST)

        assert failing(fake.requests.assert_called, LIST, times=2) == (
            "cannot tell whether /devices/list was called 2 times: 1 of those that are kept fits,"
            " but the first request is no longer kept; FakeSeam(journal_size=...) keeps more"
        )
