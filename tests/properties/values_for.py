"""Values for a parameter: right, nearly right, or anything; and a JSON Schema that checks them."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from fakeseam.schema.param_types import Array, MapParam, ObjectParam
from fakeseam.schema.validation import ValidationError

__all__ = ["checker", "issues_of", "validator", "values_for"]

# Characters of one unit in UTF-16: JSON Schema counts whole characters.
TEXTS = st.one_of(
    st.text("aZ09_ .@+-:/'é€\n", max_size=8),
    st.sampled_from(
        [
            "",
            " ",
            "x" * 40,
            "x" * 41,
            "x" * 500,
            "x" * 501,
            "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b",
            "3F2F8C1E-6F2B-4C58-9D0C-0E8F4D5E6A7B",
            "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b\n",
            "3f2f8c1e6f2b4c589d0c0e8f4d5e6a7b",
            "jane@example.com",
            "JANE@EXAMPLE.COM",
            "jane..doe@example.com",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.25+0200",
            "2026-01-01T00:00Z",
            "2026-01-01",
            "https://app.example.com/hook",
            "aGVsbG8=",
            "aGVsbG8",
        ]
    ),
)
NUMBERS = st.sampled_from([-1, -0.5, 0, 0.0, 0.5, 1, 1.0, 1.5, 2, 599, 600, 10**20, 10**400])
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
KEYS = st.one_of(TEXTS, st.sampled_from(["online", "name", "model", "appearance"]))
ANYTHING = st.one_of(
    SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(KEYS, SCALARS, max_size=2)
)
MAPS = st.one_of(
    st.dictionaries(KEYS, st.one_of(TEXTS, ANYTHING), max_size=3),
    st.dictionaries(st.sampled_from(["display_name", "x"]), SCALARS, max_size=2).map(
        lambda model: {"model": model}
    ),
    st.integers(49, 52).map(lambda count: {f"key{n}": "x" for n in range(count)}),
)


_found = {}


def once(make):
    """What ``make`` returns for a parameter, made once for each."""

    def get(param):
        key = make, id(param)
        if key not in _found:
            _found[key] = param, make(param)  # which keeps the parameter, and so its id
        return _found[key][1]

    return get


@once
def values_for(param):
    """Mostly of the right type, so that more than the type is tried."""
    right = of_its_type(param)
    return st.integers(0, 3).flatmap(lambda number: ANYTHING if number == 3 else right)


@once
def of_its_type(param):
    if isinstance(param, ObjectParam):
        return objects(param)
    if isinstance(param, Array):
        return st.lists(values_for(param.item), max_size=3)
    if isinstance(param, MapParam):
        return MAPS
    if param.expects == "number":
        return NUMBERS
    if param.expects == "boolean":
        return st.booleans()
    words = [word for word in param.schema().get("enum", ()) if word is not None]
    return st.one_of(TEXTS, st.sampled_from(words)) if words else TEXTS


@st.composite
def objects(draw, param):
    """What it needs, nearly always, and a few of its other members."""
    names = [name for name, it in param.members.items() if it.required and draw(st.booleans())]
    names += draw(st.lists(st.sampled_from([*param.members, "no_such_member"]), max_size=2))
    members = {
        name: draw(values_for(param.members[name]) if name in param.members else ANYTHING)
        for name in names
    }
    lacking = [name for name, it in param.members.items() if it.required and name not in members]
    if draw(st.booleans()):
        members |= {name: draw(of_its_type(param.members[name])) for name in lacking}
    return members


def issues_of(read, *arguments):
    """The texts of the issues of a value; none if it is accepted."""
    try:
        read(*arguments)
    except ValidationError as error:
        return [text for issue in error.issues for text in texts_of(issue)]
    return []


def texts_of(issue):
    return [branch.text for branch in issue.branches] or [issue.text]


def _pattern(validator, pattern, instance, schema):
    """As JavaScript reads it: ``$`` is the very end, and ``\\w`` is ASCII."""
    if isinstance(instance, str):
        if not re.search(re.sub(r"\$$", r"\\Z", pattern), instance, re.ASCII):
            yield from Draft202012Validator.VALIDATORS["pattern"](
                validator, r"(?!)", instance, schema
            )


_Validator = extend(Draft202012Validator, {"pattern": _pattern})


def checker(schema):
    """Checks values by a schema, which has to be one itself."""
    Draft202012Validator.check_schema(schema)
    return _Validator(schema)


@once
def validator(param):
    """Checks values by a parameter's own schema."""
    return checker(param.schema())
