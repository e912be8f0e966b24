"""Runs of the example apps' own tests, as a user runs them, with the canary.

As a script it runs each serially, on four workers, and in as many random orders as its argument
says: python tests/examples/example_runs.py 20
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
APPS = ("fastapi_app", "flask_app")
TIMEOUT_S = 120

IN_ORDER = ("-p", "no:randomly")
ON_FOUR_WORKERS = ("-p", "no:randomly", "-n", "4")


def in_random_order(seed):
    return ("-p", "randomly", f"--randomly-seed={seed}")


def run(app, *arguments):
    """What pytest did in the folder of an app: the exit code, and all it printed."""
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "canary")
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT / "examples" / app,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
    )
    return done.returncode, done.stdout


def environment():
    """No variable of Seam's or of this run's, and a path to the canary."""
    own = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("SEAM_", "PYTEST_"))
    }
    found = [str(HERE), str(ROOT), *filter(None, [own.get("PYTHONPATH")])]
    return {**own, "PYTHONPATH": os.pathsep.join(found)}


def summary(printed):
    return re.findall(r"^.* in [0-9.]+s.*$", printed, re.MULTILINE)[-1:] or ["no summary"]


def main(orders):
    failed = 0
    for app in APPS:
        runs = [IN_ORDER, ON_FOUR_WORKERS, *map(in_random_order, range(1, orders + 1))]
        for arguments in runs:
            began = time.perf_counter()
            code, printed = run(app, *arguments)
            took = time.perf_counter() - began
            failed += code != 0
            print(f"{app} {' '.join(arguments)}: {summary(printed)[0]} ({took:.1f} s)", flush=True)
            if code:
                print(printed)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
