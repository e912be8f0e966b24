"""A client in TypeScript, generated from the control API's OpenAPI, reads it without a cast."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from fakeseam.control.openapi_document import openapi
from tests.examples.example_runs import ROOT, call
from tests.examples.node_runs import INSTALLING_S, what_is_missing

CLIENT = ROOT / "tests" / "examples" / "typed_client"
COMPILING_S = 120


@pytest.fixture
def client(tmp_path):
    missing = what_is_missing()
    if missing and os.environ.get("FAKESEAM_NODE") == "required":
        pytest.fail(f"the typed client is required, and {missing}")
    if missing:
        pytest.skip(missing)
    folder = tmp_path / "client"
    shutil.copytree(CLIENT, folder, ignore=shutil.ignore_patterns("node_modules"))
    code, printed = call(["npm", "ci", "--no-audit", "--no-fund"], folder, INSTALLING_S)
    assert code == 0, printed
    return folder


def test_openapi_typescript_makes_types_that_are_read_without_a_cast(client):
    (client / "control.json").write_text(json.dumps(openapi("http://fakeseam")), "utf-8")

    generate = ["npx", "--no-install", "openapi-typescript", "control.json", "-o", "control.d.ts"]
    code, printed = call(generate, client, COMPILING_S)
    assert code == 0, printed
    check = ["npx", "--no-install", "tsc", "--noEmit", "--strict", "reads.ts"]
    code, printed = call(check, client, COMPILING_S)
    assert code == 0, printed


def test_the_typed_client_has_no_cast():
    lines = (CLIENT / "reads.ts").read_text("utf-8").splitlines()
    code = [line.partition("//")[0] for line in lines]

    assert not any(word in line.split() for line in code for word in ("as", "any", "unknown"))


def test_its_lock_file_names_no_registry():
    lock = (CLIENT / "package-lock.json").read_text("utf-8")

    assert '"integrity"' in lock
    assert "://" not in lock
