"""``/_fakeseam/openapi.json``: a valid OpenAPI document of the levers, as tools read it."""

from __future__ import annotations

import json

import httpx
import pytest
from asking import asked
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import Client

from fakeseam import FakeSeam

PATH = "/_fakeseam/openapi.json"


@pytest.fixture
def document(ask):
    return ask("GET", PATH, headers={}).get_json()


@pytest.fixture
def operation(document):
    """What is said of a path and a method."""
    return lambda path, method="post": document["paths"][path][method]


@pytest.fixture
def body(operation):
    """The schema of what a lever takes."""

    def body(lever):
        sent = operation(f"/_fakeseam/{lever}")["requestBody"]
        return sent["content"]["application/json"]["schema"]

    return body


@pytest.fixture
def member(operation):
    """The schema of a member of a lever's answer."""

    def member(lever, name):
        answer = operation(f"/_fakeseam/{lever}")["responses"]["200"]
        return answer["content"]["application/json"]["schema"]["properties"][name]

    return member


def test_it_is_a_valid_document_of_openapi(document):
    OpenAPIV31SpecValidator(document).validate()

    assert document["openapi"].startswith("3.1.")


def test_it_needs_no_key_and_says_so(document):
    assert document["security"] == []


def test_it_comes_as_json_with_the_id_of_the_request(ask):
    answer = ask("GET", PATH, headers={})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["seam-request-id"] == "request1"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_head_is_answered_without_a_body(ask):
    answer = ask("HEAD", PATH, headers={})

    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_is_only_to_be_read(ask, method):
    answer = ask(method, PATH, headers={})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.get_json()["error"]["type"] == "method_not_allowed"


def test_it_is_guarded_as_the_levers_are(fake):
    assert asked(fake, "GET", PATH, base_url="http://evil.example") == (200, None)
    with FakeSeam() as other, other.serve() as server:
        answer = httpx.get(f"{server.url}{PATH}", headers={"Host": "evil.example"})
    assert answer.json()["error"]["type"] == "fakeseam_forbidden_host"


def test_reading_it_is_no_request_of_the_apps(fake, ask):
    ask("GET", PATH, headers={})

    assert (len(fake.requests), len(fake.events)) == (0, 0)


def test_the_server_is_the_one_that_was_asked():
    with FakeSeam() as fake, fake.serve() as server:
        document = httpx.get(f"{server.url}{PATH}").json()
        assert document["servers"] == [{"url": server.url}]


def test_the_server_is_where_the_fake_says_that_it_is():
    with FakeSeam(base_url="https://seam.test/fake") as fake:
        document = Client(fake.wsgi_app).get(PATH).get_json()

    assert document["servers"] == [{"url": "https://seam.test/fake"}]


def test_seams_own_endpoints_and_pages_are_not_in_it(document):
    assert {path.split("/")[1] for path in document["paths"]} == {"_fakeseam", "_fake", "health"}


# What is said of a lever


def test_a_lever_says_what_it_does(operation):
    said = operation("/_fakeseam/clock/advance")

    assert said["summary"].startswith("Move time on")
    assert said["description"].startswith(said["summary"])
    assert "``" not in said["description"]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/_fakeseam/reset", {"post"}),
        ("/_fakeseam/inspect", {"get", "post"}),
        ("/_fake/complete_connect_webview", {"post"}),
        ("/health", {"get", "post"}),
    ],
)
def test_a_path_has_the_methods_that_it_takes(document, path, methods):
    assert document["paths"][path].keys() == methods


def test_what_it_needs_is_required_and_all_else_is_not(body):
    assert body("disconnect_account")["required"] == ["connected_account_id"]
    assert "required" not in body("connect_account")


def test_a_body_is_required_where_something_in_it_is(operation):
    assert operation("/_fakeseam/disconnect_account")["requestBody"]["required"] is True
    assert operation("/_fakeseam/connect_account")["requestBody"]["required"] is False
    assert "requestBody" not in operation("/_fakeseam/snapshot")


