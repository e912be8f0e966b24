"""How Seam's events change the store."""

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


async def handle_event(event: SeamEvent, seam: AsyncSeam, store: Store) -> None:
    """Updates the store after an event."""
    if isinstance(event, ConnectWebviewLoginSucceededEvent):
        _close_connection(store, event.connect_webview_id, failed=False)
    elif isinstance(event, ConnectWebviewLoginFailedEvent):
        _close_connection(store, event.connect_webview_id, failed=True)
    elif isinstance(event, ConnectedAccountDeletedEvent):
        store.accounts.pop(event.connected_account_id, None)
    elif isinstance(event, StateEvent):
        await _update_account(event, seam, store)


def _close_connection(store: Store, connect_webview_id: str, *, failed: bool) -> None:
    connection = store.connection_at(connect_webview_id)
    if connection is not None and connection.status != "connected":
        connection.status = "failed" if failed else "connected"


async def _update_account(event: StateEvent, seam: AsyncSeam, store: Store) -> None:
    """Updates the account, unless a later event has: they come late and in any order."""
    account = store.accounts.get(event.connected_account_id)
    if account is None:
        try:
            found = await seam.connected_accounts.get(
                connected_account_id=event.connected_account_id
            )
        except SeamHttpApiError as error:
            if error.status_code != 404:
                raise
            return  # deleted meanwhile
        account = to_account(found)
        store.accounts[account.connected_account_id] = account
    if event.occurred_at > account.as_of:
        account.as_of = event.occurred_at
        account.user_id = str((event.connected_account_custom_metadata or {})["user_id"])
        account.needs_reconnecting = isinstance(event, ConnectedAccountDisconnectedEvent)


def to_account(account: ConnectedAccount) -> Account:
    """Returns an account as Seam shows it now."""
    return Account(
        connected_account_id=account.connected_account_id,
        user_id=str(account.custom_metadata["user_id"]),
        provider=account.account_type_display_name,
        name=account.display_name,
        needs_reconnecting=any(one.error_code == "account_disconnected" for one in account.errors),
    )
