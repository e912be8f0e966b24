"""The plot: an SVG with a dot at each median and a line between the quartiles."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

from .timing import Row, Table

__all__ = ["plot"]

LABELS, WIDTH, LINE = 560, 960, 18
RIGHT = WIDTH - 60
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
COLORS = ("#1f6feb", "#bc4c00", "#1a7f37")  # one for each column of a table


def plot(tables: list[Table]) -> str:
    """Returns the plot of some tables, one row for each of theirs."""
    ends = [end for table in tables for row in table.rows for end in row.quartiles]
    low = max(tick for tick in TICKS if tick <= min(ends, default=1) or tick == TICKS[0])
    high = min(tick for tick in TICKS if tick >= max(ends, default=1) or tick == TICKS[-1])

    def x(ratio: float) -> float:
        part = math.log(min(max(ratio, low), high) / low) / math.log(high / low)
        return round(LABELS + part * (RIGHT - LABELS), 1)

    marks: list[str] = []
    y = 2 * LINE
    for table in tables:
        y += 2 * LINE
        marks.append(_text(10, y, table.title, "font-weight='bold'"))
        columns = list(dict.fromkeys(row.column for row in table.rows))
        if len(columns) > 1:
            key = zip(columns, COLORS, strict=False)
            for number, (column, color) in enumerate(key):
                marks.append(_text(LABELS + 140 * number, y, column, f"fill='{color}'"))
        for what in dict.fromkeys(row.what for row in table.rows):
            y += LINE
            marks.append(_text(10, y, what.replace("`", "")))
            for row in (row for row in table.rows if row.what == what):
                marks.append(_mark(row, y, x, COLORS[columns.index(row.column) % len(COLORS)]))
    bottom = y + LINE
    grid = [_tick(tick, x(tick), bottom) for tick in TICKS if low <= tick <= high]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {bottom}'"
        " font-family='sans-serif' font-size='12'>\n"
        f"<rect width='{WIDTH}' height='{bottom}' fill='white'/>\n"
        + "\n".join([*grid, *marks])
        + "\n</svg>\n"
    )


def _mark(row: Row, y: int, x: Callable[[float], float], color: str) -> str:
    first, third = (x(end) for end in row.quartiles)
    middle = y - 4
    return (
        f"<line x1='{first}' x2='{third}' y1='{middle}' y2='{middle}' stroke='{color}'/>"
        f"<circle cx='{x(row.median)}' cy='{middle}' r='3.5' fill='{color}'/>"
    )


def _tick(tick: float, x: float, bottom: int) -> str:
    color = "#57606a" if tick == 1 else "#d0d7de"
    line = f"<line x1='{x}' x2='{x}' y1='{2 * LINE}' y2='{bottom}' stroke='{color}'/>"
    return line + _text(x, LINE, f"{tick:g}", "text-anchor='middle'")


def _text(x: float, y: int, text: str, style: str = "") -> str:
    return f"<text x='{x}' y='{y}' {style}>{escape(text)}</text>"
