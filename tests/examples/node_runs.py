"""Runs of the Node example's own tests, as a user runs them, all against one server.

As a script it runs them as often as its argument says: python -m tests.examples.node_runs 20
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.examples.example_runs import ROOT, call

APP = "node_app"
# The first version that has `--test-concurrency`.
OLDEST = (20, 10)
INSTALLING_S = 300
A_RUN_S = 60


def what_is_missing():
    """What has to be installed before the tests can run; None if nothing."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"no {program} on PATH: install Node {'.'.join(map(str, OLDEST))} or newer"
    version = subprocess.check_output(["node", "--version"], text=True).strip()
    numbers = tuple(map(int, re.findall(r"\d+", version)[:2]))
    if numbers < OLDEST:
        return f"Node {version} is too old: install {'.'.join(map(str, OLDEST))} or newer"
    return None


def install(folder):
    """Copies the app and installs what it needs; returns the new folder."""
    app = Path(folder) / APP
    shutil.copytree(ROOT / "examples" / APP, app, ignore=shutil.ignore_patterns("node_modules"))
    code, printed = call(["npm", "ci", "--no-audit", "--no-fund"], app, INSTALLING_S)
    assert code == 0, printed
    return app


def run(app, times):
    """The exit code, and all that was printed; ends with the first run that fails."""
    again = f"for run in $(seq {times}); do npm test || exit 1; done"
    command = [sys.executable, "-m", "fakeseam", "exec", "--", "sh", "-c", again]
    return call(command, app, A_RUN_S * times)


def counts(printed):
    """How many tests passed in each run."""
    return list(map(int, re.findall(r"^\D*pass (\d+)$", printed, re.MULTILINE)))


def main(times):
    with tempfile.TemporaryDirectory() as folder:
        code, printed = run(install(folder), times)
    print(printed if code else f"{times} runs, with so many passed tests: {counts(printed)}")
    return code


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
