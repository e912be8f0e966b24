"""A user signs in or fails to: the webview, the account and the events afterwards."""

from __future__ import annotations

import pytest

from fakeseam import LoginFailed, MisuseError

FIRST_LOGIN = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.added",
    "device.connected",
    "device.connected",
    "connected_account.completed_first_sync",
]


@pytest.fixture
def webview(seam):
    return seam.connect_webviews.create(
        accepted_providers=["august", "yale"], custom_metadata={"user": "u1"}
    )


@pytest.fixture
def read_webview(seam, webview):
    """The webview as the app reads it now."""
    get = seam.connect_webviews.get
    return lambda: get(connect_webview_id=webview.connect_webview_id)


def test_a_fresh_webview_has_seen_no_login(webview):
    assert webview.status == "pending"
    assert webview.login_successful is False
    assert webview.authorized_at is None
    assert webview.selected_provider is None
    assert webview.connected_account_id is None


def test_a_completed_webview_is_authorized(fake, webview, read_webview):
    account = fake.complete_connect_webview(webview, provider="yale")

    done = read_webview()
    assert done.status == "authorized"
    assert done.login_successful is True
    assert done.authorized_at == "2026-01-01T12:00:00.000Z"
    assert done.selected_provider == "yale"
    assert done.connected_account_id == account["connected_account_id"]


def test_the_account_shows_what_the_webview_decided(fake, seam):
    webview = seam.connect_webviews.create(
        accepted_providers=["august"],
        accepted_capabilities=["lock"],
        automatically_manage_new_devices=False,
        customer_key="north",
    )

    made = fake.complete_connect_webview(webview, email="jane@example.com")

    account = seam.connected_accounts.get(connected_account_id=made["connected_account_id"])
    assert account.accepted_capabilities == ["lock"]
    assert account.automatically_manage_new_devices is False
    assert account.customer_key == "north"
    assert account.display_name == "jane@example.com"
    assert (account.errors, account.warnings) == ([], [])


def test_the_control_method_returns_the_account_as_the_app_reads_it(fake, seam, webview):
    made = fake.complete_connect_webview(webview)

    body = seam.client.get(
        "/connected_accounts/get", params={"connected_account_id": made["connected_account_id"]}
    )
    assert body == {"connected_account": made, "ok": True}


def test_a_first_login_emits_its_events_in_order(fake, webview, event_types):
    fake.complete_connect_webview(webview, provider="august")

    assert event_types() == FIRST_LOGIN


def test_the_events_of_a_login_have_distinct_moments(fake, seam, webview):
    fake.complete_connect_webview(webview, provider="august")

    moments = [event.occurred_at for event in seam.events.list(since="2000-01-01")]
    assert moments == [f"2026-01-01T12:00:00.00{number}Z" for number in range(9)]


@pytest.mark.parametrize(
    "event_type",
    [
        "connect_webview.login_succeeded",
        "connected_account.created",
        "connected_account.successful_login",
        "connected_account.connected",
    ],
)
def test_the_events_of_the_login_itself_name_the_webview_and_the_account(
    fake, seam, webview, event_type
):
    account = fake.complete_connect_webview(webview)

    event = seam.events.get(event_type=event_type)
    assert event.connect_webview_id == webview.connect_webview_id
    assert event.connected_account_id == account["connected_account_id"]
    assert event.workspace_id == fake.workspace_id


def test_every_event_of_an_account_has_its_metadata(fake, webview):
    fake.complete_connect_webview(webview)

    carried = [event["connected_account_custom_metadata"] for event in fake.events]
    assert carried == [{"user": "u1"}] * 9


def test_past_events_are_never_rewritten(fake, seam, webview):
    account = fake.complete_connect_webview(webview)

    seam.connected_accounts.update(
        connected_account_id=account["connected_account_id"], custom_metadata={"user": "u2"}
    )

    event = seam.events.get(event_type="connected_account.connected")
    assert event.connected_account_custom_metadata == {"user": "u1"}


def test_a_webview_that_waits_for_devices_emits_its_login_last(fake, seam, event_types):
    webview = seam.connect_webviews.create(
        accepted_providers=["august"], wait_for_device_creation=True
    )

    fake.complete_connect_webview(webview)

    assert event_types() == [*FIRST_LOGIN[1:], "connect_webview.login_succeeded"]


