"""Mishaps over HTTP and in process that were found once."""

import json

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def post():
    with FakeSeam() as fake:
        client = Client(fake.wsgi_app)
        yield lambda path, body=None: client.post(path, json=body or {})


def test_a_misspelt_parameter_of_a_lever_is_a_misuse_that_names_it(post):
    answer = post("/_fakeseam/connect_account", {"emial": "jane@example.com"})

    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["type"] == "fakeseam_misuse"
    assert "no parameter 'emial'" in error["message"]
    assert "email" in error["message"]


def test_a_probe_may_ask_after_the_health_as_it_likes(post):
    assert post("/health?probe=1").status_code == 200


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/_fakeseam/complete_webview", "/_fakeseam/complete_connect_webview"),
        ("/_fakeseam/clock/advanse", "/_fakeseam/clock/advance"),
        ("/connect_webview/create", "/connect_webviews/create"),
    ],
)
def test_an_unknown_path_is_told_the_nearest_of_its_kind(post, path, nearest):
    answer = post(path)

    assert answer.status_code == 404
    assert answer.get_json()["error"]["message"].endswith(f"the nearest path is {nearest}")


def test_the_official_fakes_control_route_keeps_its_404(post):
    answer = post("/_fake/complete_connect_webview", {"connect_webview_id": UNKNOWN})

    assert answer.status_code == 404
    assert answer.get_json()["error"]["type"] == "connect_webview_not_found"


def test_retries_leave_the_same_time_behind_in_every_run():
    def run():
        fake = FakeSeam(now="2026-01-01T00:00:00Z")
        fake.faults.add("GET /connect_webviews/list", status=503, times=2)
        with fake.client() as seam:
            seam.connect_webviews.list()
        return json.dumps(fake.call("/connect_webviews/create"))

    assert len({run() for _ in range(5)}) == 1
