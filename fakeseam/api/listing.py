"""Lists: the records that a caller may see and that meet every filter, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote_plus

from ..core.endpoint import Paged
from ..core.paging import page
from ..core.params import base64_text, text
from ..core.query import STRICT
from ..core.store import Kind
from ..core.table import Entry
from .call import Call
from .metadata import Given, Metadata
from .records import metadata_text
from .tables import SESSIONS

__all__ = [
    "by_customer",
    "by_metadata",
    "contains",
    "list_page",
    "of_user",
    "page_cursor",
    "quoted",
    "search_text",
]

T = TypeVar("T")


def page_cursor() -> Any:
    """The parameter that asks for a later page; null asks for the first."""
    return base64_text(nullable=True)


def search_text() -> Any:
    """A parameter that filters by text and may not be empty."""
    return text(minimum=1)


def list_page(
    call: Call,
    kind: Kind[T],
    show: Callable[[Call, T], dict[str, Any]],
    *,
    within: Iterable[Hashable],
    only: Iterable[str] | None = None,
    where: Callable[[T], bool] = lambda record: True,
    limit: int,
    page_cursor: str | None,
) -> Paged:
    """One page of the records under all of ``within``, among the ids ``only``, and ``where``.

    Unsourced: the order, which is that of creation.

    A cursor is good for a request with the same other parameters alone.
    """
    within, chosen = set(within), None if only is None else set(only)
    asked = _as_query(call.sent)
    pick = _picker(call, kind, within, chosen, where)
    found = page(
        _narrowest(call, kind, within, chosen),
        pick=pick,
        limit=limit,
        cursor=page_cursor,
        params=[("", call.path), *asked],
        key=kind.key,
    )
    cursor = found.next_cursor
    pagination = {
        "has_next_page": cursor is not None,
        "next_page_cursor": cursor,
        "next_page_url": cursor and _next_url(call, asked, cursor),
    }
    return Paged([show(call, record) for record in found.items], pagination)


def _narrowest(
    call: Call, kind: Kind[Any], within: set[Hashable], only: set[str] | None
) -> Sequence[Entry]:
    """The shortest sorted list that holds everything asked for: the cost of a filter."""
    buckets = [call.store.bucket(kind, index) for index in within]
    if only is not None:
        buckets.append(_entries(call, kind, only))
    return min(buckets, key=len)


def _entries(call: Call, kind: Kind[Any], keys: set[str]) -> Sequence[Entry]:
    known = (key for key in keys if call.store.get(kind, key) is not None)
    return sorted((*call.store.position(kind, key), key) for key in known)


def _picker(
    call: Call,
    kind: Kind[T],
    within: set[Hashable],
    only: set[str] | None,
    where: Callable[[T], bool],
) -> Callable[[str], T | None]:
    def pick(key: str) -> T | None:
        if only is not None and key not in only:
            return None
        record: T | None = call.store.get(kind, key)
        if record is None:
            return None
        return record if within.issubset(kind.index(record)) and where(record) else None

    return pick


# Filters that several lists share


def by_metadata(workspace_id: str, has: Given) -> list[Hashable]:
    """The indexes of the pairs looked for; a pair that has to be unset has none."""
    return [
        ("metadata", workspace_id, key, metadata_text(value))
        for key, value in has.items()
        if value is not None
    ]


def by_customer(workspace_id: str, customer_key: str | None) -> list[Hashable]:
    """The index of a customer, if one is looked for."""
    return [] if customer_key is None else [("customer", workspace_id, customer_key)]


def of_user(call: Call, user_identifier_key: str, ids: str) -> set[str]:
    """The ``ids`` field of the user's client sessions; an unknown user has none.

    Unsourced: that an unknown key gives an empty list rather than an error.
    """
    sessions = call.store.find(SESSIONS, ("user", call.workspace_id, user_identifier_key))
    return {one for session in sessions for one in getattr(session, ids)}


def contains(search: str, texts: Iterable[str | None], metadata: Metadata) -> bool:
    """Whether any text, metadata key or metadata value contains ``search``.

    Unsourced: that letter case does not matter and that keys count; Seam documents a
    partial match.
    """
    needle = search.lower()
    values = (metadata_text(value) for value in metadata.values())
    return any(needle in found.lower() for found in (*texts, *metadata, *values) if found)


# The URL of the next page


def _next_url(call: Call, asked: Sequence[tuple[str, str]], cursor: str) -> str:
    """The same list by GET, as the SDKs would write it."""
    pairs = sorted([*asked, ("page_cursor", cursor)], key=lambda pair: pair[0])
    query = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
    return f"{call.base_url}{call.path}?{query}&{STRICT}=true"


def _as_query(params: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parameters that count, as the SDKs write them into a query, sorted by name.

    Pairs of a metadata filter whose value is "" do not count, nor does the cursor itself.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in sorted(params.items()):
        if name == "page_cursor":
            continue
        if isinstance(value, Mapping):
            kept = [(key, item) for key, item in sorted(value.items()) if item != ""]
            pairs += [(f"{name}.{key}", _text(item)) for key, item in kept]
        elif isinstance(value, (list, tuple)):
            pairs += [(name, _text(item)) for item in value] or [(name, "")]
        else:
            pairs.append((name, _text(value)))
    return pairs


def _text(value: Any) -> str:
    return "" if value is None else metadata_text(value) if isinstance(value, bool) else str(value)


def quoted(value: str) -> str:
    """Text as the SDKs write it into a query string."""
    # A lone surrogate has no UTF-8 form; URLs get the replacement character, as in browsers.
    clean = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return quote_plus(clean, safe="*-._").replace("~", "%7E")
