"""The control endpoints of faults over HTTP, for tests in other languages."""

from __future__ import annotations

import pytest

LIST = "/connect_webviews/list"
LISTED = {
    "fault_id": 1,
    "route": "GET /connect_webviews/list",
    "resource": None,
    "workspace_id": None,
    "status": 429,
    "kind": None,
    "when": "before",
    "latency": 0.0,
    "retry_after": 30,
    "times": 2,
    "after": 1,
    "probability": 1.0,
    "hits": 0,
    "is_over": False,
}
BY_CHANCE = {
    "fault_id": 2,
    "route": "*",
    "resource": "c1",
    "workspace_id": None,
    "status": None,
    "kind": "reset",
    "when": "after",
    "latency": 0.5,
    "retry_after": None,
    "times": None,
    "after": 0,
    "probability": 0.25,
    "hits": 0,
    "is_over": False,
}


@pytest.fixture
def call_control(send):
    """Calls a control endpoint of faults, without a key."""

    def call_control(name, method="POST", **params):
        how = {"query_string": params} if method == "GET" else {"json": params}
        response = send(method, f"/_fakeseam/faults/{name}", headers={}, **how)
        return response.status_code, response.get_json()

    return call_control


def add(call_control):
    call_control("add", route=f"GET {LIST}", status=429, retry_after=30, times=2, after=1)
    call_control("add", resource="c1", kind="reset", when="after", latency=0.5, probability=0.25)


def test_adding_a_fault_returns_it(call_control):
    status, body = call_control(
        "add", route=f"get {LIST}", status=429, retry_after=30, times=2, after=1
    )

    assert (status, body) == (200, {"fault": LISTED, "ok": True})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_all_faults_are_listed(call_control, method):
    add(call_control)

    assert call_control("list", method) == (200, {"faults": [LISTED, BY_CHANCE], "ok": True})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_fault_counts_its_hits(call_control, send, method):
    add(call_control)
    assert [send("GET", LIST).status_code for _ in range(4)] == [200, 429, 429, 200]

    _, body = call_control("get", method, fault_id=1)

    assert body["fault"] == {**LISTED, "hits": 2, "is_over": True}


def test_a_fault_that_was_removed_is_over(call_control, send):
    add(call_control)

    assert call_control("remove", fault_id=1)[1]["fault"] == {**LISTED, "is_over": True}

    assert [send("GET", LIST).status_code for _ in range(3)] == [200, 200, 200]


def test_all_faults_are_over_after_they_are_cleared(call_control):
    add(call_control)

    assert call_control("clear") == (200, {"ok": True})

    assert [fault["is_over"] for fault in call_control("list")[1]["faults"]] == [True, True]


@pytest.mark.parametrize("name", ["get", "remove"])
@pytest.mark.parametrize("fault_id", [2, 99])
def test_an_unknown_fault_is_misuse(call_control, name, fault_id):
    call_control("add", route=LIST, status=503)

    status, body = call_control(name, fault_id=fault_id)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert body["error"]["message"].startswith(f"no fault {fault_id} here; faults/list shows")


@pytest.mark.parametrize("name", ["get", "remove"])
@pytest.mark.parametrize("params", [{}, {"fault_id": 0}, {"fault_id": "one"}])
def test_a_fault_is_identified_by_its_number(call_control, name, params):
    status, body = call_control(name, **params)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert "fault_id" in body["error"]["message"]


def test_a_fault_without_an_effect_is_misuse(call_control):
    status, body = call_control("add", route=LIST)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert body["error"]["message"].startswith("faults.add() needs a status (an HTTP error)")
