"""The names of what travels with an httpx request or response, in its ``extensions``."""

from __future__ import annotations

__all__ = ["SLEEP", "STRAY"]

# A function that lets seconds pass on the clock of the fake that the request has reached.
SLEEP = "fakeseam_sleep"
# What sent the request, in words, if that began before the running test; else None.
STRAY = "fakeseam_stray"
