"""The fields of a login's step as a browser needs them: type, value, hint, fault, focus."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["inputs"]

# What a text field's kind is to a browser; ``choice`` is no input.
_TYPES = {"email": "email", "password": "password", "url": "url", "numeric": "text"}
_KEYBOARDS = {"numeric": "numeric"}


def inputs(pane: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields of a ``login`` pane, one of which has the focus.

    That is the first one that is faulty, after a refused login the first that is empty.
    """
    found = [_input(pane, field) for field in pane["fields"]]
    wanted = [one for one in found if one["fault"]] or [
        one for one in found if pane["error"] and one["is_faulty"] and not one["value"]
    ]
    for one in (wanted or found)[:1]:
        one["has_focus"] = True
    return found


def _input(pane: Mapping[str, Any], field: Mapping[str, Any]) -> dict[str, Any]:
    name = field["name"]
    fault = pane["faults"].get(name)
    hint = _hint(field, is_sandbox=pane["is_sandbox"])
    # A refused login does not say which entry was wrong; what was filled in beforehand is not.
    doubted = pane["error"] is not None and not field["prefilled"] and not field["choices"]
    described = [f"{name}-fault"] * bool(fault) + [f"{name}-hint"] * bool(hint)
    return {
        **field,
        "type": _TYPES.get(field["kind"], "text"),
        "keyboard": _KEYBOARDS.get(field["kind"]),
        "value": _value(field, pane["typed"]),
        "fault": fault,
        "hint": hint,
        "is_faulty": bool(fault) or doubted,
        "described": " ".join(described + ["error"] * doubted),
        "has_focus": False,
    }


def _value(field: Mapping[str, Any], typed: Mapping[str, str]) -> str:
    """What stands in the field; a secret that was typed is not sent back."""
    is_secret = field["kind"] == "password" or field["autocomplete"] == "one-time-code"
    value: str = field["prefilled"] if is_secret else typed.get(field["name"], field["prefilled"])
    return value


def _hint(field: Mapping[str, Any], *, is_sandbox: bool) -> str:
    works = f"Works here: {field['works']}" if is_sandbox and field["works"] else ""
    return works if field["is_required"] else " ".join(filter(None, ("Optional.", works)))
