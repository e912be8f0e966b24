"""Seam's rules. URL == path: ``/devices/simulate/connect`` is in ``devices/simulate.py``.

The endpoints right below a namespace, such as ``/devices/list``, are in its ``endpoints.py``.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from ..schema.endpoint import Endpoint, Namespace
from .documented import DOCUMENTED_PATHS

__all__ = [
    "NAMESPACES",
    "coverage",
    "endpoint_at",
    "implemented_endpoints",
    "nearest_namespaces",
    "nearest_paths",
]

# How like a noun has to be to be meant, from 0 to 1: "device" means "devices", "phones" none.
CLEARLY_ALIKE = 0.8
MAX_HINTS = 3

# A module is imported when one of its paths is first called.
NAMESPACES = (
    "/access_codes",
    "/access_codes/simulate",
    "/access_codes/unmanaged",
    "/action_attempts",
    "/client_sessions",
    "/connect_webviews",
    "/connected_accounts",
    "/connected_accounts/simulate",
    "/customers",
    "/devices",
    "/devices/simulate",
    "/devices/unmanaged",
    "/events",
    "/locks",
    "/locks/simulate",
    "/spaces",
    "/user_identities",
    "/webhooks",
    "/workspaces",
)


def endpoint_at(path: str) -> Endpoint | None:
    """Returns the implemented endpoint at this path, or None."""
    namespace = path.rpartition("/")[0]
    return _load(namespace).endpoints.get(path) if namespace in NAMESPACES else None


def implemented_endpoints() -> list[Endpoint]:
    """Returns every endpoint of Seam's that fakeseam implements, by namespace."""
    return [
        endpoint for namespace in NAMESPACES for endpoint in _load(namespace).endpoints.values()
    ]


def coverage() -> list[tuple[str, str, str]]:
    """Returns for each documented path ``implemented``, ``partly`` or ``not implemented``, and
    what is left out."""
    return [_covered(path) for path in DOCUMENTED_PATHS]


def _covered(path: str) -> tuple[str, str, str]:
    endpoint = endpoint_at(path)
    if endpoint is None:
        return path, "not implemented", ""
    note = endpoint.partial_note
    return path, "partly" if note else "implemented", note or ""


def nearest_paths(path: str) -> list[str]:
    """Returns at most three implemented paths that this one may have meant, the closest first.

    They are of its own noun, or of one that is clearly alike. Returns none for another noun: its
    endpoints could not stand in for this path.
    """
    paths = [one for namespace in nearest_namespaces(path) for one in _load(namespace).endpoints]
    return get_close_matches(path, paths, n=MAX_HINTS, cutoff=0)


def nearest_namespaces(path: str) -> list[str]:
    """Returns the namespaces of the noun that this path begins with, or of a clearly alike one."""
    nouns = {_noun(namespace) for namespace in NAMESPACES}
    near = get_close_matches(_noun(path), nouns, n=1, cutoff=CLEARLY_ALIKE)
    return [namespace for namespace in NAMESPACES if _noun(namespace) in near]


def _noun(path: str) -> str:
    """Returns the first segment of a path: ``devices`` for ``/devices/simulate/connect``."""
    return path.strip("/").partition("/")[0]


@cache
def _load(path: str) -> Namespace:
    """Imports the module of a namespace."""
    folder, _, module = path.removeprefix("/").partition("/")
    namespace: Namespace = import_module(f".{folder}.{module or 'endpoints'}", __name__).namespace
    unknown = namespace.endpoints.keys() - set(DOCUMENTED_PATHS)
    if unknown:
        raise RuntimeError(f"not documented by Seam: {sorted(unknown)}")
    return namespace
