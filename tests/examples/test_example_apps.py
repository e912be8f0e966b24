"""The example apps pass their own tests, in any order, and no test leaves anything behind."""

from __future__ import annotations

import re

import pytest

from tests.examples.example_runs import (
    APPS,
    IN_ORDER,
    ON_FOUR_WORKERS,
    ROOT,
    SHUFFLED_IN_TWO_PROCESSES,
    in_random_order,
    run,
    run_manage_test,
)

HOW = {
    "in order": IN_ORDER,
    "on four workers": ON_FOUR_WORKERS,
    "in a random order": in_random_order(1),
}


@pytest.mark.parametrize("how", HOW.values(), ids=HOW.keys())
@pytest.mark.parametrize("app", APPS)
def test_an_example_passes_its_own_tests(app, how):
    code, printed = run(app, *how)

    assert code == 0, printed
    assert re.search(r"^\d+ passed in ", printed, re.MULTILINE), printed


@pytest.mark.parametrize("how", [(), SHUFFLED_IN_TWO_PROCESSES], ids=["in order", "shuffled"])
def test_the_django_app_passes_its_tests_without_pytest_too(how):
    code, printed = run_manage_test(*how)

    assert code == 0, printed
    assert re.search(r"^Ran \d+ tests in .*\n\nOK$", printed, re.MULTILINE), printed


@pytest.mark.parametrize("page", ["README.md", "examples/README.md"])
def test_every_example_is_named_on_the_pages_that_lead_there(page):
    text = (ROOT / page).read_text("utf-8")

    named = set(re.findall(r"\]\((?:examples/)?(\w+)/?\)", text))
    assert set(APPS) <= named


@pytest.mark.parametrize("app", APPS)
def test_an_example_has_all_files_to_stand_alone(app):
    names = {path.name for path in (ROOT / "examples" / app).iterdir()}

    start = "manage.py" if app == "django_app" else "app.py"
    assert {"README.md", start, "conftest.py", "pytest.ini", "requirements.txt"} <= names
