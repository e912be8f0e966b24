"""Codes of several locks with one PIN, backup codes, and offline codes."""

from __future__ import annotations

from datetime import timedelta

import pytest

STAY = {"starts_at": "2026-01-01T12:00:00.000Z", "ends_at": "2026-01-03T10:00:00.000Z"}
AFTER_THE_STAY = timedelta(days=2)


def ids(codes):
    return [code.access_code_id for code in codes]


# One PIN on several locks


def test_codes_made_together_share_a_pin_and_a_key(seam, locks_of, get_code, code_events):
    front, back = locks_of("august")

    codes = seam.access_codes.create_multiple(device_ids=[back, front, back], name="Guest")

    assert [code.device_id for code in codes] == [back, front]
    assert [code.status for code in codes] == ["setting", "setting"]
    one, other = codes
    assert one.code == other.code and len(one.code) == 4
    assert one.common_code_key == other.common_code_key
    assert one.common_code_key.startswith("auto_set_by_create_multiple_")
    assert [get_code(code_id).status for code_id in ids(codes)] == ["set", "set"]
    assert [code_events(code_id) for code_id in ids(codes)] == [["created", "set_on_device"]] * 2


def test_both_are_updated_by_their_key(seam, locks_of, get_code, code_events):
    codes = seam.access_codes.create_multiple(device_ids=locks_of("august"), name="Guest")
    later = "2026-01-05T10:00:00.000Z"

    updated = seam.access_codes.update_multiple(
        common_code_key=codes[0].common_code_key,
        name="Jane",
        starts_at="2026-01-01T12:00:00Z",
        ends_at=later,
    )

    assert updated is None
    for code_id in ids(codes):
        now = get_code(code_id)
        assert (now.status, now.name, now.ends_at) == ("set", "Jane", later)
        assert code_events(code_id)[2:] == [
            "mutations_requested",
            "changed",
            "name_changed",
            "time_frame_changed",
            "set_on_device",
        ]


def test_codes_made_together_with_a_given_pin_have_no_key(seam, locks_of):
    codes = seam.access_codes.create_multiple(device_ids=locks_of("august"), code="1234")

    assert [(code.code, code.common_code_key) for code in codes] == [("1234", None)] * 2


def test_an_unknown_key_is_not_found(seam, refusal):
    refused = refusal(seam.access_codes.update_multiple, common_code_key="none", name="Jane")

    assert (refused.status_code, refused.code) == (404, "access_code_not_found")


def test_a_code_that_gets_another_pin_leaves_its_group(seam, locks_of, get_code):
    one, other = seam.access_codes.create_multiple(device_ids=locks_of("august"))

    seam.access_codes.update(access_code_id=one.access_code_id, code="98765")

    assert get_code(one.access_code_id).common_code_key is None
    assert get_code(other.access_code_id).common_code_key == other.common_code_key


def test_a_code_with_the_key_of_others_gets_their_pin(seam, locks_of):
    front, back = locks_of("august")
    one = seam.access_codes.create(device_id=front, code="1234", common_code_key="stay 7")

    other = seam.access_codes.create(device_id=back, common_code_key="stay 7")

    assert (one.code, other.code) == ("1234", "1234")
    assert other.common_code_key == "stay 7"


def test_a_salto_lock_cannot_share_so_nothing_is_made(seam, locks_of, refusal):
    august, salto = locks_of("august")[0], locks_of("salto_ks")[0]

    refused = refusal(seam.access_codes.create_multiple, device_ids=[august, salto])

    assert (refused.status_code, refused.code) == (400, "cannot_share_code")
    assert seam.access_codes.list(device_id=august) == []
    assert seam.access_codes.list(device_id=salto) == []


def test_with_random_codes_a_salto_lock_gets_a_pin_of_its_own(seam, locks_of, get_code):
    august, salto = locks_of("august")[0], locks_of("salto_ks")[0]

    codes = seam.access_codes.create_multiple(
        device_ids=[august, salto], behavior_when_code_cannot_be_shared="create_random_code"
    )

    assert [code.device_id for code in codes] == [august, salto]
    shared, own = codes
    assert len(shared.code) == 4
    assert (own.code, own.is_waiting_for_code_assignment) == (None, True)
    assert own.common_code_key == shared.common_code_key
    now = get_code(own.access_code_id)
    assert (now.status, now.is_waiting_for_code_assignment) == ("set", False)
    assert len(now.code) == 6 and now.code.isdigit()


