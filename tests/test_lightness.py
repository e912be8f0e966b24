"""Which modules each part of fakeseam loads, seen in ``sys.modules`` of fresh processes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import fakeseam

HEAVY = {"werkzeug", "httptools", "httpx", "seam", "hypothesis", "jinja2"}
AT_MOST = 5
# Two plugins that take long to be imported, and load packages of their own.
WITHOUT_OTHERS = ("-p", "no:hypothesispytest", "-p", "no:anyio")
SHOW = "import json, sys; print(json.dumps(sorted(sys.modules)))"
A_TEST = """
import json, sys
from pathlib import Path

def test_unrelated():
    Path("modules.json").write_text(json.dumps(sorted(sys.modules)))
"""


def modules_after(code):
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}\n{SHOW}"],
        stdout=subprocess.PIPE,
        check=True,
    )
    return set(json.loads(result.stdout))


def modules_in_a_test(folder, *arguments):
    (folder / "test_it.py").write_text(A_TEST)
    subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *WITHOUT_OTHERS, *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return set(json.loads((folder / "modules.json").read_text()))


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The modules that a test without fakeseam's plugin finds."""
    return modules_in_a_test(tmp_path_factory.mktemp("without"), "-p", "no:fakeseam")


def own(modules):
    return {name for name in modules if name.partition(".")[0] == "fakeseam"}


def foreign(modules):
    """The packages that are neither fakeseam nor in the standard library."""
    packages = {name.partition(".")[0] for name in modules}
    return packages - {"fakeseam"} - sys.stdlib_module_names


def test_importing_fakeseam_loads_the_standard_library_only():
    added = modules_after("import fakeseam") - modules_after("")

    assert foreign(added) == set()
    assert 1 <= len(own(added)) <= AT_MOST


def test_an_unused_plugin_loads_the_standard_library_only(tmp_path, without):
    added = modules_in_a_test(tmp_path) - without

    assert own(without) == set()
    assert foreign(added) == set()
    assert 1 <= len(own(added)) <= AT_MOST


def test_the_plugin_with_variables_for_the_session_loads_a_few_modules_more(tmp_path, without):
    (tmp_path / "pytest.ini").write_text("[pytest]\nfakeseam_env = session\n")

    added = modules_in_a_test(tmp_path) - without

    assert foreign(added) == set()
    assert len(own(added)) <= AT_MOST + 12


def test_a_fake_in_process_loads_no_third_party_package():
    code = """
from fakeseam import FakeSeam
FakeSeam().call("/connect_webviews/create")
FakeSeam().connect_account()
import fakeseam.__main__
"""

    assert not HEAVY & modules_after(code)


def test_the_wsgi_application_loads_no_server():
    code = "from fakeseam import FakeSeam; app = FakeSeam().wsgi_app"

    assert HEAVY & modules_after(code) == {"werkzeug"}


def test_a_server_loads_no_client():
    code = """
from urllib.request import urlopen
from fakeseam import FakeSeam
with FakeSeam().serve() as server:
    urlopen(server.url + "/health").read()
"""

    assert HEAVY & modules_after(code) == {"httptools"}


def test_a_client_loads_no_server():
    code = "from fakeseam import FakeSeam; FakeSeam().client()"

    assert HEAVY & modules_after(code) == {"httpx", "seam"}


@pytest.mark.parametrize("name", fakeseam.__all__)
def test_every_public_name_can_be_imported(name):
    found = getattr(fakeseam, name)

    assert found.__name__ == name


def test_the_public_names_are_listed():
    assert set(fakeseam.__all__) <= set(dir(fakeseam))
    assert dir(fakeseam) == sorted(dir(fakeseam))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(
        AttributeError, match=r"^module 'fakeseam' has no attribute 'FakeSaem'$"
    ):
        fakeseam.FakeSaem


def test_an_unknown_name_cannot_be_imported():
    with pytest.raises(ImportError, match="cannot import name 'FakeSaem' from 'fakeseam'"):
        from fakeseam import FakeSaem  # noqa: F401
