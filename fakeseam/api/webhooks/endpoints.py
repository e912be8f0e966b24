"""/webhooks: the URLs that events are sent to.

Source: docs.seam.co api/webhooks and developer-tools/webhooks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...core.record_types import replace
from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import array, text, url
from .. import deletion
from ..auth import BACKEND
from ..context import RequestContext
from ..events.types import EVENT_TYPES
from .deliveries import EVERY_TYPE, cancel_for_webhook
from .record import WEBHOOKS, Webhook
from .signature import new_secret

__all__ = ["namespace"]

namespace = Namespace("/webhooks")


@namespace.endpoint("POST", callers=BACKEND, response_key="webhook")
def create(
    ctx: RequestContext,
    *,
    url: str = url(required=True),
    event_types: list[str] = array(text(), default=(EVERY_TYPE,)),
) -> dict[str, Any]:
    """Creates a webhook: its URL gets every later event, or those of some types."""
    webhook = Webhook(
        webhook_id=ctx.new_id("webhook"),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        url=url,
        event_types=_checked_types(event_types),
        secret=new_secret(ctx),
    )
    return show(ctx, ctx.store.put(WEBHOOKS, webhook))


@namespace.endpoint("GET POST", callers=BACKEND, response_key="webhook")
def get(
    ctx: RequestContext, *, webhook_id: str = text(required=True, minimum=1)
) -> dict[str, Any]:
    """Returns one webhook of the workspace."""
    return show(ctx, find(ctx, webhook_id))


@namespace.endpoint("GET POST", callers=BACKEND, response_key="webhooks")
def list_(ctx: RequestContext) -> list[dict[str, Any]]:
    """Returns all webhooks of the workspace, oldest first."""
    return [show(ctx, one) for one in ctx.store.find(WEBHOOKS, ("workspace", ctx.workspace_id))]


@namespace.endpoint("POST PUT", callers=BACKEND)
def update(
    ctx: RequestContext,
    *,
    webhook_id: str = text(required=True),
    event_types: list[str] = array(text(), required=True),
) -> None:
    """Replaces the event types of a webhook; its URL stays."""
    webhook = find(ctx, webhook_id)
    ctx.store.put(WEBHOOKS, replace(webhook, event_types=_checked_types(event_types)))


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(ctx: RequestContext, *, webhook_id: str = text(required=True, minimum=1)) -> None:
    """Deletes a webhook and stops its deliveries, retries included."""
    webhook = find(ctx, webhook_id)
    cancel_for_webhook(ctx, webhook)
    deletion.delete(ctx, WEBHOOKS, webhook)


def find(ctx: RequestContext, webhook_id: str) -> Webhook:
    """Returns the workspace's webhook. Raises Seam's 404 if there is none."""
    webhook = ctx.get(WEBHOOKS, webhook_id)
    if webhook is None:
        raise ApiError(404, "webhook_not_found", "webhook not found")
    return webhook


def show(ctx: RequestContext, webhook: Webhook) -> dict[str, Any]:
    """Returns the webhook as Seam shows it."""
    return {
        "webhook_id": webhook.webhook_id,
        "url": webhook.url,
        "event_types": list(webhook.event_types),
        "secret": webhook.secret,
    }


def _checked_types(event_types: Sequence[str]) -> tuple[str, ...]:
    unknown = [one for one in event_types if one not in (EVERY_TYPE, *EVENT_TYPES)]
    if unknown:  # Unsourced: the data, which names them
        raise ApiError(
            400, "invalid_event_types", "Invalid event types", data={"event_types": unknown}
        )
    return tuple(event_types)