# Backup codes


@pytest.fixture
def stay(seam, lock, get_code):
    """The id of a time-bound code on a lock with a backup pool that is filled."""
    created = seam.access_codes.create(
        device_id=lock, use_backup_access_code_pool=True, code="1234", **STAY
    )
    assert created.is_backup_access_code_available is False
    assert get_code(created.access_code_id).is_backup_access_code_available is True
    return created.access_code_id


def test_a_pulled_backup_opens_in_place_of_its_code_until_the_same_end(
    fake, seam, stay, get_code, code_events, refusal
):
    fake.clock.advance(timedelta(hours=1))

    original = seam.access_codes.pull_backup_access_code(access_code_id=stay)

    assert original.access_code_id == stay and original.code == "1234"
    assert [one.warning_code for one in original.warnings] == ["using_backup_access_code"]
    backup_id = original.pulled_backup_access_code_id
    backup = get_code(backup_id)
    assert (backup.is_backup, backup.status, backup.type) == (True, "set", "time_bound")
    assert backup.starts_at == "2026-01-01T13:00:00.000Z"
    assert backup.ends_at == STAY["ends_at"]
    assert backup.name == f"Backup {backup_id} (Seam)"
    assert len(backup.code) == 4 and backup.code != "1234"
    assert code_events(stay)[-1] == "backup_access_code_pulled"
    pulled = seam.events.get(event_type="access_code.backup_access_code_pulled")
    assert (pulled.access_code_id, pulled.backup_access_code_id) == (stay, backup_id)

    fake.clock.advance(AFTER_THE_STAY)
    assert refusal(seam.access_codes.get, access_code_id=backup_id).status_code == 404
    assert refusal(seam.access_codes.get, access_code_id=stay).status_code == 404


def test_a_backup_that_is_pulled_twice_is_the_same(seam, stay):
    pull = seam.access_codes.pull_backup_access_code

    one, again = pull(access_code_id=stay), pull(access_code_id=stay)

    assert one.pulled_backup_access_code_id is not None
    assert again.pulled_backup_access_code_id == one.pulled_backup_access_code_id


def test_the_raw_response_has_the_original_and_its_backup(seam, stay):
    body = seam.client.post(
        "/access_codes/pull_backup_access_code", json={"access_code_id": stay}
    )

    assert body["access_code"]["access_code_id"] == stay
    assert body["backup_access_code"]["is_backup"] is True
    pulled = body["access_code"]["pulled_backup_access_code_id"]
    assert body["backup_access_code"]["access_code_id"] == pulled


def test_an_ongoing_code_has_no_backup(seam, lock, refusal):
    code_id = seam.access_codes.create(device_id=lock).access_code_id

    refused = refusal(seam.access_codes.pull_backup_access_code, access_code_id=code_id)

    assert (refused.status_code, refused.code) == (400, "access_code_not_time_bound")
    assert str(refused) == "Backups can only be used for time_bound access codes."


def test_a_lock_without_a_pool_has_no_backup_to_pull(seam, lock, refusal):
    code_id = seam.access_codes.create(device_id=lock, **STAY).access_code_id

    refused = refusal(seam.access_codes.pull_backup_access_code, access_code_id=code_id)

    assert (refused.status_code, refused.code) == (404, "backup_access_code_not_found")


def test_an_ongoing_code_cannot_ask_for_the_pool(seam, lock, refusal):
    refused = refusal(
        seam.access_codes.create, device_id=lock, use_backup_access_code_pool=True
    )

    assert (refused.status_code, refused.code) == (400, "invalid_input")
    assert str(refused) == "Cannot use the backup pool for ongoing codes"


def test_a_pulled_backup_goes_with_its_code(seam, stay, refusal):
    original = seam.access_codes.pull_backup_access_code(access_code_id=stay)
    backup_id = original.pulled_backup_access_code_id

    seam.access_codes.delete(access_code_id=stay)

    assert refusal(seam.access_codes.get, access_code_id=backup_id).status_code == 404


# Offline codes


@pytest.fixture
def igloohome(locks_of):
    """The id of an igloohome lock."""
    front, _ = locks_of("igloohome")
    return front


