"""The scripts of docs/control-api.md, run as on the page."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "control-api.md"


@pytest.fixture
def script(tmp_path):
    """Writes the page's only block in a language to a file, if there is a program to run it."""

    def script(language, name, *programs):
        for program in programs:
            if shutil.which(program) is None:
                pytest.skip(f"no {program} here")
        text = PAGE.read_text("utf-8")
        (block,) = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        (tmp_path / name).write_text(block)
        return programs[0], name

    return script


def test_the_shell_script_prints_its_results(command, script):
    done = command("exec", "--", *script("bash", "story.sh", "bash", "curl"))

    assert (done.returncode, done.stderr) == (0, "")
    *lines, reset = done.stdout.split("\n")
    assert lines == ['"user":"u1"', "internal_server_error"]
    assert json.loads(reset)["ok"] is True


def test_the_javascript_prints_its_result(command, script):
    done = command("exec", "--", *script("js", "story.mjs", "node"))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "account_disconnected\n"
