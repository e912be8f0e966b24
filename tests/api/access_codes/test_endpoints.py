"""/access_codes: creating, reading, changing and deleting codes."""

from __future__ import annotations

import pytest

UNKNOWN = "00000000-0000-4000-8000-000000000000"
STAY = {"starts_at": "2026-01-10T15:00:00Z", "ends_at": "2026-01-12T10:00:00+02:00"}


def test_a_new_code_is_being_set_and_then_is_set(codes):
    code = codes.create(code="1234", name="Guest")

    assert code == {
        "access_code_id": code["access_code_id"],
        "device_id": codes.device_id,
        "workspace_id": codes.fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "name": "Guest",
        "code": "1234",
        "type": "ongoing",
        "starts_at": None,
        "ends_at": None,
        "is_managed": True,
        "errors": [],
        "warnings": [],
        "status": "setting",
        "display_status": "Issuing",
        "common_code_key": None,
        "is_external_modification_allowed": False,
        "is_offline_access_code": False,
        "is_one_time_use": False,
        "is_backup_access_code_available": False,
        "pending_mutations": [
            {
                "mutation_code": "creating",
                "created_at": "2026-01-01T00:00:00.000Z",
                "message": "Seam is setting the access code on the device.",
            }
        ],
        "is_scheduled_on_device": False,
        "is_waiting_for_code_assignment": False,
        "is_backup": False,
        "pulled_backup_access_code_id": None,
    }
    assert codes.get(code) == {
        **code, "status": "set", "display_status": "Active", "pending_mutations": []
    }


def test_the_answer_has_the_attempt_that_has_ended_by_the_next_read(fake, codes):
    made = fake.call("/access_codes/create", {"device_id": codes.device_id})
    attempt = made["action_attempt"]

    assert (attempt["action_type"], attempt["status"]) == ("CREATE_ACCESS_CODE", "pending")
    assert attempt["result"] is attempt["error"] is None
    sent = {"action_attempt_id": attempt["action_attempt_id"]}
    ended = fake.call("/action_attempts/get", sent)["action_attempt"]
    assert ended["status"] == "success"
    assert ended["result"] == {"access_code": codes.get(made["access_code"])}


def test_with_sync_the_first_answer_is_the_last(fake, codes):
    made = fake.call("/access_codes/create", {"device_id": codes.device_id, "sync": True})

    assert made["access_code"]["status"] == "set"
    assert made["action_attempt"]["status"] == "success"
    assert codes.update(made["access_code"], name="Joe", sync=True)["status"] == "success"
    assert codes.delete(made["access_code"], sync=True)["status"] == "success"
    assert codes.list() == []


def test_times_are_shown_in_utc(codes):
    code = codes.create(**STAY)

    assert (code["starts_at"], code["ends_at"]) == (
        "2026-01-10T15:00:00.000Z",
        "2026-01-12T08:00:00.000Z",
    )
    assert code["type"] == "time_bound"


def test_names_are_null_and_pins_are_made_where_none_is_given(codes):
    code, other = codes.create(), codes.create(preferred_code_length=6)

    assert code["name"] is None
    assert (len(code["code"]), len(other["code"])) == (4, 6)
    assert code["code"].isdecimal() and code["code"] != other["code"]
    assert len(codes.create(preferred_code_length=11)["code"]) == 4  # it is not supported


def test_of_two_names_of_a_flag_the_newer_wins(codes):
    flags = {"is_external_modification_allowed": False, "allow_external_modification": True}
    name = "is_external_modification_allowed"

    assert codes.create(**flags)[name] is False
    assert codes.create(allow_external_modification=True)[name] is True


def test_a_code_is_found_by_its_device_and_pin(fake, codes):
    code = codes.create(code="1234")
    sent = {"device_id": codes.device_id, "code": "1234"}

    assert fake.call("/access_codes/get", sent)["access_code"] == codes.get(code)


def test_the_list_has_what_meets_every_filter(fake, codes, lock_of):
    one = codes.get(codes.create(code="1234", name="Jane Guest"))
    two = codes.get(codes.create(code="5678"))
    other = codes.get(codes.create(lock_of("nuki"), code="987654"))

    def found(**sent):
        return fake.call("/access_codes/list", sent)["access_codes"]

    assert found(device_id=codes.device_id) == [one, two]
    assert found(access_code_ids=[two["access_code_id"], other["access_code_id"]]) == [two, other]
    assert found(access_code_ids=[]) == []
    assert found(search="guest") == [one]
    assert found(search="678") == [two]
    assert found(search=other["access_code_id"][:9]) == [other]
    assert found(access_grant_key="g") == found(access_method_id=UNKNOWN) == []
    assert found(customer_key="c") == found(user_identifier_key="u") == []
    assert len(found(device_id=codes.device_id, limit=1)) == 1


