"""The faults of a fake: which requests fail next, and how."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .undo_log import UndoLog

__all__ = [
    "AFTER",
    "ANYTHING",
    "BEFORE",
    "BELOW",
    "GARBAGE",
    "KINDS",
    "RESET",
    "TIMEOUT",
    "TRUNCATED",
    "Fault",
    "FaultPlan",
    "FaultCounter",
    "ids_in",
]

# When a fault hits: before the handler, which then does not run, or after its commit.
BEFORE, AFTER = "before", "after"

# How a response breaks: the connection is reset, no response ever comes, the response is neither
# JSON nor text, half of the response comes.
RESET, TIMEOUT, GARBAGE, TRUNCATED = KINDS = ("reset", "timeout", "garbage", "truncated")

# A path that stands for every path, and the end of one that stands for all paths below it.
ANYTHING, BELOW = "*", "/*"

# The ends of the parameter names whose values are ids and keys, and the beginning of those whose
# values are the caller's own text.
_ID_SUFFIXES = ("_id", "_ids", "_key", "_keys")
_METADATA_PREFIX = "custom_metadata"

# Takes a fault's id and a count of matched requests; returns a number from 0 to less than 1.
Chance = Callable[[int, int], float]


@dataclass(frozen=True)
class Fault:
    """The requests that fail, and how they fail.

    A ``path`` that ends in ``/*`` stands for all paths below it, ``*`` for all paths. With a
    ``resource``, requests match that name this id; with a ``workspace_id``, those whose
    credentials lead there. The first ``after`` requests are spared. Each
    later one is hit with this ``probability``, until ``times`` were hit; None is no limit.
    ``latency`` is in seconds. Without ``status`` and ``kind`` the response is only late.
    """

    method: str | None
    path: str
    resource: str | None = None
    workspace_id: str | None = None
    status: int | None = None
    kind: str | None = None
    when: str = BEFORE
    latency: float = 0.0
    retry_after: int | None = None
    times: int | None = 1
    after: int = 0
    probability: float = 1.0

    @property
    def prevents(self) -> bool:
        """Whether the handler does not run."""
        return self.when == BEFORE and not self.is_only_late

    @property
    def is_only_late(self) -> bool:
        return self.status is None and self.kind is None

    def __str__(self) -> str:
        effects = [str(self.kind or self.status)] if not self.is_only_late else []
        effects += [f"{self.latency:g} s late"] if self.latency else []
        effects += ["after its commit"] if self.when == AFTER else []
        return f"fault: {', '.join(effects)}"

    def status_after(self, status: int) -> int | None:
        """Returns the status that the client gets in place of ``status``; None for no response."""
        if self.kind in (None, TRUNCATED):
            return self.status or status
        if self.kind in (RESET, TIMEOUT):
            return None
        if self.kind == GARBAGE:
            return 200
        raise ValueError(f"unknown fault kind {self.kind!r}")

    def is_for(self, method: str, path: str) -> bool:
        """Returns whether the fault is for this route; does not check ``resource``."""
        if self.method not in (None, method):
            return False
        if self.path.endswith(ANYTHING):
            return path.startswith(self.path.removesuffix(ANYTHING))
        return path == self.path

    def to_json(self) -> dict[str, Any]:
        """Returns the fault as JSON, its method and path as one route."""
        fields = dict(vars(self))
        method, path = fields.pop("method"), fields.pop("path")
        return {"route": path if method is None else f"{method} {path}", **fields}


@dataclass
class FaultCounter:
    """A fault, with the counts of its ``matched`` requests and its ``hits`` among them."""

    fault_id: int
    fault: Fault
    matched: int = 0
    hits: int = 0
    is_removed: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the fault hits no more requests."""
        used_up = self.fault.times is not None and self.hits >= self.fault.times
        return self.is_removed or used_up

    def to_json(self) -> dict[str, Any]:
        """Returns the fault as JSON, with its hits."""
        fault = {"fault_id": self.fault_id, **self.fault.to_json()}
        return {**fault, "hits": self.hits, "is_over": self.is_over}


class FaultPlan:
    """The faults of a fake. Of those that match a request, the one added first comes first.

    What a load does to them is recorded in ``undo_log``.
    """

    def __init__(self, chance: Chance, undo_log: UndoLog | None = None) -> None:
        self._chance = chance
        self._undo_log = undo_log or UndoLog()
        self._counters: list[FaultCounter] = []
        # Kept apart, so that faults that are over cost no time at each request.
        self._active: dict[int, FaultCounter] = {}

    def __iter__(self) -> Iterator[FaultCounter]:
        """Returns the counters of all faults that were added, in that order."""
        return iter(tuple(self._counters))

    def add(self, fault: Fault) -> FaultCounter:
        """Adds a fault; returns its counter."""
        counter = FaultCounter(len(self._counters) + 1, fault)
        self._counters.append(counter)
        self._active[counter.fault_id] = counter
        self._undo_log.push(lambda: self._undo_add(counter))
        return counter

    def find(self, fault_id: int) -> FaultCounter | None:
        """Returns the counter of a fault, or None for an unknown id."""
        return self._counters[fault_id - 1] if 0 < fault_id <= len(self._counters) else None

    def remove(self, counter: FaultCounter) -> None:
        """Ends a fault; does nothing if it is over."""
        if self._active.pop(counter.fault_id, None) is not None:
            counter.is_removed = True
            self._undo_log.push(lambda: self._undo_remove(counter))

    def clear(self) -> None:
        """Ends all faults that were added so far."""
        for counter in tuple(self._active.values()):
            self.remove(counter)

    def consume(
        self,
        method: str,
        path: str,
        get_ids: Callable[[], Collection[str]],
        get_workspace_id: Callable[[], str | None] = lambda: None,
    ) -> Fault | None:
        """Returns the fault that hits this request, and counts the hit; None without one.

        ``get_ids`` returns the ids that the request names, ``get_workspace_id`` the workspace of
        its caller.
        """
        for counter in tuple(self._active.values()):
            fault = counter.fault
            if not fault.is_for(method, path):
                continue
            if fault.resource is not None and fault.resource not in get_ids():
                continue
            if fault.workspace_id is not None and fault.workspace_id != get_workspace_id():
                continue
            if self._count_match(counter):
                return fault
        return None

    def _count_match(self, counter: FaultCounter) -> bool:
        """Counts a matching request; returns whether the fault hits it."""
        fault = counter.fault
        counter.matched += 1
        is_hit = (
            counter.matched > fault.after
            and self._chance(counter.fault_id, counter.matched) < fault.probability
        )
        counter.hits += is_hit
        if counter.is_over:
            del self._active[counter.fault_id]
        self._undo_log.push(lambda: self._undo_match(counter, is_hit))
        return is_hit

    # Undoing what a load has done

    def _undo_add(self, counter: FaultCounter) -> None:
        """Takes a fault off the list; ends it if another thread has added one after it."""
        self._active.pop(counter.fault_id, None)
        counter.is_removed = True
        if self._counters[-1] is counter:
            self._counters.pop()

    def _undo_remove(self, counter: FaultCounter) -> None:
        counter.is_removed = False
        self._activate(counter)

    def _undo_match(self, counter: FaultCounter, was_hit: bool) -> None:
        counter.matched -= 1
        counter.hits -= was_hit
        self._activate(counter)

    def _activate(self, counter: FaultCounter) -> None:
        """Makes a fault hit requests again unless it is over; the one added first comes first."""
        if not counter.is_over:
            self._active[counter.fault_id] = counter
            self._active = dict(sorted(self._active.items()))


def ids_in(params: object) -> set[str]:
    """Returns the ids and keys that a request's parameters name, at any depth.

    Metadata is the caller's own text and names none.
    """
    try:
        return _ids_in(params, is_id=False)
    except RecursionError:  # parameters that contain themselves; the endpoint refuses them
        return set()


def _ids_in(value: object, *, is_id: bool) -> set[str]:
    if isinstance(value, str):
        return {value} if is_id else set()
    found: set[str] = set()
    if isinstance(value, Mapping):
        for name, inner in value.items():
            param = str(name)
            if not param.startswith(_METADATA_PREFIX):
                found |= _ids_in(inner, is_id=param.endswith(_ID_SUFFIXES))
    elif isinstance(value, (list, tuple)):
        for item in value:
            found |= _ids_in(item, is_id=is_id)
    return found
