"""Access codes that somebody set outside of Seam, and those that Seam stops to manage."""

from __future__ import annotations

import pytest
from seam import SeamHttpInvalidInputError


@pytest.fixture
def owners(seam, lock):
    """The id of a code that the owner of the August lock has set in the maker's app."""
    return seam.access_codes.simulate.create_unmanaged_access_code(
        device_id=lock, name="Owner", code="1234"
    ).access_code_id


@pytest.fixture
def get_unmanaged(seam):
    """Returns an unmanaged access code as the app reads it now."""
    return lambda access_code_id: seam.access_codes.unmanaged.get(access_code_id=access_code_id)


def ids(codes):
    return [code.access_code_id for code in codes]


def test_an_app_can_simulate_that_somebody_sets_a_code_on_an_august_lock(
    seam, lock, code_events
):
    created = seam.access_codes.simulate.create_unmanaged_access_code(
        device_id=lock, name="Owner", code="1234"
    )

    assert (created.name, created.code, created.type) == ("Owner", "1234", "ongoing")
    assert (created.status, created.display_status) == ("set", "Active")
    assert created.is_managed is False
    assert code_events(created.access_code_id) == ["unmanaged.created"]


def test_on_a_schlage_it_cannot(seam, locks_of, refusal):
    front, _ = locks_of("schlage")

    refused = refusal(
        seam.access_codes.simulate.create_unmanaged_access_code,
        device_id=front,
        name="Owner",
        code="1234",
    )

    assert (refused.status_code, refused.code) == (400, "device_type_not_supported")
    assert str(refused) == (
        'Device type "schlage_lock" is not supported for simulating creation of unmanaged codes'
    )


def test_an_unmanaged_code_is_found_among_the_unmanaged_ones_only(
    seam, lock, owners, get_unmanaged, refusal
):
    own = seam.access_codes.create(device_id=lock, code="5678").access_code_id

    assert ids(seam.access_codes.unmanaged.list(device_id=lock)) == [owners]
    assert ids(seam.access_codes.list(device_id=lock)) == [own]
    assert get_unmanaged(owners).code == "1234"
    found = seam.access_codes.unmanaged.get(device_id=lock, code="1234")
    assert found.access_code_id == owners
    refused = refusal(seam.access_codes.get, access_code_id=owners)
    assert (refused.status_code, refused.code) == (404, "access_code_not_found")
    refused = refusal(seam.access_codes.unmanaged.get, access_code_id=own)
    assert (refused.status_code, refused.code) == (404, "access_code_not_found")
    assert str(refused) == "Access code not found"


def test_a_managed_code_with_the_pin_of_an_unmanaged_one_is_not_set(
    seam, lock, owners, get_code, code_events
):
    created = seam.access_codes.create(device_id=lock, code="1234")

    assert (created.status, created.errors) == ("setting", [])
    now = get_code(created.access_code_id)
    (error,) = now.errors
    assert now.status == "setting"
    assert (error.error_code, error.is_access_code_error) == ("duplicate_code_on_device", True)
    assert error.unmanaged_access_code_id == owners
    assert code_events(created.access_code_id) == ["created", "failed_to_set_on_device"]
    failed = seam.events.get(event_type="access_code.failed_to_set_on_device")
    (of_event,) = failed.access_code_errors
    assert of_event.error_code == "duplicate_code_on_device"


def test_it_is_set_when_the_unmanaged_one_is_gone(seam, lock, owners, get_code):
    code_id = seam.access_codes.create(device_id=lock, code="1234").access_code_id
    assert get_code(code_id).status == "setting"

    seam.access_codes.unmanaged.delete(access_code_id=owners)

    assert (get_code(code_id).status, get_code(code_id).errors) == ("set", [])


def test_it_is_set_when_it_gets_another_pin(seam, lock, owners, get_code):
    code_id = seam.access_codes.create(device_id=lock, code="1234").access_code_id
    assert get_code(code_id).status == "setting"

    seam.access_codes.update(access_code_id=code_id, code="5678")

    now = get_code(code_id)
    assert (now.status, now.code, now.errors) == ("set", "5678", [])


def test_a_converted_code_keeps_its_id_and_is_announced(seam, lock, owners, get_code, code_events):
    assert seam.access_codes.unmanaged.convert_to_managed(access_code_id=owners) is None

    now = get_code(owners)
    assert (now.status, now.is_managed, now.code, now.name) == ("set", True, "1234", "Owner")
    assert now.is_external_modification_allowed is False
    assert ids(seam.access_codes.list(device_id=lock)) == [owners]
    assert seam.access_codes.unmanaged.list(device_id=lock) == []
    assert code_events(owners) == ["unmanaged.created", "unmanaged.converted_to_managed"]


