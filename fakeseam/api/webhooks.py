"""/webhooks: where events are sent to.

Source: docs.seam.co api/webhooks and developer-tools/webhooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace
from ..core.params import array, text, url
from ..errors import ApiError
from .auth import BACKEND
from .call import Call
from .deliveries import EVERY_TYPE, new_secret, stop
from .event_types import EVENT_TYPES
from .records import Webhook
from .tables import WEBHOOKS

__all__ = ["namespace"]

namespace = Namespace("/webhooks")


@namespace.endpoint("POST", callers=BACKEND, answer="webhook")
def create(
    call: Call,
    *,
    url: str = url(required=True),
    event_types: list[str] = array(text(), default=(EVERY_TYPE,)),
) -> dict[str, Any]:
    """A URL that gets every event from now on, or those of some types."""
    webhook = Webhook(
        webhook_id=call.new_id("webhook"),
        workspace_id=call.workspace_id,
        created_at=call.now(),
        url=url,
        event_types=_known(event_types),
        secret=new_secret(call),
    )
    return show(call.store.put(WEBHOOKS, webhook))


@namespace.endpoint("GET POST", callers=BACKEND, answer="webhook")
def get(call: Call, *, webhook_id: str = text(required=True, minimum=1)) -> dict[str, Any]:
    """One webhook of the workspace."""
    return show(find(call, webhook_id))


@namespace.endpoint("GET POST", callers=BACKEND, answer="webhooks")
def list_(call: Call) -> list[dict[str, Any]]:
    """All webhooks of the workspace, oldest first."""
    return [show(one) for one in call.store.find(WEBHOOKS, ("workspace", call.workspace_id))]


@namespace.endpoint("POST PUT", callers=BACKEND)
def update(
    call: Call,
    *,
    webhook_id: str = text(required=True),
    event_types: list[str] = array(text(), required=True),
) -> None:
    """Other types from now on; the URL stays."""
    webhook = find(call, webhook_id)
    call.store.put(WEBHOOKS, replace(webhook, event_types=_known(event_types)))


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(call: Call, *, webhook_id: str = text(required=True, minimum=1)) -> None:
    """Nothing is sent there any more, retries included."""
    webhook = find(call, webhook_id)
    stop(call, webhook)
    call.store.delete(WEBHOOKS, webhook.webhook_id)


def find(call: Call, webhook_id: str) -> Webhook:
    """The webhook, or Seam's 404."""
    webhook = call.store.get(WEBHOOKS, webhook_id)
    if webhook is None or webhook.workspace_id != call.workspace_id:
        raise ApiError(404, "webhook_not_found", "webhook not found")
    return webhook


def show(webhook: Webhook) -> dict[str, Any]:
    """The webhook as Seam shows it."""
    return {
        "webhook_id": webhook.webhook_id,
        "url": webhook.url,
        "event_types": list(webhook.event_types),
        "secret": webhook.secret,
    }


def _known(event_types: Sequence[str]) -> tuple[str, ...]:
    unknown = [one for one in event_types if one not in (EVERY_TYPE, *EVENT_TYPES)]
    if unknown:  # Unsourced: the data, which says which
        raise ApiError(
            400, "invalid_event_types", "Invalid event types", data={"event_types": unknown}
        )
    return tuple(event_types)
