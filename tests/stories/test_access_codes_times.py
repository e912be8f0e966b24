"""Access codes with a beginning and an end, on the fake's clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from seam import SeamHttpInvalidInputError

# It is noon on January 1. A stay ten days later, and what is 72 hours before it.
STARTS_AT, ENDS_AT = "2026-01-11T12:00:00.000Z", "2026-01-13T10:00:00.000Z"
STAY = {"starts_at": STARTS_AT, "ends_at": ENDS_AT}
PRELOADED_AT = "2026-01-08T12:00:00.000Z"
AN_HOUR_AHEAD = "2026-01-11T11:00:00.000Z"
TO_PRELOADING, TO_START = timedelta(days=7), timedelta(days=10)
TO_END = timedelta(days=11, hours=22)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def stay(seam, lock):
    """The id of a code for the stay."""
    return seam.access_codes.create(device_id=lock, code="1234", **STAY).access_code_id


@pytest.fixture
def told(seam):
    """The types of a code's events with the times at which they occurred."""

    def told(access_code_id):
        events = seam.events.list(since="2000-01-01", access_code_id=access_code_id)
        return [
            (event.event_type.removeprefix("access_code."), event.occurred_at)
            for event in events
        ]

    return told


# Times that no code can have


@pytest.mark.parametrize(
    "sent",
    [{"starts_at": STARTS_AT}, {"ends_at": ENDS_AT}],
    ids=["starts_at alone", "ends_at alone"],
)
def test_one_time_alone_is_refused(seam, lock, refusal, sent):
    refused = refusal(seam.access_codes.create, device_id=lock, **sent)

    assert (refused.status_code, refused.code) == (400, "invalid_input")
    assert str(refused) == "Both starts_at and ends_at must be provided if one is"
    assert seam.access_codes.list(device_id=lock) == []


@pytest.mark.parametrize(
    ("ends_at", "message"),
    [
        ("2026-01-01T11:59:59Z", "ends_at must be in the future"),
        ("2026-01-01T12:00:00Z", "ends_at must be in the future"),
        (STARTS_AT, "ends_at must be after starts_at"),
        ("2026-01-11T11:00:00Z", "ends_at must be after starts_at"),
    ],
)
def test_an_end_that_is_past_or_not_after_the_start_is_refused(seam, lock, ends_at, message):
    with pytest.raises(SeamHttpInvalidInputError) as refused:
        seam.access_codes.create(device_id=lock, starts_at=STARTS_AT, ends_at=ends_at)

    assert refused.value.status_code == 400
    assert refused.value.get_validation_error_messages("ends_at") == [message]
    assert seam.access_codes.list(device_id=lock) == []


def test_times_of_any_offset_are_answered_as_utc_with_milliseconds(seam, lock):
    created = seam.access_codes.create(
        device_id=lock, starts_at="2026-01-11T14:00:00+02:00", ends_at="2026-01-13T05:00:00-05:00"
    )

    assert (created.starts_at, created.ends_at) == (STARTS_AT, ENDS_AT)


# The whole stay


def test_a_future_code_is_unset_and_says_when_it_will_be_programmed(seam, lock):
    created = seam.access_codes.create(device_id=lock, code="1234", **STAY)

    assert (created.status, created.type) == ("unset", "time_bound")
    assert (created.starts_at, created.ends_at) == (STARTS_AT, ENDS_AT)
    (mutation,) = created.pending_mutations
    assert mutation.mutation_code == "deferring_creation"
    assert mutation.scheduled_at == PRELOADED_AT
    assert created.is_scheduled_on_device is False


def test_72_hours_ahead_a_code_is_on_the_device_and_still_unset(
    fake, get_code, stay, code_events
):
    fake.clock.advance(TO_PRELOADING - MINUTE)
    before = get_code(stay)
    fake.clock.advance(MINUTE)
    after = get_code(stay)

    assert (before.status, before.is_scheduled_on_device) == ("unset", False)
    assert (after.status, after.is_scheduled_on_device) == ("unset", True)
    assert after.pending_mutations == []
    assert code_events(stay) == ["created", "scheduled_on_device"]


def test_a_code_is_set_at_its_start(fake, get_code, stay, code_events):
    fake.clock.advance(TO_START - MINUTE)
    before = get_code(stay)
    fake.clock.advance(MINUTE)
    after = get_code(stay)

    assert (before.status, before.is_scheduled_on_device) == ("unset", True)
    assert (after.status, after.is_scheduled_on_device) == ("set", False)
    assert code_events(stay) == ["created", "scheduled_on_device", "set_on_device"]


def test_a_code_leaves_the_device_and_seam_at_its_end(
    fake, seam, lock, get_code, stay, code_events, refusal
):
    fake.clock.advance(TO_END - MINUTE)
    before = get_code(stay)
    fake.clock.advance(MINUTE)
    refused = refusal(seam.access_codes.get, access_code_id=stay)

    assert before.status == "set"
    assert (refused.status_code, refused.code) == (404, "access_code_not_found")
    assert seam.access_codes.list(device_id=lock) == []
    assert code_events(stay)[3:] == ["removed_from_device", "deleted"]


