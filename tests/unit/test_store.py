"""Records in tables: kept, found in order, replaced, forgotten; and the store as a value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field
from types import MappingProxyType

import pytest

from fakeseam.core.store import Kind, Store


@dataclass(frozen=True)
class Cup:
    cup_id: str
    created_at: str
    colour: str = "white"
    marks: tuple[str, ...] = ()
    notes: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def _buckets(cup):
    yield ("colour", cup.colour)
    for mark in cup.marks:
        yield ("mark", mark)


CUPS = Kind("cups", Cup, "cup_id", _buckets)
EARLY, LATE = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"


def ids(cups):
    return [cup.cup_id for cup in cups]


def test_a_record_is_found_by_its_key():
    store = Store([CUPS])

    kept = store.put(CUPS, Cup("a", EARLY))

    assert store.get(CUPS, "a") is kept


def test_an_unknown_key_gives_none():
    assert Store([CUPS]).get(CUPS, "a") is None


def test_a_second_record_with_a_key_takes_the_place_of_the_first():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY, "red"))

    store.put(CUPS, Cup("a", EARLY, "blue"))

    assert store.get(CUPS, "a").colour == "blue"
    assert ids(store.all(CUPS)) == ["a"]


def test_a_deleted_record_is_gone_from_every_bucket():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY, "red", ("chipped", "old")))

    store.delete(CUPS, "a")

    assert store.get(CUPS, "a") is None
    assert store.find(CUPS, ("colour", "red")) == []
    assert store.find(CUPS, ("mark", "old")) == []
    assert store.all(CUPS) == []


def test_deleting_an_unknown_record_is_a_key_error():
    with pytest.raises(KeyError):
        Store([CUPS]).delete(CUPS, "a")


def test_a_replacement_moves_between_buckets():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY, "red", ("old",)))

    store.put(CUPS, Cup("a", EARLY, "blue", ("old", "chipped")))

    assert store.find(CUPS, ("colour", "red")) == []
    assert ids(store.find(CUPS, ("colour", "blue"))) == ["a"]
    assert ids(store.find(CUPS, ("mark", "old"))) == ["a"]
    assert ids(store.find(CUPS, ("mark", "chipped"))) == ["a"]


def test_a_bucket_is_ordered_by_created_at_before_anything_else():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert ids(store.find(CUPS, ("colour", "white"))) == ["b", "a"]


def test_records_of_one_moment_stand_in_the_order_of_their_creation():
    store = Store([CUPS])
    for cup_id in ("c", "a", "b"):
        store.put(CUPS, Cup(cup_id, EARLY))

    assert ids(store.find(CUPS, ("colour", "white"))) == ["c", "a", "b"]


def test_the_tenth_record_of_a_moment_stands_after_the_second():
    store = Store([CUPS])
    for number in range(12):
        store.put(CUPS, Cup(str(number), EARLY))

    found = ids(store.find(CUPS, ("colour", "white")))

    assert found == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]


def test_a_replacement_keeps_its_place_in_the_order():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY))
    store.put(CUPS, Cup("b", EARLY))

    store.put(CUPS, Cup("a", EARLY, "white", ("old",)))

    assert ids(store.find(CUPS, ("colour", "white"))) == ["a", "b"]


def test_a_record_that_changes_buckets_keeps_its_age():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY, "red"))
    store.put(CUPS, Cup("b", EARLY, "blue"))

    store.put(CUPS, Cup("a", EARLY, "blue"))

    assert ids(store.find(CUPS, ("colour", "blue"))) == ["a", "b"]


def test_a_record_made_again_after_its_deletion_is_young():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY))
    store.put(CUPS, Cup("b", EARLY))
    store.delete(CUPS, "a")

    store.put(CUPS, Cup("a", EARLY))

    assert ids(store.find(CUPS, ("colour", "white"))) == ["b", "a"]


def test_the_first_of_a_bucket_is_its_oldest():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert store.first(CUPS, ("colour", "white")).cup_id == "b"
    assert store.first(CUPS, ("colour", "red")) is None


def test_all_records_stand_in_the_order_in_which_they_were_first_put():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))
    store.put(CUPS, Cup("a", LATE, "red"))

    assert ids(store.all(CUPS)) == ["a", "b"]


def test_a_position_is_the_moment_and_the_number_made_before():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert store.position(CUPS, "a") == (LATE, 0)
    assert store.position(CUPS, "b") == (EARLY, 1)


def test_a_bucket_holds_positions_and_keys():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE))
    store.put(CUPS, Cup("b", EARLY))

    assert list(store.bucket(CUPS, ("colour", "white"))) == [(EARLY, 1, "b"), (LATE, 0, "a")]
    assert list(store.bucket(CUPS, ("colour", "red"))) == []


def test_a_counter_tells_how_often_it_was_asked_before():
    store = Store([CUPS])

    assert [store.count(("cups", 0)) for _ in range(3)] == [0, 1, 2]


def test_counters_do_not_know_of_each_other():
    store = Store([CUPS])
    store.count(("cups", 0))

    assert store.count(("cups", 1)) == 0
    assert store.count(("plates", 0)) == 0


# As a value


def filled():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", LATE, "red", ("old",), MappingProxyType({"n": (1, None)})))
    store.put(CUPS, Cup("b", EARLY, "red"))
    store.put(CUPS, Cup("c", EARLY, "blue"))
    store.delete(CUPS, "c")
    store.count(("cups", 0))
    return store


def test_a_restored_store_holds_what_the_snapshot_held():
    store = filled()
    snapshot = store.snapshot()
    store.delete(CUPS, "a")
    store.put(CUPS, Cup("b", EARLY, "green"))
    store.put(CUPS, Cup("d", EARLY, "red"))
    store.count(("cups", 0))

    store.restore(snapshot)

    assert ids(store.find(CUPS, ("colour", "red"))) == ["b", "a"]
    assert store.find(CUPS, ("colour", "green")) == []
    assert store.get(CUPS, "d") is None
    assert store.count(("cups", 0)) == 1


def test_a_snapshot_does_not_change_with_the_store():
    store = filled()
    snapshot = store.snapshot()

    store.put(CUPS, Cup("d", EARLY))
    store.count(("cups", 0))

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
    assert ids(loaded.find(CUPS, ("colour", "red"))) == ["b", "a"]


def test_a_loaded_store_goes_on_counting_where_the_dumped_one_stopped():
    loaded = Store([CUPS])
    loaded.load(filled().dump())

    loaded.put(CUPS, Cup("d", EARLY))

    assert loaded.position(CUPS, "d") == (EARLY, 3)
    assert loaded.count(("cups", 0)) == 1


def test_a_loaded_record_is_as_frozen_as_any():
    loaded = Store([CUPS])
    loaded.load(filled().dump())
    cup = loaded.get(CUPS, "a")

    with pytest.raises(FrozenInstanceError):
        cup.colour = "blue"
    with pytest.raises(TypeError):
        cup.notes["n"] = 2


def test_a_damaged_dump_leaves_the_store_as_it_was():
    store = filled()
    damaged = filled().dump()
    damaged["tables"]["cups"]["records"][1]["handle"] = "broken"

    with pytest.raises(TypeError):
        store.load(damaged)

    assert store.snapshot() == filled().snapshot()
