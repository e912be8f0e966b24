"""/action_attempts: the attempt of a reset is looked up and listed, also after the next one."""

from __future__ import annotations

import pytest

GET = "/action_attempts/get"
LIST = "/action_attempts/list"
RESET = "/workspaces/reset_sandbox"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
NOT_FOUND = (404, "action_attempt_not_found", "action_attempt not found")


@pytest.fixture
def attempt(fake):
    return fake.call(RESET)["action_attempt"]


@pytest.fixture
def refused(refuse):
    def refused(path, params=None, **how):
        refusal = refuse(path, params, **how)
        return refusal.status, refusal.type, refusal.message

    return refused


def by_id(attempt):
    return {"action_attempt_id": attempt["action_attempt_id"]}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_attempt_can_be_looked_up(fake, attempt, method):
    assert fake.call(GET, by_id(attempt), method=method)["action_attempt"] == attempt


def test_an_unknown_attempt_is_not_found(attempt, refused):
    assert refused(GET, {"action_attempt_id": UNKNOWN}) == NOT_FOUND
    assert refused(GET) == (400, "invalid_input", "action_attempt_id is required")
    assert refused(GET, {"action_attempt_id": "x"})[2] == 'Invalid uuid for "action_attempt_id"'


def test_another_workspaces_attempt_is_not_found(fake, attempt, refused):
    other = fake.create_workspace()

    assert refused(GET, by_id(attempt), token=other.api_key) == NOT_FOUND
    assert fake.call(LIST, token=other.api_key)["action_attempts"] == []


def test_a_session_sees_no_attempt_that_is_about_no_device(fake, attempt, refused):
    assert refused(GET, by_id(attempt), token=fake.create_client_session()) == NOT_FOUND
    assert refused(LIST, token=fake.create_client_session())[0] == 401


@pytest.mark.parametrize(
    "sent, found",
    [
        ({}, True),
        ({"action_attempt_ids": [UNKNOWN]}, False),
        ({"action_attempt_ids": []}, False),
        ({"device_id": UNKNOWN}, False),
        ({"limit": 1, "page_cursor": None}, True),
    ],
)
def test_a_list_keeps_what_meets_every_filter(fake, attempt, sent, found):
    assert fake.call(LIST, sent) == {
        "action_attempts": [attempt] if found else [],
        "pagination": {
            "has_next_page": False,
            "next_page_cursor": None,
            "next_page_url": None,
        },
        "ok": True,
    }


def test_a_list_is_filtered_by_ids(fake, attempt):
    sent = {"action_attempt_ids": [UNKNOWN, attempt["action_attempt_id"]]}

    assert fake.call(LIST, sent)["action_attempts"] == [attempt]


@pytest.mark.parametrize("limit, message", [(0, "greater than 0"), (0.5, "received float")])
def test_a_limit_is_a_positive_integer(refused, limit, message):
    assert message in refused(LIST, {"limit": limit})[2]


def test_a_reset_keeps_the_older_attempts(fake, attempt):
    second = fake.call(RESET)["action_attempt"]

    assert fake.call(GET, by_id(attempt))["action_attempt"] == attempt
    assert fake.call(LIST)["action_attempts"] == [attempt, second]


def test_attempts_come_a_page_at_a_time(fake, attempt):
    second = fake.call(RESET)["action_attempt"]

    first = fake.call(LIST, {"limit": 1})
    cursor = first["pagination"]["next_page_cursor"]
    last = fake.call(LIST, {"limit": 1, "page_cursor": cursor})

    assert (first["action_attempts"], last["action_attempts"]) == ([attempt], [second])
    assert last["pagination"]["has_next_page"] is False


def test_the_sdk_waits_for_a_reset_and_finds_it_again(fake):
    with fake.client() as seam:
        attempt = seam.workspaces.reset_sandbox(wait_for_action_attempt=True)
        found = seam.action_attempts.get(action_attempt_id=attempt.action_attempt_id)
        listed = seam.action_attempts.list(action_attempt_ids=[attempt.action_attempt_id])

    assert (attempt.status, found.action_attempt_id) == ("success", attempt.action_attempt_id)
    assert len(listed) == 1
