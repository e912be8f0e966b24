"""Tries fakeseam with the versions of the SDK that the README names, each in its own environment.

Run by `tox -e sdk-versions`, which needs build; for other versions by
`tox -e sdk-versions -- 3.4.0 3.17.0`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAYS_IN = Path(__file__).with_name("ways_in.py")

VERSIONS = ["1.0.1", "1.100.0", "1.210.0", "2.2.0", "3.0.0", "3.5.0", "3.12.0", "3.18.0"]


def main(versions: list[str]) -> None:
    failed = []
    with tempfile.TemporaryDirectory(prefix="fakeseam-sdks-") as scratch:
        folder = Path(scratch)
        run([sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT])
        (wheel,) = folder.glob("*.whl")
        for version in versions:
            print(f"seam {version}", flush=True)
            if not works(version, wheel, folder / version):
                failed.append(version)
    if failed:
        sys.exit(f"failed with {', '.join(failed)}")


def works(version: str, wheel: Path, folder: Path) -> bool:
    """Returns whether the tests of the ways in pass with this version of the SDK."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    packages = [wheel, f"seam=={version}", "pytest"]
    run([python, "-m", "pip", "install", "--quiet", *packages])
    # Away from the source tree, its conftest.py and its configuration of pytest.
    (folder / "test_ways_in.py").write_bytes(WAYS_IN.read_bytes())
    tests = [python, "-m", "pytest", "-q", "-rs", "--rootdir", folder, "-c", os.devnull]
    return subprocess.run([*tests, folder / "test_ways_in.py"], cwd=folder).returncode == 0


def run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:] or VERSIONS)
