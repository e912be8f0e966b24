"""The file that says that a server answers, and at which URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import MisuseError

__all__ = ["forget", "told"]


@contextmanager
def told(path: Path | None, text: str) -> Iterator[None]:
    """A file, if one is wanted, that holds this text until the end; by then it may be not ours."""
    if path is None:
        yield
        return
    _write_whole(path, text)
    try:
        yield
    finally:
        with suppress(OSError):
            if path.read_text() == text:
                path.unlink()


def forget(path: Path) -> None:
    """What a server left here that was killed would be taken for this one's."""
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        raise MisuseError(f"cannot write {str(path)!r}: {exc.strerror}") from exc


def _write_whole(path: Path, text: str) -> None:
    """A reader that waits for the file never sees half of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text)
        half.replace(path)
    except OSError as exc:
        raise MisuseError(f"cannot write {str(path)!r}: {exc.strerror}") from exc