@pytest.mark.parametrize("rules", [{"defer_sync": True}], ids=["deferred"])
def test_a_webview_that_waits_is_pending_until_the_first_sync(fake, seam):
    webview = seam.connect_webviews.create(wait_for_device_creation=True)
    account = fake.complete_connect_webview(webview)
    get = seam.connect_webviews.get
    waiting = get(connect_webview_id=webview.connect_webview_id)

    seam.connected_accounts.sync(connected_account_id=account["connected_account_id"])

    done = get(connect_webview_id=webview.connect_webview_id)
    assert (waiting.status, waiting.connected_account_id) == ("pending", None)
    assert (done.status, done.connected_account_id) == (
        "authorized",
        account["connected_account_id"],
    )


@pytest.mark.parametrize("rules", [{"defer_sync": True}], ids=["deferred"])
def test_devices_of_a_deferred_sync_come_when_the_app_syncs(fake, seam):
    account = fake.connect_account()
    before = seam.devices.list()

    seam.connected_accounts.sync(connected_account_id=account["connected_account_id"])

    assert (len(before), len(seam.devices.list())) == (0, 2)


def test_completing_a_webview_again_is_misuse(fake, webview):
    fake.complete_connect_webview(webview, email="jane@example.com")

    with pytest.raises(MisuseError):
        fake.complete_connect_webview(webview, email="jane@example.com")


def test_completing_a_webview_again_changes_nothing(
    fake, seam, webview, read_webview, event_types
):
    made = fake.complete_connect_webview(webview, email="jane@example.com")
    account_id = made["connected_account_id"]
    seam.connected_accounts.update(
        connected_account_id=account_id, custom_metadata={"user": "u2"}
    )
    fake.disconnect_account(account_id)
    before = read_webview(), seam.connected_accounts.list(), event_types()

    with pytest.raises(MisuseError):
        fake.complete_connect_webview(webview, email="jane@example.com")

    assert (read_webview(), seam.connected_accounts.list(), event_types()) == before


def test_a_provider_that_is_not_accepted_is_misuse(fake, webview, read_webview):
    with pytest.raises(MisuseError, match="schlage"):
        fake.complete_connect_webview(webview, provider="schlage")

    assert read_webview().status == "pending"


def test_a_failed_login_shows_on_the_webview(fake, webview, read_webview):
    fake.fail_connect_webview(webview)

    failed = read_webview()
    assert (failed.status, failed.login_successful) == ("failed", False)
    assert (failed.authorized_at, failed.connected_account_id) == (None, None)


def test_a_failed_login_keeps_the_metadata_of_the_webview(fake, webview, read_webview):
    fake.fail_connect_webview(webview)

    assert read_webview().custom_metadata == {"user": "u1"}


def test_a_failed_login_emits_only_itself(fake, webview, event_types):
    fake.fail_connect_webview(webview)

    assert event_types() == ["connect_webview.login_failed"]


def test_a_failed_webview_can_still_be_completed(fake, webview, read_webview):
    fake.fail_connect_webview(webview)

    fake.complete_connect_webview(webview)

    assert read_webview().status == "authorized"


def test_a_wrong_password_is_a_failed_login(fake, seam, webview, read_webview):
    with pytest.raises(LoginFailed) as outcome:
        fake.complete_connect_webview(webview, email="jane@example.com", password="wrong")

    assert outcome.value.error_code == "invalid_credentials"
    assert read_webview().status == "failed"
    assert seam.connected_accounts.list() == []


def test_a_login_of_another_customers_account_fails_and_leaves_it_alone(fake, seam):
    fake.connect_account("august", "jane@example.com", {"user": "u1"}, customer_key="north")
    before = seam.connected_accounts.list()
    webview = seam.connect_webviews.create(customer_key="south", custom_metadata={"user": "u2"})

    with pytest.raises(LoginFailed) as outcome:
        fake.complete_connect_webview(webview, provider="august", email="jane@example.com")

    assert outcome.value.error_code == "account_already_associated_with_customer"
    assert seam.connected_accounts.list() == before
