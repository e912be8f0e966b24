"""Frozen records in tables, found through indexes and written in transactions.

A snapshot shares the tables with the store. The store copies a shared table before it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from .field_types import check_field_types
from .frozen import freeze, thaw
from .record_types import RecordType, replace
from .shown import ShownRecords
from .table import BY_INSERTION, Entry, Position, Table, entries_of, in_order

__all__ = ["Change", "Snapshot", "Store", "Transaction"]

T = TypeVar("T")


class Change(NamedTuple):
    """One record before and after a write; None where there is no record.

    ``kind`` is the name of its record type.
    """

    kind: str
    key: str
    before: Any
    after: Any


@dataclass(eq=False, slots=True)
class Transaction:
    """The ``changes`` of a transaction, which grow with each write, and how to undo them."""

    _store: Store
    changes: list[Change] = field(default_factory=list)
    steps: list[Callable[[], None]] = field(default_factory=list)

    def __enter__(self) -> Transaction:
        if self._store._transaction is not None:
            raise RuntimeError("a transaction is already open")
        self._store._transaction = self
        return self

    def __exit__(self, exc_type: type[BaseException] | None, *_: object) -> None:
        if exc_type is not None:
            self.undo()
        self._store._transaction = None

    def undo(self) -> None:
        """Undoes every write. What later transactions have written stays.

        A record that this transaction created is deleted. In any other record, only the fields
        are restored that still have this transaction's value.
        """
        self.changes.clear()
        while self.steps:
            self.steps.pop()()


class Snapshot(NamedTuple):
    """The contents of a store at one moment. Snapshots of the same contents are equal."""

    tables: Mapping[str, Table]
    counters: Mapping[Hashable, int]


class Store:
    """Tables and counters. No record is changed in place, so reading needs no copy."""

    def __init__(self, record_types: Sequence[RecordType[Any]]) -> None:
        self._record_types = {one.name: one for one in record_types}
        self._tables = {one.name: Table() for one in record_types}
        self._counters: dict[Hashable, int] = {}
        self._transaction: Transaction | None = None
        self.shown = ShownRecords()

    # Reading

    def get(self, record_type: RecordType[T], key: str) -> T | None:
        """Returns the record, or None."""
        return self._tables[record_type.name].records.get(key)

    def position(self, record_type: RecordType[Any], key: str) -> Position:
        """Returns the record's place in lists. Raises ``KeyError`` for an unknown key."""
        return self._tables[record_type.name].positions[key]

    def bucket(self, record_type: RecordType[Any], index: Hashable) -> Sequence[Entry]:
        """Returns the entries of one index value, in list order. Do not keep or change them."""
        return self._tables[record_type.name].buckets.get(index, ())

    def find(self, record_type: RecordType[T], index: Hashable) -> list[T]:
        """Returns the records of one index value, in list order."""
        records = self._tables[record_type.name].records
        return [records[key] for *_, key in self.bucket(record_type, index)]

    def first(self, record_type: RecordType[T], index: Hashable) -> T | None:
        """Returns the first record of one index value, or None."""
        bucket = self.bucket(record_type, index)
        return None if not bucket else self._tables[record_type.name].records[bucket[0][2]]

    def all(self, record_type: RecordType[T]) -> list[T]:
        """Returns every record of a type, in the order they were first put."""
        return [record for _, record in in_order(self._tables[record_type.name])]

    # Writing

    def put(self, record_type: RecordType[T], record: T) -> T:
        """Stores a record in place of the one with the same key; returns it."""
        table, key = self._writable(record_type), record_type.key_of(record)
        before, next_order = table.records.get(key), table.next_order
        if before is None:
            table.positions[key] = (str(getattr(record, "created_at")), next_order)
            table.next_order += 1
        self._replace(record_type, key, before, record)
        change = Change(record_type.name, key, before, record)
        self._log(change, lambda: self._undo_put(record_type, change, next_order))
        return record

    def delete(self, record_type: RecordType[Any], key: str) -> None:
        """Deletes a record. Raises ``KeyError`` for an unknown key."""
        table = self._writable(record_type)
        record, position = table.records[key], table.positions[key]
        self._replace(record_type, key, record, None)
        change = Change(record_type.name, key, record, None)
        self._log(change, lambda: self._undo_delete(record_type, change, position))

    def next_count(self, counter: Hashable) -> int:
        """Returns the counter's value, 0 at first, and adds one to it."""
        before = self._counters.get(counter)
        self._counters[counter] = (before or 0) + 1
        if self._transaction is not None:
            self._transaction.steps.append(lambda: self._undo_count(counter, before))
        return before or 0

    def transaction(self) -> Transaction:
        """Returns a transaction for ``with``, which undoes every write on any exception."""
        return Transaction(self)

    # As a value

    def snapshot(self) -> Snapshot:
        """Returns the contents as a value, without copying the records."""
        for table in self._tables.values():
            table.is_shared = True
        return Snapshot(self._tables.copy(), self._counters.copy())

    def restore(self, snapshot: Snapshot) -> None:
        """Replaces the contents by those of a snapshot. Raises during a transaction."""
        if self._transaction is not None:
            raise RuntimeError("a transaction is open: restore() would make its rollback wrong")
        self._tables = dict(snapshot.tables)
        self._counters = dict(snapshot.counters)

    def dump(self) -> dict[str, Any]:
        """Returns the contents as plain JSON values."""
        tables = {
            name: {
                "next_order": table.next_order,
                "records": [
                    {"order": order, **thaw(vars(record))} for order, record in in_order(table)
                ],
            }
            for name, table in self._tables.items()
        }
        counters = [[*thaw(counter), count] for counter, count in self._counters.items()]
        return {"tables": tables, "counters": counters}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Replaces the contents by what ``dump`` returned.

        Raises ``KeyError``, ``TypeError`` or ``ValueError`` for a damaged dump.
        """
        loaded = Store(list(self._record_types.values()))
        for name, record_type in self._record_types.items():
            table = loaded._tables[name]
            for fields in dumped["tables"][name]["records"]:
                values = {key: freeze(value) for key, value in fields.items() if key != "order"}
                record = check_field_types(record_type.record(**values))
                key, order = record_type.key_of(record), _check_count(fields["order"])
                if key in table.records:
                    raise ValueError(f"{name} has two records with the key {key!r}")
                table.positions[key] = (values["created_at"], order)
                loaded._replace(record_type, key, None, record)
            table.next_order = _check_count(dumped["tables"][name]["next_order"])
        for *counter, count in dumped["counters"]:
            loaded._counters[tuple(counter)] = _check_count(count)
        self.restore(loaded.snapshot())

    # Writing and undoing

    def _writable(self, record_type: RecordType[Any]) -> Table:
        """Returns the type's table; copies it first if a snapshot may hold it."""
        table = self._tables[record_type.name]
        if table.is_shared:
            table = self._tables[record_type.name] = table.copy()
        return table

    def _log(self, change: Change, undo: Callable[[], None]) -> None:
        if self._transaction is not None:
            self._transaction.changes.append(change)
            self._transaction.steps.append(undo)

    def _undo_put(self, record_type: RecordType[Any], change: Change, next_order: int) -> None:
        table = self._writable(record_type)
        current = table.records.get(change.key)
        if current is not None:
            self._replace(record_type, change.key, current, _without(current, change))
        if change.before is None and table.next_order == next_order + 1:
            table.next_order = next_order

    def _undo_delete(
        self, record_type: RecordType[Any], change: Change, position: Position
    ) -> None:
        table = self._writable(record_type)
        if change.key not in table.records:
            table.positions[change.key] = position
            self._replace(record_type, change.key, None, change.before)

    def _undo_count(self, counter: Hashable, before: int | None) -> None:
        if self._counters.get(counter) != (before or 0) + 1:
            return  # a later transaction has counted on
        if before is None:
            del self._counters[counter]
        else:
            self._counters[counter] = before

    def _replace(self, record_type: RecordType[Any], key: str, old: Any, new: Any) -> None:
        """Replaces a record in the table and in the buckets; None stands for no record."""
        table = self._writable(record_type)
        position = table.positions[key]
        left = () if old is None else tuple(record_type.index(old))
        entered = () if new is None else tuple(record_type.index(new))
        if left != entered:
            by_date, by_insertion = entries_of(position, key)
            for index in {*left}.difference(entered):
                table.leave(index, by_insertion if index == BY_INSERTION else by_date)
            for index in {*entered}.difference(left):
                table.enter(index, by_insertion if index == BY_INSERTION else by_date)
        if new is None:
            del table.records[key], table.positions[key]
        else:
            table.records[key] = new


def _without(current: Any, change: Change) -> Any:
    """Returns a record without a change of it, or None if the change has created it."""
    if change.before is None or current is change.after:
        return change.before
    before, after = vars(change.before), vars(change.after)
    undone = {
        name: before[name]
        for name, value in vars(current).items()
        if value == after[name] and value != before[name]
    }
    return replace(current, **undone) if undone else current


def _check_count(value: Any) -> int:
    """Returns a count of a dump. Raises ``ValueError`` unless it is an int from 0 up."""
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is not a count")
    return value
