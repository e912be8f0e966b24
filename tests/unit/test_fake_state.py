"""A fake's state: taken as a value, written to a file, read again, begun anew."""

from __future__ import annotations

import json

import pytest

from fakeseam import ApiError, FakeSeam

NOW = "2026-01-01T00:00:00Z"


def lived(**how):
    """A fake with something of everything in it."""
    fake = FakeSeam(now=NOW, **how)
    fake.create_workspace("Other")
    account = fake.connect_account(email="jane@example.com", custom_metadata={"z": "1", "a": True})
    fake.create_client_session("u1", connected_account_ids=[account["connected_account_id"]])
    fake.create_personal_access_token()
    fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    fake.disconnect_account(account)
    return fake


def everything(fake):
    return [
        fake.call("/connect_webviews/list"),
        fake.call("/connected_accounts/list"),
        fake.call("/devices/list"),
        fake.call("/events/list", {"since": "2025-01-01"}),
    ]


# As a value


def test_a_restored_fake_knows_what_it_knew():
    fake = lived()
    snapshot, before = fake.snapshot(), everything(fake)
    fake.call("/workspaces/reset_sandbox")
    fake.connect_account()

    fake.restore(snapshot)

    assert everything(fake) == before
    assert fake.snapshot() == snapshot


def test_a_restored_fake_goes_on_with_the_same_ids():
    fake = lived()
    snapshot = fake.snapshot()
    account = fake.connect_account()

    fake.restore(snapshot)

    assert fake.connect_account() == account


def test_time_does_not_go_back_with_a_snapshot():
    fake = lived()
    snapshot = fake.snapshot()
    fake.clock.advance(60)

    fake.restore(snapshot)

    assert fake.connect_account()["created_at"] == "2026-01-01T00:01:00.000Z"


# As a file


def test_a_dumped_fake_can_be_loaded_into_another_one(tmp_path):
    fake, other = lived(seed=3), FakeSeam(seed=5, now=NOW)
    fake.dump(tmp_path / "state.json")

    other.load(tmp_path / "state.json")

    assert everything(other) == everything(fake)
    assert other.snapshot() == fake.snapshot()
    assert (other.api_key, other.workspace_id) == (fake.api_key, fake.workspace_id)


def test_a_loaded_fake_goes_on_with_the_same_ids(tmp_path):
    fake, other = lived(seed=3), FakeSeam(seed=5, now=NOW)
    fake.dump(tmp_path / "state.json")
    other.load(tmp_path / "state.json")

    assert other.connect_account() == fake.connect_account()


def test_a_loaded_fake_shows_metadata_in_the_order_in_which_it_was_sent(tmp_path):
    fake, other = lived(), FakeSeam()
    fake.dump(tmp_path / "state.json")

    other.load(tmp_path / "state.json")

    account = other.call("/connected_accounts/list")["connected_accounts"][0]
    assert list(account["custom_metadata"]) == ["z", "a"]


def test_a_dump_is_json_that_names_its_schema(tmp_path):
    lived().dump(tmp_path / "state.json")

    assert json.loads((tmp_path / "state.json").read_text("utf-8"))["fakeseam_schema"] == 4


def test_a_dump_takes_the_place_of_an_earlier_one_and_leaves_no_other_file(tmp_path):
    path = tmp_path / "state.json"
    FakeSeam(seed=9).dump(path)
    lived().dump(path)

    other = FakeSeam()
    other.load(path)

    assert len(other.call("/connect_webviews/list")["connect_webviews"]) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


# Anew


def test_a_reset_fake_is_as_new():
    fake = lived()
    fake.clock.advance(60)

    fake.reset()

    assert fake.snapshot() == FakeSeam(now=NOW).snapshot()
    assert fake.connect_account() == FakeSeam(now=NOW).connect_account()


def test_the_same_seed_and_the_same_calls_give_the_same_fake():
    assert lived(seed=4).snapshot() == lived(seed=4).snapshot()
    assert everything(lived(seed=4)) == everything(lived(seed=4))


def test_another_seed_gives_other_ids():
    one, other = FakeSeam(seed=0, now=NOW), FakeSeam(seed=1, now=NOW)

    assert one.api_key != other.api_key
    assert one.workspace_id != other.workspace_id
    assert one.connect_account()["connected_account_id"] != (
        other.connect_account()["connected_account_id"]
    )


def test_a_second_workspace_shifts_no_id_of_the_first():
    alone, beside = FakeSeam(now=NOW), FakeSeam(now=NOW)
    other = beside.create_workspace()
    beside.connect_account(email="else@example.com", workspace_id=other.workspace_id)

    one = alone.connect_account(email="jane@example.com")

    assert beside.connect_account(email="jane@example.com") == one


def test_what_was_given_stays_given():
    key, workspace_id = "seam_test_mine", "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
    fake = FakeSeam(api_key=key, workspace_id=workspace_id)

    fake.reset()

    assert (fake.api_key, fake.workspace_id) == (key, workspace_id)
    assert fake.call("/workspaces/get")["workspace"]["workspace_id"] == workspace_id


# Strict


def complaints(*calls):
    with pytest.raises(AssertionError) as caught, FakeSeam(strict=True) as fake:
        for path, params in calls:
            try:
                fake.call(path, params)
            except Exception as refusal:
                assert refusal.status in (404, 501)
    return str(caught.value).splitlines()[1:]


def test_a_strict_fake_complains_in_the_end_of_what_the_app_should_not_have_asked_for():
    assert complaints(
        ("/connect_webviews/lst", {}),
        ("/webhooks/create_many", {}),
        ("/locks/get", {}),
        ("/workspaces/get", {"colour": "red"}),
        ("/workspaces/get", {"colour": "blue"}),
    ) == [
        "  POST /connect_webviews/lst: no such endpoint",
        "  POST /webhooks/create_many: no such endpoint",
        "  POST /locks/get: not modelled by fakeseam",
        "  /workspaces/get: unknown parameter 'colour'",
    ]


def test_complaints_about_one_request_stand_in_a_repeatable_order():
    names = [f"n{number}" for number in range(20)]
    asked = ("/workspaces/get", dict.fromkeys(names, 1))

    found = [line.partition("'")[2].rstrip("'") for line in complaints(asked)]

    assert found in (names, sorted(names))


def test_an_error_in_the_test_is_not_hidden_by_complaints():
    with pytest.raises(ZeroDivisionError), FakeSeam(strict=True) as fake:
        fake.call("/workspaces/get", {"colour": "red"})
        1 / 0


def test_a_fake_that_is_not_strict_complains_of_nothing():
    with FakeSeam() as fake:
        fake.call("/workspaces/get", {"colour": "red"})


def test_restoring_leaves_the_journal_and_the_faults_alone():
    with FakeSeam() as fake:
        snapshot = fake.snapshot()
        fake.call("/workspaces/get")
        fake.faults.add("/workspaces/get", status=503)

        fake.restore(snapshot)

        assert [str(request) for request in fake.requests] == ["200 POST /workspaces/get"]
        with pytest.raises(ApiError, match="503"):
            fake.call("/workspaces/get")
