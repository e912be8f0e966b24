"""Searching and asserting on requests, events and deliveries, in the same way for all three.

A failed assertion is returned, not raised. An exception inside the transaction would be logged as
a crash of fakeseam.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import wraps
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

from ..errors import MisuseError
from ..schema.params import integer, number
from .context import AfterCommit, ControlContext, Runtime
from .diffs import Comparison, as_text, compare, cut
from .journal import shortened

__all__ = [
    "TIMEOUT_S",
    "AssertionResult",
    "Criteria",
    "History",
    "assert_occurred",
    "assert_not_occurred",
    "find_matches",
    "times_param",
    "timeout_param",
    "wait_for_match",
]

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")
AssertionResult = dict[str, Any] | AssertionError

# How long ``wait_for`` waits by default, in seconds of real time.
TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Criteria:
    """What a test looks for: the ``kind`` of an entry, and its ``fields``.

    ``title`` is the kind in a message, such as an event type. ``suffix`` is the rest of the
    kind, after the verb, such as `` to <url>``.
    """

    title: str
    kind: Mapping[str, Any]
    fields: Mapping[str, Any] = field(default_factory=dict)
    suffix: str = ""

    def sentence(self, predicate: str) -> str:
        """Returns a sentence such as "device.added was not emitted with device_id='d1'"."""
        fields = ", ".join(f"{name}={cut(repr(value))}" for name, value in self.fields.items())
        return f"{self.title} {predicate}{self.suffix}{f' with {fields}' if fields else ''}"


class History(ABC, Generic[T]):
    """The requests, events or deliveries so far: how a test finds, compares and shows them.

    An entry is one of them. ``noun`` is its name, singular and plural; ``verb`` is a participle,
    such as ``emitted``.
    """

    noun: ClassVar[tuple[str, str]]
    verb: ClassVar[str]

    @abstractmethod
    def all(self, runtime: Runtime) -> Sequence[T]:
        """Returns all entries that the fake keeps, oldest first."""

    @abstractmethod
    def kind(self, runtime: Runtime, entry: T) -> Mapping[str, Any]:
        """Returns what identifies the kind of an entry. ``nearest`` compares it first."""

    @abstractmethod
    def fields(self, runtime: Runtime, entry: T) -> Mapping[str, Any]:
        """Returns the other fields of an entry."""

    @abstractmethod
    def show(self, entry: T) -> dict[str, Any]:
        """Returns a fresh copy of the entry as JSON."""

    @abstractmethod
    def label(self, runtime: Runtime, entry: T) -> str:
        """Returns the name of an entry in messages, such as ``events[3]``."""

    @abstractmethod
    def line(self, entry: T) -> str:
        """Returns the entry as one line of text."""

    def candidates(self, runtime: Runtime, criteria: Criteria) -> Iterable[T]:
        """Returns the entries that may match: all, or fewer if an index finds them."""
        return self.all(runtime)

    def incomplete_reason(self, runtime: Runtime) -> str:
        """Returns why the history is not complete, or ``""`` if it is."""
        return ""

    def hints(
        self, runtime: Runtime, criteria: Criteria, matches: Sequence[T], nearest: T | None
    ) -> list[str]:
        """Returns possible reasons for too few matches; ``nearest`` is the closest other entry."""
        return []

    # Built on the methods above

    def matches(self, runtime: Runtime, criteria: Criteria) -> list[T]:
        """Returns the entries that match, oldest first."""
        return [
            one
            for one in self.candidates(runtime, criteria)
            if not compare(criteria.kind, self.kind(runtime, one)).differences
            and not compare(criteria.fields, self.fields(runtime, one)).differences
        ]

    def lines(self, runtime: Runtime, entries: Iterable[T]) -> list[str]:
        return [f"  {self.label(runtime, one)}: {self.line(one)}" for one in entries]

    def nearest(self, runtime: Runtime, criteria: Criteria, entries: Iterable[T]) -> T | None:
        """Returns the entry most like the criteria, first in kind, then in fields, or None."""
        wanted_name, likeness = _name(criteria.kind), dict[str, float]()

        def score(entry: T) -> tuple[float, ...]:
            kind = compare(criteria.kind, self.kind(runtime, entry))
            fields = compare(criteria.fields, self.fields(runtime, entry))
            name = _name(self.kind(runtime, entry))
            if name not in likeness:
                likeness[name] = SequenceMatcher(None, wanted_name, name).ratio()
            return (kind.equal, fields.equal, likeness[name], -len(fields.differences))

        return max(entries, key=score, default=None)

    def differences(self, runtime: Runtime, criteria: Criteria, entry: T) -> list[str]:
        """Returns the differences between an entry and the criteria, as lines."""
        kind = compare(criteria.kind, self.kind(runtime, entry))
        fields = compare(criteria.fields, self.fields(runtime, entry))
        both = Comparison(0, kind.differences + fields.differences)
        return [f"  {line}" for line in both.lines(self.label(runtime, entry))]


# The results of control endpoints


def _refuse_deep_values(function: Callable[P, R]) -> Callable[P, R]:
    """Raises ``MisuseError`` for values that are nested too deeply to compare."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except RecursionError:
            raise MisuseError("the values to look for are nested too deeply to compare") from None

    return wrapper


@_refuse_deep_values
def find_matches(
    history: History[Any], ctx: ControlContext, criteria: Criteria
) -> list[dict[str, Any]]:
    """Returns the entries that match, as JSON, oldest first."""
    return [history.show(one) for one in history.matches(ctx.runtime, criteria)]


