"""What a test has added and can remove again: by ``remove()``, or at the end of a ``with``."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

__all__ = ["Removable"]


class Removable(ABC):
    """Something that a test has added. The end of a ``with`` removes it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    @abstractmethod
    def remove(self) -> None:
        """Removes it; does nothing if it was removed already."""
