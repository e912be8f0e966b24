"""The levers for faults over HTTP, for suites in other languages."""

from __future__ import annotations

import pytest

LIST = "/connect_webviews/list"
PLANNED = {
    "fault_id": 1,
    "route": "GET /connect_webviews/list",
    "resource": None,
    "status": 429,
    "kind": None,
    "when": "before",
    "latency": 0.0,
    "retry_after": 30,
    "times": 2,
    "after": 1,
    "probability": 1.0,
    "struck": 0,
    "is_over": False,
}
BY_CHANCE = {
    "fault_id": 2,
    "route": "*",
    "resource": "c1",
    "status": None,
    "kind": "reset",
    "when": "after",
    "latency": 0.5,
    "retry_after": None,
    "times": None,
    "after": 0,
    "probability": 0.25,
    "struck": 0,
    "is_over": False,
}


@pytest.fixture
def pull(ask):
    """Pull a lever of faults, without a key."""

    def pull(name, method="POST", **params):
        how = {"query_string": params} if method == "GET" else {"json": params}
        answer = ask(method, f"/_fakeseam/faults/{name}", headers={}, **how)
        return answer.status_code, answer.get_json()

    return pull


def add(pull):
    pull("add", route=f"GET {LIST}", status=429, retry_after=30, times=2, after=1)
    pull("add", resource="c1", kind="reset", when="after", latency=0.5, probability=0.25)


def test_adding_a_fault_answers_it(pull):
    status, body = pull(
        "add", route=f"get {LIST}", status=429, retry_after=30, times=2, after=1
    )

    assert (status, body) == (200, {"fault": PLANNED, "ok": True})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_all_faults_are_listed(pull, method):
    add(pull)

    assert pull("list", method) == (200, {"faults": [PLANNED, BY_CHANCE], "ok": True})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_fault_tells_how_often_it_has_struck(pull, ask, method):
    add(pull)
    assert [ask("GET", LIST).status_code for _ in range(4)] == [200, 429, 429, 200]

    _, body = pull("get", method, fault_id=1)

    assert body["fault"] == {**PLANNED, "struck": 2, "is_over": True}


def test_a_fault_that_was_removed_is_over(pull, ask):
    add(pull)

    assert pull("remove", fault_id=1)[1]["fault"] == {**PLANNED, "is_over": True}

    assert [ask("GET", LIST).status_code for _ in range(3)] == [200, 200, 200]


def test_all_faults_are_over_when_they_are_cleared(pull):
    add(pull)

    assert pull("clear") == (200, {"ok": True})

    assert [fault["is_over"] for fault in pull("list")[1]["faults"]] == [True, True]


@pytest.mark.parametrize("name", ["get", "remove"])
@pytest.mark.parametrize("fault_id", [2, 99])
def test_a_fault_that_there_never_was_is_a_misuse(pull, name, fault_id):
    pull("add", route=LIST, status=503)

    status, body = pull(name, fault_id=fault_id)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert body["error"]["message"].startswith(f"no fault {fault_id} here; faults/list tells")


@pytest.mark.parametrize("name", ["get", "remove"])
@pytest.mark.parametrize("params", [{}, {"fault_id": 0}, {"fault_id": "one"}])
def test_a_fault_goes_by_its_number(pull, name, params):
    status, body = pull(name, **params)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert "fault_id" in body["error"]["message"]


def test_a_fault_that_makes_no_sense_is_a_misuse(pull):
    status, body = pull("add", route=LIST)

    assert (status, body["error"]["type"]) == (400, "fakeseam_misuse")
    assert body["error"]["message"].startswith("what is to go wrong? Give a status")
