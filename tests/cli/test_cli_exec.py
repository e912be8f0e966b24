"""``fakeseam exec -- CMD``: a command against a fresh fake."""

from __future__ import annotations

import json
import os
import signal
import sys

import pytest

from fakeseam import FakeSeam

SHOW = (
    "import json, os;"
    " print(json.dumps({n: t for n, t in os.environ.items() if n.startswith('SEAM_')}))"
)
APP = """
from seam import Seam

seam = Seam()
webview = seam.connect_webviews.create(provider_category="stable")
print(seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id).status)
"""
UNTIL_TOLD = "import os, sys; print(os.getpid(), flush=True); sys.exit(int(input()))"
# Blocked and waited for: a signal that came between two lines would be missed by a handler.
UNTIL_ASKED_NICELY = """
import signal, sys

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
print("up", flush=True)
signal.sigwait({signal.SIGTERM})
sys.exit(7)
"""
SIGTERM_AT_ONCE = """
import os, signal, subprocess, sys
from fakeseam.__main__ import main

class Popen(subprocess.Popen):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGTERM)

subprocess.Popen = Popen
sys.exit(main())
"""


def python(code):
    return ["--", sys.executable, "-c", code]


def test_the_command_finds_the_endpoint_and_the_key(command):
    done = command("exec", *python(SHOW))

    found = json.loads(done.stdout)
    assert found.keys() == {"SEAM_ENDPOINT", "SEAM_API_KEY"}
    assert found["SEAM_ENDPOINT"].startswith("http://127.0.0.1:")
    assert found["SEAM_API_KEY"].startswith("seam_")


def test_variables_that_were_set_before_are_replaced_or_removed(command):
    before = {
        "SEAM_ENDPOINT": "https://connect.getseam.com",
        "SEAM_API_KEY": "seam_of_production",
        "SEAM_API_URL": "https://connect.getseam.com",
        "SEAM_PERSONAL_ACCESS_TOKEN": "seam_at_of_production",
        "SEAM_WORKSPACE_ID": "the one of production",
    }

    done = command("exec", *python(SHOW), environ=before)

    found = json.loads(done.stdout)
    assert found.keys() == {"SEAM_ENDPOINT", "SEAM_API_KEY"}
    assert not set(found.values()) & set(before.values())


def test_other_variables_stay(command):
    code = "import os; print(os.environ['MINE'])"

    done = command("exec", *python(code), environ={"MINE": "still here"})

    assert done.stdout == "still here\n"


def test_an_app_with_the_official_sdk_talks_to_the_fake_unchanged(command):
    done = command("exec", *python(APP))

    assert (done.returncode, done.stdout) == (0, "pending\n")


@pytest.mark.parametrize("code", [0, 1, 42])
def test_the_exit_code_is_that_of_the_command(command, code):
    done = command("exec", *python(f"raise SystemExit({code})"))

    assert done.returncode == code


def test_a_command_that_a_signal_ended_gives_what_a_shell_would(command):
    done = command("exec", *python("import os; os.kill(os.getpid(), 9)"))

    assert done.returncode == 128 + 9


def test_input_and_output_are_those_of_the_command(command):
    code = "import sys; print(input().upper()); print('beside', file=sys.stderr)"

    done = command("exec", *python(code), input="hello\n")

    assert (done.stdout, done.stderr) == ("HELLO\n", "beside\n")


def test_the_two_dashes_may_be_left_out(command):
    done = command("exec", sys.executable, "-c", "print('here')")

    assert done.stdout == "here\n"


def test_dashes_and_options_of_the_command_are_its_own(command):
    code = "import sys; print(sys.argv[1:])"

    done = command("exec", *python(code), "--", "--rule", "a=b", "--help")

    assert done.stdout == "['--', '--rule', 'a=b', '--help']\n"


def test_a_rule_takes_effect(command):
    code = """
from seam import Seam
from seam.exceptions import SeamHttpApiError

try:
    Seam().connected_accounts.get(connected_account_id="mine")
except SeamHttpApiError as error:
    print(error.status_code)
"""

    done = command("exec", "--rule", "lenient_ids=true", *python(code))

    assert done.stdout == "404\n"


def test_a_dump_is_loaded(command, tmp_path):
    fake = FakeSeam()
    fake.dump(tmp_path / "state.json")

    done = command("exec", "--load", "state.json", *python(SHOW))

    assert json.loads(done.stdout)["SEAM_API_KEY"] == fake.api_key


def test_an_unknown_command_is_a_message_and_exit_code_127(command):
    done = command("exec", "--", "no-such-command", "--help")

    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr == (
        "fakeseam: cannot run 'no-such-command': No such file or directory\n"
    )


def test_a_command_that_is_none_is_a_message_and_exit_code_126(command, tmp_path):
    (tmp_path / "notes.txt").write_text("no program")

    done = command("exec", "--", "./notes.txt")

    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == "fakeseam: cannot run './notes.txt': Permission denied\n"


@pytest.mark.parametrize("nothing", [[], ["--"]])
def test_no_command_is_a_message_and_exit_code_2(command, nothing):
    done = command("exec", *nothing)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: exec needs a command: fakeseam exec -- pytest tests\n"
    )


def test_a_bad_rule_is_told_before_the_command_runs(command):
    done = command("exec", "--rule", "metadata_update=mix", *python("print('ran')"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "choose one of replace, merge" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_sigterm_and_sighup_end_the_command_too(start, number):
    process = start("exec", *python(UNTIL_TOLD))
    child = int(process.stdout.readline())

    process.send_signal(number)
    code = process.wait()

    assert code == 128 + number
    assert process.stderr.read() == ""
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_sigterm_ends_a_command_that_has_only_just_begun(start):
    process = start("exec", *python(UNTIL_TOLD), program=("-c", SIGTERM_AT_ONCE))

    code = process.wait()

    assert code == 128 + signal.SIGTERM


def test_a_command_may_end_in_its_own_way_when_it_gets_sigterm(start):
    process = start("exec", *python(UNTIL_ASKED_NICELY))
    assert process.stdout.readline() == "up\n"

    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate()

    assert (process.returncode, errors) == (7, "")


def test_sigint_is_left_to_the_command_which_the_terminal_tells_too(start):
    process = start("exec", *python(UNTIL_TOLD))
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, errors = process.communicate("5\n")

    assert (process.returncode, errors) == (5, "")
