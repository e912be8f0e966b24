"""Strict mode: no answer changes, but a test whose app asked wrongly fails at its end."""

from __future__ import annotations

import pytest

ASKS_WRONGLY = """
import pytest
from fakeseam import ApiError

def ask(fakeseam, path, **params):
    try:
        return fakeseam.call(path, params)
    except ApiError as error:
        return error.status

def test_unknown_parameter(fakeseam):
    assert ask(fakeseam, "/connect_webviews/create", colour="red")["ok"]

def test_unknown_path(fakeseam):
    assert ask(fakeseam, "/connect_webview/create") == 404

def test_not_modelled(fakeseam):
    assert ask(fakeseam, "/thermostats/heat") == 501

def test_nothing_wrong(fakeseam):
    assert ask(fakeseam, "/connect_webviews/create")["ok"]
    assert ask(fakeseam, "/connect_webviews/get", connect_webview_id="none") == 400
"""


def test_without_it_an_app_may_ask_for_anything(write, run):
    write(ASKS_WRONGLY)

    run().assert_outcomes(passed=4)


@pytest.mark.parametrize("value", ["true", "1", "on"])
def test_the_ini_option_fails_whatever_the_app_made_of_the_answer(write, ini, run, value):
    ini(f"fakeseam_strict = {value}")
    write(ASKS_WRONGLY)

    result = run()

    result.assert_outcomes(passed=4, errors=3)
    result.stdout.fnmatch_lines_random(
        [
            "*ERROR at teardown of test_unknown_parameter*",
            "E *  /connect_webviews/create: unknown parameter 'colour'",
            "*ERROR at teardown of test_unknown_path*",
            "E *  POST /connect_webview/create: no such endpoint",
            "*ERROR at teardown of test_not_modelled*",
            "E *  POST /thermostats/heat: not modelled by fakeseam",
        ]
    )


def test_the_marker_makes_a_test_strict(write, run):
    write(ASKS_WRONGLY, "pytestmark = pytest.mark.fakeseam(strict=True)")

    run().assert_outcomes(passed=4, errors=3)


def test_the_marker_lets_a_test_off_the_ini_option(write, ini, run):
    ini("fakeseam_strict = true")
    write(ASKS_WRONGLY, "pytestmark = pytest.mark.fakeseam(strict=False)")

    run().assert_outcomes(passed=4)


def test_the_failure_lists_everything_once_in_the_order_it_came(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        def test_it(fakeseam):
            for params in ({"colour": "red"}, {"size": 3}, {"colour": "blue"}):
                fakeseam.call("/connect_webviews/create", params)
        """
    )

    result = run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "E *AssertionError: strict: the app asked for what it should not have:",
            "E *  /connect_webviews/create: unknown parameter 'colour'",
            "E *  /connect_webviews/create: unknown parameter 'size'",
        ],
        consecutive=True,
    )
    assert result.stdout.str().count("\nE ") == 3


def test_what_a_fixture_asks_when_it_ends_counts_too(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        import pytest

        @pytest.fixture
        def app(fakeseam):
            yield
            fakeseam.call("/connect_webviews/create", {"colour": "red"})

        def test_it(app):
            pass
        """
    )

    result = run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["E *  /connect_webviews/create: unknown parameter 'colour'"])


def test_it_sees_an_app_that_speaks_http(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        from seam import Seam

        def test_it(fakeseam_env):
            with Seam() as seam:
                seam.client.post("/connect_webviews/create", json={"colour": "red"})
        """
    )

    run().assert_outcomes(passed=1, errors=1)


def test_a_test_that_failed_by_itself_says_both(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        def test_it(fakeseam):
            assert fakeseam.call("/connect_webviews/create", {"colour": "red"}) is None
        """
    )

    result = run()

    result.assert_outcomes(failed=1, errors=1)


def test_one_strict_failure_leaves_the_next_test_alone(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        def test_one(fakeseam):
            fakeseam.call("/connect_webviews/create", {"colour": "red"})

        def test_other(fakeseam):
            assert list(fakeseam.requests) == []
        """
    )

    run().assert_outcomes(passed=2, errors=1)


def test_a_fixture_that_fails_when_it_ends_does_not_hide_what_was_asked(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        import pytest

        @pytest.fixture
        def broken(fakeseam):
            yield
            raise RuntimeError("the fixture's own trouble")

        def test_it(fakeseam, broken):
            fakeseam.call("/connect_webviews/create", {"colour": "red"})
        """
    )

    result = run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines_random(
        ["*the fixture's own trouble*", "*unknown parameter 'colour'*"]
    )
