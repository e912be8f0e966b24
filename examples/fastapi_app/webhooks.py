"""What Seam's events mean to the app."""

from __future__ import annotations

from typing import TypeAlias

from seam import AsyncSeam, SeamHttpApiError
from seam.resources import (
    ConnectedAccount,
    ConnectedAccountConnectedEvent,
    ConnectedAccountCreatedEvent,
    ConnectedAccountDeletedEvent,
    ConnectedAccountDisconnectedEvent,
    ConnectWebviewLoginFailedEvent,
    ConnectWebviewLoginSucceededEvent,
    SeamEvent,
)
from store import Account, Store

StateEvent: TypeAlias = (
    ConnectedAccountConnectedEvent
    | ConnectedAccountCreatedEvent
    | ConnectedAccountDisconnectedEvent
)


async def hear(event: SeamEvent, seam: AsyncSeam, store: Store) -> None:
    """Bring the store up to date with an event."""
    if isinstance(event, ConnectWebviewLoginSucceededEvent):
        _close_connection(store, event.connect_webview_id, failed=False)
    elif isinstance(event, ConnectWebviewLoginFailedEvent):
        _close_connection(store, event.connect_webview_id, failed=True)
    elif isinstance(event, ConnectedAccountDeletedEvent):
        store.accounts.pop(event.connected_account_id, None)
    elif isinstance(event, StateEvent):
        await _hear_of_account(event, seam, store)


def _close_connection(store: Store, connect_webview_id: str, *, failed: bool) -> None:
    connection = store.connection_at(connect_webview_id)
    if connection is not None and connection.status != "connected":
        connection.status = "failed" if failed else "connected"


async def _hear_of_account(event: StateEvent, seam: AsyncSeam, store: Store) -> None:
    """Events come late and in any order: the latest one has the last word."""
    account = store.accounts.get(event.connected_account_id)
    if account is None:
        try:
            shown = await seam.connected_accounts.get(
                connected_account_id=event.connected_account_id
            )
        except SeamHttpApiError as error:
            if error.status_code != 404:
                raise
            return  # it has been deleted in the meantime
        account = account_shown(shown)
        store.accounts[account.connected_account_id] = account
    if event.occurred_at > account.as_of:
        account.as_of = event.occurred_at
        account.user_id = str((event.connected_account_custom_metadata or {})["user_id"])
        account.needs_reconnecting = isinstance(event, ConnectedAccountDisconnectedEvent)


def account_shown(account: ConnectedAccount) -> Account:
    """An account as Seam shows it now."""
    return Account(
        connected_account_id=account.connected_account_id,
        user_id=str(account.custom_metadata["user_id"]),
        provider=account.account_type_display_name,
        name=account.display_name,
        needs_reconnecting=any(one.error_code == "account_disconnected" for one in account.errors),
    )
