"""How to undo what a load has done to a fake, while other threads go on using it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

__all__ = ["Recording", "UndoLog"]

Undo = Callable[[], object]


@dataclass(eq=False)
class Recording:
    """The steps that one load has done, as functions that undo them.

    ``was_replaced`` says that another thread has replaced the state, and the earlier steps with
    it.
    """

    thread: int = field(default_factory=threading.get_ident)
    steps: list[Undo] = field(default_factory=list)
    was_replaced: bool = False

    @property
    def is_split(self) -> bool:
        """Whether another thread has replaced the state between two steps."""
        return self.was_replaced and bool(self.steps)

    def undo(self) -> None:
        """Undoes the steps, the last one first."""
        while self.steps:
            self.steps.pop()()


class UndoLog:
    """Records what a load does in its own thread, for one fake.

    What other threads do meanwhile is not recorded, and so is not undone.
    """

    def __init__(self) -> None:
        self._open: list[Recording] = []

    @property
    def is_recording(self) -> bool:
        """Whether the calling thread is inside a load."""
        return self._here() is not None

    @contextmanager
    def recording(self) -> Iterator[Recording]:
        """Records the steps of the calling thread. A load inside another one adds to it."""
        outer, recording = self._here(), Recording()
        self._open.append(recording)
        try:
            yield recording
        finally:
            self._open.remove(recording)
            if outer is not None:
                outer.steps += recording.steps
                outer.was_replaced |= recording.was_replaced

    def push(self, undo: Undo) -> None:
        """Records how to undo a step; does nothing outside a load."""
        recording = self._here()
        if recording is not None:
            recording.steps.append(undo)

    def replaced(self) -> None:
        """Forgets the steps of other threads' loads: the calling thread has replaced the state."""
        here = threading.get_ident()
        for recording in tuple(self._open):
            if recording.thread != here:
                recording.steps.clear()
                recording.was_replaced = True

    def _here(self) -> Recording | None:
        """Returns the innermost recording of the calling thread."""
        if not self._open:
            return None
        here = threading.get_ident()
        return next((one for one in reversed(self._open) if one.thread == here), None)
