"""The failures of others: no line of fakeseam's plugin is in their tracebacks."""

from __future__ import annotations

import pytest

FAILING = """
import pytest

@pytest.fixture
def failing_setup(fakeseam_env):
    raise RuntimeError("set up")

@pytest.fixture
def failing_teardown(fakeseam_env):
    yield
    raise RuntimeError("torn down")

@pytest.fixture(scope="module")
def failing_for_many():
    raise RuntimeError("set up for many")

def test_setup(failing_setup): pass
def test_teardown(failing_teardown): pass
def test_setup_for_many(failing_for_many): pass
def test_body(fakeseam_env): raise RuntimeError("body")
"""


@pytest.mark.parametrize("mode", ["", "session"])
@pytest.mark.parametrize("style", ["auto", "long", "short", "line", "native", "no"])
def test_it_has_no_line_of_ours_in_any_style(write, ini, run, style, mode):
    ini(f"fakeseam_env = {mode}")
    write(FAILING)

    result = run(f"--tb={style}")

    result.assert_outcomes(passed=1, failed=1, errors=3)
    result.stdout.no_fnmatch_line("*fakeseam/pytest_plugin*")


def test_an_error_at_import_has_none_either(write, ini, run):
    ini("fakeseam_env = session")
    write("raise RuntimeError('at import')")

    result = run("--tb=native")

    result.assert_outcomes(errors=1)
    result.stdout.no_fnmatch_line("*fakeseam/pytest_plugin*")
