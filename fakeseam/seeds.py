"""What ``fake.load`` takes: dumps, seed files written by hand, and functions of a test's own.

A seed file is JSON: ``{"fakeseam_seed": 1, "steps": [{"connect_account": {...}}, ...]}``. A step
names a lever as under ``/_fakeseam/``, or a path of Seam's; ``"as"`` beside it names what it
makes, and ``{"$id": name}`` stands for an id of that in a later step.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from . import api, control
from .api.documented import DOCUMENTED_PATHS
from .dumps import SCHEMA_KEY, check_schema, read_json
from .errors import ApiError, BrokenAnswer, LoginFailed, MisuseError

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["SEED_KEY", "Dump", "Loadable", "beside", "from_text", "read"]

SEED_VERSION = 1
SEED_KEY = "fakeseam_seed"
STEPS_KEY = "steps"
AS_KEY = "as"
ID_KEY = "$id"

LEVERS = "/_fakeseam/"
# They put another state in the place of what the steps before have made.
NO_STEPS = ("reset", "snapshot", "restore", "dump", "load")

Loadable: TypeAlias = Union[
    str,
    "os.PathLike[str]",
    Mapping[str, Any],
    "Callable[[FakeSeam], object]",
    Sequence["Loadable"],
]


@dataclass(frozen=True)
class Dump:
    """All that a fake knew; takes the place of everything."""

    name: str
    state: Mapping[str, Any]

    def carry_out(self, fake: FakeSeam) -> None:
        fake.take_up(self)


@dataclass(frozen=True)
class Factory:
    """A function of a test's own, which does to the fake whatever it likes."""

    function: Callable[[FakeSeam], object]

    def carry_out(self, fake: FakeSeam) -> None:
        promised = self.function(fake)
        if inspect.iscoroutine(promised):
            promised.close()
            raise MisuseError(f"{self.function!r} is asynchronous: fake.load takes a plain one")


@dataclass(frozen=True)
class Step:
    """``where`` it stands, for whoever wrote it; ``name`` is what a later step calls it."""

    where: str
    path: str
    params: Mapping[str, Any]
    name: str | None


@dataclass(frozen=True)
class Seed:
    """Steps, each of which is a call."""

    steps: tuple[Step, ...]

    def carry_out(self, fake: FakeSeam) -> None:
        made: dict[str, Any] = {}
        for step in self.steps:
            try:
                body = fake.call(step.path, _filled_in(step.params, "", made))
                if step.name is not None:
                    made[step.name] = _made(body)
            except (ApiError, BrokenAnswer, MisuseError, AssertionError) as refusal:
                raise MisuseError(f"{step.where}: {refusal}") from refusal
            except LoginFailed as failed:
                raise MisuseError(
                    f"{step.where}: {failed}; a login that is to fail is fail_connect_webview"
                ) from failed


def read(given: object) -> list[Dump | Seed | Factory]:
    """All that is to be loaded, in order; files are read now, so a bad one changes nothing."""
    if isinstance(given, (list, tuple)):
        return [one for item in given for one in read(item)]
    if isinstance(given, Mapping):
        return [_of_state(given, "what is to be loaded")]
    if isinstance(given, (str, os.PathLike)):
        return [_of_state(read_json(given), repr(os.fspath(given)))]
    if callable(given):
        return [Factory(given)]
    raise MisuseError(
        "fake.load takes a file, what such a file holds, a function of the fake, or a list of"
        f" these; not {given!r}"
    )


def beside(folder: Path, given: Any) -> Any:
    """The same, with files looked for in a folder."""
    if isinstance(given, (list, tuple)):
        return [beside(folder, item) for item in given]
    return folder / given if isinstance(given, (str, os.PathLike)) else given


def from_text(text: str) -> Loadable:
    """A file, or a function as ``module:function``, as typed on a command line."""
    module, _, name = text.partition(":")
    if not name.isidentifier() or os.path.exists(text):
        return text
    try:
        there = vars(import_module(module))
    except Exception as exc:
        raise MisuseError(f"{text!r}: cannot import {module!r}: {exc!r}") from exc
    found: Any = there.get(name)
    if not callable(found):
        raise MisuseError(f"{text!r}: no function {name!r} in {module}{_near(name, there)}")
    return found  # type: ignore[no-any-return]  # whatever it does, it can be called


# Reading a seed


