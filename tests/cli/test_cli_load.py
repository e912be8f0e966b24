"""``fakeseam serve --load FILE``: what a dump holds is there; anything else is a message."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam


def test_what_a_dump_holds_is_there_under_the_key_it_had(serve, tmp_path):
    fake = FakeSeam(seed=5)
    account = fake.connect_account(email="jane@example.com")
    fake.dump(tmp_path / "state.json")

    serving = serve("--load", "state.json")

    _, body = serving.call("/connected_accounts/list")
    assert serving.key == fake.api_key
    assert body["connected_accounts"] == [account]


def test_a_file_that_is_missing_is_a_message(command):
    done = command("serve", "--load", "nowhere.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: no file 'nowhere.json' to load; fake.dump() writes one, and a seed file is"
        " written by hand\n"
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Expecting value, line 1 column 1"),
        (b"{\nx", "Expecting property name enclosed in double quotes, line 2 column 1"),
        (b"\xff\xfe\x00", "it is no text in UTF-8 ('utf-8' codec can't decode byte 0xff in"
         " position 0: invalid start byte)"),
    ],
)
def test_a_file_that_is_no_json_is_a_message(command, tmp_path, content, told):
    (tmp_path / "state.json").write_bytes(content)

    done = command("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"fakeseam: 'state.json' is no JSON: {told}\n"


@pytest.mark.parametrize("cut", ["store", "seed", "api_key", "workspace_id"])
def test_a_damaged_dump_is_a_message_that_says_where(command, tmp_path, cut):
    FakeSeam().dump(tmp_path / "state.json")
    state = json.loads((tmp_path / "state.json").read_text())
    del state[cut]
    (tmp_path / "state.json").write_text(json.dumps(state))

    done = command("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"fakeseam: 'state.json' is a damaged dump: KeyError({cut!r})\n"


def test_a_file_of_another_schema_is_a_message_that_names_both(command, tmp_path):
    (tmp_path / "state.json").write_text('{"fakeseam_schema": 1}')

    done = command("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: 'state.json' has schema 1, this fakeseam reads schema 4: make it anew with"
        " fake.dump()\n"
    )


@pytest.mark.parametrize("content", ["{}", "[]", "null"])
def test_a_file_that_is_neither_dump_nor_seed_is_a_message_that_shows_both(
    command, tmp_path, content
):
    (tmp_path / "state.json").write_text(content)

    done = command("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: 'state.json' is neither a dump nor a seed file: fake.dump() writes the one,"
        ' with a "fakeseam_schema"; the other is {"fakeseam_seed": 1, "steps": [...]}\n'
    )


def test_a_folder_is_a_message(command):
    done = command("serve", "--load", ".")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
