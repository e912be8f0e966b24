"""The steps of codes at their device: they wait, fail, come late, and find a full device."""

from __future__ import annotations

import pytest


def codes_of(entries):
    return [one.get("error_code") or one.get("warning_code") for one in entries]


@pytest.fixture
def small(fake, lock_of):
    """A lock that has space for two codes."""
    return lock_of("august", properties={"max_active_codes_supported": 2})


def device(fake, device_id):
    return fake.call("/devices/get", {"device_id": device_id})["device"]


def test_a_code_of_an_offline_device_waits_for_it(fake, codes, new_events):
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    code = codes.create()
    fake.clock.advance(3600)

    shown = codes.get(code)
    assert (shown["status"], codes_of(shown["errors"])) == ("setting", ["device_disconnected"])
    since = len(fake.events)
    fake.call("/devices/simulate/connect", {"device_id": codes.device_id})
    assert [event["event_type"] for event in fake.events][since:] == [
        "device.connected", "access_code.set_on_device"
    ]
    assert codes.get(code)["errors"] == []


def test_the_codes_of_a_disconnected_account_are_unknown_until_it_is_back(fake, codes):
    code = codes.get(codes.create())
    account = fake.call("/connected_accounts/list")["connected_accounts"][0]
    fake.disconnect_account(account)
    new = codes.create()

    shown = codes.get(code)
    assert (shown["status"], shown["display_status"]) == ("unknown", "Unknown")
    assert codes_of(shown["errors"]) == ["account_disconnected"]
    fake.reconnect_account(account)
    assert codes.get(code) == code
    assert codes.get(new)["status"] == "set"


def test_steps_of_one_device_run_in_their_order(fake, codes):
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    first, second = codes.create(), codes.create()
    codes.update(first, name="Joe")  # asks again: it comes after the second
    fake.call("/devices/simulate/connect", {"device_id": codes.device_id})

    set_ = fake.events.filter("access_code.set_on_device")
    assert [event["access_code_id"] for event in set_] == [
        second["access_code_id"], first["access_code_id"]
    ]


def test_a_full_device_reports_it_until_it_has_space(fake, codes, small):
    one, _, third = [codes.create(small) for _ in range(3)]

    shown = codes.get(third)
    assert shown["status"] == "setting"
    (error,) = shown["errors"]
    assert error["error_code"] == "no_space_for_access_code_on_device"
    assert error["is_access_code_error"] is True
    (warning,) = device(fake, small)["warnings"]
    assert warning["warning_code"] == "max_access_codes_reached"
    assert warning["active_access_code_count"] == warning["max_active_access_code_count"] == 2

    codes.delete(one)

    assert codes.get(third)["status"] == "set"
    assert codes.get(third)["errors"] == []
    assert device(fake, small)["warnings"] == []


def test_a_failure_is_reported_once_and_tried_again_every_five_minutes(fake, codes, small):
    for _ in range(3):
        third = codes.create(small)
    fake.clock.advance(3600)

    failures = fake.events.filter("access_code.failed_to_set_on_device")
    assert [event["access_code_id"] for event in failures] == [third["access_code_id"]]
    assert failures[0].keys() >= {
        f"{about}_{kind}"
        for about in ("access_code", "device", "connected_account")
        for kind in ("errors", "warnings")
    }


def test_the_pin_of_an_unmanaged_code_is_accepted_and_the_step_fails(fake, codes):
    unmanaged = fake.create_unmanaged_access_code(codes.device_id, "1234", "Cleaner")
    code = codes.create(code="1234")

    (error,) = codes.get(code)["errors"]
    assert error["error_code"] == "duplicate_code_on_device"
    assert error["unmanaged_access_code_id"] == unmanaged["access_code_id"]

    fake.remove_access_code(unmanaged)

    assert (codes.get(code)["status"], codes.get(code)["errors"]) == ("set", [])


def test_stricter_constraints_are_found_at_the_step_and_not_tried_again(fake, codes, lock_of):
    lock = lock_of("smartthings")
    times = {"starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-03T00:00:00Z"}
    code = codes.create(lock, code="1234", **times)
    lengths = {"device_id": lock, "supported_code_lengths": [6, 6, 7]}
    fake.call("/access_codes/report_device_constraints", lengths)
    fake.clock.advance(23 * 3600)

    assert codes_of(codes.get(code)["errors"]) == ["code_constraints_violated"]
    fake.clock.advance(1800)
    assert codes.get(code)["status"] == "setting"
    codes.update(code, code="123456")
    assert (codes.get(code)["status"], codes.get(code)["errors"]) == ("set", [])


@pytest.mark.parametrize(
    ("sent", "lengths"),
    [
        ({"min_code_length": 5, "max_code_length": 7}, [5, 6, 7]),
        ({"min_code_length": 19}, [19, 20]),
        ({"max_code_length": 5}, [4, 5]),
        ({"supported_code_lengths": [8, 4]}, [4, 8]),
    ],
)
def test_an_app_reports_the_lengths_of_a_smartthings_lock(fake, lock_of, sent, lengths):
    lock = lock_of("smartthings")
    fake.call("/access_codes/report_device_constraints", {"device_id": lock, **sent})

    assert device(fake, lock)["properties"]["supported_code_lengths"] == lengths


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"min_code_length": 3}, "Number must be greater than or equal to 4"),
        ({"max_code_length": 21}, "Number must be less than or equal to 20"),
        ({"supported_code_lengths": []}, "Array must contain at least 1 element(s)"),
        ({"supported_code_lengths": [4], "min_code_length": 4}, "Either supported_code_lengths"),
        ({"min_code_length": 9, "max_code_length": 5}, "must not be greater"),
        ({}, "Either supported_code_lengths"),
    ],
)
def test_wrong_lengths_are_refused(lock_of, refuse, sent, message):
    sent = {"device_id": lock_of("smartthings"), **sent}
    refusal = refuse("/access_codes/report_device_constraints", sent)

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert message in refusal.message


def test_other_locks_report_their_lengths_themselves(codes, refuse):
    sent = {"device_id": codes.device_id, "min_code_length": 4}
    refusal = refuse("/access_codes/report_device_constraints", sent)

    assert refusal.type == "device_not_supported"


def test_steps_of_a_held_device_run_in_the_order_in_which_they_were_asked_for(fake, codes):
    first = codes.get(codes.create(code="1111"))
    fake.hold_device(codes.device_id)
    second = codes.create(code="2222")
    codes.delete(first)
    since = len(fake.events)
    fake.release_device(codes.device_id)

    emitted = [(one["event_type"], one["access_code_id"]) for one in list(fake.events)[since:]]
    assert emitted == [
        ("access_code.set_on_device", second["access_code_id"]),
        ("access_code.removed_from_device", first["access_code_id"]),
        ("access_code.deleted", first["access_code_id"]),
    ]
