"""``python -m benchmarks``: measures, prints the tables, writes the results and the page."""

from __future__ import annotations

import argparse
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from .report import Results, format_tables, write_docs
from .timing import FULL, QUICK, Table

# Each is a module with a function `measure`.
PARTS = ("in_process", "per_test", "peers", "served", "growth", "codes", "imports")
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; by default all")
    parser.add_argument("--quick", action="store_true", help="take a minute, for development")
    parser.add_argument("--huge", action="store_true", help="let growth try 100,000 accounts too")
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FILE", help="measure nothing: show a result"
    )
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}: choose of {', '.join(PARTS)}")
    if options.source is not None:
        results = Results.read(options.source)
        print(format_tables(results.tables))
        write_docs(results)
        return
    results = _measure(options)
    is_whole = not options.parts and not options.quick
    path = RESULTS / ("latest.json" if is_whole else "partial.json")
    results.write(path)
    print(f"\nwritten to {path}")
    if is_whole:
        write_docs(Results.read(path))


def _measure(options: argparse.Namespace) -> Results:
    from .machine import describe_machine

    effort = QUICK if options.quick else FULL
    if options.huge:
        effort = replace(effort, sizes=(*effort.sizes, 100_000))
    tables: list[Table] = []
    for part in options.parts or PARTS:
        measured = import_module(f"{__package__}.{part}").measure(effort)
        print(format_tables(measured), flush=True)
        tables += measured
    return Results(describe_machine(options.quick), tables)


if __name__ == "__main__":
    main()
