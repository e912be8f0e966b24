"""JSON values frozen, and fresh copies of them."""

from __future__ import annotations

import pytest

from fakeseam.core.frozen import freeze, thaw


def test_a_frozen_object_cannot_be_changed():
    frozen = freeze({"a": {"b": 1}})

    with pytest.raises(TypeError):
        frozen["a"] = 2
    with pytest.raises(TypeError):
        frozen["a"]["b"] = 2


def test_a_frozen_list_is_a_tuple_all_the_way_down():
    assert freeze([1, [2, (3,)]]) == (1, (2, (3,)))


def test_a_frozen_object_does_not_change_with_its_original():
    original = {"a": [1]}
    frozen = freeze(original)

    original["a"].append(2)
    original["b"] = 3

    assert thaw(frozen) == {"a": [1]}


@pytest.mark.parametrize("value", [None, True, False, 0, 1.5, "text", ""])
def test_plain_values_are_themselves(value):
    assert freeze(value) is value
    assert thaw(value) is value


def test_a_thawed_copy_is_plain_and_fresh():
    frozen = freeze({"a": [{"b": None}], "c": True})

    first, second = thaw(frozen), thaw(frozen)
    first["a"][0]["b"] = "changed"

    assert second == {"a": [{"b": None}], "c": True}
    assert type(second) is dict
    assert type(second["a"]) is list


def test_the_order_of_keys_is_kept():
    assert list(thaw(freeze({"z": 1, "a": 2, "m": 3}))) == ["z", "a", "m"]
