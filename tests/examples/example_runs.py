"""Runs of the example apps' own tests, as a user runs them, with the canary.

As a script it runs each serially, on four workers, and in as many random orders as its argument
says, and the Django app's ``manage.py test`` too: python tests/examples/example_runs.py 20
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
APPS = ("django_app", "fastapi_app", "flask_app")
# pytest-asyncio warns where it is not configured, and warnings are errors.
ONLY_FOR_DJANGO = ("-p", "no:asyncio", "-p", "no:django")
TIMEOUT_S = 120

IN_ORDER = ("-p", "no:randomly")
ON_FOUR_WORKERS = ("-p", "no:randomly", "-n", "4")
MANAGE_TEST = ("-W", "error", "manage.py", "test", "--settings", "rentdesk.settings_for_tests")
SHUFFLED_IN_TWO_PROCESSES = ("--shuffle", "1", "--parallel", "2")


def in_random_order(seed):
    return ("-p", "randomly", f"--randomly-seed={seed}")


def run(app, *arguments):
    """What pytest did in the folder of an app: the exit code, and all it printed."""
    without = () if app == "django_app" else ONLY_FOR_DJANGO
    quiet = ("-q", "-p", "no:cacheprovider", "-p", "canary")
    return run_python(app, "-m", "pytest", *quiet, *without, *arguments)


def run_manage_test(*arguments):
    """What the Django app's ``manage.py test`` did: the exit code, and all it printed."""
    return run_python("django_app", *MANAGE_TEST, *arguments)


def run_python(app, *arguments):
    return call([sys.executable, *arguments], ROOT / "examples" / app, TIMEOUT_S)


def call(command, folder, timeout):
    """Runs a command in a folder; returns the exit code, and all that it printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
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
    found = re.findall(r"^.* in [0-9.]+s.*$", printed, re.MULTILINE)
    return found[-1] if found else "no summary"


def main(orders):
    seeds = range(1, orders + 1)
    ways = [IN_ORDER, ON_FOUR_WORKERS, *map(in_random_order, seeds)]
    runs = {(app, *how): partial(run, app, *how) for app in APPS for how in ways}
    for how in [(), SHUFFLED_IN_TWO_PROCESSES, *(("--shuffle", str(seed)) for seed in seeds)]:
        runs["manage.py test", *how] = partial(run_manage_test, *how)
    failed = 0
    for name, start in runs.items():
        began = time.perf_counter()
        code, printed = start()
        took = time.perf_counter() - began
        failed += code != 0
        print(f"{' '.join(name)}: {summary(printed)} ({took:.1f} s)", flush=True)
        if code:
            print(printed)
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
