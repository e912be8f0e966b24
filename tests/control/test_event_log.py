"""Assertions on events: what matches, and the message if nothing does."""

from __future__ import annotations

import pytest

MINUT = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.connected",
    "connected_account.completed_first_sync",
]
# The events of Jane's login in a message.
LISTED = "\n".join(
    f"  events[{place}]: {name} at 2026-01-01T00:00:00.00{place}Z"
    for place, name in enumerate(MINUT)
)


@pytest.fixture
def jane(login):
    return login(custom_metadata={"user": "u1"})


# Matches


def test_events_are_found_by_type_and_fields(fake, jane):
    account_id = jane["connected_account_id"]
    device_id = fake.events[4]["device_id"]
    find = fake.events.filter

    assert [one["event_type"] for one in find()] == MINUT
    assert find("device.added") == [fake.events[4]]
    assert find(device_id=device_id) == [fake.events[4], fake.events[5]]
    assert find("device.connected", device_id=device_id) == [fake.events[5]]
    assert find("device.added", device_id="d1") == []
    assert len(find(connected_account_id=account_id)) == 7
    assert find(event_id=fake.events[3]["event_id"]) == [fake.events[3]]
    assert len(find(connected_account_custom_metadata={"user": "u1"})) == 7
    assert find(connected_account_custom_metadata={}) == []
    assert find(no_such_field=None) == []


def test_events_of_every_workspace_are_found_in_the_order_in_which_they_happened(fake):
    other = fake.create_workspace()
    fake.connect_account("minut")
    fake.connect_account("minut", workspace_id=other.workspace_id)
    fake.connect_account("minut")

    added = fake.events.filter("device.added")

    workspaces = [fake.workspace_id, other.workspace_id, fake.workspace_id]
    assert [one["workspace_id"] for one in added] == workspaces
    everywhere = [one["workspace_id"] for one in fake.events]
    assert everywhere == [one for one in workspaces for _ in MINUT]
    assert fake.events.filter("device.added", workspace_id=other.workspace_id) == [added[1]]


def test_the_first_event_that_fits_is_returned(fake, jane, login):
    login()

    assert fake.events.assert_emitted("connected_account.successful_login") == fake.events[2]
    fake.events.assert_emitted("connected_account.successful_login", times=2)
    fake.events.assert_emitted("device.added", times=1)
    fake.events.assert_not_emitted("device.removed")
    fake.events.assert_not_emitted("device.added", device_id="d1")


def test_changing_an_event_that_was_read_changes_nothing(fake):
    fake.connect_account(custom_metadata={"user": "u1"})
    event = fake.events.assert_emitted("connected_account.created")

    event["connected_account_custom_metadata"]["user"] = "u2"

    again = fake.events.assert_emitted("connected_account.created")
    assert again["connected_account_custom_metadata"] == {"user": "u1"}


# Messages


def test_the_nearest_event_is_shown_as_a_difference(fake, jane, failing):
    device_id = fake.events[4]["device_id"]

    assert failing(fake.events.assert_emitted, "device.added", device_id="d1", error_code="x") == (
        "device.added was not emitted with device_id='d1', error_code='x';"
        " the nearest of 7 events:\n"
        "  events[4]: device.added at 2026-01-01T00:00:00.004Z\n"
        '  - device_id: "d1"                                    (wanted)\n'
        f'  + device_id: "{device_id}"  (events[4])\n'
        '  - error_code: "x"  (wanted, not in events[4])\n'
        f"all of them:\n{LISTED}"
    )


def test_metadata_differ_key_by_key(fake, jane, failing):
    message = failing(
        fake.events.assert_emitted,
        "connected_account.created",
        connected_account_custom_metadata={"user": "u2", "vip": True},
    )

    assert message.splitlines()[1:5] == [
        "  events[1]: connected_account.created at 2026-01-01T00:00:00.001Z",
        '  - connected_account_custom_metadata.user: "u2"  (wanted)',
        '  + connected_account_custom_metadata.user: "u1"  (events[1])',
        "  - connected_account_custom_metadata.vip: true  (wanted, not in events[1])",
    ]


def test_an_event_of_another_type_is_nearest_if_it_has_the_fields(fake, jane, failing):
    device_id = fake.events[4]["device_id"]
    fake.connect_account("minut")  # which brings another device

    message = failing(fake.events.assert_emitted, "device.disconnected", device_id=device_id)

    assert message.splitlines()[:4] == [
        f"device.disconnected was not emitted with device_id='{device_id}';"
        " the nearest of 14 events:",
        "  events[5]: device.connected at 2026-01-01T00:00:00.005Z",
        '  - event_type: "device.disconnected"  (wanted)',
        '  + event_type: "device.connected"     (events[5])',
    ]


def test_no_events_are_reported_as_such(fake, failing):
    assert failing(fake.events.assert_emitted, "device.added") == (
        "device.added was not emitted; there are no events"
    )


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (3, "device.added was emitted 2 times, not 3 times; the nearest of 14 events:"),
        (1, "device.added was emitted 2 times, not once:"),
    ],
)
def test_both_numbers_are_shown(fake, failing, times, first):
    fake.connect_account("minut")
    fake.connect_account("minut")

    message = failing(fake.events.assert_emitted, "device.added", times=times)

    assert message.splitlines()[0] == first


def test_an_event_that_should_not_have_been_is_shown(fake, jane, failing):
    event = fake.events[4]

    assert failing(fake.events.assert_not_emitted, "device.added") == (
        "device.added was emitted once, but should not have been:\n"
        "  events[4]: device.added at 2026-01-01T00:00:00.004Z\n"
        f'    event_id: "{event["event_id"]}"\n'
        '    event_type: "device.added"\n'
        f'    workspace_id: "{fake.workspace_id}"\n'
        '    created_at: "2026-01-01T00:00:00.004Z"\n'
        '    occurred_at: "2026-01-01T00:00:00.004Z"\n'
        '    event_description: "A device was added."\n'
        f'    device_id: "{event["device_id"]}"\n'
        f'    connected_account_id: "{jane["connected_account_id"]}"\n'
        "    device_custom_metadata: {}\n"
        '    connected_account_custom_metadata: {"user": "u1"}'
    )
