"""A fake's state as a JSON file: written whole or not at all, refused if of another schema."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from math import isinf
from pathlib import Path
from typing import Any, NoReturn

from .errors import MisuseError

__all__ = ["SCHEMA", "SCHEMA_KEY", "check_schema", "read_json", "with_schema", "write_dump"]

SCHEMA = 4
SCHEMA_KEY = "fakeseam_schema"


def with_schema(state: Mapping[str, Any]) -> dict[str, Any]:
    """The state as it stands in a file."""
    return {SCHEMA_KEY: SCHEMA, **state}


def check_schema(state: Mapping[str, Any], name: str) -> None:
    """``MisuseError`` for a dump of another schema."""
    found = state.get(SCHEMA_KEY)
    if found != SCHEMA or isinstance(found, bool):
        raise MisuseError(
            f"{name} has schema {found!r}, this fakeseam reads schema {SCHEMA}:"
            " make it anew with fake.dump()"
        )


# Writing


def write_dump(path: str | os.PathLike[str], state: Mapping[str, Any]) -> None:
    """Write the state; a reader sees the old file or the new one, never half of either."""
    text = json.dumps(with_schema(state), indent=1, allow_nan=False) + "\n"
    target = Path(os.path.realpath(path))  # what a link leads to is written, not the link
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, "utf-8")  # a device takes it, a folder does not
        else:
            _replace(target, text)
    except (OSError, ValueError) as exc:
        told = exc.strerror if isinstance(exc, OSError) else exc
        raise MisuseError(f"cannot write {os.fspath(path)!r}: {told}") from exc


def _replace(target: Path, text: str) -> None:
    """By a file beside it, with the permissions that an ordinary open() would leave."""
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(0, "it is there, and read-only")
    half = target.with_name(f".fakeseam-{secrets.token_hex(8)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        if mode is not None:
            half.chmod(mode)
        half.replace(target)
    except BaseException:
        half.unlink()
        raise


# Reading


def read_json(path: str | os.PathLike[str]) -> Any:
    """What a file holds. Raises ``MisuseError`` for one that is missing, or no JSON."""
    name = repr(os.fspath(path))
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as exc:
        raise MisuseError(f"no file {name} to load; {_nearest(Path(path))}") from exc
    except OSError as exc:
        raise MisuseError(f"cannot read {name}: {exc.strerror}") from exc
    except ValueError as exc:
        raise MisuseError(f"{name} is no JSON: it is no text in UTF-8 ({exc})") from exc
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_json, parse_float=_finite
        )
    except json.JSONDecodeError as exc:
        raise MisuseError(
            f"{name} is no JSON: {exc.msg}, line {exc.lineno} column {exc.colno}"
        ) from exc
    except (ValueError, RecursionError) as exc:
        raise MisuseError(f"{name} is no JSON: {exc}") from exc


def _nearest(path: Path) -> str:
    """What there is instead, in the same folder."""
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {os.fspath(folder)!r} either"
    names = sorted(one.stem for one in folder.iterdir() if one.suffix == ".json")
    near = get_close_matches(path.stem, names, n=3, cutoff=0.5) or names[:3]
    if not near:
        return "fake.dump() writes one, and a seed file is written by hand"
    return f"in that folder there is {', '.join(f'{name}.json' for name in near)}"


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two members of one name, one would be lost without a word."""
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"{name!r} is there twice in one object")
        members[name] = value
    return members


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON's")


def _finite(digits: str) -> float:
    if isinf(float(digits)):
        raise ValueError(f"{digits} is too large")
    return float(digits)
