"""Strict mode: no response changes, but a test whose app made a mistake fails at its end."""

from __future__ import annotations

import pytest

MISTAKES = """
import pytest
from fakeseam import ApiError

def send(fakeseam, path, **params):
    try:
        return fakeseam.call(path, params)
    except ApiError as error:
        return error.status

def test_unknown_parameter(fakeseam):
    assert send(fakeseam, "/connect_webviews/create", colour="red")["ok"]

def test_unknown_path(fakeseam):
    assert send(fakeseam, "/connect_webview/create") == 404

def test_not_implemented(fakeseam):
    assert send(fakeseam, "/thermostats/heat") == 501

def test_nothing_wrong(fakeseam):
    assert send(fakeseam, "/connect_webviews/create")["ok"]
    assert send(fakeseam, "/connect_webviews/get", connect_webview_id="none") == 400
"""


def test_without_it_an_app_may_send_anything(write, run):
    write(MISTAKES)

    run().assert_outcomes(passed=4)


@pytest.mark.parametrize("value", ["true", "1", "on"])
def test_the_ini_option_fails_even_an_app_that_handled_the_response(write, ini, run, value):
    ini(f"fakeseam_strict = {value}")
    write(MISTAKES)

    result = run()

    result.assert_outcomes(passed=4, errors=3)
    result.stdout.fnmatch_lines_random(
        [
            "*ERROR at teardown of test_unknown_parameter*",
            "*  /connect_webviews/create: unknown parameter 'colour'",
            "*ERROR at teardown of test_unknown_path*",
            "*  POST /connect_webview/create: no such endpoint",
            "*ERROR at teardown of test_not_implemented*",
            "*  POST /thermostats/heat: not implemented by fakeseam",
        ]
    )


def test_the_marker_makes_a_test_strict(write, run):
    write(MISTAKES, "pytestmark = pytest.mark.fakeseam(strict=True)")

    run().assert_outcomes(passed=4, errors=3)


def test_the_marker_exempts_a_test_from_the_ini_option(write, ini, run):
    ini("fakeseam_strict = true")
    write(MISTAKES, "pytestmark = pytest.mark.fakeseam(strict=False)")

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
            "E *AssertionError: Strict mode: the app did what a strict test does not allow:",
            "*  /connect_webviews/create: unknown parameter 'colour'",
            "*  /connect_webviews/create: unknown parameter 'size'",
        ],
        consecutive=True,
    )
    assert result.stdout.str().count(": unknown parameter") == 2


def test_what_a_fixture_sends_when_it_ends_counts_too(write, ini, run):
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
    result.stdout.fnmatch_lines(["*  /connect_webviews/create: unknown parameter 'colour'"])


def test_it_sees_an_app_that_uses_http(write, ini, run):
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


def test_a_test_that_failed_by_itself_reports_both(write, ini, run):
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


def test_a_fixture_that_fails_when_it_ends_does_not_hide_strict_violations(write, ini, run):
    ini("fakeseam_strict = true")
    write(
        """
        import pytest

        @pytest.fixture
        def failing(fakeseam):
            yield
            raise RuntimeError("the fixture's own error")

        def test_it(fakeseam, failing):
            fakeseam.call("/connect_webviews/create", {"colour": "red"})
        """
    )

    result = run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines_random(
        ["*the fixture's own error*", "*unknown parameter 'colour'*"]
    )


# A crash of fakeseam fails a strict test, whatever its app did with the error

# Breaks one of fakeseam's own functions, as a bug in it would.
BUG = """
import pytest
from fakeseam.api.connect_webviews import endpoints

@pytest.fixture(autouse=True)
def a_bug_in_fakeseam(monkeypatch):
    def crash(ctx, webview):
        raise KeyError("a bug")
    monkeypatch.setattr(endpoints, "shown", crash)
"""
IN_PROCESS = """
def test_it(fakeseam):
    with pytest.raises(KeyError):
        fakeseam.call("/connect_webviews/create")
"""
BY_SDK = """
def test_it(fakeseam_client):
    with pytest.raises(KeyError):
        fakeseam_client.connect_webviews.create()
"""
OVER_HTTP = """
import urllib.error, urllib.request

def test_it(fakeseam, fakeseam_server, capfd):
    request = urllib.request.Request(
        fakeseam_server.url + "/connect_webviews/create",
        headers={"Authorization": f"Bearer {fakeseam.api_key}"},
        method="POST",
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 500
    caught.value.close()
"""
OF_A_FAULT = """
from fakeseam import ApiError

def test_it(fakeseam):
    fakeseam.faults.add("/connect_webviews/create", status=500)
    with pytest.raises(ApiError):
        fakeseam.call("/connect_webviews/create")
"""


@pytest.mark.parametrize("test", [IN_PROCESS, BY_SDK, OVER_HTTP])
def test_a_crash_fails_a_strict_test_at_its_end(write, ini, run, test):
    ini("fakeseam_strict = true")
    write(BUG, test)

    result = run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["*  POST /connect_webviews/create: crashed, a bug in fakeseam: KeyError('a bug')"]
    )


@pytest.mark.parametrize("test", [IN_PROCESS, OVER_HTTP])
def test_without_strict_mode_the_app_alone_sees_the_error(write, run, test):
    write(BUG, test)

    run().assert_outcomes(passed=1)


def test_a_crash_is_in_the_timeline(write, run):
    write(BUG, "def test_it(fakeseam): fakeseam.call('/connect_webviews/create')")

    result = run()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*  500 POST /connect_webviews/create (internal_server_error)"])


def test_a_500_of_a_fault_is_not_a_crash(write, ini, run):
    ini("fakeseam_strict = true")
    write("import pytest", OF_A_FAULT)

    run().assert_outcomes(passed=1)


def test_the_failure_of_a_strict_test_shows_no_code_of_the_plugin(write, run):
    write(
        """
        import pytest

        @pytest.mark.fakeseam(strict=True)
        def test_it(fakeseam):
            fakeseam.call("/devices/list", {"colour": "red"})
        """
    )

    result = run()

    result.stdout.fnmatch_lines(["E *AssertionError: Strict mode: *"])
    result.stdout.no_re_match_line(r".*fakeseam/[a-z_/]+\.py:\d+")
