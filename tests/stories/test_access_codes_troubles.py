"""Locks that are offline, slow, full or failing."""

from __future__ import annotations

from datetime import timedelta

import pytest

SECOND = timedelta(seconds=1)


@pytest.fixture
def create(seam, lock):
    """Creates a code on the August lock; returns its id."""
    return lambda **sent: seam.access_codes.create(device_id=lock, **sent).access_code_id


def error_codes(thing):
    return [error.error_code for error in thing.errors]


def warning_codes(thing):
    return [warning.warning_code for warning in thing.warnings]


# Offline


def test_a_code_for_an_offline_lock_is_set_when_the_lock_is_back(
    seam, lock, create, get_code, code_events
):
    seam.devices.simulate.disconnect(device_id=lock)
    code_id = create(code="1234")

    now = get_code(code_id)
    assert (now.status, error_codes(now)) == ("setting", ["device_disconnected"])
    assert now.errors[0].is_device_error is True
    assert code_events(code_id) == ["created"]

    seam.devices.simulate.connect(device_id=lock)

    now = get_code(code_id)
    assert (now.status, now.errors) == ("set", [])
    assert code_events(code_id) == ["created", "set_on_device"]
    types = [event.event_type for event in seam.events.list(since="2000-01-01")]
    assert types[-2:] == ["device.connected", "access_code.set_on_device"]


def test_a_code_of_an_offline_lock_is_removed_when_the_lock_is_back(
    seam, lock, create, get_code, code_events, refusal
):
    code_id = create(code="1234")
    seam.devices.simulate.disconnect(device_id=lock)
    seam.access_codes.delete(access_code_id=code_id)

    now = get_code(code_id)
    assert (now.status, warning_codes(now)) == ("removing", ["being_deleted"])
    assert code_events(code_id) == ["created", "set_on_device", "mutations_requested"]

    seam.devices.simulate.connect(device_id=lock)

    assert refusal(seam.access_codes.get, access_code_id=code_id).status_code == 404
    assert code_events(code_id)[3:] == ["removed_from_device", "deleted"]


def test_an_app_can_refuse_to_try_an_offline_lock(seam, lock, create, get_code, refusal):
    code_id = create(code="1234", name="Guest")
    seam.devices.simulate.disconnect(device_id=lock)
    no_try = {"attempt_for_offline_device": False}

    created = refusal(seam.access_codes.create, device_id=lock, **no_try)
    updated = refusal(seam.access_codes.update, access_code_id=code_id, name="Jane", **no_try)

    for refused in (created, updated):
        assert (refused.status_code, refused.code) == (400, "device_disconnected")
    (code,) = seam.access_codes.list(device_id=lock)
    assert (code.access_code_id, code.name, code.status) == (code_id, "Guest", "set")


def test_a_code_of_a_disconnected_account_is_unknown_until_the_reconnection(
    fake, seam, create, get_code, code_events
):
    code_id = create(code="1234")
    assert get_code(code_id).status == "set"
    (account,) = seam.connected_accounts.list()
    fake.disconnect_account(account)

    now = get_code(code_id)
    assert (now.status, now.code) == ("unknown", "1234")
    assert error_codes(now) == ["account_disconnected"]
    assert now.errors[0].is_connected_account_error is True

    fake.reconnect_account(account)

    now = get_code(code_id)
    assert (now.status, now.errors) == ("set", [])
    assert code_events(code_id) == ["created", "set_on_device"]


# Failing


def test_a_failed_step_is_an_error_and_an_event_and_mended_five_minutes_later(
    fake, seam, lock, create, get_code, code_events
):
    fake.fail_next_step(lock, "set")
    code_id = create(code="1234")

    now = get_code(code_id)
    (error,) = now.errors
    assert (now.status, error.is_access_code_error) == ("setting", True)
    assert error.error_code == "failed_to_set_on_device"
    assert error.message == (
        "An error occurred when we tried to set the access code on the device. We will continue"
        " to try and set the code on the device in case the error was temporary."
    )
    assert code_events(code_id) == ["created", "failed_to_set_on_device"]
    failed = seam.events.get(event_type="access_code.failed_to_set_on_device")
    assert error_codes_of_event(failed) == (["failed_to_set_on_device"], [], [])

    fake.clock.advance(timedelta(minutes=5) - SECOND)
    assert get_code(code_id).status == "setting"
    fake.clock.advance(SECOND)
    now = get_code(code_id)
    assert (now.status, now.errors) == ("set", [])
    assert code_events(code_id)[2:] == ["set_on_device"]