def _of_state(state: Any, name: str) -> Dump | Seed:
    if isinstance(state, Mapping) and SCHEMA_KEY in state:
        check_schema(state, name)
        return Dump(name, state)
    if not isinstance(state, Mapping) or not (SEED_KEY in state or STEPS_KEY in state):
        raise MisuseError(
            f"{name} is neither a dump nor a seed file: fake.dump() writes the one, with a"
            f' "{SCHEMA_KEY}"; the other is {{"{SEED_KEY}": {SEED_VERSION}, "{STEPS_KEY}": [...]}}'
        )
    version, steps = state.get(SEED_KEY), state.get(STEPS_KEY)
    if version != SEED_VERSION or isinstance(version, bool):
        raise MisuseError(
            f'{name} has "{SEED_KEY}": {version!r}, this fakeseam reads {SEED_VERSION}'
        )
    unknown = [key for key in state if key not in (SEED_KEY, STEPS_KEY)]
    if unknown or not isinstance(steps, (list, tuple)):
        wrong = f"there is no {unknown[0]!r} in a seed file" if unknown else f"it has {steps!r}"
        raise MisuseError(f'{name}: {wrong}; "{STEPS_KEY}" is a list of steps, and all there is')
    read = tuple(_step(step, f"{name}, step {n}") for n, step in enumerate(steps, 1))
    called = [step.name for step in read if step.name is not None]
    twice = next((one for one in called if called.count(one) > 1), None)
    if twice is not None:
        raise MisuseError(f'{name}: two steps have "{AS_KEY}": {twice!r}')
    return Seed(read)


def _step(step: Any, where: str) -> Step:
    names = [key for key in step if key != AS_KEY] if isinstance(step, Mapping) else []
    if len(names) != 1 or not isinstance(names[0], str):
        raise MisuseError(
            f'{where}: a step is {{"NAME OF A LEVER": {{...}}}} or {{"/path": {{...}}}}, with'
            f' "{AS_KEY}" beside it to refer to it later; not {step!r}'
        )
    (what,), name = names, step.get(AS_KEY)
    where, params = f"{where}, {what}", step[what]
    if not isinstance(params, Mapping) or not all(isinstance(key, str) for key in params):
        raise MisuseError(f"{where}: its parameters are an object, not {params!r}")
    if name is not None and (not isinstance(name, str) or not name):
        raise MisuseError(f'{where}: "{AS_KEY}" is a name, not {name!r}')
    return Step(where, _path(what, params, where), params, name)


def _path(what: str, params: Mapping[str, Any], where: str) -> str:
    if what.startswith("/") and not what.startswith(LEVERS):
        return _path_of_seams(what, params, where)
    name = what.removeprefix(LEVERS)
    if name in NO_STEPS:
        raise MisuseError(f"{where}: no step of a seed file, which adds to what there is")
    if control.endpoint_at(LEVERS + name) is None:
        levers = [one.path.removeprefix(LEVERS) for one in control.levers() if LEVERS in one.path]
        usable = [one for one in levers if one not in NO_STEPS]
        raise MisuseError(f"{where}: no such lever{_near(name, usable)}")
    return LEVERS + name


def _path_of_seams(path: str, params: Mapping[str, Any], where: str) -> str:
    """A slip of the pen is told; Seam would ignore it."""
    endpoint = api.endpoint_at(path)
    if endpoint is None:
        how = "not modelled by fakeseam" if path in DOCUMENTED_PATHS else "no such path"
        raise MisuseError(f"{where}: {how}; nearest: {', '.join(api.nearest(path))}")
    unknown = endpoint.unknown(params)
    if unknown:
        near = _near(unknown[0], endpoint.params)
        raise MisuseError(f"{where}: no parameter {unknown[0]!r}{near}")
    return path


def _near(name: str, known: Any) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5) or sorted(known)[:3]
    return f"; nearest: {', '.join(near)}" if near else ""


# What a step before has made


def _filled_in(value: Any, name: str, made: Mapping[str, Any]) -> Any:
    """The value with every ``{"$id": ...}`` replaced; ``name`` is the parameter that it is for."""
    if isinstance(value, Mapping):
        if set(value) == {ID_KEY}:
            return _id_of(value[ID_KEY], name.removesuffix("s"), made)
        return {key: _filled_in(item, key, made) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_filled_in(item, name, made) for item in value]
    return value


def _id_of(called: Any, name: str, made: Mapping[str, Any]) -> Any:
    if not isinstance(called, str) or called not in made:
        there = ", ".join(made) or "none"
        raise MisuseError(f'no step before has "{AS_KEY}": {called!r}; there are: {there}')
    if name not in made[called]:
        ids = [key for key in made[called] if key.endswith("_id")]
        raise MisuseError(f"{called!r} has no {name!r}, only {', '.join(ids) or 'no id at all'}")
    return made[called][name]


def _made(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one thing that an answer holds."""
    things = [body[key] for key in body if key not in ("ok", "pagination")]
    if len(things) != 1 or not isinstance(things[0], Mapping):
        raise MisuseError(f'"{AS_KEY}" is for what makes or gets one thing; this answers none')
    return dict(things[0])
