"""/_fakeseam/webhooks: all deliveries, waiting for them, and hosts that get HTTP."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from ..api.webhooks.deliveries import list_deliveries
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import enum, text
from .context import AfterCommit, ControlContext

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/webhooks", Owner.CONTROL)


@namespace.endpoint("GET POST", response_key="deliveries")
def deliveries(ctx: ControlContext) -> list[dict[str, Any]]:
    """Returns every delivery, oldest first, with its attempts and their results."""
    return [asdict(one) for one in list_deliveries(ctx.store)]


@namespace.endpoint("POST")
def settle(ctx: ControlContext) -> AfterCommit:
    """Returns when no delivery attempt is in flight."""
    return AfterCommit(ctx.runtime.webhooks.settle, ctx.runtime.webhooks.settle_async)


@namespace.endpoint("POST")
def sign_by(ctx: ControlContext, *, clock: str = enum("fake", "wall", required=True)) -> None:
    """Signs later attempts by the wall clock, though the fake's clock may stand, or by the fake's.

    A fake whose clock was not stopped signs by the wall clock anyway.
    """
    ctx.clock.sign_by_source(clock == "wall")


@namespace.endpoint("POST")
def allow(ctx: ControlContext, *, host: str = text(required=True, minimum=1)) -> None:
    """Sends deliveries for this host over HTTP from now on, though it is not this machine."""
    if re.search(r"[/*\s@]", host) or re.fullmatch(r"[^:\[]*:\d*", host):
        raise MisuseError(
            f"host={host!r}: expected a host name without scheme, port or path, such as 'app.test'"
        )
    ctx.runtime.webhooks.allow(host.strip("[]"))
