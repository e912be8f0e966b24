"""``fakeseam exec -- CMD``: a command against a new fake."""

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
UNTIL_INPUT = "import os, sys; print(os.getpid(), flush=True); sys.exit(int(input()))"
# Blocked and waited for: a handler would miss a signal between two lines.
UNTIL_SIGTERM = """
import signal, sys

signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
print("up", flush=True)
signal.sigwait({signal.SIGTERM})
sys.exit(7)
"""
SIGTERM_AT_ONCE = """
import os, signal, subprocess, sys
from fakeseam.cli.main import main

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


def test_the_command_uses_no_proxy_for_the_fake(command):
    code = "import os; print(os.environ['NO_PROXY'], os.environ['no_proxy'])"

    done = command("exec", *python(code), environ={"NO_PROXY": "a.test", "no_proxy": "b.test"})

    assert done.stdout == "a.test,127.0.0.1,localhost b.test,127.0.0.1,localhost\n"


def test_other_variables_stay(command):
    code = "import os; print(os.environ['MINE'])"

    done = command("exec", *python(code), environ={"MINE": "still here"})

    assert done.stdout == "still here\n"


def test_an_app_with_the_official_sdk_uses_the_fake_unchanged(command):
    done = command("exec", *python(APP))

    assert (done.returncode, done.stdout) == (0, "pending\n")


@pytest.mark.parametrize("code", [0, 1, 42])
def test_the_exit_code_is_that_of_the_command(command, code):
    done = command("exec", *python(f"raise SystemExit({code})"))

    assert done.returncode == code


def test_a_command_ended_by_a_signal_has_the_exit_code_of_a_shell(command):
    done = command("exec", *python("import os; os.kill(os.getpid(), 9)"))

    assert done.returncode == 128 + 9


def test_input_and_output_are_those_of_the_command(command):
    code = "import sys; print(input().upper()); print('error', file=sys.stderr)"

    done = command("exec", *python(code), input="hello\n")

    assert (done.stdout, done.stderr) == ("HELLO\n", "error\n")


def test_the_two_dashes_may_be_left_out(command):
    done = command("exec", sys.executable, "-c", "print('here')")

    assert done.stdout == "here\n"


def test_dashes_and_options_of_the_command_are_its_own(command):
    code = "import sys; print(sys.argv[1:])"

    done = command("exec", *python(code), "--", "--rule", "a=b", "--help")

    assert done.stdout == "['--', '--rule', 'a=b', '--help']\n"


def test_a_rule_takes_effect(command):
    code = """
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

url = os.environ["SEAM_ENDPOINT"] + "/connected_accounts/get?connected_account_id=mine"
try:
    urlopen(Request(url, headers={"Authorization": "Bearer " + os.environ["SEAM_API_KEY"]}))
except HTTPError as error:
    print(error.code)
"""

    done = command("exec", "--rule", "lenient_ids=true", *python(code))

    assert done.stdout == "404\n"


def test_a_dump_is_loaded(command, tmp_path):
    fake = FakeSeam()
    fake.dump(tmp_path / "state.json")

    done = command("exec", "--load", "state.json", *python(SHOW))

    assert json.loads(done.stdout)["SEAM_API_KEY"] == fake.api_key


def test_an_unknown_command_is_a_message_and_exit_code_127(run_main):
    done = run_main("exec", "--", "no-such-command", "--help")

    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr == (
        "fakeseam: cannot run 'no-such-command': No such file or directory\n"
    )


def test_a_file_that_is_not_a_program_is_a_message_and_exit_code_126(run_main, tmp_path):
    (tmp_path / "notes.txt").write_text("no program")

    done = run_main("exec", "--", "./notes.txt")

    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == "fakeseam: cannot run './notes.txt': Permission denied\n"


@pytest.mark.parametrize("nothing", [[], ["--"]])
def test_no_command_is_a_message_and_exit_code_2(run_main, nothing):
    done = run_main("exec", *nothing)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "fakeseam: exec needs a command: fakeseam exec -- pytest tests\n"
    )


def test_an_invalid_rule_is_a_message_before_the_command_runs(run_main):
    done = run_main("exec", "--rule", "metadata_update=mix", *python("print('ran')"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "choose one of replace, merge" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_sigterm_and_sighup_end_the_command_too(start, number):
    process = start("exec", *python(UNTIL_INPUT))
    child = int(process.stdout.readline())

    process.send_signal(number)
    code = process.wait()

    assert code == 128 + number
    assert process.stderr.read() == ""
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_sigterm_ends_a_command_that_has_just_started(start):
    process = start("exec", *python(UNTIL_INPUT), program=("-c", SIGTERM_AT_ONCE))

    code = process.wait()

    assert code == 128 + signal.SIGTERM


def test_a_command_may_end_in_its_own_way_when_it_gets_sigterm(start):
    process = start("exec", *python(UNTIL_SIGTERM))
    assert process.stdout.readline() == "up\n"

    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate()

    assert (process.returncode, errors) == (7, "")


def test_sigint_is_left_to_the_command_as_the_terminal_sends_it_there_too(start):
    process = start("exec", *python(UNTIL_INPUT))
    process.stdout.readline()

    process.send_signal(signal.SIGINT)
    _, errors = process.communicate("5\n")

    assert (process.returncode, errors) == (5, "")
