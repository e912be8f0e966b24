"""Pages of a list and the cursors between them.

A cursor is base64 JSON: the hash of the request's other parameters, and where the next page
begins. Source: docs.seam.co api/pagination, whose printed cursor decodes to this.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..errors import ApiError
from .issues import Issue, invalid_input
from .table import Entry, Position

__all__ = ["Page", "page"]

T = TypeVar("T")

# The place in the list itself, beside Seam's own two members: many records can be made in
# the same millisecond of a clock that stands, and the record pointed at can be deleted.
_PLACE = "place"


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some records of a list, and the cursor of the next page or None."""

    items: list[T]
    next_cursor: str | None


def page(
    entries: Sequence[Entry],
    *,
    pick: Callable[[str], T | None],
    limit: int,
    cursor: str | None,
    params: Sequence[tuple[str, str]],
    key: str,
) -> Page[T]:
    """The page at ``cursor``. ``pick`` gives the record of a key, or None to leave it out.

    Raises Seam's 400 for a cursor that does not decode or belongs to other ``params``.
    """
    digest = _digest(params)
    at = bisect_left(entries, _start(cursor, digest)) if cursor else 0
    items: list[T] = []
    for index in range(at, len(entries)):
        created_at, place, record_key = entries[index]
        record = pick(record_key)
        if record is None:
            continue
        if len(items) == limit:
            pointer = {"created_at": created_at, key: record_key, _PLACE: place}
            return Page(items, _encode(digest, pointer))
        items.append(record)
    return Page(items, None)


def _digest(params: Sequence[tuple[str, str]]) -> str:
    text = json.dumps(params)
    return hashlib.sha256(text.encode()).hexdigest()


def _encode(digest: str, pointer: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps([digest, pointer]).encode()).decode("ascii")


def _start(cursor: str, digest: str) -> Position:
    try:
        sent, pointer = json.loads(base64.b64decode(cursor, validate=True))
        start = (str(pointer["created_at"]), int(pointer[_PLACE]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as exc:
        # Unsourced: what Seam says of base64 that is no cursor of its own.
        raise invalid_input([Issue(("page_cursor",), "Invalid page cursor")]) from exc
    if sent != digest:
        raise ApiError(
            400,
            "mismatched_page_parameters",
            "When using next_page_cursor, the request must send parameters identical"
            " to the initial request.",
        )
    return start
