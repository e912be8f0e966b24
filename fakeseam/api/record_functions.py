"""The functions that record types name: imported when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

__all__ = ["record_function"]


@cache
def record_function(name: str) -> Callable[..., Any]:
    """Returns the function that ``module:function`` names, below ``fakeseam.api``."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f".{module}", __package__), function)
    return found
