"""/health: whether the fake answers."""

from __future__ import annotations

from ..api.auth import LEVER
from ..api.call import Call
from ..core.endpoint import Namespace

__all__ = ["namespace"]

namespace = Namespace("")


@namespace.endpoint("GET POST", callers=frozenset({LEVER}))
def health(call: Call) -> None:
    """Answers ``{"ok": true}``."""
