"""The commands that print lists."""

from __future__ import annotations

import argparse
from collections import Counter

__all__ = ["control_api", "endpoints", "logins", "states"]


def endpoints(options: argparse.Namespace) -> int:
    """Prints each documented endpoint of Seam, whether it is implemented, and the totals."""
    from ..api import coverage

    rows = coverage()
    for path, level, note in rows:
        print(f"{level:<15}  {path}{f'  ({note})' if note else ''}")
    counts = Counter(level for _, level, _ in rows)
    levels = ("implemented", "partly", "not implemented")
    print(", ".join(f"{counts[level]} {level}" for level in levels))
    return 0


def states(options: argparse.Namespace) -> int:
    """Prints the state machines as Mermaid."""
    from ..api.lifecycle import MACHINES

    for machine in MACHINES:
        print(f"%% {machine.name}\n{machine.mermaid()}\n")
    return 0


def logins(options: argparse.Namespace) -> int:
    """Prints the outcomes of a login and the brands, as Markdown tables."""
    from ..api.connect_webviews.login.docs_tables import brands_table, outcomes_table

    print(f"{outcomes_table()}\n\n{brands_table()}")
    return 0


def control_api(options: argparse.Namespace) -> int:
    """Prints the control endpoints, as a Markdown table."""
    from ..control.openapi_document import endpoints_table

    print(endpoints_table())
    return 0
