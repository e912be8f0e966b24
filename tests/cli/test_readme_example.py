"""The first command of the README, and that the README has it."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "reconnect.py"


def test_the_readmes_first_command_shows_a_reconnection():
    command = [sys.executable, "-m", "fakeseam", "exec", "--", sys.executable, str(EXAMPLE)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    connected, broken, reconnected, *events = done.stdout.splitlines()
    ids = [re.split(r" +", line)[1] for line in (connected, broken, reconnected)]
    assert ids == [ids[0]] * 3
    assert connected.endswith("{'your_app_user_id': 'u1'}  no errors")
    assert broken.endswith("{'your_app_user_id': 'u1'}  account_disconnected")
    assert reconnected.endswith("{'internal_account_id': 'user-1'}  no errors")
    assert events[-1].endswith("connected_account.completed_first_sync_after_reconnection")


def test_the_readme_has_this_command():
    readme = (ROOT / "README.md").read_text()

    assert "fakeseam exec -- venv/bin/python examples/reconnect.py" in readme
