"""A transaction tells what it changed: each record put or deleted, as it was and as it is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fakeseam.core.store import Change, Kind, Store


@dataclass(frozen=True)
class Cup:
    cup_id: str
    created_at: str
    colour: str = "white"


CUPS = Kind("cups", Cup, "cup_id", lambda cup: [("colour", cup.colour)])
NOW = "2026-01-01T00:00:00.000Z"
WHITE, RED = Cup("a", NOW), Cup("a", NOW, "red")


@pytest.fixture
def store():
    return Store([CUPS])


def test_what_is_put_changed_and_deleted_is_told_in_order(store):
    with store.transaction() as changes:
        store.put(CUPS, WHITE)
        store.put(CUPS, RED)
        store.delete(CUPS, "a")

    assert changes == [
        Change("cups", "a", None, WHITE),
        Change("cups", "a", WHITE, RED),
        Change("cups", "a", RED, None),
    ]


def test_counting_and_reading_change_nothing(store):
    with store.transaction() as changes:
        store.count(("cups",))
        store.find(CUPS, ("colour", "white"))

    assert changes == []


def test_a_transaction_that_fails_has_changed_nothing(store):
    with pytest.raises(ValueError), store.transaction() as changes:
        store.put(CUPS, WHITE)
        raise ValueError

    assert changes == []


def test_each_transaction_tells_its_own(store):
    with store.transaction() as first:
        store.put(CUPS, WHITE)
    store.put(CUPS, Cup("b", NOW))
    with store.transaction() as second:
        store.put(CUPS, RED)

    assert first == [Change("cups", "a", None, WHITE)]
    assert second == [Change("cups", "a", WHITE, RED)]
