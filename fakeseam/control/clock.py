"""/_fakeseam/clock: time, moved by hand."""

from __future__ import annotations

from ..api.auth import LEVER
from ..api.call import Call
from ..core.endpoint import Namespace
from ..core.params import integer

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/clock")


@namespace.endpoint("POST", callers=frozenset({LEVER}), answer="now")
def advance(call: Call, *, seconds: int = integer(required=True, minimum=0)) -> str:
    """Move time on by whole seconds; answers the new time."""
    call.world.clock.advance(seconds)
    return call.now()
