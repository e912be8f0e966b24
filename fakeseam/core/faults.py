"""Fault plans: which requests are to fail next, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["Fault", "FaultPlan"]


@dataclass(frozen=True)
class Fault:
    """``times`` requests for ``path`` (by ``method``, or by any) get ``status``."""

    method: str | None
    path: str
    status: int
    times: int
    retry_after: int | None

    def hits(self, method: str, path: str) -> bool:
        """Whether a request is one that this fault is for."""
        return path == self.path and self.method in (None, method)


class FaultPlan:
    """The faults still to come. The one added first is used up first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, with one use of it gone."""
        for place, fault in enumerate(self._faults):
            if fault.hits(method, path):
                left = replace(fault, times=fault.times - 1)
                self._faults[place:place + 1] = [left] if left.times else []
                return fault
        return None
