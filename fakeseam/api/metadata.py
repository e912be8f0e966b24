"""Every rule of ``custom_metadata``: its limits, what a reconnection does to it, and its filter.

**Limits.** At most 50 pairs. A key has at most 40 characters and no period. A value is a boolean
or text of at most 500 characters. null and "" are accepted too; such a pair is not stored.

**Effects.** Each transition of an account (``ACCOUNT`` in ``lifecycle.py``) has one of four:

- ``COPY``, at the first login: the new account gets the webview's metadata.
- ``REPLACE``, at a reconnection, which is any later login: the metadata of the new webview
  replaces all of the account's. Nothing is merged. A webview without metadata empties it.
- ``UPDATE``, when the app updates the account: the sent metadata replaces all of the account's.
  Updating a device has this effect on the device's metadata.
- ``KEEP``, at everything else: the metadata stays as it is.

Two rules change this: ``blank_metadata_on_reconnect`` for ``REPLACE``, and ``metadata_update``
for ``UPDATE``.

Source: docs.seam.co, "Attaching Custom Metadata to the Connect Webview" and "Adding Custom
Metadata to a Connected Account". The limits of keys and values are from Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..schema.param_types import QueryText, plain
from ..schema.params import record
from ..schema.validation import Issue, utf16_length, wrong_type
from .record_fields import Metadata, metadata_text
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
    "MetadataInput",
    "custom_metadata",
    "custom_metadata_has",
    "filter_pairs",
    "matches",
    "normalize",
]

MAX_PAIRS = 50
MAX_KEY_LENGTH = 40  # in UTF-16 units, as JavaScript counts
MAX_VALUE_LENGTH = 500  # the same

# Metadata as an app sends it, null among its values; ``Metadata`` is as Seam stores it.
MetadataInput = Mapping[str, "str | bool | None"]

# Takes the current metadata, the new metadata and the rules; returns the resulting metadata.
Effect = Callable[[Metadata, MetadataInput, Rules], Metadata]


def normalize(sent: MetadataInput) -> Metadata:
    """Returns what Seam stores: without the pairs that are null or "", the others verbatim."""
    return {
        key: plain(value) if isinstance(value, str) else value
        for key, value in sent.items()
        if value is not None and value != ""
    }


# The effects: what a transition does to the metadata


def KEEP(current: Metadata, new: MetadataInput, rules: Rules) -> Metadata:
    """Returns the current metadata: the transition does not change it."""
    return current


def COPY(current: Metadata, new: MetadataInput, rules: Rules) -> Metadata:
    """Returns a new account's metadata: a copy of its webview's, ``{}`` if that has none."""
    return normalize(new)


def REPLACE(current: Metadata, new: MetadataInput, rules: Rules) -> Metadata:
    """Returns a reconnected account's metadata: all of it comes from the new webview.

    If that has none, the result is ``{}``, or by the rule ``blank_metadata_on_reconnect`` the
    account's current metadata.
    """
    if_blank = {"clear": {}, "keep": current}[rules.blank_metadata_on_reconnect]
    return normalize(new) or if_blank


def UPDATE(current: Metadata, new: MetadataInput, rules: Rules) -> Metadata:
    """Returns the metadata after an update: the sent metadata replaces all of the current.

    By the rule ``metadata_update`` it is merged instead: the other pairs stay, and null or ""
    removes a pair. Unsourced: that the result of a merge may have more than 50 pairs.
    """
    base = {"replace": {}, "merge": current}[rules.metadata_update]
    return normalize({**base, **new})


# The limits: what an app may send


def _metadata_issues(pairs: Mapping[str, Any]) -> list[Issue]:
    issues = [issue for key, value in pairs.items() for issue in _pair_issues(key, value)]
    # A value of the wrong type hides the issue of the count; a text that is too long does not.
    if len(pairs) > MAX_PAIRS and not any(issue.branches for issue in issues):
        issues.append(Issue((), f"Custom metadata is limited to a maximum of {MAX_PAIRS} keys"))
    return issues


def _pair_issues(key: str, value: Any) -> list[Issue]:
    issues = _filter_issues({key: value})
    if utf16_length(key) > MAX_KEY_LENGTH:
        issues.insert(0, Issue((key,), _too_long(MAX_KEY_LENGTH)))
    if isinstance(value, str) and utf16_length(value) > MAX_VALUE_LENGTH:
        issues.append(Issue((key,), _too_long(MAX_VALUE_LENGTH)))
    return issues


def _filter_issues(pairs: Mapping[str, Any]) -> list[Issue]:
    """Returns a filter's issues. Long keys are valid: stored ones may be older than the limit."""
    issues = []
    for key, value in pairs.items():
        if "." in key:
            issues.append(Issue((key,), "Custom metadata key names cannot contain a period (.)"))
        if not isinstance(value, (str, bool, type(None))):
            issues.append(wrong_type((key,), value, "string", "boolean", "null"))
    return issues


def _too_long(maximum: int) -> str:
    return f"String must contain at most {maximum} character(s)"


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
    """Returns the parameter that sets metadata, within the limits."""
    return record(_metadata_issues, entries_schema=_PAIRS_SCHEMA)


def custom_metadata_has() -> Any:
    """Returns the parameter that filters a list by metadata."""
    return record(_filter_issues, entries_schema=_FILTER_SCHEMA)


# The filter: ``custom_metadata_has``


def filter_pairs(has: MetadataInput | None) -> MetadataInput:
    """Returns the pairs that a filter compares: "" is ignored, null stands for an unset key."""
    return {key: _plain_value(value) for key, value in (has or {}).items() if value != ""}


def _plain_value(value: str | bool | None) -> str | bool | None:
    """Returns a member of an enum as its text. Text from a query string stays ``QueryText``."""
    if isinstance(value, str) and not isinstance(value, QueryText):
        return plain(value)
    return value


def matches(metadata: Metadata, has: MetadataInput) -> bool:
    """Returns whether the metadata has every pair; values from a query are compared as text.

    Unsourced: that a query's ``true`` finds both the boolean and the text, because a query
    cannot distinguish them; and that letter case counts.
    """
    return all(_equal(metadata.get(key), value) for key, value in has.items())


def _equal(stored: str | bool | None, value: str | bool | None) -> bool:
    if isinstance(value, QueryText) and stored is not None:
        return metadata_text(stored) == value
    return type(stored) is type(value) and stored == value
