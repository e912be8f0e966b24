"""What a misspelled name may have meant."""

from __future__ import annotations

from fakeseam.core.nearest import nearest

NAMES = ["limit", "search", "space_id", "spaces", "spare"]


def test_the_three_most_similar_names_come_first():
    assert nearest("space", NAMES) == ["spaces", "spare", "space_id"]


def test_without_a_similar_name_the_first_three_are_listed():
    assert nearest("zzz", iter(NAMES)) == ["limit", "search", "space_id"]


def test_a_higher_cutoff_leaves_out_names_that_are_less_similar():
    assert nearest("space", NAMES, cutoff=0.9) == ["spaces"]


def test_there_may_be_no_name_at_all():
    assert nearest("space", []) == []
