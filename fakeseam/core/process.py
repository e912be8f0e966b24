"""The process that an object lives in: a child made by ``os.fork`` has a copy, without threads."""

from __future__ import annotations

import os

from ..errors import MisuseError

__all__ = ["HomeProcess"]


class HomeProcess:
    """The process that made this object."""

    def __init__(self) -> None:
        self._pid = os.getpid()

    @property
    def is_current(self) -> bool:
        """Whether this code runs in it, and not in a child."""
        return os.getpid() == self._pid

    def check(self) -> None:
        """Raises ``MisuseError`` in a child: its copy of the fake is not the one of the test."""
        if not self.is_current:
            raise MisuseError(
                "This fake lives in the parent process, and this is a child made by os.fork. The"
                " child reaches it over HTTP, at SEAM_ENDPOINT: use fakeseam_env,"
                " fake.environment() or fake.serve() in the parent."
            )
