"""The official SDK in process: its clients, and the app's own, answered in the calling thread."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version

__all__ = ["FIRST_VERSION", "import_advice"]

# The first version of the SDK whose clients take a transport. Older ones work over a socket.
FIRST_VERSION = "3.5"


NOT_INSTALLED = "the official SDK is not installed: pip install 'fakeseam[sdk]'"


def _numbers(text: str) -> tuple[int, ...]:
    """Returns the first two numbers of a version."""
    return tuple(int(part) for part in re.findall(r"[0-9]+", text)[:2])


def import_advice() -> str:
    """Returns why a module of this folder cannot be imported, and what to do."""
    try:
        found = version("seam")
    except PackageNotFoundError:
        return NOT_INSTALLED
    if _numbers(found) >= _numbers(FIRST_VERSION):
        return NOT_INSTALLED  # or not as a whole: httpx comes with it
    return (
        f"version {found} of the official SDK is installed, and in process fakeseam needs"
        f" {FIRST_VERSION} or newer: pip install 'fakeseam[sdk]'. Older versions reach a fake over"
        " a socket: use fake.environment(), the fixture fakeseam_env, or fake.serve()"
    )
