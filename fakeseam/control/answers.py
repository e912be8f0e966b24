"""/_fakeseam/answer: a test answers an endpoint that fakeseam does not implement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from .. import api
from ..api.documented import DOCUMENTED_PATHS

from ..errors import MisuseError, is_outcome
from ..schema.endpoint import Namespace, Owner
from ..schema.params import integer, record, text
from .answer_plan import AnswerFunction
from .context import ControlCaller, ControlContext, Runtime
from .removal import Removable
from .request_log import METHODS

__all__ = ["AnswerHandle", "add_function", "namespace"]

__tracebackhide__ = is_outcome

namespace = Namespace("/_fakeseam", Owner.CONTROL)

# How like a documented path an unknown one is that misspells it, from 0 to 1. Any other one may be
# newer than this version of fakeseam.
A_TYPO = 0.95
# Names that begin with an underscore are the fake's own.
_PATH = re.compile(r"(/[a-z0-9][a-z0-9_]*){2,}")


@namespace.endpoint("POST", response_key="answer")
def answer(
    ctx: ControlContext,
    *,
    route: str = text(required=True),
    body: Mapping[str, Any] = record(required=True),
) -> dict[str, Any]:
    """Answers requests to an endpoint that fakeseam does not wholly implement.

    ``route`` is a path, or a method and a path. ``body`` is the JSON that Seam would send.
    """
    answer_id = add_function(ctx.runtime, route, lambda _: body)
    return {"answer_id": answer_id, "route": route}


@namespace.endpoint("POST")
def remove_answer(ctx: ControlContext, *, answer_id: int = integer(required=True)) -> None:
    """Removes an answer; does nothing if it was removed already."""
    ctx.runtime.answers.remove(answer_id)


def add_function(runtime: Runtime, route: str, function: AnswerFunction) -> int:
    """Adds an answer; returns its id. Raises ``MisuseError`` for an implemented endpoint."""
    method, path = _split(route)
    endpoint = api.endpoint_at(path)
    if endpoint is not None and endpoint.partial_note is None:
        raise MisuseError(
            f"fakeseam implements {path}: fake.answer() is for endpoints that it does not"
            " implement, or not wholly. Use fake.faults.add() to make a request fail."
        )
    near = get_close_matches(path, DOCUMENTED_PATHS, n=1, cutoff=A_TYPO)
    if near and path not in DOCUMENTED_PATHS:
        raise MisuseError(f"Seam documents no {path}: did you mean {near[0]}?")
    return runtime.answers.add(method, path, function).answer_id


def _split(route: object) -> tuple[str | None, str]:
    """Returns the method, if the route has one, and the path."""
    method, _, path = str(route).rpartition(" ")
    is_known = method.upper() in ("", *METHODS) and route == str(route).strip()
    if not isinstance(route, str) or not is_known or not _PATH.fullmatch(path):
        raise MisuseError(
            f"route={route!r}: give a path, or a method and a path, as in"
            " 'POST /thermostats/list'. Methods: " + ", ".join(METHODS)
        )
    return method.upper() or None, path


class AnswerHandle(Removable):
    """An answer that was given. The end of a ``with`` removes it."""

    def __init__(self, engine: ControlCaller, answer_id: int) -> None:
        self._engine, self._plan = engine, engine.runtime.answers
        self.answer_id = answer_id

    def __repr__(self) -> str:
        return f"<answer {self.answer_id}>"

    def remove(self) -> None:
        """Removes the answer; does nothing if it was removed, or if its fake was reset."""
        if self._engine.runtime.answers is self._plan:
            self._engine.call_control("remove_answer", answer_id=self.answer_id)
