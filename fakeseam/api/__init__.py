"""Seam's rules. The contents page: a path's namespace is a module, its last part a function."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from ..core.endpoint import Endpoint, Namespace
from .documented import DOCUMENTED_PATHS

__all__ = ["NAMESPACES", "coverage", "endpoint_at", "modelled_endpoints", "nearest"]

# A module is imported when one of its paths is first asked for.
NAMESPACES = {
    "/action_attempts": "action_attempts",
    "/client_sessions": "client_sessions",
    "/connect_webviews": "connect_webviews",
    "/connected_accounts": "connected_accounts",
    "/connected_accounts/simulate": "connected_accounts_simulate",
    "/customers": "customers",
    "/devices": "devices",
    "/devices/simulate": "devices_simulate",
    "/devices/unmanaged": "devices_unmanaged",
    "/events": "events",
    "/spaces": "spaces",
    "/user_identities": "user_identities",
    "/webhooks": "webhooks",
    "/workspaces": "workspaces",
}


def endpoint_at(path: str) -> Endpoint | None:
    """The modelled endpoint at this path, or None."""
    name = NAMESPACES.get(path.rpartition("/")[0])
    return None if name is None else _load(name).endpoints.get(path)


def modelled_endpoints() -> list[Endpoint]:
    """Every endpoint of Seam's that is modelled, in the order of the contents page."""
    return [
        endpoint for name in NAMESPACES.values() for endpoint in _load(name).endpoints.values()
    ]


def coverage() -> list[tuple[str, str, str]]:
    """Each documented path: ``modelled``, ``partly`` or ``not modelled``, and what is left out."""
    return [_covered(path) for path in DOCUMENTED_PATHS]


def _covered(path: str) -> tuple[str, str, str]:
    endpoint = endpoint_at(path)
    if endpoint is None:
        return path, "not modelled", ""
    return path, "partly" if endpoint.partly else "modelled", endpoint.partly or ""


def nearest(path: str) -> list[str]:
    """The modelled paths most like this one, the closest first."""
    modelled = [endpoint.path for endpoint in modelled_endpoints()]
    return get_close_matches(path, modelled, n=3, cutoff=0.4) or modelled[:3]


@cache
def _load(name: str) -> Namespace:
    namespace: Namespace = import_module(f".{name}", __name__).namespace
    unknown = namespace.endpoints.keys() - set(DOCUMENTED_PATHS)
    if unknown:
        raise RuntimeError(f"not documented by Seam: {sorted(unknown)}")
    return namespace
