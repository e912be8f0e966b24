"""A crash of the fake's own fails a strict test, whatever its app did with the error."""

from __future__ import annotations

import pytest

# Breaks one of fakeseam's own functions, as a bug in it would.
BROKEN = """
import pytest
from fakeseam.api import connect_webviews

@pytest.fixture(autouse=True)
def a_bug_in_fakeseam(monkeypatch):
    def crash(call, webview):
        raise KeyError("a bug")
    monkeypatch.setattr(connect_webviews, "show", crash)
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
PLANNED = """
from fakeseam import ApiError

def test_it(fakeseam):
    fakeseam.faults.add("/connect_webviews/create", status=500)
    with pytest.raises(ApiError):
        fakeseam.call("/connect_webviews/create")
"""


@pytest.mark.parametrize("test", [IN_PROCESS, BY_SDK, OVER_HTTP])
def test_a_crash_fails_a_strict_test_at_its_end(write, ini, run_alone, test):
    ini("fakeseam_strict = true")
    write(BROKEN, test)

    result = run_alone()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["E *  POST /connect_webviews/create: crashed, a bug of fakeseam: KeyError('a bug')"]
    )


@pytest.mark.parametrize("test", [IN_PROCESS, OVER_HTTP])
def test_without_strictness_the_error_is_the_apps_to_see(write, run_alone, test):
    write(BROKEN, test)

    run_alone().assert_outcomes(passed=1)


def test_a_crash_stands_in_the_timeline(write, run_alone):
    write(BROKEN, "def test_it(fakeseam): fakeseam.call('/connect_webviews/create')")

    result = run_alone()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*  500 POST /connect_webviews/create (internal_server_error)"])


def test_a_500_that_a_test_has_planned_is_no_crash(write, ini, run):
    ini("fakeseam_strict = true")
    write("import pytest", PLANNED)

    run().assert_outcomes(passed=1)
