"""Offline codes: their device works the PIN out by itself."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

CREATE = "/access_codes/create"
OFFLINE = {"is_offline_access_code": True}
STAY = {"starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-05T00:00:00Z"}


@pytest.fixture
def igloo(lock_of):
    return lock_of("igloohome")


def test_an_offline_code_gets_its_pin_in_the_next_step(fake, codes, igloo):
    code = codes.create(igloo, **OFFLINE, **STAY)

    assert (code["status"], code["code"]) == ("unset", None)
    assert code["is_waiting_for_code_assignment"] is True
    shown = codes.get(code)
    assert (len(shown["code"]), shown["is_waiting_for_code_assignment"]) == (6, False)
    assert [one["warning_code"] for one in shown["warnings"]] == [
        "igloo_algopin_must_be_used_within_24_hours"
    ]
    fake.clock.advance(5 * 86400)
    assert codes.events() == ["created", "changed", "set_on_device", "deleted"]


def test_it_needs_no_connection(fake, codes, igloo):
    account = fake.call("/devices/get", {"device_id": igloo})["device"]["connected_account_id"]
    fake.disconnect_account(account)

    assert codes.get(codes.create(igloo, **OFFLINE, **STAY))["code"] is not None


def test_it_can_be_neither_changed_nor_deleted(codes, igloo, refuse):
    code = codes.create(igloo, **OFFLINE, **STAY)
    sent = {"access_code_id": code["access_code_id"]}

    for path in ("/access_codes/update", "/access_codes/delete"):
        refusal = refuse(path, sent)
        assert (refusal.status, refusal.type) == (400, "cannot_modify_offline_access_code")


def test_the_older_name_is_accepted_too(codes, igloo):
    code = codes.create(igloo, use_offline_access_code=True, **STAY)

    assert code["is_offline_access_code"] is True


def test_a_one_time_code_lasts_a_day(codes, igloo):
    code = codes.create(igloo, **OFFLINE, is_one_time_use=True, starts_at=STAY["starts_at"])

    assert (code["is_one_time_use"], code["ends_at"]) == (True, "2026-01-03T00:00:00.000Z")


@pytest.mark.parametrize(
    ("brand", "params", "message"),
    [
        ("igloohome", {}, "Both starts_at and ends_at"),
        ("igloohome", {**STAY, "ends_at": "2026-01-02T00:30:00Z"}, "from 1 hours to 28 days"),
        ("igloohome", {**STAY, "ends_at": "2026-02-02T00:00:00Z"}, "from 1 hours to 28 days"),
        (
            "igloohome",
            {**STAY, "ends_at": "2026-02-02T01:00:00Z", "max_time_rounding": "1d"},
            "time of day of starts_at",
        ),
        ("dormakaba_oracode", {**STAY, "ends_at": "2026-03-02T00:00:00Z"}, "to 31 days"),
        ("dormakaba_oracode", {**STAY, "is_one_time_use": True}, "no one-time codes"),
    ],
)
def test_each_brand_has_its_own_times(lock_of, refuse, brand, params, message):
    refusal = refuse(CREATE, {"device_id": lock_of(brand), **OFFLINE, **params})

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert message in refusal.message


def test_an_igloohome_code_of_days_lasts_up_to_a_year(codes, igloo):
    params = {**STAY, "ends_at": "2026-05-02T00:00:00Z", "max_time_rounding": "1day"}

    assert codes.create(igloo, **OFFLINE, **params)["type"] == "time_bound"


def test_by_the_rule_an_expired_offline_code_is_kept():
    with FakeSeam(now="2026-01-01T00:00:00Z", expired_access_codes="keep") as fake:
        fake.connect_account("igloohome")
        device = {"device_id": fake.call("/devices/list")["devices"][0]["device_id"]}
        fake.call("/access_codes/create", {**device, **OFFLINE, **STAY})
        fake.clock.advance(30 * 86400)

        (left,) = fake.call("/access_codes/list", device)["access_codes"]
        assert (left["status"], left["display_status"]) == ("unset", "Expired")
        fake.enter_code(device, left["code"])
        (denied,) = fake.events.filter("lock.access_denied")
        assert denied["reason"]["reason_code"] == "expired_code"
