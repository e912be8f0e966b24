"""A sync: looking for an account's devices, and announcing what waited for that.

One that is deferred is a record of its own until it falls due, or somebody asks for it.
Source: docs.seam.co core-concepts/connect-webviews, on ``wait_for_device_creation``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ..core.clock import to_ms
from ..core.store import Store
from . import account_devices
from .call import Call
from .events import emit
from .lifecycle import ACCOUNT, WEBVIEW
from .own_records import DueSync
from .records import ConnectedAccount, ConnectWebview
from .tables import ACCOUNTS, WAITING, DUE_SYNCS, WEBVIEWS

__all__ = [
    "SYNC_TAKES_S",
    "abandon_sync",
    "authorize",
    "carry_out_due",
    "defer_sync",
    "first_due_sync",
    "sync_account",
]

# How long after a login a deferred first sync falls due, in seconds of the fake's clock.
# Unsourced: Seam says no more than that it takes a while; ten minutes are so long that no test
# on the wall clock meets it unawares.
SYNC_TAKES_S = 600


def sync_account(call: Call, account: ConnectedAccount) -> ConnectedAccount:
    """Take in new devices, announce what the last login left, let waiting webviews finish."""
    if not ACCOUNT.step(account.state, "sync").syncs:
        return account
    _forget_due(call, account.connected_account_id)
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
    _forget_due(call, account.connected_account_id)
    for webview in _waiting(call, account):
        state = WEBVIEW.step(webview.state, "account_deleted").to
        call.store.put(WEBVIEWS, replace(webview, state=state, syncing_account_id=None))
        emit(
            call,
            "connect_webview.login_failed",
            owner=webview.customer_key,
            connect_webview_id=webview.connect_webview_id,
        )


def defer_sync(call: Call, account: ConnectedAccount) -> None:
    """The account's devices will be looked for later, at the latest in ``SYNC_TAKES_S``.

    Unsourced: that a later login does not put off a sync that is to come already.
    """
    if call.store.get(DUE_SYNCS, account.connected_account_id) is None:
        due = call.later(timedelta(seconds=SYNC_TAKES_S))
        call.store.put(DUE_SYNCS, DueSync(account.connected_account_id, call.workspace_id, due))


def first_due_sync(store: Store) -> int | None:
    """When the next deferred sync falls due, in milliseconds."""
    due = store.first(DUE_SYNCS, WAITING)
    return None if due is None else to_ms(due.created_at)


def carry_out_due(call: Call, due: DueSync) -> None:
    """The sync has fallen due; that of an account which cannot be looked into is given up."""
    account = call.store.get(ACCOUNTS, due.connected_account_id)
    if account is not None:
        sync_account(call, account)
    _forget_due(call, due.connected_account_id)


def _forget_due(call: Call, connected_account_id: str) -> None:
    if call.store.get(DUE_SYNCS, connected_account_id) is not None:
        call.store.delete(DUE_SYNCS, connected_account_id)


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
