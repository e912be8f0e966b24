"""A fake's state as its levers have it: snapshots go by an id, a dump is JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .errors import MisuseError
from .handles import Snapshot

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["Keeping"]


class Keeping:
    """What ``World.whole`` is; snapshots are kept here until the fake is reset or closed."""

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake
        self._kept: dict[str, Snapshot] = {}
        self._made = 0

    def snapshot(self) -> str:
        """Remember the state; returns an id."""
        self._made += 1  # never the same again: an id of before a reset means nothing after it
        snapshot_id = f"snapshot{self._made}"
        self._kept[snapshot_id] = self._fake.snapshot()
        return snapshot_id

    def restore(self, snapshot_id: str) -> dict[str, str]:
        """Put back the state that was remembered."""
        if snapshot_id not in self._kept:
            there = ", ".join(self._kept) or "none"
            raise MisuseError(
                f"no snapshot {snapshot_id!r} (a reset forgets them); there are: {there}"
            )
        self._fake.restore(self._kept[snapshot_id])
        return self._key()

    def dump(self) -> dict[str, Any]:
        """The state as JSON."""
        return self._fake.dumped()

    def load(self, state: Mapping[str, Any]) -> dict[str, str]:
        """Take up a dump, or the steps of a seed."""
        self._fake.load(state)
        return self._key()

    def reset(self, **given: Any) -> dict[str, str]:
        """Begin anew."""
        self._fake.reset(**given)
        return self._key()

    def assert_nothing_unexpected(self) -> None:
        """``AssertionError`` for what a strict fake complains of."""
        self._fake.assert_nothing_unexpected()

    def forget(self) -> None:
        """No snapshot is kept any more."""
        self._kept.clear()

    def _key(self) -> dict[str, str]:
        return {"workspace_id": self._fake.workspace_id, "api_key": self._fake.api_key}
