"""The transition tables: what they name exists, every state is reached, and what rows do."""

from __future__ import annotations

import pytest

from fakeseam.api import error_codes
from fakeseam.api.devices.types import DEVICE_FLAGS
from fakeseam.api.events.types import EVENT_TYPES
from fakeseam.api.lifecycle import ACCOUNT, DELIVERY, DEVICE, MACHINES, SYNC, WEBVIEW
from fakeseam.api.metadata import COPY, KEEP, REPLACE, UPDATE
from fakeseam.core.state_machine import ABSENT


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_state_is_reached(machine):
    reached = {ABSENT}
    for _ in machine.rows:
        reached |= {row.to for row in machine.rows if row.state in reached}

    assert reached == set(machine.states)


@pytest.mark.parametrize("machine", [WEBVIEW, ACCOUNT, DEVICE], ids=lambda machine: machine.name)
def test_every_state_may_be_deleted_from(machine):
    deletable = {row.state for row in machine.rows if row.on == "delete"}

    assert deletable == set(machine.states) - {ABSENT}


def test_no_delivery_leaves_its_last_state():
    ends = {"delivered", "failed", "not_sent", "stopped"}

    assert {row.to for row in DELIVERY.rows if row.state in ends} == {"stopped"}


def test_every_event_of_a_row_is_one_of_seams():
    emitted = {name for row in (*ACCOUNT.rows, *DEVICE.rows) for name in row.emits}

    assert emitted - {SYNC} <= set(EVENT_TYPES)


def test_every_code_of_a_row_is_an_error_or_warning_of_its_record():
    of_accounts = {*error_codes.ACCOUNT_ERRORS.codes, *error_codes.ACCOUNT_WARNINGS.codes}

    assert {code for row in ACCOUNT.rows for code in row.raises + row.clears} <= of_accounts
    assert {code for row in DEVICE.rows for code in row.raises + row.clears} <= set(
        error_codes.DEVICE_ERRORS.codes
    )


def test_the_codes_of_the_rows_are_spelled_as_in_seams_documents():
    rows = (*ACCOUNT.rows, *DEVICE.rows)

    assert {code for row in rows for code in row.raises + row.clears} == {
        "account_disconnected",
        "account_reauthorization_requested",
        "device_disconnected",
        "device_removed",
        "hub_disconnected",
        "subscription_required",
    }


def test_every_simulation_of_a_device_needs_a_flag():
    simulations = [row for row in DEVICE.rows if row.on.startswith("simulate_")]

    assert len(simulations) == 7
    assert {row.needs for row in simulations} <= set(DEVICE_FLAGS)


def test_the_statuses_of_a_webview_are_the_public_ones():
    statuses = {(row.to, row.status) for row in WEBVIEW.rows if row.to != ABSENT}

    assert statuses == {
        ("pending", "pending"),
        ("syncing", "pending"),
        ("authorized", "authorized"),
        ("failed", "failed"),
    }


# Accounts


def test_metadata_change_at_logins_and_updates_alone():
    effects = {(row.state == ABSENT, row.on, row.custom_metadata) for row in ACCOUNT.rows}

    assert effects == {
        (True, "login", COPY),
        (False, "login", REPLACE),
        (False, "update", UPDATE),
        (False, "disconnect", KEEP),
        (False, "request_reauthorization", KEEP),
        (False, "sync", KEEP),
        (False, "delete", KEEP),
    }


def test_the_events_of_a_login_are_before_and_after_the_sync():
    first, again = ACCOUNT.step(ABSENT, "login"), ACCOUNT.step("disconnected", "login")

    assert first.syncs and again.syncs
    assert first.before_sync == (
        "connect_webview.login_succeeded",
        "connected_account.created",
        "connected_account.successful_login",
        "connected_account.connected",
    )
    assert first.after_sync == ("connected_account.completed_first_sync",)
    assert again.after_sync == ("connected_account.completed_first_sync_after_reconnection",)
    assert not ACCOUNT.step("disconnected", "sync").syncs


def test_a_label_names_what_becomes_of_the_metadata():
    assert ACCOUNT.step(ABSENT, "login").label == "login (COPY custom_metadata)"
    assert ACCOUNT.step("connected", "login").label == "login (REPLACE custom_metadata)"
    assert ACCOUNT.step("connected", "delete").label == "delete"
