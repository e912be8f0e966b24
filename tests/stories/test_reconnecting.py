"""An account is disconnected and reconnected by a login: what stays and what is replaced."""

from __future__ import annotations

import pytest

DISCONNECTING = ["connected_account.disconnected", "device.disconnected", "device.disconnected"]
RECONNECTING = [
    "connect_webview.login_succeeded",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.connected",
    "device.connected",
    "connected_account.completed_first_sync_after_reconnection",
]
OLD, NEW = {"user": "u1", "plan": "basic"}, {"user": "u2"}


@pytest.fixture
def account_id(fake):
    made = fake.connect_account("august", "jane@example.com", custom_metadata=OLD)
    return made["connected_account_id"]


@pytest.fixture
def account(seam, account_id):
    """The account as the app reads it now."""
    return lambda: seam.connected_accounts.get(connected_account_id=account_id)


@pytest.fixture
def log_in_again(fake, seam):
    """Jane signs in at a new webview with this metadata."""

    def log_in_again(custom_metadata=None):
        webview = seam.connect_webviews.create(custom_metadata=custom_metadata)
        return fake.complete_connect_webview(webview, "august", "jane@example.com")

    return log_in_again


@pytest.fixture(params=["connected", "disconnected"])
def before_the_login(request, fake, account_id):
    """The account is connected or disconnected."""
    if request.param == "disconnected":
        fake.disconnect_account(account_id)


def test_a_disconnected_account_has_that_error(fake, account_id, account):
    fake.disconnect_account(account_id)

    (error,) = account().errors
    assert error.error_code == "account_disconnected"
    assert error.is_connected_account_error is True


def test_a_disconnection_keeps_the_metadata(fake, account_id, account):
    fake.disconnect_account(account_id)

    assert account().custom_metadata == OLD


def test_a_disconnected_account_is_listed_as_any_other(fake, seam, account_id):
    fake.disconnect_account(account_id)

    listed = seam.connected_accounts.list(custom_metadata_has=OLD)
    assert [one.connected_account_id for one in listed] == [account_id]


def test_the_app_itself_can_simulate_a_disconnection(seam, account_id, account):
    seam.connected_accounts.simulate.disconnect(connected_account_id=account_id)

    assert [error.error_code for error in account().errors] == ["account_disconnected"]


def test_a_disconnection_emits_events_for_the_account_and_its_devices(
    fake, account_id, event_types
):
    before = len(event_types())

    fake.disconnect_account(account_id)

    assert event_types()[before:] == DISCONNECTING


def test_a_second_disconnection_neither_fails_nor_emits_events(fake, account_id, event_types):
    fake.disconnect_account(account_id)
    before = event_types()

    fake.disconnect_account(account_id)

    assert event_types() == before


def test_the_event_of_a_disconnection_has_metadata_and_errors(fake, seam, account_id):
    fake.disconnect_account(account_id)

    event = seam.events.get(event_type="connected_account.disconnected")
    assert event.connected_account_custom_metadata == OLD
    assert [error.error_code for error in event.connected_account_errors] == [
        "account_disconnected"
    ]


def test_devices_of_a_disconnected_account_are_offline(fake, seam, account_id):
    fake.disconnect_account(account_id)

    assert [device.properties.online for device in seam.devices.list()] == [False, False]


def test_a_reconnection_finds_the_same_account(fake, account_id, log_in_again):
    fake.disconnect_account(account_id)

    assert log_in_again(NEW)["connected_account_id"] == account_id


def test_a_reconnection_creates_no_second_account(fake, seam, account_id, log_in_again):
    fake.disconnect_account(account_id)

    log_in_again(NEW)

    assert len(seam.connected_accounts.list()) == 1


def test_a_reconnection_clears_the_error(fake, account_id, account, log_in_again):
    fake.disconnect_account(account_id)

    log_in_again(NEW)

    assert account().errors == []


@pytest.mark.usefixtures("before_the_login")
def test_a_later_login_replaces_all_of_the_metadata(account, log_in_again):
    log_in_again(NEW)

    assert account().custom_metadata == {"user": "u2"}


@pytest.mark.usefixtures("before_the_login")
def test_a_later_login_replaces_what_an_update_has_added(seam, account_id, account, log_in_again):
    seam.connected_accounts.update(
        connected_account_id=account_id, custom_metadata={**OLD, "added": True}
    )

    log_in_again(NEW)

    assert account().custom_metadata == {"user": "u2"}


@pytest.mark.usefixtures("before_the_login")
@pytest.mark.parametrize("blank", [None, {}, {"user": None, "plan": ""}])
def test_a_later_login_without_metadata_clears_it(account, log_in_again, blank):
    log_in_again(blank)

    assert account().custom_metadata == {}


