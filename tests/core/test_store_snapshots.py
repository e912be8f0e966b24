"""Snapshots share their tables with the store, and still are values of their own."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakeseam.core.store import Store
from tests.core.cups import ALL, CUPS, EARLY, LATE, PLATES, Broken, Cup
from tests.properties.effort import examples


def ids(store, index=ALL):
    return [entry[2] for entry in store.bucket(CUPS, index)]


def with_two():
    store = Store([CUPS, PLATES])
    store.put(CUPS, Cup("a", EARLY, "red"))
    store.put(CUPS, Cup("b", EARLY, "blue"))
    return store


def test_two_snapshots_of_the_same_are_equal():
    store = with_two()

    assert store.snapshot() == store.snapshot() == with_two().snapshot()


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.put(CUPS, Cup("c", EARLY)),
        lambda store: store.put(CUPS, Cup("a", EARLY, "green")),
        lambda store: store.delete(CUPS, "a"),
        lambda store: store.put(PLATES, Cup("a", EARLY)),
        lambda store: store.next_count(("cups",)),
    ],
)
def test_later_changes_do_not_change_a_snapshot(change):
    store = with_two()
    snapshot = store.snapshot()

    change(store)

    assert snapshot == with_two().snapshot()
    assert store.snapshot() != snapshot
    store.restore(snapshot)
    assert store.snapshot() == snapshot
    assert (ids(store), ids(store, ("color", "red"))) == (["a", "b"], ["a"])
    assert store.next_count(("cups",)) == 0


def test_a_record_deleted_and_created_again_makes_another_snapshot():
    store, snapshot = with_two(), with_two().snapshot()
    store.delete(CUPS, "a")
    store.put(CUPS, Cup("a", EARLY, "red"))

    assert store.snapshot() != snapshot


def test_two_stores_may_share_one_snapshot():
    one, other = with_two(), Store([CUPS, PLATES])
    snapshot = one.snapshot()
    other.restore(snapshot)

    one.delete(CUPS, "a")
    other.put(CUPS, Cup("c", LATE, "red"))

    assert (ids(one), ids(other)) == (["b"], ["a", "b", "c"])
    assert (ids(one, ("color", "red")), ids(other, ("color", "red"))) == ([], ["a", "c"])


def test_a_table_without_a_write_is_not_copied():
    store = with_two()
    snapshot = store.snapshot()

    store.put(PLATES, Cup("p", EARLY))

    again = store.snapshot()
    assert again.tables["cups"] is snapshot.tables["cups"]
    assert again.tables["plates"] is not snapshot.tables["plates"]


def test_a_failed_transaction_is_undone_though_a_snapshot_was_taken_in_it():
    store = with_two()
    taken = []

    with pytest.raises(Broken), store.transaction():
        store.put(CUPS, Cup("c", EARLY, "red"))
        taken.append(store.snapshot())
        store.delete(CUPS, "a")
        raise Broken

    assert store.snapshot() == with_two().snapshot()
    assert sorted(taken[0].tables["cups"].records) == ["a", "b", "c"]


def test_a_snapshot_cannot_be_restored_inside_a_transaction():
    store = with_two()
    snapshot = store.snapshot()

    with pytest.raises(RuntimeError, match="a transaction is open"), store.transaction():
        store.delete(CUPS, "a")
        store.restore(snapshot)

    assert store.snapshot() == snapshot


# Random writes to two stores that share snapshots, compared with plain dicts

CUP_IDS = st.sampled_from("abcd")
COLORS = st.sampled_from(["red", "blue"])
STORES = st.integers(0, 1)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "put", "delete", "count"]), CUP_IDS, COLORS), max_size=6
)


class SharedTables(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.stores = [Store([CUPS, PLATES]) for _ in range(2)]
        # (id -> color, in the order of their creation; number of records put; counters)
        self.models = [({}, 0, {}) for _ in range(2)]
        self.snapshots = []

    def change(self, store, model, changes):
        cups, count, counters = dict(model[0]), model[1], dict(model[2])
        for operation, cup_id, color in changes:
            if operation == "put":
                store.put(CUPS, Cup(cup_id, EARLY, color))
                count += cup_id not in cups
                cups[cup_id] = color
            elif operation == "delete" and cup_id in cups:
                store.delete(CUPS, cup_id)
                del cups[cup_id]
            elif operation == "count":
                assert store.next_count((color,)) == counters.get(color, 0)
                counters[color] = counters.get(color, 0) + 1
        return cups, count, counters

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
                self.snapshots.append((store.snapshot(), within))
            self.change(store, within, after)
            raise Broken

    @rule(which=STORES)
    def taken(self, which):
        self.snapshots.append((self.stores[which].snapshot(), self.models[which]))

    @rule(which=STORES, number=st.integers(0, 99))
    def restored(self, which, number):
        if self.snapshots:
            snapshot, model = self.snapshots[number % len(self.snapshots)]
            self.stores[which].restore(snapshot)
            self.models[which] = model

    @invariant()
    def the_stores_are_like_their_models(self):
        for store, (cups, count, counters) in zip(self.stores, self.models):
            assert {cup.cup_id: cup.color for cup in store.all(CUPS)} == cups
            assert [cup.cup_id for cup in store.all(CUPS)] == list(cups)
            assert ids(store) == list(cups)
            for color in ("red", "blue"):
                of_color = [one for one in cups if cups[one] == color]
                assert ids(store, ("color", color)) == of_color
            dumped = store.dump()
            assert dumped["tables"]["cups"]["next_order"] == count
            assert {name: count for name, count in dumped["counters"]} == counters

    @invariant()
    def equal_snapshots_have_equal_models(self):
        for snapshot, model in self.snapshots[-3:]:
            for store, other in zip(self.stores, self.models):
                if snapshot == store.snapshot():
                    assert model[0] == other[0]


SharedTables.TestCase.settings = examples(0.25, stateful_step_count=20)
TestSharedTables = SharedTables.TestCase
