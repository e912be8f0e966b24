"""fakeseam: Seam (seam.co) in memory, for tests.

Importing the package loads only the standard library: each name is imported at its first use
(PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api.webhooks.deliveries import WebhookDelivery
    from .control.answer_plan import AppRequest
    from .control.fault_handles import InjectedFault
    from .control.journal import LoggedRequest
    from .errors import ApiError, BrokenResponse, LoginFailed, MisuseError
    from .fake import FakeSeam
    from .state.snapshots import Snapshot

__all__ = [
    "ApiError",
    "AppRequest",
    "BrokenResponse",
    "FakeSeam",
    "InjectedFault",
    "LoggedRequest",
    "LoginFailed",
    "MisuseError",
    "Snapshot",
    "WebhookDelivery",
]

_HOMES = {
    "ApiError": ".errors",
    "AppRequest": ".control.answer_plan",
    "BrokenResponse": ".errors",
    "FakeSeam": ".fake",
    "LoggedRequest": ".control.journal",
    "LoginFailed": ".errors",
    "MisuseError": ".errors",
    "InjectedFault": ".control.fault_handles",
    "Snapshot": ".state.snapshots",
    "WebhookDelivery": ".api.webhooks.deliveries",
}


if not TYPE_CHECKING:  # with __getattr__, a type checker would accept any name

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
