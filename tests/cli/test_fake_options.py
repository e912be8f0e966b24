"""Options that say how the fake of `serve` and `exec` begins: seed, key, time, strictness."""

from __future__ import annotations

import http.client
import re
import signal
import sys

import pytest

from fakeseam import FakeSeam

KEY = ["exec", "--", sys.executable, "-c", "import os; print(os.environ['SEAM_API_KEY'])"]


def exec_with(*options):
    return [KEY[0], *options, *KEY[1:]]


def calling(path):
    """A program that makes one call as the app."""
    code = (
        "import os, urllib.request as u\n"
        "e = os.environ\n"
        f"r = u.Request(e['SEAM_ENDPOINT'] + {path!r}, b'{{}}',"
        " {'Authorization': 'Bearer ' + e['SEAM_API_KEY'], 'Content-Type': 'application/json'})\n"
        "try: u.urlopen(r).close()\n"
        "except u.HTTPError as e: e.close()\n"
    )
    return [sys.executable, "-c", code]


def test_two_runs_have_different_keys(command):
    first, second = command(*KEY), command(*KEY)

    assert first.stdout.startswith("seam_")
    assert first.stdout != second.stdout


def test_two_servers_have_different_keys(serve):
    assert serve().key != serve().key


def test_a_seed_makes_the_same_key_as_in_python(command):
    assert command(*exec_with("--seed", 7)).stdout == f"{FakeSeam(seed=7).api_key}\n"


def test_a_key_can_be_given(serve):
    serving = serve("--api-key", "seam_mine")

    assert serving.key == "seam_mine"
    assert serving.call("/devices/list")[0] == 200


@pytest.mark.parametrize("given", [["--api-key", "seam_mine"], ["--now", "2026-01-01T00:00:00Z"]])
def test_with_a_given_key_or_time_all_else_is_the_same_each_time(serve, given):
    ids = {serve(*given).call("/workspaces/get")[1]["workspace"]["workspace_id"] for _ in "ab"}

    assert ids == {FakeSeam().workspace_id}


def test_the_clock_can_be_stopped(serve):
    serving = serve("--now", "2026-01-01T12:00:00Z")

    _, body = serving.call("/connect_webviews/create")
    assert body["connect_webview"]["created_at"] == "2026-01-01T12:00:00.000Z"


def test_the_key_of_a_worker_has_the_same_seed_and_time(serve):
    serving = serve("--seed", 7, "--now", "2026-01-01T12:00:00Z")

    _, body = serving.call("/connect_webviews/create", key="seam_fake_w1")
    assert body["connect_webview"]["created_at"] == "2026-01-01T12:00:00.000Z"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (["--seed", "x"], "argument --seed: invalid int value: 'x'"),
        (["--now", "noon"], "now= takes a datetime or ISO text"),
        (["--api-key", "mine"], "api_key"),
    ],
)
def test_a_wrong_value_is_a_message_and_exit_code_2(run_main, option, message):
    ended = run_main(*exec_with(*option))

    assert ended.returncode == 2
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


# Strict


def test_a_strict_command_that_does_what_it_may_succeeds(command):
    ended = command("exec", "--strict", "--", *calling("/devices/list"))

    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_strict_command_fails_with_the_list(command):
    ended = command("exec", "--strict", "--", *calling("/thermostats/list"))

    assert ended.returncode == 1
    assert "Strict mode" in ended.stderr
    assert "POST /thermostats/list: not implemented by fakeseam" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_strict_the_same_command_succeeds(command):
    ended = command("exec", "--", *calling("/thermostats/list"))

    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_strict_command_that_fails_keeps_its_exit_code(command):
    program = calling("/thermostats/list")
    program[-1] += "raise SystemExit(3)\n"

    ended = command("exec", "--strict", "--", *program)

    assert ended.returncode == 3
    assert "POST /thermostats/list" in ended.stderr


def test_the_fake_of_a_worker_is_strict_too(command):
    program = calling("/thermostats/list")
    program[-1] = program[-1].replace("e['SEAM_API_KEY']", "'seam_fake_w1'")

    ended = command("exec", "--strict", "--", *program)

    assert ended.returncode == 1
    assert "fakeseam (of the key seam_fake_w1): Strict mode" in ended.stderr


def test_the_violations_of_a_worker_that_has_closed_its_fake_are_listed(command):
    program = calling("/thermostats/list")
    program[-1] = program[-1].replace("e['SEAM_API_KEY']", "'seam_fake_w1'")
    close = calling("/_fakeseam/close")[-1].replace("e['SEAM_API_KEY']", "'seam_fake_w1'")
    program[-1] += close

    ended = command("exec", "--strict", "--", *program)

    assert ended.returncode == 1
    assert "POST /thermostats/list" in ended.stderr


def test_a_strict_server_fails_with_the_list_at_its_end(serve):
    serving = serve("--strict", "--quiet")
    serving.call("/thermostats/list")

    code, _ = serving.stop(signal.SIGTERM)

    assert code == 1
    assert "POST /thermostats/list: not implemented by fakeseam" in serving.errors.read_text()


# From other machines


def test_a_server_for_every_address_warns_in_one_line(start):
    process = start("serve", "--host", "0.0.0.0", "--quiet")
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate()

    (line,) = errors.splitlines()
    warning = r"fakeseam: every machine that reaches port \d+ can control this fake"
    assert re.fullmatch(warning, line)


# A log that nobody reads


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_full_pipe_stops_neither_an_answer_nor_a_signal(start, number):
    process = start("serve")
    port = int(process.stdout.readline().split()[3].rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(200):  # each line has a kilobyte, and a pipe holds 64
        connection.request("GET", "/" + "x" * 1000)
        connection.getresponse().read()
    connection.close()

    process.send_signal(number)

    assert process.wait(30) == 0


def test_a_signal_ends_a_server_whose_own_function_does_not_return(start, tmp_path):
    (tmp_path / "worlds.py").write_text(
        "import threading\n\ndef stuck(fake):\n"
        "    print('stuck', flush=True)\n    threading.Event().wait()\n"
    )
    process = start("serve", "--load", "worlds:stuck")
    assert process.stdout.readline() == "stuck\n"

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 128 + signal.SIGTERM


@pytest.mark.parametrize("key", ["e['SEAM_API_KEY']", "'seam_fake_w1'"])
def test_the_violations_from_before_a_reset_are_listed(command, key):
    program = calling("/thermostats/list")
    program[-1] += calling("/_fakeseam/reset")[-1] + calling("/devices/list")[-1]
    program[-1] = program[-1].replace("e['SEAM_API_KEY']", key)
    caught = "except u.HTTPError as e: e.close()"
    program[-1] = program[-1].replace(caught, "except u.HTTPError: 0")

    ended = command("exec", "--strict", "--", *program)

    assert ended.returncode == 1
    assert ended.stderr.count("POST /thermostats/list") == 1