def test_one_jump_over_the_stay_tells_all_of_it_at_the_right_times(fake, told, stay):
    fake.clock.advance(timedelta(days=30))

    (created, at), *later = told(stay)
    assert (created, at[:20]) == ("created", "2026-01-01T12:00:00.")
    assert later == [
        ("scheduled_on_device", "2026-01-08T12:00:00.000Z"),
        ("set_on_device", "2026-01-11T12:00:00.000Z"),
        ("removed_from_device", "2026-01-13T10:00:00.000Z"),
        ("deleted", "2026-01-13T10:00:00.001Z"),  # no two events have the same time
    ]


def test_the_end_of_a_code_says_which_pin_is_free(fake, seam, stay):
    fake.clock.advance(timedelta(days=30))

    deleted = seam.events.get(event_type="access_code.deleted")
    assert (deleted.access_code_id, deleted.code) == (stay, "1234")


def test_inside_the_72_hours_a_code_is_scheduled_on_the_device_by_the_next_look(
    seam, lock, get_code, code_events
):
    created = seam.access_codes.create(
        device_id=lock, starts_at="2026-01-02T12:00:00Z", ends_at="2026-01-03T12:00:00Z"
    )

    assert (created.status, created.is_scheduled_on_device) == ("unset", False)
    assert [one.mutation_code for one in created.pending_mutations] == ["deferring_creation"]
    now = get_code(created.access_code_id)
    assert (now.status, now.is_scheduled_on_device, now.pending_mutations) == ("unset", True, [])
    assert code_events(created.access_code_id) == ["created", "scheduled_on_device"]


def test_a_code_that_began_already_is_set_until_its_end(fake, seam, lock, get_code, code_events):
    created = seam.access_codes.create(
        device_id=lock, starts_at="2025-12-31T12:00:00Z", ends_at="2026-01-01T13:00:00Z"
    )

    assert (created.status, created.type) == ("setting", "time_bound")
    assert get_code(created.access_code_id).status == "set"
    fake.clock.advance(timedelta(hours=1))
    assert code_events(created.access_code_id) == [
        "created",
        "set_on_device",
        "removed_from_device",
        "deleted",
    ]


# Just in time


@pytest.fixture(params=["a brand that cannot", "an app that does not want"])
def just_in_time(request, seam, locks_of):
    """A code for the stay that is programmed just in time, by its brand or by the app's wish."""
    if request.param == "a brand that cannot":
        front, _ = locks_of("smartthings")
        return seam.access_codes.create(device_id=front, **STAY)
    front, _ = locks_of("august")
    return seam.access_codes.create(device_id=front, prefer_native_scheduling=False, **STAY)


def test_without_native_scheduling_a_code_is_set_an_hour_ahead(fake, get_code, told, just_in_time):
    code_id = just_in_time.access_code_id
    assert just_in_time.status == "unset"
    assert just_in_time.pending_mutations[0].scheduled_at == AN_HOUR_AHEAD

    fake.clock.advance(TO_START - timedelta(hours=1) - MINUTE)
    assert get_code(code_id).status == "unset"
    fake.clock.advance(MINUTE)
    assert get_code(code_id).status == "set"

    fake.clock.advance(timedelta(days=30))
    assert told(code_id)[1:] == [
        ("set_on_device", AN_HOUR_AHEAD),
        ("removed_from_device", "2026-01-13T10:00:00.000Z"),
        ("deleted", "2026-01-13T10:00:00.001Z"),
    ]


# After the end


@pytest.mark.parametrize("rules", [{"expired_access_codes": "keep"}], ids=["keep"])
def test_with_the_rule_an_expired_code_stays_until_it_is_deleted(
    fake, seam, lock, get_code, stay, code_events, refusal
):
    fake.clock.advance(timedelta(days=30))

    now = get_code(stay)
    assert (now.status, now.display_status) == ("unset", "Expired")
    assert [one.access_code_id for one in seam.access_codes.list(device_id=lock)] == [stay]
    assert code_events(stay)[-1] == "removed_from_device"

    seam.access_codes.delete(access_code_id=stay)

    assert code_events(stay)[-2:] == ["removed_from_device", "deleted"]
    assert refusal(seam.access_codes.get, access_code_id=stay).status_code == 404


@pytest.mark.parametrize("rules", [{"expired_access_codes": "keep"}], ids=["keep"])
def test_with_the_rule_an_expired_code_cannot_be_updated(fake, seam, stay, refusal):
    fake.clock.advance(timedelta(days=30))

    refused = refusal(seam.access_codes.update, access_code_id=stay, name="Late")

    assert (refused.status_code, refused.code) == (404, "access_code_not_found")


# Other times


def test_a_new_end_alone_moves_the_end_and_the_clock_obeys(
    fake, seam, get_code, stay, told, refusal
):
    fake.clock.advance(TO_START)
    later = "2026-01-15T10:00:00.000Z"

    seam.access_codes.update(access_code_id=stay, ends_at=later)

    now = get_code(stay)
    assert (now.status, now.starts_at, now.ends_at) == ("set", STARTS_AT, later)
    fake.clock.advance(timedelta(days=3))
    assert get_code(stay).status == "set"
    fake.clock.advance(timedelta(days=1))
    assert refusal(seam.access_codes.get, access_code_id=stay).status_code == 404
    assert told(stay)[-2:] == [
        ("removed_from_device", later),
        ("deleted", "2026-01-15T10:00:00.001Z"),
    ]


