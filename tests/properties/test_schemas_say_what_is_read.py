"""What a parameter says of itself in JSON Schema is what it reads: never less, rarely more."""

from __future__ import annotations

import re

import pytest
from faulty_values import right_value
from hypothesis import given, settings
from hypothesis import strategies as st
from values_for import checker, issues_of, validator, values_for

from fakeseam import ApiError, control
from fakeseam.api import customer_data, metadata, modelled_endpoints, own_devices
from fakeseam.core import params
from fakeseam.core.endpoint import Namespace

# Refused, although the schema would have it, as it has no word for it.
WORDLESS = re.compile(
    "|".join(
        [
            "Two devices are called .*",  # a list of objects without two of one name
            "Expected JSON, nested at most 50 deep",
            "Number must be finite",  # 1e400 is a number of JSON
            "Invalid url",  # formats are only notes
            "Invalid base64",
            "Invalid datetime",  # a month 13 has the right pattern
            "Not a time",
        ]
    )
)
UUID = params.uuid()
# Each function of core.params, with each of its arguments.
VOCABULARY = {
    "array": [
        params.array(params.integer(), exactly=2),
        params.array(params.text(minimum=1), minimum=1, maximum=2),
        params.array(UUID, default=()),
    ],
    "base64_text": [params.base64_text(), params.base64_text(nullable=True)],
    "boolean": [params.boolean(), params.boolean(default=True)],
    "closed_shape": [params.closed_shape(a=params.text(required=True), b=params.integer())],
    "date_text": [params.date_text(error="Not a time")],
    "datetime_text": [params.datetime_text()],
    "email": [params.email(), params.email(nullable=True)],
    "enum": [params.enum("one", "two"), params.enum("one", "two", nullable=True)],
    "integer": [params.integer(), params.integer(minimum=0), params.integer(default=2)],
    "number": [params.number(), params.number(minimum=0.5), params.number(nullable=True)],
    "record": [params.record(), params.record(values=params.text(maximum=3))],
    "shape": [
        params.shape(a=params.text(required=True), b=params.boolean()),
        params.shape(a=params.shape(b=UUID), nullable=True),
    ],
    "text": [
        params.text(),
        params.text(minimum=1, maximum=40),
        params.text(nullable=True, pattern=r"[a-z]\w*"),
    ],
    "true_only": [params.true_only()],
    "url": [params.url()],
    "uuid": [UUID, params.uuid(nullable=True), UUID.lenient()],
}

OWN = control.levers()
OWN_IDS = [lever.path for lever in OWN]


def agree(param, value):
    taken, issues = validator(param).is_valid(value), issues_of(param.read, value, ("it",))
    if not issues:
        assert taken, value
    elif taken:
        assert all(WORDLESS.fullmatch(text) for text in issues), (value, issues)


DEVICES = own_devices.devices_param()
METADATA = metadata.custom_metadata()
# By hand, as chance seldom comes upon them: the last value that is taken, the first that is not.
LIMITS = [
    (params.text(maximum=40), "x" * 40, "x" * 41),
    (params.text(minimum=1), "x", ""),
    (params.array(params.text(), maximum=2), ["", ""], [""] * 3),
    (params.array(params.text(), minimum=2), ["", ""], [""]),
    (params.array(params.text(), exactly=2), ["", ""], [""] * 3),
    (params.integer(), 1, 0),
    (params.integer(minimum=5), 5, 4),
    (params.number(minimum=0.5), 0.5, 0.4),
    (customer_data.threshold(), 1, 1.1),
    (customer_data.threshold(), 0, -0.1),
    (METADATA, {f"key{n}": "x" for n in range(50)}, {f"key{n}": "x" for n in range(51)}),
    (METADATA, {"k" * 40: "x"}, {"k" * 41: "x"}),
    (METADATA, {"key": "x" * 500}, {"key": "x" * 501}),
    (METADATA, {"key": None}, {"key": 7}),
    (METADATA, {"a-b": True}, {"a.b": True}),
    (metadata.custom_metadata_has(), {"k" * 41: "x" * 501}, {"a.b": "x"}),
    (DEVICES, [{"name": "Attic"}], [{"nickname": "Attic"}]),
    (DEVICES, [{"name": "Attic"}], [{"name": "Attic", "colour": "red"}]),
    (DEVICES, [{"name": "x", "properties": {"x": 1}}], [{"name": "x", "properties": {"name": 1}}]),
    (
        DEVICES,
        [{"name": "x", "properties": {"model": {"display_name": "x"}}}],
        [{"name": "x", "properties": {"model": {"display_name": 1}}}],
    ),
]


