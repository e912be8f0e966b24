"""/access_codes/unmanaged and /access_codes/simulate: codes that somebody set outside of Seam."""

from __future__ import annotations

import pytest

SIMULATE = "/access_codes/simulate/create_unmanaged_access_code"
CONVERT = "/access_codes/unmanaged/convert_to_managed"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def existing(fake, lock):
    """A code that somebody has set on the lock."""
    sent = {"device_id": lock, "name": "Cleaner", "code": "1234"}
    return fake.call(SIMULATE, sent)["access_code"]


@pytest.fixture
def by_id(existing):
    return {"access_code_id": existing["access_code_id"]}


def test_an_unmanaged_code_has_what_is_on_the_device(fake, lock, existing, by_id):
    assert existing == {
        "access_code_id": existing["access_code_id"],
        "device_id": lock,
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "name": "Cleaner",
        "code": "1234",
        "type": "ongoing",
        "starts_at": None,
        "ends_at": None,
        "is_managed": False,
        "errors": [],
        "warnings": [],
        "status": "set",
        "display_status": "Active",
    }
    assert fake.call("/access_codes/unmanaged/get", by_id)["access_code"] == existing
    by_pin = {"device_id": lock, "code": "1234"}
    assert fake.call("/access_codes/unmanaged/get", by_pin)["access_code"] == existing
    listed = fake.call("/access_codes/unmanaged/list", {"device_id": lock})["access_codes"]
    assert listed == [existing]
    assert fake.events[-1]["event_type"] == "access_code.unmanaged.created"


def test_managed_and_unmanaged_codes_are_apart(fake, codes, existing, by_id, refuse):
    managed = codes.create()

    assert [one["access_code_id"] for one in codes.list()] == [managed["access_code_id"]]
    refusal = refuse("/access_codes/get", by_id)
    assert (refusal.status, refusal.type) == (404, "access_code_not_found")
    assert refusal.message == "Could not find an access_code with device_id or access_code_id"
    sent = {"access_code_id": managed["access_code_id"]}
    refusal = refuse("/access_codes/unmanaged/get", sent)
    assert (refusal.message, refusal.data) == ("Access code not found", sent)


def test_a_converted_code_is_the_same_code(fake, codes, existing, by_id, new_events):
    def convert():
        attempt = fake.call(CONVERT, by_id)["action_attempt"]
        assert (attempt["action_type"], attempt["status"]) == (
            "CONVERT_ACCESS_CODE_TO_MANAGED", "pending"
        )
        sent = {"action_attempt_id": attempt["action_attempt_id"]}
        assert fake.call("/action_attempts/get", sent)["action_attempt"]["status"] == "success"

    assert new_events(convert) == ["unmanaged.converted_to_managed"]
    shown = codes.get(existing)
    assert (shown["status"], shown["is_managed"], shown["code"]) == ("set", True, "1234")
    assert shown["is_external_modification_allowed"] is False


def test_an_update_converts_too(fake, codes, existing, by_id):
    sent = {**by_id, "is_managed": True, "allow_external_modification": True}

    assert fake.call("/access_codes/unmanaged/update", sent) == {"ok": True}
    assert codes.get(existing)["is_external_modification_allowed"] is True


def test_an_update_cannot_make_an_unmanaged_code_unmanaged(by_id, refuse):
    refusal = refuse("/access_codes/unmanaged/update", {**by_id, "is_managed": False})

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert refusal.message == (
        'Use /access_codes/update to convert access codes to unmanaged for "is_managed"'
    )


@pytest.mark.parametrize("brand", ["smartthings", "igloohome"])
def test_some_brands_codes_cannot_be_converted(fake, lock_of, new_events, brand):
    code = fake.create_unmanaged_access_code(lock_of(brand), "123456")
    assert code["cannot_be_managed"] is True

    def convert():
        sent = {"access_code_id": code["access_code_id"]}
        attempt = fake.call(CONVERT, sent)["action_attempt"]
        sent = {"action_attempt_id": attempt["action_attempt_id"]}
        ended = fake.call("/action_attempts/get", sent)["action_attempt"]
        assert (ended["status"], ended["result"]) == ("error", None)

    assert new_events(convert) == ["unmanaged.failed_to_convert_to_managed"]


@pytest.mark.parametrize(
    ("brand", "pin"), [("wyze", None), ("smartthings", None), ("yale", "1234")]
)
def test_some_brands_hide_the_pins_of_unmanaged_codes(fake, lock_of, brand, pin):
    assert fake.create_unmanaged_access_code(lock_of(brand), "1234")["code"] == pin


def test_an_unmanaged_code_is_removed_in_the_next_step(fake, existing, by_id, new_events, refuse):
    def delete():
        attempt = fake.call("/access_codes/unmanaged/delete", by_id)["action_attempt"]
        assert (attempt["action_type"], attempt["status"]) == ("DELETE_ACCESS_CODE", "pending")

    assert new_events(delete) == ["unmanaged.removed"]
    assert refuse("/access_codes/unmanaged/get", by_id).status == 404


def test_the_codes_of_some_brands_cannot_be_deleted(fake, lock_of, refuse):
    code = fake.create_unmanaged_access_code(lock_of("dormakaba_oracode"), "1234")
    sent = {"access_code_id": code["access_code_id"]}

    assert code["cannot_delete_unmanaged_access_code"] is True
    assert refuse("/access_codes/unmanaged/delete", sent).type == "device_not_supported"


