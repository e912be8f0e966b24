"""What a run was measured on."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from .servers import OFFICIAL_VERSION

__all__ = ["describe_machine"]

PACKAGES = ("fakeseam", "seam", "httpx", "respx", "responses", "requests")


def describe_machine(quick: bool) -> dict[str, str]:
    """Returns what a reader has to know of the machine and the run, in the order to show it."""
    versions = [f"{name} {version(name)}" for name in PACKAGES if find_spec(name)]
    node = shutil.which("node")
    if node is not None:
        number = subprocess.check_output([node, "--version"], text=True).strip().lstrip("v")
        versions.append(f"@seamapi/fake-seam-connect {OFFICIAL_VERSION} on Node {number}")
    return {
        "Date": datetime.now(UTC).date().isoformat(),
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Versions": ", ".join(versions),
        "Run": "quick: few rounds and small stores, for development" if quick else "full",
    }


def _processor() -> str:
    """Returns the processor's name where Linux tells it, else its architecture."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
