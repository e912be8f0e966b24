"""The request context: the caller of one request, and the state that its handler may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple, Self, TypeVar, cast

from ..core.clock import Clock, format_timestamp
from ..core.ids import Ids
from ..core.record_types import RecordType
from ..core.store import Store
from .client_sessions.record import ClientSession
from .rules import Rules
from .workspaces.record import Workspace

__all__ = ["Caller", "RequestContext"]

T = TypeVar("T")


class Caller(NamedTuple):
    """The sender of a request, as its credentials prove.

    ``workspace`` is None for a token that was sent without one. ``session`` is the client
    session whose token was sent. ``user_identifier_key`` is the user that a publishable key
    was sent with.
    """

    kind: str
    workspace: Workspace | None = None
    session: ClientSession | None = None
    user_identifier_key: str | None = None


@dataclass(slots=True)
class RequestContext:
    """The first argument of every handler: what Seam's rules may read and change.

    ``params`` are the parameters that the request has. ``path`` and ``base_url`` begin the URLs
    in responses. ``chosen_ids`` are the ids that a test chose for records that are about to be
    created, by the name of their key.
    """

    store: Store
    clock: Clock
    ids: Ids
    rules: Rules
    caller: Caller
    base_url: str
    path: str
    params: Mapping[str, Any]
    method: str = "POST"
    chosen_ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def session(self) -> ClientSession | None:
        return self.caller.session

    @property
    def workspace(self) -> Workspace:
        """The caller's workspace. Every caller that an endpoint of a workspace admits has one."""
        if self.caller.workspace is None:
            raise RuntimeError(f"{self.path} admitted a caller without a workspace")
        return self.caller.workspace

    @property
    def workspace_id(self) -> str:
        return self.workspace.workspace_id

    def get(self, record_type: RecordType[T], key: str) -> T | None:
        """Returns the workspace's record with this key, or None."""
        record: Any = self.store.get(record_type, key)
        if record is None or record.workspace_id != self.workspace_id:
            return None
        return cast("T", record)

    def now(self) -> str:
        """Returns the time as Seam writes it: ISO 8601, UTC, in milliseconds."""
        return format_timestamp(self.clock.ms())

    def now_plus(self, delta: timedelta) -> str:
        """Returns the time ``delta`` from now, in the same form."""
        return format_timestamp(self.clock.ms() + delta // timedelta(milliseconds=1))

    def in_workspace(self, workspace: Workspace) -> Self:
        """Returns the same context for another workspace: control endpoints need no caller."""
        return replace(self, caller=self.caller._replace(workspace=workspace))

    def choosing(self, **chosen_ids: str | None) -> Self:
        """Returns the same context, which creates records with these ids; None chooses none."""
        given = {name: one for name, one in chosen_ids.items() if one is not None}
        return replace(self, chosen_ids={**self.chosen_ids, **given}) if given else self

    def new_key(self, record_type: RecordType[Any]) -> str:
        """Returns the id of a new record: the chosen one, else a UUID.

        Skips an id that another record has: a test may have chosen it.
        """
        key = self.chosen_ids.get(record_type.key)
        while key is None or self.store.get(record_type, key) is not None:
            key = self.new_id(str(record_type.noun))
        return key

    # Ids are hashes of what they count, so a request that is rolled back uses none up.

    def new_id(self, kind: str) -> str:
        """Returns a UUID for a new record of this kind."""
        return self.ids.uuid(self.workspace.ordinal, kind, self._next_count(kind))

    def new_text(self, kind: str, length: int) -> str:
        """Returns base58 text that looks random."""
        ordinal = self.workspace.ordinal
        return self.ids.text(ordinal, kind, self._next_count(kind), length=length)

    def new_secret(self, kind: str, length: int) -> bytes:
        """Returns bytes that look random."""
        ordinal = self.workspace.ordinal
        return self.ids.secret(ordinal, kind, self._next_count(kind), length=length)

    def _next_count(self, kind: str) -> int:
        return self.store.next_count((kind, self.workspace.ordinal))
