"""Events: their timestamps, their fields, and /events/get."""

from __future__ import annotations

import uuid

import pytest

from fakeseam import FakeSeam

ALL = {"since": "2025-01-01T00:00:00Z"}


def timestamps(fake, **filters):
    return [event["created_at"] for event in fake.events.filter(**filters)]


def test_every_event_of_a_login_has_a_timestamp_of_its_own(fake):
    fake.connect_account(provider="minut")

    assert timestamps(fake) == [f"2026-01-01T00:00:00.00{number}Z" for number in range(7)]


def test_events_continue_after_the_last_timestamp_while_the_clock_stands_still(fake):
    for _ in range(3):
        fake.connect_account(provider="minut")

    assert timestamps(fake)[-1] == "2026-01-01T00:00:00.020Z"
    assert len(set(timestamps(fake))) == 21


def test_events_continue_after_the_last_timestamp_while_the_clock_is_behind_it(fake):
    fake.connect_account(provider="minut")
    fake.clock.advance(0.003)

    fake.connect_account(provider="minut")

    assert timestamps(fake)[7] == "2026-01-01T00:00:00.007Z"


def test_a_clock_that_has_moved_is_read_again(fake):
    fake.connect_account(provider="minut")
    fake.clock.advance(60)

    fake.disconnect_account(fake.call("/connected_accounts/list")["connected_accounts"][0])

    assert timestamps(fake)[7:] == ["2026-01-01T00:01:00.000Z", "2026-01-01T00:01:00.001Z"]


def test_workspaces_do_not_share_their_timestamps(fake):
    other = fake.create_workspace()
    fake.connect_account(provider="minut")
    fake.connect_account(provider="minut", workspace_id=other.workspace_id)

    assert timestamps(fake, workspace_id=other.workspace_id)[0] == "2026-01-01T00:00:00.000Z"


def test_a_clock_set_back_is_obeyed(monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1767225600.0)
    fake = FakeSeam()
    fake.connect_account(provider="minut")

    monkeypatch.setattr("time.time", lambda: 1767225000.0)
    fake.connect_account(provider="minut")

    assert timestamps(fake)[7:9] == ["2025-12-31T23:50:00.000Z", "2025-12-31T23:50:00.001Z"]


def test_a_list_is_in_the_order_of_timestamps_not_of_creation(monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1767225600.0)
    fake = FakeSeam()
    later = fake.connect_account(provider="minut")
    monkeypatch.setattr("time.time", lambda: 1767225000.0)
    earlier = fake.connect_account(provider="minut")

    events = fake.call("/events/list", ALL)["events"]
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]

    assert events[0]["connected_account_id"] == earlier["connected_account_id"]
    assert accounts == [earlier, later]


def test_polling_since_the_last_event_misses_none(fake):
    seen, since = [], "2025-01-01T00:00:00Z"
    for _ in range(4):
        fake.connect_account(provider="minut")
        new = fake.call("/events/list", {"since": since, "limit": 3})["events"]
        while new:
            seen += [event["event_id"] for event in new]
            since = new[-1]["created_at"]
            new = fake.call("/events/list", {"since": since, "limit": 3})["events"]

    assert seen == [event["event_id"] for event in fake.events]


# Fields


COMMON = {
    *("event_id", "event_type", "event_description", "workspace_id"),
    *("created_at", "occurred_at"),
}
ACCOUNT = {"connected_account_id", "connected_account_custom_metadata"}
DEVICE = {
    "device_id",
    "connected_account_id",
    "device_custom_metadata",
    "connected_account_custom_metadata",
}
ERRORS_AND_WARNINGS = {"connected_account_errors", "connected_account_warnings"}
FIELDS = {
    "connect_webview.login_succeeded": {"connect_webview_id", *ACCOUNT},
    "connect_webview.login_failed": {"connect_webview_id"},
    "connected_account.created": {"connect_webview_id", *ACCOUNT},
    "connected_account.successful_login": {"connect_webview_id", *ACCOUNT},
    "connected_account.connected": {"connect_webview_id", *ACCOUNT},
    "connected_account.completed_first_sync": ACCOUNT,
    "connected_account.completed_first_sync_after_reconnection": ACCOUNT,
    "connected_account.disconnected": ACCOUNT | ERRORS_AND_WARNINGS,
    "connected_account.reauthorization_requested": ACCOUNT | ERRORS_AND_WARNINGS,
    "connected_account.deleted": {*ACCOUNT, "connected_account_type"},
    "device.added": DEVICE,
    "device.connected": DEVICE,
    "device.disconnected": {
        *DEVICE,
        *ERRORS_AND_WARNINGS,
        "error_code",
        "device_errors",
        "device_warnings",
    },
    "device.deleted": {*DEVICE, "device_name"},
}


