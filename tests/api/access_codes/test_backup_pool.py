"""The pool of backup codes of a device."""

from __future__ import annotations

import pytest

PULL = "/access_codes/pull_backup_access_code"
STAY = {"starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-05T00:00:00Z"}


def pool_of(fake, device_id):
    """What the device shows of its pool."""
    device = fake.call("/devices/get", {"device_id": device_id})["device"]
    entries = [*device["errors"], *device["warnings"]]
    return [one.get("error_code") or one["warning_code"] for one in entries]


@pytest.fixture
def code(codes):
    return codes.create(use_backup_access_code_pool=True, **STAY)


@pytest.fixture
def pull(fake):
    def pull(code):
        pulled = fake.call(PULL, {"access_code_id": code["access_code_id"]})
        return pulled["access_code"], pulled["backup_access_code"]

    return pull


def test_the_pool_is_filled_in_the_next_step_without_events(fake, codes, code):
    device = fake.call("/devices/get", {"device_id": codes.device_id})["device"]

    assert device["properties"]["backup_access_code_pool_enabled"] is True
    assert pool_of(fake, codes.device_id) == []
    assert codes.get(code)["is_backup_access_code_available"] is True
    assert codes.events() == ["created", "scheduled_on_device"]
    assert len(codes.list()) == 1  # no list shows backups


def test_an_empty_pool_is_an_error_and_a_small_one_a_warning(fake, codes, lock_of):
    lock = lock_of("august", properties={"max_active_codes_supported": 1})
    fake.call("/devices/update", {"device_id": lock, "backup_access_code_pool_enabled": True})

    assert pool_of(fake, lock) == ["partial_backup_access_code_pool"]  # space for one of two
    offline = codes.device_id
    fake.call("/devices/simulate/disconnect", {"device_id": offline})
    fake.call("/devices/update", {"device_id": offline, "backup_access_code_pool_enabled": True})
    assert pool_of(fake, offline) == [
        "device_disconnected",
        "empty_backup_access_code_pool",
        "partial_backup_access_code_pool",
    ]


def test_a_pulled_backup_opens_until_the_end_of_its_original(fake, codes, code, pull):
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    original, backup = pull(code)
    fake.call("/devices/simulate/connect", {"device_id": codes.device_id})

    assert original["access_code_id"] == code["access_code_id"]
    assert original["pulled_backup_access_code_id"] == backup["access_code_id"]
    assert [one["warning_code"] for one in original["warnings"]] == ["using_backup_access_code"]
    assert backup["name"] == f"Backup {backup['access_code_id']} (Seam)"
    assert (backup["is_backup"], backup["status"], backup["type"]) == (True, "set", "time_bound")
    assert (backup["starts_at"], backup["ends_at"]) == (
        "2026-01-01T00:00:00.000Z", "2026-01-05T00:00:00.000Z"
    )
    (event,) = fake.events.filter("access_code.backup_access_code_pulled")
    assert event["access_code_id"] == code["access_code_id"]
    assert event["backup_access_code_id"] == backup["access_code_id"]
    assert codes.get(backup)["code"] == backup["code"]
    fake.clock.advance(5 * 86400)
    gone = [event["access_code_id"] for event in fake.events.filter("access_code.deleted")]
    assert sorted(gone) == sorted([code["access_code_id"], backup["access_code_id"]])


def test_pulling_again_gives_the_same_one(code, pull, fake):
    assert pull(code) == pull(code)
    assert len(fake.events.filter("access_code.backup_access_code_pulled")) == 1


def test_the_pool_is_filled_again(fake, codes, code, pull):
    other = codes.create(**STAY)
    pull(code)
    pull(other)

    assert pool_of(fake, codes.device_id) == ["many_active_backup_codes"]
    assert codes.get(code)["is_backup_access_code_available"] is True
    codes.delete(code)
    assert pool_of(fake, codes.device_id) == []


def test_a_backup_goes_with_its_original(fake, codes, code, pull, refuse):
    _, backup = pull(code)
    codes.delete(code)

    refusal = refuse("/access_codes/get", {"access_code_id": backup["access_code_id"]})
    assert refusal.status == 404


def test_only_a_time_bound_code_has_a_backup(codes, refuse):
    sent = {"access_code_id": codes.create()["access_code_id"]}
    refusal = refuse(PULL, sent)

    assert (refusal.status, refusal.type) == (400, "access_code_not_time_bound")
    assert refusal.message == "Backups can only be used for time_bound access codes."


def test_without_a_pool_there_is_no_backup(codes, refuse):
    sent = {"access_code_id": codes.create(**STAY)["access_code_id"]}
    refusal = refuse(PULL, sent)

    assert (refusal.status, refusal.type) == (404, "backup_access_code_not_found")
    assert refusal.message == "Backup access code not found"


def test_a_pool_that_is_turned_off_is_empty(fake, codes, code, refuse):
    codes.list()
    off = {"device_id": codes.device_id, "backup_access_code_pool_enabled": False}
    fake.call("/devices/update", off)

    assert pool_of(fake, codes.device_id) == []
    assert codes.get(code)["is_backup_access_code_available"] is False
    assert refuse(PULL, {"access_code_id": code["access_code_id"]}).status == 404


def test_a_device_may_come_with_a_pool(fake, codes, lock_of):
    lock = lock_of("august", properties={"backup_access_code_pool_enabled": True})
    code = codes.create(lock, **STAY)

    assert pool_of(fake, lock) == []
    assert codes.get(code)["is_backup_access_code_available"] is True
