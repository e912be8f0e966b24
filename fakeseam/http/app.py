"""A fake, or several, as a function from requests to responses: what servers and WSGI carry."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Protocol

from ..errors import ApiError, MisuseError
from ..runtime.engine import Engine
from .handle_request import crash_response, handle_request, refuse
from .wire import Request, Response

__all__ = ["App", "Log"]


class Log(Protocol):
    """What a line can be written to, such as a file of text."""

    def write(self, text: str, /) -> object:
        """Writes text."""

    def flush(self) -> object:
        """Hands over what was written."""


class App:
    """Responds to requests for one fake, or for several.

    ``choose`` returns the engine of the fake that a request is for, or raises ``ApiError`` or
    ``MisuseError``; by default each request is for the given one.
    """

    def __init__(self, engine: Engine, choose: Callable[[Request], Engine] | None = None) -> None:
        self._engine = engine
        self._choose = choose

    def __call__(self, request: Request, errors: Log | None = None) -> Response:
        """Returns the response; a bug of fakeseam's own is a 500, and a traceback in ``errors``.

        By default that is standard error.
        """
        engine = self._engine
        try:
            if request.is_tls:
                return refuse(engine, request, self._tls())
            if self._choose is not None:
                try:
                    engine = self._choose(request)
                except (ApiError, MisuseError) as error:
                    return refuse(engine, request, error)
            return handle_request(engine, request)
        except Exception as bug:
            print(traceback.format_exc(), end="", file=errors or sys.stderr)
            return crash_response(engine, request, bug)

    def _tls(self) -> MisuseError:
        """Records that a client spoke TLS as a strict violation: its SDK shows no message."""
        misuse = MisuseError(
            "A client spoke TLS (https://) to the fake's server, whose URL begins with http://:"
            " check SEAM_ENDPOINT."
        )
        self._engine.runtime.journal.record_misuse(str(misuse))
        return misuse
