"""A dump with something wrong in it: refused by name, and the fake is as it was."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam, MisuseError

NOW = "2026-01-01T00:00:00Z"


def lived():
    fake = FakeSeam(now=NOW)
    account = fake.connect_account(email="jane@example.com", custom_metadata={"a": "1"})
    fake.disconnect_account(account)
    return fake


def damage(dumped, how):
    store = dumped["store"]
    account = store["tables"]["connected_accounts"]["records"][0]
    if how == "no store":
        del dumped["store"]
    elif how == "no seed":
        del dumped["seed"]
    elif how == "no tables":
        store["tables"] = {}
    elif how == "no records":
        store["tables"]["workspaces"]["records"] = None
    elif how == "a record of text":
        store["tables"]["workspaces"]["records"] = ["text"]
    elif how == "a counter without its name":
        store["counters"] = [5]
    elif how == "an unknown field":
        account["colour"] = "red"
    elif how == "a missing field":
        del account["errors"]
    elif how == "metadata as a list":
        account["custom_metadata"] = [1]
    elif how == "metadata of numbers":
        account["custom_metadata"] = {"a": 1}
    elif how == "a moment that is none":
        account["created_at"] = "noon"
    elif how == "text for a flag":
        store["tables"]["workspaces"]["records"][0]["is_sandbox"] = "yes"
    elif how == "a record that is there twice":
        store["tables"]["connected_accounts"]["records"] *= 2
    elif how == "a device of its own without a name":
        account["own_devices"] = [{"nickname": "Cellar"}]
    elif how == "a negative count":
        store["counters"][0][-1] = -1
    elif how == "a sync of nobody":
        sync = {"order": 0, "created_at": "2026-01-01T00:00:00.000Z", "workspace_id":
                dumped["workspace_id"], "connected_account_id": "nobody"}
        store["tables"]["due_syncs"]["records"] = [sync]
    elif how == "a seed of text":
        dumped["seed"] = "5"
    elif how == "another schema":
        dumped["fakeseam_schema"] = 99
    return dumped


@pytest.mark.parametrize(
    "how",
    [
        "no store",
        "no seed",
        "no tables",
        "no records",
        "a record of text",
        "a counter without its name",
        "an unknown field",
        "a missing field",
        "metadata as a list",
        "metadata of numbers",
        "a moment that is none",
        "text for a flag",
        "a record that is there twice",
        "a device of its own without a name",
        "a negative count",
        "a sync of nobody",
        "a seed of text",
        "another schema",
    ],
)
def test_a_damaged_dump_is_refused_and_the_fake_is_as_before(tmp_path, how):
    path = tmp_path / "state.json"
    lived().dump(path)
    path.write_text(json.dumps(damage(json.loads(path.read_text("utf-8")), how)))
    fake = FakeSeam(now=NOW)
    before, key = fake.snapshot(), fake.api_key

    with pytest.raises(MisuseError, match="state.json"):
        fake.load(path)

    assert fake.snapshot() == before
    assert fake.api_key == key


@pytest.mark.parametrize("text", ["", "no json", "[]", "5", "null", "{}"])
def test_a_file_that_is_no_dump_is_refused(tmp_path, text):
    path = tmp_path / "state.json"
    path.write_text(text)

    with pytest.raises(MisuseError, match="state.json"):
        FakeSeam().load(path)


def test_a_missing_file_is_told_how_to_make_one(tmp_path):
    with pytest.raises(MisuseError, match=r"no file '.*none.json' to load; fake.dump\(\) writes"):
        FakeSeam().load(tmp_path / "none.json")
