"""Reading and writing dumps, the JSON files with a fake's state."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from math import isinf
from pathlib import Path
from typing import Any, NoReturn

from ..core.nearest import nearest
from ..errors import MisuseError, is_outcome

__all__ = ["SCHEMA", "SCHEMA_KEY", "check_schema", "read_json", "with_schema", "write_dump"]

__tracebackhide__ = is_outcome

SCHEMA = 7
SCHEMA_KEY = "fakeseam_schema"


def with_schema(state: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the content of a dump: the schema, then the state."""
    return {SCHEMA_KEY: SCHEMA, **state}


def check_schema(state: Mapping[str, Any], name: str) -> None:
    """Raises ``MisuseError`` for a dump of another schema."""
    found = state.get(SCHEMA_KEY)
    if found != SCHEMA or isinstance(found, bool):
        raise MisuseError(
            f"{name} has schema {found!r}, but this fakeseam reads schema {SCHEMA}."
            " Create the dump again with fake.dump()."
        )


# Writing


def write_dump(path: str | os.PathLike[str], state: Mapping[str, Any]) -> None:
    """Writes what ``to_dump`` returns.

    A reader of the file sees the old state or the new one, never a mixture.

    Raises ``MisuseError`` if the file cannot be written.
    """
    text = json.dumps(state, indent=1, allow_nan=False) + "\n"
    target = Path(os.path.realpath(path))  # writes the target of a link, not the link
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, "utf-8")  # works for a device, raises for a folder
        else:
            _replace(target, text)
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else exc
        raise MisuseError(f"cannot write {os.fspath(path)!r}: {reason}") from exc


def _replace(target: Path, text: str) -> None:
    """Writes a new file in the same folder, then renames it to the target.

    The file gets the permissions that it would have after writing it with ``open()``.
    """
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is read-only")
    partial = target.with_name(f".fakeseam-{secrets.token_hex(8)}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        if mode is not None:
            partial.chmod(mode)
        partial.replace(target)
    except BaseException:
        partial.unlink()
        raise


# Reading


def read_json(path: str | os.PathLike[str]) -> Any:
    """Returns the JSON of a file. Raises ``MisuseError`` if it is missing or not JSON."""
    name = repr(os.fspath(path))
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as exc:
        raise MisuseError(f"There is no file {name}. {_suggest(Path(path))}") from exc
    except OSError as exc:
        raise MisuseError(f"cannot read {name}: {exc.strerror}") from exc
    except ValueError as exc:
        raise MisuseError(f"{name} is not JSON: not UTF-8 text ({exc})") from exc
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_finite
        )
    except json.JSONDecodeError as exc:
        raise MisuseError(
            f"{name} is not JSON: {exc.msg}, line {exc.lineno} column {exc.colno}"
        ) from exc
    except (ValueError, RecursionError) as exc:
        raise MisuseError(f"{name} is not JSON: {exc}") from exc


def _suggest(path: Path) -> str:
    """Returns what to do about a missing file: the JSON files in its folder, if there are any."""
    folder = path.parent
    if not folder.is_dir():
        return f"Its folder {os.fspath(folder)!r} does not exist either."
    names = sorted(file.stem for file in folder.iterdir() if file.suffix == ".json")
    near = nearest(path.stem, names)
    if not near:
        return "Create a dump with fake.dump(), or write a seed file by hand."
    return f"Files in that folder: {', '.join(f'{name}.json' for name in near)}."


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Returns an object. Raises ``ValueError`` for a repeated key; ``json`` would drop one."""
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"an object has the key {name!r} twice")
        members[name] = value
    return members


def _constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def _finite(digits: str) -> float:
    if isinf(float(digits)):
        raise ValueError(f"{digits} is too large")
    return float(digits)
