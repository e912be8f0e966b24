"""The records of one kind, in order and by the buckets that their index names."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["MADE", "Entry", "Position", "Table", "entry_in", "in_order"]

# Where a record stands in every list: when it was made, then how many were made before it.
Position = tuple[str, int]
# A bucket entry is a record's position and its key, so a sorted bucket is a list in order.
Entry = tuple[str, int, str]

# The index whose bucket is in the order in which records were first put, whatever their dates.
MADE: Hashable = ("made",)


@dataclass
class Table:
    """The records of one kind, and the buckets that its index names, which follow from them.

    Never changed any more once ``is_shared``: a snapshot may hold it. ``lent`` are the buckets
    that are still another table's.
    """

    records: dict[str, Any] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    made: int = 0
    buckets: dict[Hashable, list[Entry]] = field(
        default_factory=dict, compare=False, repr=False
    )
    lent: set[Hashable] = field(default_factory=set, compare=False, repr=False)
    is_shared: bool = field(default=False, compare=False, repr=False)

    def copy(self) -> Table:
        """The same records in a table of its own; each bucket is copied when it is changed."""
        return Table(
            self.records.copy(),
            self.positions.copy(),
            self.made,
            self.buckets.copy(),
            set(self.buckets),
        )

    def enter(self, index: Hashable, entry: Entry) -> None:
        insort(self._own(index), entry)

    def leave(self, index: Hashable, entry: Entry) -> None:
        bucket = self._own(index)
        del bucket[bisect_left(bucket, entry)]
        if not bucket:
            del self.buckets[index]

    def _own(self, index: Hashable) -> list[Entry]:
        if index in self.lent:
            self.lent.remove(index)
            self.buckets[index] = self.buckets[index].copy()
        return self.buckets.setdefault(index, [])


def entry_in(index: Hashable, position: Position, key: str) -> Entry:
    created_at, made = position
    return ("" if index == MADE else created_at, made, key)


def in_order(table: Table) -> list[tuple[int, Any]]:
    return sorted(
        ((table.positions[key][1], record) for key, record in table.records.items()),
        key=lambda entry: entry[0],
    )
