"""The events of connected accounts.

Source: docs.seam.co api/events, and the event schemas of Seam's OpenAPI.
"""

from __future__ import annotations

from typing import Any

from ..context import RequestContext
from ..events.emit import emit
from .record import ConnectedAccount

__all__ = ["emit_account_event"]


def emit_account_event(
    ctx: RequestContext, event_type: str, account: ConnectedAccount, **more: Any
) -> None:
    """Emits an account event with the account's current metadata."""
    emit(
        ctx,
        event_type,
        owner=account.customer_key,
        connected_account_id=account.connected_account_id,
        connected_account_custom_metadata=account.custom_metadata,
        **more,
    )
