"""Checks: their JSON Schemas, and how those of one parameter are merged."""

from __future__ import annotations

import pytest

from fakeseam.schema.checks import bounds, has_a, is_finite, is_true, matches, merged, schema_of


def test_a_plain_function_has_no_schema():
    assert schema_of(is_finite) == {}


@pytest.mark.parametrize(("value", "issue"), [(True, None), (False, "expected true")])
def test_a_check_returns_its_issue_or_none(value, issue):
    found = is_true(value)

    assert found is None if issue is None else found.endswith(issue)


def test_lengths_are_in_utf16_units_and_the_schema_is_looser():
    too_short, too_long = bounds(3, 3)

    assert (too_short("\N{KEY}a"), too_long("\N{KEY}a")) == (None, None)
    assert too_long("\N{KEY}\N{KEY}") == "String must contain at most 3 character(s)"
    assert (schema_of(too_short), schema_of(too_long)) == ({"minLength": 2}, {"maxLength": 3})


def test_without_bounds_there_is_no_check():
    assert bounds(0, None) == ()


def test_a_text_matches_whole_or_has_a_part_that_does():
    assert (matches("a", "No.")("ab"), has_a("a", "No.")("ab")) == ("No.", None)
    assert schema_of(matches("a|b", "No.", format="x")) == {"pattern": "^(?:a|b)$", "format": "x"}


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**400])
def test_what_javascript_reads_as_infinity_is_not_finite(value):
    assert is_finite(value) == "Number must be finite"


def test_schemas_with_the_same_word_are_required_side_by_side():
    one, other, more = {"pattern": "a"}, {"pattern": "b"}, {"minLength": 1}

    assert merged([one, more]) == {"pattern": "a", "minLength": 1}
    assert merged([one, other, more]) == {"pattern": "a", "allOf": [other], "minLength": 1}
