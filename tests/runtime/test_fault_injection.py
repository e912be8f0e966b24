"""Faults carried out: what the app gets, before the handler runs or after its commit."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from fakeseam import ApiError, BrokenResponse
from fakeseam.core.fault_plan import KINDS

CREATE = "/connect_webviews/create"
WEBVIEWS = "/connect_webviews/list"
MIDNIGHT = datetime(2026, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def broken(fake):
    """Make a call whose response has to break; returns the error."""

    def broken(path, params=None):
        with pytest.raises(BrokenResponse) as caught:
            fake.call(path, params)
        return caught.value

    return broken


def webviews(fake):
    return fake.call(WEBVIEWS)["connect_webviews"]


# After the commit


def test_an_outage_after_the_commit_leaves_what_was_made(fake, refuse):
    fake.faults.add(CREATE, status=503, when="after")

    assert refuse(CREATE, {"custom_metadata": {"user": "u1"}}).status == 503
    assert [webview["custom_metadata"] for webview in webviews(fake)] == [{"user": "u1"}]


def test_an_outage_before_the_commit_leaves_nothing(fake, refuse):
    fake.faults.add(CREATE, status=503, when="before")

    assert refuse(CREATE).status == 503
    assert webviews(fake) == []


def test_a_refusal_is_lost_in_an_outage_after_it(fake, refuse):
    fake.faults.add(CREATE, status=502, when="after")

    assert refuse(CREATE, {"provider_category": "no such"}).status == 502
    assert refuse(CREATE, {"provider_category": "no such"}).status == 400


def test_webhooks_are_sent_although_the_response_is_lost(fake, refuse, hook):
    hook(event_types=["connected_account.deleted"])
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add("/connected_accounts/delete", status=503, when="after")

    assert refuse("/connected_accounts/delete", {"connected_account_id": account_id}).status == 503
    fake.webhooks.assert_sent("connected_account.deleted")


def test_a_deletion_that_is_tried_again_finds_nothing_any_more(fake, refuse):
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add("/connected_accounts/delete", status=503, when="after")

    statuses = [
        refuse("/connected_accounts/delete", {"connected_account_id": account_id}).status
        for _ in range(2)
    ]

    assert statuses == [503, 404]


def test_the_request_log_shows_what_a_fault_did(fake, refuse):
    fake.faults.add(CREATE, status=503, when="after", latency=2)

    refuse(CREATE)

    (request,) = fake.requests
    assert (request.status, request.fault) == (503, "fault: 503, 2 s late, after its commit")


# Kinds


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_response_is_a_connection_error_with_its_kind(fake, broken, kind):
    fake.faults.add(CREATE, kind=kind)

    error = broken(CREATE)

    assert isinstance(error, ConnectionError)
    assert error.kind == kind
    assert str(error) == f"an injected fault: {kind}"
    assert webviews(fake) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_response_may_break_after_the_commit(fake, broken, kind):
    fake.faults.add(CREATE, kind=kind, when="after")

    error = broken(CREATE, {"custom_metadata": {"user": "u1"}})

    assert error.body["connect_webview"]["custom_metadata"] == {"user": "u1"}
    assert webviews(fake) == [error.body["connect_webview"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_may_be_what_breaks(fake, broken, kind):
    fake.faults.add(CREATE, kind=kind, when="after")

    error = broken(CREATE, {"provider_category": "no such"})

    assert error.body is None
    assert error.error.status == 400


@pytest.mark.parametrize(
    ("kind", "status"), [("reset", None), ("timeout", None), ("garbage", 200), ("truncated", 200)]
)
def test_the_request_log_shows_how_a_response_broke(fake, broken, kind, status):
    fake.faults.add(CREATE, kind=kind)

    broken(CREATE)

    (request,) = fake.requests
    assert (request.status, request.fault) == (status, f"fault: {kind}")


@pytest.mark.parametrize(
    ("kind", "status"), [("reset", None), ("timeout", None), ("garbage", 200), ("truncated", 400)]
)
def test_the_request_log_shows_the_status_of_a_broken_refusal(fake, broken, kind, status):
    """Garbage has the 200 of a proxy; a truncated response has its own status."""
    fake.faults.add(CREATE, kind=kind, when="after")

    broken(CREATE, {"provider_category": "no such"})

    (request,) = fake.requests
    assert (request.status, request.error) == (status, "invalid_input")


# Latency


def test_a_late_response_is_late_on_the_fakes_clock(fake):
    fake.faults.add(CREATE, latency=2.5)

    assert fake.call(CREATE)["ok"] is True
    assert fake.clock.now == MIDNIGHT + timedelta(seconds=2.5)


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_response_is_late_and_not_the_call(fake, when):
    fake.faults.add(CREATE, latency=60, when=when)

    made = fake.call(CREATE)["connect_webview"]

    assert made["created_at"] == "2026-01-01T00:00:00.000Z"


def test_webhooks_do_not_wait_for_a_late_response(fake, hook):
    account_id = fake.connect_account()["connected_account_id"]
    hook(event_types=["connected_account.deleted"])
    moments = []
    fake.webhooks.deliver_to(lambda delivery: moments.append(fake.clock.now) or 200)
    fake.faults.add("/connected_accounts/delete", latency=60)

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert moments == [MIDNIGHT]
    assert fake.clock.now == MIDNIGHT + timedelta(seconds=60)


def test_what_falls_due_while_a_response_is_late_runs_before_it(fake, hook):
    statuses = [500, 200]
    fake.webhooks.deliver_to(lambda delivery: statuses.pop(0))
    hook(event_types=["connected_account.deleted"])
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add("/connected_accounts/delete", latency=60)

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert statuses == []


def test_a_refusal_may_be_late(fake, refuse):
    fake.faults.add(CREATE, latency=3)

    assert refuse(CREATE, {"provider_category": "no such"}).status == 400
    assert fake.clock.now == MIDNIGHT + timedelta(seconds=3)


def test_an_outage_may_be_late_and_still_prevents_the_call(fake, refuse):
    fake.faults.add(CREATE, status=504, latency=30)

    assert refuse(CREATE).status == 504
    assert fake.clock.now == MIDNIGHT + timedelta(seconds=30)
    assert webviews(fake) == []


def test_a_timeout_may_have_a_latency_of_zero(fake, broken):
    fault = fake.faults.add(CREATE, kind="timeout", latency=0)

    assert broken(CREATE).kind == "timeout"
    assert fault.hits == 1


def test_other_calls_run_while_a_response_is_late(fake, hook):
    """The receiver calls the fake in the meantime."""
    seen = []
    fake.webhooks.deliver_to(lambda delivery: seen.append(len(webviews(fake))) or 200)
    hook(event_types=["connected_account.deleted"])
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add("/connected_accounts/delete", latency=60)

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert seen == [1]


# Statuses


def test_an_outage_has_no_body(fake, refuse):
    fake.faults.add(CREATE, status=503)

    refusal = refuse(CREATE)

    assert (refusal.type, refusal.body) == ("", {})
    assert str(refusal) == "503 (empty body)"


def test_a_429_says_when_to_try_again(fake, refuse):
    fake.faults.add(CREATE, status=429, retry_after=30)

    refusal = refuse(CREATE)

    assert (refusal.status, refusal.type) == (429, "rate_limited")
    assert refusal.headers == {"Retry-After": "30"}
    assert refusal.body["ok"] is False


def test_an_internal_error_has_a_body(fake, refuse):
    fake.faults.add(CREATE, status=500)

    assert refuse(CREATE).type == "internal_server_error"


@pytest.mark.parametrize("status", [401, 404])
def test_a_status_that_seam_gives_a_body_comes_without_one_from_a_proxy(fake, refuse, status):
    fake.faults.add(CREATE, status=status)

    assert refuse(CREATE).body == {}


def test_a_fault_of_an_error_is_no_broken_response(fake):
    fake.faults.add(CREATE, status=500)

    with pytest.raises(ApiError):
        fake.call(CREATE)
