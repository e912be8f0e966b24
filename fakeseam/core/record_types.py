"""Record types: the declarations that the store, dumps, resets and deletions work from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

__all__ = ["RecordType", "replace"]

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class RecordType(Generic[T]):
    """Describes one kind of record. Every record has ``created_at``.

    ``name`` is the table's name in dumps, ``key`` the field that identifies a record, and
    ``index`` returns the buckets that a record is found in. The other fields are declarations
    that dumps, resets, deletions, the timeline and the inspection page are made from:

    - ``noun``: the name of such a record in the timeline; None for the fake's own bookkeeping.
    - ``survives_reset``: False if a reset of its workspace deletes it; its index then has
      ``("workspace", workspace_id)``.
    - ``section``: the section of the inspection page, None if it has none.
    - ``states``: the legal values of ``state``, for a record that has one.
    - ``belongs_to``: the field with the key of the record that it is deleted with. Its index has
      ``(belongs_to, workspace_id, key)``, unless that field is the key of both.
    - ``listed_ids``: fields that list keys of other records, such as ``device_ids``. A deleted
      key leaves the list. The index has ``("device_id", workspace_id, key)`` for each.
    - ``shown_by``, ``checked_by``, ``emits_on_delete``, ``runs_when_due``: functions of the
      request context and the record, as ``module:function`` below ``fakeseam.api``, imported when
      they are called. They return the record as the API shows it, raise if the record of a dump
      is damaged, emit the events of a deletion, and do scheduled work. ``created_at`` of such
      work is the time at which it falls due; the function returns a line for the timeline, or "".
    """

    name: str
    record: type[T]
    key: str
    index: Callable[[T], Iterable[Hashable]]
    noun: str | None
    survives_reset: bool
    section: str | None
    shown_by: str | None
    states: tuple[str, ...] = ()
    belongs_to: str | None = None
    listed_ids: tuple[str, ...] = ()
    checked_by: str | None = None
    emits_on_delete: str | None = None
    runs_when_due: str | None = None

    def key_of(self, record: T) -> str:
        return str(getattr(record, self.key))


if TYPE_CHECKING:  # mypy checks the names and types of the changes for this function only
    from dataclasses import replace
else:

    def replace(record: T, /, **changes: Any) -> T:
        """Returns a record with other fields, as ``dataclasses.replace`` does, which takes six
        times as long."""
        replaced = object.__new__(type(record))
        vars(replaced).update(vars(record), **changes)
        return replaced
