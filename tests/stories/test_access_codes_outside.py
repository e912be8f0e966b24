"""Codes that somebody changes or removes in the maker's app."""

from __future__ import annotations

import pytest


@pytest.fixture
def create(seam, lock):
    """Creates a code on the August lock; returns its id."""
    return lambda **sent: seam.access_codes.create(device_id=lock, **sent).access_code_id


def warning_codes(thing):
    return [warning.warning_code for warning in thing.warnings]


def test_seam_sets_a_code_again_that_somebody_has_changed(
    fake, seam, lock, create, get_code, code_events
):
    code_id = create(code="1234")
    fake.hold_device(lock)
    fake.change_access_code(code_id, code="9999")

    now = get_code(code_id)
    (error,) = now.errors
    assert (now.status, now.code) == ("setting", "1234")
    assert error.error_code == "conflicting_external_modification"
    assert error.change_type == "modified"
    (field,) = error.modified_fields
    assert (field.field, field.from_, field.to) == ("code", "1234", "9999")

    fake.release_device(lock)
    now = get_code(code_id)
    assert (now.status, now.code, now.errors) == ("set", "1234", [])
    assert code_events(code_id)[2:] == ["modified_external_to_seam", "set_on_device"]


def test_seam_sets_a_code_again_that_somebody_has_removed(
    fake, seam, lock, create, get_code, code_events
):
    code_id = create(code="1234")
    fake.hold_device(lock)
    fake.remove_access_code(code_id)

    now = get_code(code_id)
    assert now.status == "setting"
    assert [(one.error_code, one.change_type) for one in now.errors] == [
        ("conflicting_external_modification", "removed")
    ]

    fake.release_device(lock)
    assert (get_code(code_id).status, get_code(code_id).errors) == ("set", [])
    assert code_events(code_id)[2:] == ["deleted_external_to_seam", "set_on_device"]


def test_seam_honors_a_change_of_a_code_that_allows_it(fake, create, get_code, code_events):
    code_id = create(code="1234", is_external_modification_allowed=True)
    fake.change_access_code(code_id, code="9999")

    now = get_code(code_id)
    assert (now.status, now.code, now.errors) == ("set", "9999", [])
    assert warning_codes(now) == ["external_modification_in_effect"]
    assert code_events(code_id)[2:] == ["modified_external_to_seam"]


def test_seam_honors_the_removal_of_a_code_that_allows_it(
    fake, seam, create, get_code, code_events
):
    code_id = create(code="1234", is_external_modification_allowed=True)
    fake.remove_access_code(code_id)

    now = get_code(code_id)
    assert (now.status, now.code, now.errors) == ("unset", "1234", [])
    assert warning_codes(now) == ["external_modification_in_effect"]
    assert code_events(code_id)[2:] == ["deleted_external_to_seam"]

    seam.access_codes.update(access_code_id=code_id, name="Jane")
    assert get_code(code_id).pending_mutations == []
    assert code_events(code_id)[3:] == ["changed"]