def test_an_offline_code_gets_its_digits_after_the_first_response(
    seam, igloohome, get_code, code_events
):
    created = seam.access_codes.create(
        device_id=igloohome,
        is_offline_access_code=True,
        starts_at="2026-01-01T14:00:00Z",
        ends_at="2026-01-01T18:00:00Z",
    )

    assert (created.status, created.code) == ("unset", None)
    assert created.is_waiting_for_code_assignment is True
    now = get_code(created.access_code_id)
    assert len(now.code) == 6 and now.code.isdigit()
    assert (now.status, now.is_waiting_for_code_assignment) == ("unset", False)
    assert now.is_offline_access_code is True
    assert code_events(created.access_code_id) == ["created", "changed"]


def test_an_offline_code_is_set_at_its_start_and_only_deleted_at_its_end(
    fake, seam, igloohome, get_code, code_events, refusal
):
    code_id = seam.access_codes.create(
        device_id=igloohome,
        is_offline_access_code=True,
        starts_at="2026-01-01T14:00:00Z",
        ends_at="2026-01-01T18:00:00Z",
    ).access_code_id

    fake.clock.advance(timedelta(hours=2))
    assert get_code(code_id).status == "set"
    fake.clock.advance(timedelta(hours=4))
    assert refusal(seam.access_codes.get, access_code_id=code_id).status_code == 404
    assert code_events(code_id) == ["created", "changed", "set_on_device", "deleted"]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_an_offline_code_can_neither_be_updated_nor_deleted(
    seam, igloohome, get_code, refusal, verb
):
    code_id = seam.access_codes.create(
        device_id=igloohome, is_offline_access_code=True, **STAY
    ).access_code_id
    get_code(code_id)

    refused = refusal(getattr(seam.access_codes, verb), access_code_id=code_id)

    assert (refused.status_code, refused.code) == (400, "cannot_modify_offline_access_code")
    assert get_code(code_id).status == "set"


def test_an_offline_code_takes_no_pin_of_the_apps(seam, igloohome, refusal):
    refused = refusal(
        seam.access_codes.create,
        device_id=igloohome,
        is_offline_access_code=True,
        code="123456",
        **STAY,
    )

    assert (refused.status_code, refused.code) == (400, "invalid_input")
    assert len(refused.get_validation_error_messages("code")) == 1
    assert seam.access_codes.list(device_id=igloohome) == []


def test_an_offline_code_of_more_than_a_day_warns_that_it_must_be_used_within_one(
    seam, igloohome, get_code
):
    code_id = seam.access_codes.create(
        device_id=igloohome, is_offline_access_code=True, **STAY
    ).access_code_id

    assert [one.warning_code for one in get_code(code_id).warnings] == [
        "igloo_algopin_must_be_used_within_24_hours"
    ]


def test_an_august_lock_has_no_offline_codes(seam, lock, refusal):
    refused = refusal(
        seam.access_codes.create, device_id=lock, is_offline_access_code=True, **STAY
    )

    assert (refused.status_code, refused.code) == (400, "device_not_supported")
    assert str(refused) == "This device does not support this action"
    assert refused.data == {"device_id": lock}


def test_a_one_time_code_lasts_a_day_from_its_start(seam, igloohome):
    created = seam.access_codes.create(
        device_id=igloohome,
        is_offline_access_code=True,
        is_one_time_use=True,
        starts_at="2026-01-01T14:00:00Z",
    )

    assert created.is_one_time_use is True
    assert created.ends_at == "2026-01-02T14:00:00.000Z"


def test_a_one_time_code_opens_once(fake, seam, igloohome, get_code, code_events, refusal):
    code_id = seam.access_codes.create(
        device_id=igloohome,
        is_offline_access_code=True,
        is_one_time_use=True,
        starts_at="2026-01-01T12:00:00Z",
    ).access_code_id
    pin = get_code(code_id).code

    fake.enter_code(igloohome, pin)
    fake.enter_code(igloohome, pin)

    events = seam.events.list(since="2000-01-01", device_id=igloohome)
    entries = [event.event_type for event in events if event.event_type.startswith("lock.")]
    assert entries == ["lock.unlocked", "lock.access_denied"]
    assert code_events(code_id) == ["created", "changed", "set_on_device", "deleted"]
    assert refusal(seam.access_codes.get, access_code_id=code_id).status_code == 404
