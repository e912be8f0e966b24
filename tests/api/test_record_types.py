"""Every kind of record is in the list, and declares what dumps, timeline and inspection need.

A new kind fails here, or in test_dump_check.py and test_deletion.py, if it is left out anywhere.
"""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from pathlib import Path

import fakeseam
from fakeseam import FakeSeam
from fakeseam.api.record_functions import record_function
from fakeseam.api.record_types import RECORD_TYPES
from fakeseam.control.inspect_sections import SECTIONS
from fakeseam.core.record_types import RecordType

API = Path(fakeseam.__file__).parent / "api"


def test_every_record_type_that_a_module_declares_is_in_the_list():
    modules = [
        import_module(f"fakeseam.{'.'.join(path.relative_to(API.parent).with_suffix('').parts)}")
        for path in API.rglob("record.py")
    ]

    declared = {
        id(value) for module in modules for value in vars(module).values()
        if isinstance(value, RecordType)
    }

    assert {id(one) for one in RECORD_TYPES} == declared


def test_every_namespace_with_records_declares_them_in_its_record_module():
    homes = {one.record.__module__ for one in RECORD_TYPES}

    assert {home for home in homes if not home.endswith(".record")} == set()


def test_no_two_types_have_the_same_table_noun_or_section():
    for name in ("name", "noun", "section"):
        values = [getattr(one, name) for one in RECORD_TYPES if getattr(one, name) is not None]
        assert sorted(values) == sorted(set(values))


def test_every_name_in_a_declaration_leads_to_something():
    for one in RECORD_TYPES:
        columns = {field.name for field in fields(one.record)}
        assert {one.key, "created_at"} <= columns
        assert set(one.listed_ids) <= columns
        assert one.belongs_to is None or one.belongs_to in columns
        assert bool(one.states) == ("state" in columns)
        for function in (one.shown_by, one.checked_by, one.emits_on_delete, one.runs_when_due):
            assert function is None or callable(record_function(function))


def test_every_thing_that_the_timeline_names_can_be_shown():
    assert [one.name for one in RECORD_TYPES if one.noun and not one.shown_by] == ["customers"]


def test_the_world_of_these_tests_has_a_record_of_every_kind(dump):
    tables = dump["store"]["tables"]

    assert {name for name, table in tables.items() if not table["records"]} == set()
    assert tables.keys() == {one.name for one in RECORD_TYPES}


def test_a_dump_of_every_kind_is_loaded_as_it_was(dump):
    with FakeSeam(now="2026-01-01T00:00:00Z") as loaded:
        loaded.load(dump)

        assert loaded.call("/_fakeseam/dump")["dump"] == dump


def test_the_inspection_page_has_a_section_for_every_kind_that_names_one(world):
    sections = world.fake.call("/_fakeseam/inspect")["inspection"]["sections"]

    assert list(sections) == list(SECTIONS)
    assert list(SECTIONS) == [
        *(one.section for one in RECORD_TYPES if one.section is not None),
        "requests",
    ]
    assert {name for name, section in sections.items() if not section["rows"]} == set()


def test_the_timeline_names_every_kind_that_has_a_noun(world):
    lines = world.fake.timeline()

    nouns = {one.noun for one in RECORD_TYPES if one.noun}
    assert {noun for noun in nouns if f" {noun} " not in lines} == set()


# What each kind declares, written out: (noun, section, survives a reset, belongs to).
DECLARED = {
    "workspaces": ("workspace", "workspaces", True, None),
    "api_keys": (None, None, True, None),
    "access_tokens": (None, None, True, None),
    "client_sessions": ("client_session", None, False, None),
    "connect_webviews": ("connect_webview", "webviews", False, None),
    "connected_accounts": ("connected_account", "accounts", False, None),
    "devices": ("device", "devices", False, "connected_account_id"),
    "access_codes": ("access_code", "access_codes", False, "device_id"),
    "code_moments": (None, None, False, "access_code_id"),
    "device_steps": (None, None, False, "device_id"),
    "auto_locks": (None, None, False, "device_id"),
    "request_counts": (None, None, False, "device_id"),
    "provider_overrides": (None, None, True, None),
    "events": (None, "events", False, None),
    "event_stamps": (None, None, True, None),
    "webhooks": ("webhook", None, True, None),
    "deliveries": (None, "deliveries", False, None),
    "scheduled_attempts": (None, None, False, "message_id"),
    "scheduled_syncs": (None, None, False, "connected_account_id"),
    "user_identities": ("user_identity", None, False, None),
    "spaces": ("space", None, False, None),
    "customers": ("customer", None, False, None),
    "action_attempts": ("action_attempt", None, True, None),
}


def test_every_kind_declares_what_is_written_here():
    assert {
        one.name: (one.noun, one.section, one.survives_reset, one.belongs_to)
        for one in RECORD_TYPES
    } == DECLARED
