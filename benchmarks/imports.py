"""What loading costs: whole processes, the empty interpreter being 1.00."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from .servers import ENVIRONMENT, fakeseam, serve
from .timing import Effort, Table, compare

__all__ = ["measure"]

# The plugins that happen to be installed here would take longer than what is measured.
_ENVIRONMENT = {**ENVIRONMENT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def measure(effort: Effort) -> list[Table]:
    with tempfile.TemporaryDirectory() as folder:
        processes = _Processes(Path(folder))
        pairs = (
            (processes.import_package, processes.nothing),
            (processes.make_fake, processes.nothing),
            (processes.serve, processes.nothing),
            (processes.pytest_with_plugin, processes.pytest_without_plugin),
        )
        rows = compare(pairs, replace(effort, turn_s=0))  # one process a turn
    note = "Whole processes, from start to end."
    return [Table("Starting: lower is faster", note, rows)]


class _Processes:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "test_nothing.py").write_text("def test_nothing():\n    pass\n")

    def _run(self, *arguments: str) -> None:
        command = [sys.executable, *arguments]
        subprocess.run(
            command, cwd=self.folder, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, check=True
        )

    def nothing(self) -> None:
        """`python -c pass`."""
        self._run("-c", "pass")

    def import_package(self) -> None:
        """`import fakeseam`."""
        self._run("-c", "import fakeseam")

    def make_fake(self) -> None:
        """`import fakeseam; fakeseam.FakeSeam()`."""
        self._run("-c", "import fakeseam; fakeseam.FakeSeam()")

    def serve(self) -> None:
        """`python -m fakeseam serve`, until it has answered a first request."""
        with serve(fakeseam()):
            pass

    def pytest_without_plugin(self) -> None:
        """pytest with one empty test and no plugins."""
        self._run("-m", "pytest", "-q")

    def pytest_with_plugin(self) -> None:
        """pytest with one empty test and fakeseam's plugin, which the test does not use."""
        self._run("-m", "pytest", "-q", "-p", "fakeseam.pytest_plugin")
