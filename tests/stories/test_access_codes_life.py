"""The life of an ongoing access code: made, found, changed and deleted."""

from __future__ import annotations

import pytest
from seam import SeamHttpInvalidInputError

from fakeseam import ApiError, FakeSeam

NOT_FOUND = (404, "access_code_not_found")


def status_and_type(refused):
    return refused.status_code, refused.code


@pytest.fixture
def guest(seam, lock):
    """The id of a code that is set on the lock."""
    return seam.access_codes.create(device_id=lock, name="Guest", code="1234").access_code_id


# Making one


def test_a_new_code_is_setting_in_the_response_and_set_at_the_next_look(seam, lock, get_code):
    created = seam.access_codes.create(device_id=lock, code="1234")

    assert (created.status, created.type, created.code) == ("setting", "ongoing", "1234")
    assert [one.mutation_code for one in created.pending_mutations] == ["creating"]
    assert (created.name, created.starts_at, created.ends_at) == (None, None, None)
    now = get_code(created.access_code_id)
    assert (now.status, now.pending_mutations, now.errors) == ("set", [], [])


def test_the_raw_response_has_the_code_and_a_pending_attempt_that_succeeds(seam, lock):
    body = seam.client.post("/access_codes/create", json={"device_id": lock, "code": "1234"})

    assert body.keys() == {"access_code", "action_attempt", "ok"}
    assert (body["access_code"]["status"], body["ok"]) == ("setting", True)
    attempt = body["action_attempt"]
    attempt_id = attempt.pop("action_attempt_id")
    assert attempt == {
        "action_type": "CREATE_ACCESS_CODE",
        "status": "pending",
        "result": None,
        "error": None,
    }
    read = {"action_attempt_id": attempt_id}
    later = seam.client.post("/action_attempts/get", json=read)["action_attempt"]
    assert (later["status"], later["error"]) == ("success", None)
    created_id = body["access_code"]["access_code_id"]
    assert later["result"]["access_code"]["access_code_id"] == created_id


def test_a_code_is_created_then_set_on_the_device_with_its_pin(seam, guest, code_events):
    assert code_events(guest) == ["created", "set_on_device"]

    created, set_on_device = seam.events.list(since="2000-01-01", access_code_id=guest)
    assert not hasattr(created, "code")
    assert set_on_device.code == "1234"


def test_both_events_reach_a_webhook_and_verify(fake, guest):
    # The fixture `fake` verifies every delivery with the SDK and compares it with the event.
    delivered = [delivery.event["event_type"] for delivery in fake.webhooks]

    assert delivered[-2:] == ["access_code.created", "access_code.set_on_device"]


# Its PIN


@pytest.mark.parametrize(
    ("preferred", "length"), [({}, 4), ({"preferred_code_length": 6}, 6)], ids=["none", "6"]
)
def test_a_generated_pin_has_the_preferred_length_or_the_shortest(seam, lock, preferred, length):
    created = seam.access_codes.create(device_id=lock, **preferred)

    assert len(created.code) == length and created.code.isdigit()


def test_a_preferred_length_that_the_lock_does_not_support_is_ignored(seam, lock):
    created = seam.access_codes.create(device_id=lock, preferred_code_length=9)

    assert len(created.code) == 4


@pytest.fixture
def elsewhere():
    """Creates a code on a lock of a second fake with the same seed and the same past."""
    with FakeSeam(now="2026-01-01T12:00:00Z") as other:
        other.call("/webhooks/create", {"url": "https://app.example.com/seam"})
        other.connect_account("august", "jane@example.com")
        device = other.call("/devices/list")["devices"][0]["device_id"]
        create = "/access_codes/create"
        yield lambda: other.call(create, {"device_id": device})["access_code"]


def test_the_same_seed_makes_the_same_pins(seam, lock, elsewhere):
    pins = [seam.access_codes.create(device_id=lock).code for _ in range(3)]

    assert [elsewhere()["code"] for _ in range(3)] == pins
    assert len(set(pins)) == 3


def test_the_same_pin_on_the_device_is_a_duplicate(seam, lock, guest, refusal):
    refused = refusal(seam.access_codes.create, device_id=lock, name="Two", code="1234")

    assert status_and_type(refused) == (409, "duplicate_access_code")
    assert str(refused) == "Cannot set duplicate access code 1234 named Two"


def test_the_same_pin_is_a_duplicate_also_at_another_time(seam, lock, refusal):
    stay = {"device_id": lock, "name": "Stay", "code": "1234"}
    seam.access_codes.create(
        **stay, starts_at="2026-01-02T12:00:00Z", ends_at="2026-01-03T12:00:00Z"
    )

    later = {"starts_at": "2026-02-02T12:00:00Z", "ends_at": "2026-02-03T12:00:00Z"}
    refused = refusal(seam.access_codes.create, **stay, **later)

    assert status_and_type(refused) == (409, "duplicate_access_code")
    assert str(refused) == (
        "Cannot set duplicate access code 1234 named Stay"
        " for period 2026-02-02T12:00:00.000Z-2026-02-03T12:00:00.000Z"
    )


