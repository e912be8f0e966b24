"""The members of a space: adding and removing devices and accounts, events, filters."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def home(fake):
    """Jane's account with two devices, and a space without any."""
    fake.account = fake.connect_account(email="jane@example.com")["connected_account_id"]
    listed = fake.call("/devices/list")["devices"]
    fake.one, fake.two = (device["device_id"] for device in listed)
    made = fake.call("/spaces/create", {"name": "Room", "space_key": "r1"})["space"]
    fake.space = made["space_id"]
    return fake


def call(home, name, /, **params):
    return home.call(f"/spaces/{name}", {"space_id": home.space, **params})


def count(home):
    return call(home, "get")["space"]["device_count"]


def devices(home, **filters):
    return [one["device_id"] for one in home.call("/devices/list", filters)["devices"]]


def accounts(home, **filters):
    listed = home.call("/connected_accounts/list", filters)["connected_accounts"]
    return [one["connected_account_id"] for one in listed]


def space_events(home):
    return [
        (event["event_type"], event["device_ids"])
        for event in home.events
        if event["event_type"].startswith("space.")
    ]


# Devices


def test_devices_that_a_space_is_made_with_are_counted_once(home):
    ids = [home.two, home.one, home.two]

    made = home.call("/spaces/create", {"name": "x", "device_ids": ids})["space"]

    assert made["device_count"] == 2
    assert space_events(home)[-1] == ("space.created", [home.two, home.one])


def test_devices_come_and_go(home):
    assert call(home, "add_devices", device_ids=[home.one, home.two]) == {"ok": True}
    assert count(home) == 2
    assert call(home, "remove_devices", device_ids=[home.one]) == {"ok": True}
    assert count(home) == 1
    assert devices(home, space_id=home.space) == [home.two]


def test_an_update_replaces_all_devices(home):
    call(home, "add_devices", device_ids=[home.one])

    assert call(home, "update", device_ids=[home.two])["space"]["device_count"] == 1
    assert devices(home, space_id=home.space) == [home.two]
    assert call(home, "update", device_ids=[])["space"]["device_count"] == 0


def test_an_update_without_devices_leaves_them(home):
    call(home, "add_devices", device_ids=[home.one])

    assert call(home, "update", name="x")["space"]["device_count"] == 1


def test_a_device_names_its_spaces(home):
    other = home.call("/spaces/create", {"name": "x", "device_ids": [home.one]})["space"]
    call(home, "add_devices", device_ids=[home.one])

    device = home.call("/devices/get", {"device_id": home.one})["device"]

    assert device["space_ids"] == [home.space, other["space_id"]]
    home.call("/spaces/delete", {"space_id": home.space})
    device = home.call("/devices/get", {"device_id": home.one})["device"]
    assert device["space_ids"] == [other["space_id"]]


@pytest.mark.parametrize("name", ["create", "update", "add_devices", "remove_devices"])
def test_an_unknown_device_is_named_and_nothing_is_changed(home, refuse, name):
    before = home.call("/spaces/list")["spaces"], len(home.events)
    sent = {"space_id": home.space, "device_ids": [home.one, UNKNOWN], "name": "lost"}

    refusal = refuse(f"/spaces/{name}", sent)

    assert (refusal.status, refusal.type) == (404, "device_not_found")
    assert refusal.data == {"device_id": UNKNOWN}
    assert (home.call("/spaces/list")["spaces"], len(home.events)) == before


def test_a_device_of_another_workspace_is_unknown(home, refuse):
    other = home.create_workspace()
    home.connect_account(workspace_id=other.workspace_id)
    foreign = home.call("/devices/list", token=other.api_key)["devices"][0]["device_id"]
    sent = {"space_id": home.space, "device_ids": [foreign]}

    assert refuse("/spaces/add_devices", sent).data == {"device_id": foreign}


def test_adding_no_device_is_refused_and_removing_none_is_not(home, refuse):
    refusal = refuse("/spaces/add_devices", {"space_id": home.space, "device_ids": []})

    assert refusal.message == 'Array must contain at least 1 element(s) for "device_ids"'
    assert call(home, "remove_devices", device_ids=[]) == {"ok": True}


# Events


def test_a_space_emits_an_event_for_each_change(home):
    call(home, "add_devices", device_ids=[home.one])
    call(home, "delete")

    created, changed, deleted = list(home.events)[-3:]
    for event, name, description, ids in (
        (created, "space.created", "A space was created.", []),
        (
            changed,
            "space.device_membership_changed",
            "Devices joined or left a space.",
            [home.one],
        ),
        (deleted, "space.deleted", "A space was deleted.", [home.one]),
    ):
        assert event == {
            "event_id": event["event_id"],
            "event_type": name,
            "event_description": description,
            "workspace_id": home.workspace_id,
            "created_at": event["created_at"],
            "occurred_at": event["created_at"],
            "space_id": home.space,
            "space_key": "r1",
            "device_ids": ids,
            "acs_entrance_ids": [],
        }