def error_codes_of_event(event):
    """The codes of the errors of the access code, the device and the account in an event."""
    return tuple(
        [error.error_code for error in errors]
        for errors in (
            event.access_code_errors,
            event.device_errors,
            event.connected_account_errors,
        )
    )


def test_a_step_that_fails_again_is_announced_once(fake, lock, create, get_code, code_events):
    fake.fail_next_step(lock, "set", times=3)
    code_id = create(code="1234")

    fake.clock.advance(timedelta(minutes=14))
    assert error_codes(get_code(code_id)) == ["failed_to_set_on_device"]
    fake.clock.advance(timedelta(minutes=1))

    assert get_code(code_id).status == "set"
    assert code_events(code_id) == ["created", "failed_to_set_on_device", "set_on_device"]


def test_a_step_can_fail_for_a_reason_of_the_tests_choice(fake, lock, create, get_code):
    fake.fail_next_step(lock, "set", "provider_issue", "August is down.")
    code_id = create(code="1234")

    (error,) = get_code(code_id).errors
    assert (error.error_code, error.message) == ("provider_issue", "August is down.")
    fake.clock.advance(timedelta(minutes=5))
    assert (get_code(code_id).status, get_code(code_id).errors) == ("set", [])


def test_a_failed_update_is_an_error_and_an_event_and_mended_five_minutes_later(
    fake, seam, lock, create, get_code, code_events
):
    code_id = create(code="1234")
    fake.fail_next_step(lock, "update")
    seam.access_codes.update(access_code_id=code_id, code="4321")

    now = get_code(code_id)
    assert (now.status, now.code) == ("setting", "4321")
    assert error_codes(now) == ["failed_to_set_on_device"]
    (mutation,) = now.pending_mutations
    assert mutation.mutation_code == "updating_code"
    assert (mutation.from_.code, mutation.to.code) == ("1234", "4321")
    assert code_events(code_id)[2:] == ["mutations_requested", "failed_to_set_on_device"]

    fake.clock.advance(timedelta(minutes=5))
    now = get_code(code_id)
    assert (now.status, now.errors, now.pending_mutations) == ("set", [], [])
    assert code_events(code_id)[4:] == ["changed", "code_changed", "set_on_device"]


def test_the_old_pin_opens_until_the_update_has_succeeded(fake, seam, lock, create):
    code_id = create(code="1234")
    fake.fail_next_step(lock, "update")
    seam.access_codes.update(access_code_id=code_id, code="4321")

    fake.enter_code(lock, "4321")
    fake.enter_code(lock, "1234")
    fake.clock.advance(timedelta(minutes=5))
    fake.enter_code(lock, "1234")
    fake.enter_code(lock, "4321")

    events = seam.events.list(since="2000-01-01", device_id=lock)
    entries = [event for event in events if event.event_type.startswith("lock.")]
    assert [(event.event_type, getattr(event, "code", None)) for event in entries] == [
        ("lock.access_denied", None),
        ("lock.unlocked", "1234"),
        ("lock.access_denied", None),
        ("lock.unlocked", "4321"),
    ]


def test_a_failed_removal_is_an_error_and_an_event_and_mended_five_minutes_later(
    fake, seam, lock, create, get_code, code_events, refusal
):
    code_id = create(code="1234")
    fake.fail_next_step(lock, "remove")
    seam.access_codes.delete(access_code_id=code_id)

    now = get_code(code_id)
    (error,) = now.errors
    assert (now.status, error.error_code) == ("removing", "failed_to_remove_from_device")
    assert error.message == (
        "An error occurred when we tried to remove the access code from the device. We will"
        " continue to try and remove the code from the device in case the error was temporary."
    )
    assert code_events(code_id)[2:] == ["mutations_requested", "failed_to_remove_from_device"]

    fake.clock.advance(timedelta(minutes=5))
    assert refusal(seam.access_codes.get, access_code_id=code_id).status_code == 404
    assert code_events(code_id)[4:] == ["removed_from_device", "deleted"]


