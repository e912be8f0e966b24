"""What the records of several namespaces have in common: types of fields, and index names.

A record is frozen. It holds no URL, nothing derived, and nothing that can be changed in place.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

__all__ = [
    "SCHEDULED",
    "ErrorOrWarning",
    "Metadata",
    "index_metadata",
    "index_values",
    "metadata_text",
]

Metadata = Mapping[str, "str | bool"]
ErrorOrWarning = Mapping[str, Any]

# The index of scheduled work, in the order in which it falls due.
SCHEDULED: Hashable = ("scheduled",)


def metadata_text(value: str | bool) -> str:
    """Returns a metadata value as a query has it: booleans as ``true`` and ``false``."""
    return ("true" if value else "false") if isinstance(value, bool) else value


def index_metadata(workspace_id: str, metadata: Metadata) -> Iterator[Hashable]:
    """Yields the index keys of each pair of ``custom_metadata``."""
    for key, value in metadata.items():
        yield ("metadata", workspace_id, key, metadata_text(value))


def index_values(workspace_id: str, values: Mapping[str, object]) -> Iterator[Hashable]:
    """Yields an index key for each of the named values that is not None."""
    for name, value in values.items():
        if value is not None:
            yield (name, workspace_id, value)
