"""/_fakeseam: the state as a whole, taken down and put back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.auth import LEVER
from ..api.call import Afterwards, Call
from ..core.endpoint import Namespace
from ..core.params import array, number, record, text

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")

_ANYONE = frozenset({LEVER})


@namespace.endpoint("POST", callers=_ANYONE, answer="snapshot_id")
def snapshot(call: Call) -> Afterwards:
    """Remember all that Seam would know, until the fake is reset; answers an id for restore."""
    return Afterwards(call.world.whole.snapshot)


@namespace.endpoint("POST", callers=_ANYONE, answer="workspace")
def restore(call: Call, *, snapshot_id: str = text(required=True)) -> Afterwards:
    """Know again what a snapshot knew; time does not go back. Answers the first workspace's id
    and key."""
    return Afterwards(lambda: call.world.whole.restore(snapshot_id))


@namespace.endpoint("GET POST", callers=_ANYONE, answer="dump")
def dump(call: Call) -> Afterwards:
    """All that Seam would know, as JSON: what a dump's file holds, for load."""
    return Afterwards(call.world.whole.dump)


@namespace.endpoint("POST", callers=_ANYONE, answer="workspace")
def load(
    call: Call,
    *,
    fakeseam_schema: int | None = number(),
    seed: int | None = number(),
    workspace_id: str | None = text(),
    api_key: str | None = text(),
    store: Mapping[str, Any] | None = record(),
    fakeseam_seed: int | None = number(),
    steps: list[Mapping[str, Any]] | None = array(record()),
) -> Afterwards:
    """Load a dump, in place of what is there, or a seed, added to it: the file is the body.

    All or nothing. Answers the first workspace's id and key, which may be others then.
    """
    state = dict(call.sent)
    return Afterwards(lambda: call.world.whole.load(state))


@namespace.endpoint("GET POST", callers=_ANYONE)
def assert_nothing_unexpected(call: Call) -> Afterwards:
    """Refused with a list if a strict fake was asked for what Seam or fakeseam does not have."""
    return Afterwards(call.world.whole.assert_nothing_unexpected)
