"""A dump with any kind of damage is refused, and the fake stays as it was."""

from __future__ import annotations

from dataclasses import fields

import pytest

from fakeseam import MisuseError
from fakeseam.api.record_types import RECORD_TYPES

NOTHING = "cccccccc-cccc-4ccc-8ccc-cccccccccccc"
DAMAGED = "the given JSON is a damaged dump"


@pytest.fixture
def refused(fake):
    """Loads a dump in vain, into a fake that stays as it was; returns the message."""

    def refused(dump):
        before, key = fake.snapshot(), fake.api_key
        with pytest.raises(MisuseError) as caught:
            fake.load(dump)
        assert (fake.snapshot(), fake.api_key) == (before, key)
        return str(caught.value)

    return refused


def records(dump, table):
    return dump["store"]["tables"][table]["records"]


# Members of the dump


def test_another_schema_is_refused(dump, refused):
    dump["fakeseam_schema"] = 99

    assert refused(dump).startswith("the given JSON has schema 99, but this fakeseam reads")


@pytest.mark.parametrize("name", ["store", "seed", "workspace_id", "api_key"])
def test_every_member_is_required(dump, refused, name):
    del dump[name]

    assert DAMAGED in refused(dump)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("seed",), "5"),
        (("store", "tables"), {}),
        (("store", "tables", "workspaces", "records"), None),
        (("store", "tables", "workspaces", "records"), ["text"]),
        (("store", "tables", "connected_accounts", "next_order"), True),
        (("store", "counters"), [5]),
        (("store", "counters", 0, -1), -1),
        (("store", "counters", 0, -1), True),
    ],
)
def test_every_member_has_its_type(dump, refused, path, value):
    *parents, last = path
    node = dump
    for name in parents:
        node = node[name]
    node[last] = value

    assert DAMAGED in refused(dump)


# Fields of one record


def test_a_missing_field_is_refused(dump, refused):
    del records(dump, "connected_accounts")[0]["errors"]

    assert DAMAGED in refused(dump)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("workspaces", "is_sandbox", "yes"),
        ("connected_accounts", "color", "red"),
        ("connected_accounts", "order", True),
        ("connected_accounts", "custom_metadata", [1]),
        ("connected_accounts", "custom_metadata", {"a": 1}),
        ("connected_accounts", "created_at", "noon"),
        ("connected_accounts", "errors", 5),
        ("connected_accounts", "provider", "zz"),
        ("connected_accounts", "custom_devices", [{"nickname": "Cellar"}]),
        ("provider_overrides", "devices", [{"nickname": "Cellar"}]),
        ("webhooks", "event_types", None),
        ("webhooks", "secret", "whsec_#"),
        ("deliveries", "attempts", [{"at": "2026-01-01T00:00:00.000Z"}]),
        ("deliveries", "body", "no json"),
        ("deliveries", "secret", "whsec_x"),
        ("scheduled_attempts", "created_at", "soon"),
    ],
)
def test_a_value_that_its_field_cannot_have_is_refused(dump, refused, table, field, value):
    records(dump, table)[0][field] = value

    assert DAMAGED in refused(dump)


@pytest.mark.parametrize("name", [one.name for one in RECORD_TYPES if one.states])
def test_an_unknown_state_is_refused(dump, refused, name):
    records(dump, name)[0]["state"] = "confused"

    assert DAMAGED in refused(dump)


# Records that do not fit together


def test_a_webview_that_waits_for_an_account_and_is_not_syncing_is_refused(dump, refused):
    webviews = records(dump, "connect_webviews")
    authorized = next(one for one in webviews if one["state"] == "authorized")
    authorized["syncing_account_id"] = authorized["connected_account_id"]

    assert "is authorized" in refused(dump)


def test_a_waiting_delivery_without_a_scheduled_attempt_is_refused(dump, refused):
    records(dump, "scheduled_attempts").clear()

    assert "is waiting" in refused(dump)


def test_a_delivery_that_has_ended_and_has_a_scheduled_attempt_is_refused(dump, refused):
    scheduled = records(dump, "scheduled_attempts")[0]["message_id"]
    deliveries = records(dump, "deliveries")
    next(one for one in deliveries if one["message_id"] == scheduled)["state"] = "failed"

    assert "is failed" in refused(dump)


def test_two_records_with_one_key_are_refused(dump, refused):
    dump["store"]["tables"]["connected_accounts"]["records"] *= 2

    assert DAMAGED in refused(dump)


@pytest.mark.parametrize(
    ("name", "owner"), [(one.name, one.belongs_to) for one in RECORD_TYPES if one.belongs_to]
)
def test_a_record_without_its_owner_is_refused(dump, refused, name, owner):
    records(dump, name)[0][owner] = NOTHING

    assert DAMAGED in refused(dump)


@pytest.mark.parametrize(
    "name",
    [
        one.name
        for one in RECORD_TYPES
        if one.key != "workspace_id"
        and "workspace_id" in {field.name for field in fields(one.record)}
    ],
)
def test_a_record_in_no_workspace_is_refused(dump, refused, name):
    records(dump, name)[0]["workspace_id"] = NOTHING

    assert DAMAGED in refused(dump)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device_ids", [NOTHING]),
        ("connected_account_ids", [NOTHING]),
        ("parent_space_id", NOTHING),
    ],
)
def test_a_space_that_refers_to_nothing_is_refused(dump, refused, field, value):
    records(dump, "spaces")[0][field] = value

    assert DAMAGED in refused(dump)
