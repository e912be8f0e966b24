"""The file of a dump: whole or as it was, open to whom a file is, and no other file touched."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from fakeseam import FakeSeam, MisuseError, dumps


@pytest.fixture
def umask():
    """The usual one, whatever the developer's is."""
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


def test_a_new_file_can_be_read_by_whoever_can_read_an_ordinary_one(tmp_path, umask):
    FakeSeam().dump(tmp_path / "state.json")

    assert mode_of(tmp_path / "state.json") == "0o644"


@pytest.mark.parametrize("mode", [0o600, 0o666])
def test_a_file_that_is_there_keeps_its_permissions(tmp_path, umask, mode):
    path = tmp_path / "state.json"
    path.touch()
    path.chmod(mode)

    FakeSeam().dump(path)

    assert mode_of(path) == oct(mode)


def test_a_link_goes_on_leading_to_what_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to(Path("there", "state.json"))

    FakeSeam().dump(link)
    with_account().dump(link)

    assert link.is_symlink()
    assert accounts(tmp_path / "there" / "state.json") == 1
    assert [one.name for one in (tmp_path / "there").iterdir()] == ["state.json"]


def test_a_writing_that_fails_halfway_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "state.json"
    with_account().dump(path)

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dumps.Path, "replace", full)
    with pytest.raises(MisuseError, match=r"cannot write '.*state.json': No space left on dev"):
        FakeSeam().dump(path)

    assert accounts(path) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


def test_an_interrupted_writing_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
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
    ("name", "told"),
    [
        (".", "Is a directory"),
        ("no/such/folder/state.json", "No such file or directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_told(tmp_path, name, told):
    with pytest.raises(MisuseError, match=f"cannot write .*: {told}"):
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
    'FILE is neither a dump nor a seed file: fake.dump() writes the one, with a "fakeseam_schema";'
    ' the other is {"fakeseam_seed": 1, "steps": [...]}'
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "FILE is no JSON: Expecting value, line 1 column 1"),
        (b'{\n "a": 1,\n}', "FILE is no JSON: Illegal trailing comma before end of object, "
         "line 2 column 8"),
        (b"\xff\xfe{}", "FILE is no JSON: it is no text in UTF-8 ('utf-8' codec can't decode byte"
         " 0xff in position 0: invalid start byte)"),
        (b'{"a": NaN}', "FILE is no JSON: NaN is no number of JSON's"),
        (b'{"a": -Infinity}', "FILE is no JSON: -Infinity is no number of JSON's"),
        (b'{"a": 1e999}', "FILE is no JSON: 1e999 is too large"),
        (b'{"a": {"b": 1, "b": 2}}', "FILE is no JSON: 'b' is there twice in one object"),
        (b"[]", NEITHER),
        (b"null", NEITHER),
        (b'"text"', NEITHER),
        (b"{}", NEITHER),
        (b'{"store": {}}', NEITHER),
        (b'{"fakeseam_schema": 3}', "FILE has schema 3, this fakeseam reads schema 4: make it anew"
         " with fake.dump()"),
        (b'{"fakeseam_schema": "4"}', "FILE has schema '4', this fakeseam reads schema 4: make it"
         " anew with fake.dump()"),
        (b'{"fakeseam_schema": 4}', "FILE is a damaged dump: KeyError('store')"),
    ],
)
def test_a_file_that_is_no_dump_says_what_is_wrong_with_it(tmp_path, content, told):
    path = tmp_path / "state.json"
    path.write_bytes(content)

    found = refused(path)

    # Python 3.13 words this one fault otherwise.
    old = "Expecting property name enclosed in double quotes, line 3 column 1"
    assert found in (told, f"FILE is no JSON: {old}")


def test_nesting_without_end_is_no_json(tmp_path):
    path = tmp_path / "state.json"
    path.write_text("[" * 200_000)

    assert refused(path).startswith("FILE is no JSON: ")


def test_a_folder_is_no_file_to_load(tmp_path):
    assert refused(tmp_path) == "cannot read FILE: Is a directory"


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ([], "fake.dump() writes one, and a seed file is written by hand"),
        (["hotel.json", "bank.json", "hotels.txt"], "in that folder there is hotel.json"),
        (["a.json", "b.json", "c.json", "d.json"], "in that folder there is a.json, b.json, "
         "c.json"),
    ],
)
def test_a_missing_file_is_told_what_there_is_instead(tmp_path, there, told):
    for name in there:
        (tmp_path / name).touch()

    assert refused(tmp_path / "hotels.json") == f"no file FILE to load; {told}"


def test_a_missing_folder_is_told(tmp_path):
    assert refused(tmp_path / "no" / "x.json") == (
        f"no file FILE to load; there is no folder '{tmp_path}/no' either"
    )


@pytest.mark.parametrize("given", [None, 5, b"state.json", {5}])
def test_what_is_no_file_is_told_what_to_give(given):
    with pytest.raises(MisuseError, match="fake.load takes a file, what such a file holds"):
        FakeSeam().load(given)


def test_a_byte_order_mark_is_no_fault(tmp_path):
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
