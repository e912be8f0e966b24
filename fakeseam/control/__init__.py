"""The control API: endpoints of the fake itself, declared as Seam's are and never counted so.

A test calls them by the methods of ``FakeSeam``, or over HTTP under ``/_fakeseam/``, where they
need no key. Each module declares the endpoints of one noun.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import import_module

from ..schema.endpoint import Endpoint, Owner

__all__ = [
    "ADVICE",
    "CONTROL_PREFIX",
    "NAMESPACES",
    "control_endpoints",
    "control_name",
    "control_paths",
    "endpoint_at",
    "is_control_path",
    "nearest_names",
]

CONTROL_PREFIX = "/_fakeseam/"

CLEARLY_ALIKE = 0.6  # how like a name has to be to be meant, from 0 to 1
MAX_HINTS = 3

# The modules of each path; the first is the one that every new fake calls, which imports the
# others only when it has to. "/_fake" has the routes of @seamapi/fake-seam-connect that people
# already call.
NAMESPACES = {
    "/_fakeseam": (
        "credentials",
        "accounts",
        "provider_overrides",
        "answers",
        "emit",
        "errors_and_warnings",
        "access_codes",
        "locks",
        "inspect_state",
        "state",
        "timeline",
    ),
    "/_fakeseam/clock": ("clock",),
    "/_fakeseam/faults": ("faults",),
    "/_fakeseam/requests": ("request_log",),
    "/_fakeseam/events": ("event_log",),
    "/_fakeseam/webhooks": ("delivery_settings", "delivery_log"),
    "/_fake": ("official_fake",),
    "/connect_webviews": ("login_page",),
    "": ("health",),
}

# What a test can do instead, where the transition table has no row for its control call.
ADVICE = {
    ("connect_webview", "authorized"): "a webview is for one login: create another one",
    ("connect_webview", "syncing"): "its login is done: call /connected_accounts/sync",
    ("access_code", "removing"): "it is about to be gone",
    ("access_code", "removed_outside"): "somebody has removed it already",
    ("connected_account", "disconnected"): "reconnect it first, with reconnect_account()",
}


def is_control_path(path: str) -> bool:
    """Returns whether a path is below ``/_fakeseam/``, even if no endpoint is there."""
    return path.startswith(CONTROL_PREFIX)


def control_name(endpoint: Endpoint) -> str:
    """Returns an endpoint's name in Python: ``faults.add`` for ``/_fakeseam/faults/add``."""
    return endpoint.path.removeprefix(CONTROL_PREFIX).replace("/", ".")


def endpoint_at(path: str) -> Endpoint | None:
    """Returns the control endpoint at this path, or None."""
    for name in NAMESPACES.get(path.rpartition("/")[0], ()):
        if path in _load(name):
            return _load(name)[path]
    return None


def control_endpoints() -> list[Endpoint]:
    """Returns every endpoint of the fake's own, in the order of ``NAMESPACES``."""
    names = [name for names in NAMESPACES.values() for name in names]
    return [endpoint for name in names for endpoint in _load(name).values()]


def control_paths() -> list[str]:
    """Returns the paths of the control endpoints."""
    return [one.path for one in control_endpoints() if one.owner is Owner.CONTROL]


def nearest_names(name: str) -> list[str]:
    """Returns at most three names of control endpoints that this one may have meant."""
    names = [path.removeprefix(CONTROL_PREFIX) for path in control_paths()]
    return get_close_matches(name, names, n=MAX_HINTS, cutoff=CLEARLY_ALIKE)


@cache
def _load(name: str) -> dict[str, Endpoint]:
    endpoints: dict[str, Endpoint] = import_module(f".{name}", __name__).namespace.endpoints
    return endpoints
