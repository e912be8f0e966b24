"""The shape of every answer: its body, its headers, and what is refused before it is read."""

from __future__ import annotations

import pytest

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
    "not modelled": ("GET", "/locks/list", {}),
    "preflight": ("OPTIONS", "/connect_webviews/list", {"headers": {}}),
    "lever": ("POST", "/_fakeseam/create_workspace", {"headers": {}}),
    "misuse": ("POST", "/_fakeseam/complete_connect_webview", {"headers": {}}),
    "health": ("GET", "/health", {"headers": {}}),
}
requests = pytest.mark.parametrize(
    ("method", "path", "sent"), REQUESTS.values(), ids=REQUESTS.keys()
)
with_a_body = pytest.mark.parametrize(
    ("method", "path", "sent"), [sent for sent in REQUESTS.values() if sent[0] != "OPTIONS"]
)
outside_of_the_fakes_own = pytest.mark.parametrize(
    ("method", "path", "sent"),
    [sent for sent in REQUESTS.values() if not sent[1].startswith("/_fake")],
)


@requests
def test_every_answer_carries_the_id_of_its_request(ask, method, path, sent):
    assert ask(method, path, **sent).headers["seam-request-id"] == "request1"


def test_requests_are_counted(ask):
    ids = [ask("GET", "/health").headers["seam-request-id"] for _ in range(3)]

    assert ids == ["request1", "request2", "request3"]


def test_a_refusal_names_the_id_of_its_request_in_the_body_too(ask):
    answer = ask("GET", "/connect_webviews/get")

    assert answer.get_json()["error"]["request_id"] == answer.headers["seam-request-id"]


def test_the_id_of_a_request_is_the_one_in_the_journal(ask, fake):
    answer = ask("GET", "/connect_webviews/list")

    (request,) = fake.requests.filter("GET /connect_webviews/list")
    assert request.request_id == answer.headers["seam-request-id"]


@requests
def test_every_answer_is_dated_by_the_fakes_clock(ask, method, path, sent):
    assert ask(method, path, **sent).headers["Date"] == "Thu, 01 Jan 2026 12:00:00 GMT"


def test_the_date_moves_with_the_clock(ask, fake):
    fake.clock.advance(86400)

    assert ask("GET", "/health").headers["Date"] == "Fri, 02 Jan 2026 12:00:00 GMT"


@with_a_body
def test_a_body_is_json_and_says_so(ask, method, path, sent):
    answer = ask(method, path, **sent)

    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.get_json()["ok"] is (answer.status_code == 200)


@outside_of_the_fakes_own
def test_every_answer_of_seams_may_be_read_by_any_page(ask, method, path, sent):
    answer = ask(method, path, **sent)

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {name: answer.headers[name] for name in CORS} == CORS


def test_a_page_that_names_itself_is_allowed_by_name(ask):
    answer = ask("OPTIONS", "/connect_webviews/create", headers={"Origin": "http://app.test"})

    assert answer.headers["Access-Control-Allow-Origin"] == "http://app.test"


@pytest.mark.parametrize("path", ["/connect_webviews/create", "/nowhere", "/"])
def test_a_preflight_is_answered_at_any_path_without_a_body(ask, path):
    answer = ask("OPTIONS", path, headers={})

    assert (answer.status_code, answer.get_data()) == (200, b"")


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
def test_the_fakes_own_paths_are_closed_to_pages_from_elsewhere(ask, method, path):
    answer = ask(method, path, headers={"Origin": "http://app.test"})

    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]


def test_head_is_get_without_a_body(ask):
    answer = ask("HEAD", "/connect_webviews/list")

    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


def test_head_is_refused_where_get_is(ask):
    assert ask("HEAD", "/connect_webviews/create").status_code == 405


def test_who_asks_is_judged_before_the_method(ask):
    answer = ask("PUT", "/connect_webviews/create", headers={})

    assert answer.status_code == 401


def test_the_method_is_judged_before_the_body(ask):
    answer = ask("PUT", "/connect_webviews/create", data=b"x", content_type="text/plain")

    assert answer.status_code == 405
    assert answer.get_json()["error"]["message"] == "only POST accepted"


def test_the_content_type_is_judged_before_the_parameters(ask):
    answer = ask("POST", "/connect_webviews/get", data=b'{"connect_webview_id": 1}')

    assert answer.get_json()["error"]["type"] == "invalid_content_type"


@pytest.mark.parametrize("headers", [None, {}], ids=["with a key", "without"])
def test_an_unknown_path_is_not_found_and_told_what_is_near(ask, headers):
    answer = ask("POST", "/connect_webview/create", headers=headers)

    assert answer.status_code == 404
    assert answer.get_json()["error"]["type"] == "not_found"
    assert "/connect_webviews/create" in answer.get_json()["error"]["message"]


@pytest.mark.parametrize("path", ["/%ff", "/%00", "/" + "x" * 5000, "/x//", "/%ed%a0%80"])
def test_a_strange_path_is_not_found(ask, path):
    assert ask("GET", path).status_code == 404


def test_what_is_documented_but_not_modelled_says_so(ask):
    answer = ask("POST", "/locks/unlock_door", json={})

    assert answer.status_code == 501
    assert answer.get_json()["error"]["type"] == "fakeseam_not_modelled"


def test_an_error_is_told_in_seams_shape(ask):
    body = ask("GET", "/connect_webviews/get?connect_webview_id=x").get_json()

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
def test_an_outage_is_answered_without_a_body(ask, fake, status):
    fake.faults.add("/connect_webviews/list", status=status, retry_after=60)

    answer = ask("GET", "/connect_webviews/list")

    assert (answer.status_code, answer.get_data()) == (status, b"")
    assert answer.headers["Retry-After"] == "60"
    assert "application/json" not in answer.headers.get("Content-Type", "")
