"""/_fakeseam/clock: time, moved by hand."""

from __future__ import annotations

from ..api.auth import LEVER
from ..api.call import Afterwards, Call
from ..core.endpoint import Namespace
from ..core.params import number

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/clock")


@namespace.endpoint("GET POST", callers=frozenset({LEVER}), answer="now")
def now(call: Call) -> str:
    """The fake's time, as it stands or goes now."""
    return call.now()


@namespace.endpoint("POST", callers=frozenset({LEVER}), answer="now")
def advance(call: Call, *, seconds: float = number(required=True, minimum=0)) -> Afterwards:
    """Move time on, and do what falls due on the way at its moment; answers the new time.

    Milliseconds count, anything shorter does not.
    """
    by = call.world.clock.span(seconds)

    def work() -> str:
        call.world.post.advance(by)
        return call.now()

    return Afterwards(work)
