"""One account from its first login to a reconnection without metadata."""

from __future__ import annotations

import pytest

U1, U2 = {"your_app_user_id": "u1"}, {"your_app_user_id": "u2"}


def test_metadata_is_copied_then_updated_then_replaced_then_cleared(fake, seam):
    first = seam.connect_webviews.create(custom_metadata=U1)
    made = fake.complete_connect_webview(first, provider="august", email="jane@example.com")
    account_id = made["connected_account_id"]
    assert seam.connected_accounts.get(connected_account_id=account_id).custom_metadata == U1

    seam.connected_accounts.update(
        connected_account_id=account_id, custom_metadata={"internal_account_id": "user-1"}
    )
    updated = seam.connected_accounts.get(connected_account_id=account_id)
    assert updated.custom_metadata == {"internal_account_id": "user-1"}

    fake.disconnect_account(account_id)
    second = seam.connect_webviews.create(custom_metadata={"your_app_user_id": "u2", "n": None})
    assert second.custom_metadata == U2
    fake.complete_connect_webview(second, provider="august", email="JANE@example.com")
    used = seam.connect_webviews.get(connect_webview_id=second.connect_webview_id)
    assert used.connected_account_id == account_id
    assert seam.connected_accounts.get(connected_account_id=account_id).custom_metadata == U2
    kept = seam.connect_webviews.get(connect_webview_id=first.connect_webview_id)
    assert kept.custom_metadata == U1

    third = seam.connect_webviews.create()
    assert third.custom_metadata == {}
    fake.complete_connect_webview(third, provider="august", email="jane@example.com")
    assert seam.connected_accounts.get(connected_account_id=account_id).custom_metadata == {}


@pytest.mark.parametrize("rules", [{"blank_metadata_on_reconnect": "keep"}], ids=["keep"])
def test_with_the_rule_a_webview_without_metadata_keeps_the_accounts(fake, seam):
    account = fake.connect_account(email="jane@example.com", custom_metadata=U2)
    blank = seam.connect_webviews.create()

    fake.complete_connect_webview(blank, provider="august", email="jane@example.com")

    found = seam.connected_accounts.get(connected_account_id=account["connected_account_id"])
    assert found.custom_metadata == U2
