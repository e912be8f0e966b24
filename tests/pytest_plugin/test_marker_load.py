"""``load=`` of the marker: dumps, seed files and functions, in the fake before the test begins."""

from __future__ import annotations

import json

import pytest

HOTEL = {
    "fakeseam_seed": 1,
    "steps": [
        {"connect_account": {"email": "jane@example.com"}, "as": "jane"},
        {"disconnect_account": {"connected_account_id": {"$id": "jane"}}},
    ],
}
HEAD = """
import pytest

def emails(fake):
    listed = fake.call("/connected_accounts/list")["connected_accounts"]
    return [one["user_identifier"]["email"] for one in listed]

def office(fake):
    fake.connect_account(email="john@example.com")
"""


@pytest.fixture
def folder(pytester, write):
    """Writes the test file in a folder of its own, with hotel.json in it."""

    def folder(text):
        made = pytester.mkdir("tests")
        (made / "hotel.json").write_text(json.dumps(HOTEL))
        write(HEAD, text).rename(made / "test_it.py")
        return made

    return folder


@pytest.mark.parametrize(
    ("load", "found"),
    [
        ('"hotel.json"', ["jane@example.com"]),
        ("office", ["john@example.com"]),
        ('["hotel.json", office]', ["jane@example.com", "john@example.com"]),
        ('(office, "hotel.json")', ["john@example.com", "jane@example.com"]),
        ('{"fakeseam_seed": 1, "steps": [{"connect_account": {"email": "x@example.com"}}]}',
         ["x@example.com"]),
        ("None", []),
    ],
)
@pytest.mark.parametrize("mode", ["", "fakeseam_env = session"])
def test_what_is_loaded_is_there(folder, run, ini, load, found, mode):
    ini(mode)
    folder(
        f"""
        @pytest.mark.fakeseam(load={load})
        def test_it(fakeseam):
            assert len(fakeseam.requests) == 0
            assert emails(fakeseam) == {found}
        """
    )

    run().assert_outcomes(passed=1)


def test_the_rules_of_the_marker_hold_for_what_is_loaded(folder, run):
    folder(
        """
        @pytest.mark.fakeseam(load="hotel.json", defer_sync=True, now="2026-01-01T00:00:00Z")
        def test_it(fakeseam):
            assert fakeseam.call("/devices/list")["devices"] == []
            fakeseam.events.assert_not_emitted("device.added")
        """
    )

    run().assert_outcomes(passed=1)


def test_every_test_has_its_own(folder, run):
    folder(
        """
        @pytest.mark.fakeseam(load="hotel.json")
        @pytest.mark.parametrize("time", range(2))
        def test_it(fakeseam, time):
            office(fakeseam)
            assert emails(fakeseam) == ["jane@example.com", "john@example.com"]
        """
    )

    run().assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("load", "message"),
    [
        ('"hotels.json"', "MisuseError: There is no file '*hotels.json'. Files in that folder:"
         " hotel.json."),
        ("5", "MisuseError: fake.load() cannot load 5. Give it the path of a file, *"),
        ("lambda fake: 1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_what_cannot_be_loaded_is_an_error_of_the_test(folder, run, load, message):
    folder(
        f"""
        @pytest.mark.fakeseam(load={load})
        def test_it(fakeseam):
            pass
        """
    )

    result = run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"E *{message}"])
