"""/health: whether the server is running."""

from __future__ import annotations

from ..schema.endpoint import Namespace, Owner
from .context import ControlContext

__all__ = ["namespace"]

namespace = Namespace("", Owner.OPEN)


@namespace.endpoint("GET POST")
def health(ctx: ControlContext) -> None:
    """Returns ``{"ok": true}``."""