def test_an_event_of_a_space_without_a_key_has_none(home):
    home.call("/spaces/create", {"name": "x"})

    assert "space_key" not in list(home.events)[-1]


def test_only_a_change_of_devices_emits_an_event(home):
    call(home, "add_devices", device_ids=[home.one])
    before = len(home.events)

    call(home, "add_devices", device_ids=[home.one])
    call(home, "remove_devices", device_ids=[home.two])
    call(home, "update", name="x", device_ids=[home.one], customer_data={"address": "y"})
    call(home, "add_connected_account", connected_account_id=home.account)

    assert len(home.events) == before


def test_events_are_found_by_their_space(home):
    other = home.call("/spaces/create", {"name": "x"})["space"]["space_id"]
    call(home, "add_devices", device_ids=[home.one])

    def types(**filters):
        listed = home.call("/events/list", {"since": "2025-01-01", **filters})["events"]
        return [event["event_type"] for event in listed]

    assert types(space_id=home.space) == ["space.created", "space.device_membership_changed"]
    assert types(space_ids=[home.space, other]) == [
        "space.created",
        "space.created",
        "space.device_membership_changed",
    ]
    assert types(space_id=UNKNOWN) == types(space_ids=[UNKNOWN]) == []


# Accounts


def test_accounts_come_and_go_and_their_devices_do_not(home):
    sent = {"connected_account_id": home.account}

    assert call(home, "add_connected_account", **sent) == {"ok": True}
    call(home, "add_connected_account", **sent)
    assert accounts(home, space_id=home.space) == [home.account]
    assert devices(home, space_id=home.space) == []
    assert count(home) == 0

    assert call(home, "remove_connected_account", **sent) == {"ok": True}
    call(home, "remove_connected_account", **sent)
    assert accounts(home, space_id=home.space) == []


def test_a_space_is_made_with_accounts(home):
    sent = {"name": "x", "connected_account_ids": [home.account]}

    made = home.call("/spaces/create", sent)["space"]

    assert accounts(home, space_id=made["space_id"]) == [home.account]


@pytest.mark.parametrize("name", ["add_connected_account", "remove_connected_account"])
def test_an_unknown_account_is_named(home, refuse, name):
    sent = {"space_id": home.space, "connected_account_id": UNKNOWN}

    refusal = refuse(f"/spaces/{name}", sent)

    assert (refusal.status, refusal.type) == (404, "connected_account_not_found")
    assert refusal.data == {"connected_account_id": UNKNOWN}


def test_an_unknown_account_makes_no_space(home, refuse):
    sent = {"name": "lost", "connected_account_ids": [home.account, UNKNOWN]}

    assert refuse("/spaces/create", sent).data == {"connected_account_id": UNKNOWN}
    assert len(home.call("/spaces/list")["spaces"]) == 1


# Filters


def test_the_old_name_of_a_space_finds_the_same_devices(home):
    call(home, "add_devices", device_ids=[home.two])

    assert devices(home, unstable_location_id=home.space) == [home.two]
    assert devices(home, unstable_location_id=None) == [home.one, home.two]


def test_a_space_of_another_workspace_has_nothing(home):
    other = home.create_workspace()
    call(home, "add_devices", device_ids=[home.one])
    sent = {"space_id": home.space}

    assert home.call("/devices/list", sent, token=other.api_key)["devices"] == []
    path = "/connected_accounts/list"
    assert home.call(path, sent, token=other.api_key)["connected_accounts"] == []


def test_a_space_and_a_user_both_have_to_fit(home):
    other = home.connect_account(email="john@example.com")["connected_account_id"]
    for account in (home.account, other):
        call(home, "add_connected_account", connected_account_id=account)
    home.create_client_session("u1", connected_account_ids=[other])

    assert accounts(home, space_id=home.space, user_identifier_key="u1") == [other]


def test_a_deleted_account_leaves_its_spaces_with_its_devices(home):
    call(home, "add_connected_account", connected_account_id=home.account)
    call(home, "add_devices", device_ids=[home.one, home.two])
    before = len(space_events(home))

    home.call("/connected_accounts/delete", {"connected_account_id": home.account})

    assert count(home) == 0
    assert accounts(home, space_id=home.space) == []
    assert len(space_events(home)) == before
    assert home.call("/spaces/list", {"connected_account_id": home.account})["spaces"] == []
