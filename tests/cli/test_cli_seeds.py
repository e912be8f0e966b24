"""``--load`` with seed files and functions: what they make is there when the server is ready."""

from __future__ import annotations

import json
import sys

import pytest

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


@pytest.fixture
def files(tmp_path):
    (tmp_path / "hotel.json").write_text(json.dumps(HOTEL))
    (tmp_path / "worlds.py").write_text(MODULE)


def emails(serving):
    _, body = serving.call("/connected_accounts/list")
    return [one["user_identifier"]["email"] for one in body["connected_accounts"]]


def test_what_a_seed_file_makes_is_there(serve, files):
    assert emails(serve("--load", "hotel.json")) == ["jane@example.com"]


def test_what_a_function_makes_is_there(serve, files):
    assert emails(serve("--load", "worlds:office")) == ["john@example.com"]


def test_several_are_loaded_in_order(serve, files):
    serving = serve("--load", "worlds:office", "--load", "hotel.json")

    assert emails(serving) == ["john@example.com", "jane@example.com"]


def test_exec_takes_them_too(command, files):
    ask = (
        "import json, os, urllib.request as u; print(u.urlopen(u.Request("
        "os.environ['SEAM_ENDPOINT'] + '/connected_accounts/list', headers={'Authorization': "
        "'Bearer ' + os.environ['SEAM_API_KEY']})).read().decode().count('@example.com'))"
    )

    done = command("exec", "--load", "hotel.json", "--load", "worlds:office", "--",
                   sys.executable, "-c", ask)

    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("wrlds:office", "'wrlds:office': cannot import 'wrlds': ModuleNotFoundError("),
        ("worlds:offce", "'worlds:offce': no function 'offce' in worlds; nearest: office"),
        ("worlds:nothing", "'worlds:nothing': no function 'nothing' in worlds; nearest: "),
        ("hotels.json", "no file 'hotels.json' to load; in that folder there is hotel.json"),
    ],
)
def test_what_cannot_be_loaded_is_a_message(command, files, given, told):
    done = command("serve", "--load", given)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"fakeseam: {told}")
    assert "Traceback" not in done.stderr


def test_a_refused_step_is_a_message_with_file_and_number(command, tmp_path):
    steps = [*HOTEL["steps"], {"connect_account": {"provider": "agust"}}]
    (tmp_path / "hotel.json").write_text(json.dumps({**HOTEL, "steps": steps}))

    done = command("serve", "--load", "hotel.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: 'hotel.json', step 2, connect_account: no provider 'agust'; nearest: august,"
        " guesty\n"
    )
