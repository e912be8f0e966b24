"""Records replaced by others with some new fields."""

from __future__ import annotations

import dataclasses

from fakeseam.core.record_types import replace

from .cups import EARLY, Cup


def test_a_replaced_record_has_the_new_fields_and_all_others():
    cup = Cup("c1", EARLY, marks=("chipped",))

    replaced = replace(cup, color="blue")

    assert replaced == dataclasses.replace(cup, color="blue")
    assert type(replaced) is Cup
    assert cup.color == "white"
