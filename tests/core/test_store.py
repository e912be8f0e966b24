"""The store: records are put, found in order, replaced and deleted, alone or in a transaction."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from types import MappingProxyType

import pytest

from fakeseam.core.store import Change, Store
from tests.core.cups import CUPS, EARLY, LATE, Cup

WHITE, RED = Cup("a", EARLY), Cup("a", EARLY, "red")


@pytest.fixture
def store():
    return Store([CUPS])


def ids(cups):
    return [cup.cup_id for cup in cups]


def test_a_record_is_found_by_its_key(store):
    kept = store.put(CUPS, Cup("a", EARLY))

    assert store.get(CUPS, "a") is kept


def test_an_unknown_key_gives_none():
    assert Store([CUPS]).get(CUPS, "a") is None


def test_a_second_record_with_a_key_replaces_the_first(store):
    store.put(CUPS, Cup("a", EARLY, "red"))

    store.put(CUPS, Cup("a", EARLY, "blue"))

    assert store.get(CUPS, "a").color == "blue"
    assert ids(store.all(CUPS)) == ["a"]


def test_a_deleted_record_is_gone_from_every_bucket(store):
    store.put(CUPS, Cup("a", EARLY, "red", ("chipped", "old")))

    store.delete(CUPS, "a")

    assert store.get(CUPS, "a") is None
    assert store.find(CUPS, ("color", "red")) == []
    assert store.find(CUPS, ("mark", "old")) == []
    assert store.all(CUPS) == []


def test_deleting_an_unknown_record_is_a_key_error():
    with pytest.raises(KeyError):
        Store([CUPS]).delete(CUPS, "a")


def test_a_replacement_moves_between_buckets(store):
    store.put(CUPS, Cup("a", EARLY, "red", ("old",)))

    store.put(CUPS, Cup("a", EARLY, "blue", ("old", "chipped")))

    assert store.find(CUPS, ("color", "red")) == []
    assert ids(store.find(CUPS, ("color", "blue"))) == ["a"]
    assert ids(store.find(CUPS, ("mark", "old"))) == ["a"]
    assert ids(store.find(CUPS, ("mark", "chipped"))) == ["a"]


def test_a_bucket_is_ordered_by_created_at_before_anything_else(store):
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert ids(store.find(CUPS, ("color", "white"))) == ["b", "a"]


def test_records_of_one_moment_are_in_the_order_of_their_creation(store):
    for cup_id in ("c", "a", "b"):
        store.put(CUPS, Cup(cup_id, EARLY))

    assert ids(store.find(CUPS, ("color", "white"))) == ["c", "a", "b"]


def test_the_tenth_record_of_a_moment_comes_after_the_second(store):
    for number in range(12):
        store.put(CUPS, Cup(str(number), EARLY))

    found = ids(store.find(CUPS, ("color", "white")))

    assert found == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]


def test_a_replacement_keeps_its_place_in_the_order(store):
    store.put(CUPS, Cup("a", EARLY))
    store.put(CUPS, Cup("b", EARLY))

    store.put(CUPS, Cup("a", EARLY, "white", ("old",)))

    assert ids(store.find(CUPS, ("color", "white"))) == ["a", "b"]


def test_a_record_that_changes_buckets_keeps_its_position(store):
    store.put(CUPS, Cup("a", EARLY, "red"))
    store.put(CUPS, Cup("b", EARLY, "blue"))

    store.put(CUPS, Cup("a", EARLY, "blue"))

    assert ids(store.find(CUPS, ("color", "blue"))) == ["a", "b"]


def test_a_record_created_again_after_its_deletion_comes_last(store):
    store.put(CUPS, Cup("a", EARLY))
    store.put(CUPS, Cup("b", EARLY))
    store.delete(CUPS, "a")

    store.put(CUPS, Cup("a", EARLY))

    assert ids(store.find(CUPS, ("color", "white"))) == ["b", "a"]


def test_the_first_of_a_bucket_is_its_oldest(store):
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert store.first(CUPS, ("color", "white")).cup_id == "b"
    assert store.first(CUPS, ("color", "red")) is None


def test_all_records_are_in_the_order_in_which_they_were_first_put(store):
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))
    store.put(CUPS, Cup("a", LATE, "red"))

    assert ids(store.all(CUPS)) == ["a", "b"]


def test_a_position_is_the_moment_and_the_number_of_earlier_records(store):
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert store.position(CUPS, "a") == (LATE, 0)
    assert store.position(CUPS, "b") == (EARLY, 1)


def test_a_bucket_holds_positions_and_keys(store):
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert list(store.bucket(CUPS, ("color", "white"))) == [(EARLY, 1, "b"), (LATE, 0, "a")]
    assert list(store.bucket(CUPS, ("color", "red"))) == []


def test_a_counter_counts_from_zero(store):
    assert [store.next_count(("cups", 0)) for _ in range(3)] == [0, 1, 2]


def test_counters_are_independent(store):
    store.next_count(("cups", 0))

    assert store.next_count(("cups", 1)) == 0
    assert store.next_count(("plates", 0)) == 0


# Changes of a transaction


def test_a_transaction_lists_its_changes_in_order(store):
    with store.transaction() as transaction:
        store.put(CUPS, WHITE)
        store.put(CUPS, RED)
        store.delete(CUPS, "a")

    assert transaction.changes == [
        Change("cups", "a", None, WHITE),
        Change("cups", "a", WHITE, RED),
        Change("cups", "a", RED, None),
    ]


def test_counting_and_reading_change_nothing(store):
    with store.transaction() as transaction:
        store.next_count(("cups",))
        store.find(CUPS, ("color", "white"))

    assert transaction.changes == []


def test_a_transaction_that_fails_lists_no_changes(store):
    with pytest.raises(ValueError), store.transaction() as transaction:
        store.put(CUPS, WHITE)
        raise ValueError

    assert transaction.changes == []


def test_each_transaction_lists_only_its_own_changes(store):
    with store.transaction() as first:
        store.put(CUPS, WHITE)
    store.put(CUPS, Cup("b", EARLY))
    with store.transaction() as second:
        store.put(CUPS, RED)

    assert first.changes == [Change("cups", "a", None, WHITE)]
    assert second.changes == [Change("cups", "a", WHITE, RED)]


# As a value


def filled():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE, "red", ("old",), MappingProxyType({"n": (1, None)})))
    store.put(CUPS, Cup("b", EARLY, "red"))
    store.put(CUPS, Cup("c", EARLY, "blue"))
    store.delete(CUPS, "c")
    store.next_count(("cups", 0))
    return store


def test_a_restored_store_holds_what_the_snapshot_held():
    store = filled()
    snapshot = store.snapshot()
    store.delete(CUPS, "a")
    store.put(CUPS, Cup("b", EARLY, "green"))
    store.put(CUPS, Cup("d", EARLY, "red"))
    store.next_count(("cups", 0))

    store.restore(snapshot)

    assert ids(store.find(CUPS, ("color", "red"))) == ["b", "a"]
    assert store.find(CUPS, ("color", "green")) == []
    assert store.get(CUPS, "d") is None
    assert store.next_count(("cups", 0)) == 1


def test_a_snapshot_does_not_change_with_the_store():
    store = filled()
    snapshot = store.snapshot()

    store.put(CUPS, Cup("d", EARLY))
    store.next_count(("cups", 0))

    assert snapshot == filled().snapshot()
    assert snapshot != store.snapshot()


def test_a_snapshot_can_be_restored_more_than_once():
    store = filled()
    snapshot = store.snapshot()
    store.restore(snapshot)
    store.delete(CUPS, "a")

    store.restore(snapshot)

    assert store.snapshot() == snapshot


def test_a_dump_loads_into_an_equal_store():
    loaded = Store([CUPS])

    loaded.load(json.loads(json.dumps(filled().dump())))

    assert loaded.snapshot() == filled().snapshot()
    assert ids(loaded.find(CUPS, ("color", "red"))) == ["b", "a"]


def test_a_loaded_store_goes_on_counting_where_the_dumped_one_stopped():
    loaded = Store([CUPS])
    loaded.load(filled().dump())

    loaded.put(CUPS, Cup("d", EARLY))

    assert loaded.position(CUPS, "d") == (EARLY, 3)
    assert loaded.next_count(("cups", 0)) == 1


def test_a_loaded_record_is_as_frozen_as_any():
    loaded = Store([CUPS])
    loaded.load(filled().dump())
    cup = loaded.get(CUPS, "a")

    with pytest.raises(FrozenInstanceError):
        cup.color = "blue"
    with pytest.raises(TypeError):
        cup.notes["n"] = 2


def test_a_damaged_dump_leaves_the_store_as_it_was():
    store = filled()
    damaged = filled().dump()
    damaged["tables"]["cups"]["records"][1]["handle"] = "broken"

    with pytest.raises(TypeError):
        store.load(damaged)

    assert store.snapshot() == filled().snapshot()