def test_nothing_else_may_be_sent_to_a_lever(body, operation):
    foreign = operation("/_fake/complete_connect_webview")["requestBody"]

    assert body("connect_account")["additionalProperties"] is False
    assert "additionalProperties" not in foreign["content"]["application/json"]["schema"]


@pytest.mark.parametrize(
    ("lever", "name", "said"),
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
def test_a_parameter_says_what_it_takes(body, lever, name, said):
    assert body(lever)["properties"][name] == said


def test_an_id_has_the_format_of_one_unless_the_fake_takes_any_text(body):
    said = body("disconnect_account")["properties"]["connected_account_id"]
    assert (said["type"], said["format"]) == ("string", "uuid")

    with FakeSeam(lenient_ids=True) as lenient:
        sloppy = Client(lenient.wsgi_app).get(PATH).get_json()["paths"]
    sent = sloppy["/_fakeseam/disconnect_account"]["post"]["requestBody"]
    schema = sent["content"]["application/json"]["schema"]
    assert schema["properties"]["connected_account_id"] == {"type": "string"}


def test_devices_of_a_tests_own_are_described_member_by_member(body):
    device = body("connect_account")["properties"]["devices"]["items"]

    assert (device["required"], device["additionalProperties"]) == (["name"], False)
    assert "august_lock" in device["properties"]["device_type"]["enum"]
    assert device["properties"]["properties"]["properties"]["online"] == {
        "not": {},
        "description": "Not to be given: errors decide that: add_device_error",
    }


def test_what_is_read_takes_its_parameters_from_the_query(operation):
    parameters = operation("/_fakeseam/inspect", "get")["parameters"]

    assert [(one["name"], one["in"], one["required"]) for one in parameters] == [
        ("show", "query", False),
        ("page", "query", False),
        ("search", "query", False),
        ("workspace_id", "query", False),
    ]
    assert parameters[1]["schema"] == {"type": "integer", "minimum": 1, "default": 1}


# What is said of answers


@pytest.mark.parametrize(
    ("lever", "name", "said"),
    [
        ("connect_account", "connected_account", {"type": "object"}),
        ("create_client_session", "token", {"type": "string"}),
        ("webhooks/deliveries", "deliveries", {"type": "array", "items": {"type": "object"}}),
        (
            "fail_connect_webview",
            "redirect_url",
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
        ),
        ("clock/advance", "now", {}),
        ("reset", "ok", {"const": True}),
    ],
)
def test_an_answer_has_its_key_and_as_far_as_it_is_known_its_type(member, lever, name, said):
    assert member(lever, name) == said


@pytest.mark.parametrize(
    ("lever", "params", "kind"),
    [
        ("connect_account", {"emial": "x"}, "fakeseam_misuse"),
        ("complete_connect_webview", {"password": "wrong"}, "fakeseam_login_failed"),
    ],
)
def test_a_refusal_is_told_by_its_type(document, fake, ask, lever, params, kind):
    if kind == "fakeseam_login_failed":
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        params = {"connect_webview_id": webview["connect_webview_id"], **params}

    answer = ask("POST", f"/_fakeseam/{lever}", json=params, headers={})

    assert (answer.status_code, answer.get_json()["error"]["type"]) == (400, kind)
    assert f"`{kind}`" in document["components"]["responses"]["Mistake"]["description"]


def test_refusals_have_the_shape_that_is_described(document, ask):
    schema = document["components"]["schemas"]["Error"]

    error = ask("POST", "/_fakeseam/clock/advance", json={}, headers={}).get_json()

    assert set(schema["required"]) == error.keys()
    assert error["error"].keys() <= schema["properties"]["error"]["properties"].keys()
    assert schema["properties"]["ok"] == {"const": False}


def test_every_lever_says_that_it_may_be_refused(document):
    for path, methods in document["paths"].items():
        for said in methods.values():
            assert said["responses"].keys() == {"200", "400", "403", "default"}, path


def test_two_fakes_describe_themselves_alike():
    with FakeSeam(seed=1) as one, FakeSeam(seed=2) as other:
        texts = [Client(fake.wsgi_app).get(PATH).data for fake in (one, other)]

    assert texts[0] == texts[1]
    assert json.loads(texts[0])
