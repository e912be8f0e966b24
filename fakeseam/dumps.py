"""A fake's state as a JSON file: written whole or not at all, refused if of another schema."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import MisuseError

__all__ = ["SCHEMA", "read_dump", "write_dump"]

SCHEMA = 3
_SCHEMA_KEY = "fakeseam_schema"


def write_dump(path: str | os.PathLike[str], state: Mapping[str, Any]) -> None:
    """Write the state; a reader sees the old file or the new one, never half of either."""
    target = Path(path)
    text = json.dumps({_SCHEMA_KEY: SCHEMA, **state}, indent=1)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as exc:
        raise MisuseError(f"cannot write {os.fspath(path)!r}: {exc.strerror}") from exc
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def read_dump(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The state in a file. Raises ``MisuseError`` for one that is no dump of this schema."""
    try:
        state = json.loads(Path(path).read_text("utf-8"))
    except FileNotFoundError as exc:
        raise MisuseError(f"no file {os.fspath(path)!r} to load; fake.dump() writes one") from exc
    except OSError as exc:
        raise MisuseError(f"cannot read {os.fspath(path)!r}: {exc.strerror}") from exc
    except ValueError as exc:
        raise MisuseError(f"{os.fspath(path)!r} is no JSON, so no dump of fakeseam") from exc
    found = state.get(_SCHEMA_KEY) if isinstance(state, dict) else None
    if found != SCHEMA:
        raise MisuseError(
            f"{os.fspath(path)!r} has schema {found!r}, this fakeseam reads schema {SCHEMA}"
        )
    return dict(state)
