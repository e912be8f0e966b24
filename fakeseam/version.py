"""Which fakeseam this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["UNKNOWN", "own_version"]

UNKNOWN = "unknown"  # run from a folder, without having been installed


def own_version() -> str:
    """The version of the installed package."""
    try:
        return version("fakeseam")
    except PackageNotFoundError:
        return UNKNOWN