# Full


@pytest.fixture
def small_lock(fake, seam):
    """The id of an August lock that takes two codes."""
    lock = {"name": "Safe", "properties": {"max_active_codes_supported": 2}}
    fake.connect_account("august", devices=[lock])
    (device,) = seam.devices.list()
    return device.device_id


def test_a_full_lock_takes_no_more_codes_until_one_is_deleted(
    seam, small_lock, get_code, code_events
):
    create = seam.access_codes.create
    first, second, third = (
        create(device_id=small_lock, code=f"500{n}").access_code_id for n in (1, 2, 3)
    )

    assert (get_code(first).status, get_code(second).status) == ("set", "set")
    now = get_code(third)
    assert (now.status, error_codes(now)) == ("setting", ["no_space_for_access_code_on_device"])
    (warning,) = seam.devices.get(device_id=small_lock).warnings
    assert warning.warning_code == "max_access_codes_reached"
    assert (warning.active_access_code_count, warning.max_active_access_code_count) == (2, 2)
    assert code_events(third) == ["created", "failed_to_set_on_device"]

    seam.access_codes.delete(access_code_id=first)

    now = get_code(third)
    assert (now.status, now.errors) == ("set", [])
    assert seam.devices.get(device_id=small_lock).warnings == []
    assert code_events(third)[2:] == ["set_on_device"]


# Slow


def test_a_held_lock_delays_a_code_and_seam_warns_after_ten_minutes(
    fake, seam, lock, create, get_code, code_events
):
    fake.hold_device(lock)
    code_id = create(code="1234")

    fake.clock.advance(timedelta(minutes=10) - SECOND)
    now = get_code(code_id)
    assert (now.status, now.errors, now.warnings) == ("setting", [], [])
    assert [one.mutation_code for one in now.pending_mutations] == ["creating"]
    assert code_events(code_id) == ["created"]

    fake.clock.advance(SECOND)
    now = get_code(code_id)
    assert (now.status, warning_codes(now)) == ("setting", ["delay_in_setting_on_device"])
    assert code_events(code_id)[1:] == ["delay_in_setting_on_device"]
    late = seam.events.get(event_type="access_code.delay_in_setting_on_device")
    assert late.occurred_at == "2026-01-01T12:10:00.000Z"
    assert [one.warning_code for one in late.access_code_warnings] == [
        "delay_in_setting_on_device"
    ]

    fake.clock.advance(timedelta(days=1))
    assert code_events(code_id)[2:] == []
    fake.release_device(lock)
    now = get_code(code_id)
    assert (now.status, now.warnings, now.pending_mutations) == ("set", [], [])
    assert code_events(code_id)[2:] == ["set_on_device"]


@pytest.mark.parametrize("rules", [{"device_delay": 30}], ids=["30 seconds"])
def test_with_the_rule_every_step_takes_that_long(fake, create, get_code, code_events):
    code_id = create(code="1234")

    fake.clock.advance(29)
    assert get_code(code_id).status == "setting"
    fake.clock.advance(1)
    assert get_code(code_id).status == "set"


# Wishes that are gone


def test_an_update_that_is_taken_back_before_the_step_changes_nothing(
    fake, seam, lock, create, get_code, code_events
):
    code_id = create(code="1234")
    fake.hold_device(lock)
    for pin in ("5555", "1234"):
        seam.access_codes.update(access_code_id=code_id, code=pin)

    assert get_code(code_id).pending_mutations == []
    fake.release_device(lock)
    assert (get_code(code_id).status, get_code(code_id).code) == ("set", "1234")
    assert code_events(code_id)[2:] == [*["mutations_requested"] * 2, "set_on_device"]


def test_a_code_that_is_to_be_removed_has_no_trouble_with_setting(
    fake, seam, lock, create, get_code
):
    code_id = create(code="1234")
    fake.fail_next_step(lock, "update")
    seam.access_codes.update(access_code_id=code_id, code="5555")
    assert error_codes(get_code(code_id)) == ["failed_to_set_on_device"]
    fake.hold_device(lock)

    seam.access_codes.delete(access_code_id=code_id)

    now = get_code(code_id)
    assert (now.status, now.errors, warning_codes(now)) == ("removing", [], ["being_deleted"])
