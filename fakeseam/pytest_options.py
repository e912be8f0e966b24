"""What the fake of a test is made with: the configuration, the markers, and its name's seed."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

__all__ = ["options_of"]


def options_of(item: pytest.Item) -> dict[str, Any]:
    """What the configuration and the markers say; the closest marker has the last word."""
    strict = item.config.getini("fakeseam_strict")
    options: dict[str, Any] = {"seed": _seed(item), "strict": strict}
    for marker in reversed(list(item.iter_markers("fakeseam"))):
        if marker.args:
            raise pytest.UsageError("the marker fakeseam takes names: fakeseam(now='2026-01-01')")
        options |= marker.kwargs
    return options


def _seed(item: pytest.Item) -> int:
    """The same for a test wherever and in whichever order it runs."""
    text = f"{item.config.getoption('--fakeseam-seed')}/{item.nodeid}"
    # Six bytes: a dump's seed is to survive JavaScript's numbers.
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
