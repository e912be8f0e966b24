"""How a delivery is signed, and the secret that it is signed with.

Source: docs.seam.co developer-tools/webhooks, and Svix, which sends Seam's webhooks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from ..context import RequestContext
from .record import Delivery, Webhook

__all__ = ["check_secret", "new_secret", "signed_headers"]

SECRET_PREFIX = "whsec_"
SECRET_LENGTH = 24  # in bytes, before they are written in base64


def new_secret(ctx: RequestContext) -> str:
    """Returns a secret that every verifier of Svix's format accepts."""
    secret = ctx.new_secret("webhook_secret", SECRET_LENGTH)
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def check_secret(ctx: RequestContext, webhook: Webhook) -> None:
    """Raises ``ValueError`` if the secret of a webhook in a dump is not base64."""
    _signing_key(webhook.secret)


def signed_headers(delivery: Delivery, signed_at: int) -> dict[str, str]:
    """Returns the headers of an attempt that is signed at ``signed_at``, in seconds since 1970.

    The signature covers the message's id, the time and the body as it is sent.
    """
    timestamp = str(signed_at)
    signed = f"{delivery.message_id}.{timestamp}.{delivery.body}".encode()
    digest = hmac.new(_signing_key(delivery.secret), signed, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "svix-id": delivery.message_id,
        "svix-timestamp": timestamp,
        "svix-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _signing_key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
