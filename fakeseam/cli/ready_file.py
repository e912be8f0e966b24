"""The file that exists while a server runs, with its URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import MisuseError

__all__ = ["remove_stale", "write_ready_file"]


@contextmanager
def write_ready_file(path: Path | None, text: str) -> Iterator[None]:
    """Writes the text to a file, and removes it at the end; does nothing if ``path`` is None.

    Leaves the file if it has other text by then: that of another server.
    """
    if path is None:
        yield
        return
    _write_at_once(path, text)
    try:
        yield
    finally:
        with suppress(OSError):
            if path.read_text() == text:
                path.unlink()


def remove_stale(path: Path) -> None:
    """Removes the file of a server that was killed. Raises ``MisuseError`` if it cannot."""
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        raise MisuseError(f"cannot write {str(path)!r}: {exc.strerror}") from exc


def _write_at_once(path: Path, text: str) -> None:
    """Writes a file at once: a reader that waits for it never sees half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text)
        draft.replace(path)
    except OSError as exc:
        raise MisuseError(f"cannot write {str(path)!r}: {exc.strerror}") from exc