@pytest.mark.usefixtures("before_the_login")
@pytest.mark.parametrize("rules", [{"blank_metadata_on_reconnect": "keep"}], ids=["keep"])
@pytest.mark.parametrize("blank", [None, {}, {"user": None, "plan": ""}])
def test_with_the_rule_a_login_without_metadata_keeps_it(account, log_in_again, blank):
    log_in_again(blank)

    assert account().custom_metadata == OLD


@pytest.mark.usefixtures("before_the_login")
@pytest.mark.parametrize("rules", [{"blank_metadata_on_reconnect": "keep"}], ids=["keep"])
def test_with_the_rule_a_login_with_metadata_still_replaces_all_of_it(account, log_in_again):
    log_in_again(NEW)

    assert account().custom_metadata == {"user": "u2"}


@pytest.mark.parametrize("rules", [{"metadata_update": "merge"}], ids=["merge"])
def test_a_later_login_never_merges(account, log_in_again):
    log_in_again(NEW)

    assert account().custom_metadata == {"user": "u2"}


def test_a_reconnection_emits_its_events_in_order(
    fake, account_id, log_in_again, event_types
):
    fake.disconnect_account(account_id)
    before = len(event_types())

    log_in_again(NEW)

    assert event_types()[before:] == RECONNECTING


def test_every_event_of_a_reconnection_has_the_new_metadata(fake, account_id, log_in_again):
    fake.disconnect_account(account_id)
    before = len(fake.events)

    log_in_again(NEW)

    carried = [event["connected_account_custom_metadata"] for event in fake.events][before:]
    assert carried == [{"user": "u2"}] * 6


def test_the_new_connection_names_the_new_webview(fake, seam, account_id):
    fake.disconnect_account(account_id)
    webview = seam.connect_webviews.create(custom_metadata=NEW)

    fake.complete_connect_webview(webview, "august", "jane@example.com")

    event = seam.events.get(event_type="connected_account.connected")
    assert event.connect_webview_id == webview.connect_webview_id


def test_a_login_at_a_connected_account_is_not_a_reconnection(
    log_in_again, event_types, account_id
):
    before = len(event_types())

    log_in_again(NEW)

    assert event_types()[before:] == RECONNECTING[:3]


def test_a_reconnection_keeps_the_devices_and_their_ids(fake, seam, account_id, log_in_again):
    before = [device.device_id for device in seam.devices.list()]
    fake.disconnect_account(account_id)

    log_in_again(NEW)

    assert [device.device_id for device in seam.devices.list()] == before


def test_a_reconnection_keeps_the_metadata_of_the_devices(
    fake, seam, account_id, log_in_again, give_devices_metadata
):
    give_devices_metadata({"floor": "1"}, {"floor": "2"})
    fake.disconnect_account(account_id)

    log_in_again(NEW)

    kept = [device.custom_metadata for device in seam.devices.list()]
    assert kept == [{"floor": "1"}, {"floor": "2"}]


def test_a_reconnection_brings_the_devices_back_online(fake, seam, account_id, log_in_again):
    fake.disconnect_account(account_id)

    log_in_again(NEW)

    devices = seam.devices.list()
    assert [device.properties.online for device in devices] == [True, True]
    assert [device.errors for device in devices] == [[], []]


def test_a_reconnection_keeps_the_other_fields_of_the_account(
    fake, seam, account_id, log_in_again
):
    seam.connected_accounts.update(
        connected_account_id=account_id, display_name="Jane's locks", customer_key="north"
    )
    fake.disconnect_account(account_id)
    fake.clock.advance(3600)

    again = log_in_again(NEW)

    assert again["created_at"] == "2026-01-01T12:00:00.000Z"
    assert again["display_name"] == "Jane's locks"
    assert again["customer_key"] == "north"


def test_two_webviews_of_one_account_keep_their_own_metadata(fake, seam):
    create = seam.connect_webviews.create
    for webview in (create(custom_metadata=OLD), create(custom_metadata=NEW)):
        fake.complete_connect_webview(webview, "august", "jane@example.com")

    assert [one.custom_metadata for one in seam.connect_webviews.list()] == [OLD, NEW]


def test_a_reauthorization_clears_its_warning_and_is_not_a_reconnection(
    fake, account_id, account, log_in_again, event_types
):
    fake.request_reauthorization(account_id)
    warned = [warning.warning_code for warning in account().warnings]
    before = len(event_types())

    log_in_again(NEW)

    assert warned == ["account_reauthorization_requested"]
    assert account().warnings == []
    assert event_types()[before:] == RECONNECTING[:3]
