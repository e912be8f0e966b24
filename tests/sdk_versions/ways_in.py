"""What the README's table says of the SDK that is installed here: run by ``check_versions.py``.

pytest does not collect this file by itself. It needs the SDK and fakeseam, and nothing else of the
test suite.
"""

from __future__ import annotations

from importlib.metadata import version

import pytest
from seam import Seam

INSTALLED = version("seam")
WORKS_IN_PROCESS = tuple(map(int, INSTALLED.split(".")[:2])) >= (3, 5)


def connect_and_break(seam, fake):
    """An app's story: connect, list, be disconnected; and a call that Seam refuses."""
    webview = seam.connect_webviews.create(accepted_providers=["august"])
    fake.complete_connect_webview(webview.connect_webview_id, email="jane@example.com")
    webview = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)
    assert webview.status == "authorized"

    (account,) = seam.connected_accounts.list()
    assert account.connected_account_id == webview.connected_account_id
    assert account.errors == []
    assert {device.device_type for device in seam.devices.list()} == {"august_lock"}

    fake.disconnect_account(account.connected_account_id)
    (account,) = seam.connected_accounts.list()
    assert [code_of(error) for error in account.errors] == ["account_disconnected"]
    with pytest.raises(Exception, match="(?i)not found|not_found|could not find"):
        seam.connected_accounts.get(connected_account_id="11111111-2222-4333-8444-555555555555")


def code_of(error):
    return error["error_code"] if isinstance(error, dict) else error.error_code


def test_an_app_reaches_a_fake_over_a_socket(fakeseam):
    with fakeseam.serve() as server:
        seam = Seam(api_key=fakeseam.api_key, endpoint=server.url)

        connect_and_break(seam, fakeseam)


def test_an_app_finds_a_fake_by_the_fixture_fakeseam_env(fakeseam, fakeseam_env):
    connect_and_break(Seam(), fakeseam)


@pytest.mark.skipif(not WORKS_IN_PROCESS, reason="this version takes no transport")
def test_an_app_uses_a_fake_in_process(fakeseam):
    connect_and_break(fakeseam.client(), fakeseam)


@pytest.mark.skipif(not WORKS_IN_PROCESS, reason="this version takes no transport")
def test_the_fixture_of_a_client_works(fakeseam, fakeseam_client):
    connect_and_break(fakeseam_client, fakeseam)


@pytest.mark.skipif(WORKS_IN_PROCESS, reason="this version takes a transport")
@pytest.mark.parametrize("way", ["client", "async_client"])
def test_an_older_version_is_named_with_the_one_that_is_needed(fakeseam, way):
    with pytest.raises(ImportError) as raised:
        getattr(fakeseam, way)()

    assert f"version {INSTALLED} of the official SDK is installed" in str(raised.value)
    assert "needs 3.5 or newer" in str(raised.value)
