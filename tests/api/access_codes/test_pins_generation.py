"""New PINs: their length, that they obey the rules, and what happens when few are left."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeseam.api.access_codes.pins import PinRules, generate, problem
from tests.api.access_codes.test_pins import rules_of
from tests.properties.effort import examples

CONSTRAINT_TYPES = (
    "no_zeros cannot_start_with_12 no_triple_consecutive_ints cannot_specify_pin_code"
    " pin_code_matches_existing_set start_date_in_future no_ascending_or_descending_sequence"
    " at_least_three_unique_digits cannot_contain_089 cannot_contain_0789"
    " unique_first_four_digits no_all_same_digits name_length name_must_be_unique"
).split()


def free(pin):
    return False


def draws(*numbers):
    """Returns a ``draw`` that returns these numbers, and then the last one every time."""
    drawn = iter(numbers)
    return lambda: next(drawn, numbers[-1])


def drawn(number, rules, **more):
    return generate(rules, draw=draws(number), is_taken=free, **more)


def test_a_pin_has_the_shortest_supported_length():
    assert drawn(98765432, rules_of(lengths=[8, 6, 7])) == "765432"


def test_a_pin_has_four_digits_if_the_device_names_no_length():
    assert drawn(98765432, PinRules.of({})) == "5432"


def test_small_numbers_have_zeros_in_front():
    assert drawn(7, rules_of()) == "0007"


@pytest.mark.parametrize("preferred_length", [6, 6.0])
def test_a_preferred_length_is_kept_where_it_is_supported(preferred_length):
    assert drawn(98765432, rules_of(), preferred_length=preferred_length) == "765432"


@pytest.mark.parametrize("preferred_length", [0, -6, 5.5, 9, 10**9])
def test_a_preferred_length_that_is_not_supported_is_ignored(preferred_length):
    assert drawn(98765432, rules_of(), preferred_length=preferred_length) == "5432"


def test_a_pin_is_drawn_again_until_it_fits():
    pin = generate(
        rules_of("no_all_same_digits"),
        draw=draws(1111, 5678, 2468),
        is_taken=lambda pin: pin == "5678",
    )

    assert pin == "2468"


def test_the_last_pin_that_is_left_is_found():
    assert generate(rules_of(), draw=lambda: 7000, is_taken=lambda pin: pin != "6999") == "6999"


def test_without_a_pin_left_there_is_none():
    rules = rules_of("no_zeros", "cannot_contain_0789")

    assert generate(rules, draw=lambda: 7, is_taken=lambda pin: True) is None


def test_without_first_four_digits_left_there_is_no_pin():
    others = ["".join(digits) for digits in product("123456", repeat=4)]
    rules = rules_of("unique_first_four_digits", "cannot_contain_0789", lengths=[5])

    assert drawn(7, rules, others=others) is None
    assert drawn(7, rules, others=others[:-1]) == "66661"


def test_a_pin_near_the_last_one_drawn_is_found_at_any_length():
    pin = generate(
        rules_of(lengths=[12]), draw=lambda: 999_999_999_999, is_taken=lambda pin: pin[0] == "9"
    )

    assert pin == "000000000000"


def test_of_long_pins_only_some_are_tried():
    tried = []

    pin = generate(
        rules_of(lengths=[12]), draw=lambda: 7, is_taken=lambda pin: not tried.append(pin)
    )

    assert pin is None
    assert len(tried) == 100 + 99_999


@examples(2)
@given(
    lengths=st.sets(st.integers(4, 20)),
    constraint_types=st.sets(st.sampled_from(CONSTRAINT_TYPES)),
    preferred_length=st.none() | st.integers(4, 20),
    taken=st.sets(st.from_regex("[0-9]{4,8}", fullmatch=True), max_size=30),
    seed=st.integers(),
)
def test_a_new_pin_obeys_every_rule_and_is_not_taken(
    lengths, constraint_types, preferred_length, taken, seed
):
    rules, random = rules_of(*constraint_types, lengths=sorted(lengths)), Random(seed)

    pin = generate(
        rules,
        draw=lambda: random.getrandbits(128),
        is_taken=taken.__contains__,
        others=taken,
        preferred_length=preferred_length,
    )

    assert pin is not None
    assert problem(pin, rules, taken) is None
    assert pin not in taken
