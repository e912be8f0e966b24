"""Tables: the records of one record type, in order and in the buckets of their indexes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BY_INSERTION", "Entry", "Position", "Table", "entries_of", "in_order"]

# A record's place in every list: its ``created_at``, then the number of records put before it.
Position = tuple[str, int]
# A bucket entry is a record's position and its key, so a sorted bucket is in list order.
Entry = tuple[str, int, str]

# The index whose bucket is in the order in which records were first put, not that of their dates.
BY_INSERTION: Hashable = ("by insertion",)


@dataclass
class Table:
    """The records of one record type, and their buckets.

    A table that ``is_shared`` is not changed: a snapshot may hold it. ``lent`` names the buckets
    that still belong to the table that this one was copied from.
    """

    records: dict[str, Any] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    next_order: int = 0
    buckets: dict[Hashable, list[Entry]] = field(default_factory=dict, compare=False, repr=False)
    lent: set[Hashable] = field(default_factory=set, compare=False, repr=False)
    is_shared: bool = field(default=False, compare=False, repr=False)

    def copy(self) -> Table:
        """Returns a table with the same records. It copies each bucket before changing it."""
        return Table(
            self.records.copy(),
            self.positions.copy(),
            self.next_order,
            self.buckets.copy(),
            set(self.buckets),
        )

    def enter(self, index: Hashable, entry: Entry) -> None:
        """Adds an entry to a bucket, in list order, which is mostly at its end."""
        bucket = self._own_bucket(index)
        if not bucket or bucket[-1] < entry:
            bucket.append(entry)
        else:
            insort(bucket, entry)

    def leave(self, index: Hashable, entry: Entry) -> None:
        """Removes an entry from a bucket, and the bucket if that empties it."""
        bucket = self._own_bucket(index)
        del bucket[bisect_left(bucket, entry)]
        if not bucket:
            del self.buckets[index]

    def _own_bucket(self, index: Hashable) -> list[Entry]:
        bucket = self.buckets.get(index)
        if bucket is None:
            bucket = self.buckets[index] = []
        elif self.lent and index in self.lent:
            self.lent.remove(index)
            bucket = self.buckets[index] = bucket.copy()
        return bucket


def entries_of(position: Position, key: str) -> tuple[Entry, Entry]:
    """Returns a record's entry in all buckets that are in the order of dates, and in the other.

    The buckets share it: a store has more entries than anything else.
    """
    created_at, order = position
    return (created_at, order, key), ("", order, key)


def in_order(table: Table) -> list[tuple[int, Any]]:
    """Returns the records with their order numbers, in the order they were first put."""
    return sorted(
        ((table.positions[key][1], record) for key, record in table.records.items()),
        key=lambda entry: entry[0],
    )
