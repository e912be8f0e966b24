"""Imports inside the package go one way, and only the doors of ``FakeSeam`` open upwards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import fakeseam

HOME = Path(fakeseam.__file__).parent

# From the bottom to the top. A module may import from its own layer and from those below it.
LAYERS = (
    ("errors", "types", "version", "wire"),
    ("dumps", "lock", "lookout", "own_routes", "posting", "under_way", "awaiting", "threads"),
    ("core",),
    ("journal",),
    ("api",),
    ("control",),
    ("entrance",),
    ("letter", "routes", "due", "delivery"),
    ("handles", "fault_handles", "logs", "inbox", "keeping", "seeds", "fake"),
    ("pages",),
    ("http",),
    (
        "wsgi",
        "channel",
        "server",
        "sdk",
        "environment",
        "switchboard",
        "pytest_options",
        "pytest_plugin",
        "pytest_report",
        "ready_file",
        "hypothesis",
        "__main__",
    ),
    ("__init__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# What opens an adapter: imported inside these functions, or named in annotations of theirs.
DOORS = {
    ("client", "sdk"),
    ("async_client", "sdk"),
    ("transport", "sdk"),
    ("async_transport", "sdk"),
    ("wsgi_app", "wsgi"),
    ("serve", "server"),
}
ANNOTATED = {("TYPE_CHECKING", "server"), ("TYPE_CHECKING", "wsgi")}

MODULES = sorted(HOME.rglob("*.py"))


def name_of(path):
    """``core.store`` for fakeseam/core/store.py; ``core`` for its ``__init__``."""
    parts = path.relative_to(HOME).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


def layer_of(name):
    return name.partition(".")[0]


def imports_of(path):
    """(the function it stands in, or "TYPE_CHECKING", or ""; the absolute name) for each."""
    package = ("fakeseam", *path.relative_to(HOME).parts[:-1])
    found = []

    def visit(node, where):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((where, alias.name) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                found.extend((where, one) for one in targets(child, package))
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                visit(child, child.name)
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                visit(child, "TYPE_CHECKING")
            else:
                visit(child, where)

    visit(ast.parse(path.read_text("utf-8")), "")
    return found


def targets(node, package):
    base = package[: len(package) - node.level + 1] if node.level else ()
    whole = ".".join((*base, *filter(None, [node.module])))
    if node.module is None:  # from . import name
        return [f"{whole}.{alias.name}" for alias in node.names]
    return [whole]


def own(path):
    """The imports of fakeseam's own modules, without the name of the package."""
    return [
        (where, name.partition(".")[2] or "__init__")
        for where, name in imports_of(path)
        if name.partition(".")[0] == "fakeseam"
    ]


def foreign(path):
    return {name.partition(".")[0] for _, name in imports_of(path)} - {"fakeseam"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_has_a_layer(path):
    assert layer_of(name_of(path)) in RANK


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path):
    importer = name_of(path)
    excused = DOORS | ANNOTATED if importer == "fake" else set()

    upwards = [
        (where, name)
        for where, name in own(path)
        if (where, name) not in excused and RANK[layer_of(name)] > RANK[layer_of(importer)]
    ]

    assert upwards == []


def test_every_door_is_there():
    opened = {entry for entry in own(HOME / "fake.py") if RANK[layer_of(entry[1])] > RANK["fake"]}

    assert opened == DOORS | ANNOTATED


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_below_the_adapters_needs_anything_installed(path):
    installed = {
        "httpx",
        "httpx_retries",
        "hypothesis",
        "jinja2",
        "pytest",
        "seam",
        "waitress",
        "werkzeug",
    }
    if RANK[layer_of(name_of(path))] > RANK["http"]:
        return

    at_import = {name.partition(".")[0] for where, name in imports_of(path) if where == ""}

    assert not installed & at_import


@pytest.mark.parametrize(
    "path", [one for one in MODULES if layer_of(name_of(one)) in ("core", "api")], ids=name_of
)
def test_the_rules_ask_neither_the_wall_clock_nor_chance_nor_the_network(path):
    outside = {"time", "random", "secrets", "socket", "http", "urllib3", "threading", "os"}

    assert not outside & foreign(path)


def test_the_rules_take_only_quoting_from_urllib():
    taken = {
        name
        for path in MODULES
        if layer_of(name_of(path)) in ("core", "api")
        for _, name in imports_of(path)
        if name.startswith("urllib")
    }

    assert taken <= {"urllib.parse"}


def test_errors_and_types_import_nothing_of_the_package():
    assert own(HOME / "errors.py") == []
    assert own(HOME / "types.py") == []


def test_the_journal_knows_the_engine_and_types_alone():
    assert {layer_of(name) for _, name in own(HOME / "journal.py")} <= {"core", "types"}


def test_dumps_knows_errors_alone():
    assert {name for _, name in own(HOME / "dumps.py")} <= {"errors"}


@pytest.mark.parametrize(
    "path", [one for one in MODULES if layer_of(name_of(one)) == "core"], ids=name_of
)
def test_the_engine_knows_nothing_but_itself_and_the_errors(path):
    assert {layer_of(name) for _, name in own(path)} <= {"core", "errors"}


# The reader of imports itself


def test_imports_are_read_wherever_they_stand(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "HOME", tmp_path)
    package = tmp_path / "core"
    package.mkdir()
    module = package / "store.py"
    module.write_text(
        "import os.path\n"
        "from . import frozen\n"
        "from .. import api\n"
        "from ..api.call import Call\n"
        "from fakeseam.fake import FakeSeam\n"
        "if TYPE_CHECKING:\n"
        "    from ..wsgi import WsgiApp\n"
        "class Store:\n"
        "    def open(self):\n"
        "        if True:\n"
        "            from ..server import Server\n"
    )

    assert own(module) == [
        ("", "core.frozen"),
        ("", "api"),
        ("", "api.call"),
        ("", "fake"),
        ("TYPE_CHECKING", "wsgi"),
        ("open", "server"),
    ]
    assert foreign(module) == {"os"}
