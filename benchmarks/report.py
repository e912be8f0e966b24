"""Results as JSON, as text, and in ``docs/performance.md`` with its plot."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .plot import plot
from .timing import Row, Table

__all__ = ["BEGIN", "END", "PAGE", "PICTURE", "Results", "fill_in", "format_tables", "write_docs"]

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "performance.md"
PICTURE = DOCS / "performance.svg"
BEGIN = "<!-- Written by `python -m benchmarks`, from here -->\n"
END = "<!-- to here -->\n"


@dataclass(frozen=True)
class Results:
    """What one run measured, and on which machine."""

    machine: dict[str, str]
    tables: list[Table]

    @classmethod
    def read(cls, path: Path) -> Results:
        """Returns the results in a file that ``write`` wrote."""
        data = json.loads(path.read_text("utf-8"))
        tables = [
            Table(table["title"], table["note"], [Row(**row) for row in table["rows"]])
            for table in data["tables"]
        ]
        return cls(data["machine"], tables)

    def write(self, path: Path) -> None:
        data = asdict(self)
        for table in data["tables"]:
            for row in table["rows"]:
                row["ratios"] = [round(ratio, 4) for ratio in row["ratios"]]
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")


def write_docs(results: Results) -> None:
    """Writes the generated part of the page, and its plot."""
    PAGE.write_text(fill_in(PAGE.read_text("utf-8"), results), "utf-8")
    PICTURE.write_text(plot(results.tables), "utf-8")


def fill_in(page: str, results: Results) -> str:
    """Returns the page with the results between its two markers."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    machine = "".join(f"- {name}: {value}\n" for name, value in results.machine.items())
    picture = f"![The ratios of the tables, on a logarithmic scale]({PICTURE.name})\n"
    generated = f"\n{machine}\n{format_tables(results.tables)}\n{picture}\n"
    return before + BEGIN + generated + END + after


def format_tables(tables: list[Table]) -> str:
    """Returns the tables in Markdown, each below its title and how to read it."""
    return "\n".join(
        f"### {table.title}\n\n{table.note}\n\n{_format_table(table.rows)}" for table in tables
    )


def _format_table(rows: list[Row]) -> str:
    if not rows:
        return ""
    columns = list(dict.fromkeys(row.column for row in rows))
    if any(row.figures for row in rows) and len(columns) == 1:
        lines = [[row.what, _cell(row), row.figures] for row in rows]
        return _markdown(["What", "Ratio", "In this run"], lines)
    cells = {(row.what, row.column): _cell(row) for row in rows}
    names = dict.fromkeys(row.what for row in rows)
    lines = [[name, *(cells.get((name, column), "") for column in columns)] for name in names]
    return _markdown(["What", *columns], lines)


def _cell(row: Row) -> str:
    first, third = row.quartiles
    return f"**{row.median:.2f}** ({first:.2f} to {third:.2f})"


def _markdown(header: list[str], lines: list[list[str]]) -> str:
    rule = ["---"] * len(header)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [header, rule, *lines])
