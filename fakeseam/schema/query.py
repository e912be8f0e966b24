"""Query strings, parsed by the declared types of the parameters.

The rules are those of the parser that Seam's SDKs are built for. With ``_strict=true`` it accepts
only what the SDKs write, without it also what people type.
Source: the README of ``@seamapi/url-search-params-parser``. Unsourced: that ``name[0]=`` and
``name[key]=``, as the query builders of PHP and Ruby write lists and records, are accepted and
refused as the parser's ``name[]=`` is. The README names neither; ignoring them would find
everything where the app meant to find something.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from ..errors import ApiError
from .param_types import Param, QueryText

__all__ = ["STRICT", "decode_query", "decode_with_unknown", "reject_constant"]

STRICT = "_strict"

_TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "1"})
_FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "0"})


def decode_query(pairs: Sequence[tuple[str, str]], params: Mapping[str, Param]) -> dict[str, Any]:
    """Returns the parameters that were sent, as the JSON values that they stand for.

    Text that does not fit the declared type stays text: the type's own check refuses it. Raises
    Seam's 400 for a parameter that cannot be parsed.
    """
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    strict = sent.get(STRICT) == ["true"]
    parsers = {"array": _array, "record": _record}
    values = {}
    for name, param in params.items():
        value = parsers.get(param.query, _single)(sent, name, param, strict)
        if value is not _NOT_SENT:
            values[name] = value
    return values


def decode_with_unknown(
    pairs: Sequence[tuple[str, str]], params: Mapping[str, Param]
) -> dict[str, Any]:
    """Returns the same, and the text of every name that is not declared; a list if repeated."""
    unknown: dict[str, list[str]] = {}
    for name, value in pairs:
        if name != STRICT and not _is_known(name, params):
            unknown.setdefault(name, []).append(value)
    texts = {name: values if len(values) > 1 else values[0] for name, values in unknown.items()}
    return {**texts, **decode_query(pairs, params)}


def _is_known(name: str, params: Mapping[str, Param]) -> bool:
    """Returns whether the name is a parameter's, or that of an item or a key of one."""
    base = re.split(r"[.\[]", name, maxsplit=1)[0]
    query = params[base].query if base in params else None
    if name in params:
        return True
    if query == "array":
        return _is_item(name, base)
    return query == "record" and (name.startswith(f"{base}.") or _is_bracket_key(name, base))


def _is_item(name: str, array: str) -> bool:
    """Returns whether the name is that of an item in brackets, with or without its place."""
    return re.fullmatch(rf"{re.escape(array)}\[[0-9]*\]", name) is not None


def _is_bracket_key(name: str, record: str) -> bool:
    """Returns whether the name is that of a record's key in brackets."""
    return name.startswith(f"{record}[") and name.endswith("]")


_NOT_SENT: Any = object()

_NOT_STRICT = (
    "uses the bracket {} format, which is never output by the serializer and only parsed when"
    " strict is false"
)


def _single(sent: Mapping[str, list[str]], name: str, param: Param, strict: bool) -> Any:
    if name not in sent:
        return _NOT_SENT
    return _parse_single(_only(sent, name), param.query, strict)


def _parse_single(value: str, query: str, strict: bool) -> Any:
    if query in ("string", "shape"):
        return value or None
    if not strict:
        value = value.strip()
    if not value:
        return None
    if query == "boolean":
        return _boolean(value, strict)
    if query == "number":
        return _number(value)
    raise ValueError(f"unknown way to read a query: {query!r}")


def _boolean(value: str, strict: bool) -> bool | str:
    if value == "true" or (not strict and value in _TRUE):
        return True
    if value == "false" or (not strict and value in _FALSE):
        return False
    return value


def _number(value: str) -> float | int | str:
    """Returns what JavaScript's ``Number(text)`` does; text that is not a number stays text."""
    if value != value.strip() or "_" in value or not value.isascii():
        return value
    try:
        number = float(int(value, 0) if value[:2].lower() in ("0x", "0o", "0b") else value)
    except (ValueError, OverflowError):
        return value
    if not math.isfinite(number):
        return value
    return int(number) if number == int(number) else number


