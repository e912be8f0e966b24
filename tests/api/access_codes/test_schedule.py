"""What time does to codes: they are programmed, begin and end, each at its moment."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

STAY = {"starts_at": "2026-01-10T15:00:00Z", "ends_at": "2026-01-12T10:00:00Z"}


def told(fake, since=0):
    """The events of codes with their times, without the milliseconds that keep their order."""
    return [
        (event["event_type"].removeprefix("access_code."), event["occurred_at"][:19])
        for event in list(fake.events)[since:]
        if event["event_type"].startswith("access_code.")
    ]


def test_a_native_device_gets_a_code_three_days_early(fake, codes, pass_time):
    code = codes.create(**STAY)
    (mutation,) = code["pending_mutations"]

    assert (code["status"], code["display_status"]) == ("unset", "Scheduled")
    assert mutation["mutation_code"] == "deferring_creation"
    assert mutation["scheduled_at"] == "2026-01-07T15:00:00.000Z"
    pass_time(days=30)
    assert told(fake) == [
        ("created", "2026-01-01T00:00:00"),
        ("scheduled_on_device", "2026-01-07T15:00:00"),
        ("set_on_device", "2026-01-10T15:00:00"),
        ("removed_from_device", "2026-01-12T10:00:00"),
        ("deleted", "2026-01-12T10:00:00"),
    ]
    assert codes.list() == []


def test_until_its_start_a_preloaded_code_is_unset(codes, pass_time):
    code = codes.create(**STAY)
    pass_time(days=8)

    shown = codes.get(code)
    assert (shown["status"], shown["is_scheduled_on_device"]) == ("unset", True)
    assert shown["pending_mutations"] == []
    pass_time(days=1, hours=15)
    shown = codes.get(code)
    assert (shown["status"], shown["is_scheduled_on_device"]) == ("set", False)


def test_within_three_days_the_code_is_preloaded_in_the_next_step(fake, codes):
    code = codes.create(starts_at="2026-01-03T00:00:00Z", ends_at="2026-01-04T00:00:00Z")

    assert code["status"] == "unset"
    assert [one["mutation_code"] for one in code["pending_mutations"]] == ["deferring_creation"]
    assert codes.get(code)["is_scheduled_on_device"] is True


@pytest.mark.parametrize("brand", ["smartthings", "august"])
def test_any_other_device_gets_it_an_hour_early(fake, codes, lock_of, pass_time, brand):
    code = codes.create(lock_of(brand), **STAY, prefer_native_scheduling=False)

    assert code["pending_mutations"][0]["scheduled_at"] == "2026-01-10T14:00:00.000Z"
    pass_time(days=30)
    assert told(fake) == [
        ("created", "2026-01-01T00:00:00"),
        ("set_on_device", "2026-01-10T14:00:00"),
        ("removed_from_device", "2026-01-12T10:00:00"),
        ("deleted", "2026-01-12T10:00:00"),
    ]


def test_a_smartthings_lock_keeps_no_times(codes, lock_of):
    code = codes.create(lock_of("smartthings"), **STAY)

    assert code["pending_mutations"][0]["scheduled_at"] == "2026-01-10T14:00:00.000Z"


def test_a_device_that_could_not_be_preloaded_is_tried_on_at_the_start(fake, codes, pass_time):
    code = codes.create(**STAY)
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    pass_time(days=9, hours=15)

    assert codes.get(code)["status"] == "setting"
    fake.call("/devices/simulate/connect", {"device_id": codes.device_id})
    assert codes.get(code)["status"] == "set"
    assert [what for what, _ in told(fake)] == ["created", "set_on_device"]


def test_a_code_that_could_not_be_preloaded_is_tried_again(fake, codes, pass_time):
    fake.fail_next_step(codes.device_id, "set")
    code = codes.create(starts_at="2026-01-01T15:00:00Z", ends_at="2026-01-01T16:00:00Z")

    shown = codes.get(code)
    assert (shown["status"], shown["is_scheduled_on_device"]) == ("unset", False)
    assert [one["error_code"] for one in shown["errors"]] == ["failed_to_set_on_device"]
    pass_time(minutes=5)
    shown = codes.get(code)
    assert (shown["is_scheduled_on_device"], shown["errors"]) == (True, [])
    assert [what for what, _ in told(fake)] == [
        "created", "failed_to_set_on_device", "scheduled_on_device"
    ]


def test_a_code_that_its_device_never_had_ends_with_one_event(fake, codes, pass_time):
    codes.create(**STAY)
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    pass_time(days=30)

    assert told(fake)[1:] == [("deleted", "2026-01-12T10:00:00")]
    assert codes.list() == []


def test_at_its_end_a_code_waits_for_an_offline_device(fake, codes, pass_time):
    code = codes.create(**STAY)
    pass_time(days=10)
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    pass_time(days=5)

    assert codes.get(code)["status"] == "removing"
    fake.call("/devices/simulate/connect", {"device_id": codes.device_id})
    assert told(fake)[-2:] == [
        ("removed_from_device", "2026-01-16T00:00:00"), ("deleted", "2026-01-16T00:00:00")
    ]


def test_by_the_rule_an_expired_code_is_kept(pass_time):
    with FakeSeam(now="2026-01-01T00:00:00Z", expired_access_codes="keep") as fake:
        fake.connect_account("august")
        device = fake.call("/devices/list")["devices"][0]["device_id"]
        made = fake.call("/access_codes/create", {"device_id": device, **STAY})["access_code"]
        fake.clock.advance(30 * 86400)
        sent = {"access_code_id": made["access_code_id"]}
        shown = fake.call("/access_codes/get", sent)["access_code"]
        assert (shown["status"], shown["display_status"]) == ("unset", "Expired")
        assert told(fake)[-1] == ("removed_from_device", "2026-01-12T10:00:00")

        fake.call("/access_codes/delete", sent)

        assert told(fake)[-1] == ("deleted", "2026-01-31T00:00:00")
        assert fake.call("/access_codes/list", {"device_id": device})["access_codes"] == []


def test_another_end_moves_the_end(fake, codes, pass_time):
    code = codes.create(**STAY)
    codes.update(code, ends_at="2026-01-14T00:00:00Z")
    pass_time(days=30)

    assert told(fake)[-1] == ("deleted", "2026-01-14T00:00:00")
    assert ("changed", "2026-01-01T00:00:00") in told(fake)


def test_an_update_of_an_active_code_into_the_future_takes_it_off(fake, codes, pass_time):
    code = codes.create(**STAY)
    pass_time(days=10)
    later = {"starts_at": "2026-02-10T15:00:00Z", "ends_at": "2026-02-12T10:00:00Z"}
    codes.update(code, **later)

    shown = codes.get(code)
    assert (shown["status"], shown["is_scheduled_on_device"]) == ("unset", False)
    assert shown["pending_mutations"][0]["scheduled_at"] == "2026-02-07T15:00:00.000Z"
    pass_time(days=40)
    assert told(fake)[-4:] == [
        ("scheduled_on_device", "2026-02-07T15:00:00"),
        ("set_on_device", "2026-02-10T15:00:00"),
        ("removed_from_device", "2026-02-12T10:00:00"),
        ("deleted", "2026-02-12T10:00:00"),
    ]


def test_a_deferred_code_that_becomes_ongoing_is_set(fake, codes, new_events):
    code = codes.create(**STAY)
    codes.update(code, type="ongoing")

    shown = codes.get(code)
    assert (shown["type"], shown["starts_at"], shown["ends_at"]) == ("ongoing", None, None)
    assert shown["status"] == "set"
    codes.update(code, **STAY)
    assert codes.get(code)["type"] == "time_bound"


def test_a_slow_device_is_that_much_later():
    with FakeSeam(now="2026-01-01T00:00:00Z", device_delay=90) as fake:
        fake.connect_account("august")
        device = fake.call("/devices/list")["devices"][0]["device_id"]
        fake.call("/access_codes/create", {"device_id": device})
        fake.clock.advance(89)
        assert [what for what, _ in told(fake)] == ["created"]
        fake.clock.advance(60)
        assert told(fake)[-1] == ("set_on_device", "2026-01-01T00:01:30")
