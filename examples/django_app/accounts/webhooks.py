"""How Seam's events change the app's records."""

from __future__ import annotations

from accounts.seam_accounts import refresh
from django.http import HttpRequest
from seam import SeamWebhook
from seam.resources import SeamEvent

# The events that the app handles. In Seam's console, choose these for its webhook.
EVENT_TYPES = [
    "connect_webview.login_succeeded",
    "connected_account.connected",
    "connected_account.created",
    "connected_account.deleted",
    "connected_account.disconnected",
]


def verify(request: HttpRequest, secret: str) -> SeamEvent:
    """Returns the event of a request. Raises if Seam has not signed it."""
    return SeamWebhook(secret).verify(request.body.decode(), dict(request.headers))


def handle_event(event: SeamEvent) -> None:
    match event.event_type:
        case (
            "connect_webview.login_succeeded"
            | "connected_account.connected"
            | "connected_account.created"
            | "connected_account.deleted"
            | "connected_account.disconnected"
        ):
            refresh(event.connected_account_id)
