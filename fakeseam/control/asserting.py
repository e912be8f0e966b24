"""Looking for what happened, and assertions on it: the same for requests, events, deliveries.

An assertion that fails is an outcome, as a login that fails is: it is returned, not raised.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import wraps
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

from ..api.call import Afterwards, Call, World
from ..core.params import integer, number
from ..errors import MisuseError
from ..journal import shortened
from .differences import Comparison, as_text, compare, cut

__all__ = [
    "TIMEOUT_S",
    "Past",
    "Wanted",
    "asserted",
    "asserted_not",
    "looked_for",
    "times_param",
    "timeout_param",
    "waited_for",
]

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")
Outcome = dict[str, Any] | AssertionError

# How long to wait for something, in seconds of real time, unless a test says otherwise.
TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Wanted:
    """What a test looks for: ``said`` in one word; the ``kind`` of thing, and its ``fields``.

    ``further`` says what of the kind is not said in that word.
    """

    said: str
    kind: Mapping[str, Any]
    fields: Mapping[str, Any] = field(default_factory=dict)
    further: str = ""

    def sentence(self, became: str) -> str:
        """As in: "device.added was not emitted with device_id='d1'"."""
        told = ", ".join(f"{name}={cut(repr(value))}" for name, value in self.fields.items())
        return f"{self.said} {became}{self.further}{f' with {told}' if told else ''}"


class Past(ABC, Generic[T]):
    """One kind of what happened, oldest first: how it is looked through, compared and told.

    ``noun`` is its name, alone and of several; ``verb`` what became of it.
    """

    noun: ClassVar[tuple[str, str]]
    verb: ClassVar[str]

    @abstractmethod
    def all(self, world: World) -> Sequence[T]:
        """Everything that is kept."""

    @abstractmethod
    def kind(self, world: World, thing: T) -> Mapping[str, Any]:
        """What tells one kind of thing from another; nearness begins with it."""

    @abstractmethod
    def fields(self, world: World, thing: T) -> Mapping[str, Any]:
        """What else there is to it."""

    @abstractmethod
    def show(self, thing: T) -> dict[str, Any]:
        """As JSON, fresh."""

    @abstractmethod
    def label(self, world: World, thing: T) -> str:
        """What it goes by in a text."""

    @abstractmethod
    def line(self, thing: T) -> str:
        """What it was, on a line."""

    def candidates(self, world: World, wanted: Wanted) -> Iterable[T]:
        """All that may fit; fewer than everything where an index can tell."""
        return self.all(world)

    def unsure(self, world: World) -> str:
        """Why not all that happened can be seen, if that is so."""
        return ""

    def hints(
        self, world: World, wanted: Wanted, found: Sequence[T], nearest: T | None
    ) -> list[str]:
        """What may be the reason why too little was found; ``nearest`` is what comes closest."""
        return []

    # What follows from these

    def found(self, world: World, wanted: Wanted) -> list[T]:
        """What fits, oldest first."""
        return [
            one
            for one in self.candidates(world, wanted)
            if not compare(wanted.kind, self.kind(world, one)).differences
            and not compare(wanted.fields, self.fields(world, one)).differences
        ]

    def listed(self, world: World, things: Iterable[T]) -> list[str]:
        return [f"  {self.label(world, one)}: {self.line(one)}" for one in things]

    def nearest(self, world: World, wanted: Wanted, things: Iterable[T]) -> T | None:
        """What has most in common with what is wanted: its kind, then its fields."""
        named, alike = _name(wanted.kind), dict[str, float]()

        def score(thing: T) -> tuple[float, ...]:
            kind = compare(wanted.kind, self.kind(world, thing))
            rest = compare(wanted.fields, self.fields(world, thing))
            name = _name(self.kind(world, thing))
            if name not in alike:
                alike[name] = SequenceMatcher(None, named, name).ratio()
            return (kind.equal, rest.equal, alike[name], -len(rest.differences))

        return max(things, key=score, default=None)

    def differences(self, world: World, wanted: Wanted, thing: T) -> list[str]:
        """Where a thing is not as wanted, in lines."""
        kind = compare(wanted.kind, self.kind(world, thing))
        rest = compare(wanted.fields, self.fields(world, thing))
        both = Comparison(0, kind.differences + rest.differences)
        return [f"  {line}" for line in both.lines(self.label(world, thing))]


# What levers answer


def _bounded(work: Callable[P, R]) -> Callable[P, R]:
    """What is given may be nested deeper than can be gone through."""

    @wraps(work)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except RecursionError:
            raise MisuseError("what is looked for is nested too deep to be compared") from None

    return tried


@_bounded
def looked_for(past: Past[Any], call: Call, wanted: Wanted) -> list[dict[str, Any]]:
    """What fits, as JSON."""
    return [past.show(one) for one in past.found(call.world, wanted)]


@_bounded
def asserted(past: Past[Any], call: Call, wanted: Wanted, times: int | None) -> Outcome:
    """The first that fits; fails if there is none, or not as many as ``times``."""
    _check_times(past, times)
    world = call.world
    found, unsure = past.found(world, wanted), past.unsure(world)
    if times is not None and unsure and len(found) <= times:
        text = wanted.sentence(f"was {past.verb} {_times(times)}")
        kept = f"{len(found)} of those that are kept {'fits' if len(found) == 1 else 'fit'}"
        return AssertionError(f"cannot tell whether {text}: {kept}, but {unsure}")
    if found and times in (None, len(found)):
        return past.show(found[0])
    return _failure(past, world, wanted, found, times or 1)


@_bounded
def asserted_not(past: Past[Any], call: Call, wanted: Wanted) -> AssertionError | None:
    """Fails, showing it, if there is any that fits."""
    world = call.world
    found, unsure = past.found(world, wanted), past.unsure(world)
    if not found:
        text = wanted.sentence(f"was {past.verb}")
        return AssertionError(f"cannot tell whether {text}: {unsure}") if unsure else None
    what = wanted.sentence(f"was {past.verb} {_times(len(found))}")
    which = "it is" if len(found) == 1 else "the first is"
    lines = [f"{what}, and should not have been; {which}:"]
    lines += past.listed(world, found[:1])
    members = past.fields(world, found[0]).items()
    lines += [f"    {name}: {cut(as_text(value))}" for name, value in members]
    if len(found) > 1:
        lines += ["all of these:", shortened(past.listed(world, found))]
    return AssertionError("\n".join(lines))


def waited_for(
    past: Past[Any], call: Call, wanted: Wanted, times: int, timeout: float | None
) -> Afterwards:
    """The ``times``th that fits, as soon as it is there; fails after ``timeout`` seconds."""
    _check_times(past, times)
    seconds = TIMEOUT_S if timeout is None else timeout
    lookout = call.world.lookout

    def seen(world: World) -> dict[str, Any] | None:
        found = past.found(world, wanted)
        return past.show(found[times - 1]) if len(found) >= times else None

    def at_last(world: World) -> Outcome:
        late = f" within {seconds:g} s"
        return seen(world) or _failure(
            past, world, wanted, past.found(world, wanted), times, late
        )

    @_bounded
    def work() -> Outcome:
        return lookout.until(seen, seconds) or lookout.look(at_last)

    return Afterwards(work)


def times_param(default: int | None = None) -> Any:
    """How often; ``_check_times`` refuses 0 in better words."""
    return integer(default=default, minimum=0)


def timeout_param() -> Any:
    """How long to wait, in seconds of real time."""
    return number(minimum=0)


def _check_times(past: Past[Any], times: int | None) -> None:
    if times == 0:
        raise MisuseError(f"times=0: that is what assert_not_{past.verb}() is for")


# What is said of a failure


def _failure(
    past: Past[Any],
    world: World,
    wanted: Wanted,
    found: Sequence[Any],
    times: int,
    late: str = "",
) -> AssertionError:
    """How often it was, the nearest thing that was otherwise, and all that was."""
    one, several = past.noun
    what = wanted.sentence(f"was not {past.verb}") + late
    if found:
        counted = wanted.sentence(f"was {past.verb} {_times(len(found))}")
        what = f"{counted}, not {_times(times)}{late}"
    if len(found) > times:
        return AssertionError(f"{what}:\n{shortened(past.listed(world, found))}")
    everything, fitting = past.all(world), set(map(id, found))
    others = [thing for thing in reversed(everything) if id(thing) not in fitting]
    near = past.nearest(world, wanted, others)
    shown = [] if near is None else past.listed(world, [near])
    shown += [] if near is None else past.differences(world, wanted, near)
    if not everything:
        lines = [f"{what}; there are no {several}"]
    elif len(everything) == 1:
        lines = [f"{what}; the only {one}:", *(shown or past.listed(world, everything))]
    else:
        count = f"{len(everything)} {several}"
        rest = shortened(past.listed(world, everything))
        lines = [f"{what}; the nearest of {count}:", *shown, "all of them:", rest]
        if near is None:
            lines = [f"{what}; all {count}:", rest]
    lines += past.hints(world, wanted, found, near)
    lines += [past.unsure(world)] if past.unsure(world) else []
    return AssertionError("\n".join(lines))


def _name(kind: Mapping[str, Any]) -> str:
    return " ".join(map(str, kind.values()))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
