"""``--load`` with dumps, seed files and functions; anything else is a message."""

from __future__ import annotations

import json
import sys

import pytest

from fakeseam import FakeSeam

HOTEL = {
    "fakeseam_seed": 1,
    "steps": [{"connect_account": {"email": "jane@example.com"}}],
}
MODULE = """
def office(fake):
    fake.connect_account(email="john@example.com")

class Office:
    @staticmethod
    def staff(fake):
        pass

nothing = 5
"""


def test_the_records_of_a_dump_are_there_with_its_key(serve, tmp_path):
    fake = FakeSeam(seed=5)
    account = fake.connect_account(email="jane@example.com")
    fake.dump(tmp_path / "state.json")

    serving = serve("--load", "state.json")

    _, body = serving.call("/connected_accounts/list")
    assert serving.key == fake.api_key
    assert body["connected_accounts"] == [account]


def test_a_file_that_is_missing_is_a_message(run_main):
    done = run_main("serve", "--load", "nowhere.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: There is no file 'nowhere.json'. Create a dump with fake.dump(), or write a"
        " seed file by hand.\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Expecting value, line 1 column 1"),
        (b"{\nx", "Expecting property name enclosed in double quotes, line 2 column 1"),
        (b"\xff\xfe\x00", "not UTF-8 text ('utf-8' codec can't decode byte 0xff in"
         " position 0: invalid start byte)"),
    ],
)
def test_a_file_that_is_not_json_is_a_message(run_main, tmp_path, content, message):
    (tmp_path / "state.json").write_bytes(content)

    done = run_main("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"fakeseam: 'state.json' is not JSON: {message}\n"


@pytest.mark.parametrize("cut", ["store", "seed", "api_key", "workspace_id"])
def test_a_damaged_dump_is_a_message_that_says_where(run_main, tmp_path, cut):
    FakeSeam().dump(tmp_path / "state.json")
    state = json.loads((tmp_path / "state.json").read_text())
    del state[cut]
    (tmp_path / "state.json").write_text(json.dumps(state))

    done = run_main("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"fakeseam: 'state.json' is a damaged dump: KeyError({cut!r})\n"


def test_a_file_of_another_schema_is_a_message_that_names_both(run_main, tmp_path):
    (tmp_path / "state.json").write_text('{"fakeseam_schema": 1}')

    done = run_main("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: 'state.json' has schema 1, but this fakeseam reads schema 7. Create the dump"
        " again with fake.dump().\n"
    )


@pytest.mark.parametrize("content", ["{}", "[]", "null"])
def test_a_file_that_is_neither_dump_nor_seed_is_a_message_that_shows_both(
    run_main, tmp_path, content
):
    (tmp_path / "state.json").write_text(content)

    done = run_main("serve", "--load", "state.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: 'state.json' is neither a dump nor a seed file. A dump, written by"
        ' fake.dump(), has "fakeseam_schema". A seed file is {"fakeseam_seed": 1, "steps":'
        " [...]}.\n"
    )


def test_a_folder_is_a_message(run_main):
    done = run_main("serve", "--load", ".")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


# Seed files and functions


@pytest.fixture
def files(tmp_path):
    (tmp_path / "hotel.json").write_text(json.dumps(HOTEL))
    (tmp_path / "worlds.py").write_text(MODULE)


def emails(serving):
    _, body = serving.call("/connected_accounts/list")
    return [one["user_identifier"]["email"] for one in body["connected_accounts"]]


def test_what_a_seed_file_creates_is_there(serve, files):
    assert emails(serve("--load", "hotel.json")) == ["jane@example.com"]


def test_what_a_function_creates_is_there(serve, files):
    assert emails(serve("--load", "worlds:office")) == ["john@example.com"]


def test_several_are_loaded_in_order(serve, files):
    serving = serve("--load", "worlds:office", "--load", "hotel.json")

    assert emails(serving) == ["john@example.com", "jane@example.com"]


def test_exec_loads_them_too(command, files):
    count = (
        "import json, os, urllib.request as u; print(u.urlopen(u.Request("
        "os.environ['SEAM_ENDPOINT'] + '/connected_accounts/list', headers={'Authorization': "
        "'Bearer ' + os.environ['SEAM_API_KEY']})).read().decode().count('@example.com'))"
    )

    done = command("exec", "--load", "hotel.json", "--load", "worlds:office", "--",
                   sys.executable, "-c", count)

    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("wrlds:office", "'wrlds:office': cannot import 'wrlds': ModuleNotFoundError("),
        ("worlds:offce", "'worlds:offce': no function 'offce' in worlds; nearest: office"),
        ("worlds:nothing", "'worlds:nothing': no function 'nothing' in worlds; nearest: "),
        ("hotels.json", "There is no file 'hotels.json'. Files in that folder: hotel.json."),
    ],
)
def test_what_cannot_be_loaded_is_a_message(run_main, files, given, message):
    done = run_main("serve", "--load", given)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"fakeseam: {message}")
    assert "Traceback" not in done.stderr


def test_a_refused_step_is_a_message_with_file_and_number(run_main, tmp_path):
    steps = [*HOTEL["steps"], {"connect_account": {"provider": "agust"}}]
    (tmp_path / "hotel.json").write_text(json.dumps({**HOTEL, "steps": steps}))

    done = run_main("serve", "--load", "hotel.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: 'hotel.json', step 2, connect_account: no provider 'agust'; nearest: august,"
        " guesty\n"
    )
