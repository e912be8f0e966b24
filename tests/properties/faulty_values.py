"""Values that the declaration of a parameter refuses, one thing wrong with each."""

from __future__ import annotations

import re

from fakeseam.core.issues import Faults, type_name
from fakeseam.core.param_types import Shape

__all__ = ["UNKNOWN_ID", "right_value", "value_faults"]

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
JSON_VALUES = (None, True, 7, "text", [], {})
# No id, no address, no base64, no time, and none of any list of words.
NONSENSE = "%no such thing%"
# What one item of a list, or one text, can be when it is right.
RIGHT = (UNKNOWN_ID, "2026-01-01T12:00:00Z", "somebody@example.com", "text", 1, "=")
LONGEST_TRIED = 1001
MOST_TRIED = 101


def value_faults(param):
    """What is wrong, and a value that the declaration refuses for it."""
    for value in JSON_VALUES:
        if type_name(value) != param.expects and refuses(param, value):
            yield f"is of type {type_name(value)}", value
    by_type = {
        "string": text_faults,
        "number": number_faults,
        "array": array_faults,
        "object": shape_faults if isinstance(param, Shape) else record_faults,
        "boolean": boolean_faults,
    }
    for what, value in by_type.get(param.expects, lambda param: ())(param):
        if refuses(param, value):
            yield what, value


def refuses(param, value):
    try:
        param.read(value, ("it",))
    except Faults:
        return True
    return False


def boolean_faults(param):
    yield "is false", False


def text_faults(param):
    yield "is empty", ""
    yield "is nonsense", NONSENSE
    lengths = (n for n in range(1, LONGEST_TRIED) if refuses(param, "x" * n))
    if not refuses(param, "x"):
        yield from ((f"is {n} characters long", "x" * n) for n in list(lengths)[:1])


def number_faults(param):
    for value in (0, -1, 0.5, float("inf")):
        yield f"is {value}", value


def array_faults(param):
    item = right_value(param.item)
    fits = [count for count in range(MOST_TRIED) if not refuses(param, [item] * count)]
    for count in {n for fit in fits for n in (fit - 1, fit + 1) if n >= 0}.difference(fits):
        yield f"has {count} items", [item] * count
    for what, value in value_faults(param.item):
        yield f"has an item that {what}", [item, value]


def record_faults(param):
    yield "has 51 keys", {f"key{n}": "x" for n in range(51)}
    yield "has a key of 41 characters", {"k" * 41: "x"}
    yield "has a key of 21 emoji", {"\N{DOOR}" * 21: "x"}
    yield "has a key with a period", {"a.b": "x"}
    yield "has a value of 501 characters", {"a": "x" * 501}
    for value in (7, [], {}):
        yield f"has a value of type {type_name(value)}", {"right": "x", "a": value}


def shape_faults(param):
    right = right_value(param)
    for name, member in param.members.items():
        if member.required:
            yield f"lacks its {name}", {key: it for key, it in right.items() if key != name}
        for what, value in value_faults(member):
            yield f"has a {name} that {what}", right | {name: value}


def right_value(param):
    """A value that is accepted; an enum tells its words when it refuses another."""
    if isinstance(param, Shape):
        members = {name: it for name, it in param.members.items() if it.required}
        return {name: right_value(it) for name, it in members.items()}
    try:
        param.read(NONSENSE, ("it",))
    except Faults as faults:
        words = re.findall(r"'(\w[^']*)' \|", faults.issues[0].text)
        return next(value for value in (*RIGHT, *words) if not refuses(param, value))
    return NONSENSE
