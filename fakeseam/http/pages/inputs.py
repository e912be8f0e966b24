"""The fields of a login step as a browser needs them: type, value, hint, error, focus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["inputs"]

# The ``type`` and ``inputmode`` attributes of an input, by the field's kind.
_ATTRIBUTES: dict[str, tuple[str, str | None]] = {
    "text": ("text", None),
    "email": ("email", None),
    "password": ("password", None),
    "url": ("url", None),
    "numeric": ("text", "numeric"),
    "choice": ("", None),  # a select has neither
}


def inputs(pane: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the fields of a ``login`` pane, one of which has the focus.

    That is the first field with a field error. After a failed login it is the first empty field
    among those that may be wrong. Otherwise it is the first field.
    """
    fields = [_input(pane, field) for field in pane["fields"]]
    wrong = [one for one in fields if one["error"]] or [
        one for one in fields if pane["error"] and one["is_invalid"] and not one["value"]
    ]
    for one in (wrong or fields)[:1]:
        one["has_focus"] = True
    return fields


def _input(pane: Mapping[str, Any], field: Mapping[str, Any]) -> dict[str, Any]:
    name = field["name"]
    input_type, keyboard = _ATTRIBUTES[field["kind"]]
    error = pane["field_errors"].get(name)
    hint = _hint(field, is_sandbox=pane["is_sandbox"])
    # A failed login does not say which entry was wrong. Prefilled entries and choices are right.
    is_suspect = pane["error"] is not None and not field["prefilled"] and not field["choices"]
    descriptions = [f"{name}-error"] * bool(error) + [f"{name}-hint"] * bool(hint)
    return {
        **field,
        "type": input_type,
        "keyboard": keyboard,
        "value": _value(field, pane["typed"]),
        "error": error,
        "hint": hint,
        "is_invalid": bool(error) or is_suspect,
        "described_by": " ".join(descriptions + ["error"] * is_suspect),
        "has_focus": False,
    }


def _value(field: Mapping[str, Any], typed: Mapping[str, str]) -> str:
    """Returns the field's value. A secret that was typed is not sent back."""
    is_secret = field["kind"] == "password" or field["autocomplete"] == "one-time-code"
    value: str = field["prefilled"] if is_secret else typed.get(field["name"], field["prefilled"])
    return value


def _hint(field: Mapping[str, Any], *, is_sandbox: bool) -> str:
    works = f"Works here: {field['works']}" if is_sandbox and field["works"] else ""
    return works if field["is_required"] else " ".join(filter(None, ("Optional.", works)))
