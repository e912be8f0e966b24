"""``custom_metadata`` on one page: limits, blank, copy, replace, update, matching.

Source: docs.seam.co, "Attaching Custom Metadata to the Connect Webview" and "Adding Custom
Metadata to a Connected Account"; the limits of keys and values from Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..core.issues import Issue, type_name, utf16_length
from ..core.param_types import QueryText, plain
from ..core.params import record
from .records import metadata_text
from .rules import Rules

__all__ = [
    "COPY",
    "KEEP",
    "MAX_KEY_LENGTH",
    "MAX_PAIRS",
    "MAX_VALUE_LENGTH",
    "REPLACE",
    "UPDATE",
    "Effect",
    "custom_metadata",
    "custom_metadata_has",
    "matches",
    "normalise",
    "wanted",
]

MAX_PAIRS = 50
MAX_KEY_LENGTH = 40  # in UTF-16 units, as JavaScript counts
MAX_VALUE_LENGTH = 500  # the same

Metadata = Mapping[str, "str | bool"]
Given = Mapping[str, "str | bool | None"]

# (what the account has, what was given, the rules) -> what the account has then
Effect = Callable[[Metadata, Given, Rules], Metadata]


def normalise(given: Given) -> Metadata:
    """What Seam stores of a payload: null and "" remove a key, everything else is verbatim."""
    return {
        key: plain(value) if isinstance(value, str) else value
        for key, value in given.items()
        if value is not None and value != ""
    }


# What a row of the account's table does with the metadata


def KEEP(kept: Metadata, given: Given, rules: Rules) -> Metadata:
    """The account keeps what it has."""
    return kept


def COPY(kept: Metadata, given: Given, rules: Rules) -> Metadata:
    """A new account starts with the webview's metadata; a blank one is ``{}``."""
    return normalise(given)


def REPLACE(kept: Metadata, given: Given, rules: Rules) -> Metadata:
    """A later login replaces all of it with the new webview's payload; never a merge."""
    payload = normalise(given)
    if not payload and rules.blank_metadata_on_reconnect == "keep":
        return kept
    return payload


def UPDATE(kept: Metadata, given: Given, rules: Rules) -> Metadata:
    """An update replaces all of it, or by the switch changes and removes single keys."""
    if rules.metadata_update == "merge":
        return normalise({**kept, **given})
    return normalise(given)


# What may be sent


def _pair_issues(pairs: Mapping[str, Any]) -> list[Issue]:
    issues = [issue for key, value in pairs.items() for issue in _faults_of(key, value)]
    # A value of a wrong type hides the count, a text that is too long does not.
    if len(pairs) > MAX_PAIRS and not any(issue.branches for issue in issues):
        issues.append(Issue((), f"Custom metadata is limited to a maximum of {MAX_PAIRS} keys"))
    return issues


def _faults_of(key: str, value: Any) -> list[Issue]:
    issues = []
    if utf16_length(key) > MAX_KEY_LENGTH:
        issues.append(Issue((key,), _too_long(MAX_KEY_LENGTH)))
    if "." in key:
        issues.append(Issue((key,), "Custom metadata key names cannot contain a period (.)"))
    if not isinstance(value, (str, bool, type(None))):
        issues.append(_wrong_type(key, value))
    elif isinstance(value, str) and utf16_length(value) > MAX_VALUE_LENGTH:
        issues.append(Issue((key,), _too_long(MAX_VALUE_LENGTH)))
    return issues


def _filter_issues(pairs: Mapping[str, Any]) -> list[Issue]:
    """Keys to look for may be longer than 40: stored ones from before the limit are."""
    issues = []
    for key, value in pairs.items():
        if "." in key:
            issues.append(Issue((key,), "Custom metadata key names cannot contain a period (.)"))
        if not isinstance(value, (str, bool, type(None))):
            issues.append(_wrong_type(key, value))
    return issues


def _too_long(maximum: int) -> str:
    return f"String must contain at most {maximum} character(s)"


def _wrong_type(key: str, value: Any) -> Issue:
    received = type_name(value)
    branches = (f"Expected {kind}, received {received}" for kind in ("string", "boolean", "null"))
    return Issue((key,), "Invalid input", tuple(Issue((key,), text) for text in branches))


_NO_PERIOD = {"pattern": r"^[^.]*$"}
_PAIRS_SCHEMA = {
    "maxProperties": MAX_PAIRS,
    "propertyNames": {**_NO_PERIOD, "maxLength": MAX_KEY_LENGTH},
    "additionalProperties": {
        "type": ["string", "boolean", "null"],
        "maxLength": MAX_VALUE_LENGTH,
    },
}
_FILTER_SCHEMA = {
    "propertyNames": _NO_PERIOD,
    "additionalProperties": {"type": ["string", "boolean", "null"]},
}


def custom_metadata() -> Any:
    """The parameter that sets metadata."""
    return record(_pair_issues, entries_schema=_PAIRS_SCHEMA)


def custom_metadata_has() -> Any:
    """The parameter that looks for metadata."""
    return record(_filter_issues, entries_schema=_FILTER_SCHEMA)


# Matching


def wanted(has: Given | None) -> Given:
    """The pairs of a filter that count: those with "" are dropped, null means unset."""
    return {key: _word(value) for key, value in (has or {}).items() if value != ""}


def _word(value: str | bool | None) -> str | bool | None:
    """A word of an enum as its text; what a query marked as text keeps its mark."""
    if isinstance(value, str) and not isinstance(value, QueryText):
        return plain(value)
    return value


def matches(metadata: Metadata, has: Given) -> bool:
    """Whether every pair is there; a value from a query is compared as text.

    Unsourced: that a query's ``true`` finds both the boolean and the word, as it cannot tell
    which is meant, and that letter case counts.
    """
    return all(_equal(metadata.get(key), value) for key, value in has.items())


def _equal(kept: str | bool | None, value: str | bool | None) -> bool:
    if isinstance(value, QueryText) and kept is not None:
        return metadata_text(kept) == value
    return type(kept) is type(value) and kept == value
