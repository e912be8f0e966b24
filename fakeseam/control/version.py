"""The version of the installed package."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["UNKNOWN", "own_version"]

UNKNOWN = "unknown"  # fakeseam runs from a folder and is not installed


def own_version() -> str:
    """Returns the version of the installed package, or ``unknown``."""
    try:
        return version("fakeseam")
    except PackageNotFoundError:
        return UNKNOWN