def _array(sent: Mapping[str, list[str]], name: str, param: Param, strict: bool) -> Any:
    plain = sent.get(name)
    bracket = [value for key in sent if _is_item(key, name) for value in sent[key]]
    if bracket and strict:
        raise _unreadable(name, _NOT_STRICT.format("array"))
    if plain is not None and bracket:
        raise _unreadable(name, "mixes the repeated and bracket array formats")
    if bracket:
        return _items(f"{name}[]", bracket, strict, commas=False)
    return _NOT_SENT if plain is None else _items(name, plain, strict, commas=True)


def _items(name: str, values: list[str], strict: bool, *, commas: bool) -> list[str]:
    blank = [not (value if strict else value.strip()) for value in values]
    if blank == [True]:
        return []
    if any(blank):
        raise _unreadable(name, "mixes empty values with other values")
    if strict or not any("," in value for value in values):
        return values
    if not commas:
        raise _unreadable(
            name, 'uses the bracket array format with a value containing a comma ","'
        )
    if len(values) > 1:
        raise _unreadable(
            name,
            "mixes the comma and repeated array formats,"
            ' or repeats a value containing a comma ","',
        )
    parts = values[0].split(",")
    if not all(part.strip() for part in parts):
        raise _unreadable(name, "uses the comma array format with one or more empty values")
    return parts


def _record(sent: Mapping[str, list[str]], name: str, param: Param, strict: bool) -> Any:
    dotted = {key: key.removeprefix(f"{name}.") for key in sent if key.startswith(f"{name}.")}
    bracket = {key: key[len(name) + 1 : -1] for key in sent if _is_bracket_key(key, name)}
    if bracket and strict:
        raise _unreadable(name, _NOT_STRICT.format("record"))
    if dotted and bracket:
        raise _unreadable(name, "mixes the nested and bracket record formats")
    nested = dotted or bracket
    if name in sent:
        if nested:
            raise _unreadable(name, f"conflicts with the nested parameter '{next(iter(nested))}'")
        return _whole_record(_only(sent, name), strict)
    if not nested:
        return _NOT_SENT
    for sent_name, key in nested.items():
        if "." in key or sent_name.endswith("[]") or (bracket and "][" in key):
            raise _unreadable(
                sent_name,
                "is nested inside a record parameter,"
                " but a record value type may not be an object, array, or record",
            )
    return {key: _record_value(sent, sent_name, strict) for sent_name, key in nested.items()}


def _record_value(sent: Mapping[str, list[str]], name: str, strict: bool) -> QueryText | None:
    value = _only(sent, name)
    blank = not (value if strict else value.strip())
    return None if blank else QueryText(value)


def _whole_record(value: str, strict: bool) -> Any:
    if not (value if strict else value.strip()):
        return None
    if strict:
        return value
    # Unsourced: that JSON text of an object is parsed as that object, unless strict. Seam's docs
    # call custom_metadata_has "a JSON string".
    try:
        parsed = json.loads(value, parse_constant=reject_constant)
    except (ValueError, RecursionError):
        return value
    return parsed if isinstance(parsed, dict) else value


def reject_constant(constant: str) -> NoReturn:
    """Raises ``ValueError``: Python's ``NaN`` and ``Infinity`` are not JSON."""
    raise ValueError(constant)


def _only(sent: Mapping[str, list[str]], name: str) -> str:
    if len(sent[name]) > 1:
        raise _unreadable(name, "has repeated values but is not an array parameter")
    return sent[name][0]


def _unreadable(name: str, reason: str) -> ApiError:
    """Returns Seam's 400. The words are the parser's. Unsourced: the 400 and its type."""
    message = f"Could not parse parameter: '{name}' {reason}"
    return ApiError(400, "invalid_input", message, validation_errors={"_errors": []})
