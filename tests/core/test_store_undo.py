"""A transaction that fails leaves the store as it was, whatever it wrote."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeseam.core.store import Store
from tests.core.cups import ALL, CUPS, EARLY, LATE, Broken, Cup


def with_two():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", EARLY, "red"))
    store.put(CUPS, Cup("b", EARLY, "blue"))
    store.next_count(("cups",))
    return store


def fail(store, write):
    with pytest.raises(Broken), store.transaction():
        write(store)
        raise Broken


def found(store, color):
    return [cup.cup_id for cup in store.find(CUPS, ("color", color))]


def test_a_transaction_that_succeeds_keeps_its_writes():
    store = with_two()

    with store.transaction():
        store.put(CUPS, Cup("c", EARLY, "red"))
        store.delete(CUPS, "a")

    assert found(store, "red") == ["c"]


def test_a_put_is_undone():
    store = with_two()

    fail(store, lambda store: store.put(CUPS, Cup("c", EARLY, "red")))

    assert store.get(CUPS, "c") is None
    assert found(store, "red") == ["a"]
    assert store.dump() == with_two().dump()


def test_an_undone_put_uses_up_no_position():
    store = with_two()
    fail(store, lambda store: store.put(CUPS, Cup("c", EARLY, "red")))

    store.put(CUPS, Cup("d", EARLY))

    assert store.position(CUPS, "d") == (EARLY, 2)


def test_a_replacement_is_undone():
    store = with_two()

    fail(store, lambda store: store.put(CUPS, Cup("a", EARLY, "blue")))

    assert store.get(CUPS, "a") == Cup("a", EARLY, "red")
    assert (found(store, "red"), found(store, "blue")) == (["a"], ["b"])


def test_a_delete_is_undone_and_the_record_has_its_old_position():
    store = with_two()

    fail(store, lambda store: store.delete(CUPS, "a"))

    assert [entry[2] for entry in store.bucket(CUPS, ALL)] == ["a", "b"]
    assert store.position(CUPS, "a") == (EARLY, 0)


def test_a_counter_is_undone():
    store = with_two()

    fail(store, lambda store: store.next_count(("cups",)))

    assert store.next_count(("cups",)) == 1


def test_a_new_counter_is_removed_again():
    store = with_two()

    fail(store, lambda store: store.next_count(("plates",)))

    assert store.dump()["counters"] == [["cups", 1]]


def test_a_put_replaced_and_deleted_in_one_transaction_leaves_no_trace():
    store = with_two()

    def write(store):
        store.put(CUPS, Cup("c", LATE))
        store.put(CUPS, Cup("c", LATE, "red"))
        store.delete(CUPS, "c")
        store.put(CUPS, Cup("c", EARLY, "blue"))

    fail(store, write)

    assert store.dump() == with_two().dump()
    assert (found(store, "red"), found(store, "blue")) == (["a"], ["b"])


def test_a_record_deleted_and_created_again_is_restored():
    store = with_two()

    def write(store):
        store.delete(CUPS, "a")
        store.put(CUPS, Cup("a", LATE, "green"))
        store.delete(CUPS, "a")
        store.next_count(("cups",))
        store.next_count(("cups",))

    fail(store, write)

    assert store.get(CUPS, "a") == Cup("a", EARLY, "red")
    assert store.position(CUPS, "a") == (EARLY, 0)
    assert store.dump() == with_two().dump()


def test_a_failing_delete_undoes_what_came_before_it():
    store = with_two()

    with pytest.raises(KeyError), store.transaction():
        store.put(CUPS, Cup("c", EARLY))
        store.delete(CUPS, "no such cup")

    assert store.dump() == with_two().dump()


def test_an_interrupt_is_undone_as_well():
    store = with_two()

    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.delete(CUPS, "a")
        raise KeyboardInterrupt

    assert store.dump() == with_two().dump()


def test_a_transaction_within_a_transaction_is_refused():
    store = with_two()

    with pytest.raises(RuntimeError, match="a transaction is already open"), store.transaction():
        store.delete(CUPS, "a")
        with store.transaction():
            pass

    assert store.dump() == with_two().dump()


def test_after_a_failure_the_next_transaction_is_an_ordinary_one():
    store = with_two()
    fail(store, lambda store: store.delete(CUPS, "a"))

    with store.transaction():
        store.delete(CUPS, "b")

    assert found(store, "red") == ["a"]
    assert found(store, "blue") == []


def test_writes_outside_of_a_transaction_are_not_undone():
    store = with_two()
    store.delete(CUPS, "a")

    fail(store, lambda store: store.delete(CUPS, "b"))

    assert (found(store, "red"), found(store, "blue")) == ([], ["b"])


# Random writes, compared with a dict of id to (moment, color)

CUP_IDS = st.sampled_from("abcde")
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"), CUP_IDS, st.sampled_from([EARLY, LATE]), st.sampled_from("rgb")
        ),
        st.tuples(st.just("delete"), CUP_IDS),
        st.tuples(st.just("count"), st.sampled_from("xy")),
    ),
    max_size=30,
)


def apply(store, model, operations):
    """Writes to both. The model is in the order of creation, as dicts are."""
    for name, *rest in operations:
        if name == "put":
            cup_id, moment, color = rest
            moment = model.get(cup_id, (moment, ""))[0]
            store.put(CUPS, Cup(cup_id, moment, color))
            model[cup_id] = (moment, color)
        elif name == "delete" and rest[0] in model:
            store.delete(CUPS, rest[0])
            del model[rest[0]]
        elif name == "count":
            store.next_count((rest[0],))


def assert_like(store, model):
    for color in "rgb":
        of_color = [key for key in model if model[key][1] == color]
        expected = sorted(of_color, key=lambda key: model[key][0])  # stable: then by creation
        assert found(store, color) == expected
    assert [cup.cup_id for cup in store.all(CUPS)] == list(model)


@settings(deadline=None)
@given(before=OPERATIONS, within=OPERATIONS)
def test_every_write_of_a_failing_transaction_is_undone(before, within):
    store, model = Store([CUPS]), {}
    apply(store, model, before)
    dumped, snapshot = store.dump(), store.snapshot()

    fail(store, lambda store: apply(store, dict(model), within))

    assert store.dump() == dumped
    assert store.snapshot() == snapshot
    assert_like(store, model)


@settings(deadline=None)
@given(before=OPERATIONS, undone=OPERATIONS, after=OPERATIONS)
def test_a_failed_transaction_has_no_effect_on_later_ones(before, undone, after):
    store, straight, model = Store([CUPS]), Store([CUPS]), {}
    apply(store, model, before)
    fail(store, lambda store: apply(store, dict(model), undone))
    apply(straight, {}, before)

    with store.transaction():
        apply(store, dict(model), after)
    apply(straight, model, after)

    assert store.snapshot() == straight.snapshot()
    assert_like(store, model)


# Undoing a transaction after others have written


def undone(first, second):
    """Returns the store after two transactions, the first one undone."""
    store = with_two()
    with store.transaction() as transaction:
        first(store)
    with store.transaction():
        second(store)
    transaction.undo()
    return store


def test_what_a_later_transaction_has_put_stays():
    store = undone(
        lambda store: store.put(CUPS, Cup("c", EARLY, "red")),
        lambda store: store.put(CUPS, Cup("d", EARLY, "red")),
    )

    assert found(store, "red") == ["a", "d"]
    assert store.position(CUPS, "d") == (EARLY, 3)


def test_a_created_record_goes_though_it_was_replaced_later():
    store = undone(
        lambda store: store.put(CUPS, Cup("c", EARLY, "red")),
        lambda store: store.put(CUPS, Cup("c", EARLY, "blue")),
    )

    assert found(store, "blue") == ["b"]
    assert store.get(CUPS, "c") is None


def test_a_created_record_that_was_deleted_later_stays_deleted():
    store = undone(
        lambda store: store.put(CUPS, Cup("c", EARLY)), lambda store: store.delete(CUPS, "c")
    )

    assert store.get(CUPS, "c") is None


def test_a_field_that_was_written_later_stays_and_the_others_are_restored():
    store = undone(
        lambda store: store.put(CUPS, Cup("a", EARLY, "white", ("chip",))),
        lambda store: store.put(CUPS, Cup("a", EARLY, "blue", ("chip",))),
    )

    assert store.get(CUPS, "a") == Cup("a", EARLY, "blue", ())
    assert found(store, "blue") == ["a", "b"]
    assert store.find(CUPS, ("mark", "chip")) == []


def test_a_replaced_record_that_was_deleted_later_stays_deleted():
    store = undone(
        lambda store: store.put(CUPS, Cup("a", EARLY, "white")),
        lambda store: store.delete(CUPS, "a"),
    )

    assert store.get(CUPS, "a") is None


def test_a_deleted_record_that_was_created_again_later_is_the_later_one():
    store = undone(
        lambda store: store.delete(CUPS, "a"),
        lambda store: store.put(CUPS, Cup("a", EARLY, "green")),
    )

    assert store.get(CUPS, "a") == Cup("a", EARLY, "green")


def test_a_counter_that_has_counted_on_is_not_set_back():
    store = undone(
        lambda store: store.next_count(("cups",)), lambda store: store.next_count(("cups",))
    )

    assert store.next_count(("cups",)) == 3


def test_transactions_that_are_undone_in_any_order_leave_the_others_records():
    store = with_two()
    transactions = []
    for key in "cdef":
        with store.transaction() as transaction:
            store.put(CUPS, Cup(key, EARLY, "red"))
        transactions.append(transaction)

    transactions[2].undo()
    transactions[0].undo()

    assert found(store, "red") == ["a", "d", "f"]
