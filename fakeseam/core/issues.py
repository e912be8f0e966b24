"""Faults of a request: where each is, in which words, and the 400 that names them all.

The texts and the shape of the error tree are those of zod's ``format()``, which Seam's
validation errors show (docs.seam.co, "Errors"; ``get_validation_error_messages`` of the SDK).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import ApiError, MisuseError

__all__ = ["Faults", "Issue", "invalid_input", "type_name", "utf16_length"]


@dataclass(frozen=True)
class Issue:
    """One fault: where, and in which words.

    ``branches`` are the faults of each branch of a union: the error tree shows them instead.
    """

    path: tuple[str, ...]
    text: str
    branches: tuple[Issue, ...] = ()

    @property
    def message(self) -> str:
        where = ".".join(self.path)
        if not where:
            return self.text
        return f"{where} is required" if self.text == "Required" else f'{self.text} for "{where}"'

    def under(self, path: tuple[str, ...]) -> Issue:
        """The same fault, found below ``path``."""
        branches = tuple(branch.under(path) for branch in self.branches)
        return Issue((*path, *self.path), self.text, branches)


def invalid_input(issues: Sequence[Issue]) -> ApiError:
    """Seam's 400 that names every fault."""
    messages = [issue.message for issue in issues]
    one = len(messages) == 1
    message = messages[0] if one else f"{len(messages)} Input Errors: {', '.join(messages)}"
    tree: dict[str, Any] = {"_errors": []}
    for issue in issues:
        for leaf in issue.branches or (issue,):
            _texts_at(tree, leaf.path).append(leaf.text)
    return ApiError(400, "invalid_input", message, validation_errors=tree)


def _texts_at(tree: dict[str, Any], path: Sequence[str]) -> list[str]:
    """The list of texts at a place in the tree; a key named ``_errors`` shares its parent's."""
    node = tree
    for name in path:
        if name != "_errors":
            node = node.setdefault(name, {"_errors": []})
    texts: list[str] = node["_errors"]
    return texts


def type_name(value: object) -> str:
    """The name that zod gives to the type of a JSON value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "nan" if value != value else "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (list, tuple)):
        return "array"
    if isinstance(value, Mapping):
        return "object"
    raise MisuseError(f"{value!r} is not a JSON value: send text, numbers, lists or dicts")


def utf16_length(value: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


class Faults(Exception):
    """The faults of one value. ``fatal`` when it was not even of the right type."""

    def __init__(self, issues: Sequence[Issue], *, fatal: bool = False) -> None:
        super().__init__(issues)
        self.issues = list(issues)
        self.fatal = fatal
