"""Fault plans: which requests are to fail next, and how."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

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
    "Tally",
    "ids_in",
]

# Whether the call is carried out all the same: a fault before it, or after its commit.
BEFORE, AFTER = "before", "after"

# How an answer breaks: the connection is reset, no answer ever comes, one comes that is none,
# half of one comes.
RESET, TIMEOUT, GARBAGE, TRUNCATED = KINDS = ("reset", "timeout", "garbage", "truncated")

# Every path, and the end of a path for everything below it.
ANYTHING, BELOW = "*", "/*"

# The endings of the names under which a request names things, and what is the caller's own text.
_NAMES_OF_IDS = ("_id", "_ids", "_key", "_keys")
_OWN_TEXT = "custom_metadata"

# A number from 0 on, less than 1, for the nth request that a fault might hit.
Chance = Callable[[int, int], float]


@dataclass(frozen=True)
class Fault:
    """What is to happen to which requests.

    A ``path`` that ends in ``/*`` stands for all below it, ``*`` for all; ``resource`` is an id
    that a request must name. The first ``after`` requests are spared, then ``times`` are hit, each
    with this ``probability``; None is without end. ``latency`` is in seconds. With neither
    ``status`` nor ``kind`` the answer is only late.
    """

    method: str | None
    path: str
    resource: str | None = None
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
        """Whether the call is not carried out at all."""
        return self.when == BEFORE and not self.is_only_late

    @property
    def is_only_late(self) -> bool:
        return self.status is None and self.kind is None

    def __str__(self) -> str:
        told = [str(self.kind or self.status)] if not self.is_only_late else []
        told += [f"{self.latency:g} s late"] if self.latency else []
        told += ["after its commit"] if self.when == AFTER else []
        return f"fault: {', '.join(told)}"

    def status_after(self, status: int) -> int | None:
        """The status that comes of a call that had this one; None where no answer arrives."""
        if self.kind in (RESET, TIMEOUT):
            return None
        return 200 if self.kind == GARBAGE else self.status or status

    def is_for(self, method: str, path: str) -> bool:
        """Whether a request of this route is one that it is for, whatever it names."""
        if self.method not in (None, method):
            return False
        if self.path.endswith(ANYTHING):
            return path.startswith(self.path.removesuffix(ANYTHING))
        return path == self.path

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        told = dict(vars(self))
        method, path = told.pop("method"), told.pop("path")
        return {"route": path if method is None else f"{method} {path}", **told}


@dataclass
class Tally:
    """A fault and what has come of it: requests ``met`` and, of these, ``struck``."""

    fault_id: int
    fault: Fault
    met: int = 0
    struck: int = 0
    is_removed: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it hits no request any more."""
        used_up = self.fault.times is not None and self.struck >= self.fault.times
        return self.is_removed or used_up

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        told = {"fault_id": self.fault_id, **self.fault.shown()}
        return {**told, "struck": self.struck, "is_over": self.is_over}


class FaultPlan:
    """The faults of a fake. Of those for one request, the one added first is used first."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._tallies: list[Tally] = []
        # Those still to come, so that a request does not pay for those that are over.
        self._coming: dict[int, Tally] = {}

    def __iter__(self) -> Iterator[Tally]:
        """Every fault ever added, the first one first, with what has come of it."""
        return iter(tuple(self._tallies))

    def add(self, fault: Fault) -> Tally:
        tally = Tally(len(self._tallies) + 1, fault)
        self._tallies.append(tally)
        self._coming[tally.fault_id] = tally
        return tally

    def find(self, fault_id: int) -> Tally | None:
        """What has come of a fault, or None if there never was one of this number."""
        return self._tallies[fault_id - 1] if 0 < fault_id <= len(self._tallies) else None

    def remove(self, tally: Tally) -> None:
        """It hits nothing more; does nothing if it is over."""
        if self._coming.pop(tally.fault_id, None) is not None:
            tally.is_removed = True

    def clear(self) -> None:
        """No fault that was added so far hits anything more."""
        for tally in tuple(self._coming.values()):
            self.remove(tally)

    def position(self) -> tuple[tuple[Tally, Tally], ...]:
        """The faults, each with how far it has come, to be put back."""
        return tuple((tally, replace(tally)) for tally in self._tallies)

    def put(self, position: tuple[tuple[Tally, Tally], ...]) -> None:
        """Take up a position read earlier; whoever holds one of its tallies goes on holding it."""
        self.clear()
        self._tallies = [tally for tally, _ in position]
        for tally, then in position:
            vars(tally).update(vars(then))
        self._coming = {one.fault_id: one for one in self._tallies if not one.is_over}

    def take(self, method: str, path: str, names: Callable[[], Collection[str]]) -> Fault | None:
        """The fault that hits this request, with one use of it gone.

        ``names`` gives the ids that the request names.
        """
        for tally in tuple(self._coming.values()):
            fault = tally.fault
            if not fault.is_for(method, path):
                continue
            if fault.resource is not None and fault.resource not in names():
                continue
            if self._strikes(tally):
                return fault
        return None

    def _strikes(self, tally: Tally) -> bool:
        fault = tally.fault
        tally.met += 1
        if tally.met <= fault.after:
            return False
        if self._chance(tally.fault_id, tally.met) >= fault.probability:
            return False
        tally.struck += 1
        if tally.is_over:
            del self._coming[tally.fault_id]
        return True


def ids_in(params: object) -> set[str]:
    """The ids and keys that a request's parameters name, at whatever depth.

    What stands in metadata is the caller's own, whatever it looks like.
    """
    try:
        return _ids_in(params, is_id=False)
    except RecursionError:  # parameters that hold themselves, which the endpoint refuses
        return set()


def _ids_in(value: object, *, is_id: bool) -> set[str]:
    if isinstance(value, str):
        return {value} if is_id else set()
    found: set[str] = set()
    if isinstance(value, Mapping):
        for name, inner in value.items():
            named = str(name)
            if not named.startswith(_OWN_TEXT):
                found |= _ids_in(inner, is_id=named.endswith(_NAMES_OF_IDS))
    elif isinstance(value, (list, tuple)):
        for item in value:
            found |= _ids_in(item, is_id=is_id)
    return found
