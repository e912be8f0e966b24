"""The request dispatcher: one call at a time, and a refused call changes nothing."""

from __future__ import annotations

import threading

import pytest

from fakeseam import ApiError, FakeSeam, LoginFailed, MisuseError

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
CREATE = "/connect_webviews/create"


def refusal(fake, *args, **options):
    with pytest.raises(ApiError) as caught:
        fake.call(*args, **options)
    return caught.value


class CallingMetadata(dict):
    """Metadata that calls the fake while the fake reads it."""

    def __init__(self, call):
        super().__init__(k="v")
        self.call = call

    def items(self):
        self.call()
        return super().items()


def error_of(call):
    """The type and text of what the call raises; a call that hangs fails the test."""
    errors = []

    def run():
        try:
            call()
        except Exception as exc:
            errors.append(exc)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive(), "the call hangs"
    (error,) = errors
    return type(error), str(error)


# The lock


@pytest.mark.parametrize("inner", ["call", "events", "snapshot"])
def test_a_call_from_within_a_call_raises_at_once(fake, inner):
    inside = {
        "call": lambda: fake.call("/connect_webviews/list"),
        "events": lambda: list(fake.events),
        "snapshot": fake.snapshot,
    }
    metadata = CallingMetadata(inside[inner])

    error_type, message = error_of(lambda: fake.call(CREATE, {"custom_metadata": metadata}))

    assert error_type is RuntimeError
    assert "fakeseam called itself inside a call" in message


def test_the_fake_still_works_after_a_call_from_within_a_call(fake):
    before = fake.snapshot()
    error_of(lambda: fake.call(CREATE, {"custom_metadata": CallingMetadata(fake.snapshot)}))

    assert fake.snapshot() == before
    assert fake.call("/connect_webviews/list")["connect_webviews"] == []


def test_a_call_may_be_made_while_reading_the_event_log(fake):
    fake.connect_account()

    types = [fake.call("/events/get", {"event_id": e["event_id"]}) for e in fake.events]

    assert len(types) == len(fake.events)


def test_calls_of_many_threads_are_all_executed(fake):
    def create():
        for _ in range(20):
            fake.call(CREATE)

    threads = [threading.Thread(target=create) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    webviews = fake.call("/connect_webviews/list")["connect_webviews"]
    assert len({webview["connect_webview_id"] for webview in webviews}) == 100


# The order of checks


def test_the_caller_is_checked_before_the_method(fake):
    assert refusal(fake, CREATE, method="DELETE", token="seam_wrong").status == 401


def test_the_method_is_checked_before_the_parameters(fake):
    malformed = {"connect_webview_id": "malformed"}

    assert refusal(fake, "/connect_webviews/get", malformed, method="PUT").status == 405


def test_the_parameters_are_checked_before_the_handler_runs(fake):
    sent = {"connected_account_id": UNKNOWN, "display_name": ""}

    refused = refusal(fake, "/connected_accounts/update", sent)

    assert (refused.status, refused.type) == (400, "invalid_input")


# What a refused call leaves


def test_a_refused_update_changes_nothing_at_all(fake):
    account = fake.connect_account(customer_key="c1", custom_metadata={"a": "1"})
    account_id = account["connected_account_id"]
    before = fake.snapshot()

    with pytest.raises(ApiError):
        fake.call(
            "/connected_accounts/update",
            {
                "connected_account_id": account_id,
                "customer_key": "c2",
                "custom_metadata": {"b": "2"},
                "display_name": "Other",
            },
        )

    assert fake.snapshot() == before


def test_a_refused_call_uses_up_no_id(fake):
    straight = FakeSeam(now="2026-01-01T00:00:00Z")
    with pytest.raises(ApiError):
        fake.call(CREATE, {"provider_category": "no such"})
    with pytest.raises(MisuseError):
        fake.connect_account(provider="no such brand")
    with pytest.raises(MisuseError):
        fake.connect_account(connected_account_id="malformed")

    assert fake.connect_account() == straight.connect_account()
    assert fake.snapshot() == straight.snapshot()


def test_a_misused_control_endpoint_changes_nothing(fake):
    webview = fake.call(CREATE)["connect_webview"]
    fake.complete_connect_webview(webview, email="jane@example.com")
    fake.disconnect_account(fake.call("/connected_accounts/list")["connected_accounts"][0])
    before = fake.snapshot()

    with pytest.raises(MisuseError):
        fake.complete_connect_webview(webview, email="jane@example.com")

    assert fake.snapshot() == before


def test_a_failed_login_is_a_result_and_is_kept(fake):
    webview = fake.call(CREATE)["connect_webview"]
    before = fake.snapshot()

    with pytest.raises(LoginFailed):
        fake.complete_connect_webview(webview, email="jane@example.com", password="wrong")

    assert fake.snapshot() != before
    assert [event["event_type"] for event in fake.events] == ["connect_webview.login_failed"]


def test_an_error_inside_a_handler_is_rolled_back_and_raised_as_it_is(fake, monkeypatch):
    before = fake.snapshot()
    monkeypatch.setattr("fakeseam.api.connect_webviews.endpoints.shown", lambda ctx, one: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        fake.call(CREATE)

    assert fake.snapshot() == before


# Request ids


def test_a_refusal_has_the_id_of_its_request(fake):
    fake.call(CREATE)

    refused = refusal(fake, "/connect_webviews/get")

    assert refused.request_id == "request2"
    assert refused.body["error"]["request_id"] == "request2"
