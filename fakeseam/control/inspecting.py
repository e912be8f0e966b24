"""/_fakeseam/inspect: what the fake holds, for whoever would rather look than read.

The page at ``/_fakeseam/`` is made of this answer. What it costs follows what is shown; only a
search goes through everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ..api.auth import LEVER
from ..api.call import Call
from ..api.records import Workspace
from ..api.tables import WORKSPACES
from ..core.endpoint import Namespace
from ..core.params import enum, integer, text, uuid
from .finding import workspace_of
from .inspected import SECTIONS, Section, View

__all__ = ["PER_PAGE", "namespace"]

namespace = Namespace("/_fakeseam")

PER_PAGE = 50
# How many of each kind the overview shows: the latest.
PER_KIND = 5
OVERVIEW = "overview"


@namespace.endpoint("GET POST", callers=frozenset({LEVER}), answer="inspection")
def inspect(
    call: Call,
    *,
    show: str | None = enum(OVERVIEW, *SECTIONS),
    page: int = integer(default=1),
    search: str | None = text(),
    workspace_id: str | None = uuid(),
) -> dict[str, Any]:
    """What there is, newest first: the latest of everything, or a page of one kind of thing.

    ``search`` leaves what has the text in one of its values. A page after the last is the last.
    """
    everyone = call.store.all(WORKSPACES)
    chosen = everyone if workspace_id is None else [workspace_of(call, workspace_id)]
    view = View(call, chosen)
    show = show or OVERVIEW
    names = SECTIONS if show == OVERVIEW else [show]
    per_page = PER_KIND if show == OVERVIEW else PER_PAGE
    return {
        "now": call.now(),
        "seed": call.world.ids.seed,
        "show": show,
        "search": search or "",
        "workspace_id": workspace_id,
        "workspaces": [_named(workspace) for workspace in everyone],
        "counts": {name: section.count(view) for name, section in SECTIONS.items()},
        "complaints": list(call.world.journal.complaints),
        "sections": {
            name: _page_of(SECTIONS[name], view, search or "", page, per_page) for name in names
        },
    }


def _named(workspace: Workspace) -> dict[str, str]:
    return {"workspace_id": workspace.workspace_id, "name": workspace.name}


def _page_of(
    section: Section, view: View, search: str, number: int, per_page: int
) -> dict[str, Any]:
    found = _found(section, view, search.casefold()) if search else None
    total = section.count(view) if found is None else len(found)
    pages = max(1, -(-total // per_page))
    number = min(number, pages)
    first = (number - 1) * per_page
    if found is None:
        things = islice(section.newest(view), first, first + per_page)
        rows = [section.show(view, thing) for thing in things]
    else:
        rows = found[first:first + per_page]
    return {"total": total, "page": number, "pages": pages, "rows": rows}


def _found(section: Section, view: View, wanted: str) -> list[dict[str, Any]]:
    rows = (section.show(view, thing) for thing in section.newest(view))
    return [row for row in rows if any(wanted in one.casefold() for one in _texts(row))]


def _texts(value: Any) -> Iterator[str]:
    """Everything legible in a row: its values, and the keys that are an app's own."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name == "custom_metadata":
                yield from item
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