def test_another_lock_takes_the_same_pin(seam, locks_of):
    front, back = locks_of("august")
    seam.access_codes.create(device_id=front, code="1234")

    assert seam.access_codes.create(device_id=back, code="1234").code == "1234"


def test_a_pin_is_free_again_after_the_deletion_of_its_code(seam, lock, guest):
    seam.access_codes.delete(access_code_id=guest)

    assert seam.access_codes.create(device_id=lock, code="1234").status == "setting"


@pytest.mark.parametrize(
    ("pin", "message"),
    [
        ("12", "String must contain at least 4 character(s)"),
        ("12a4", "Must only contain digits"),
    ],
)
def test_a_pin_that_is_none_is_refused_and_uses_no_id_up(seam, lock, elsewhere, pin, message):
    with pytest.raises(SeamHttpInvalidInputError) as refused:
        seam.access_codes.create(device_id=lock, code=pin)

    assert refused.value.get_validation_error_messages("code") == [message]
    assert seam.access_codes.list(device_id=lock) == []
    created = seam.access_codes.create(device_id=lock)
    assert created.access_code_id == elsewhere()["access_code_id"]


def test_a_generated_code_fits_the_lock_and_is_reserved_nowhere(seam, locks_of):
    front, _ = locks_of("nuki")

    generated = seam.access_codes.generate_code(device_id=front).code

    assert len(generated) == 6 and generated.isdigit()
    assert "0" not in generated and not generated.startswith("12")
    assert seam.access_codes.list(device_id=front) == []


@pytest.mark.parametrize("pin", ["1234", "120456", "105678"])
def test_a_nuki_refuses_a_pin_of_another_length_with_a_zero_or_12_in_front(seam, locks_of, pin):
    front, _ = locks_of("nuki")

    with pytest.raises(SeamHttpInvalidInputError) as refused:
        seam.access_codes.create(device_id=front, code=pin)

    assert len(refused.value.get_validation_error_messages("code")) == 1


def test_a_pin_for_a_nuki_has_six_digits_without_zero_and_without_12_in_front(seam, locks_of):
    front, _ = locks_of("nuki")

    pins = [seam.access_codes.create(device_id=front).code for _ in range(20)]

    assert {len(pin) for pin in pins} == {6} and len(set(pins)) == 20
    assert not any("0" in pin or pin.startswith("12") for pin in pins)


# Finding it


def test_a_code_is_found_by_its_device_and_pin(seam, lock, guest):
    found = seam.access_codes.get(device_id=lock, code="1234")

    assert (found.access_code_id, found.name) == (guest, "Guest")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, 'Either "access_code_id" OR "code" and "device_id" must be provided'),
        ({"code": "1234"}, 'Both "device_id" and "code" must be provided if one is'),
    ],
    ids=["nothing", "half a pair"],
)
def test_a_look_that_names_no_code_is_refused(seam, refusal, sent, message):
    refused = refusal(seam.client.post, url="/access_codes/get", json=sent)

    assert status_and_type(refused) == (400, "invalid_input")
    assert str(refused) == message


@pytest.fixture
def five(seam, locks_of):
    """The ids of codes: three on the front door, two on the back door."""
    front, back = locks_of("august")
    create = seam.access_codes.create
    return [
        create(device_id=device, name=f"Guest {n}", code=f"500{n}").access_code_id
        for n, device in enumerate([front, back, front, back, front], start=1)
    ]


def ids(codes):
    return [code.access_code_id for code in codes]


def test_codes_are_listed_by_device_by_ids_and_by_what_they_contain(seam, five, get_code):
    one, two, three, four, last = five
    front = get_code(one).device_id

    assert ids(seam.access_codes.list(device_id=front)) == [one, three, last]
    assert ids(seam.access_codes.list(access_code_ids=[four, two])) == [two, four]
    assert ids(seam.access_codes.list(search="guest 2")) == [two]
    assert ids(seam.access_codes.list(search="5004")) == [four]
    assert ids(seam.access_codes.list(search=last)) == [last]
    assert seam.access_codes.list(access_code_ids=[]) == []


def test_the_paginator_returns_all_codes_of_a_lock(seam, five, get_code):
    front = get_code(five[0]).device_id

    paginator = seam.create_paginator(
        seam.access_codes.list, {"device_id": front, "limit": 2}
    )

    page, pagination = paginator.first_page()
    assert ids(page) == [five[0], five[2]] and pagination.has_next_page is True
    assert ids(paginator.flatten_to_list()) == [five[0], five[2], five[4]]


