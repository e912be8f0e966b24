"""The one entrance: one call at a time, and a refused call leaves nothing behind."""

from __future__ import annotations

import threading

import pytest

from fakeseam import ApiError, FakeSeam, LoginFailed, MisuseError
from fakeseam.lock import PlainLock

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
CREATE = "/connect_webviews/create"


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T00:00:00Z")


def refusal(fake, *args, **how):
    with pytest.raises(ApiError) as caught:
        fake.call(*args, **how)
    return caught.value


class Nosy(dict):
    """Metadata that calls into the fake while it is being read."""

    def __init__(self, work):
        super().__init__(k="v")
        self.work = work

    def items(self):
        self.work()
        return super().items()


def error_of(work):
    """The type and text of what the work raises; a work that hangs fails the test."""
    errors = []

    def try_it():
        try:
            work()
        except Exception as exc:
            errors.append(exc)

    thread = threading.Thread(target=try_it, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive(), "it hangs"
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
    nosy = Nosy(inside[inner])

    raised, said = error_of(lambda: fake.call(CREATE, {"custom_metadata": nosy}))

    assert raised is RuntimeError
    assert "a call into fakeseam from within one" in said


def test_the_fake_goes_on_after_a_call_from_within_a_call(fake):
    before = fake.snapshot()
    error_of(lambda: fake.call(CREATE, {"custom_metadata": Nosy(fake.snapshot)}))

    assert fake.snapshot() == before
    assert fake.call("/connect_webviews/list")["connect_webviews"] == []


def test_a_call_may_be_made_while_reading_the_event_log(fake):
    fake.connect_account()

    types = [fake.call("/events/get", {"event_id": e["event_id"]}) for e in fake.events]

    assert len(types) == len(fake.events)


def test_the_lock_is_free_after_an_error_in_it():
    lock = PlainLock()
    with pytest.raises(ZeroDivisionError), lock:
        1 / 0

    with lock:
        pass


def test_another_thread_waits_for_its_turn():
    lock, order, started = PlainLock(), [], threading.Event()

    def other():
        started.set()
        with lock:
            order.append("other")

    with lock:
        thread = threading.Thread(target=other)
        thread.start()
        started.wait(10)
        order.append("first")
    thread.join(10)

    assert order == ["first", "other"]


def test_calls_of_many_threads_all_arrive(fake):
    def work():
        for _ in range(20):
            fake.call(CREATE)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    webviews = fake.call("/connect_webviews/list")["connect_webviews"]
    assert len({webview["connect_webview_id"] for webview in webviews}) == 100


# In the order in which requests are refused


def test_who_asks_is_settled_before_how(fake):
    assert refusal(fake, CREATE, method="DELETE", token="seam_wrong").status == 401


def test_how_is_settled_before_with_what(fake):
    malformed = {"connect_webview_id": "malformed"}

    assert refusal(fake, "/connect_webviews/get", malformed, method="PUT").status == 405


def test_with_what_is_settled_before_for_what(fake):
    sent = {"connected_account_id": UNKNOWN, "display_name": ""}

    refused = refusal(fake, "/connected_accounts/update", sent)

    assert (refused.status, refused.type) == (400, "invalid_input")


# Nothing is left behind


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


def test_a_misused_lever_leaves_nothing_behind(fake):
    webview = fake.call(CREATE)["connect_webview"]
    fake.complete_connect_webview(webview, email="jane@example.com")
    fake.disconnect_account(fake.call("/connected_accounts/list")["connected_accounts"][0])
    before = fake.snapshot()

    with pytest.raises(MisuseError):
        fake.complete_connect_webview(webview, email="jane@example.com")

    assert fake.snapshot() == before


def test_a_failed_login_is_an_outcome_and_is_kept(fake):
    webview = fake.call(CREATE)["connect_webview"]
    before = fake.snapshot()

    with pytest.raises(LoginFailed):
        fake.complete_connect_webview(webview, email="jane@example.com", password="wrong")

    assert fake.snapshot() != before
    assert [event["event_type"] for event in fake.events] == ["connect_webview.login_failed"]


def test_an_error_inside_a_handler_is_undone_and_comes_out_as_it_is(fake, monkeypatch):
    before = fake.snapshot()
    monkeypatch.setattr("fakeseam.api.connect_webviews.show", lambda call, webview: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        fake.call(CREATE)

    assert fake.snapshot() == before


# Numbers of requests


def test_requests_are_numbered_from_one(fake):
    numbers = [refusal(fake, "/connect_webviews/get").request_id for _ in range(3)]

    assert numbers == ["request1", "request2", "request3"]


def test_a_refusal_carries_the_number_of_its_request(fake):
    fake.call(CREATE)

    refused = refusal(fake, "/connect_webviews/get")

    assert refused.request_id == "request2"
    assert refused.body["error"]["request_id"] == "request2"
