"""The result of a login for its webview: authorized or failed, with the event.

Source: docs.seam.co core-concepts/connect-webviews and api/events.
"""

from __future__ import annotations

from typing import Any

from ...core.record_types import replace
from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..events.emit import emit
from ..lifecycle import WEBVIEW
from .record import WEBVIEWS, ConnectWebview

__all__ = ["authorize", "fail"]


def authorize(
    ctx: RequestContext, webview: ConnectWebview, account: ConnectedAccount, trigger: str
) -> None:
    """Marks the webview as authorized for this account, and emits the event of the login."""
    authorized = replace(
        webview,
        state=WEBVIEW.step(webview.state, trigger).to,
        authorized_at=ctx.now(),
        connected_account_id=account.connected_account_id,
        selected_provider=account.provider,
        syncing_account_id=None,
    )
    emit(
        ctx,
        "connect_webview.login_succeeded",
        connect_webview_id=authorized.connect_webview_id,
        connected_account_id=account.connected_account_id,
        connected_account_custom_metadata=account.custom_metadata,
        customer_key=account.customer_key,
    )
    ctx.store.put(WEBVIEWS, authorized)


def fail(ctx: RequestContext, webview: ConnectWebview, trigger: str, **changes: Any) -> None:
    """Marks the webview as failed, with other changes, and emits the event."""
    state = WEBVIEW.step(webview.state, trigger).to
    ctx.store.put(WEBVIEWS, replace(webview, state=state, **changes))
    emit(
        ctx,
        "connect_webview.login_failed",
        owner=webview.customer_key,
        connect_webview_id=webview.connect_webview_id,
    )
