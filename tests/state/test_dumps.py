"""The file of a dump: written completely or not at all, with ordinary permissions; reading it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.state import dumps


@pytest.fixture
def umask():
    """The usual umask, whatever the developer has set."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode_of(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


def accounts(path):
    other = FakeSeam()
    other.load(path)
    return len(other.call("/connected_accounts/list")["connected_accounts"])


def with_account():
    fake = FakeSeam()
    fake.connect_account()
    return fake


# Writing


def test_a_new_file_has_the_permissions_of_an_ordinary_one(tmp_path, umask):
    FakeSeam().dump(tmp_path / "state.json")

    assert mode_of(tmp_path / "state.json") == "0o644"


@pytest.mark.parametrize("mode", [0o600, 0o666])
def test_an_existing_file_keeps_its_permissions(tmp_path, umask, mode):
    path = tmp_path / "state.json"
    path.touch()
    path.chmod(mode)

    FakeSeam().dump(path)

    assert mode_of(path) == oct(mode)


def test_the_target_of_a_link_is_written_not_the_link(tmp_path):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(Path("folder", "state.json"))

    FakeSeam().dump(link)
    with_account().dump(link)

    assert link.is_symlink()
    assert accounts(tmp_path / "folder" / "state.json") == 1
    assert [one.name for one in (tmp_path / "folder").iterdir()] == ["state.json"]


def test_a_write_that_fails_halfway_leaves_only_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    with_account().dump(path)

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dumps.Path, "replace", full)
    with pytest.raises(MisuseError, match=r"cannot write '.*state.json': No space left on dev"):
        FakeSeam().dump(path)

    assert accounts(path) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


def test_an_interrupted_write_leaves_only_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    with_account().dump(path)

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(dumps.Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        FakeSeam().dump(path)

    assert accounts(path) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "Is a directory"),
        ("no/such/folder/state.json", "No such file or directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_path_that_cannot_be_written_to_is_named_with_the_reason(tmp_path, name, reason):
    with pytest.raises(MisuseError, match=f"cannot write .*: {reason}"):
        FakeSeam().dump(tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_a_device_is_written_to_and_not_replaced():
    FakeSeam().dump(os.devnull)

    assert Path(os.devnull).is_char_device()


# Reading


def refused(path):
    fake = with_account()
    before = fake.snapshot()
    with pytest.raises(MisuseError) as caught:
        fake.load(path)
    assert fake.snapshot() == before
    return str(caught.value).replace(repr(str(path)), "FILE")


NEITHER = (
    "FILE is neither a dump nor a seed file. A dump, written by fake.dump(), has"
    ' "fakeseam_schema". A seed file is {"fakeseam_seed": 1, "steps": [...]}.'
)
OLD = (
    "FILE has schema {}, but this fakeseam reads schema 7. Create the dump again with fake.dump()."
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "FILE is not JSON: Expecting value, line 1 column 1"),
        (
            b'{\n "a": 1,\n}',
            "FILE is not JSON: Illegal trailing comma before end of object, line 2 column 8",
        ),
        (
            b"\xff\xfe{}",
            "FILE is not JSON: not UTF-8 text ('utf-8' codec can't decode byte 0xff in position 0:"
            " invalid start byte)",
        ),
        (b'{"a": NaN}', "FILE is not JSON: NaN is not a JSON number"),
        (b'{"a": -Infinity}', "FILE is not JSON: -Infinity is not a JSON number"),
        (b'{"a": 1e999}', "FILE is not JSON: 1e999 is too large"),
        (b'{"a": {"b": 1, "b": 2}}', "FILE is not JSON: an object has the key 'b' twice"),
        (b"[]", NEITHER),
        (b"null", NEITHER),
        (b'"text"', NEITHER),
        (b"{}", NEITHER),
        (b'{"store": {}}', NEITHER),
        (b'{"fakeseam_schema": 3}', OLD.format(3)),
        (b'{"fakeseam_schema": "6"}', OLD.format("'6'")),
        (b'{"fakeseam_schema": 7}', "FILE is a damaged dump: KeyError('store')"),
    ],
)
def test_a_file_that_is_not_a_dump_is_refused_with_the_reason(tmp_path, content, expected):
    path = tmp_path / "state.json"
    path.write_bytes(content)

    found = refused(path)

    # Older versions of Python word this one error differently.
    old = "Expecting property name enclosed in double quotes, line 3 column 1"
    assert found in (expected, f"FILE is not JSON: {old}")


def test_endless_nesting_is_not_json(tmp_path):
    path = tmp_path / "state.json"
    path.write_text("[" * 200_000)

    assert refused(path).startswith("FILE is not JSON: ")


def test_a_folder_cannot_be_loaded(tmp_path):
    assert refused(tmp_path) == "cannot read FILE: Is a directory"


@pytest.mark.parametrize(
    ("existing", "advice"),
    [
        ([], "Create a dump with fake.dump(), or write a seed file by hand."),
        (["hotel.json", "bank.json", "hotels.txt"], "Files in that folder: hotel.json."),
        (
            ["a.json", "b.json", "c.json", "d.json"],
            "Files in that folder: a.json, b.json, c.json.",
        ),
    ],
)
def test_a_missing_file_is_refused_with_advice(tmp_path, existing, advice):
    for name in existing:
        (tmp_path / name).touch()

    assert refused(tmp_path / "hotels.json") == f"There is no file FILE. {advice}"


def test_a_missing_folder_is_named(tmp_path):
    assert refused(tmp_path / "no" / "x.json") == (
        f"There is no file FILE. Its folder '{tmp_path}/no' does not exist either."
    )


@pytest.mark.parametrize("source", [None, 5, b"state.json", {5}])
def test_a_source_that_cannot_be_loaded_is_refused_with_the_ones_that_can(source):
    with pytest.raises(MisuseError) as caught:
        FakeSeam().load(source)

    assert str(caught.value) == (
        f"fake.load() cannot load {source!r}. Give it the path of a file, the JSON of a file, a"
        " function that takes the fake, or a list of these."
    )


def test_a_byte_order_mark_is_accepted(tmp_path):
    path = tmp_path / "state.json"
    with_account().dump(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert accounts(path) == 1


def test_lone_surrogates_survive(tmp_path):
    fake = FakeSeam()
    fake.connect_account(custom_metadata={"half": "\ud83d"})
    fake.dump(tmp_path / "state.json")

    other = FakeSeam()
    other.load(tmp_path / "state.json")

    assert other.snapshot() == fake.snapshot()
    json.loads((tmp_path / "state.json").read_text("ascii"))
