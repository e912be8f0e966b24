"""End-to-end tests as an app would have them: reconnecting, urls created in process."""

from __future__ import annotations

import pytest

from tests.browser.walking import BOTH, expect_heading, sign_in

pytestmark = pytest.mark.parametrize(**BOTH)

JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}
DONE = "Your devices are connected"


def test_a_reconnection_replaces_the_metadata(page, fake, seam):
    first = seam.connect_webviews.create(
        accepted_providers=["schlage"], custom_metadata={"user": "u1", "plan": "free"}
    )
    sign_in(page, first, "Schlage", JANE)
    expect_heading(page, DONE)
    (account,) = seam.connected_accounts.list()
    assert account.custom_metadata == {"user": "u1", "plan": "free"}

    fake.disconnect_account(account)
    (account,) = seam.connected_accounts.list()
    assert [error.error_code for error in account.errors] == ["account_disconnected"]

    second = seam.connect_webviews.create(
        accepted_providers=["schlage"], custom_metadata={"user": "u2"}
    )
    jane = "Submit", {"Email": "JANE@example.com", "Password": "1234"}
    sign_in(page, second, "Schlage", jane)
    expect_heading(page, DONE)

    (again,) = seam.connected_accounts.list()
    assert again.connected_account_id == account.connected_account_id
    assert again.custom_metadata == {"user": "u2"}
    assert again.errors == []


def test_a_webview_made_in_process_has_a_url_that_opens(page, fake, server):
    seam = fake.client()
    webview = seam.connect_webviews.create(accepted_providers=["schlage"])
    assert webview.url.startswith(f"{server.url}/connect_webviews/view?")

    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, DONE)

    webview = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)
    assert (webview.status, webview.login_successful) == ("authorized", True)


def test_two_users_sign_in_side_by_side(page, seam):
    other = page.context.new_page()
    for visited, email in ((page, "jane@example.com"), (other, "joe@example.com")):
        webview = seam.connect_webviews.create(accepted_providers=["schlage"])
        sign_in(visited, webview, "Schlage", ("Submit", {"Email": email, "Password": "1234"}))
        expect_heading(visited, DONE)

    assert {account.user_identifier.email for account in seam.connected_accounts.list()} == {
        "jane@example.com",
        "joe@example.com",
    }
