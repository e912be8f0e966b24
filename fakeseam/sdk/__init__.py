"""The official SDK in process: its clients, and the app's own, answered in the calling thread."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["FIRST_VERSION", "import_advice"]

# The first version of the SDK whose clients take a transport. Older ones work over a socket.
FIRST_VERSION = "3.5"


def import_advice() -> str:
    """Returns why a module of this folder cannot be imported, and what to do."""
    try:
        found = version("seam")
    except PackageNotFoundError:
        return "the official SDK is not installed: pip install 'fakeseam[sdk]'"
    return (
        f"version {found} of the official SDK is installed, and in process fakeseam needs"
        f" {FIRST_VERSION} or newer: pip install 'fakeseam[sdk]'. Older versions reach a fake over"
        " a socket: use fake.environment(), the fixture fakeseam_env, or fake.serve()"
    )
