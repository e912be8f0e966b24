"""The Node example: two test files at the same time on one server, each with its own fake."""

from __future__ import annotations

import os

import pytest

from tests.examples.example_runs import ROOT
from tests.examples.node_runs import APP, counts, install, run, what_is_missing

RUNS = 2


@pytest.fixture
def app(tmp_path):
    missing = what_is_missing()
    if missing and os.environ.get("FAKESEAM_NODE") == "required":
        pytest.fail(f"the Node example is required, and {missing}")
    if missing:
        pytest.skip(missing)
    return install(tmp_path)


def test_the_node_example_passes_its_own_tests_again_and_again(app):
    code, printed = run(app, RUNS)

    assert code == 0, printed
    assert counts(printed) == [8] * RUNS, printed


@pytest.mark.parametrize("page", ["README.md", "examples/README.md", "docs/control-api.md"])
def test_the_node_example_is_named_on_the_pages_that_lead_there(page):
    assert f"{APP})" in (ROOT / page).read_text("utf-8")


def test_its_lock_file_names_no_registry():
    lock = (ROOT / "examples" / APP / "package-lock.json").read_text("utf-8")

    assert '"integrity"' in lock
    assert "://" not in lock