@pytest.fixture
def life(fake):
    """Everything that can happen to an account and its webviews, once."""

    def login():
        return fake.connect_account(provider="minut", email="jane@example.com")

    webview = fake.call("/connect_webviews/create")["connect_webview"]
    fake.fail_connect_webview(webview)
    account = login()
    fake.request_reauthorization(account)
    fake.disconnect_account(account)
    login()
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)
    return fake


@pytest.mark.parametrize("event_type", FIELDS)
def test_an_event_has_exactly_the_fields_of_its_type(life, event_type):
    events = life.events.filter(event_type)

    assert events
    assert [set(event) for event in events] == [COMMON | FIELDS[event_type]] * len(events)


def test_the_events_of_these_tests_are_all_listed(life):
    assert {event["event_type"] for event in life.events} == set(FIELDS)


def test_an_event_has_an_id_and_occurred_when_it_was_created(life):
    for event in life.events:
        assert str(uuid.UUID(event["event_id"])) == event["event_id"]
        assert event["occurred_at"] == event["created_at"]
        assert event["workspace_id"] == life.workspace_id


def test_a_customer_is_named_only_by_some_events(fake):
    fake.connect_account(provider="minut", customer_key="c1")

    named = [event["event_type"] for event in fake.events if "customer_key" in event]

    assert named == [
        "connect_webview.login_succeeded",
        "connected_account.connected",
        "device.added",
        "device.connected",
    ]


def test_errors_in_an_event_are_brief(fake):
    fake.disconnect_account(fake.connect_account(provider="minut"))

    of_account = fake.events.assert_emitted("connected_account.disconnected")
    of_device = fake.events.assert_emitted("device.disconnected")

    (error,) = of_account["connected_account_errors"]
    assert set(error) == {"created_at", "message", "error_code"}
    assert error["error_code"] == "account_disconnected"
    assert of_account["connected_account_warnings"] == []
    assert of_device["error_code"] == "account_disconnected"
    assert of_device["connected_account_errors"] == [error]
    assert of_device["device_errors"] == [error]


def test_warnings_in_an_event_are_brief(fake):
    fake.request_reauthorization(fake.connect_account())

    event = fake.events.assert_emitted("connected_account.reauthorization_requested")

    (warning,) = event["connected_account_warnings"]
    assert set(warning) == {"created_at", "message", "warning_code"}
    assert warning["warning_code"] == "account_reauthorization_requested"


def test_past_events_keep_the_metadata_of_their_time(fake):
    account = fake.connect_account(custom_metadata={"a": "1"})
    sent = {"connected_account_id": account["connected_account_id"], "custom_metadata": {"b": "2"}}

    fake.call("/connected_accounts/update", sent)

    event = fake.events.assert_emitted("connected_account.connected")
    assert event["connected_account_custom_metadata"] == {"a": "1"}


# get


def test_an_event_is_found_by_its_id(fake):
    fake.connect_account()

    for event in fake.events:
        assert fake.call("/events/get", {"event_id": event["event_id"]})["event"] == event


def test_without_an_id_the_newest_is_meant(fake):
    fake.connect_account(provider="minut")
    fake.connect_account(provider="minut")
    newest = fake.events.filter("device.added")[1]

    assert fake.call("/events/get", {"event_type": "device.added"})["event"] == newest


def test_every_argument_has_to_match(fake, refuse):
    fake.connect_account(provider="minut")
    added = fake.events.assert_emitted("device.added")
    created = fake.events.assert_emitted("connected_account.created")
    device_id = added["device_id"]

    fits = {"device_id": device_id, "event_type": "device.added"}

    assert fake.call("/events/get", fits)["event"] == added
    for misfit in (
        {"device_id": device_id, "event_type": "connected_account.created"},
        {"event_id": created["event_id"], "event_type": "device.added"},
        {"event_id": created["event_id"], "device_id": device_id},
        {"event_type": "no.such.type"},
    ):
        assert refuse("/events/get", misfit).type == "event_not_found"
