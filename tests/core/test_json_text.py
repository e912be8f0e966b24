"""JSON text has no numbers that JSON does not have."""

from __future__ import annotations

import math

import pytest

from fakeseam.core.json_text import to_compact_json, to_json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": [1, None, True]}, '{"a":[1,null,true]}'),
        ("\ud800ä", '"\\ud800\\u00e4"'),
        ([math.inf, -math.inf, math.nan], '["Infinity","-Infinity","NaN"]'),
        ({"a": (math.inf, 1.5)}, '{"a":["Infinity",1.5]}'),
    ],
)
def test_compact_json_is_ascii_and_valid(value, text):
    assert to_compact_json(value) == text


def test_json_takes_a_layout():
    assert to_json({"a": [math.inf]}, indent=1) == '{\n "a": [\n  "Infinity"\n ]\n}'
