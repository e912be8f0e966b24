"""Tables: the order of their buckets, and copies that share buckets until one is changed."""

from __future__ import annotations

from fakeseam.core.table import BY_INSERTION, Table, entries_of, in_order

COLOR = ("color", "red")
EARLY, LATE = ("2026-01-01", 1), ("2026-02-01", 0)


def test_a_bucket_is_in_the_order_of_dates_then_of_insertion():
    table = Table()
    for position, key in ((LATE, "a"), (("2026-01-01", 2), "b"), (EARLY, "c")):
        table.enter(COLOR, entries_of(position, key)[0])

    assert [key for _, _, key in table.buckets[COLOR]] == ["c", "b", "a"]


def test_the_bucket_of_insertion_ignores_dates():
    table = Table()
    for position, key in ((EARLY, "second"), (LATE, "first")):
        table.enter(BY_INSERTION, entries_of(position, key)[1])

    assert [key for _, _, key in table.buckets[BY_INSERTION]] == ["first", "second"]


def test_an_empty_bucket_is_removed():
    table = Table()
    entry = entries_of(EARLY, "a")[0]
    table.enter(COLOR, entry)
    table.leave(COLOR, entry)

    assert table.buckets == {}


def test_a_copy_changes_no_bucket_of_the_original():
    table = Table()
    first, second = entries_of(EARLY, "a")[0], entries_of(LATE, "b")[0]
    table.enter(COLOR, first)

    copy = table.copy()
    assert copy.buckets[COLOR] is table.buckets[COLOR]
    copy.enter(COLOR, second)
    copy.leave(COLOR, first)

    assert (table.buckets[COLOR], copy.buckets[COLOR]) == ([first], [second])


def test_records_are_listed_with_their_order_numbers():
    table = Table({"a": "A", "b": "B"}, {"a": EARLY, "b": LATE})

    assert in_order(table) == [(0, "B"), (1, "A")]
