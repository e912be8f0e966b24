"""/_fakeseam/reset: the fake as new."""

from __future__ import annotations

from ..api.auth import LEVER
from ..api.call import Afterwards, Call
from ..core.endpoint import Namespace
from ..core.params import boolean, enum, number, text

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")


@namespace.endpoint("POST", callers=frozenset({LEVER}), answer="workspace")
def reset(
    call: Call,
    *,
    seed: int | None = number(),
    now: str | None = text(),
    strict: bool | None = boolean(),
    blank_metadata_on_reconnect: str | None = enum("clear", "keep"),
    metadata_update: str | None = enum("replace", "merge"),
    defer_sync: bool | None = boolean(),
    lenient_ids: bool | None = boolean(),
) -> Afterwards:
    """As new: nothing is kept, ids and the clock begin where they began.

    What is given is as when a fake is made, what is left out as when this one was. Answers the
    first workspace's id and key, which are others with another seed.
    """
    given = dict(call.sent)
    return Afterwards(lambda: call.world.whole.reset(**given))