def test_only_an_august_lock_is_simulated(lock_of, refuse):
    sent = {"device_id": lock_of("schlage"), "name": "X", "code": "1234"}
    refusal = refuse(SIMULATE, sent)

    assert (refusal.status, refusal.type) == (400, "device_type_not_supported")
    assert refusal.message == (
        'Device type "schlage_lock" is not supported for simulating creation of unmanaged codes'
    )


def test_a_simulated_pin_has_four_to_eight_digits(lock, refuse):
    for pin in ("123", "123456789", "12x4"):
        sent = {"device_id": lock, "name": "X", "code": pin}
        assert refuse(SIMULATE, sent).type == "invalid_input"


def test_nothing_is_simulated_in_production(fake, refuse):
    production = fake.create_workspace("Live", is_sandbox=False)
    fake.connect_account("august", workspace_id=production.workspace_id)
    lock = fake.call("/devices/list", token=production.api_key)["devices"][0]["device_id"]
    sent = {"device_id": lock, "name": "X", "code": "1234"}

    assert refuse(SIMULATE, sent, token=production.api_key).type == "workspace_not_sandbox"


def test_the_codes_of_an_unmanaged_device_are_unmanaged(fake, codes, new_events):
    code = codes.get(codes.create(code="1234"))
    update = {"device_id": codes.device_id, "is_managed": False}

    assert new_events(lambda: fake.call("/devices/update", update)) == []
    assert codes.list() == []
    assert codes.unmanaged(code)["status"] == "set"
    fake.call("/devices/unmanaged/update", {"device_id": codes.device_id, "is_managed": True})
    assert codes.list() == []
    sent = {"access_code_id": code["access_code_id"]}
    fake.call(CONVERT, sent)
    assert codes.get(code)["status"] == "set"


def test_a_code_can_be_made_unmanaged_and_managed_again(fake, codes, new_events):
    code = codes.get(codes.create(code="1234", common_code_key="stay"))

    assert new_events(lambda: codes.update(code, is_managed=False)) == []
    assert codes.unmanaged(code)["code"] == "1234"
    fake.call(CONVERT, {"access_code_id": code["access_code_id"]})
    assert codes.get(code)["common_code_key"] is None


def test_a_code_made_unmanaged_has_the_values_that_its_device_has(fake, codes):
    times = {"starts_at": "2026-01-01T14:00:00.000Z", "ends_at": "2026-01-01T16:00:00.000Z"}
    code = codes.get(codes.create(**times))
    fake.hold_device(codes.device_id)
    codes.update(code, code="5678", name="X", ends_at="2026-01-01T17:00:00Z")
    codes.update(code, is_managed=False)

    shown = codes.unmanaged(code)
    assert {name: shown[name] for name in ("code", "name", "starts_at", "ends_at")} == {
        name: code[name] for name in ("code", "name", "starts_at", "ends_at")
    }


def test_a_converted_code_is_set_at_its_start(fake, codes, new_events, pass_time):
    times = {"starts_at": "2026-01-01T14:00:00Z", "ends_at": "2026-01-01T16:00:00Z"}
    code = codes.get(codes.create(**times))
    codes.update(code, is_managed=False)
    fake.call(CONVERT, {"access_code_id": code["access_code_id"]})

    shown = codes.get(code)
    assert (shown["status"], shown["is_scheduled_on_device"]) == ("unset", True)
    assert new_events(lambda: pass_time(hours=14)) == ["set_on_device"]


def test_a_code_with_the_pin_of_a_managed_code_is_not_converted(
    fake, codes, existing, by_id, new_events
):
    code = codes.get(codes.create(code="5678"))
    fake.change_access_code(existing, code="5678")

    assert new_events(lambda: fake.call(CONVERT, by_id)) == [
        "unmanaged.failed_to_convert_to_managed"
    ]
    assert codes.list() == [code]


def test_an_unmanaged_code_that_is_not_on_the_device_is_unset(fake, codes):
    times = {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-02T00:00:00Z"}
    code = codes.create(**times)
    codes.update(code, is_managed=False)

    shown = codes.unmanaged(code)
    assert (shown["status"], shown["display_status"]) == ("unset", "Not active")
    fake.clock.advance(90 * 86400)
    assert codes.unmanaged(code) == shown  # Seam leaves it alone


def test_an_unknown_code_is_not_found(refuse):
    for path in (CONVERT, "/access_codes/unmanaged/delete", "/access_codes/unmanaged/get"):
        refusal = refuse(path, {"access_code_id": UNKNOWN})
        assert (refusal.status, refusal.type, refusal.message) == (
            404, "access_code_not_found", "Access code not found"
        )


def test_of_a_deletion_and_a_conversion_the_deletion_wins(fake, codes, existing, by_id, refuse):
    fake.hold_device(codes.device_id)
    attempt = fake.call(CONVERT, by_id)["action_attempt"]
    fake.call("/access_codes/unmanaged/delete", by_id)

    assert refuse(CONVERT, by_id).type == "access_code_not_found"
    sent = {"action_attempt_id": attempt["action_attempt_id"]}
    ended = fake.call("/action_attempts/get", sent)["action_attempt"]
    assert (ended["status"], ended["error"]["type"]) == ("error", "access_code_not_found")
    fake.release_device(codes.device_id)
    assert refuse("/access_codes/unmanaged/get", by_id).status == 404
