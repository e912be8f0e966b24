"""The lists that ``fakeseam`` prints, and what all commands have in common."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from fakeseam.cli.main import main

# Counted in Seam's OpenAPI, its paths that are not marked undocumented, and in the newest SDK.
DOCUMENTED = 207

SAME_OUTPUT = [
    *([name] for name in ("endpoints", "states", "logins", "control-api", "--version", "--help")),
    ["serve", "--help"],
]

ROW = re.compile(r"(implemented|partly|not implemented) +(/[a-z_/]+)(?:  \((.+)\))?")


@pytest.fixture
def lines(capsys):
    """Runs a command in process; returns the lines it printed."""

    def lines(*arguments):
        assert main(arguments) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out.splitlines()

    return lines


@pytest.fixture
def unread():
    """The writing end of a pipe without a reader."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


def test_every_documented_path_is_listed_once(lines):
    *rows, _ = lines("endpoints")

    paths = {ROW.fullmatch(row)[2] for row in rows}
    assert len(rows) == len(paths) == DOCUMENTED


def test_the_closing_count_is_that_of_the_rows(lines):
    *rows, closing = lines("endpoints")

    counted = Counter(ROW.fullmatch(row)[1] for row in rows)
    assert closing == (
        f"{counted['implemented']} implemented, {counted['partly']} partly,"
        f" {counted['not implemented']} not implemented"
    )
    assert sum(map(int, re.findall(r"\d+", closing))) == DOCUMENTED


def test_a_partly_implemented_path_has_a_note(lines):
    *rows, _ = lines("endpoints")

    noted = {how for how, _, note in (ROW.fullmatch(row).groups() for row in rows) if note}
    partly = [row for row in rows if row.startswith("partly")]
    assert noted <= {"partly"}
    assert all(ROW.fullmatch(row)[3] for row in partly)


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/connect_webviews/create", "implemented"),
        ("/connected_accounts/delete", "implemented"),
        ("/thermostats/heat", "not implemented"),
    ],
)
def test_a_row_says_how_far_a_path_is_implemented(lines, path, how):
    *rows, _ = lines("endpoints")

    (row,) = (row for row in rows if row.split("  (")[0].endswith(f" {path}"))
    assert ROW.fullmatch(row)[1] == how


def test_control_endpoints_are_not_counted_as_seams(lines):
    assert not [row for row in lines("endpoints") if "/_fake" in row or "/health" in row]


def test_the_state_machines_are_printed_as_mermaid(lines):
    printed = lines("states")

    assert [line for line in printed if line.startswith("%%")] == [
        "%% connect_webview",
        "%% connected_account",
        "%% device",
        "%% access_code",
        "%% action_attempt",
        "%% delivery",
    ]
    assert printed.count("stateDiagram-v2") == 6
    assert "    pending --> authorized: login" in printed
    assert "    [*] --> connected: login (COPY custom_metadata)" in printed


def test_a_line_of_a_diagram_is_an_arrow_with_a_label(lines):
    arrows = [line for line in lines("states") if line.startswith(" ")]

    assert arrows
    assert all(re.fullmatch(r" {4}\S+ --> \S+: [A-Za-z_ ()]+", arrow) for arrow in arrows)


def cells(row):
    return row.strip("|").split("|")


def test_what_to_type_into_the_login_page_is_two_tables(lines):
    printed = lines("logins")

    blank = printed.index("")
    outcomes, brands = printed[:blank], printed[blank + 1:]
    assert {len(cells(row)) for row in outcomes} == {6}
    assert {len(cells(row)) for row in brands} == {2}
    assert [cells(row)[2].strip() for row in outcomes] == [
        "`error_code`",
        "---",
        "",
        "",
        "`invalid_credentials`",
        "`invalid_two_factor_code`",
        "`account_locked`",
        "`provider_unavailable`",
        "`account_already_associated_with_customer`",
        "`connect_webview_already_used`",
        "`unknown_error`",
    ]


@pytest.mark.parametrize(
    ("brand", "entries"),
    [
        (
            "August (`august`)",
            "1. step `region`: `region` (Region): `North America` or `Others`"
            "<br>2. step `account`: `email` (Email): jane@example.com, or any other address at"
            " example.com; `password` (Password): `1234`"
            "<br>3. step `method`: `two_factor_method` (Send the code by): `Email`"
            "<br>4. step `code`: `code` (Verification code): `123456`",
        ),
        ("Latch (`latch`)", "step `account`: only the button"),
        (
            "Hotek (`hotek`)",
            "step `account`: `site` (Site name): anything (filled in: `Fake Site`);"
            " `tcp_port` (TCP port): any (filled in: `4001`)",
        ),
    ],
)
def test_a_brands_row_has_the_names_of_steps_and_fields_and_what_works(lines, brand, entries):
    assert f"| {brand} | {entries} |" in lines("logins")


def test_every_brand_is_in_one_row(lines):
    brands = [key for row in lines("logins") for key in re.findall(r"\(`(\w+)`\)", row)]

    assert len(brands) == len(set(brands)) == 69


@pytest.mark.parametrize(
    ("command_name", "unbuffered"),
    [
        ("endpoints", ""),
        ("endpoints", "1"),
        ("states", ""),
        ("states", "1"),
        ("logins", "1"),
        ("control-api", ""),
    ],
)
def test_a_reader_that_stops_reading_is_not_an_error(unread, command_name, unbuffered):
    done = subprocess.run(
        [sys.executable, "-m", "fakeseam", command_name],
        stdout=unread,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", SAME_OUTPUT)
def test_the_module_and_the_script_are_the_same(command, arguments):
    script = Path(sys.executable).with_name("fakeseam")

    by_script = subprocess.run([script, *arguments], stdout=subprocess.PIPE, text=True)

    by_module = command(*arguments)
    assert by_module.returncode == by_script.returncode == 0
    assert by_module.stdout == by_script.stdout


def test_without_a_command_it_prints_its_help_and_how_to_start(command):
    done = command()

    assert (done.returncode, done.stdout) == (2, "")
    assert "fakeseam serve --port 4000" in done.stderr
    assert "fakeseam exec -- npm test" in done.stderr


def test_it_prints_its_version(lines):
    (line,) = lines("--version")

    assert re.fullmatch(r"fakeseam \d+\.\d+\.\d+\S*", line)


@pytest.mark.parametrize("arguments", [[], ["sevre"], ["serve", "--prot", "1"], ["states", "x"]])
def test_an_invalid_command_line_prints_the_usage_with_exit_code_2(run_main, arguments):
    done = run_main(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: fakeseam")