@_refuse_deep_values
def assert_occurred(
    history: History[Any], ctx: ControlContext, criteria: Criteria, times: int | None
) -> AssertionResult:
    """Returns the first match, or an ``AssertionError`` for none, or not as many as ``times``."""
    _check_times(history, times)
    runtime = ctx.runtime
    matches, reason = history.matches(runtime, criteria), history.incomplete_reason(runtime)
    if times is not None and reason and len(matches) <= times:
        claim = criteria.sentence(f"was {history.verb} {_times(times)}")
        kept = f"{len(matches)} of the kept {history.noun[1]} matched"
        return AssertionError(f"Cannot verify that {claim}: {kept}, but {reason}")
    if matches and times in (None, len(matches)):
        return history.show(matches[0])
    return _failure(history, runtime, criteria, matches, times or 1)


@_refuse_deep_values
def assert_not_occurred(
    history: History[Any], ctx: ControlContext, criteria: Criteria
) -> AssertionError | None:
    """Returns None, or an ``AssertionError`` that shows the first match."""
    runtime = ctx.runtime
    matches, reason = history.matches(runtime, criteria), history.incomplete_reason(runtime)
    if not matches:
        claim = criteria.sentence(f"was not {history.verb}")
        return AssertionError(f"Cannot verify that {claim}: {reason}") if reason else None
    sentence = criteria.sentence(f"was {history.verb} {_times(len(matches))}")
    which = "" if len(matches) == 1 else "; the first"
    lines = [f"{sentence}, but should not have been{which}:"]
    lines += history.lines(runtime, matches[:1])
    fields = history.fields(runtime, matches[0]).items()
    lines += [f"    {name}: {cut(as_text(value))}" for name, value in fields]
    if len(matches) > 1:
        lines += ["all of them:", shortened(history.lines(runtime, matches))]
    return AssertionError("\n".join(lines))


def wait_for_match(
    history: History[Any],
    ctx: ControlContext,
    criteria: Criteria,
    times: int,
    timeout: float | None,
) -> AfterCommit:
    """Returns the ``times``th match as soon as it exists, after the commit.

    Returns an ``AssertionError`` after ``timeout`` seconds of real time.
    """
    _check_times(history, times)
    seconds = TIMEOUT_S if timeout is None else timeout
    notifier = ctx.runtime.notifier

    def read(runtime: Runtime) -> dict[str, Any] | None:
        matches = history.matches(runtime, criteria)
        return history.show(matches[times - 1]) if len(matches) >= times else None

    def read_at_end(runtime: Runtime) -> AssertionResult:
        late = " before the fake was closed" if notifier.is_closed else f" within {seconds:g} s"
        return read(runtime) or _failure(
            history, runtime, criteria, history.matches(runtime, criteria), times, late
        )

    @_refuse_deep_values
    def run() -> AssertionResult:
        return notifier.wait_until(read, seconds) or notifier.read(read_at_end)

    async def run_async() -> AssertionResult:
        return await notifier.wait_until_async(read, seconds) or notifier.read(read_at_end)

    return AfterCommit(run, run_async)


def times_param(default: int | None = None) -> Any:
    """Returns the parameter for a number of matches; ``_check_times`` refuses 0 with advice."""
    return integer(default=default, minimum=0)


def timeout_param() -> Any:
    """Returns the parameter for a timeout, in seconds of real time."""
    return number(minimum=0)


def _check_times(history: History[Any], times: int | None) -> None:
    if times == 0:
        raise MisuseError(f"times=0: use assert_not_{history.verb}()")


# The message of a failure


def _failure(
    history: History[Any],
    runtime: Runtime,
    criteria: Criteria,
    matches: Sequence[Any],
    times: int,
    late: str = "",
) -> AssertionError:
    """Returns the error: the number of matches, the nearest other entry, and all entries."""
    singular, plural = history.noun
    sentence = criteria.sentence(f"was not {history.verb}") + late
    if matches:
        counted = criteria.sentence(f"was {history.verb} {_times(len(matches))}")
        sentence = f"{counted}, not {_times(times)}{late}"
    if len(matches) > times:
        return AssertionError(f"{sentence}:\n{shortened(history.lines(runtime, matches))}")
    everything, matching = history.all(runtime), set(map(id, matches))
    others = [entry for entry in reversed(everything) if id(entry) not in matching]
    nearest = history.nearest(runtime, criteria, others)
    details = [] if nearest is None else history.lines(runtime, [nearest])
    details += [] if nearest is None else history.differences(runtime, criteria, nearest)
    if not everything:
        lines = [f"{sentence}; there are no {plural}"]
    elif len(everything) == 1:
        details = details or history.lines(runtime, everything)
        lines = [f"{sentence}; the only {singular}:", *details]
    else:
        count = f"{len(everything)} {plural}"
        all_lines = shortened(history.lines(runtime, everything))
        lines = [f"{sentence}; the nearest of {count}:", *details, "all of them:", all_lines]
        if nearest is None:
            lines = [f"{sentence}; all {count}:", all_lines]
    lines += history.hints(runtime, criteria, matches, nearest)
    lines += [history.incomplete_reason(runtime)] if history.incomplete_reason(runtime) else []
    return AssertionError("\n".join(lines))


def _name(kind: Mapping[str, Any]) -> str:
    return " ".join(map(str, kind.values()))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
