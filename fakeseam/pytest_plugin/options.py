"""The arguments of a test's fake: from the configuration, the markers and the node id."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

__all__ = ["options_of"]


def options_of(item: pytest.Item) -> dict[str, Any]:
    """Returns the arguments of the test's fake; the closest marker overrides the others.

    Raises ``UsageError`` for a marker with positional arguments.
    """
    strict = item.config.getini("fakeseam_strict")
    options: dict[str, Any] = {"seed": _seed(item), "strict": strict}
    for marker in reversed(list(item.iter_markers("fakeseam"))):
        if marker.args:
            raise pytest.UsageError(
                "the marker fakeseam takes keyword arguments: fakeseam(now='2026-01-01')"
            )
        options |= marker.kwargs
    return options


def _seed(item: pytest.Item) -> int:
    """Returns the test's seed: the same on every machine and in every order of tests."""
    text = f"{item.config.getoption('--fakeseam-seed')}/{item.nodeid}"
    # Six bytes: JavaScript's numbers must hold the seed of a dump.
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
