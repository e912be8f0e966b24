"""/_fakeseam/inspect: what the fake holds, newest first. The inspection page shows its result.

The cost depends on what the page shows; only a search reads all records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ..api.workspaces.record import WORKSPACES, Workspace
from ..schema.endpoint import Namespace, Owner
from ..schema.params import enum, integer, text, uuid
from .context import ControlContext
from .inspect_sections import SECTIONS, Section, View
from .lookup import get_workspace

__all__ = ["PER_PAGE", "namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)

PER_PAGE = 50
# The number of rows of each section that the overview shows: the latest.
PER_SECTION = 5
OVERVIEW = "overview"


@namespace.endpoint("GET POST", response_key="inspection")
def inspect(
    ctx: ControlContext,
    *,
    show: str | None = enum(OVERVIEW, *SECTIONS),
    page: int = integer(default=1),
    search: str | None = text(),
    workspace_id: str | None = uuid(),
) -> dict[str, Any]:
    """Returns the latest rows of every section, or a page of one section, newest first.

    ``search`` keeps the rows that have the text in one of their values. A page number beyond the
    last page returns the last page.
    """
    everyone = ctx.store.all(WORKSPACES)
    chosen = everyone if workspace_id is None else [get_workspace(ctx, workspace_id)]
    view = View(ctx, chosen)
    show = show or OVERVIEW
    names = SECTIONS if show == OVERVIEW else [show]
    per_page = PER_SECTION if show == OVERVIEW else PER_PAGE
    return {
        "now": ctx.now(),
        "seed": ctx.ids.seed,
        "show": show,
        "search": search or "",
        "workspace_id": workspace_id,
        "workspaces": [_name(workspace) for workspace in everyone],
        "counts": {name: section.count(view) for name, section in SECTIONS.items()},
        "strict_violations": list(ctx.runtime.journal.strict_violations),
        "sections": {
            name: _page(SECTIONS[name], view, search or "", page, per_page) for name in names
        },
    }


def _name(workspace: Workspace) -> dict[str, str]:
    return {"workspace_id": workspace.workspace_id, "name": workspace.name}


def _page(section: Section, view: View, search: str, number: int, per_page: int) -> dict[str, Any]:
    matches = _search(section, view, search.casefold()) if search else None
    total = section.count(view) if matches is None else len(matches)
    pages = max(1, -(-total // per_page))
    number = min(number, pages)
    first = (number - 1) * per_page
    if matches is None:
        handles = islice(section.newest(view), first, first + per_page)
        rows = [section.show(view, handle) for handle in handles]
    else:
        rows = matches[first : first + per_page]
    return {"total": total, "page": number, "pages": pages, "rows": rows}


def _search(section: Section, view: View, wanted: str) -> list[dict[str, Any]]:
    rows = (section.show(view, handle) for handle in section.newest(view))
    return [row for row in rows if any(wanted in text.casefold() for text in _texts(row))]


def _texts(value: Any) -> Iterator[str]:
    """Yields the text of every value in a row, and the keys of metadata, which are an app's."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name == "custom_metadata" and isinstance(item, Mapping):
                yield from item
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
