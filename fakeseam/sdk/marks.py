"""The names of what travels with an httpx request or response, in its ``extensions``."""

from __future__ import annotations

__all__ = ["BASE_PATH", "SLEEP", "STRAY"]

# A function that lets seconds pass on the clock of the fake that the request has reached.
SLEEP = "fakeseam_sleep"
# What sent the request, in words, if that began before the running test; else None.
STRAY = "fakeseam_stray"
# What a URL has before Seam's path, without a slash at its end.
BASE_PATH = "fakeseam_base_path"
