"""The names of what travels with an httpx request or response, in its ``extensions``."""

from __future__ import annotations

__all__ = ["SLEEP"]

# A function that lets seconds pass on the clock of the fake that the request has reached.
SLEEP = "fakeseam_sleep"
