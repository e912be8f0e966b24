"""A parameter's JSON Schema accepts all that the parameter accepts, and rarely more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeseam import ApiError, control
from fakeseam.api import implemented_endpoints, metadata
from fakeseam.api.customers import data as customer_data
from fakeseam.api.devices import custom
from fakeseam.schema import params
from fakeseam.schema.endpoint import Namespace
from tests.properties.effort import examples
from tests.properties.faulty_values import right_value
from tests.properties.values_for import checker, issues_of, validator, values_for

# Refused, although the schema accepts it: JSON Schema cannot express these.
INEXPRESSIBLE = re.compile(
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
# Each function of schema.params, with each of its arguments.
PARAMS = {
    "array": [
        params.array(params.integer(), exactly=2),
        params.array(params.text(minimum=1), minimum=1, maximum=2),
        params.array(UUID, default=()),
    ],
    "base64_text": [params.base64_text(), params.base64_text(nullable=True)],
    "boolean": [params.boolean(), params.boolean(default=True)],
    "strict_object": [params.strict_object(a=params.text(required=True), b=params.integer())],
    "date_text": [params.date_text(error="Not a time")],
    "datetime_text": [params.datetime_text()],
    "email": [params.email(), params.email(nullable=True)],
    "enum": [params.enum("one", "two"), params.enum("one", "two", nullable=True)],
    "integer": [params.integer(), params.integer(minimum=0), params.integer(default=2)],
    "number": [params.number(), params.number(minimum=0.5), params.number(nullable=True)],
    "record": [params.record(), params.record(values=params.text(maximum=3))],
    "json_object": [
        params.json_object(a=params.text(required=True), b=params.boolean()),
        params.json_object(a=params.json_object(b=UUID), nullable=True),
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
CONTROL = control.control_endpoints()
WITH_PARAMS = [one for one in CONTROL if one.params]
SEAMS = [one for one in implemented_endpoints() if one.params]


def path_of(endpoint):
    return endpoint.path


def agree(param, value):
    accepted, issues = validator(param).is_valid(value), issues_of(param.parse, value, ("it",))
    if not issues:
        assert accepted, value
    elif accepted:
        assert all(INEXPRESSIBLE.fullmatch(text) for text in issues), (value, issues)


DEVICES = custom.devices_param()
METADATA = metadata.custom_metadata()
# By hand, as random values seldom meet them: the last accepted value, the first refused one.
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
    assert issues_of(param.parse, last, ("it",)) == []
    assert issues_of(param.parse, first_beyond, ("it",)) != []
    assert validator(param).is_valid(last)
    assert not validator(param).is_valid(first_beyond)


def test_every_function_of_params_has_an_example():
    assert PARAMS.keys() == set(params.__all__)


@pytest.mark.parametrize("name", PARAMS)
@examples(1 / 3)
@given(data=st.data())
def test_every_function_of_params_describes_what_it_accepts(name, data):
    for param in PARAMS[name]:
        agree(param, data.draw(values_for(param)))


@pytest.mark.parametrize("endpoint", WITH_PARAMS, ids=path_of)
@examples(1 / 2)
@given(data=st.data())
def test_every_parameter_of_a_control_endpoint_describes_what_it_accepts(endpoint, data):
    for name, param in endpoint.params.items():
        agree(param, data.draw(values_for(param), name))


@pytest.mark.parametrize("endpoint", CONTROL, ids=path_of)
@pytest.mark.parametrize("lenient_ids", [False, True])
def test_a_control_endpoint_requires_what_its_schema_requires(endpoint, lenient_ids):
    schema = checker(endpoint.schema(lenient_ids=lenient_ids, is_closed=True))
    required = {name: right_value(it) for name, it in endpoint.params.items() if it.required}

    for left_out in [None, *required]:
        given = {name: value for name, value in required.items() if name != left_out}
        try:
            endpoint.parse(given, lenient_ids=lenient_ids)
            is_accepted = True
        except ApiError:
            is_accepted = False
        assert schema.is_valid(given) == is_accepted == (left_out is None)
    assert not schema.is_valid({**required, "no_such_parameter": "x"})


@pytest.mark.parametrize("endpoint", CONTROL, ids=path_of)
def test_an_id_is_any_text_in_the_schema_with_lenient_ids(endpoint):
    assert "uuid" not in str(endpoint.schema(lenient_ids=True))


@pytest.mark.parametrize("endpoint", SEAMS, ids=path_of)
@examples(1 / 10)
@given(data=st.data())
def test_what_an_endpoint_of_seam_accepts_its_schema_accepts_too(endpoint, data):
    for name, param in endpoint.params.items():
        value = data.draw(values_for(param), name)

        if not issues_of(param.parse, value, ("it",)):
            assert validator(param).is_valid(value)


# Of several, one that is valid


namespace = Namespace("/things")


@namespace.endpoint("POST", callers=frozenset({"key"}), any_of=("thing_id", "name"))
def get(ctx, *, thing_id=params.uuid(), name=params.text(minimum=1), size=params.integer()):
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
def test_any_of_two_parameters_is_any_of_two_in_the_schema(given, is_right):
    endpoint = namespace.endpoints["/things/get"]

    try:
        endpoint.parse(given)
        is_accepted = True
    except ApiError:
        is_accepted = False

    assert is_accepted == checker(endpoint.schema()).is_valid(given) == is_right
