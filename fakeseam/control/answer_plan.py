"""What tests answer in place of the endpoints that fakeseam does not implement."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..core.undo_log import UndoLog
from ..errors import OUTCOMES, ApiError, MisuseError

__all__ = ["Answer", "AnswerFunction", "AnswerPlan", "AppRequest"]

# Every endpoint of Seam's takes it, so an answer for it is for the other methods too.
POST = "POST"


@dataclass(frozen=True)
class AppRequest:
    """A request of the app that a test answers.

    ``params`` are its query and body together, as they were sent: values of a query are text, or
    lists of text.
    """

    method: str
    path: str
    params: dict[str, Any]
    workspace_id: str


AnswerFunction = Callable[[AppRequest], Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Answer:
    """A function of a test that answers the requests to one path; ``method`` None is any."""

    answer_id: int
    method: str | None
    path: str
    function: AnswerFunction

    @property
    def route(self) -> str:
        """The path, or the method and the path."""
        return self.path if self.method is None else f"{self.method} {self.path}"

    def is_for(self, method: str, path: str) -> bool:
        """Returns whether the answer is for this route."""
        return self.path == path and self.method in (None, POST, method)

    def respond(self, request: AppRequest) -> dict[str, Any] | ApiError | MisuseError:
        """Returns a copy of the function's body, the ``ApiError`` that it raised, or its mistake.

        The caller must not hold the lock: the function may call the fake.
        """
        try:
            body = self.function(request)
        except (ApiError, MisuseError) as refusal:
            return refusal
        except OUTCOMES:
            raise
        except Exception as exc:
            return self._mistake(f"raised {exc!r}", exc)
        if not isinstance(body, Mapping):
            return self._mistake(f"returned {body!r}")
        try:
            return dict(json.loads(json.dumps(dict(body), allow_nan=False)))
        except (TypeError, ValueError, RecursionError) as exc:
            return self._mistake(f"returned what is not JSON: {exc}", exc)

    def _mistake(self, what: str, cause: Exception | None = None) -> MisuseError:
        mistake = MisuseError(
            f"The function given to fake.answer({self.route!r}) {what}. Return the JSON body that"
            " Seam would send, such as {'devices': []}, or raise an ApiError."
        )
        mistake.__cause__ = cause
        return mistake


class AnswerPlan:
    """The answers of a fake. Of those for one route, the one that was added last is used.

    What a load does to them is recorded in ``undo_log``.
    """

    def __init__(self, undo_log: UndoLog) -> None:
        self._undo_log = undo_log
        self._answers: dict[int, Answer] = {}
        self._count = 0

    def __iter__(self) -> Iterator[Answer]:
        """Returns the answers, in the order in which they were added."""
        return iter(tuple(self._answers.values()))

    def add(self, method: str | None, path: str, function: AnswerFunction) -> Answer:
        """Adds an answer; returns it."""
        self._count += 1
        answer = Answer(self._count, method, path, function)
        self._answers[answer.answer_id] = answer
        self._undo_log.push(lambda: self._answers.pop(answer.answer_id, None))
        return answer

    def remove(self, answer_id: int) -> None:
        """Removes an answer; does nothing if there is none of this id."""
        answer = self._answers.pop(answer_id, None)
        if answer is not None:
            self._undo_log.push(lambda: self._restore(answer))

    def _restore(self, answer: Answer) -> None:
        self._answers = dict(sorted({**self._answers, answer.answer_id: answer}.items()))

    def find(self, method: str, path: str) -> Answer | None:
        """Returns the answer for this route, or None; one for this very method comes first."""
        if not self._answers:
            return None
        found = [one for one in reversed(self._answers.values()) if one.is_for(method, path)]
        exact = (one for one in found if one.method == method)
        return next(exact, found[0] if found else None)
