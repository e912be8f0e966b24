"""Lists: pages of the records that meet every filter, and the filters that several lists share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote_plus

from ..core.record_types import RecordType
from ..core.shown import Shown
from ..core.table import Entry
from ..schema.endpoint import Paged
from ..schema.paging import page
from ..schema.params import base64_text, text
from ..schema.query import STRICT
from ..schema.validation import replace_surrogates
from .client_sessions.record import SESSIONS
from .context import RequestContext
from .metadata import MetadataInput
from .record_fields import Metadata, metadata_text

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
    """Returns the parameter for the cursor of a later page; null stands for the first page."""
    return base64_text(nullable=True)


def search_text() -> Any:
    """Returns the parameter that filters by text; the text may not be empty."""
    return text(minimum=1)


def list_page(
    ctx: RequestContext,
    record_type: RecordType[T],
    show: Callable[[RequestContext, T], Shown | dict[str, Any]],
    *,
    within: Iterable[Hashable],
    limits: Sequence[set[str]] = (),
    where: Callable[[T], bool] = lambda record: True,
    limit: int,
    page_cursor: str | None,
) -> Paged:
    """Returns one page of the records that meet every condition.

    A record must be under every index key of ``within``, have an id that is in all ``limits``,
    and satisfy ``where``. A cursor is valid only with the same other parameters.

    Unsourced: the order, which is that of creation.
    """
    within, only = set(within), set.intersection(*limits) if limits else None
    query_pairs = _as_query(ctx.params)
    entries, index = _narrowest(ctx, record_type, within, only)
    pick = _picker(ctx, record_type, within - {index}, only, where)
    found = page(
        entries,
        pick=pick,
        limit=limit,
        cursor=page_cursor,
        params=[("", ctx.path), *query_pairs],
        key=record_type.key,
    )
    cursor = found.next_cursor
    pagination = {
        "has_next_page": cursor is not None,
        "next_page_cursor": cursor,
        "next_page_url": cursor and _next_url(ctx, query_pairs, cursor),
    }
    return Paged([show(ctx, record) for record in found.items], pagination)


def _narrowest(
    ctx: RequestContext, record_type: RecordType[Any], within: set[Hashable], only: set[str] | None
) -> tuple[Sequence[Entry], Hashable]:
    """Returns the shortest sorted list that holds every matching record: filters stay cheap.

    The second value is its index key, None if it is that of the ids in ``only``.
    """
    found: list[tuple[Sequence[Entry], Hashable]]
    found = [(ctx.store.bucket(record_type, index), index) for index in within]
    if only is not None:
        found.append((_entries(ctx, record_type, only), None))
    return min(found, key=lambda one: len(one[0]))


def _entries(ctx: RequestContext, record_type: RecordType[Any], keys: set[str]) -> Sequence[Entry]:
    known = (key for key in keys if ctx.store.get(record_type, key) is not None)
    return sorted((*ctx.store.position(record_type, key), key) for key in known)


def _picker(
    ctx: RequestContext,
    record_type: RecordType[T],
    within: set[Hashable],
    only: set[str] | None,
    where: Callable[[T], bool],
) -> Callable[[str], T | None]:
    def pick(key: str) -> T | None:
        if only is not None and key not in only:
            return None
        record: T | None = ctx.store.get(record_type, key)
        if record is None:
            return None
        if within and not within.issubset(record_type.index(record)):
            return None
        return record if where(record) else None

    return pick


# Filters that several lists share


def by_metadata(workspace_id: str, has: MetadataInput) -> list[Hashable]:
    """Returns the index keys for a metadata filter; a pair that must be unset has none."""
    return [
        ("metadata", workspace_id, key, metadata_text(value))
        for key, value in has.items()
        if value is not None
    ]


def by_customer(workspace_id: str, customer_key: str | None) -> list[Hashable]:
    """Returns the index key of the customer in a list; an empty list for None."""
    return [] if customer_key is None else [("customer", workspace_id, customer_key)]


def of_user(ctx: RequestContext, user_identifier_key: str, ids: str) -> set[str]:
    """Returns the ids in the field ``ids`` of the user's client sessions.

    Unsourced: that an unknown user has none, rather than being an error.
    """
    sessions = ctx.store.find(SESSIONS, ("user", ctx.workspace_id, user_identifier_key))
    return {one for session in sessions for one in getattr(session, ids)}


def contains(search: str, texts: Iterable[str | None], metadata: Metadata) -> bool:
    """Returns whether any text, metadata key or metadata value contains ``search``.

    Unsourced: that letter case is ignored and that keys count; Seam documents a partial match.
    """
    needle = search.lower()
    values = (metadata_text(value) for value in metadata.values())
    return any(needle in found.lower() for found in (*texts, *metadata, *values) if found)


# The URL of the next page


def _next_url(ctx: RequestContext, query_pairs: Sequence[tuple[str, str]], cursor: str) -> str:
    """Returns the URL of the next page for a GET request, written as the SDKs write it."""
    pairs = sorted([*query_pairs, ("page_cursor", cursor)], key=lambda pair: pair[0])
    query = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
    return f"{ctx.base_url}{ctx.path}?{query}&{STRICT}=true"


def _as_query(params: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Returns the parameters as the SDKs write them into a query, sorted by name.

    The cursor is left out, and so are pairs of a metadata filter whose value is "".
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
    """Returns the text as the SDKs write it into a query string."""
    return quote_plus(replace_surrogates(value), safe="*-._").replace("~", "%7E")
