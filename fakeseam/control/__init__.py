"""The levers: endpoints of the fake itself, declared as Seam's are and never counted as such.

Pulled from Python by methods of ``FakeSeam``, over HTTP under ``/_fakeseam/`` without a key.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ..core.endpoint import Endpoint

__all__ = ["ADVICE", "LEVER_PATHS", "NAMESPACES", "endpoint_at", "levers"]

# Whatever is wrong with a call of one of these is the test's mistake, an unknown name too.
LEVER_PATHS = "/_fakeseam/"

# "/_fake" has the one route of @seamapi/fake-seam-connect that people already call.
NAMESPACES = {
    "/_fakeseam": (
        "connecting",
        "credentials",
        "catalogue",
        "troubles",
        "inspecting",
        "resetting",
        "keeping",
        "timeline",
    ),
    "/_fakeseam/clock": ("clock",),
    "/_fakeseam/faults": ("faults",),
    "/_fakeseam/requests": ("requests",),
    "/_fakeseam/events": ("events",),
    "/_fakeseam/webhooks": ("webhooks", "sent"),
    "/_fake": ("official",),
    "/connect_webviews": ("login_page",),
    "": ("health",),
}

# What to do instead, where a test pulls a lever for which the state has no row.
ADVICE = {
    ("connect_webview", "authorized"): "a webview is for one login: create another one",
    ("connect_webview", "syncing"): "its login is done: call /connected_accounts/sync",
    ("connected_account", "disconnected"): "reconnect it first, with reconnect_account()",
}


def endpoint_at(path: str) -> Endpoint | None:
    """The lever at this path, or None."""
    for name in NAMESPACES.get(path.rpartition("/")[0], ()):
        if path in _load(name):
            return _load(name)[path]
    return None


def levers() -> list[Endpoint]:
    """Every lever, in the order of the contents page."""
    names = [name for names in NAMESPACES.values() for name in names]
    return [endpoint for name in names for endpoint in _load(name).values()]


@cache
def _load(name: str) -> dict[str, Endpoint]:
    endpoints: dict[str, Endpoint] = import_module(f".{name}", __name__).namespace.endpoints
    return endpoints
