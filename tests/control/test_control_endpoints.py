"""Every list of control endpoints names the same ones, and Python has methods of their names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fakeseam import FakeSeam, control
from fakeseam.control.aio import AWAITABLE
from fakeseam.__main__ import main
from fakeseam.control.openapi_document import openapi

ROOT = Path(__file__).resolve().parents[2]

# Control endpoints without a method of the same name, and what Python has instead.
HTTP_ONLY = {
    "clock/now": "fake.clock.now is an attribute",
    "faults/get": "fake.faults.add returns a handle, which counts its hits",
    "faults/list": "fake.faults is iterable",
    "faults/remove": "the handle has remove()",
    "remove_answer": "fake.answer returns a handle, which has remove()",
    "inspect": "all that the page shows; in Python each part has its own name",
    "webhooks/deliveries": "fake.webhooks is the sequence of them",
}
# Methods without a control endpoint, and why they are not needed over HTTP.
PYTHON_ONLY = {
    "async_client": "a client of Python's",
    "async_transport": "a client of Python's",
    "call": "is itself a request over HTTP",
    "client": "a client of Python's",
    "environment": "is for the tests of this process",
    "serve": "runs the server itself",
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
# The attributes of a fake that have methods of their own.
HANDLES = ("clock", "events", "faults", "requests", "webhooks")


def table_of(text):
    (table,) = re.findall(r"^\| Endpoint \|.*\n(?:\|.*\n?)*", text, re.MULTILINE)
    return table.strip()


def paths_in(table):
    return re.findall(r"^\| `(/[^`]+)`", table, re.MULTILINE)


@pytest.fixture
def printed(capsys):
    assert main(["control-api"]) == 0
    return capsys.readouterr().out


def declared():
    """The control endpoints without the login page."""
    paths = [endpoint.path for endpoint in control.control_endpoints()]
    paths.remove("/connect_webviews/view")
    return paths


def control_names():
    """``clock/advance`` for ``/_fakeseam/clock/advance``."""
    own = "/_fakeseam/"
    return {path.removeprefix(own) for path in declared() if path.startswith(own)}


def control_names_of(endpoint):
    return endpoint.path.removeprefix("/_fakeseam/")


def methods():
    """``clock/advance`` for ``fake.clock.advance``, ``reset`` for ``fake.reset``."""
    with FakeSeam() as fake:
        found = set(methods_of(fake))
        for handle in HANDLES:
            found |= {f"{handle}/{name}" for name in methods_of(getattr(fake, handle))}
    return found


def methods_of(handle):
    kind = type(handle)
    return [name for name in dir(kind) if name[0] != "_" and callable(getattr(kind, name))]


def test_the_command_lists_every_endpoint_once(printed):
    assert paths_in(printed) == declared()


def test_the_document_describes_every_endpoint_once():
    assert list(openapi("http://fakeseam")["paths"]) == declared()


def test_the_page_has_the_table_that_the_command_prints(printed):
    page = (ROOT / "docs" / "control-api.md").read_text("utf-8")

    assert table_of(page) == table_of(printed)


@pytest.mark.parametrize("page", ["README.md", "docs/*.md"])
def test_every_endpoint_that_a_page_names_exists(page):
    for path in ROOT.glob(page):
        text = path.read_text("utf-8")
        path_of_one = r"/_fake(?:seam)?/[a-z_]+(?:/[a-z_]+)?(?:\.json)?(?![a-z_/])"
        named = set(re.findall(path_of_one, text))
        assert named <= {*declared(), "/_fakeseam/openapi.json"}, path


def test_a_row_has_the_required_and_the_optional_parameters(printed):
    rows = printed.splitlines()

    assert (
        "| `/_fakeseam/reconnect_account` | **`connected_account_id`**, `custom_metadata`,"
        " `connect_webview_id` | Signs an account's user in again, at a new webview with the"
        " account's own metadata. |"
    ) in rows
    assert "| `/health`, also `GET` | none | Returns `{\"ok\": true}`. |" in rows


def test_every_cell_is_filled(printed):
    for row in printed.splitlines():
        cells = re.split(r"(?<!\\)\|", row.strip("|"))
        assert len(cells) == 3 and all(cell.strip() for cell in cells), row


def test_every_endpoint_has_a_summary_of_one_sentence():
    for path, operations in openapi("http://fakeseam")["paths"].items():
        for operation in operations.values():
            assert re.fullmatch(r".{20,200}[.`]", operation["summary"]), path


# The same names in Python


def test_every_control_endpoint_has_a_method_of_its_name():
    assert control_names() - methods() == HTTP_ONLY.keys()


def test_every_method_has_a_control_endpoint_of_its_name():
    assert methods() - control_names() == PYTHON_ONLY.keys()


def test_every_handle_is_listed():
    with FakeSeam() as fake:
        own = {
            name
            for name, thing in vars(fake).items()
            if name[0] != "_" and type(thing).__module__.startswith("fakeseam")
        }

    assert own == {*HANDLES, "aio"}


def test_every_awaitable_form_has_the_name_of_a_plain_one():
    with FakeSeam() as fake:
        found = set(methods_of(fake.aio))
        for handle in ("clock", "events", "requests", "webhooks"):
            found |= {f"{handle}/{name}" for name in methods_of(getattr(fake.aio, handle))}

    assert found == AWAITABLE
    assert found <= methods()


def test_every_endpoint_that_changes_something_has_an_awaitable_form():
    """But for those that set up faults and deliveries, or end the fake."""
    changing = {
        control_names_of(one)
        for one in control.control_endpoints()
        if one.path.startswith("/_fakeseam/") and "GET" not in one.methods
    }

    assert changing - AWAITABLE == {
        "answer",
        "close",
        "faults/add",
        "faults/clear",
        "faults/outage",
        "faults/remove",
        "remove_answer",
        "webhooks/allow",
        "webhooks/sign_by",
    }
