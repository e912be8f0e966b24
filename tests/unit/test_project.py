"""The project itself: what is packaged, how long files are, and pages that repeat the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

from fakeseam.__main__ import main
from fakeseam.api import modelled_endpoints
from fakeseam.api.lifecycle import ACCOUNT, WEBVIEW
from fakeseam.types import Body

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "fakeseam").rglob("*.py"))

LONGEST = 300
# Longer ones, and why they are not two.
LONG = {
    "fakeseam/fake.py": "one method a public name",
}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def configuration():
    found = ConfigParser()
    found.read(ROOT / "setup.cfg")
    return found


def readme():
    return (ROOT / "README.md").read_text("utf-8")


def diagrams(page):
    return re.findall(r"^```mermaid\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)


def names_at_top(tree):
    """What a module defines itself, private names apart."""
    named = [node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    for node in tree.body:
        if isinstance(node, ast.Assign):
            named += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [name for name in named if not name.startswith("_")]


def test_pytest_takes_its_configuration_from_setup_cfg():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", __file__],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )

    assert "\nconfigfile: setup.cfg\n" in done.stdout


def test_pyproject_toml_says_only_how_to_build():
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file).keys() == {"build-system"}


def test_the_marker_of_types_is_packaged():
    assert (ROOT / "fakeseam" / "py.typed").is_file()
    assert "py.typed" in configuration()["options.package_data"]["fakeseam"].split()


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in MODULES}

    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_begins_with_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_that_defines_something_lists_its_public_names(path):
    tree = ast.parse(path.read_text())
    defined = names_at_top(tree)

    listed = re.search(r"^__all__ = ", path.read_text(), re.MULTILINE)

    assert listed or not defined


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_the_annotations_of_the_future(path):
    text = path.read_text()

    assert not names_at_top(ast.parse(text)) or "from __future__ import annotations\n" in text


def test_a_module_is_no_longer_than_one_subject():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in MODULES}

    longer = {name for name, length in lengths.items() if length > LONGEST}
    assert longer == LONG.keys()


def test_the_diagrams_of_the_readme_are_the_tables():
    assert diagrams(readme()) == [WEBVIEW.mermaid(), ACCOUNT.mermaid()]


def test_the_readme_tells_how_much_is_modelled(capsys):
    main(["endpoints"])
    closing = capsys.readouterr().out.splitlines()[-1]

    assert closing in readme()


def test_the_page_on_logins_has_the_tables_that_the_command_prints(capsys):
    main(["logins"])
    outcomes, brands = capsys.readouterr().out.strip().split("\n\n")
    page = (ROOT / "docs" / "login-page.md").read_text("utf-8")

    tables = re.findall(r"^\|.*\n(?:\|.*\n)*", page, re.MULTILINE)
    assert {outcomes, brands} <= {table.strip() for table in tables}


def test_every_answer_of_an_endpoint_has_a_type():
    answers = {endpoint.answer for endpoint in modelled_endpoints()} - {None}

    assert answers | {"ok", "pagination"} == set(Body.__annotations__)
