"""The catalog of locks: what those of each brand support, and how the brand reports them."""

from __future__ import annotations

import pytest

from fakeseam.api.connect_webviews.login.lock_catalog import lock_facts
from fakeseam.api.connect_webviews.login.providers import PROVIDERS

ON_TTLOCK_HARDWARE = {"ttlock", "sifely", "dusaw", "thirty_three_lock"}
SALTO = {"salto", "salto_ks", "salto_ks_accept"}
NAME_CODES = {"august", "yale", "schlage", "kwikset", "tedee", *ON_TTLOCK_HARDWARE, *SALTO}


def providers_with(field, value=True):
    return {key for key, provider in PROVIDERS.items() if getattr(provider, field) is value}


def locks_with(fact):
    return {key for key in PROVIDERS if getattr(lock_facts(key), fact)}


def test_few_brands_program_codes_before_they_begin():
    native = NAME_CODES | {"nuki", "wyze", "my_2n", "igloohome"}
    assert providers_with("schedules_natively") == native


def test_few_brands_say_which_code_was_entered():
    assert providers_with("names_entered_code") == NAME_CODES


def test_brands_that_say_which_code_was_entered_have_events_of_their_own_and_so_has_nuki():
    assert locks_with("has_native_entry_events") == NAME_CODES | {"nuki"}


def test_smartthings_and_wyze_hide_the_pins_of_unmanaged_codes():
    assert providers_with("shows_unmanaged_pin", False) == {"smartthings", "wyze"}


def test_the_unmanaged_codes_of_smartthings_and_igloohome_cannot_be_converted():
    assert providers_with("converts_unmanaged", False) == {"smartthings", "igloohome"}


def test_only_salto_has_no_pool_of_backup_codes():
    assert set(PROVIDERS) - locks_with("supports_backup_access_code_pool") == SALTO


def test_few_locks_have_direct_power():
    wired = {"my_2n", "controlbyweb", "brivo", "butterflymx", "avigilon_alta"}
    assert locks_with("has_direct_power") == {"four_suites", *SALTO, *wired}


@pytest.mark.parametrize(
    ("key", "lengths"),
    [
        ("august", (4, 5, 6, 7, 8)),
        ("schlage", (4, 5, 6, 7, 8)),
        ("smartthings", (4, 5, 6, 7, 8)),
        ("kwikset", (4, 5, 6, 7, 8)),
        ("nuki", (6,)),
        ("salto_ks", (6,)),
        ("tedee", (5, 6, 7, 8)),
        ("my_2n", (4, 5, 6, 7, 8)),
        ("igloohome", (6,)),
        ("lockly", (6, 7, 8)),
        ("ultraloq", (4, 5, 6, 7, 8)),
        ("linear", (4, 5, 6, 7, 8)),
    ],
)
def test_locks_take_codes_of_some_lengths(key, lengths):
    assert lock_facts(key).code_lengths == lengths


CONSTRAINTS = {
    "schlage": [
        {"constraint_type": "unique_first_four_digits"},
        {"constraint_type": "name_length", "max_length": 9},
    ],
    "kwikset": [
        {"constraint_type": "start_date_in_future"},
        {"constraint_type": "name_length", "min_length": 2, "max_length": 14},
    ],
    "nuki": [
        {"constraint_type": "no_zeros"},
        {"constraint_type": "cannot_start_with_12"},
        {"constraint_type": "name_length", "max_length": 20},
    ],
    "salto": [{"constraint_type": "cannot_specify_pin_code"}],
    "salto_ks": [{"constraint_type": "cannot_specify_pin_code"}],
    "salto_ks_accept": [{"constraint_type": "cannot_specify_pin_code"}],
    "tedee": [
        {"constraint_type": "at_least_three_unique_digits"},
        {"constraint_type": "no_ascending_or_descending_sequence"},
    ],
    "brivo": [{"constraint_type": "no_triple_consecutive_ints"}],
    "korelock": [
        {"constraint_type": "no_ascending_or_descending_sequence"},
        {"constraint_type": "no_all_same_digits"},
    ],
}


def test_some_locks_refuse_some_codes():
    found = {key: list(lock_facts(key).code_constraints) for key in PROVIDERS}

    assert {key: rules for key, rules in found.items() if rules} == CONSTRAINTS


def test_every_lock_holds_a_hundred_codes():
    assert {lock_facts(key).max_active_codes for key in PROVIDERS} == {100}


def test_some_locks_have_more_properties():
    found = {key: dict(lock_facts(key).properties) for key in PROVIDERS}

    assert {key: more for key, more in found.items() if more} == {
        "yale": {"door_open": False},
        "schlage": {"model": {"has_built_in_keypad": True}},
        "nuki": {"keypad_battery": {"level": 1.0}},
    }
