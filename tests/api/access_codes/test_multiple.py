"""Codes of several devices that share a PIN, and are changed together."""

from __future__ import annotations

import pytest

CREATE = "/access_codes/create_multiple"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def create(fake):
    def create(*device_ids, **params):
        return fake.call(CREATE, {"device_ids": device_ids, **params})["access_codes"]

    return create


def test_codes_share_a_new_pin_and_a_key(lock, lock_of, create, codes, new_events):
    other = lock_of("yale")
    made = []

    assert new_events(lambda: made.extend(create(other, lock, other))) == [
        "created", "created", "set_on_device", "set_on_device"
    ]
    assert [one["device_id"] for one in made] == [other, lock]
    assert made[0]["code"] == made[1]["code"]
    assert made[0]["common_code_key"] == made[1]["common_code_key"]
    assert made[0]["common_code_key"].startswith("auto_set_by_create_multiple_")


def test_with_a_pin_there_is_no_key(lock, lock_of, create):
    made = create(lock, lock_of("yale"), code="4711")

    assert [(one["code"], one["common_code_key"]) for one in made] == [("4711", None)] * 2


def test_no_devices_get_no_codes(create):
    assert create() == []


def test_the_shared_pin_fits_every_device(lock, lock_of, create):
    made = create(lock, lock_of("nuki"))

    assert len(made[0]["code"]) == 6


def test_a_device_that_cannot_share_stops_all(fake, lock, lock_of, create, refuse):
    salto = lock_of("salto_ks")
    refusal = refuse(CREATE, {"device_ids": [lock, salto]})

    assert (refusal.status, refusal.type) == (400, "cannot_share_code")
    assert fake.call("/access_codes/list", {"search": "a"})["access_codes"] == []

    own, other = create(lock, salto, behavior_when_code_cannot_be_shared="create_random_code")

    assert own["common_code_key"] == other["common_code_key"] is not None
    assert (len(own["code"]), other["code"]) == (4, None)


def test_a_pin_that_one_device_does_not_take_is_refused_or_replaced(
    lock, lock_of, create, codes, refuse
):
    other = lock_of("yale")
    codes.create(other, code="4711")
    sent = {"device_ids": [lock, other], "code": "4711"}

    assert refuse(CREATE, sent).type == "duplicate_access_code"
    assert codes.list() == []
    first, second = create(
        lock, other, code="4711", behavior_when_code_cannot_be_shared="create_random_code"
    )
    assert first["code"] == "4711" != second["code"]


@pytest.mark.parametrize("bad", [UNKNOWN, "thermostat"])
def test_a_wrong_device_stops_all(codes, lock, lock_of, refuse, bad):
    bad = lock_of("nest") if bad == "thermostat" else bad

    assert refuse(CREATE, {"device_ids": [lock, bad]}).status in (400, 404)
    assert codes.list() == []


def test_the_codes_of_a_key_are_changed_together(fake, lock, lock_of, create, codes):
    stay = {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-03T00:00:00Z"}
    one, two = create(lock, lock_of("yale"), **stay)
    key = {"common_code_key": one["common_code_key"]}

    later = {"name": "Joe", "ends_at": "2026-02-04T00:00:00Z"}
    assert fake.call("/access_codes/update_multiple", {**key, **later}) == {"ok": True}
    for code in (one, two):
        shown = codes.get(code)
        assert (shown["name"], shown["ends_at"]) == ("Joe", "2026-02-04T00:00:00.000Z")
        assert shown["starts_at"] == "2026-02-01T00:00:00.000Z"


def test_an_update_that_one_code_refuses_changes_none(codes, lock, lock_of, refuse):
    stay = {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-03T00:00:00Z"}
    bound = codes.create(lock, common_code_key="stay", **stay)
    codes.create(lock_of("yale"), common_code_key="stay")

    sent = {"common_code_key": "stay", "ends_at": "2026-02-04T00:00:00Z"}
    assert refuse("/access_codes/update_multiple", sent).type == "invalid_input"
    assert codes.get(bound)["ends_at"] == "2026-02-03T00:00:00.000Z"


def test_an_unknown_key_is_not_found(refuse):
    refusal = refuse("/access_codes/update_multiple", {"common_code_key": "nobody"})

    assert (refusal.status, refusal.type) == (404, "access_code_not_found")
