"""One declaration a lever: whatever lists them lists the same, and Python has the same names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fakeseam import FakeSeam, control
from fakeseam.__main__ import main
from fakeseam.control.description import openapi

ROOT = Path(__file__).resolve().parents[2]

# Levers without a method of the same name, and what Python has instead.
HTTP_ONLY = {
    "clock/now": "fake.clock.now is an attribute",
    "faults/get": "fake.faults.add gives a handle, which counts what it has struck",
    "faults/list": "fake.faults can be gone through",
    "faults/remove": "the handle has remove()",
    "inspect": "all that the page shows in one answer; in Python each of it has its own name",
    "webhooks/deliveries": "fake.webhooks is the sequence of them",
}
# Methods without a lever, and why nobody needs them over HTTP.
PYTHON_ONLY = {
    "async_client": "a client of Python's",
    "async_transport": "a client of Python's",
    "call": "is itself a request over HTTP",
    "client": "a client of Python's",
    "close": "the server's process ends",
    "dumped": "for the lever dump",
    "enter": "for adapters",
    "look": "for handles",
    "note_crash": "for adapters",
    "pull": "is itself a lever being pulled",
    "reached_at": "for adapters",
    "request_id": "for adapters",
    "serve": "is itself being served",
    "served_at": "for servers",
    "take_up": "for fake.load",
    "transport": "a client of Python's",
    "clock/pause": "for the SDK between two tries",
    "events/count": "of every sequence",
    "events/index": "of every sequence",
    "requests/count": "of every sequence",
    "requests/index": "of every sequence",
    "webhooks/count": "of every sequence",
    "webhooks/deliver_to": "takes a function of Python's",
    "webhooks/index": "of every sequence",
}
# What hangs on a fake and has methods of its own.
HANDLES = ("clock", "events", "faults", "requests", "webhooks")


def table_of(text):
    (table,) = re.findall(r"^\| Lever \|.*\n(?:\|.*\n?)*", text, re.MULTILINE)
    return table.strip()


def paths_in(table):
    return re.findall(r"^\| `(/[^`]+)`", table, re.MULTILINE)


@pytest.fixture
def printed(capsys):
    assert main(["levers"]) == 0
    return capsys.readouterr().out


def declared():
    """The levers but for the page on which a user signs in."""
    paths = [lever.path for lever in control.levers()]
    paths.remove("/connect_webviews/view")
    return paths


def named_levers():
    """``clock/advance`` for ``/_fakeseam/clock/advance``."""
    own = "/_fakeseam/"
    return {path.removeprefix(own) for path in declared() if path.startswith(own)}


def methods():
    """``clock/advance`` for ``fake.clock.advance``, ``reset`` for ``fake.reset``."""
    with FakeSeam() as fake:
        found = set(methods_of(fake))
        for handle in HANDLES:
            found |= {f"{handle}/{name}" for name in methods_of(getattr(fake, handle))}
    return found


def methods_of(thing):
    kind = type(thing)
    return [name for name in dir(kind) if name[0] != "_" and callable(getattr(kind, name))]


def test_the_command_lists_every_lever_once(printed):
    assert paths_in(printed) == declared()


def test_the_document_describes_every_lever_once():
    assert list(openapi("http://fakeseam")["paths"]) == declared()


def test_the_page_has_the_table_that_the_command_prints(printed):
    page = (ROOT / "docs" / "control-api.md").read_text("utf-8")

    assert table_of(page) == table_of(printed)


@pytest.mark.parametrize("page", ["README.md", "docs/*.md"])
def test_whatever_lever_a_page_names_is_there(page):
    for path in ROOT.glob(page):
        text = path.read_text("utf-8")
        path_of_one = r"/_fake(?:seam)?/[a-z_]+(?:/[a-z_]+)?(?:\.json)?(?![a-z_/])"
        named = set(re.findall(path_of_one, text))
        assert named <= {*declared(), "/_fakeseam/openapi.json"}, path


def test_a_row_tells_what_is_needed_and_what_is_taken(printed):
    rows = printed.splitlines()

    assert (
        "| `/_fakeseam/reconnect_account` | **`connected_account_id`**, `custom_metadata` | The"
        " account's user signs in again, at a new webview with the account's own metadata. |"
    ) in rows
    assert "| `/health`, `GET` too | nothing | Answers `{\"ok\": true}`. |" in rows


def test_every_cell_is_filled(printed):
    for row in printed.splitlines():
        cells = re.split(r"(?<!\\)\|", row.strip("|"))
        assert len(cells) == 3 and all(cell.strip() for cell in cells), row


def test_every_lever_says_in_a_sentence_what_it_does():
    for path, operations in openapi("http://fakeseam")["paths"].items():
        for said in operations.values():
            assert re.fullmatch(r".{20,200}[.`]", said["summary"]), path


# The same names in Python


def test_every_lever_has_a_method_of_its_name():
    assert named_levers() - methods() == HTTP_ONLY.keys()


def test_every_method_has_a_lever_of_its_name():
    assert methods() - named_levers() == PYTHON_ONLY.keys()


def test_every_handle_is_walked():
    with FakeSeam() as fake:
        own = {
            name
            for name, thing in vars(fake).items()
            if name[0] != "_" and type(thing).__module__.startswith("fakeseam")
        }

    # Rules are values, routes and the postman are for adapters.
    assert own - {"rules", "routes", "postman"} == set(HANDLES)
