"""``/_fakeseam/openapi.json``: the document over HTTP, and that its errors are the real ones."""

from __future__ import annotations

import json

import httpx
import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam
from tests.http.foreign_host import status_and_error

PATH = "/_fakeseam/openapi.json"


@pytest.fixture
def document(send):
    return send("GET", PATH, headers={}).get_json()


def test_it_comes_as_json_with_the_id_of_the_request(send):
    response = send("GET", PATH, headers={})

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["seam-request-id"] == "request1"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_head_is_answered_without_a_body(send):
    response = send("HEAD", PATH, headers={})

    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_it_responds_only_to_get(send, method):
    response = send(method, PATH, headers={})

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert response.get_json()["error"]["type"] == "method_not_allowed"


def test_it_is_guarded_like_the_control_api(fake):
    assert status_and_error(fake, "GET", PATH, base_url="http://evil.example") == (200, None)
    with FakeSeam() as other, other.serve() as server:
        response = httpx.get(f"{server.url}{PATH}", headers={"Host": "evil.example"})
    assert response.json()["error"]["type"] == "fakeseam_forbidden_host"


def test_reading_it_is_not_in_the_request_log(fake, send):
    send("GET", PATH, headers={})

    assert (len(fake.requests), len(fake.events)) == (0, 0)


def test_the_server_is_the_requested_one():
    with FakeSeam() as fake, fake.serve() as server:
        document = httpx.get(f"{server.url}{PATH}").json()
        assert document["servers"] == [{"url": server.url}]


def test_the_server_is_the_base_url():
    with FakeSeam(base_url="https://seam.test/fake") as fake:
        document = Client(fake.wsgi_app).get(PATH).get_json()

    assert document["servers"] == [{"url": "https://seam.test/fake"}]


def test_the_ids_of_a_lenient_fake_are_any_text():
    with FakeSeam(lenient_ids=True) as lenient:
        document = Client(lenient.wsgi_app).get(PATH).get_json()

    sent = document["paths"]["/_fakeseam/disconnect_account"]["post"]["requestBody"]
    schema = sent["content"]["application/json"]["schema"]
    assert schema["properties"]["connected_account_id"] == {"type": "string"}


@pytest.mark.parametrize(
    ("endpoint", "params", "kind"),
    [
        ("connect_account", {"emial": "x"}, "fakeseam_misuse"),
        ("complete_connect_webview", {"password": "wrong"}, "fakeseam_login_failed"),
    ],
)
def test_an_error_is_documented_by_its_type(document, fake, send, endpoint, params, kind):
    if kind == "fakeseam_login_failed":
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        params = {"connect_webview_id": webview["connect_webview_id"], **params}

    response = send("POST", f"/_fakeseam/{endpoint}", json=params, headers={})

    assert (response.status_code, response.get_json()["error"]["type"]) == (400, kind)
    assert f"`{kind}`" in document["components"]["responses"]["Mistake"]["description"]


def test_errors_have_the_documented_shape(document, send):
    schema = document["components"]["schemas"]["Error"]

    error = send("POST", "/_fakeseam/clock/advance", json={}, headers={}).get_json()

    assert set(schema["required"]) == error.keys()
    assert error["error"].keys() <= schema["properties"]["error"]["properties"].keys()
    assert schema["properties"]["ok"] == {"const": False}


def test_two_fakes_have_the_same_document():
    with FakeSeam(seed=1) as one, FakeSeam(seed=2) as other:
        texts = [Client(fake.wsgi_app).get(PATH).data for fake in (one, other)]

    assert texts[0] == texts[1]
    assert json.loads(texts[0])
