"""With ``defer_sync`` a login's first sync falls due by itself, ten minutes after it."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

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
    """The type and the moment of every event after one."""
    events = fake.call("/events/list", {"since": moment})["events"]
    return [(event["event_type"], event["created_at"]) for event in events]


def test_it_has_not_happened_a_moment_before(fake, told):
    connect(fake)

    fake.clock.advance(TEN_MINUTES - 0.001)

    assert told() == AT_ONCE
    assert fake.call("/devices/list")["devices"] == []


def test_it_happens_at_its_moment(fake):
    connect(fake)

    fake.clock.advance(3600)

    assert since(fake, "2026-01-01T00:01:00Z") == [
        ("device.added", "2026-01-01T00:10:00.000Z"),
        ("device.connected", "2026-01-01T00:10:00.001Z"),
        ("connected_account.completed_first_sync", "2026-01-01T00:10:00.002Z"),
    ]
    (device,) = fake.call("/devices/list")["devices"]
    assert device["created_at"] == "2026-01-01T00:10:00.000Z"


def test_it_happens_once(fake, told):
    connect(fake)

    fake.clock.advance(TEN_MINUTES)
    fake.clock.advance(TEN_MINUTES)

    assert told() == AT_ONCE + SYNCED


@pytest.mark.parametrize("how", ["/connected_accounts/sync", "sync_account"])
def test_one_that_was_asked_for_does_not_happen_again(fake, told, how):
    account = connect(fake)
    if how == "sync_account":
        fake.sync_account(account)
    else:
        fake.call(how, {"connected_account_id": account["connected_account_id"]})
    assert told() == AT_ONCE + SYNCED

    fake.clock.advance(3600)

    assert told() == AT_ONCE + SYNCED


def test_a_webview_that_waits_for_devices_is_authorized_then(fake, create, shown):
    webview = create(wait_for_device_creation=True)
    fake.complete_connect_webview(webview)
    assert shown(webview)["status"] == "pending"

    fake.clock.advance(TEN_MINUTES)

    assert shown(webview)["status"] == "authorized"
    assert shown(webview)["authorized_at"] == "2026-01-01T00:10:00.000Z"


def test_webhooks_hear_of_it(fake, hook):
    got = []
    fake.webhooks.deliver_to(lambda one: got.append((one.event["event_type"], now())) or 200)
    now = lambda: fake.clock.now.isoformat()  # noqa: E731
    hook(event_types=["device.added"])
    connect(fake)

    fake.clock.advance(3600)

    assert got == [("device.added", "2026-01-01T00:10:00+00:00")]


def test_each_account_has_its_own(fake, told):
    connect(fake)
    fake.clock.advance(60)
    fake.connect_account("nuki", username="john")

    fake.clock.advance(TEN_MINUTES - 60)
    assert len(fake.call("/devices/list")["devices"]) == 1
    fake.clock.advance(60)
    assert len(fake.call("/devices/list")["devices"]) > 1


def test_a_later_login_joins_the_sync_that_is_to_come(fake, told):
    connect(fake)
    fake.clock.advance(TEN_MINUTES - 1)
    connect(fake)

    fake.clock.advance(1)

    assert told()[-3:] == SYNCED
    fake.clock.advance(3600)
    assert told().count("connected_account.completed_first_sync") == 1


def test_a_later_login_after_the_sync_has_one_of_its_own(fake, told):
    account = connect(fake)
    fake.clock.advance(TEN_MINUTES)
    fake.disconnect_account(account)
    fake.reconnect_account(account)
    before = len(told())

    fake.clock.advance(TEN_MINUTES)

    assert told()[before:] == ["connected_account.completed_first_sync_after_reconnection"]


def test_that_of_a_deleted_account_is_nothing(fake, told):
    account = connect(fake)
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)
    before = told()

    fake.clock.advance(3600)

    assert told() == before


def test_that_of_a_disconnected_account_is_given_up(fake, told):
    account = connect(fake)
    fake.disconnect_account(account)
    before = told()

    fake.clock.advance(3600)
    assert told() == before
    fake.reconnect_account(account)
    fake.clock.advance(TEN_MINUTES)

    assert told()[-3:] == ["device.connected", *SYNCED[2:],
                           "connected_account.completed_first_sync_after_reconnection"]


def test_that_of_a_reset_sandbox_is_nothing(fake, told):
    connect(fake)
    fake.call("/workspaces/reset_sandbox")

    fake.clock.advance(3600)

    assert told() == []
    assert fake.call("/devices/list")["devices"] == []


def test_a_snapshot_knows_of_it(fake, told):
    connect(fake)
    snapshot = fake.snapshot()
    fake.clock.advance(TEN_MINUTES)

    fake.restore(snapshot)
    assert told() == AT_ONCE
    fake.clock.advance(0)

    assert told() == AT_ONCE + SYNCED


def test_a_snapshot_of_before_knows_nothing_of_it(fake, told):
    snapshot = fake.snapshot()
    connect(fake)
    fake.restore(snapshot)

    fake.clock.advance(3600)

    assert told() == []


def test_a_dump_knows_of_it(fake, tmp_path):
    connect(fake)
    fake.dump(tmp_path / "state.json")

    with FakeSeam(now="2026-01-01T00:00:00Z") as other:
        other.load(tmp_path / "state.json")
        other.clock.advance(TEN_MINUTES)

        assert [event["event_type"] for event in other.events] == AT_ONCE + SYNCED


def test_a_refused_login_leaves_none(fake, told):
    fake.connect_account("minut", email="jane@example.com", customer_key="c1")
    fake.clock.advance(TEN_MINUTES)
    before = told()
    webview = fake.call("/connect_webviews/create", {"customer_key": "c2"})["connect_webview"]
    with pytest.raises(Exception, match="customer"):
        fake.complete_connect_webview(webview, "minut", "jane@example.com")

    fake.clock.advance(3600)

    assert told() == [*before, "connect_webview.login_failed"]


def test_it_is_looked_for_before_every_call_when_time_has_moved_otherwise(fake, told):
    """As the SDK's pauses do: the clock is moved, and nothing carried out."""
    connect(fake)

    fake.clock.pause(3600)

    assert len(fake.call("/devices/list")["devices"]) == 1
    assert since(fake, "2026-01-01T00:01:00Z")[0] == (
        "device.added", "2026-01-01T00:10:00.000Z"
    )


def test_in_another_workspace_it_happens_there(fake):
    other = fake.create_workspace()
    connect(fake, workspace_id=other.workspace_id)

    fake.clock.advance(TEN_MINUTES)

    assert fake.call("/devices/list")["devices"] == []
    assert len(fake.call("/devices/list", token=other.api_key)["devices"]) == 1


def test_without_the_switch_nothing_is_to_come():
    fake = FakeSeam(now="2026-01-01T00:00:00Z")
    connect(fake)
    before = len(fake.events)

    fake.clock.advance(3600)

    assert len(fake.events) == before
