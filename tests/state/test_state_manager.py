"""A fake's state: saved as a snapshot or as a dump, restored, loaded and reset."""

from __future__ import annotations

import json

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError
from tests.state.used_fakes import NOW, lists_of, used_fake

# Snapshots


def test_a_restored_fake_has_what_the_snapshot_has():
    fake = used_fake()
    snapshot, before = fake.snapshot(), lists_of(fake)
    fake.call("/workspaces/reset_sandbox")
    fake.connect_account()

    fake.restore(snapshot)

    assert lists_of(fake) == before
    assert fake.snapshot() == snapshot


def test_a_restored_fake_goes_on_with_the_same_ids():
    fake = used_fake()
    snapshot = fake.snapshot()
    account = fake.connect_account()

    fake.restore(snapshot)

    assert fake.connect_account() == account


def test_time_does_not_go_back_with_a_snapshot():
    fake = used_fake()
    snapshot = fake.snapshot()
    fake.clock.advance(60)

    fake.restore(snapshot)

    assert fake.connect_account()["created_at"] == "2026-01-01T00:01:00.000Z"


def test_restoring_leaves_the_journal_and_the_faults_alone():
    with FakeSeam() as fake:
        snapshot = fake.snapshot()
        fake.call("/workspaces/get")
        fake.faults.add("/workspaces/get", status=503)

        fake.restore(snapshot)

        assert [str(request) for request in fake.requests] == ["200 POST /workspaces/get"]
        with pytest.raises(ApiError, match="503"):
            fake.call("/workspaces/get")


def test_a_snapshot_restores_the_key_and_the_seed(fake, tmp_path):
    other = FakeSeam(seed=7)
    other.dump(tmp_path / "other.json")
    snapshot, key = fake.snapshot(), fake.api_key
    fake.load(tmp_path / "other.json")

    fake.restore(snapshot)

    assert (fake.api_key, fake.seed) == (key, 0)
    assert fake.call("/workspaces/get")["workspace"]["workspace_id"] == fake.workspace_id


def test_only_a_snapshot_can_be_restored(fake):
    with pytest.raises(MisuseError, match="fake.snapshot"):
        fake.restore({"x": 1})


# Dumps


def test_a_dumped_fake_can_be_loaded_into_another_one(tmp_path):
    fake, other = used_fake(seed=3), FakeSeam(seed=5, now=NOW)
    fake.dump(tmp_path / "state.json")

    other.load(tmp_path / "state.json")

    assert lists_of(other) == lists_of(fake)
    assert other.snapshot() == fake.snapshot()
    assert (other.api_key, other.workspace_id) == (fake.api_key, fake.workspace_id)


def test_a_loaded_fake_goes_on_with_the_same_ids(tmp_path):
    fake, other = used_fake(seed=3), FakeSeam(seed=5, now=NOW)
    fake.dump(tmp_path / "state.json")
    other.load(tmp_path / "state.json")

    assert other.connect_account() == fake.connect_account()


def test_a_loaded_fake_shows_metadata_in_the_order_in_which_it_was_sent(tmp_path):
    fake, other = used_fake(), FakeSeam()
    fake.dump(tmp_path / "state.json")

    other.load(tmp_path / "state.json")

    account = other.call("/connected_accounts/list")["connected_accounts"][0]
    assert list(account["custom_metadata"]) == ["z", "a"]


def test_a_dump_includes_attempts_sessions_and_customization(fake, tmp_path):
    attempt = fake.call("/workspaces/reset_sandbox")["action_attempt"]
    session = fake.call("/client_sessions/create", {"customer_key": "c1"})["client_session"]
    customization = {"connect_webview_customization": {"logo_shape": "square"}}
    fake.call("/workspaces/update", customization)

    fake.dump(tmp_path / "dump.json")
    fake.load(tmp_path / "dump.json")

    assert fake.call("/action_attempts/list")["action_attempts"] == [attempt]
    assert fake.call("/client_sessions/list")["client_sessions"] == [session]
    shown = fake.call("/workspaces/get")["workspace"]
    assert shown["connect_webview_customization"] == {"logo_shape": "square"}


def test_a_dump_is_json_that_names_its_schema(tmp_path):
    used_fake().dump(tmp_path / "state.json")

    assert json.loads((tmp_path / "state.json").read_text("utf-8"))["fakeseam_schema"] == 7


def test_a_dump_replaces_an_earlier_one_and_leaves_no_other_file(tmp_path):
    path = tmp_path / "state.json"
    FakeSeam(seed=9).dump(path)
    used_fake().dump(path)

    other = FakeSeam()
    other.load(path)

    assert len(other.call("/connect_webviews/list")["connect_webviews"]) == 2
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


# Reset


def test_a_reset_fake_is_like_a_new_one():
    fake = used_fake()
    fake.clock.advance(60)

    fake.reset()

    assert fake.snapshot() == FakeSeam(now=NOW).snapshot()
    assert fake.connect_account() == FakeSeam(now=NOW).connect_account()


def test_a_given_key_and_workspace_id_survive_a_reset():
    key, workspace_id = "seam_test_mine", "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
    fake = FakeSeam(api_key=key, workspace_id=workspace_id)

    fake.reset()

    assert (fake.api_key, fake.workspace_id) == (key, workspace_id)
    assert fake.call("/workspaces/get")["workspace"]["workspace_id"] == workspace_id


def test_a_reset_fake_has_the_seed_that_it_was_created_with(tmp_path):
    FakeSeam(seed=7).dump(tmp_path / "seven.json")
    fake = FakeSeam(seed=5)
    fake.load(tmp_path / "seven.json")

    fake.reset()

    assert (fake.seed, fake.workspace_id) == (5, FakeSeam(seed=5).workspace_id)
