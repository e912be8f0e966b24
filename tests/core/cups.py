"""Cups and plates: the records and record types of the store's tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from fakeseam.core.record_types import RecordType

EARLY, LATE = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"
ALL = ("all",)


@dataclass(frozen=True)
class Cup:
    cup_id: str
    created_at: str
    color: str = "white"
    marks: tuple[str, ...] = ()
    notes: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Broken(Exception):
    """Raised in a transaction, so that it is undone."""


def _buckets(cup):
    return [("color", cup.color), *[("mark", mark) for mark in cup.marks], ALL]


def _record_type(name):
    return RecordType(
        name=name,
        record=Cup,
        key="cup_id",
        index=_buckets,
        noun=None,
        survives_reset=True,
        section=None,
        shown_by=None,
    )


CUPS, PLATES = _record_type("cups"), _record_type("plates")
