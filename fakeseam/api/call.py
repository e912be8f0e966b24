"""One request on its way through: who asks, and the world that it may read and change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from ..core.clock import Clock, stamp
from ..core.faults import FaultPlan
from ..core.ids import Ids
from ..core.store import Store
from ..journal import Journal
from ..lookout import Lookout
from .records import ClientSession, Workspace
from .rules import Rules

__all__ = ["Afterwards", "Call", "Caller", "Post", "Whole", "World"]


class Post(Protocol):
    """What carries deliveries out, as the levers see it; none of it under the lock."""

    def advance(self, by: int) -> None:
        """Move time on by milliseconds, and do what falls due on the way."""

    def settle(self) -> None:
        """Return when no attempt is under way."""

    def run_due(self) -> None:
        """Make every attempt that has fallen due."""

    def allow(self, host: str) -> None:
        """Really send to this host from now on."""


class Whole(Protocol):
    """What takes the state down, or puts another in its place; none of it under the lock.

    What does the latter tells the id and the key of the first workspace then.
    """

    def snapshot(self) -> str:
        """Remember the state; returns an id."""

    def restore(self, snapshot_id: str) -> Mapping[str, str]:
        """Put back the state that was remembered."""

    def dump(self) -> Mapping[str, Any]:
        """The state as JSON."""

    def load(self, state: Mapping[str, Any]) -> Mapping[str, str]:
        """Take up a dump, or the steps of a seed."""

    def reset(self, **given: Any) -> Mapping[str, str]:
        """Begin anew."""

    def assert_nothing_unexpected(self) -> None:
        """``AssertionError`` for what a strict fake complains of."""


@dataclass(frozen=True)
class Afterwards:
    """What a handler wants done when its call is committed and the lock is free again.

    What ``work`` returns is the answer.
    """

    work: Callable[[], Any]


@dataclass(frozen=True)
class World:
    """What one fake consists of. Only the store is undone when a call fails.

    ``whole`` and ``lookout`` are for when the lock is free: the one puts another world in this
    one's place, the other waits for what is to happen, in whichever world there is by then.
    """

    store: Store
    clock: Clock
    ids: Ids
    rules: Rules
    faults: FaultPlan
    post: Post
    journal: Journal
    whole: Whole
    lookout: Lookout[World]


@dataclass(frozen=True)
class Caller:
    """Who asks: which kind of credential, and what it opens.

    ``workspace`` is None for a token that was sent without one, ``session`` is the client
    session whose token was sent, ``user_identifier_key`` the user that a publishable key
    was sent with.
    """

    kind: str
    workspace: Workspace | None = None
    session: ClientSession | None = None
    user_identifier_key: str | None = None


@dataclass(frozen=True)
class Call:
    """What every handler is given first.

    ``sent`` are the parameters that the request carried, ``path`` and ``base_url`` are for
    the URLs in answers.
    """

    world: World
    caller: Caller
    base_url: str
    path: str
    sent: Mapping[str, Any]
    method: str = "POST"

    @property
    def store(self) -> Store:
        return self.world.store

    @property
    def rules(self) -> Rules:
        return self.world.rules

    @property
    def session(self) -> ClientSession | None:
        return self.caller.session

    @property
    def workspace(self) -> Workspace:
        """The workspace of the caller; the endpoints' callers all have one."""
        if self.caller.workspace is None:
            raise RuntimeError(f"{self.path} was let in without a workspace")
        return self.caller.workspace

    @property
    def workspace_id(self) -> str:
        return self.workspace.workspace_id

    def now(self) -> str:
        """ISO 8601, UTC, millisecond precision: what Seam puts in ``created_at``."""
        return stamp(self.world.clock.ms())

    def later(self, delta: timedelta) -> str:
        """The moment ``delta`` from now, in the same form."""
        return stamp(self.world.clock.ms() + delta // timedelta(milliseconds=1))

    def inside(self, workspace: Workspace) -> Call:
        """The same call, as seen from a workspace: how a lever reaches one."""
        return replace(self, caller=replace(self.caller, workspace=workspace))

    # Ids: hashes of what they count, so a call that is undone has used none up

    def new_id(self, kind: str) -> str:
        """A UUID for a new thing of this kind."""
        owner = self.workspace.ordinal
        return self.world.ids.uuid(owner, kind, self._count(kind))

    def new_text(self, kind: str, length: int) -> str:
        """Random-looking base58 text."""
        owner = self.workspace.ordinal
        return self.world.ids.text(owner, kind, self._count(kind), length=length)

    def new_secret(self, kind: str, length: int) -> bytes:
        """Random-looking bytes."""
        owner = self.workspace.ordinal
        return self.world.ids.secret(owner, kind, self._count(kind), length=length)

    def _count(self, kind: str) -> int:
        return self.store.count((kind, self.workspace.ordinal))
