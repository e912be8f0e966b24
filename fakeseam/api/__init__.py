"""Seam's rules. URL == path: ``/devices/simulate/connect`` is in ``devices/simulate.py``.

The endpoints right below a namespace, such as ``/devices/list``, are in its ``endpoints.py``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ..core.nearest import nearest
from ..schema.endpoint import Endpoint, Namespace
from .documented import DOCUMENTED_PATHS

__all__ = ["NAMESPACES", "coverage", "endpoint_at", "implemented_endpoints", "nearest_paths"]

# A module is imported when one of its paths is first called.
NAMESPACES = (
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
    """Returns the implemented paths most like this one, the closest first."""
    implemented = [endpoint.path for endpoint in implemented_endpoints()]
    return nearest(path, implemented, cutoff=0.4)


@cache
def _load(path: str) -> Namespace:
    """Imports the module of a namespace."""
    folder, _, module = path.removeprefix("/").partition("/")
    namespace: Namespace = import_module(f".{folder}.{module or 'endpoints'}", __name__).namespace
    unknown = namespace.endpoints.keys() - set(DOCUMENTED_PATHS)
    if unknown:
        raise RuntimeError(f"not documented by Seam: {sorted(unknown)}")
    return namespace
