"""The pictures in the docs are those that the script makes, and show something."""

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
MADE = sorted(WIDTHS)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of the pictures, as the script makes them now."""
    folder = tmp_path_factory.mktemp("screenshots")
    subprocess.run([sys.executable, ROOT / "tests" / "screenshots.py", folder], check=True)
    return folder


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def width_and_lines(picture):
    """How wide a PNG is, and its compressed lines: a blank one has the same line all over."""
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


def test_the_script_makes_every_picture(made):
    assert names_in(made) == MADE


def test_the_docs_have_exactly_the_pictures_that_the_script_makes():
    assert names_in(PICTURES) == MADE


@pytest.mark.parametrize("name", MADE)
def test_a_picture_in_the_docs_is_small(name):
    assert (PICTURES / name).stat().st_size <= LARGEST


@pytest.mark.parametrize("name", MADE)
def test_a_picture_shows_something_at_its_width(made, name):
    for folder in (made, PICTURES):
        width, lines = width_and_lines(folder / name)
        assert width == WIDTHS[name]
        assert len(lines) > 50


def test_the_pages_show_pictures_that_there_are():
    named = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8"))
    }

    assert {path.name for path in named} <= set(MADE)
    assert [path for path in named if not path.is_file()] == []
    assert any(path.parent == PICTURES for path in named)
