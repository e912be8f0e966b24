"""What goes with a deleted record and with a reset workspace, over every kind of record."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam
from fakeseam.api.record_types import RECORD_TYPES

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"

# What a reset of a sandbox workspace leaves: Seam says that its credentials go on working.
SURVIVE_A_RESET = {
    "workspaces",
    "api_keys",
    "access_tokens",
    "provider_overrides",
    "event_stamps",
    "webhooks",
    "action_attempts",
}


@pytest.fixture
def loaded(dump):
    """A fake with at least one record of every kind. Nothing is due at its time."""
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        fake.load(dump)
        yield fake


def tables_of(fake):
    tables = fake.call("/_fakeseam/dump")["dump"]["store"]["tables"]
    return {name: table["records"] for name, table in tables.items()}


def of_workspace(fake, workspace_id):
    return {
        name: [one for one in records if one.get("workspace_id") == workspace_id]
        for name, records in tables_of(fake).items()
    }


def types_by(**facts):
    """Returns the names of the types that have these values."""
    return {
        one.name
        for one in RECORD_TYPES
        if all(getattr(one, name) == value for name, value in facts.items())
    }


def delete(fake, account_id):
    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})


# A deleted record


def test_a_deleted_account_takes_along_what_belongs_to_it_and_leaves_every_list(world, loaded):
    before = tables_of(loaded)
    assert world.device in json.dumps(before["spaces"])
    assert world.account in json.dumps(before["client_sessions"])

    delete(loaded, world.synced)
    delete(loaded, world.account)

    after = tables_of(loaded)
    assert types_by(belongs_to="connected_account_id") == {"devices", "scheduled_syncs"}
    for name in ("devices", "scheduled_syncs"):
        owners = {one["connected_account_id"] for one in after[name]}
        assert owners & {world.account, world.synced} == set()
    assert world.device not in json.dumps(after["spaces"])
    assert world.account not in json.dumps(after["client_sessions"])


def test_what_belongs_to_a_deleted_record_is_not_found(fake, refuse):
    account = fake.connect_account()
    device = fake.call("/devices/list")["devices"][0]

    delete(fake, account["connected_account_id"])

    assert fake.call("/devices/list")["devices"] == []
    refusal = refuse("/devices/get", {"device_id": device["device_id"]})
    assert refusal.type == "device_not_found"


def test_the_event_of_a_record_comes_first_and_then_those_of_what_belongs_to_it(fake):
    account = fake.connect_account(custom_metadata={"a": "1"}, customer_key="c1")
    before = len(fake.events)

    delete(fake, account["connected_account_id"])

    events = list(fake.events)[before:]
    assert [(event["event_type"], event.get("device_name")) for event in events] == [
        ("connected_account.deleted", None),
        ("device.deleted", "FRONT DOOR"),
        ("device.deleted", "BACK DOOR"),
    ]
    for event in events:
        assert event["connected_account_id"] == account["connected_account_id"]
        assert event["connected_account_custom_metadata"] == {"a": "1"}
        assert event["customer_key"] == "c1"


def test_a_record_that_is_created_again_with_its_id_is_in_no_earlier_list(fake):
    fake.connect_account(connected_account_id=UNKNOWN, email="jane@example.com")
    token = fake.create_client_session(connected_account_ids=[UNKNOWN])
    delete(fake, UNKNOWN)

    fake.connect_account(connected_account_id=UNKNOWN, email="jane@example.com")

    assert fake.call("/devices/list", token=token)["devices"] == []
    assert len(fake.call("/devices/list")["devices"]) == 2


# A reset workspace


def test_a_reset_deletes_every_kind_but_those_that_are_to_stay(loaded):
    mine = of_workspace(loaded, loaded.workspace_id)

    loaded.call("/workspaces/reset_sandbox")

    after = of_workspace(loaded, loaded.workspace_id)
    # These two are the fake's, of no workspace.
    fakes_own = {"access_tokens", "provider_overrides"}
    assert {name for name, kept in mine.items() if not kept} == fakes_own
    assert {name for name, kept in after.items() if kept} == SURVIVE_A_RESET - fakes_own
    assert types_by(survives_reset=True) == SURVIVE_A_RESET


def test_a_reset_leaves_every_kind_of_another_workspace(world, loaded):
    other = world.other
    loaded.connect_account("nuki", workspace_id=other.workspace_id)
    loaded.call("/events/list", {"since": "2020-01-01"}, token=other.api_key)
    before = of_workspace(loaded, other.workspace_id)

    loaded.call("/workspaces/reset_sandbox")

    assert of_workspace(loaded, other.workspace_id) == before
