"""The first mistakes of new users: each message says what to do next."""

from __future__ import annotations

import re

MISTAKES = """
import pytest

def test_an_unknown_provider(fakeseam):
    fakeseam.connect_account(provider="agust")

def test_a_provider_that_the_webview_does_not_offer(fakeseam):
    made = fakeseam.call("/connect_webviews/create", {"accepted_providers": ["yale"]})
    fakeseam.complete_connect_webview(made["connect_webview"], provider="august")

def test_completing_twice(fakeseam):
    webview = fakeseam.call("/connect_webviews/create")["connect_webview"]
    fakeseam.complete_connect_webview(webview)
    fakeseam.complete_connect_webview(webview)

def test_a_response_in_place_of_what_is_in_it(fakeseam):
    fakeseam.complete_connect_webview(fakeseam.call("/connect_webviews/create"))

def test_a_call_that_seam_refuses(fakeseam):
    fakeseam.call("/devices/get", {"device_id": "x"})

def test_a_restore_of_no_snapshot(fakeseam):
    fakeseam.restore(5)

def test_a_coroutine_compared(fakeseam_async_client):
    assert fakeseam_async_client.devices.list() == []

def test_a_coroutine_iterated(fakeseam):
    seam = fakeseam.async_client()
    assert [account.display_name for account in seam.connected_accounts.list()] == []

def test_a_coroutine_counted(fakeseam_async_client):
    assert len(fakeseam_async_client.devices.list()) == 0

def test_an_asynchronous_client_in_a_with(fakeseam):
    with fakeseam.async_client() as seam:
        assert seam.devices.list() == []

@pytest.mark.fakeseam(sed=3)
def test_a_misspelled_marker(fakeseam):
    pass
"""


def test_the_message_of_a_first_mistake_says_what_to_do(write, run_alone):
    write(MISTAKES)

    # The coroutines of this test are not awaited on purpose; pytest would warn of them late, or
    # in another test.
    result = run_alone("-W", "ignore:coroutine:RuntimeWarning", "-p", "no:unraisableexception")

    result.assert_outcomes(failed=10, errors=1)
    result.stdout.fnmatch_lines_random(
        [
            "E *MisuseError: no provider 'agust'; nearest: august*",
            "E *MisuseError: *august*yale*",
            "E *MisuseError: *a webview is for one login: create another one*",
            "E *MisuseError: Expected a connect_webview_id, or an object that has one, not *",
            "*the marker fakeseam: *'sed'* (it takes seed, now, strict, *",
        ]
    )
    # Each mistake is shown at the test's own line, without the lines of fakeseam below it.
    for hidden in ("fake", "control/methods", "runtime/*", "state/*"):
        result.stdout.no_fnmatch_line(f"*fakeseam/{hidden}.py:*")
    advice = "returns coroutines. Await them in an `async def` test"
    assert result.stdout.str().count(advice) == 4


def test_without_the_sdk_the_error_of_a_client_says_how_to_install_it(write, run_alone):
    # What an environment without the extra looks like to an import.
    write("import sys\nsys.modules['seam'] = sys.modules['httpx'] = None", name="conftest")
    write(
        """
        def test_client(fakeseam_client): pass
        def test_async_client(fakeseam_async_client): pass
        def test_client_of_a_fake(fakeseam): fakeseam.client()
        def test_transport_of_a_fake(fakeseam): fakeseam.transport()
        """
    )

    result = run_alone()

    result.assert_outcomes(errors=2, failed=2)
    message = r"^E +ImportError: the official SDK is not installed: pip install 'fakeseam\[sdk\]'"
    assert len(re.findall(message, result.stdout.str(), re.MULTILINE)) == 4


def test_an_asynchronous_client_that_is_awaited_gets_no_advice(write, run):
    write(
        """
        import asyncio

        def test_it(fakeseam_async_client):
            assert asyncio.run(fakeseam_async_client.devices.list()) == ["a lock"]
        """
    )

    result = run()

    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line("*coroutine*")
