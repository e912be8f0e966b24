"""The OpenAPI document of the control API: valid, and what it says of each endpoint."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from fakeseam.control.openapi_document import _IS_JSON_TEXT, openapi
from fakeseam.schema.param_types import ObjectParam, Param


@pytest.fixture
def document():
    return openapi("http://fakeseam")


@pytest.fixture
def operation(document):
    """The operation of a path and a method."""
    return lambda path, method="post": document["paths"][path][method]


@pytest.fixture
def body(operation):
    """The schema of the body of a control endpoint."""

    def body(endpoint):
        sent = operation(f"/_fakeseam/{endpoint}")["requestBody"]
        return sent["content"]["application/json"]["schema"]

    return body


@pytest.fixture
def member(operation):
    """The schema of a member of a control endpoint's response."""

    def member(endpoint, name):
        response = operation(f"/_fakeseam/{endpoint}")["responses"]["200"]
        return response["content"]["application/json"]["schema"]["properties"][name]

    return member


def kinds_of(param_type):
    """The parameter types of fakeseam."""
    kinds = {param_type}.union(*map(kinds_of, param_type.__subclasses__()))
    return {kind for kind in kinds if kind.__module__.startswith("fakeseam.")}


def test_it_is_a_valid_openapi_document(document):
    OpenAPIV31SpecValidator(document).validate()

    assert document["openapi"].startswith("3.1.")


def test_it_needs_no_key_and_declares_that(document):
    assert document["security"] == [{}, {"fake": []}]
    assert document["components"]["securitySchemes"]["fake"]["scheme"] == "bearer"


def test_seams_own_endpoints_and_pages_are_not_in_it(document):
    assert {path.split("/")[1] for path in document["paths"]} == {"_fakeseam", "_fake", "health"}


# Requests


def test_an_endpoint_has_a_summary_and_a_description(operation):
    advance = operation("/_fakeseam/clock/advance")

    assert advance["summary"].startswith("Moves the clock forward")
    assert advance["description"].startswith(advance["summary"])
    assert "``" not in advance["description"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/_fakeseam/reset", {"post"}),
        ("/_fakeseam/inspect", {"get", "post"}),
        ("/_fake/complete_connect_webview", {"post"}),
        ("/health", {"get", "post"}),
    ],
)
def test_a_path_has_the_methods_that_it_accepts(document, path, methods):
    assert document["paths"][path].keys() == methods


def test_only_parameters_that_are_needed_are_required(body):
    assert body("disconnect_account")["required"] == ["connected_account_id"]
    assert "required" not in body("connect_account")


def test_a_body_is_required_if_a_parameter_in_it_is(operation):
    assert operation("/_fakeseam/disconnect_account")["requestBody"]["required"] is True
    assert operation("/_fakeseam/connect_account")["requestBody"]["required"] is False
    assert "requestBody" not in operation("/_fakeseam/snapshot")


def test_a_control_endpoint_accepts_no_other_parameters(body, operation):
    foreign = operation("/_fake/complete_connect_webview")["requestBody"]

    assert body("connect_account")["additionalProperties"] is False
    assert "additionalProperties" not in foreign["content"]["application/json"]["schema"]


@pytest.mark.parametrize(
    ("endpoint", "name", "schema"),
    [
        ("clock/advance", "seconds", {"type": "number", "minimum": 0}),
        ("create_workspace", "is_sandbox", {"type": "boolean", "default": True}),
        ("create_workspace", "name", {"type": "string", "minLength": 1, "default": "Sandbox"}),
        ("connect_account", "email", {"type": "string", "pattern": r"\S"}),
        (
            "complete_connect_webview",
            "extras",
            {"type": "object", "additionalProperties": {"type": "string"}},
        ),
        (
            "create_client_session",
            "connected_account_ids",
            {"type": "array", "items": {"type": "string"}},
        ),
        (
            "connect_account",
            "custom_metadata",
            {
                "type": "object",
                "maxProperties": 50,
                "propertyNames": {"pattern": "^[^.]*$", "maxLength": 40},
                "additionalProperties": {
                    "type": ["string", "boolean", "null"],
                    "maxLength": 500,
                },
            },
        ),
        ("inspect", "page", {"type": "integer", "minimum": 1, "default": 1}),
    ],
)
def test_a_parameter_has_a_schema(body, endpoint, name, schema):
    assert body(endpoint)["properties"][name] == schema


def test_an_id_has_the_uuid_format_unless_the_fake_is_lenient(body):
    sloppy = openapi("http://fakeseam", lenient_ids=True)["paths"]
    sent = sloppy["/_fakeseam/disconnect_account"]["post"]["requestBody"]
    lenient = sent["content"]["application/json"]["schema"]

    schema = body("disconnect_account")["properties"]["connected_account_id"]
    assert (schema["type"], schema["format"]) == ("string", "uuid")
    assert lenient["properties"]["connected_account_id"] == {"type": "string"}


def test_custom_devices_are_described_member_by_member(body):
    device = body("connect_account")["properties"]["devices"]["items"]

    assert (device["required"], device["additionalProperties"]) == (["name"], False)
    assert "august_lock" in device["properties"]["device_type"]["enum"]
    assert device["properties"]["properties"]["properties"]["online"] == {
        "not": {},
        "description": "Not allowed: the device's errors decide it; use add_device_error",
    }


def test_a_get_has_its_parameters_in_the_query(operation):
    parameters = operation("/_fakeseam/inspect", "get")["parameters"]

    assert [(one["name"], one["in"], one["required"]) for one in parameters] == [
        ("show", "query", False),
        ("page", "query", False),
        ("search", "query", False),
        ("workspace_id", "query", False),
    ]
    assert parameters[1]["schema"] == {"type": "integer", "minimum": 1, "default": 1}


def test_every_kind_of_query_text_is_json_or_not():
    """Except objects with declared members, which cannot be in a query."""
    assert _IS_JSON_TEXT.keys() == {kind.query for kind in kinds_of(Param)} - {ObjectParam.query}


# Responses


@pytest.mark.parametrize(
    ("endpoint", "name", "schema"),
    [
        (
            "connect_account",
            "connected_account",
            {"$ref": "#/components/schemas/ConnectedAccount"},
        ),
        ("create_client_session", "token", {"type": "string"}),
        (
            "webhooks/deliveries",
            "deliveries",
            {"type": "array", "items": {"$ref": "#/components/schemas/Delivery"}},
        ),
        ("create_workspace", "workspace", {"$ref": "#/components/schemas/NewWorkspace"}),
        ("reset", "workspace", {"$ref": "#/components/schemas/WorkspaceKey"}),
        (
            "fail_connect_webview",
            "redirect_url",
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
        ),
        ("clock/advance", "now", {"type": "string"}),
        ("reset", "ok", {"const": True}),
    ],
)
def test_a_response_has_its_key_and_its_type(member, endpoint, name, schema):
    assert member(endpoint, name) == schema


def test_every_endpoint_documents_its_errors(document):
    for path, methods in document["paths"].items():
        for described in methods.values():
            assert described["responses"].keys() == {"200", "400", "403", "default"}, path
