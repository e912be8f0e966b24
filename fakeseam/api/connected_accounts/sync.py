"""A sync imports an account's devices, then emits the events that had to wait for the devices.

The store keeps a deferred sync until it falls due, or until a request runs it.
Source: docs.seam.co core-concepts/connect-webviews, on ``wait_for_device_creation``.
"""

from __future__ import annotations

from datetime import timedelta

from ...core.record_types import replace
from ..connect_webviews import result
from ..connect_webviews.record import WEBVIEWS, ConnectWebview
from ..context import RequestContext
from ..devices import account_devices
from ..lifecycle import ACCOUNT
from .events import emit_account_event
from .record import ACCOUNTS, SCHEDULED_SYNCS, ConnectedAccount, ScheduledSync

__all__ = [
    "SYNC_DELAY_S",
    "abandon_sync",
    "defer_sync",
    "run_due_sync",
    "sync_account",
]

# A deferred first sync falls due this many seconds after the login, by the fake's clock.
# Unsourced: the time, which Seam does not document. A test that does not move the clock ends
# before ten minutes have passed, so it gets no unexpected sync.
SYNC_DELAY_S = 600


def sync_account(ctx: RequestContext, account: ConnectedAccount) -> ConnectedAccount:
    """Imports new devices, emits the last login's events, and authorizes waiting webviews.

    Returns the account. Does nothing for an account that is disconnected.
    """
    if not ACCOUNT.step(account.state, "sync").syncs:
        return account
    _cancel_scheduled(ctx, account.connected_account_id)
    account_devices.import_new(ctx, account)
    account_devices.emit_connections(ctx, account)
    for event_type in account.unsynced:
        emit_account_event(ctx, event_type, account)
    account = ctx.store.put(ACCOUNTS, replace(account, unsynced=()))
    for webview in _waiting(ctx, account):
        result.authorize(ctx, webview, account, "synced")
    return account


def abandon_sync(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Cancels the sync of a deleted account. The webviews that waited for it fail."""
    _cancel_scheduled(ctx, account.connected_account_id)
    for webview in _waiting(ctx, account):
        result.fail(ctx, webview, "account_deleted", syncing_account_id=None)


def defer_sync(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Schedules a sync of the account in ``SYNC_DELAY_S``, unless one is scheduled.

    Unsourced: that a later login does not postpone a scheduled sync.
    """
    if ctx.store.get(SCHEDULED_SYNCS, account.connected_account_id) is None:
        due = ctx.now_plus(timedelta(seconds=SYNC_DELAY_S))
        ctx.store.put(
            SCHEDULED_SYNCS, ScheduledSync(account.connected_account_id, ctx.workspace_id, due)
        )


def run_due_sync(ctx: RequestContext, sync: ScheduledSync) -> str:
    """Runs a sync that has fallen due; does nothing for a disconnected or deleted account."""
    account = ctx.store.get(ACCOUNTS, sync.connected_account_id)
    if account is not None:
        sync_account(ctx, account)
    return f"deferred sync of account {sync.connected_account_id}"


def _cancel_scheduled(ctx: RequestContext, connected_account_id: str) -> None:
    if ctx.store.get(SCHEDULED_SYNCS, connected_account_id) is not None:
        ctx.store.delete(SCHEDULED_SYNCS, connected_account_id)


def _waiting(ctx: RequestContext, account: ConnectedAccount) -> list[ConnectWebview]:
    index = ("syncing", ctx.workspace_id, account.connected_account_id)
    return ctx.store.find(WEBVIEWS, index)
