"""The served fake against the official fake, npm's ``@seamapi/fake-seam-connect``."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from .loads import LIST, loads, units_a_second
from .servers import OFFICIAL_VERSION, Running, fakeseam, install_official, official, serve
from .timing import Effort, Row, Table

__all__ = ["measure"]

CONNECTIONS = {1: "1 connection", 8: "8 connections"}
# Larger stores take long to fill, and grow little in a round.
FRESH_UP_TO = 1_000
BOTH = (
    f"`python -m fakeseam serve` against `@seamapi/fake-seam-connect` {OFFICIAL_VERSION}, each a"
    " process of its own."
)
LESS = " The official fake's figure divided by fakeseam's."
FASTER = (
    " Requests (or whole stories) a second of fakeseam, divided by the official fake's. Each"
    " connection is kept alive, and sends its next request when it has the answer to the last. A"
    " round adds webviews and accounts, so both servers are started again for the next; those with"
    f" more than {FRESH_UP_TO:,} accounts are kept."
)

# For what is measured, and a column or unit: what fakeseam and the official fake have, each round.
Pairs = dict[tuple[str, str], list[tuple[float, float]]]


def measure(effort: Effort) -> list[Table]:
    has_wrk = shutil.which("wrk") is not None
    folder = install_official() if has_wrk else "no wrk on PATH (Debian's package wrk)"
    if isinstance(folder, str):
        return [Table("Served", f"Left out: {folder}.")]
    costs: Pairs = {}
    rates: Pairs = {}
    with serve(fakeseam(), official(folder)):
        pass  # from now on the system has their files at hand
    for _ in range(effort.served_rounds):
        _measure_start(folder, costs)
    for accounts in effort.served_sizes:
        pairs, rounds = 1, effort.served_rounds
        if accounts <= FRESH_UP_TO:
            pairs, rounds = rounds, pairs
        for _ in range(pairs):
            _measure_servers(folder, accounts, rounds, costs, rates)
    less = "Start, memory and size: above 1, fakeseam takes less"
    faster = "Requests a second: above 1, fakeseam is faster"
    return [
        Table(less, BOTH + LESS, _cost_rows(costs)),
        Table(faster, BOTH + FASTER, _rate_rows(rates)),
    ]


def _measure_start(folder: Path, costs: Pairs) -> None:
    with serve(fakeseam(), official(folder)) as (ours, theirs):
        pair = ours.start_s * 1e3, theirs.start_s * 1e3
        costs.setdefault(("start to first answer", "ms"), []).append(pair)
        pair = ours.memory_mib, theirs.memory_mib
        costs.setdefault(("memory at start", "MiB"), []).append(pair)


def _measure_servers(
    folder: Path, accounts: int, rounds: int, costs: Pairs, rates: Pairs
) -> None:
    """Measures a pair of servers to which so many accounts were connected."""
    with serve(fakeseam(), official(folder, accounts)) as (ours, theirs):
        with ThreadPoolExecutor() as both:  # only to save time
            ids = list(both.map(lambda server: server.connect_accounts(accounts), (ours, theirs)))
        our_loads, their_loads = map(loads, (ours, theirs), ids)
        pair = ours.memory_mib, theirs.memory_mib
        costs.setdefault((f"memory, {accounts:,} accounts", "MiB"), []).append(pair)
        pair = _kilobytes(ours), _kilobytes(theirs)
        costs.setdefault(("answer with 20 devices", "KB"), []).append(pair)
        # Turns that do not count: Node compiles as it runs.
        for server, asked in ((ours, our_loads), (theirs, their_loads)):
            units_a_second(server, asked[0], max(CONNECTIONS))
        for _ in range(rounds):
            for mine, other in zip(our_loads, their_loads, strict=True):
                for connections, column in CONNECTIONS.items():
                    pair = (
                        units_a_second(ours, mine, connections),
                        units_a_second(theirs, other, connections),
                    )
                    what = f"{mine.name}, {accounts:,} accounts"
                    rates.setdefault((what, column), []).append(pair)


def _kilobytes(server: Running) -> float:
    compact = json.dumps(server.post(*LIST), separators=(",", ":"), ensure_ascii=False)
    return len(compact.encode()) / 1e3


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
