"""The page and the plot of the newest results. Nothing is measured here."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import PARTS, RESULTS
from benchmarks.plot import plot
from benchmarks.report import BEGIN, END, PAGE, PICTURE, Results, fill_in
from benchmarks.timing import Row, Table

REWRITE = "run: python -m benchmarks --from benchmarks/results/latest.json"


@pytest.fixture
def latest():
    return Results.read(RESULTS / "latest.json")


def test_the_page_shows_the_newest_results(latest):
    page = PAGE.read_text("utf-8")

    assert fill_in(page, latest) == page, REWRITE


def test_the_plot_shows_the_newest_results(latest):
    assert plot(latest.tables) == PICTURE.read_text("utf-8"), REWRITE


def test_the_page_names_every_part():
    page = PAGE.read_text("utf-8")

    assert [part for part in PARTS if f"| `{part}` |" not in page] == []


def test_results_come_back_from_a_file_as_they_were_written(tmp_path):
    table = Table("Get", "Lower is faster.", [Row("a", [1.5])])
    results = Results({"Date": "2026-01-01"}, [table])
    results.write(tmp_path / "results.json")

    assert Results.read(tmp_path / "results.json") == results


def test_a_table_shows_median_and_quartiles():
    row = Row("get", [3.0, 1.0, 2.0, 5.0, 4.0], "a constant answer: 160 µs")
    page = fill_in(f"{BEGIN}{END}", Results({}, [Table("Get", "Lower is faster.", [row])]))

    assert "| get | **3.00** (2.00 to 4.00) | a constant answer: 160 µs |\n" in page


def test_a_table_with_several_columns_has_a_line_for_each_thing_measured():
    rows = [Row("get", [2.0], column="1 connection"), Row("get", [1.5], column="8 connections")]
    page = fill_in(f"{BEGIN}{END}", Results({}, [Table("Get", "Higher is faster.", rows)]))

    assert "| What | 1 connection | 8 connections |\n" in page
    assert "| get | **2.00** (2.00 to 2.00) | **1.50** (1.50 to 1.50) |\n" in page
