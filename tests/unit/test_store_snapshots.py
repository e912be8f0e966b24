"""Snapshots share what they hold with the store, and nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakeseam.core.store import Kind, Store


@dataclass(frozen=True)
class Cup:
    cup_id: str
    created_at: str
    colour: str = "white"


CUPS = Kind("cups", Cup, "cup_id", lambda cup: [("colour", cup.colour), ("all",)])
PLATES = Kind("plates", Cup, "cup_id", lambda plate: [("all",)])
NOW, LATER = "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z"


class Broken(Exception):
    pass


def ids(store, index=("all",)):
    return [entry[2] for entry in store.bucket(CUPS, index)]


def with_two():
    store = Store([CUPS, PLATES])
    store.put(CUPS, Cup("a", NOW, "red"))
    store.put(CUPS, Cup("b", NOW, "blue"))
    return store


def test_two_snapshots_of_the_same_are_equal():
    store = with_two()

    assert store.snapshot() == store.snapshot() == with_two().snapshot()


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.put(CUPS, Cup("c", NOW)),
        lambda store: store.put(CUPS, Cup("a", NOW, "green")),
        lambda store: store.delete(CUPS, "a"),
        lambda store: store.put(PLATES, Cup("a", NOW)),
        lambda store: store.count(("cups",)),
    ],
)
def test_a_snapshot_is_changed_by_nothing_that_comes_later(change):
    store = with_two()
    snapshot = store.snapshot()

    change(store)

    assert snapshot == with_two().snapshot()
    assert store.snapshot() != snapshot
    store.restore(snapshot)
    assert store.snapshot() == snapshot
    assert (ids(store), ids(store, ("colour", "red"))) == (["a", "b"], ["a"])
    assert store.count(("cups",)) == 0


def test_a_deleted_and_remade_record_is_no_equal_state():
    store, snapshot = with_two(), with_two().snapshot()
    store.delete(CUPS, "a")
    store.put(CUPS, Cup("a", NOW, "red"))

    assert store.snapshot() != snapshot


def test_two_stores_may_hold_one_snapshot():
    one, other = with_two(), Store([CUPS, PLATES])
    snapshot = one.snapshot()
    other.restore(snapshot)

    one.delete(CUPS, "a")
    other.put(CUPS, Cup("c", LATER, "red"))

    assert (ids(one), ids(other)) == (["b"], ["a", "b", "c"])
    assert (ids(one, ("colour", "red")), ids(other, ("colour", "red"))) == ([], ["a", "c"])


def test_what_was_not_written_to_is_not_copied():
    store = with_two()
    snapshot = store.snapshot()

    store.put(PLATES, Cup("p", NOW))

    again = store.snapshot()
    assert again.tables["cups"] is snapshot.tables["cups"]
    assert again.tables["plates"] is not snapshot.tables["plates"]


def test_a_failed_transaction_is_undone_though_a_snapshot_was_taken_in_it():
    store = with_two()
    taken = []

    with pytest.raises(Broken), store.transaction():
        store.put(CUPS, Cup("c", NOW, "red"))
        taken.append(store.snapshot())
        store.delete(CUPS, "a")
        raise Broken

    assert store.snapshot() == with_two().snapshot()
    assert sorted(taken[0].tables["cups"].records) == ["a", "b", "c"]


def test_a_snapshot_cannot_be_put_back_inside_of_a_transaction():
    store = with_two()
    snapshot = store.snapshot()

    with pytest.raises(RuntimeError, match="a transaction is open"), store.transaction():
        store.delete(CUPS, "a")
        store.restore(snapshot)

    assert store.snapshot() == snapshot


# Whatever is done, to two stores that share snapshots, against plain dicts

CUP_IDS = st.sampled_from("abcd")
COLOURS = st.sampled_from(["red", "blue"])
STORES = st.integers(0, 1)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "put", "delete", "count"]), CUP_IDS, COLOURS), max_size=6
)


class SharedTables(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.stores = [Store([CUPS, PLATES]) for _ in range(2)]
        # (id -> colour, in the order of their creation; how many were made; counters)
        self.models = [({}, 0, {}) for _ in range(2)]
        self.kept = []

    def change(self, store, model, changes):
        cups, made, counters = dict(model[0]), model[1], dict(model[2])
        for what, cup_id, colour in changes:
            if what == "put":
                store.put(CUPS, Cup(cup_id, NOW, colour))
                made += cup_id not in cups
                cups[cup_id] = colour
            elif what == "delete" and cup_id in cups:
                store.delete(CUPS, cup_id)
                del cups[cup_id]
            elif what == "count":
                assert store.count((colour,)) == counters.get(colour, 0)
                counters[colour] = counters.get(colour, 0) + 1
        return cups, made, counters

    @rule(which=STORES, changes=CHANGES, inside=st.booleans())
    def changed(self, which, changes, inside):
        store = self.stores[which]
        if inside:
            with store.transaction():
                self.models[which] = self.change(store, self.models[which], changes)
        else:
            self.models[which] = self.change(store, self.models[which], changes)

    @rule(which=STORES, before=CHANGES, after=CHANGES, snaps=st.booleans())
    def failed(self, which, before, after, snaps):
        store = self.stores[which]
        with pytest.raises(Broken), store.transaction():
            within = self.change(store, self.models[which], before)
            if snaps:
                self.kept.append((store.snapshot(), within))
            self.change(store, within, after)
            raise Broken

    @rule(which=STORES)
    def kept_as_a_value(self, which):
        self.kept.append((self.stores[which].snapshot(), self.models[which]))

    @rule(which=STORES, number=st.integers(0, 99))
    def put_back(self, which, number):
        if self.kept:
            snapshot, model = self.kept[number % len(self.kept)]
            self.stores[which].restore(snapshot)
            self.models[which] = model

    @invariant()
    def the_stores_are_like_their_models(self):
        for store, (cups, made, counters) in zip(self.stores, self.models):
            assert {cup.cup_id: cup.colour for cup in store.all(CUPS)} == cups
            assert [cup.cup_id for cup in store.all(CUPS)] == list(cups)
            assert ids(store) == list(cups)
            for colour in ("red", "blue"):
                of_colour = [one for one in cups if cups[one] == colour]
                assert ids(store, ("colour", colour)) == of_colour
            dumped = store.dump()
            assert dumped["tables"]["cups"]["made"] == made
            assert {name: count for name, count in dumped["counters"]} == counters

    @invariant()
    def a_snapshot_equals_what_holds_the_same(self):
        for snapshot, model in self.kept[-3:]:
            for store, other in zip(self.stores, self.models):
                if snapshot == store.snapshot():
                    assert model[0] == other[0]


SharedTables.TestCase.settings = settings(
    deadline=None, max_examples=60, stateful_step_count=20
)
TestSharedTables = SharedTables.TestCase
