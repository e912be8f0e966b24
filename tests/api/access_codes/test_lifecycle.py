"""What each thing that can happen does to a code in each of its states.

The states are reached by calls, and read from what Seam shows and emits.
"""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

SOON = {"starts_at": "2026-01-03T00:00:00Z", "ends_at": "2026-01-05T00:00:00Z"}
FAR = {"starts_at": "2026-06-01T00:00:00Z", "ends_at": "2026-06-05T00:00:00Z"}


class Situation:
    """A code in a state, and what happens to it."""

    def __init__(self, fake, codes):
        self.fake, self.codes = fake, codes
        self.code = None

    def reach(self, state, **params):
        """Makes a code and leads it into a state."""
        if state == "deferred":
            self.code = self.codes.create(**FAR, **params)
        elif state == "preloaded":
            self.code = self.codes.create(**SOON, **params)
        elif state == "setting":
            self.go("disconnect")
            self.code = self.codes.create(**params)
        else:
            self.code = self.codes.create(**params)
            self.codes.get(self.code)
            if state == "updating":
                self.go("disconnect")
                self.codes.update(self.code, name="New")
        self.codes.get(self.code)

    def go(self, what):
        sent = {"device_id": self.codes.device_id}
        self.fake.call(f"/devices/simulate/{what}", sent)

    def is_gone(self):
        return self.codes.list() == []


@pytest.fixture
def it(fake, codes):
    return Situation(fake, codes)


REMOVED = ["removed_from_device", "deleted"]


@pytest.mark.parametrize(
    ("state", "emitted"),
    [
        ("deferred", ["deleted"]),
        ("setting", ["deleted"]),
        ("preloaded", ["mutations_requested", *REMOVED]),
        ("set", ["mutations_requested", *REMOVED]),
        ("updating", ["mutations_requested", *REMOVED]),
    ],
)
def test_a_deletion_removes_what_the_device_has(it, new_events, state, emitted):
    it.reach(state)

    def delete():
        it.codes.delete(it.code)
        if state in ("setting", "updating"):
            it.go("connect")

    assert new_events(delete) == emitted
    assert it.is_gone()


@pytest.mark.parametrize("state", ["preloaded", "set", "updating"])
def test_a_change_outside_is_undone_and_a_removal_too(it, fake, new_events, state):
    for change, event in (
        (lambda: fake.change_access_code(it.code, code="9999"), "modified_external_to_seam"),
        (lambda: fake.remove_access_code(it.code), "deleted_external_to_seam"),
    ):
        it.reach(state)

        def change_and_connect(change=change):
            change()
            if state == "updating":
                it.go("connect")

        emitted = new_events(change_and_connect)
        assert emitted[0] == event
        done = "scheduled_on_device" if state == "preloaded" else "set_on_device"
        if state != "preloaded" or event == "deleted_external_to_seam":
            assert done in emitted
        shown = it.codes.get(it.code)
        assert (shown["code"], shown["errors"]) == (it.code["code"], [])
        it.codes.delete(it.code)


@pytest.mark.parametrize("state", ["preloaded", "set", "updating"])
def test_an_allowed_change_outside_stays_and_a_removal_too(it, fake, new_events, state):
    allowed = {"is_external_modification_allowed": True}
    it.reach(state, **allowed)
    assert new_events(lambda: fake.change_access_code(it.code, code="9999")) == [
        "modified_external_to_seam"
    ]
    assert it.codes.get(it.code)["code"] == "9999"

    emitted = new_events(lambda: fake.remove_access_code(it.code))
    ended = ["changed", "name_changed"] if state == "updating" else []  # the update that waited
    assert emitted == ["deleted_external_to_seam", *ended]
    assert it.codes.get(it.code)["status"] == "unset"
    warnings = it.codes.get(it.code)["warnings"]
    assert [one["warning_code"] for one in warnings] == ["external_modification_in_effect"]
    assert new_events(lambda: it.codes.update(it.code, name="Other")) == ["changed"]
    assert it.codes.get(it.code)["name"] == "Other"


@pytest.mark.parametrize("state", ["set", "updating"])
def test_a_code_that_ends_on_an_offline_device_is_removed_later(it, new_events, pass_time, state):
    it.reach("set", starts_at="2026-01-01T00:00:00Z", ends_at="2026-01-02T00:00:00Z")
    it.go("disconnect")
    if state == "updating":
        it.codes.update(it.code, name="New")
    pass_time(days=2)
    assert it.codes.get(it.code)["status"] == "removing"

    assert new_events(lambda: it.go("connect")) == REMOVED


@pytest.mark.parametrize("state", ["setting", "updating"])
def test_setting_a_code_on_a_held_device_is_late_once(
    it, fake, codes, new_events, pass_time, state
):
    if state == "updating":
        it.reach("set")
    fake.hold_device(codes.device_id)
    if state == "setting":
        it.code = codes.create()
    else:
        codes.update(it.code, name="New")
    pass_time(minutes=9, seconds=59)
    assert codes.get(it.code)["warnings"] == []

    assert new_events(lambda: pass_time(hours=5)) == ["delay_in_setting_on_device"]

    (warning,) = codes.get(it.code)["warnings"]
    assert warning["warning_code"] == "delay_in_setting_on_device"
    assert warning["created_at"] == "2026-01-01T00:10:00.000Z"
    fake.release_device(codes.device_id)
    shown = codes.get(it.code)
    assert (shown["status"], shown["warnings"]) == ("set", [])


