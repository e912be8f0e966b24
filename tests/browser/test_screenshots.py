"""The pictures in the docs are those that the script creates, and none is blank."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "screenshots"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WIDTHS = {
    "introduction.png": 900,
    "brands.png": 900,
    "sign-in.png": 900,
    "phone.png": 390,
    "inspection.png": 1280,
}
LARGEST = 150_000  # bytes
NAMES = sorted(WIDTHS)


@pytest.fixture(scope="module")
def created(tmp_path_factory):
    """The folder of the pictures that the script creates now."""
    folder = tmp_path_factory.mktemp("screenshots")
    subprocess.run([sys.executable, "-m", "tests.screenshots", folder], cwd=ROOT, check=True)
    return folder


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def width_and_lines(picture):
    """The width of a PNG, and its different compressed lines: a blank one has very few."""
    data = picture.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    pixels, at = b"", 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        begin, at = at + 8, at + length + 12
        pixels += data[begin:at - 4] if kind == b"IDAT" else b""
    lines = zlib.decompress(pixels)
    step = len(lines) // height
    return width, {lines[start:start + step] for start in range(0, len(lines), step)}


def test_the_script_makes_every_picture(created):
    assert names_in(created) == NAMES


def test_the_docs_have_exactly_the_pictures_that_the_script_makes():
    assert names_in(PICTURES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_in_the_docs_is_small(name):
    assert (PICTURES / name).stat().st_size <= LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_not_blank_and_has_its_width(created, name):
    for folder in (created, PICTURES):
        width, lines = width_and_lines(folder / name)
        assert width == WIDTHS[name]
        assert len(lines) > 50


def test_the_docs_refer_to_existing_pictures():
    named = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8"))
    }

    pictures = {path.name for path in named if path.parent == PICTURES}
    assert pictures and pictures <= set(NAMES)
    assert [path for path in named if not path.is_file()] == []
