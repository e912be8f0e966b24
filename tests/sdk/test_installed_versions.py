"""What in-process clients say where the SDK is missing or too old."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from fakeseam import sdk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run_with_sdk(tmp_path):
    """Runs code with an SDK of this version, which has nothing that fakeseam could use."""

    def run_with_sdk(version, code):
        (tmp_path / "seam").mkdir()
        (tmp_path / "seam" / "__init__.py").touch()
        info = tmp_path / f"seam-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: seam\nVersion: {version}\n")
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
        command = [sys.executable, "-c", f"from fakeseam import FakeSeam; {code}"]
        return subprocess.run(command, env=env, capture_output=True, text=True).stderr

    return run_with_sdk


@pytest.mark.parametrize("way", ["client", "async_client"])
@pytest.mark.parametrize("version", ["1.0.1", "3.4.0"])
def test_an_older_version_is_named_with_the_one_that_is_needed(run_with_sdk, version, way):
    last_line = run_with_sdk(version, f"FakeSeam().{way}()").splitlines()[-1]

    assert last_line == (
        f"ImportError: version {version} of the official SDK is installed, and in process fakeseam"
        " needs 3.5 or newer: pip install 'fakeseam[sdk]'. Older versions reach a fake over a"
        " socket: use fake.environment(), the fixture fakeseam_env, or fake.serve()"
    )


def test_an_older_version_leaves_calls_without_the_sdk_alone(run_with_sdk):
    assert run_with_sdk("2.2.0", "FakeSeam().call('/devices/list')") == ""


def test_a_missing_sdk_is_called_missing(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(sdk, "version", missing)

    assert sdk.import_advice() == (
        "the official SDK is not installed: pip install 'fakeseam[sdk]'"
    )


def test_the_extra_and_the_readme_name_the_first_version():
    assert sdk.FIRST_VERSION == "3.5"
    assert "\n    seam>=3.5.0\n" in (ROOT / "setup.cfg").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "\n| 1.0 to 3.4 | no: " in readme
    assert "\n| 3.5 to 3.18 | yes | yes |\n" in readme
