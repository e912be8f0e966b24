"""The shape of every response: its body, its headers, and the order of the checks."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from fakeseam.errors import BrokenResponse

CORS = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Headers": (
        "x-csrf-token, x-requested-with, accept, accept-version, content-length, content-md5,"
        " content-type, date, x-api-version, seam-workspace, authorization, user-agent,"
        " seam-lts-version, seam-sdk-version, seam-sdk-name, seam-publishable-key,"
        " seam-client-session-token, client-session-token, seam-api-key,"
        " seam-user-identifier-key"
    ),
}
REQUESTS = {
    "success": ("GET", "/connect_webviews/list", {}),
    "invalid input": ("GET", "/connect_webviews/get", {}),
    "unauthorized": ("GET", "/connect_webviews/list", {"headers": {}}),
    "method": ("PUT", "/connect_webviews/list", {}),
    "content type": ("POST", "/connect_webviews/create", {"data": b"x"}),
    "unknown path": ("GET", "/nowhere", {}),
    "not implemented": ("GET", "/thermostats/list", {}),
    "preflight": ("OPTIONS", "/connect_webviews/list", {"headers": {}}),
    "control": ("POST", "/_fakeseam/create_workspace", {"headers": {}}),
    "misuse": ("POST", "/_fakeseam/complete_connect_webview", {"headers": {}}),
    "health": ("GET", "/health", {"headers": {}}),
}
requests = pytest.mark.parametrize(
    ("method", "path", "sent"), REQUESTS.values(), ids=REQUESTS.keys()
)
with_a_body = pytest.mark.parametrize(
    ("method", "path", "sent"), [sent for sent in REQUESTS.values() if sent[0] != "OPTIONS"]
)
outside_of_the_control_api = pytest.mark.parametrize(
    ("method", "path", "sent"),
    [sent for sent in REQUESTS.values() if not sent[1].startswith("/_fake")],
)


@requests
def test_every_response_has_the_id_of_its_request(send, method, path, sent):
    assert send(method, path, **sent).headers["seam-request-id"] == "request1"


def test_requests_are_counted(send):
    ids = [send("GET", "/health").headers["seam-request-id"] for _ in range(3)]

    assert ids == ["request1", "request2", "request3"]


def test_an_error_has_the_id_of_its_request_in_the_body_too(send):
    response = send("GET", "/connect_webviews/get")

    assert response.get_json()["error"]["request_id"] == response.headers["seam-request-id"]


def test_the_id_of_a_request_is_the_one_in_the_request_log(send, fake):
    response = send("GET", "/connect_webviews/list")

    (request,) = fake.requests.filter("GET /connect_webviews/list")
    assert request.request_id == response.headers["seam-request-id"]


@requests
def test_every_response_has_the_date_of_the_fakes_clock(send, method, path, sent):
    assert send(method, path, **sent).headers["Date"] == "Thu, 01 Jan 2026 12:00:00 GMT"


def test_the_date_moves_with_the_clock(send, fake):
    fake.clock.advance(86400)

    assert send("GET", "/health").headers["Date"] == "Fri, 02 Jan 2026 12:00:00 GMT"


@with_a_body
def test_a_body_is_json_and_has_that_content_type(send, method, path, sent):
    response = send(method, path, **sent)

    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.get_json()["ok"] is (response.status_code == 200)


@outside_of_the_control_api
def test_every_response_of_the_api_may_be_read_by_a_page_that_sends_its_origin(
    send, method, path, sent
):
    response = send(method, path, **{**sent, "headers": {"Origin": "http://app.test"}})

    assert response.headers["Access-Control-Allow-Origin"] == "http://app.test"
    assert {name: response.headers[name] for name in CORS} == CORS


@outside_of_the_control_api
def test_a_response_to_a_program_has_nothing_for_pages(send, method, path, sent):
    response = send(method, path, **sent)

    assert not [name for name in response.headers.keys() if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", ["/connect_webviews/create", "/nowhere", "/"])
def test_a_preflight_succeeds_at_any_path_without_a_body(send, path):
    response = send("OPTIONS", path, headers={})

    assert (response.status_code, response.get_data()) == (200, b"")


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "GET"])
@pytest.mark.parametrize(
    "path",
    [
        "/_fakeseam/complete_connect_webview",
        "/_fakeseam/clock/advance",
        "/_fakeseam/nowhere",
        "/_fake/complete_connect_webview",
    ],
)
def test_control_paths_are_closed_to_pages_of_other_origins(send, method, path):
    response = send(method, path, headers={"Origin": "http://app.test"})

    assert not [name for name in response.headers.keys() if name.startswith("Access-Control")]


def test_head_is_get_without_a_body(send):
    response = send("HEAD", "/connect_webviews/list")

    assert (response.status_code, response.get_data()) == (200, b"")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


def test_head_has_the_length_of_gets_body(send):
    get, head = (send(method, "/connect_webviews/list") for method in ("GET", "HEAD"))

    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_head_is_refused_where_get_is(send):
    response = send("HEAD", "/connect_webviews/create")

    assert (response.status_code, response.get_data()) == (405, b"")
    assert response.headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/connect_webviews/create", "POST, OPTIONS"),
        ("/connect_webviews/list", "GET, POST, HEAD, OPTIONS"),
        ("/connected_accounts/update", "PATCH, POST, OPTIONS"),
        ("/connect_webviews/delete", "DELETE, POST, OPTIONS"),
        ("/_fakeseam/clock/now", "GET, POST, HEAD, OPTIONS"),
    ],
)
@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 200), ("BREW", 405)])
def test_the_methods_of_a_path_are_in_allow(send, path, allowed, method, status):
    response = send(method, path)

    assert (response.status_code, response.headers["Allow"]) == (status, allowed)


def test_a_path_without_an_endpoint_has_no_allow(send):
    assert "Allow" not in send("OPTIONS", "/nowhere").headers


def test_credentials_are_checked_before_the_method(send):
    response = send("PUT", "/connect_webviews/create", headers={})

    assert response.status_code == 401


def test_the_method_is_checked_before_the_body(send):
    response = send("PUT", "/connect_webviews/create", data=b"x", content_type="text/plain")

    assert response.status_code == 405
    assert response.get_json()["error"]["message"] == "only POST accepted"


def test_the_content_type_is_checked_before_the_parameters(send):
    response = send("POST", "/connect_webviews/get", data=b'{"connect_webview_id": 1}')

    assert response.get_json()["error"]["type"] == "invalid_content_type"


@pytest.mark.parametrize("headers", [None, {}], ids=["with a key", "without"])
def test_an_unknown_path_is_not_found_and_gets_a_similar_one(send, headers):
    response = send("POST", "/connect_webview/create", headers=headers)

    assert response.status_code == 404
    assert response.get_json()["error"]["type"] == "not_found"
    assert "/connect_webviews/create" in response.get_json()["error"]["message"]


@pytest.mark.parametrize("path", ["/%ff", "/%00", "/" + "x" * 5000, "/x//", "/%ed%a0%80"])
def test_a_strange_path_is_not_found(send, path):
    assert send("GET", path).status_code == 404


def test_an_endpoint_that_is_not_implemented_is_a_501(send):
    response = send("POST", "/thermostats/heat", json={})

    assert response.status_code == 501
    assert response.get_json()["error"]["type"] == "fakeseam_not_implemented"


def test_an_error_has_seams_shape(send):
    body = send("GET", "/connect_webviews/get?connect_webview_id=x").get_json()

    assert body == {
        "error": {
            "type": "invalid_input",
            "message": 'Invalid uuid for "connect_webview_id"',
            "validation_errors": {
                "_errors": [],
                "connect_webview_id": {"_errors": ["Invalid uuid"]},
            },
            "request_id": "request1",
        },
        "ok": False,
    }


@pytest.mark.parametrize("status", [502, 503, 504])
def test_an_outage_has_no_body(send, fake, status):
    fake.faults.add("/connect_webviews/list", status=status, retry_after=60)

    response = send("GET", "/connect_webviews/list")

    assert (response.status_code, response.get_data()) == (status, b"")
    assert response.headers["Retry-After"] == "60"
    assert "application/json" not in response.headers.get("Content-Type", "")


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/_fakeseam/complete_webview", "/_fakeseam/complete_connect_webview"),
        ("/_fakeseam/clock/advanse", "/_fakeseam/clock/advance"),
        ("/connect_webview/create", "/connect_webviews/create"),
    ],
)
def test_an_unknown_path_gets_the_nearest_path_of_its_kind(send, path, nearest):
    response = send("POST", path, headers={}, json={})

    assert response.status_code == 404
    assert response.get_json()["error"]["message"] == (
        f"No endpoint at {path}. Did you mean {nearest}?"
    )


def test_there_is_no_response_for_an_unknown_fault_kind(fake, monkeypatch, capsys):
    def dispatch(api_request):
        raise BrokenResponse("melted")

    monkeypatch.setattr(fake._engine, "dispatch", dispatch)

    response = Client(fake.wsgi_app).post("/devices/list")

    assert response.status_code == 500
    assert "no response for the fault kind 'melted'" in response.get_json()["error"]["message"]
    assert "RuntimeError" in capsys.readouterr().err
