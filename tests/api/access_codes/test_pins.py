"""PINs: which of them a device with given properties takes, and why it refuses the others."""

from __future__ import annotations

import pytest

from fakeseam.api.access_codes.pins import PinRules, problem, shared_rules


def rules_of(*constraint_types, lengths=(4, 5, 6, 7, 8)):
    constraints = [{"constraint_type": one} for one in constraint_types]
    return PinRules.of({"supported_code_lengths": lengths, "code_constraints": constraints})


# Lengths


@pytest.mark.parametrize("pin", ["1234", "123456789012"])
def test_a_device_that_names_no_length_takes_four_to_twelve_digits(pin):
    assert problem(pin, PinRules.of({})) is None
    assert problem(pin, PinRules.of({"supported_code_lengths": []})) is None


@pytest.mark.parametrize("pin", ["123", "1234567890123"])
def test_a_device_that_names_no_length_takes_no_others(pin):
    assert problem(pin, PinRules.of({})) == "Must have 4, 5, 6, 7, 8, 9, 10, 11 or 12 digits"


def test_a_wrong_length_is_refused_with_the_supported_ones():
    assert problem("1234", rules_of(lengths=[6])) == "Must have 6 digits"
    assert problem("12345", rules_of(lengths=[6, 4])) == "Must have 4 or 6 digits"
    assert problem("123", rules_of(lengths=[4, 5, 6])) == "Must have 4, 5 or 6 digits"


def test_a_length_may_be_a_float_as_in_json():
    assert rules_of(lengths=[6.0]).lengths == (6,)


def test_a_lock_may_support_up_to_twenty_digits():
    assert rules_of(lengths=[3, 4, 20, 21]).lengths == (4, 20)


# Constraints

NO_ZEROS = "Must not contain the digit 0 (no_zeros)"
NO_12 = "Must not start with 12 (cannot_start_with_12)"
NO_TRIPLE = "Must not have three equal or consecutive digits in a row (no_triple_consecutive_ints)"
NO_SEQUENCE = "Must not be a sequence of consecutive digits (no_ascending_or_descending_sequence)"
THREE_DIGITS = "Must have at least three different digits (at_least_three_unique_digits)"
NO_089 = "Must not contain the digits 0, 8 and 9 (cannot_contain_089)"
NO_0789 = "Must not contain the digits 0, 7, 8 and 9 (cannot_contain_0789)"
NO_REPETITION = "Must not consist of one repeated digit (no_all_same_digits)"


@pytest.mark.parametrize(
    ("constraint_type", "refused", "text"),
    [
        ("no_zeros", "1011 0123 4560", NO_ZEROS),
        ("cannot_start_with_12", "1234 1299", NO_12),
        ("no_triple_consecutive_ints", "1119 9111 1239 9123 3219 9321 0129", NO_TRIPLE),
        ("no_ascending_or_descending_sequence", "1234 0123456 4321 9876", NO_SEQUENCE),
        ("at_least_three_unique_digits", "1111 1212 1112", THREE_DIGITS),
        ("cannot_contain_089", "1011 1181 9111", NO_089),
        ("cannot_contain_0789", "1011 1171 1181 9111", NO_0789),
        ("no_all_same_digits", "1111 000000", NO_REPETITION),
    ],
)
def test_a_pin_that_breaks_a_constraint_is_refused_by_name(constraint_type, refused, text):
    rules = rules_of(constraint_type)

    assert {problem(pin, rules) for pin in refused.split()} == {text}
    assert {problem(pin, rules_of()) for pin in refused.split()} == {None}


@pytest.mark.parametrize(
    ("constraint_type", "accepted"),
    [
        ("no_zeros", "1111 9876"),
        ("cannot_start_with_12", "2112 1312"),
        ("no_triple_consecutive_ints", "1124 1221 1357 8901 7531"),
        ("no_ascending_or_descending_sequence", "1235 1111 1357 7890 1233"),
        ("at_least_three_unique_digits", "1123 1231"),
        ("cannot_contain_089", "1237 4567"),
        ("cannot_contain_0789", "1234 6543"),
        ("no_all_same_digits", "1112 1234"),
    ],
)
def test_a_constraint_refuses_no_other_pin(constraint_type, accepted):
    rules = rules_of(constraint_type)

    assert {problem(pin, rules) for pin in accepted.split()} == {None}


def test_the_first_four_digits_may_have_to_differ_from_those_of_the_other_pins():
    rules = rules_of("unique_first_four_digits")

    assert problem("12349", rules, {"12345"}) == (
        "Must not have the first four digits of another code of the device"
        " (unique_first_four_digits)"
    )
    assert problem("12359", rules, {"12345"}) is None
    assert problem("12349", rules_of(), {"12345"}) is None


@pytest.mark.parametrize(
    "constraint_type",
    [
        "cannot_specify_pin_code",
        "name_length",
        "name_must_be_unique",
        "pin_code_matches_existing_set",
        "start_date_in_future",
        "something_that_seam_adds_later",
    ],
)
def test_the_other_constraint_types_refuse_no_pin(constraint_type):
    assert problem("0000", rules_of(constraint_type), {"0000"}) is None


def test_of_several_broken_constraints_the_first_in_the_order_of_seam_is_named():
    rules = rules_of("no_all_same_digits", "cannot_contain_089", "no_zeros")

    assert problem("0000", rules) == NO_ZEROS


@pytest.mark.parametrize("pin", ["1234", "120456", "105678"])
def test_a_nuki_lock_takes_six_digits_without_zeros_and_without_12_in_front(pin):
    rules = rules_of("no_zeros", "cannot_start_with_12", lengths=[6])

    assert problem(pin, rules) is not None
    assert problem("345612", rules) is None


def test_the_provider_assigns_the_pin_if_a_caller_cannot_specify_it():
    assert rules_of("cannot_specify_pin_code").assigns_pin
    assert not rules_of("no_zeros").assigns_pin


@pytest.mark.parametrize("odd", [None, 6, "no_zeros", {"a": 1}, [None, "x", [], {}, {"a": []}]])
def test_odd_properties_of_a_test_s_own_device_restrict_nothing(odd):
    properties = {"supported_code_lengths": odd, "code_constraints": odd}

    assert PinRules.of(properties) == PinRules.of({})


def test_a_constraint_type_that_is_not_text_is_ignored():
    assert PinRules.of({"code_constraints": [{"constraint_type": ["no_zeros"]}]}).constraints == ()


# Several devices


def test_a_shared_pin_has_a_common_length_and_obeys_every_constraint():
    shared = shared_rules(
        [rules_of("no_zeros", lengths=[4, 6, 8]), rules_of("no_all_same_digits", lengths=[6, 8])]
    )

    assert shared == PinRules((6, 8), ("no_zeros", "no_all_same_digits"))


def test_a_device_that_names_no_length_shares_those_of_the_others():
    assert shared_rules([PinRules.of({}), rules_of(lengths=[6])]) == PinRules((6,))


def test_devices_without_a_common_length_share_no_pin():
    assert shared_rules([rules_of(lengths=[4]), rules_of(lengths=[6])]) is None


def test_a_device_whose_provider_assigns_the_pin_shares_none():
    assert shared_rules([rules_of(), rules_of("cannot_specify_pin_code")]) is None
