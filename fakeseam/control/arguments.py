"""Checking and converting the arguments of the Python API before a control endpoint gets them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import parse_qs

from ..core.clock import format_timestamp, to_ms
from ..errors import MisuseError, is_outcome
from ..schema.validation import type_name

__all__ = [
    "check_base_url",
    "check_bool",
    "check_json",
    "check_path",
    "check_request_log_size",
    "copy_of_body",
    "check_text",
    "event_value",
    "id_of",
    "ids_of",
    "refuse_none",
    "to_list",
    "to_timestamp",
    "workspace_id_of",
]

__tracebackhide__ = is_outcome

# Scheme, host (bracketed if it is an IPv6 address) and port, then a path that precedes Seam's.
_BASE_URL = re.compile(
    r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(?:/[^\s?#]*)?", re.IGNORECASE
)


def id_of(value: object, name: str) -> str:
    """Returns the value if it is text, else its member or attribute ``name``, which is an id.

    Of a URL with the parameter ``name`` in its query, it returns that: a webview's ``url``, or
    where its page redirected to.
    """
    if isinstance(value, str):
        query = value.partition("#")[0].partition("?")[2]
        return parse_qs(query).get(name, [value])[0]
    found = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    if not isinstance(found, str):
        raise MisuseError(f"Expected a {name}, or an object that has one, not {value!r}.")
    return found


def copy_of_body(given: object) -> object:
    """Returns a copy of the JSON body of a response; raises ``MisuseError`` if it is not JSON."""
    try:
        return json.loads(json.dumps(given, allow_nan=False, default=dict))
    except (TypeError, ValueError, RecursionError) as exc:
        raise MisuseError(
            f"answer() takes a JSON body, or a function that returns one: {exc}"
        ) from exc


def event_value(name: str, value: object) -> object:
    """Returns the value of an event's field as JSON: the id of an object, the text of a time."""
    if isinstance(value, datetime):
        return to_timestamp(value)
    return id_of(value, name) if name.endswith("_id") and value is not None else value


def workspace_id_of(workspace: object) -> str | None:
    """Returns a workspace's id, or that of an object that has it; None for None."""
    return None if workspace is None else id_of(workspace, "workspace_id")


def ids_of(given: Iterable[str]) -> list[str]:
    """Returns a list of ids; raises ``MisuseError`` for one id in place of a list."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise MisuseError(f"Expected a list of ids, not {given!r}.")
    return list(given)


def to_list(given: Iterable[Mapping[str, object]] | None) -> list[object] | None:
    """Returns an iterable as a list; raises ``MisuseError`` for one item in place of a list."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, (Iterable, type(None))):
        raise MisuseError(f"Expected a list, not {given!r}.")
    return None if given is None else list(given)


def to_timestamp(time: datetime | str | None) -> str | None:
    """Returns a datetime as Seam writes it, a naive one as UTC; text stays as it is."""
    return format_timestamp(to_ms(time)) if isinstance(time, datetime) else time


def check_text(name: str, given: object, advice: str) -> None:
    """Raises ``MisuseError``, which ends with the advice, for what is not text."""
    if not isinstance(given, str):
        raise MisuseError(f"{name}={given!r}: {advice}")


def check_bool(name: str, given: object) -> None:
    """Raises ``MisuseError`` for anything but a bool."""
    if not isinstance(given, bool):
        raise MisuseError(f"{name}={given!r}: True or False")


def refuse_none(**given: object) -> None:
    """Raises ``MisuseError`` for an argument that is None: its default is another value."""
    for name, value in given.items():
        if value is None:
            raise MisuseError(f"{name}=None: give a value, or leave it out")


def check_path(given: object) -> None:
    """Raises ``MisuseError`` for what cannot be the path of a file."""
    try:
        path = os.fspath(given)  # type: ignore[call-overload]
        if not isinstance(path, str):
            raise TypeError
        if "\0" in path:
            raise ValueError
        os.fsencode(path)
    except (TypeError, ValueError) as exc:
        raise MisuseError(
            f"path={given!r}: give a file's path as text or a pathlib.Path, such as 'seam.json'"
        ) from exc


def check_json(given: object) -> None:
    """Raises ``MisuseError`` for what JSON cannot have."""
    waiting, seen = [given], dict[int, object]()  # a list may be in itself, or twice in others
    while waiting:
        value = waiting.pop()
        if not isinstance(value, (Mapping, list, tuple)):
            type_name(value)
        elif id(value) not in seen:
            seen[id(value)] = value
            if isinstance(value, Mapping):
                for name in value:
                    check_text("the name of a parameter", name, "names in JSON are text")
                waiting += value.values()
            else:
                waiting += value


def check_base_url(given: object) -> None:
    """Raises ``MisuseError`` for what no URL can begin with."""
    found = _BASE_URL.fullmatch(given) if isinstance(given, str) else None
    if found is None or int(found[1] or 0) > 65535:
        raise MisuseError(
            f"base_url={given!r}: it begins with http:// or https://, then has a host, and a port"
            " and a path if need be, as in 'http://seam.test:8080'"
        )


def check_request_log_size(given: object) -> None:
    """Raises ``MisuseError`` for what cannot be a number of requests."""
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= sys.maxsize:
        raise MisuseError(
            f"request_log_size={given!r}: how many requests are kept, an int from 1 on"
        )
