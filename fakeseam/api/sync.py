"""A sync: looking for an account's devices, and announcing what waited for that.

Source: docs.seam.co core-concepts/connect-webviews, on ``wait_for_device_creation``.
"""

from __future__ import annotations

from dataclasses import replace

from . import account_devices
from .call import Call
from .events import emit
from .lifecycle import ACCOUNT, WEBVIEW
from .records import ConnectedAccount, ConnectWebview
from .tables import ACCOUNTS, WEBVIEWS

__all__ = ["abandon_sync", "authorize", "sync_account"]


def sync_account(call: Call, account: ConnectedAccount) -> ConnectedAccount:
    """Take in new devices, announce what the last login left, let waiting webviews finish."""
    if not ACCOUNT.step(account.state, "sync").syncs:
        return account
    account_devices.import_new(call, account)
    account_devices.announce_connections(call, account)
    for announcement in account.unsynced:
        emit(
            call,
            announcement,
            owner=account.customer_key,
            connected_account_id=account.connected_account_id,
            connected_account_custom_metadata=account.custom_metadata,
        )
    account = call.store.put(ACCOUNTS, replace(account, unsynced=()))
    for webview in _waiting(call, account):
        authorize(call, webview, account, "synced")
    return account


def abandon_sync(call: Call, account: ConnectedAccount) -> None:
    """The account is going: the webviews that waited for its sync have failed."""
    for webview in _waiting(call, account):
        state = WEBVIEW.step(webview.state, "account_deleted").to
        call.store.put(WEBVIEWS, replace(webview, state=state, syncing_account_id=None))
        emit(
            call,
            "connect_webview.login_failed",
            owner=webview.customer_key,
            connect_webview_id=webview.connect_webview_id,
        )


def _waiting(call: Call, account: ConnectedAccount) -> list[ConnectWebview]:
    index = ("syncing", call.workspace_id, account.connected_account_id)
    return call.store.find(WEBVIEWS, index)


def authorize(
    call: Call, webview: ConnectWebview, account: ConnectedAccount, trigger: str
) -> ConnectWebview:
    """The webview has done its work: it shows the account, and the login is announced."""
    done = replace(
        webview,
        state=WEBVIEW.step(webview.state, trigger).to,
        authorized_at=call.now(),
        connected_account_id=account.connected_account_id,
        selected_provider=account.provider,
        syncing_account_id=None,
    )
    emit(
        call,
        "connect_webview.login_succeeded",
        connect_webview_id=done.connect_webview_id,
        connected_account_id=account.connected_account_id,
        connected_account_custom_metadata=account.custom_metadata,
        customer_key=account.customer_key,
    )
    return call.store.put(WEBVIEWS, done)