@pytest.mark.parametrize(("param", "last", "first_beyond"), LIMITS)
def test_a_limit_is_the_same_in_the_schema(param, last, first_beyond):
    assert issues_of(param.read, last, ("it",)) == []
    assert issues_of(param.read, first_beyond, ("it",)) != []
    assert validator(param).is_valid(last)
    assert not validator(param).is_valid(first_beyond)


def test_all_of_the_vocabulary_is_tried():
    assert VOCABULARY.keys() == set(params.__all__)


@pytest.mark.parametrize("word", VOCABULARY)
@settings(deadline=None, max_examples=max(30, settings().max_examples // 3))
@given(data=st.data())
def test_every_word_describes_what_it_reads(word, data):
    for param in VOCABULARY[word]:
        value = data.draw(values_for(param))

        agree(param, value)


@pytest.mark.parametrize("lever", [one for one in OWN if one.params], ids=lambda one: one.path)
@settings(deadline=None, max_examples=max(25, settings().max_examples // 2))
@given(data=st.data())
def test_every_parameter_of_a_lever_describes_what_it_reads(lever, data):
    for param in lever.params.values():
        value = data.draw(values_for(param))

        agree(param, value)


@pytest.mark.parametrize("lever", OWN, ids=OWN_IDS)
@pytest.mark.parametrize("lenient_ids", [False, True])
def test_a_lever_needs_what_it_says_that_it_needs(lever, lenient_ids):
    said = checker(lever.schema(lenient_ids=lenient_ids, is_closed=True))
    needed = {name: right_value(it) for name, it in lever.params.items() if it.required}

    for left_out in [None, *needed]:
        given = {name: value for name, value in needed.items() if name != left_out}
        try:
            lever.read(given, lenient_ids=lenient_ids)
            is_taken = True
        except ApiError:
            is_taken = False
        assert said.is_valid(given) == is_taken == (left_out is None)
    assert not said.is_valid({**needed, "no_such_parameter": "x"})


@pytest.mark.parametrize("lever", OWN, ids=OWN_IDS)
def test_an_id_is_any_text_where_the_fake_takes_any(lever):
    schema = lever.schema(lenient_ids=True)

    assert "uuid" not in str(schema)


@pytest.mark.parametrize(
    "endpoint", [one for one in modelled_endpoints() if one.params], ids=lambda one: one.path
)
@settings(deadline=None, max_examples=max(10, settings().max_examples // 10))
@given(data=st.data())
def test_what_seams_own_endpoints_take_is_in_their_schemas_too(endpoint, data):
    for param in endpoint.params.values():
        value = data.draw(values_for(param))

        if not issues_of(param.read, value, ("it",)):
            assert validator(param).is_valid(value)


# Of several, one that is valid


namespace = Namespace("/things")


@namespace.endpoint("POST", callers=frozenset(), either=("thing_id", "name"))
def get(call, *, thing_id=params.uuid(), name=params.text(minimum=1), size=params.integer()):
    """One or the other."""


@pytest.mark.parametrize(
    ("given", "is_right"),
    [
        ({}, False),
        ({"size": 1}, False),
        ({"thing_id": "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"}, True),
        ({"thing_id": "none"}, False),
        ({"name": "x"}, True),
        ({"name": "x", "size": 0}, False),
        ({"name": "x", "thing_id": "none"}, True),
        ({"name": "", "thing_id": "none"}, False),
    ],
)
def test_either_of_two_is_either_in_the_schema(given, is_right):
    endpoint = namespace.endpoints["/things/get"]

    try:
        endpoint.read(given)
        is_taken = True
    except ApiError:
        is_taken = False

    assert is_taken == checker(endpoint.schema()).is_valid(given) == is_right
