"""With ``defer_sync`` an account's first sync is due ten minutes after the login."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError

TEN_MINUTES = 600
AT_ONCE = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
]
SYNCED = ["device.added", "device.connected", "connected_account.completed_first_sync"]


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True) as fake:
        yield fake


def connect(fake, **how):
    return fake.connect_account("minut", email="jane@example.com", **how)


def since(fake, moment):
    """The type and the timestamp of every event after a time."""
    events = fake.call("/events/list", {"since": moment})["events"]
    return [(event["event_type"], event["created_at"]) for event in events]


def test_it_has_not_run_just_before_it_is_due(fake, event_types):
    connect(fake)

    fake.clock.advance(TEN_MINUTES - 0.001)

    assert event_types() == AT_ONCE
    assert fake.call("/devices/list")["devices"] == []


def test_it_runs_when_it_is_due(fake):
    connect(fake)

    fake.clock.advance(3600)

    assert since(fake, "2026-01-01T00:01:00Z") == [
        ("device.added", "2026-01-01T00:10:00.000Z"),
        ("device.connected", "2026-01-01T00:10:00.001Z"),
        ("connected_account.completed_first_sync", "2026-01-01T00:10:00.002Z"),
    ]
    (device,) = fake.call("/devices/list")["devices"]
    assert device["created_at"] == "2026-01-01T00:10:00.000Z"


def test_it_runs_once(fake, event_types):
    connect(fake)

    fake.clock.advance(TEN_MINUTES)
    fake.clock.advance(TEN_MINUTES)

    assert event_types() == AT_ONCE + SYNCED


@pytest.mark.parametrize("how", ["/connected_accounts/sync", "sync_account"])
def test_a_requested_sync_does_not_run_again(fake, event_types, how):
    account = connect(fake)
    if how == "sync_account":
        fake.sync_account(account)
    else:
        fake.call(how, {"connected_account_id": account["connected_account_id"]})
    assert event_types() == AT_ONCE + SYNCED

    fake.clock.advance(3600)

    assert event_types() == AT_ONCE + SYNCED


def test_a_webview_that_waits_for_devices_is_authorized_then(fake, create, shown):
    webview = create(wait_for_device_creation=True)
    fake.complete_connect_webview(webview)
    assert shown(webview)["status"] == "pending"

    fake.clock.advance(TEN_MINUTES)

    assert shown(webview)["status"] == "authorized"
    assert shown(webview)["authorized_at"] == "2026-01-01T00:10:00.000Z"


def test_webhooks_receive_its_events(fake, hook):
    got = []
    fake.webhooks.deliver_to(lambda one: got.append((one.event["event_type"], now())) or 200)
    now = lambda: fake.clock.now.isoformat()  # noqa: E731
    hook(event_types=["device.added"])
    connect(fake)

    fake.clock.advance(3600)

    assert got == [("device.added", "2026-01-01T00:10:00+00:00")]


def test_each_account_has_its_own(fake, event_types):
    connect(fake)
    fake.clock.advance(60)
    fake.connect_account("nuki", username="john")

    fake.clock.advance(TEN_MINUTES - 60)
    assert len(fake.call("/devices/list")["devices"]) == 1
    fake.clock.advance(60)
    assert len(fake.call("/devices/list")["devices"]) > 1


def test_a_later_login_joins_the_scheduled_sync(fake, event_types):
    connect(fake)
    fake.clock.advance(TEN_MINUTES - 1)
    connect(fake)

    fake.clock.advance(1)

    assert event_types()[-3:] == SYNCED
    fake.clock.advance(3600)
    assert event_types().count("connected_account.completed_first_sync") == 1


def test_a_later_login_after_the_sync_has_one_of_its_own(fake, event_types):
    account = connect(fake)
    fake.clock.advance(TEN_MINUTES)
    fake.disconnect_account(account)
    fake.reconnect_account(account)
    before = len(event_types())

    fake.clock.advance(TEN_MINUTES)

    assert event_types()[before:] == ["connected_account.completed_first_sync_after_reconnection"]


def test_the_sync_of_a_deleted_account_does_nothing(fake, event_types):
    account = connect(fake)
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)
    before = event_types()

    fake.clock.advance(3600)

    assert event_types() == before


def test_the_sync_of_a_disconnected_account_is_dropped(fake, event_types):
    account = connect(fake)
    fake.disconnect_account(account)
    before = event_types()

    fake.clock.advance(3600)
    assert event_types() == before
    fake.reconnect_account(account)
    fake.clock.advance(TEN_MINUTES)

    assert event_types()[-3:] == [
        "device.connected",
        "connected_account.completed_first_sync",
        "connected_account.completed_first_sync_after_reconnection",
    ]


def test_the_sync_of_a_reset_sandbox_does_nothing(fake, event_types):
    connect(fake)
    fake.call("/workspaces/reset_sandbox")

    fake.clock.advance(3600)

    assert event_types() == []
    assert fake.call("/devices/list")["devices"] == []


def test_a_snapshot_includes_it(fake, event_types):
    connect(fake)
    snapshot = fake.snapshot()
    fake.clock.advance(TEN_MINUTES)

    fake.restore(snapshot)

    assert event_types() == AT_ONCE + SYNCED  # the clock is past it


def test_an_earlier_snapshot_does_not_include_it(fake, event_types):
    snapshot = fake.snapshot()
    connect(fake)
    fake.restore(snapshot)

    fake.clock.advance(3600)

    assert event_types() == []


def test_a_dump_includes_it(fake, tmp_path):
    connect(fake)
    fake.dump(tmp_path / "state.json")

    with FakeSeam(now="2026-01-01T00:00:00Z") as other:
        other.load(tmp_path / "state.json")
        other.clock.advance(TEN_MINUTES)

        assert [event["event_type"] for event in other.events] == AT_ONCE + SYNCED


def test_a_refused_login_leaves_none(fake, event_types):
    fake.connect_account("minut", email="jane@example.com", customer_key="c1")
    fake.clock.advance(TEN_MINUTES)
    before = event_types()
    webview = fake.call("/connect_webviews/create", {"customer_key": "c2"})["connect_webview"]
    with pytest.raises(Exception, match="customer"):
        fake.complete_connect_webview(webview, "minut", "jane@example.com")

    fake.clock.advance(3600)

    assert event_types() == [*before, "connect_webview.login_failed"]


def test_it_runs_before_the_next_call_when_the_clock_has_moved_otherwise(fake, event_types):
    """As in a pause of the SDK: the clock moves, and nothing runs."""
    connect(fake)

    fake.clock.pause(3600)

    assert len(fake.call("/devices/list")["devices"]) == 1
    assert since(fake, "2026-01-01T00:01:00Z")[0] == (
        "device.added", "2026-01-01T00:10:00.000Z"
    )


def test_a_sync_of_another_workspace_runs_there(fake):
    other = fake.create_workspace()
    connect(fake, workspace_id=other.workspace_id)

    fake.clock.advance(TEN_MINUTES)

    assert fake.call("/devices/list")["devices"] == []
    assert len(fake.call("/devices/list", token=other.api_key)["devices"]) == 1


def test_by_default_no_sync_is_scheduled():
    fake = FakeSeam(now="2026-01-01T00:00:00Z")
    connect(fake)
    before = len(fake.events)

    fake.clock.advance(3600)

    assert len(fake.events) == before


# A webview that waits for its account's first sync


@pytest.fixture
def waiting(fake):
    """A webview whose login is done, and the id of the account whose sync it waits for."""
    sent = {"wait_for_device_creation": True}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]
    account = fake.complete_connect_webview(webview)
    return webview, account["connected_account_id"]


def test_a_webview_that_waits_for_devices_stays_pending_until_the_sync(
    fake, create, shown, event_types
):
    webview = create(wait_for_device_creation=True)

    account_id = fake.complete_connect_webview(webview)["connected_account_id"]
    assert shown(webview) == webview
    assert (webview["status"], webview["connected_account_id"]) == ("pending", None)
    assert event_types() == AT_ONCE[1:]

    fake.call("/connected_accounts/sync", {"connected_account_id": account_id})

    done = shown(webview)
    assert (done["status"], done["login_successful"]) == ("authorized", True)
    assert done["connected_account_id"] == account_id
    assert event_types() == AT_ONCE[1:] + SYNCED + AT_ONCE[:1]


def test_it_cannot_be_completed_again_in_the_meantime(fake, waiting):
    webview, _ = waiting

    with pytest.raises(MisuseError, match="call /connected_accounts/sync"):
        fake.complete_connect_webview(webview)


def test_it_has_failed_when_the_account_is_deleted_before(fake, waiting, shown):
    webview, account_id = waiting

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert shown(webview)["status"] == "failed"
    webview_id = webview["connect_webview_id"]
    fake.events.assert_emitted("connect_webview.login_failed", connect_webview_id=webview_id)


def test_it_can_be_tried_again_then(fake, waiting, shown):
    webview, account_id = waiting
    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    again = fake.complete_connect_webview(webview)
    fake.call("/connected_accounts/sync", {"connected_account_id": again["connected_account_id"]})

    assert shown(webview)["status"] == "authorized"
    assert again["connected_account_id"] != account_id


def test_a_login_that_waits_for_its_sync_cannot_fail_any_more(fake):
    sent = {"wait_for_device_creation": True}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]
    account = fake.complete_connect_webview(webview)

    with pytest.raises(MisuseError, match="call /connected_accounts/sync"):
        fake.fail_connect_webview(webview)

    sent = {"connected_account_id": account["connected_account_id"]}
    assert fake.call("/connected_accounts/sync", sent) == {"ok": True}


def test_devices_that_are_back_emit_events_although_the_sync_is_deferred(fake):
    account = fake.connect_account(email="jane@example.com")
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/sync", sent)
    fake.disconnect_account(account)

    fake.connect_account(email="jane@example.com")

    devices = fake.call("/devices/list")["devices"]
    assert [device["properties"]["online"] for device in devices] == [True, True]
    assert len(fake.events.filter("device.connected")) == 4
