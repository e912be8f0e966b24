"""fakeseam: Seam (seam.co) in memory, for tests.

Importing this loads nothing but the standard library: each name is imported when it is first
used (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api.deliveries import WebhookDelivery
    from .errors import ApiError, BrokenAnswer, LoginFailed, MisuseError
    from .fake import FakeSeam
    from .fault_handles import PlannedFault
    from .handles import Snapshot
    from .journal import LoggedRequest

__all__ = [
    "ApiError",
    "BrokenAnswer",
    "FakeSeam",
    "LoggedRequest",
    "LoginFailed",
    "MisuseError",
    "PlannedFault",
    "Snapshot",
    "WebhookDelivery",
]

_HOMES = {
    "ApiError": ".errors",
    "BrokenAnswer": ".errors",
    "FakeSeam": ".fake",
    "LoggedRequest": ".journal",
    "LoginFailed": ".errors",
    "MisuseError": ".errors",
    "PlannedFault": ".fault_handles",
    "Snapshot": ".handles",
    "WebhookDelivery": ".api.deliveries",
}


if not TYPE_CHECKING:  # a type checker would take any name for one of these

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
