"""Pages and cursors: where a page begins, and which cursors are refused."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from fakeseam.errors import ApiError
from fakeseam.schema.paging import page

NOW = "2026-01-01T00:00:00.000Z"
LATER = "2026-01-01T00:00:00.001Z"
ENTRIES = [(NOW, number, name) for number, name in enumerate("abcde")]
PARAMS = [("limit", "2"), ("search", "x")]


def page_of(entries=ENTRIES, *, cursor=None, limit=2, params=PARAMS, without=""):
    return page(
        entries,
        pick=lambda key: None if key in without else key,
        limit=limit,
        cursor=cursor,
        params=params,
        key="cup_id",
    )


def encoded(value):
    return base64.b64encode(json.dumps(value).encode()).decode()


def test_the_cursors_lead_to_every_item_once_and_in_order():
    first = page_of()
    second = page_of(cursor=first.next_cursor)
    third = page_of(cursor=second.next_cursor)

    assert (first.items, second.items, third.items) == (["a", "b"], ["c", "d"], ["e"])
    assert third.next_cursor is None


def test_a_list_that_ends_with_its_page_has_no_next_one():
    assert page_of(ENTRIES[:2]).next_cursor is None
    assert page_of([]).items == []
    assert page_of([]).next_cursor is None


@pytest.mark.parametrize("cursor", [None, ""])
def test_without_a_cursor_the_first_page_is_returned(cursor):
    assert page_of(cursor=cursor).items == ["a", "b"]


def test_the_same_page_has_the_same_cursor():
    assert page_of().next_cursor == page_of().next_cursor


def test_a_cursor_is_base64_of_a_hash_and_the_first_record_of_the_next_page():
    digest, pointer = json.loads(base64.b64decode(page_of().next_cursor, validate=True))

    assert len(digest) == len(hashlib.sha256().hexdigest())
    assert pointer["created_at"] == NOW
    assert pointer["cup_id"] == "c"


def test_records_that_are_not_picked_fill_no_page():
    assert page_of(without="bd").items == ["a", "c"]
    assert page_of(without="bde").next_cursor is None


def test_a_page_continues_after_a_record_that_is_no_longer_picked():
    cursor = page_of().next_cursor

    assert page_of(cursor=cursor, without="c").items == ["d", "e"]


def test_a_page_continues_after_a_deleted_record():
    cursor = page_of().next_cursor
    left = [entry for entry in ENTRIES if entry[2] != "c"]

    assert page_of(left, cursor=cursor).items == ["d", "e"]


def test_a_record_of_an_earlier_page_may_be_deleted():
    cursor = page_of().next_cursor

    assert page_of(ENTRIES[1:], cursor=cursor).items == ["c", "d"]


def test_every_record_after_the_pointer_may_be_deleted():
    cursor = page_of().next_cursor

    last = page_of(ENTRIES[:2], cursor=cursor)

    assert (last.items, last.next_cursor) == ([], None)


def test_a_new_record_is_on_the_last_page():
    cursor = page_of().next_cursor
    grown = [*ENTRIES, (LATER, 5, "f")]

    page_two = page_of(grown, cursor=cursor)

    assert page_of(grown, cursor=page_two.next_cursor).items == ["e", "f"]


def test_a_position_is_compared_as_a_number():
    entries = [(NOW, number, str(number)) for number in range(12)]

    cursor = page_of(entries, limit=10).next_cursor

    assert page_of(entries, limit=10, cursor=cursor).items == ["10", "11"]


@pytest.mark.parametrize(
    "params",
    [
        [("limit", "2")],
        [("limit", "2"), ("search", "y")],
        [("limit", "3"), ("search", "x")],
        [("limit", "2"), ("search", "x"), ("customer_key", "c")],
        [],
    ],
)
def test_a_cursor_belongs_to_the_request_it_came_from(params):
    with pytest.raises(ApiError) as caught:
        page_of(cursor=page_of().next_cursor, params=params)

    assert (caught.value.status, caught.value.type) == (400, "mismatched_page_parameters")
    assert caught.value.message == (
        "When using next_page_cursor, the request must send parameters identical to the initial"
        " request."
    )


@pytest.mark.parametrize(
    "cursor",
    [
        "!",
        "YQ==",
        base64.b64encode(b"\xff\xfe").decode(),
        encoded(5),
        encoded(None),
        encoded([]),
        encoded(["hash"]),
        encoded(["hash", 5]),
        encoded(["hash", {}]),
        encoded(["hash", {"created_at": NOW}]),
        encoded(["hash", {"created_at": NOW, "place": None}]),
        encoded(["hash", {"created_at": NOW, "place": "x"}]),
        encoded(["hash", {"created_at": NOW, "place": float("inf")}]),
        encoded(["hash", {"created_at": NOW, "place": 0}, "more"]),
        encoded({"a": 1, "b": 2}),
        base64.b64encode(b"[" * 100_000).decode(),
    ],
)
def test_an_invalid_cursor_is_refused(cursor):
    with pytest.raises(ApiError) as caught:
        page_of(cursor=cursor)

    assert (caught.value.status, caught.value.type) == (400, "invalid_input")
    assert list(caught.value.validation_errors) == ["_errors", "page_cursor"]
