"""Which codes are refused, in which words; a refused call changes nothing."""

from __future__ import annotations

import pytest

CREATE = "/access_codes/create"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
START, END = "2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z"
TIMES = {"starts_at": START, "ends_at": END}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"code": "12"}, 'String must contain at least 4 character(s) for "code"'),
        ({"code": "1" * 13}, 'String must contain at most 12 character(s) for "code"'),
        ({"code": "12a4"}, 'Must only contain digits for "code"'),
        ({"code": "123456789"}, 'Must have 4, 5, 6, 7 or 8 digits for "code"'),
        ({"starts_at": START}, "Both starts_at and ends_at must be provided if one is"),
        ({"ends_at": END}, "Both starts_at and ends_at must be provided if one is"),
        (
            {"starts_at": START, "ends_at": START},
            'ends_at must be after starts_at for "ends_at"',
        ),
        (
            {"starts_at": "2025-01-01T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"},
            'ends_at must be in the future for "ends_at"',
        ),
        (
            {"starts_at": "soon", "ends_at": END},
            'Must be parsable date string if defined for "starts_at"',
        ),
        (
            {"use_backup_access_code_pool": True},
            "Cannot use the backup pool for ongoing codes",
        ),
        (
            {"is_one_time_use": True},
            'Only offline access codes can be one-time use for "is_one_time_use"',
        ),
        (
            {"is_offline_access_code": True, "code": "1234", **TIMES},
            'An offline access code is assigned by the device for "code"',
        ),
    ],
)
def test_what_no_code_can_be_is_invalid_input(fake, codes, refuse, params, message):
    dump = fake.call("/_fakeseam/dump")["dump"]

    refusal = refuse(CREATE, {"device_id": codes.device_id, **params})

    assert (refusal.status, refusal.type, refusal.message) == (400, "invalid_input", message)
    assert fake.call("/_fakeseam/dump")["dump"] == dump


def test_every_wrong_parameter_is_named(codes, refuse):
    refusal = refuse(CREATE, {"device_id": "x", "code": "1", "starts_at": 5, "name": 7})

    assert refusal.validation_errors.keys() == {
        "_errors", "device_id", "code", "starts_at", "name"
    }


@pytest.mark.parametrize("times", [{}, {"starts_at": START, "ends_at": END}])
def test_a_pin_can_be_had_once_on_a_device_whatever_the_times(codes, refuse, times):
    codes.create(code="1234", starts_at="2026-03-01T00:00:00Z", ends_at="2026-03-02T00:00:00Z")

    sent = {"device_id": codes.device_id, "code": "1234", "name": "Guest", **times}
    refusal = refuse(CREATE, sent)

    period = " for period 2026-02-01T00:00:00.000Z-2026-02-03T00:00:00.000Z" if times else ""
    assert (refusal.status, refusal.type) == (409, "duplicate_access_code")
    assert refusal.message == f"Cannot set duplicate access code 1234 named Guest{period}"


def test_an_update_to_a_pin_that_another_code_has_is_a_duplicate(codes, refuse):
    codes.create(code="1234")
    other = codes.get(codes.create(code="5678"))

    sent = {"access_code_id": other["access_code_id"], "code": "1234", "name": "Joe"}
    assert refuse("/access_codes/update", sent).type == "duplicate_access_code"
    assert codes.get(other) == other


def test_a_pin_is_free_on_another_device_and_after_the_deletion(codes, lock_of):
    code = codes.create(code="1234")
    assert codes.create(lock_of("yale"), code="1234")

    codes.delete(code)

    assert codes.create(code="1234")["access_code_id"] != code["access_code_id"]


@pytest.mark.parametrize(
    ("pin", "constraint"),
    [("123456", "12"), ("125987", "12"), ("305678", "0")],
)
def test_a_pin_obeys_the_constraints_of_its_device(codes, lock_of, refuse, pin, constraint):
    refusal = refuse(CREATE, {"device_id": lock_of("nuki"), "code": pin})

    assert refusal.type == "invalid_input"
    assert constraint in refusal.message


def test_a_nuki_takes_six_digits(codes, lock_of, refuse):
    nuki = lock_of("nuki")

    assert refuse(CREATE, {"device_id": nuki, "code": "9876"}).message == (
        'Must have 6 digits for "code"'
    )
    for _ in range(20):
        pin = codes.create(nuki)["code"]
        assert len(pin) == 6 and "0" not in pin and not pin.startswith("12")


def test_a_salto_lock_gets_its_pin_from_its_provider(codes, lock_of, refuse):
    salto = lock_of("salto_ks")
    code = codes.create(salto)

    assert (code["code"], code["is_waiting_for_code_assignment"]) == (None, True)
    code = codes.get(code)
    assert (len(code["code"]), code["status"]) == (6, "set")
    assert refuse(CREATE, {"device_id": salto, "code": "987654"}).message == (
        'The provider of this device assigns the code for "code"'
    )


def test_what_a_device_cannot_do_is_refused(fake, codes, lock_of, refuse):
    thermostat = lock_of("nest")
    for sent in (
        {"device_id": thermostat},
        {"device_id": codes.device_id, "is_offline_access_code": True, **TIMES},
        {"device_id": lock_of("salto_ks"), "use_backup_access_code_pool": True, **TIMES},
        {"device_id": lock_of("dormakaba_oracode")},
        {"device_id": lock_of("august", can_program_online_access_codes=False)},
    ):
        refusal = refuse(CREATE, sent)
        assert (refusal.status, refusal.type, refusal.message, refusal.data) == (
            400,
            "device_not_supported",
            "This device does not support this action",
            {"device_id": sent["device_id"]},
        )


def test_an_unknown_device_is_not_found(codes, refuse):
    refusal = refuse(CREATE, {"device_id": UNKNOWN})

    assert (refusal.status, refusal.type, refusal.message) == (
        404, "device_not_found", "Device not found"
    )
    assert refusal.data == {"device_id": UNKNOWN}


def test_an_unmanaged_device_is_refused(fake, codes, refuse):
    fake.call("/devices/update", {"device_id": codes.device_id, "is_managed": False})

    assert refuse(CREATE, {"device_id": codes.device_id}).type == "device_unmanaged"


def test_a_code_that_is_not_for_offline_devices_is_refused_at_one(fake, codes, refuse):
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    sent = {"device_id": codes.device_id, "attempt_for_offline_device": False}

    refusal = refuse(CREATE, sent)

    assert (refusal.status, refusal.type) == (400, "device_disconnected")
    assert refusal.message == "The device is disconnected."
    assert codes.create(attempt_for_offline_device=True)["status"] == "setting"
