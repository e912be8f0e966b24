"""Builds sdist and wheel, and tries the wheel alone: no extras, an empty environment.

Run by `tox -e package`; needs build and twine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SMOKE = """
from fakeseam import FakeSeam

fake = FakeSeam()
webview = fake.call("/connect_webviews/create")["connect_webview"]
assert webview["status"] == "pending", webview
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="fakeseam-package-") as scratch:
        folder = Path(scratch)
        wheel = build(folder / "dist")
        check_contents(wheel)
        try_out(wheel, folder)
    print(f"{wheel.name}: well built, complete, and works alone")


def build(dist: Path) -> Path:
    """The wheel, built from the sdist, so that both are complete."""
    run([sys.executable, "-m", "build", "--outdir", dist, ROOT])
    run([sys.executable, "-m", "twine", "check", "--strict", *sorted(dist.iterdir())])
    (wheel,) = dist.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """All of fakeseam/ is in the wheel, py.typed and templates too, and no other package."""
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "fakeseam").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert "fakeseam/py.typed" in packed, "py.typed is not in the wheel"
    missing, extra = sorted(expected - packed), sorted(packed - expected)
    assert packed == expected, f"missing: {missing}; extra: {extra}"


def try_out(wheel: Path, folder: Path) -> None:
    """Runs in `folder`, where the source tree cannot be imported by accident."""
    bare = folder / "bare"
    venv.create(bare, with_pip=True)
    bin_ = bare / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / "python"
    run([python, "-m", "pip", "install", "--quiet", wheel])
    run([python, "-m", "pip", "check"])
    for command in (
        [bin_ / "fakeseam", "endpoints"],
        [python, "-m", "fakeseam", "states"],
    ):
        assert run(command, cwd=folder).strip(), f"printed nothing: {command}"
    run([python, "-c", SMOKE], cwd=folder)


def run(command: list[str | Path], cwd: Path | None = None) -> str:
    """What the command printed, or the end of this check with what it printed."""
    print("$", *command, flush=True)
    done = subprocess.run(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\nfailed with exit code {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
