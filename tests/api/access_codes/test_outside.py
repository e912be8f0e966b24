"""Changes of codes outside of Seam: undone, or honored where the code allows it."""

from __future__ import annotations

import pytest

from fakeseam import MisuseError


def entries(items):
    return [one.get("error_code") or one.get("warning_code") for one in items]


@pytest.fixture
def code(codes):
    return codes.get(codes.create(code="1234", name="Guest"))


@pytest.fixture
def allowed(codes):
    made = codes.create(code="1234", name="Guest", is_external_modification_allowed=True)
    return codes.get(made)


def test_a_modified_code_is_set_again(fake, codes, code, new_events):
    def modify():
        fake.change_access_code(code, code="9999")
        conflict = fake.call("/_fakeseam/events/filter")["events"]
        assert conflict[-1]["event_type"] == "access_code.set_on_device"

    assert new_events(modify) == ["modified_external_to_seam", "set_on_device"]
    assert codes.get(code) == code


def test_until_then_it_has_an_error_that_says_what_was_modified(fake, codes, code):
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    fake.change_access_code(code, code="9999", name="Guest")

    shown = codes.get(code)
    assert shown["status"] == "setting"
    error = shown["errors"][0]
    assert error["error_code"] == "conflicting_external_modification"
    assert error["change_type"] == "modified"
    assert error["modified_fields"] == [{"field": "code", "from": "1234", "to": "9999"}]


def test_a_removed_code_is_set_again(fake, codes, code, new_events):
    assert new_events(lambda: fake.remove_access_code(code)) == [
        "deleted_external_to_seam", "set_on_device"
    ]
    assert codes.get(code) == code


def test_an_allowed_modification_is_honored(fake, codes, allowed, new_events):
    assert new_events(lambda: fake.change_access_code(allowed, code="9999", name="Joe")) == [
        "modified_external_to_seam"
    ]
    shown = codes.get(allowed)
    assert (shown["code"], shown["name"], shown["status"]) == ("9999", "Joe", "set")
    assert entries(shown["warnings"]) == ["external_modification_in_effect"]


def test_a_code_cannot_get_the_pin_of_another_managed_code(fake, codes, allowed):
    codes.create(code="5678")

    with pytest.raises(MisuseError, match="code='5678' is the PIN of another code of the device"):
        fake.change_access_code(allowed, code="5678")
    assert codes.get(allowed)["code"] == "1234"


def test_a_code_that_is_unmanaged_now_can_get_the_pin_of_a_managed_code(fake, codes, allowed):
    codes.update(allowed, is_managed=False)
    codes.create(code="5678")
    fake.change_access_code(allowed, code="5678")

    assert codes.unmanaged(allowed)["code"] == "5678"


def test_an_update_wins_over_an_allowed_modification_before_its_step(fake, codes, allowed):
    fake.hold_device(codes.device_id)
    codes.update(allowed, name="Jane")
    fake.change_access_code(allowed, name="Joe", code="9999")

    shown = codes.get(allowed)
    assert (shown["name"], shown["code"]) == ("Jane", "9999")
    fake.release_device(codes.device_id)
    assert codes.get(allowed)["name"] == "Jane"


def test_an_allowed_other_start_is_when_the_code_opens(fake, codes, pass_time):
    times = {"starts_at": "2026-01-01T15:00:00Z", "ends_at": "2026-01-01T16:00:00Z"}
    code = codes.get(codes.create(code="1234", is_external_modification_allowed=True, **times))
    fake.change_access_code(code, starts_at="2026-01-01T12:00:00Z")
    pass_time(hours=12)

    assert codes.get(code)["status"] == "set"
    fake.enter_code(codes.device_id, "1234")
    assert fake.events[-1]["event_type"] == "lock.unlocked"


def test_an_allowed_removal_is_honored(fake, codes, allowed, new_events):
    assert new_events(lambda: fake.remove_access_code(allowed)) == ["deleted_external_to_seam"]
    assert codes.get(allowed)["status"] == "unset"
    assert new_events(lambda: codes.delete(allowed)) == ["deleted"]


def test_a_change_to_the_same_values_is_none(fake, code, new_events):
    assert new_events(lambda: fake.change_access_code(code, code="1234")) == []


def test_an_update_through_seam_is_no_external_change(codes, code, new_events):
    assert "modified_external_to_seam" not in new_events(lambda: codes.update(code, name="X"))


def test_only_what_is_on_the_device_can_be_changed_there(fake, codes):
    times = {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-02T00:00:00Z"}
    later = codes.create(**times)

    for change in (fake.remove_access_code, lambda code: fake.change_access_code(code, name="X")):
        with pytest.raises(MisuseError, match="the device does not have access code"):
            change(later)
    with pytest.raises(MisuseError, match="needs a code, name, starts_at or ends_at"):
        fake.change_access_code(codes.create())


def test_an_error_of_a_code_is_added_and_cleared_by_hand(fake, codes, code):
    fake.add_access_code_error(code, "access_code_inactive", "Disabled in the app.")
    fake.add_access_code_warning(code, "code_rotates_periodically")

    shown = codes.get(code)
    assert shown["errors"][0]["message"] == "Disabled in the app."
    assert entries(shown["warnings"]) == ["code_rotates_periodically"]
    fake.clear_access_code_error(code, "access_code_inactive")
    fake.clear_access_code_warning(code, "code_rotates_periodically")
    assert codes.get(code) == code
    with pytest.raises(MisuseError, match="choose one of failed_to_set_on_device"):
        fake.add_access_code_error(code, "nonsense")


def test_what_cannot_happen_in_the_makers_app_says_why(fake, codes, code):
    with pytest.raises(MisuseError, match="both times or none; give both"):
        fake.change_access_code(code, ends_at="2026-03-01T00:00:00Z")
    times = {"starts_at": "2026-03-02T00:00:00Z", "ends_at": "2026-03-01T00:00:00Z"}
    with pytest.raises(MisuseError, match="ends_at must be after starts_at"):
        fake.change_access_code(code, **times)
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    codes.delete(code)
    with pytest.raises(MisuseError, match="it is about to be gone"):
        fake.change_access_code(code, name="Joe")