def test_a_new_end_of_an_active_code_is_announced(fake, seam, stay, code_events):
    fake.clock.advance(TO_START)

    seam.access_codes.update(access_code_id=stay, ends_at="2026-01-15T10:00:00Z")

    assert code_events(stay)[3:] == [
        "mutations_requested",
        "changed",
        "time_frame_changed",
        "set_on_device",
    ]
    changed = seam.events.get(event_type="access_code.time_frame_changed")
    assert (changed.from_.starts_at, changed.from_.ends_at) == (STARTS_AT, ENDS_AT)
    assert (changed.to.starts_at, changed.to.ends_at) == (STARTS_AT, "2026-01-15T10:00:00.000Z")


def test_new_times_of_a_code_that_no_device_has_are_scheduled_anew(
    fake, seam, get_code, stay, code_events
):
    seam.access_codes.update(
        access_code_id=stay, starts_at="2026-01-21T12:00:00Z", ends_at="2026-01-22T12:00:00Z"
    )

    now = get_code(stay)
    (mutation,) = now.pending_mutations
    assert (now.status, mutation.scheduled_at) == ("unset", "2026-01-18T12:00:00.000Z")
    assert code_events(stay) == ["created", "changed"]
    fake.clock.advance(timedelta(days=17))
    assert get_code(stay).is_scheduled_on_device is True


def test_an_active_code_that_is_moved_into_the_future_is_unset_until_then(
    fake, seam, lock, get_code, code_events
):
    code_id = seam.access_codes.create(device_id=lock, code="1234").access_code_id
    get_code(code_id)

    seam.access_codes.update(access_code_id=code_id, **STAY)

    now = get_code(code_id)
    assert (now.status, now.type) == ("unset", "time_bound")
    (mutation,) = now.pending_mutations
    assert (mutation.mutation_code, mutation.scheduled_at) == ("deferring_creation", PRELOADED_AT)
    fake.clock.advance(TO_START)
    assert get_code(code_id).status == "set"
    assert code_events(code_id) == [
        "created",
        "set_on_device",
        "mutations_requested",
        "changed",
        "time_frame_changed",
        "scheduled_on_device",
        "set_on_device",
    ]


def test_the_type_ongoing_ends_both_times(fake, seam, get_code, stay):
    fake.clock.advance(TO_START)

    seam.client.post("/access_codes/update", json={"access_code_id": stay, "type": "ongoing"})

    now = get_code(stay)
    assert (now.status, now.type, now.starts_at, now.ends_at) == ("set", "ongoing", None, None)
    fake.clock.advance(timedelta(days=30))
    assert get_code(stay).status == "set"


def test_both_times_make_an_ongoing_code_time_bound(fake, seam, lock, get_code, refusal):
    code_id = seam.access_codes.create(device_id=lock, code="1234").access_code_id
    times = {"starts_at": "2026-01-01T12:00:00.000Z", "ends_at": "2026-01-01T14:00:00.000Z"}

    seam.access_codes.update(access_code_id=code_id, **times)

    now = get_code(code_id)
    assert (now.status, now.type) == ("set", "time_bound")
    assert {"starts_at": now.starts_at, "ends_at": now.ends_at} == times
    fake.clock.advance(timedelta(hours=2))
    assert refusal(seam.access_codes.get, access_code_id=code_id).status_code == 404


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_one_time_alone_does_not_make_an_ongoing_code_time_bound(seam, lock, refusal, name):
    code_id = seam.access_codes.create(device_id=lock, code="1234").access_code_id

    refused = refusal(
        seam.access_codes.update, access_code_id=code_id, **{name: STAY[name]}
    )

    assert (refused.status_code, refused.code) == (400, "invalid_input")
    assert str(refused) == "Both starts_at and ends_at must be provided if one is"


def test_other_values_of_an_update_leave_the_times_alone(seam, get_code, stay):
    seam.access_codes.update(access_code_id=stay, name="Jane")

    now = get_code(stay)
    assert (now.name, now.starts_at, now.ends_at) == ("Jane", STARTS_AT, ENDS_AT)


@pytest.mark.parametrize("rules", [{"expired_access_codes": "keep"}], ids=["keep"])
def test_an_expired_code_has_no_trouble_with_setting(fake, seam, lock, get_code):
    fake.fail_next_step(lock, "set", times=1000)
    created = seam.access_codes.create(
        device_id=lock, starts_at="2026-01-01T12:00:00Z", ends_at="2026-01-01T13:00:00Z"
    )
    fake.clock.advance(timedelta(minutes=59))
    (error,) = get_code(created.access_code_id).errors
    assert error.error_code == "failed_to_set_on_device"

    fake.clock.advance(MINUTE)

    now = get_code(created.access_code_id)
    assert (now.status, now.display_status, now.errors) == ("unset", "Expired", [])
