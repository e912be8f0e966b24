"""Values that the declaration of a parameter refuses: one thing is wrong with each."""

from __future__ import annotations

import re
from bisect import bisect_left

from fakeseam.schema.param_types import ObjectParam
from fakeseam.schema.validation import ValidationError, type_name

__all__ = ["UNKNOWN_ID", "faulty_values", "right_value"]

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
JSON_VALUES = (None, True, 7, "text", [], {})
# No id, no address, no base64, no time, and none of any list of words.
NONSENSE = "%no such thing%"
# What one item of a list, or one text, can be when it is right.
RIGHT = (
    *(UNKNOWN_ID, "2026-01-01T12:00:00Z", "somebody@example.com", "text", "1234", "="),
    *(1, 5, True, {}),
)
LONGEST_TRIED = 1000
MOST_TRIED = 101

_found = {}


def faulty_values(param):
    """What is wrong, and a value that is refused for it; found once for each parameter."""
    if id(param) not in _found:
        _found[id(param)] = param, list(find_faulty_values(param))
    return _found[id(param)][1]


def find_faulty_values(param):
    for value in JSON_VALUES:
        if type_name(value) != param.expects and refuses(param, value):
            yield f"is of type {type_name(value)}", value
    by_type = {
        "string": faulty_texts,
        "number": faulty_numbers,
        "array": faulty_arrays,
        "object": faulty_objects if isinstance(param, ObjectParam) else faulty_maps,
        "boolean": faulty_booleans,
    }
    for what, value in by_type.get(param.expects, lambda param: ())(param):
        if refuses(param, value):
            yield what, value


def refuses(param, value):
    try:
        param.parse(value, ("it",))
    except ValidationError:
        return True
    return False


def faulty_booleans(param):
    yield "is false", False


def faulty_texts(param):
    yield "is empty", ""
    yield "is nonsense", NONSENSE
    if not refuses(param, "x") and refuses(param, "x" * LONGEST_TRIED):
        length = first(range(1, LONGEST_TRIED), lambda length: refuses(param, "x" * length))
        yield f"is {length} characters long", "x" * length


def faulty_numbers(param):
    for value in (0, -1, 0.5, float("inf")):
        yield f"is {value}", value


def faulty_arrays(param):
    """Those with one item too few or too many, and those with one that is wrong."""
    item = right_value(param.item)
    counts = range(MOST_TRIED)
    for least in (n for n in counts if not refuses(param, [item] * n)):
        most = first(counts[least:], lambda count: refuses(param, [item] * count))
        yield from ((f"has {n} items", [item] * n) for n in (least - 1, most) if n >= 0)
        break
    for what, value in faulty_values(param.item):
        yield f"has an item that {what}", [item, value]


def first(numbers, is_beyond):
    """The first of these that is beyond a limit, or the one after them all."""
    return numbers.start + bisect_left(numbers, True, key=is_beyond)


def faulty_maps(param):
    yield "has 51 keys", {f"key{n}": "x" for n in range(51)}
    yield "has a key of 41 characters", {"k" * 41: "x"}
    yield "has a key of 21 emoji", {"\N{DOOR}" * 21: "x"}
    yield "has a key with a period", {"a.b": "x"}
    yield "has a value of 501 characters", {"a": "x" * 501}
    for value in (7, [], {}):
        yield f"has a value of type {type_name(value)}", {"right": "x", "a": value}


def faulty_objects(param):
    right = right_value(param)
    for name, member in param.members.items():
        if member.required:
            yield f"lacks its {name}", {key: it for key, it in right.items() if key != name}
        for what, value in faulty_values(member):
            yield f"has a {name} that {what}", right | {name: value}


def right_value(param):
    """A value that is accepted; an enum lists its words when it refuses another."""
    if isinstance(param, ObjectParam):
        members = {name: it for name, it in param.members.items() if it.required}
        return {name: right_value(it) for name, it in members.items()}
    try:
        param.parse(NONSENSE, ("it",))
    except ValidationError as error:
        words = re.findall(r"'(\w[^']*)' \|", error.issues[0].text)
        return next(value for value in (*RIGHT, *words) if not refuses(param, value))
    return NONSENSE
