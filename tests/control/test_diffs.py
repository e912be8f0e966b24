"""The differences between wanted and found values, field by field, as lines."""

from __future__ import annotations

from types import MappingProxyType
from unittest.mock import ANY

import pytest

from fakeseam.control.diffs import compare, cut
from fakeseam.schema.param_types import QueryText


def lines_of(wanted, found):
    return compare(wanted, found).lines("request1")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"a": 1}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": 1.0}),
        ({"a": None}, {"a": None}),
        ({"a": True}, {"a": True}),
        ({"a": [1, {"b": "x"}]}, {"a": (1, MappingProxyType({"b": "x"}))}),
        ({"a": (1, 2)}, {"a": [1, 2]}),
        ({"a": {}}, {"a": {}}),
        ({"a": []}, {"a": []}),
        ({"a": {"b": ANY}}, {"a": {"b": "x"}}),
        ({"a": ANY}, {"a": {"b": "x"}}),
        ({"a": True}, {"a": QueryText("true")}),
        ({"a": "true"}, {"a": QueryText("true")}),
        ({"a": QueryText("10")}, {"a": 10}),
        ({"a": QueryText("false")}, {"a": False}),
    ],
)
def test_what_is_equal_as_json_does_not_differ(wanted, found):
    assert lines_of(wanted, found) == []


@pytest.mark.parametrize(
    ("wanted", "found", "lines"),
    [
        ({"a": 1}, {"a": True}, ["- a: 1     (wanted)", "+ a: true  (request1)"]),
        ({"a": False}, {"a": 0}, ["- a: false  (wanted)", "+ a: 0      (request1)"]),
        ({"a": "1"}, {"a": 1}, ['- a: "1"  (wanted)', "+ a: 1    (request1)"]),
        ({"a": None}, {"a": "x"}, ["- a: null  (wanted)", '+ a: "x"   (request1)']),
        ({"a": {}}, {"a": []}, ["- a: {}  (wanted)", "+ a: []  (request1)"]),
        ({"a": True}, {"a": QueryText("1")}, ["- a: true  (wanted)", '+ a: "1"   (request1)']),
        ({"a": 1}, {}, ["- a: 1  (wanted, not in request1)"]),
        ({"a": None}, {}, ["- a: null  (wanted, not in request1)"]),
        ({"a": {"b": 1}}, {"a": {}}, ["- a.b: 1  (wanted, not in request1)"]),
        ({"a": {}}, {"a": {"b": 1}}, ["+ a.b: 1  (request1, not wanted)"]),
        ({"a": [1]}, {"a": [1, 2]}, ["+ a.1: 2  (request1, not wanted)"]),
        ({"a": [1, 2]}, {"a": [1]}, ["- a.1: 2  (wanted, not in request1)"]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}},
         ["- a.b.c: 1  (wanted)", "+ a.b.c: 2  (request1)"]),
        ({"a": {"x.y": 1}}, {"a": {}}, ['- a["x.y"]: 1  (wanted, not in request1)']),
        ({"a": {"": 1}}, {"a": {}}, ['- a[""]: 1  (wanted, not in request1)']),
        ({"a": {"1": 1, 1: 1}}, {"a": {"1": 1}}, ["- a[1]: 1  (wanted, not in request1)"]),
        ({"a": "\ud800"}, {}, ['- a: "\\ud800"  (wanted, not in request1)']),
        ({"a": "ä\n"}, {}, ['- a: "ä\\n"  (wanted, not in request1)']),
        ({"a": {1, 2}}, {}, ["- a: {1, 2}  (wanted, not in request1)"]),
    ],
)
def test_each_difference_is_shown_with_its_path(wanted, found, lines):
    assert lines_of(wanted, found) == lines


def test_missing_and_extra_values_are_distinguished():
    lines = lines_of({"m": {"a": 1, "b": 2, "c": 3}}, {"m": {"c": 3, "b": 0, "d": 4}, "other": 1})

    assert lines == [
        "- m.a: 1  (wanted, not in request1)",
        "- m.b: 2  (wanted)",
        "+ m.b: 0  (request1)",
        "+ m.d: 4  (request1, not wanted)",
    ]


def test_equal_values_are_counted():
    assert compare({"m": {"a": 1, "b": 2}, "n": 3}, {"m": {"a": 1, "b": 0}, "n": 3}).equal == 2
    assert compare({"m": {}}, {"m": {}}).equal == 1
    assert compare({"m": 1}, {}).equal == 0


def test_many_differences_are_cut_short():
    lines = lines_of({"m": {str(n): n for n in range(25)}}, {"m": {}})

    assert len(lines) == 21
    assert lines[-1] == "... and 5 more differences"


def test_a_long_value_is_shown_around_where_it_differs():
    same = "x" * 300
    wanted, found = lines_of({"a": same + "1" + same}, {"a": same + "2" + same})

    assert wanted == f'- a: "{"x" * 29}...{"x" * 20}1{"x" * 19}...{"x" * 29}"  (wanted)'
    assert found == f'+ a: "{"x" * 29}...{"x" * 20}2{"x" * 19}...{"x" * 29}"  (request1)'


@pytest.mark.parametrize(
    ("text", "at", "shown"),
    [
        ("a" * 100, 50, "a" * 100),
        ("a" * 101, 0, "a" * 30 + "..." + "a" * 30),
        ("a" * 200 + "b", 200, "a" * 30 + "..." + "a" * 29 + "b"),
    ],
)
def test_a_text_is_cut_in_the_middle_if_it_is_long(text, at, shown):
    assert cut(text, at) == shown
