"""Finds a Chromium and starts it: for the tests in a browser, and for the pictures in the docs.

It is the one of ``FAKESEAM_CHROMIUM``, else the one on PATH, else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

# The first has no window to open, and is more than twice as fast.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Without a graphics card and without requests of its own.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pictures of the same page are the same on every machine.
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]


def what_is_missing():
    """What has to be installed before tests can run in a browser; None if nothing."""
    if find_spec("playwright") is None or find_spec("axe_playwright_python") is None:
        return "Playwright is not installed: run `tox -e browser`, or pip install -e '.[browser]'"
    if path() is None:
        if os.environ.get("FAKESEAM_CHROMIUM"):
            return f"FAKESEAM_CHROMIUM={os.environ['FAKESEAM_CHROMIUM']!r} is not a program"
        return (
            "no Chromium was found: apt-get install chromium-headless-shell (or chromium),"
            " or set FAKESEAM_CHROMIUM"
        )
    return None


def path():
    """The Chromium to run, or None."""
    named = os.environ.get("FAKESEAM_CHROMIUM")
    if named:
        return shutil.which(named)
    found = filter(None, map(shutil.which, NAMES))
    return next(found, None) or _playwrights_own()


def launch(playwright):
    """A browser without a window; root's runs without a sandbox, because it has to."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path(), args=[*ARGUMENTS, *as_root])


def _playwrights_own():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return shutil.which(playwright.chromium.executable_path)
