"""The served fake against the official fake, npm's ``@seamapi/fake-seam-connect``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import median

from .loads import LIST, loads, units_a_second
from .servers import OFFICIAL_VERSION, Running, fakeseam, install_official, official, serve
from .timing import Effort, Row, Table

__all__ = ["measure"]

CONNECTIONS = (1, 8)
BOTH = (
    f"`python -m fakeseam serve` against `@seamapi/fake-seam-connect` {OFFICIAL_VERSION}, each a"
    " process of its own."
)
LESS = " The official fake's figure divided by fakeseam's: above 1, fakeseam takes less."
FASTER = (
    " Requests (or whole stories) a second of fakeseam, divided by the official fake's: above 1,"
    " fakeseam is faster. Each connection is kept alive, and sends its next request when it has"
    " the answer to the last. Both servers are started again for each round, as it adds webviews"
    " and accounts to them."
)

# For what is measured, and a column or unit: what fakeseam and the official fake have, each round.
Pairs = dict[tuple[str, str], list[tuple[float, float]]]


def measure(effort: Effort) -> list[Table]:
    folder = install_official()
    if shutil.which("wrk") is None:
        folder = "no wrk on PATH (Debian's package wrk)"
    if isinstance(folder, str):
        return [Table("Served", f"Left out: {folder}.")]
    costs: Pairs = {}
    rates: Pairs = {}
    with serve(fakeseam(), official(folder)):
        pass  # from now on the system has their files at hand
    for round_ in range(effort.served_rounds):
        _measure_start(folder, costs)
        for accounts in effort.served_sizes:
            with serve(fakeseam(accounts), official(folder, accounts)) as (ours, theirs):
                pair = ours.memory_mib, theirs.memory_mib
                costs.setdefault((f"memory, {accounts:,} accounts", "MiB"), []).append(pair)
                if accounts == effort.served_sizes[0]:
                    pair = _kilobytes(ours), _kilobytes(theirs)
                    costs.setdefault(("answer with a list of 20 devices", "KB"), []).append(pair)
                _measure_rates(ours, theirs, accounts, round_ % 2 == 0, rates)
    return [
        Table("Start, memory and size", BOTH + LESS, _cost_rows(costs)),
        Table("Requests a second", BOTH + FASTER, _rate_rows(rates)),
    ]


def _measure_start(folder: Path, costs: Pairs) -> None:
    with serve(fakeseam(), official(folder)) as (ours, theirs):
        pair = ours.start_s * 1e3, theirs.start_s * 1e3
        costs.setdefault(("start to first answer", "ms"), []).append(pair)
        pair = ours.memory_mib, theirs.memory_mib
        costs.setdefault(("memory at start", "MiB"), []).append(pair)


def _kilobytes(server: Running) -> float:
    compact = json.dumps(server.post(*LIST), separators=(",", ":"), ensure_ascii=False)
    return len(compact.encode()) / 1e3


def _measure_rates(
    ours: Running, theirs: Running, accounts: int, ours_first: bool, rates: Pairs
) -> None:
    our_loads, their_loads = loads(ours, accounts), loads(theirs, accounts)
    # Turns that do not count: Node compiles as it runs.
    units_a_second(ours, our_loads[0], max(CONNECTIONS))
    units_a_second(theirs, their_loads[0], max(CONNECTIONS))
    for mine, other in zip(our_loads, their_loads, strict=True):
        for connections in CONNECTIONS:
            if ours_first:
                our_rate = units_a_second(ours, mine, connections)
                pair = our_rate, units_a_second(theirs, other, connections)
            else:
                their_rate = units_a_second(theirs, other, connections)
                pair = units_a_second(ours, mine, connections), their_rate
            column = "1 connection" if connections == 1 else f"{connections} connections"
            rates.setdefault((f"{mine.name}, {accounts:,} accounts", column), []).append(pair)


def _cost_rows(costs: Pairs) -> list[Row]:
    return [
        Row(what, [theirs / ours for ours, theirs in pairs], _medians(pairs, unit))
        for (what, unit), pairs in costs.items()
    ]


def _rate_rows(rates: Pairs) -> list[Row]:
    return [
        Row(what, [ours / theirs for ours, theirs in pairs], _medians(pairs, "a second"), column)
        for (what, column), pairs in rates.items()
    ]


def _medians(pairs: list[tuple[float, float]], unit: str) -> str:
    ours, theirs = (median(values) for values in zip(*pairs, strict=True))
    return f"fakeseam {ours:,.0f} {unit}, official fake {theirs:,.0f}"
