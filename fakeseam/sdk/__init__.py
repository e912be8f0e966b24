"""The official SDK in process: its clients, and the app's own, answered in the calling thread."""

from __future__ import annotations

__all__ = ["NOT_INSTALLED"]

# Why a module of this folder cannot be imported.
NOT_INSTALLED = "the official SDK is not installed: pip install 'fakeseam[sdk]'"
