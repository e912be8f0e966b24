"""Validation issues, validation errors, and Seam's 400 that lists all issues of a request.

The texts and the shape of the error tree are those of zod's ``format()``, as in Seam's
validation errors (docs.seam.co, "Errors"; ``get_validation_error_messages`` of the SDK).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import ApiError, MisuseError

__all__ = [
    "Issue",
    "ValidationError",
    "invalid_input",
    "replace_surrogates",
    "type_name",
    "utf16_length",
    "wrong_type",
]


@dataclass(frozen=True)
class Issue:
    """One problem in one parameter: its path, and its text.

    ``branches`` are the issues of all branches of a union; the error tree has them instead.
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
        """Returns the same issue with ``path`` before its own path."""
        branches = tuple(branch.under(path) for branch in self.branches)
        return Issue((*path, *self.path), self.text, branches)


def invalid_input(issues: Sequence[Issue]) -> ApiError:
    """Returns Seam's 400 with every issue."""
    messages = [issue.message for issue in issues]
    one = len(messages) == 1
    message = messages[0] if one else f"{len(messages)} Input Errors: {', '.join(messages)}"
    tree: dict[str, Any] = {"_errors": []}
    for issue in issues:
        for leaf in issue.branches or (issue,):
            _texts_at(tree, leaf.path).append(leaf.text)
    return ApiError(400, "invalid_input", message, validation_errors=tree)


def _texts_at(tree: dict[str, Any], path: Sequence[str]) -> list[str]:
    """Returns the texts at a path of the tree; a key named ``_errors`` shares its parent's."""
    node = tree
    for name in path:
        if name != "_errors":
            node = node.setdefault(name, {"_errors": []})
    texts: list[str] = node["_errors"]
    return texts


def wrong_type(path: tuple[str, ...], value: object, *expected: str) -> Issue:
    """Returns the issue of a value that has none of the types of a union."""
    received = type_name(value)
    texts = (f"Expected {one}, received {received}" for one in expected)
    return Issue(path, "Invalid input", tuple(Issue(path, text) for text in texts))


def type_name(value: object) -> str:
    """Returns zod's name for the type of a JSON value; raises ``MisuseError`` for another one."""
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
    """Returns the length of a text as JavaScript counts it."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def replace_surrogates(text: str) -> str:
    """Replaces lone surrogates, as browsers do: JSON can have them, UTF-8 cannot."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class ValidationError(Exception):
    """The issues of one value. ``is_wrong_type`` if the value does not have the right type."""

    def __init__(self, issues: Sequence[Issue], *, is_wrong_type: bool = False) -> None:
        super().__init__(issues)
        self.issues = list(issues)
        self.is_wrong_type = is_wrong_type
