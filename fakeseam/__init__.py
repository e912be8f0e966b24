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

__all__ = [
    "ApiError",
    "BrokenAnswer",
    "FakeSeam",
    "LoginFailed",
    "MisuseError",
    "WebhookDelivery",
]

_HOMES = {
    "ApiError": ".errors",
    "BrokenAnswer": ".errors",
    "FakeSeam": ".fake",
    "LoginFailed": ".errors",
    "MisuseError": ".errors",
    "WebhookDelivery": ".api.deliveries",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
