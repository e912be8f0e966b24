"""Pages of a list and the cursors between them.

A cursor is base64 JSON: the hash of the request's other parameters, and the first record of the
next page. Source: docs.seam.co api/pagination, whose printed cursor decodes to this.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..core.table import Entry, Position
from ..errors import ApiError
from .validation import Issue, invalid_input

__all__ = ["Page", "page"]

T = TypeVar("T")

# The record's order number, which Seam's cursor does not have. On a fixed clock many records have
# the same ``created_at``, and the record that the cursor names may be deleted.
_PLACE = "place"


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some records of a list, and the cursor of the next page, or None."""

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
    """Returns the page at ``cursor``, at most ``limit`` records.

    ``pick`` returns the record of a key, or None to leave it out.
    Raises Seam's 400 for a cursor that does not decode or belongs to other ``params``.
    """
    digest = _digest(params)
    first = bisect_left(entries, _start(cursor, digest)) if cursor else 0
    items: list[T] = []
    for index in range(first, len(entries)):
        created_at, order, record_key = entries[index]
        record = pick(record_key)
        if record is None:
            continue
        if len(items) == limit:
            pointer = {"created_at": created_at, key: record_key, _PLACE: order}
            return Page(items, _encode(digest, pointer))
        items.append(record)
    return Page(items, None)


def _digest(params: Sequence[tuple[str, str]]) -> str:
    text = json.dumps(params)
    return hashlib.sha256(text.encode()).hexdigest()


def _encode(digest: str, pointer: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps([digest, pointer]).encode()).decode("ascii")


def _start(cursor: str, digest: str) -> Position:
    """Returns the position at which a cursor's page begins."""
    try:
        sent_digest, pointer = json.loads(base64.b64decode(cursor, validate=True))
        start = (str(pointer["created_at"]), int(pointer[_PLACE]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as exc:
        # Unsourced: Seam's error for base64 that is not a cursor of its own.
        raise invalid_input([Issue(("page_cursor",), "Invalid page cursor")]) from exc
    if sent_digest != digest:
        raise ApiError(
            400,
            "mismatched_page_parameters",
            "When using next_page_cursor, the request must send parameters identical"
            " to the initial request.",
        )
    return start
