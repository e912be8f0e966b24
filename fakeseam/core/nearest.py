"""What a misspelled name may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest"]

COUNT = 3


def nearest(name: str, choices: Iterable[str], *, cutoff: float = 0.5) -> list[str]:
    """Returns the three choices most like the name, the closest first.

    Returns the first three choices if none is as similar as ``cutoff``, from 0 to 1.
    """
    known = list(choices)
    return get_close_matches(name, known, n=COUNT, cutoff=cutoff) or known[:COUNT]
