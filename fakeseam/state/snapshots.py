"""A fake's state as a value in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.store import Snapshot as StoreSnapshot

__all__ = ["Snapshot"]


@dataclass(frozen=True)
class Snapshot:
    """A fake's state at one moment; ``FakeSeam.restore`` takes it."""

    store: StoreSnapshot = field(repr=False)
    seed: int
    api_key: str = field(repr=False)
    workspace_id: str

    @property
    def counts(self) -> dict[str, int]:
        """The number of records of each kind that it has any of."""
        tables = self.store.tables
        return {name: len(table.records) for name, table in tables.items() if table.records}

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        return f"<snapshot: {counts}>"
