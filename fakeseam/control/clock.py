"""/_fakeseam/clock: the fake's time."""

from __future__ import annotations

from ..schema.endpoint import Namespace, Owner
from ..schema.params import number
from .context import AfterCommit, ControlContext

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/clock", Owner.CONTROL)


@namespace.endpoint("GET POST", response_key="now")
def now(ctx: ControlContext) -> str:
    """Returns the fake's time."""
    return ctx.now()


@namespace.endpoint("POST", response_key="now")
def advance(
    ctx: ControlContext, *, seconds: float = number(required=True, minimum=0)
) -> AfterCommit:
    """Moves the clock forward by ``seconds``; returns the new time.

    What falls due on the way runs at its own time. Fractions of a millisecond are ignored.
    """
    by = ctx.clock.span(seconds)

    def run() -> str:
        ctx.runtime.webhooks.advance(by)
        return ctx.now()

    async def run_async() -> str:
        await ctx.runtime.webhooks.advance_async(by)
        return ctx.now()

    return AfterCommit(run, run_async)