def test_neither_backups_nor_unmanaged_codes_are_listed(fake, seam, lock):
    own = seam.access_codes.create(
        device_id=lock,
        starts_at="2026-01-01T12:00:00Z",
        ends_at="2026-01-03T12:00:00Z",
        use_backup_access_code_pool=True,
    )
    seam.access_codes.simulate.create_unmanaged_access_code(
        device_id=lock, name="Owner", code="9876"
    )

    backup = seam.client.post(
        "/access_codes/pull_backup_access_code", json={"access_code_id": own.access_code_id}
    )["backup_access_code"]

    assert backup["is_backup"] is True
    assert ids(seam.access_codes.list(device_id=lock)) == [own.access_code_id]


# Changing and deleting it


def test_an_update_returns_nothing_and_is_announced_before_and_after(
    seam, guest, get_code, code_events
):
    updated = seam.access_codes.update(access_code_id=guest, name="Jane", code="4321")

    assert updated is None
    now = get_code(guest)
    assert (now.status, now.name, now.code) == ("set", "Jane", "4321")
    assert now.pending_mutations == []
    assert code_events(guest) == [
        "created",
        "set_on_device",
        "mutations_requested",
        "changed",
        "name_changed",
        "code_changed",
        "set_on_device",
    ]


def test_the_events_of_an_update_say_from_what_to_what(seam, guest):
    seam.access_codes.update(access_code_id=guest, name="Jane", code="4321")

    events = seam.events.list(since="2000-01-01", access_code_id=guest)
    asked, changed, name_changed, code_changed, set_on_device = events[2:]
    mutations = [(one.mutation_code, one.from_, one.to) for one in asked.requested_mutations]
    assert mutations == [
        ("updating_name", {"name": "Guest"}, {"name": "Jane"}),
        ("updating_code", {"code": "1234"}, {"code": "4321"}),
    ]
    changes = [(one.property, one.from_, one.to) for one in changed.changed_properties]
    assert changes == [("name", "Guest", "Jane"), ("code", "1234", "4321")]
    assert (name_changed.from_.name, name_changed.to.name) == ("Guest", "Jane")
    assert (code_changed.from_.code, code_changed.to.code) == ("1234", "4321")
    assert set_on_device.code == "4321"


def test_the_raw_response_of_an_update_has_a_pending_attempt_that_succeeds(seam, guest):
    sent = {"access_code_id": guest, "code": "4321"}
    attempt = seam.client.post("/access_codes/update", json=sent)["action_attempt"]

    assert (attempt["action_type"], attempt["status"]) == ("UPDATE_ACCESS_CODE", "pending")
    read = {"action_attempt_id": attempt["action_attempt_id"]}
    later = seam.client.post("/action_attempts/get", json=read)["action_attempt"]
    assert later["status"] == "success"
    assert later["result"]["access_code"]["code"] == "4321"


def test_a_deleted_code_is_removed_from_the_device_and_then_not_found(
    seam, guest, get_code, code_events, refusal
):
    assert seam.access_codes.delete(access_code_id=guest) is None

    refused = refusal(seam.access_codes.get, access_code_id=guest)
    assert status_and_type(refused) == NOT_FOUND
    assert str(refused) == "Could not find an access_code with device_id or access_code_id"
    assert refused.data == {"access_code_id": guest}
    assert code_events(guest)[2:] == [
        "mutations_requested",
        "removed_from_device",
        "deleted",
    ]


def test_a_code_that_no_device_has_is_only_deleted(seam, lock, code_events, refusal):
    later = seam.access_codes.create(
        device_id=lock, starts_at="2026-02-01T12:00:00Z", ends_at="2026-02-02T12:00:00Z"
    ).access_code_id

    seam.access_codes.delete(access_code_id=later)

    assert code_events(later) == ["created", "deleted"]
    refused = refusal(seam.access_codes.get, access_code_id=later)
    assert status_and_type(refused) == NOT_FOUND


# A client session: Seam's SDK for Python takes none


def test_a_client_session_sees_no_codes_of_another_account(fake):
    devices, accounts = [], []
    for email in ("a@example.com", "b@example.com"):
        account_id = fake.connect_account("august", email)["connected_account_id"]
        accounts.append(account_id)
        listed = fake.call("/devices/list", {"connected_account_id": account_id})["devices"]
        devices.append(listed[0]["device_id"])
    own, other = (
        fake.call("/access_codes/create", {"device_id": device})["access_code"]["access_code_id"]
        for device in devices
    )
    made = fake.call("/client_sessions/create", {"connected_account_ids": accounts[:1]})

    token = made["client_session"]["token"]

    both = fake.call("/access_codes/list", {"access_code_ids": [own, other]}, token=token)
    assert [code["access_code_id"] for code in both["access_codes"]] == [own]
    of_other = fake.call("/access_codes/list", {"device_id": devices[1]}, token=token)
    assert of_other["access_codes"] == []
    with pytest.raises(ApiError) as refused:
        fake.call("/access_codes/get", {"access_code_id": other}, token=token)
    assert (refused.value.status, refused.value.type) == NOT_FOUND
    with pytest.raises(ApiError) as refused:
        fake.call("/access_codes/create", {"device_id": devices[1]}, token=token)
    assert (refused.value.status, refused.value.type) == (401, "unauthorized")
