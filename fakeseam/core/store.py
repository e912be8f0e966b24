"""Frozen records in tables, found through indexes; a transaction undoes itself on any error.

A snapshot shares the tables with the store: whoever writes to a shared one first copies it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .fitting import fitting
from .frozen import freeze, thaw
from .table import Entry, Position, Table, entry_in, in_order

__all__ = ["Change", "Kind", "Snapshot", "Store"]

T = TypeVar("T")


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A typed handle on a table: what is kept, under which key, and how it can be found.

    ``index`` names the buckets a record belongs to. Every record has ``created_at``.
    """

    name: str
    type: type[T]
    key: str
    index: Callable[[T], Iterable[Hashable]]

    def key_of(self, record: T) -> str:
        return str(getattr(record, self.key))


@dataclass(frozen=True)
class Change:
    """A record put or deleted: as it was, and as it is; None for one that was, or is, not."""

    kind: str
    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Snapshot:
    """Everything a store held at one moment. A value: taking it again gives an equal one."""

    tables: Mapping[str, Table]
    counters: Mapping[Hashable, int]


class Store:
    """Tables and counters. Nothing is changed in place, so reading needs no copy."""

    def __init__(self, kinds: Sequence[Kind[Any]]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self._tables = {kind.name: Table() for kind in kinds}
        self._counters: dict[Hashable, int] = {}
        self._undo: list[Callable[[], None]] | None = None
        self._changes: list[Change] | None = None

    # Reading

    def get(self, kind: Kind[T], key: str) -> T | None:
        """The record, or None."""
        return self._tables[kind.name].records.get(key)

    def position(self, kind: Kind[Any], key: str) -> Position:
        """Where this record stands in lists; ``KeyError`` for an unknown one."""
        return self._tables[kind.name].positions[key]

    def bucket(self, kind: Kind[Any], index: Hashable) -> Sequence[Entry]:
        """The entries under one index key, in list order. Not to be kept or changed."""
        return self._tables[kind.name].buckets.get(index, ())

    def find(self, kind: Kind[T], index: Hashable) -> list[T]:
        """The records under one index key, in list order."""
        records = self._tables[kind.name].records
        return [records[key] for *_, key in self.bucket(kind, index)]

    def first(self, kind: Kind[T], index: Hashable) -> T | None:
        """The oldest record under one index key, or None."""
        bucket = self.bucket(kind, index)
        return None if not bucket else self._tables[kind.name].records[bucket[0][2]]

    def all(self, kind: Kind[T]) -> list[T]:
        """Every record of a kind, in the order they were first put."""
        return [record for _, record in in_order(self._tables[kind.name])]

    # Writing

    def put(self, kind: Kind[T], record: T) -> T:
        """Keep a record, in place of the one with the same key; returns it."""
        table, key = self._to_write(kind), kind.key_of(record)
        before, made = table.records.get(key), table.made
        if before is None:
            table.positions[key] = (str(getattr(record, "created_at")), made)
            table.made += 1
        self._swap(kind, key, before, record)
        self._note(lambda: self._unput(kind, key, before, made))
        self._tell(Change(kind.name, key, before, record))
        return record

    def delete(self, kind: Kind[Any], key: str) -> None:
        """Forget a record; ``KeyError`` for an unknown one."""
        table = self._to_write(kind)
        record, position = table.records[key], table.positions[key]
        self._swap(kind, key, record, None)
        self._note(lambda: self._undelete(kind, key, record, position))
        self._tell(Change(kind.name, key, record, None))

    def count(self, counter: Hashable) -> int:
        """How often this counter was asked before; it counts one more now."""
        before = self._counters.get(counter)
        self._counters[counter] = (before or 0) + 1
        self._note(lambda: self._uncount(counter, before))
        return before or 0

    @contextmanager
    def transaction(self) -> Iterator[list[Change]]:
        """On any exception, put everything back as it was and re-raise.

        Yields the changes, as they are made.
        """
        if self._undo is not None:
            raise RuntimeError("a transaction is already open")
        log: list[Callable[[], None]] = []
        changes: list[Change] = []
        self._undo, self._changes = log, changes
        try:
            yield changes
        except BaseException:
            self._undo = None
            changes.clear()
            for step in reversed(log):
                step()
            raise
        finally:
            self._undo = self._changes = None

    # As a value

    def snapshot(self) -> Snapshot:
        """All that is kept, as a value, which costs the same however much that is."""
        for table in self._tables.values():
            table.is_shared = True
        return Snapshot(self._tables.copy(), self._counters.copy())

    def restore(self, snapshot: Snapshot) -> None:
        """Hold again exactly what the snapshot held."""
        if self._undo is not None:
            raise RuntimeError("a transaction is open, which could not be undone any more")
        self._tables = dict(snapshot.tables)
        self._counters = dict(snapshot.counters)

    def dump(self) -> dict[str, Any]:
        """All that is kept, as plain JSON values."""
        tables = {
            name: {
                "made": table.made,
                "records": [
                    {"order": order, **thaw(vars(record))} for order, record in in_order(table)
                ],
            }
            for name, table in self._tables.items()
        }
        counters = [[*thaw(counter), count] for counter, count in self._counters.items()]
        return {"tables": tables, "counters": counters}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Hold what ``dump`` wrote; ``KeyError``, ``TypeError`` or ``ValueError`` if damaged."""
        read = Store(list(self._kinds.values()))
        for name, kind in self._kinds.items():
            table = read._tables[name]
            for fields in dumped["tables"][name]["records"]:
                given = {key: freeze(value) for key, value in fields.items() if key != "order"}
                record = fitting(kind.type(**given))
                key, order = kind.key_of(record), _count(fields["order"])
                if key in table.records:
                    raise ValueError(f"{name}: {key!r} is there twice")
                table.positions[key] = (given["created_at"], order)
                read._swap(kind, key, None, record)
            table.made = _count(dumped["tables"][name]["made"])
        for *counter, count in dumped["counters"]:
            read._counters[tuple(counter)] = _count(count)
        self.restore(read.snapshot())

    # Writing and undoing

    def _to_write(self, kind: Kind[Any]) -> Table:
        """The table, which is copied now if a snapshot may hold it."""
        table = self._tables[kind.name]
        if table.is_shared:
            table = self._tables[kind.name] = table.copy()
        return table

    def _tell(self, change: Change) -> None:
        if self._changes is not None:
            self._changes.append(change)

    def _note(self, undo: Callable[[], None]) -> None:
        if self._undo is not None:
            self._undo.append(undo)

    def _unput(self, kind: Kind[Any], key: str, before: Any, made: int) -> None:
        table = self._to_write(kind)
        self._swap(kind, key, table.records[key], before)
        table.made = made

    def _undelete(self, kind: Kind[Any], key: str, record: Any, position: Position) -> None:
        self._to_write(kind).positions[key] = position
        self._swap(kind, key, None, record)

    def _uncount(self, counter: Hashable, before: int | None) -> None:
        if before is None:
            del self._counters[counter]
        else:
            self._counters[counter] = before

    def _swap(self, kind: Kind[Any], key: str, old: Any, new: Any) -> None:
        """Replace one record by another, in the table and in the buckets."""
        table = self._to_write(kind)
        position = table.positions[key]
        left = set() if old is None else set(kind.index(old))
        entered = set() if new is None else set(kind.index(new))
        for index in left - entered:
            table.leave(index, entry_in(index, position, key))
        for index in entered - left:
            table.enter(index, entry_in(index, position, key))
        if new is None:
            del table.records[key], table.positions[key]
        else:
            table.records[key] = new


def _count(given: Any) -> int:
    """A whole number from 0 on, as it stands in a dump."""
    if type(given) is not int or given < 0:
        raise ValueError(f"{given!r} is no count")
    return given
