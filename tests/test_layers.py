"""The rooms of the house and the arrows between them: imports go one way.

`python -m pytest tests/test_layers.py -s` prints the rooms and their arrows.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import fakeseam

HOME = Path(fakeseam.__file__).parent

# The files and folders of the package, from the bottom to the top. A room may import from those
# before it.
ROOMS = (
    "errors",
    "types",
    "core",
    "schema",
    "api",
    "control",
    "webhooks",
    "runtime",
    "state",
    "fake",
    "http",
    "sdk",
    "wsgi",
    "cli",
    "pytest_plugin",
    "__init__",
    "__main__",
)
MOST_ROOMS = 17

# Arrows that run back, imports for type checkers included, and why: (from, to, where).
BACK = {
    ("state", "fake", "TYPE_CHECKING"): "what load() takes may be a function of a FakeSeam",
    ("fake", "sdk", "client"): "a test that does not use the SDK does not import it",
    ("fake", "sdk", "async_client"): "the same",
    ("fake", "sdk", "transport"): "the same",
    ("fake", "sdk", "async_transport"): "the same",
    ("fake", "sdk", "environment"): "the same",
    ("fake", "http", "wsgi_app"): "a test that does not serve does not import Werkzeug",
    ("fake", "http", "serve"): "the same",
    ("fake", "http", "TYPE_CHECKING"): "the types of what these two return",
}
# What each room may import that is neither fakeseam nor the standard library. A room above
# them may import anything that setup.cfg installs.
INSTALLED = {"httpx", "httpx_retries", "hypothesis", "jinja2", "pytest", "seam", "httptools"}
INSTALLED |= {"werkzeug"}
# What decides by itself what time it is, what happens next, or who listens.
OUTSIDE = {"time", "random", "secrets", "socket", "http", "urllib3", "threading", "os"}
# The lock and the notifier are threading, and know nothing else; the process is its number.
THREADED = {"core/lock.py", "core/notifier.py", "core/process.py", "core/undo_log.py"}


def modules():
    return sorted(HOME.rglob("*.py"))


def name_of(path):
    return path.relative_to(HOME).as_posix()


def room_of(path):
    return path.relative_to(HOME).parts[0].removesuffix(".py")


@cache
def imports_of(path):
    """Returns (where, absolute name) for each import: a function, "TYPE_CHECKING", or ""."""
    package = ("fakeseam", *path.relative_to(HOME).parts[:-1])
    found = []

    def visit(node, where):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((where, alias.name) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                found.extend((where, name) for name in targets(child, package))
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


def arrows():
    """Returns the imports from one room to another: (from, to) -> {where they stand}."""
    found = defaultdict(set)
    for path in modules():
        for where, name in imports_of(path):
            package, _, rest = name.partition(".")
            room = rest.partition(".")[0] or "__init__"
            if package == "fakeseam" and room != room_of(path):
                found[room_of(path), room].add(where)
    return found


def foreign(path, *, at_import=False):
    names = {
        name.partition(".")[0]
        for where, name in imports_of(path)
        if not at_import or where == ""
    }
    return names - {"fakeseam"}


def test_the_rooms_are_those_that_are_listed_and_few():
    assert {room_of(path) for path in modules()} == set(ROOMS)
    assert len(ROOMS) <= MOST_ROOMS


def test_no_arrow_runs_back_but_those_with_a_reason():
    rank = {room: number for number, room in enumerate(ROOMS)}
    drawn = arrows()
    for (start, end), where in sorted(drawn.items(), key=lambda arrow: rank[arrow[0][0]]):
        mark = "<-" if rank[start] > rank[end] else "->"
        print(f"{end if mark == '<-' else start} {mark} {start if mark == '<-' else end}")

    back = {
        (start, end, place)
        for (start, end), where in drawn.items()
        for place in where
        if rank[end] > rank[start]
    }

    assert back == set(BACK)


def test_no_module_below_the_ways_in_needs_anything_installed():
    below = ROOMS[: ROOMS.index("http")]

    needing = {
        name_of(path): sorted(INSTALLED & foreign(path, at_import=True))
        for path in modules()
        if room_of(path) in below and INSTALLED & foreign(path, at_import=True)
    }

    assert needing == {}


def test_the_rules_ask_neither_the_wall_clock_nor_chance_nor_the_network():
    asking = {
        name_of(path): sorted(OUTSIDE & foreign(path))
        for path in modules()
        if room_of(path) in ("core", "schema", "api")
        and name_of(path) not in THREADED
        and OUTSIDE & foreign(path)
    }

    assert asking == {}


def test_the_rules_take_only_quoting_from_urllib():
    taken = {
        name
        for path in modules()
        if room_of(path) in ("core", "schema", "api")
        for _, name in imports_of(path)
        if name.startswith("urllib")
    }

    assert taken <= {"urllib.parse"}


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
        "from ..api.context import RequestContext\n"
        "from fakeseam.fake import FakeSeam\n"
        "if TYPE_CHECKING:\n"
        "    from ..http.wsgi import WsgiApp\n"
        "class Store:\n"
        "    def open(self):\n"
        "        if True:\n"
        "            from ..http.server import Server\n"
    )

    assert imports_of(module) == [
        ("", "os.path"),
        ("", "fakeseam.core.frozen"),
        ("", "fakeseam.api"),
        ("", "fakeseam.api.context"),
        ("", "fakeseam.fake"),
        ("TYPE_CHECKING", "fakeseam.http.wsgi"),
        ("open", "fakeseam.http.server"),
    ]
    assert foreign(module) == {"os"}
    assert arrows() == {
        ("core", "api"): {""},
        ("core", "fake"): {""},
        ("core", "http"): {"TYPE_CHECKING", "open"},
    }
