"""Fault plans: which requests are to fail next, and how."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

__all__ = [
    "AFTER",
    "BEFORE",
    "GARBAGE",
    "KINDS",
    "RESET",
    "TIMEOUT",
    "TRUNCATED",
    "Fault",
    "FaultPlan",
    "PlannedFault",
]

# Whether the call is carried out all the same: a fault before it, or after its commit.
BEFORE, AFTER = "before", "after"

# How an answer breaks: the connection is reset, no answer ever comes, one comes that is none,
# half of one comes.
RESET, TIMEOUT, GARBAGE, TRUNCATED = KINDS = ("reset", "timeout", "garbage", "truncated")

ANYTHING = "*"

# A number from 0 on, less than 1, for the nth request that a fault might hit.
Chance = Callable[[int, int], float]


@dataclass(frozen=True)
class Fault:
    """What is to happen to which requests.

    A ``path`` that ends in ``*`` stands for all that begin so; ``resource`` is an id that a
    request must name. The first ``after`` requests are spared, then ``times`` are hit, each
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


@dataclass
class PlannedFault:
    """A fault and what has come of it: requests ``met`` and, of these, ``struck``."""

    fault_id: int
    fault: Fault
    met: int = 0
    struck: int = 0

    @property
    def is_used_up(self) -> bool:
        return self.fault.times is not None and self.struck >= self.fault.times


class FaultPlan:
    """The faults still to come. Of those for one request, the one added first is used first."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._planned: dict[int, PlannedFault] = {}
        self._added = 0

    def __iter__(self) -> Iterator[PlannedFault]:
        return iter(tuple(self._planned.values()))

    def add(self, fault: Fault) -> PlannedFault:
        self._added += 1
        planned = self._planned[self._added] = PlannedFault(self._added, fault)
        return planned

    def remove(self, fault_id: int) -> None:
        """Forget one; does nothing if it is used up."""
        self._planned.pop(fault_id, None)

    def clear(self) -> None:
        self._planned.clear()

    def take(self, method: str, path: str, names: Callable[[], Collection[str]]) -> Fault | None:
        """The fault that hits this request, with one use of it gone.

        ``names`` gives the ids that the request names.
        """
        for planned in self:
            fault = planned.fault
            if not fault.is_for(method, path):
                continue
            if fault.resource is not None and fault.resource not in names():
                continue
            if self._strikes(planned):
                return fault
        return None

    def _strikes(self, planned: PlannedFault) -> bool:
        fault = planned.fault
        planned.met += 1
        if planned.met <= fault.after:
            return False
        if self._chance(planned.fault_id, planned.met) >= fault.probability:
            return False
        planned.struck += 1
        if planned.is_used_up:
            del self._planned[planned.fault_id]
        return True
