"""A transaction that fails leaves the store as it was, whatever was done in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeseam.core.store import Kind, Store


@dataclass(frozen=True)
class Cup:
    cup_id: str
    created_at: str
    colour: str = "white"


CUPS = Kind("cups", Cup, "cup_id", lambda cup: [("colour", cup.colour), ("all",)])
NOW, LATER = "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z"


class Broken(Exception):
    pass


def with_two():
    store = Store([CUPS])
    store.put(CUPS, Cup("a", NOW, "red"))
    store.put(CUPS, Cup("b", NOW, "blue"))
    store.count(("cups",))
    return store


def fail(store, work):
    with pytest.raises(Broken), store.transaction():
        work(store)
        raise Broken


def found(store, colour):
    return [cup.cup_id for cup in store.find(CUPS, ("colour", colour))]


def test_a_transaction_that_ends_well_keeps_what_was_done():
    store = with_two()

    with store.transaction():
        store.put(CUPS, Cup("c", NOW, "red"))
        store.delete(CUPS, "a")

    assert found(store, "red") == ["c"]


def test_a_put_is_undone():
    store = with_two()

    fail(store, lambda store: store.put(CUPS, Cup("c", NOW, "red")))

    assert store.get(CUPS, "c") is None
    assert found(store, "red") == ["a"]
    assert store.dump() == with_two().dump()


def test_an_undone_put_uses_up_no_place():
    store = with_two()
    fail(store, lambda store: store.put(CUPS, Cup("c", NOW, "red")))

    store.put(CUPS, Cup("d", NOW))

    assert store.position(CUPS, "d") == (NOW, 2)


def test_a_replacement_is_undone():
    store = with_two()

    fail(store, lambda store: store.put(CUPS, Cup("a", NOW, "blue")))

    assert store.get(CUPS, "a") == Cup("a", NOW, "red")
    assert (found(store, "red"), found(store, "blue")) == (["a"], ["b"])


def test_a_delete_is_undone_and_the_record_has_its_old_place():
    store = with_two()

    fail(store, lambda store: store.delete(CUPS, "a"))

    assert [entry[2] for entry in store.bucket(CUPS, ("all",))] == ["a", "b"]
    assert store.position(CUPS, "a") == (NOW, 0)


def test_a_counter_is_undone():
    store = with_two()

    fail(store, lambda store: store.count(("cups",)))

    assert store.count(("cups",)) == 1


def test_a_counter_that_was_new_is_gone_again():
    store = with_two()

    fail(store, lambda store: store.count(("plates",)))

    assert store.dump()["counters"] == [["cups", 1]]


def test_a_put_replaced_and_deleted_in_one_transaction_leaves_no_trace():
    store = with_two()

    def work(store):
        store.put(CUPS, Cup("c", LATER))
        store.put(CUPS, Cup("c", LATER, "red"))
        store.delete(CUPS, "c")
        store.put(CUPS, Cup("c", NOW, "blue"))

    fail(store, work)

    assert store.dump() == with_two().dump()
    assert (found(store, "red"), found(store, "blue")) == (["a"], ["b"])


def test_a_record_deleted_and_made_again_is_put_back_as_it_was():
    store = with_two()

    def work(store):
        store.delete(CUPS, "a")
        store.put(CUPS, Cup("a", LATER, "green"))
        store.delete(CUPS, "a")
        store.count(("cups",))
        store.count(("cups",))

    fail(store, work)

    assert store.get(CUPS, "a") == Cup("a", NOW, "red")
    assert store.position(CUPS, "a") == (NOW, 0)
    assert store.dump() == with_two().dump()


def test_a_failing_delete_undoes_what_came_before_it():
    store = with_two()

    with pytest.raises(KeyError), store.transaction():
        store.put(CUPS, Cup("c", NOW))
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


def test_what_is_done_outside_of_a_transaction_stays_done():
    store = with_two()
    store.delete(CUPS, "a")

    fail(store, lambda store: store.delete(CUPS, "b"))

    assert (found(store, "red"), found(store, "blue")) == ([], ["b"])


# Whatever is done: against a dict of id to (moment, colour)

CUP_IDS = st.sampled_from("abcde")
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"), CUP_IDS, st.sampled_from([NOW, LATER]), st.sampled_from("rgb")
        ),
        st.tuples(st.just("delete"), CUP_IDS),
        st.tuples(st.just("count"), st.sampled_from("xy")),
    ),
    max_size=30,
)


def apply(store, model, operations):
    """Do it to both. The model is in the order of creation, as dicts are."""
    for name, *rest in operations:
        if name == "put":
            cup_id, moment, colour = rest
            moment = model.get(cup_id, (moment, ""))[0]
            store.put(CUPS, Cup(cup_id, moment, colour))
            model[cup_id] = (moment, colour)
        elif name == "delete" and rest[0] in model:
            store.delete(CUPS, rest[0])
            del model[rest[0]]
        elif name == "count":
            store.count((rest[0],))


def assert_like(store, model):
    for colour in "rgb":
        of_colour = [key for key in model if model[key][1] == colour]
        expected = sorted(of_colour, key=lambda key: model[key][0])  # stable: then by creation
        assert found(store, colour) == expected
    assert [cup.cup_id for cup in store.all(CUPS)] == list(model)


@settings(deadline=None)
@given(before=OPERATIONS, within=OPERATIONS)
def test_whatever_a_failing_transaction_did_is_undone(before, within):
    store, model = Store([CUPS]), {}
    apply(store, model, before)
    dumped, snapshot = store.dump(), store.snapshot()

    fail(store, lambda store: apply(store, dict(model), within))

    assert store.dump() == dumped
    assert store.snapshot() == snapshot
    assert_like(store, model)


@settings(deadline=None)
@given(before=OPERATIONS, undone=OPERATIONS, after=OPERATIONS)
def test_a_failed_transaction_changes_nothing_that_comes_later(before, undone, after):
    store, straight, model = Store([CUPS]), Store([CUPS]), {}
    apply(store, model, before)
    fail(store, lambda store: apply(store, dict(model), undone))
    apply(straight, {}, before)

    with store.transaction():
        apply(store, dict(model), after)
    apply(straight, model, after)

    assert store.snapshot() == straight.snapshot()
    assert_like(store, model)