def test_the_list_is_of_a_customers_or_users_devices(fake, codes):
    account = fake.connect_account("nuki", customer_key="c1")["connected_account_id"]
    fake.create_client_session("jane", connected_account_ids=[account])
    device = fake.call("/devices/list", {"connected_account_id": account})["devices"][0]
    code = codes.get(codes.create(device["device_id"], code="987654"))
    codes.create()

    for sent in ({"customer_key": "c1"}, {"user_identifier_key": "jane"}):
        assert fake.call("/access_codes/list", sent)["access_codes"] == [code]


def test_a_generated_code_is_not_kept(fake, codes):
    sent = {"device_id": codes.device_id}
    generated = fake.call("/access_codes/generate_code", sent)["generated_code"]

    assert generated.keys() == {"device_id", "code"}
    assert len(generated["code"]) == 4
    assert codes.list() == []


def test_an_update_of_nothing_does_nothing(fake, codes, new_events):
    code = codes.get(codes.create(code="1234", name="Guest"))

    def update():
        attempt = codes.update(code, name="Guest", code="1234")
        sent = {"action_attempt_id": attempt["action_attempt_id"]}
        assert fake.call("/action_attempts/get", sent)["action_attempt"]["result"] == {}

    assert new_events(update) == []
    assert codes.get(code) == code


def test_an_update_is_shown_at_once_and_the_device_follows(codes, new_events):
    code = codes.create(code="1234", name="Guest")

    assert new_events(lambda: codes.update(code, name="Joe", code="4321")) == [
        "mutations_requested", "changed", "name_changed", "code_changed", "set_on_device"
    ]
    codes.update(code, name="Jim")
    codes.update(code, name="Jack", sync=True)
    now = codes.get(code)
    assert (now["name"], now["code"], now["status"]) == ("Jack", "4321", "set")


def test_two_updates_before_the_step_are_one_change_of_the_device(fake, codes):
    code = codes.create(code="1234", name="A")
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    codes.update(code, name="B")
    codes.update(code, name="C")

    pending = codes.get(code)["pending_mutations"]
    assert [(one["from"], one["to"]) for one in pending] == [({"name": "A"}, {"name": "C"})]
    fake.call("/devices/simulate/connect", {"device_id": codes.device_id})
    assert fake.events.filter("access_code.name_changed", to={"name": "C"})
    assert len(fake.events.filter("access_code.name_changed")) == 1


def test_a_change_that_is_taken_back_before_the_step_is_none(fake, codes, new_events):
    code = codes.get(codes.create(name="Guest"))
    fake.hold_device(codes.device_id)
    codes.update(code, name="Jane")
    codes.update(code, name="Guest")

    assert codes.get(code)["pending_mutations"] == []
    assert new_events(lambda: fake.release_device(codes.device_id)) == ["set_on_device"]


def test_a_code_with_another_pin_leaves_its_group(codes):
    code = codes.create(common_code_key="stay 1")
    same = codes.create(codes.device_id, common_code_key="stay 2", code="7777")

    codes.update(same, code="8888")

    assert codes.get(code)["common_code_key"] == "stay 1"
    assert codes.get(same)["common_code_key"] is None


def test_the_codes_of_a_key_share_a_pin(codes, lock_of, refuse):
    first = codes.create(common_code_key="stay")
    other = lock_of("yale")

    assert codes.create(other, common_code_key="stay")["code"] == first["code"]
    sent = {"device_id": lock_of("schlage"), "common_code_key": "stay", "code": "9182"}
    refusal = refuse("/access_codes/create", sent)
    assert (refusal.status, refusal.type) == (400, "invalid_input")


def test_deleting_twice_is_deleting_once(codes, new_events):
    code = codes.get(codes.create())

    def delete():
        codes.delete(code)
        codes.list()

    assert new_events(delete) == ["mutations_requested", "removed_from_device", "deleted"]


def test_a_code_that_is_being_removed_can_be_read_and_deleted_again(fake, codes, new_events):
    code = codes.get(codes.create())
    fake.call("/devices/simulate/disconnect", {"device_id": codes.device_id})
    codes.delete(code)

    shown = codes.get(code)
    assert (shown["status"], shown["display_status"]) == ("removing", "Removing")
    assert [one["warning_code"] for one in shown["warnings"]] == ["being_deleted"]
    assert [one["mutation_code"] for one in shown["pending_mutations"]] == ["deleting"]
    assert new_events(lambda: codes.delete(code)) == []


@pytest.mark.parametrize("path", ["/access_codes/get", "/access_codes/list"])
def test_a_session_sees_the_codes_of_its_devices_only(fake, codes, lock_of, refuse, path):
    mine, device = codes.create(), lock_of("nuki")
    account = fake.call("/devices/get", {"device_id": device})["device"]["connected_account_id"]
    token = fake.create_client_session(connected_account_ids=[account])
    if path.endswith("get"):
        refusal = refuse(path, {"access_code_id": mine["access_code_id"]}, token=token)
        assert (refusal.status, refusal.type) == (404, "access_code_not_found")
    else:
        sent = {"access_code_ids": [mine["access_code_id"]]}
        assert fake.call(path, sent, token=token)["access_codes"] == []
