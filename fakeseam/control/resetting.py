"""/_fakeseam/reset: the fake as new."""

from __future__ import annotations

from ..api.auth import LEVER
from ..api.call import Afterwards, Call
from ..core.endpoint import Namespace

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")


@namespace.endpoint("POST", callers=frozenset({LEVER}))
def reset(call: Call) -> Afterwards:
    """As new: the same seed, the same first ids, the clock where it began; nothing is kept."""
    return Afterwards(call.world.reset)