def test_a_converted_code_may_allow_changes_outside_of_seam(seam, owners, get_code):
    seam.access_codes.unmanaged.convert_to_managed(
        access_code_id=owners, is_external_modification_allowed=True
    )

    assert get_code(owners).is_external_modification_allowed is True


def test_an_update_converts_too(seam, owners, get_code, code_events):
    updated = seam.access_codes.unmanaged.update(access_code_id=owners, is_managed=True)

    assert updated is None
    assert get_code(owners).is_managed is True
    assert code_events(owners) == ["unmanaged.created", "unmanaged.converted_to_managed"]


def test_an_update_does_not_stop_managing(seam, owners):
    with pytest.raises(SeamHttpInvalidInputError) as refused:
        seam.access_codes.unmanaged.update(access_code_id=owners, is_managed=False)

    assert refused.value.get_validation_error_messages("is_managed") == [
        "Use /access_codes/update to convert access codes to unmanaged"
    ]


def test_a_deleted_unmanaged_code_is_announced_as_removed(
    seam, lock, owners, code_events, refusal
):
    assert seam.access_codes.unmanaged.delete(access_code_id=owners) is None

    assert refusal(seam.access_codes.unmanaged.get, access_code_id=owners).status_code == 404
    assert seam.access_codes.unmanaged.list(device_id=lock) == []
    assert code_events(owners) == ["unmanaged.created", "unmanaged.removed"]


def test_a_code_of_smartthings_cannot_be_converted(
    fake, seam, locks_of, get_unmanaged, code_events
):
    front, _ = locks_of("smartthings")
    owners = fake.create_unmanaged_access_code(front, "1234", "Owner")["access_code_id"]
    before = get_unmanaged(owners)

    sent = {"access_code_id": owners}
    path = "/access_codes/unmanaged/convert_to_managed"
    attempt = seam.client.post(path, json=sent)["action_attempt"]

    assert attempt["action_type"] == "CONVERT_ACCESS_CODE_TO_MANAGED"
    assert attempt["status"] == "pending"
    assert (before.code, before.cannot_be_managed) == (None, True)
    assert get_unmanaged(owners).is_managed is False
    assert code_events(owners) == [
        "unmanaged.created",
        "unmanaged.failed_to_convert_to_managed",
    ]
    read = {"action_attempt_id": attempt["action_attempt_id"]}
    later = seam.client.post("/action_attempts/get", json=read)["action_attempt"]
    assert later["status"] == "error"


# Codes that Seam stops to manage


@pytest.fixture
def guests(seam, lock, get_code):
    """The id of a managed code that is set on the lock."""
    created = seam.access_codes.create(device_id=lock, name="Guest", code="5678")
    assert get_code(created.access_code_id).status == "set"
    return created.access_code_id


def test_an_unmanaged_device_makes_its_codes_unmanaged_without_events(
    seam, lock, guests, get_unmanaged, code_events, refusal
):
    seam.devices.update(device_id=lock, is_managed=False)

    now = get_unmanaged(guests)
    assert (now.name, now.code, now.status, now.is_managed) == ("Guest", "5678", "set", False)
    assert ids(seam.access_codes.unmanaged.list(device_id=lock)) == [guests]
    assert refusal(seam.access_codes.get, access_code_id=guests).status_code == 404
    assert code_events(guests) == ["created", "set_on_device"]


def test_no_code_can_be_created_on_an_unmanaged_device(seam, lock, refusal):
    seam.devices.update(device_id=lock, is_managed=False)

    refused = refusal(seam.access_codes.create, device_id=lock, code="1234")

    assert (refused.status_code, refused.code) == (400, "device_unmanaged")


def test_the_codes_of_a_device_that_is_managed_again_stay_unmanaged(
    seam, lock, guests, get_code, get_unmanaged
):
    seam.devices.update(device_id=lock, is_managed=False)
    seam.devices.unmanaged.update(device_id=lock, is_managed=True)
    assert get_unmanaged(guests).is_managed is False

    seam.access_codes.unmanaged.convert_to_managed(access_code_id=guests)

    assert get_code(guests).status == "set"


def test_a_code_that_an_update_makes_unmanaged_keeps_its_id_without_an_event(
    seam, guests, get_unmanaged, code_events
):
    sent = {"access_code_id": guests, "is_managed": False}
    seam.client.post("/access_codes/update", json=sent)

    assert get_unmanaged(guests).code == "5678"
    assert code_events(guests) == ["created", "set_on_device"]