def test_an_update_that_fails_leaves_the_old_values_on_the_device(it, fake, new_events, pass_time):
    it.reach("set")
    fake.fail_next_step(it.codes.device_id, "update")

    def update():
        it.codes.update(it.code, code="4321")
        it.codes.list()

    assert new_events(update) == ["mutations_requested", "failed_to_set_on_device"]
    assert it.codes.get(it.code)["status"] == "setting"
    fake.enter_code(it.codes.device_id, it.code["code"])
    assert fake.events[-1]["event_type"] == "lock.unlocked"
    assert new_events(lambda: pass_time(minutes=5)) == ["changed", "code_changed", "set_on_device"]


@pytest.mark.parametrize(
    ("times", "emitted", "status"),
    [
        (SOON, ["mutations_requested", "changed", "time_frame_changed"], "unset"),
        (FAR, ["mutations_requested", "changed", "time_frame_changed"], "unset"),
    ],
)
def test_new_times_take_a_code_off_until_they_begin(it, new_events, times, emitted, status):
    it.reach("set")

    def update():
        it.codes.update(it.code, **times)
        it.codes.list()

    assert new_events(update) == emitted
    shown = it.codes.get(it.code)
    assert (shown["status"], shown["is_scheduled_on_device"]) == (status, times is SOON)


@pytest.mark.parametrize("times", [SOON, FAR])
def test_a_code_that_was_never_set_may_get_later_times(it, new_events, times):
    it.reach("setting")
    it.codes.update(it.code, **times)

    emitted = new_events(lambda: it.go("connect"))

    assert emitted[:2] == ["changed", "time_frame_changed"]
    assert ("scheduled_on_device" in emitted) == (times is SOON)
    assert it.codes.get(it.code)["status"] == "unset"


def test_a_preloaded_code_that_is_moved_into_the_past_ends_at_once(it, fake, new_events):
    it.reach("preloaded", is_external_modification_allowed=True)

    def end():
        past = {"starts_at": "2025-12-30T00:00:00Z", "ends_at": "2025-12-31T00:00:00Z"}
        fake.change_access_code(it.code, **past)
        it.codes.list()

    assert new_events(end) == ["modified_external_to_seam", *REMOVED]


@pytest.mark.parametrize("rule", ["remove", "keep"])
@pytest.mark.parametrize("state", ["setting", "removed outside"])
def test_a_code_that_its_device_does_not_have_ends_alone(state, rule):
    with FakeSeam(now="2026-01-01T00:00:00Z", expired_access_codes=rule) as fake:
        fake.connect_account("august")
        device = {"device_id": fake.call("/devices/list")["devices"][0]["device_id"]}
        if state == "setting":
            fake.call("/devices/simulate/disconnect", device)
        stay = {"starts_at": "2026-01-01T00:00:00Z", "ends_at": "2026-01-02T00:00:00Z"}
        flag = {"is_external_modification_allowed": True}
        code = fake.call("/access_codes/create", {**device, **stay, **flag})["access_code"]
        if state == "removed outside":
            fake.remove_access_code(code)
        since = len(fake.events)

        fake.clock.advance(2 * 86400)

        emitted = [event["event_type"] for event in fake.events][since:]
        assert emitted == ([] if rule == "keep" else ["access_code.deleted"])
        left = fake.call("/access_codes/list", device)["access_codes"]
        assert [one["display_status"] for one in left] == (["Expired"] if rule == "keep" else [])


def test_a_removal_that_fails_is_reported_and_tried_again(it, fake, new_events, pass_time):
    it.reach("set")
    fake.fail_next_step(it.codes.device_id, "remove")

    def delete():
        it.codes.delete(it.code)
        it.codes.list()

    assert new_events(delete) == ["mutations_requested", "failed_to_remove_from_device"]
    (error,) = it.codes.get(it.code)["errors"]
    assert error["error_code"] == "failed_to_remove_from_device"
    assert new_events(lambda: pass_time(minutes=5)) == REMOVED


@pytest.mark.parametrize(
    "state", ["deferred", "preloaded", "setting", "set", "updating", "removing", "removed outside"]
)
def test_a_code_of_any_state_becomes_unmanaged_with_its_device(it, fake, new_events, state):
    if state in ("removing", "removed outside"):
        it.reach("set", is_external_modification_allowed=True)
    else:
        it.reach(state)
    if state == "removing":
        it.go("disconnect")
        it.codes.delete(it.code)
    if state == "removed outside":
        fake.remove_access_code(it.code)
    sent = {"device_id": it.codes.device_id, "is_managed": False}

    assert new_events(lambda: fake.call("/devices/update", sent)) == []

    shown = it.codes.unmanaged(it.code)
    has_it = state in ("preloaded", "set", "updating", "removing")
    assert (shown["status"], shown["is_managed"]) == ("set" if has_it else "unset", False)
    assert it.is_gone()


def test_an_offline_code_becomes_unmanaged_too(it, fake, lock_of):
    igloo = lock_of("igloohome")
    sent = {"is_offline_access_code": True, "device_id": igloo}
    its = {**SOON, "ends_at": "2026-01-03T05:00:00Z"}
    code = fake.call("/access_codes/create", {**sent, **its})["access_code"]
    it.codes.get(code)

    fake.call("/devices/update", {"device_id": igloo, "is_managed": False})

    assert it.codes.unmanaged(code)["is_managed"] is False


def test_a_removal_that_is_honored_ends_what_was_pending(it, fake, new_events):
    it.reach("updating", is_external_modification_allowed=True)
    fake.remove_access_code(it.code)

    assert new_events(lambda: it.go("connect")) == []
    shown = it.codes.get(it.code)
    assert (shown["status"], shown["pending_mutations"], shown["errors"]) == ("unset", [], [])
