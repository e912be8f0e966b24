"""Ids and tokens are hashes of the seed and of counts."""

from __future__ import annotations

import re
import uuid

from fakeseam.core.ids import Ids

BASE58 = r"[123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz]+"


def test_an_id_is_a_uuid_of_version_4_in_its_usual_form():
    for count in range(200):
        text = Ids(0).uuid(0, "device", count)

        parsed = uuid.UUID(text)
        assert (parsed.version, parsed.variant) == (4, uuid.RFC_4122)
        assert text == str(parsed)


def test_the_same_seed_and_count_give_the_same_id():
    assert Ids(7).uuid(1, "device", 2) == Ids(7).uuid(1, "device", 2)
    assert Ids(7).text(1, "token", 2, length=24) == Ids(7).text(1, "token", 2, length=24)


def test_seed_owner_kind_and_count_each_make_another_id():
    ids = {
        Ids(0).uuid(0, "device", 0),
        Ids(1).uuid(0, "device", 0),
        Ids(0).uuid(1, "device", 0),
        Ids(0).uuid(0, "event", 0),
        Ids(0).uuid(0, "device", 1),
    }

    assert len(ids) == 5


def test_a_name_makes_other_ids_whatever_the_seed_is():
    named = {Ids(seed, name).uuid(0, "device", 0) for seed in (0, 1) for name in ("a", "b", "0")}
    unnamed = {Ids(seed).uuid(0, "device", 0) for seed in (0, 1)}

    assert len(named | unnamed) == 8


def test_the_order_of_calls_does_not_matter():
    one, other = Ids(0), Ids(0)

    forwards = [one.uuid(0, "device", count) for count in (0, 1, 2)]
    backwards = [other.uuid(0, "device", count) for count in (2, 1, 0)]

    assert forwards == backwards[::-1]


def test_a_thousand_ids_are_a_thousand_different_ones():
    ids = Ids(0)

    assert len({ids.uuid(0, "device", count) for count in range(1000)}) == 1000


def test_text_is_base58_of_the_given_length():
    for length in (4, 24, 32, 40):
        text = Ids(3).text(0, "token", 5, length=length)

        assert re.fullmatch(BASE58, text)
        assert len(text) == length


def test_even_the_fortieth_character_looks_random():
    ends = {Ids(0).text(0, "token", count, length=40)[-1] for count in range(50)}

    assert len(ends) > 10
