"""The sources that ``fake.load`` accepts: dumps, seed files and functions.

A seed file is JSON: ``{"fakeseam_seed": 1, "steps": [{"connect_account": {...}}, ...]}``. A step
calls a control endpoint by its name below ``/_fakeseam/``, or an endpoint of Seam's by its path.
Its ``"as"`` names the object that it returns. In later steps ``{"$id": name}`` stands for that
object's id.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from .. import api, control
from ..api.documented import DOCUMENTED_PATHS
from ..control import CONTROL_PREFIX
from ..core.nearest import nearest
from ..errors import ApiError, BrokenResponse, LoginFailed, MisuseError, is_outcome
from .dumps import SCHEMA_KEY, check_schema, read_json

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["SEED_KEY", "Dump", "Loadable", "resolve_paths", "from_text", "read"]

__tracebackhide__ = is_outcome

SEED_VERSION = 1
SEED_KEY = "fakeseam_seed"
STEPS_KEY = "steps"
AS_KEY = "as"
ID_KEY = "$id"

# Control endpoints that are not steps: they save the whole state, or replace what steps created.
NOT_STEPS = ("reset", "close", "snapshot", "restore", "dump", "load")

Loadable: TypeAlias = Union[
    str,
    "os.PathLike[str]",
    Mapping[str, Any],
    "Callable[[FakeSeam], object]",
    Sequence["Loadable"],
]


@dataclass(frozen=True)
class Dump:
    """The JSON of a dump; ``name`` is what error messages call it. It replaces the state."""

    name: str
    state: Mapping[str, Any]


@dataclass(frozen=True)
class SeedFunction:
    """A function of the test that sets the fake up."""

    function: Callable[[FakeSeam], object]

    def apply(self, fake: FakeSeam) -> None:
        """Calls the function. Raises ``MisuseError`` for an asynchronous one."""
        result = self.function(fake)
        if inspect.iscoroutine(result):
            result.close()
            raise MisuseError(
                f"{self.function!r} is asynchronous. Give fake.load() an ordinary function."
            )


@dataclass(frozen=True)
class Step:
    """A call. ``where`` is its place in the seed file, ``name`` its ``"as"``."""

    where: str
    path: str
    params: Mapping[str, Any]
    name: str | None


@dataclass(frozen=True)
class SeedFile:
    """The steps of a seed file, which are called in order."""

    steps: tuple[Step, ...]

    def apply(self, fake: FakeSeam) -> None:
        """Calls the steps. Raises ``MisuseError`` for the first one that is refused."""
        results: dict[str, Mapping[str, Any]] = {}
        for step in self.steps:
            try:
                body = fake.call(step.path, _resolve_refs(step.params, "", results))
                if step.name is not None:
                    results[step.name] = _only_object(body)
            except (ApiError, BrokenResponse, MisuseError, AssertionError) as refusal:
                raise MisuseError(f"{step.where}: {refusal}") from refusal
            except LoginFailed as failure:
                raise MisuseError(
                    f"{step.where}: {failure}; if the login is meant to fail, use"
                    " fail_connect_webview"
                ) from failure


def read(source: object) -> list[Dump | SeedFile | SeedFunction]:
    """Returns what to load, in order. Reads every file first, so a bad one changes nothing."""
    if isinstance(source, (list, tuple)):
        return [one for item in source for one in read(item)]
    if isinstance(source, Mapping):
        return [_parse(source, "the given JSON")]
    if isinstance(source, (str, os.PathLike)):
        return [_parse(read_json(source), repr(os.fspath(source)))]
    if callable(source):
        return [SeedFunction(source)]
    raise MisuseError(
        f"fake.load() cannot load {source!r}. Give it the path of a file, the JSON of a file, a"
        " function that takes the fake, or a list of these."
    )


def resolve_paths(folder: Path, source: Any) -> Any:
    """Returns the source, with relative paths resolved against a folder."""
    if isinstance(source, (list, tuple)):
        return [resolve_paths(folder, item) for item in source]
    return folder / source if isinstance(source, (str, os.PathLike)) else source


def from_text(text: str) -> Loadable:
    """Returns the source that a command line names: a path, or ``module:function``."""
    module, _, name = text.partition(":")
    if not name.isidentifier() or os.path.exists(text):
        return text
    try:
        members = vars(import_module(module))
    except Exception as exc:
        raise MisuseError(f"{text!r}: cannot import {module!r}: {exc!r}") from exc
    function: Any = members.get(name)
    if not callable(function):
        raise MisuseError(f"{text!r}: no function {name!r} in {module}{_nearest(name, members)}")
    return function  # type: ignore[no-any-return]  # only its being callable is known


# Parsing a seed file


def _parse(content: Any, name: str) -> Dump | SeedFile:
    """Returns a file's content as what it is; ``name`` is what error messages call it."""
    if isinstance(content, Mapping) and SCHEMA_KEY in content:
        check_schema(content, name)
        return Dump(name, content)
    if not isinstance(content, Mapping) or not (SEED_KEY in content or STEPS_KEY in content):
        raise MisuseError(
            f"{name} is neither a dump nor a seed file. A dump, written by fake.dump(), has"
            f' "{SCHEMA_KEY}". A seed file is'
            f' {{"{SEED_KEY}": {SEED_VERSION}, "{STEPS_KEY}": [...]}}.'
        )
    version, steps = content.get(SEED_KEY), content.get(STEPS_KEY)
    if version != SEED_VERSION or isinstance(version, bool):
        raise MisuseError(
            f'{name} has "{SEED_KEY}": {version!r}, but this fakeseam reads {SEED_VERSION}.'
        )
    unknown = [key for key in content if key not in (SEED_KEY, STEPS_KEY)]
    if unknown:
        raise MisuseError(
            f'{name} has an unknown key {unknown[0]!r}. A seed file has "{SEED_KEY}" and'
            f' "{STEPS_KEY}" only.'
        )
    if not isinstance(steps, (list, tuple)):
        raise MisuseError(f'{name} has "{STEPS_KEY}": {steps!r}. Give a list of steps.')
    parsed = tuple(_parse_step(step, f"{name}, step {n}") for n, step in enumerate(steps, 1))
    step_names = [step.name for step in parsed if step.name is not None]
    repeated = next((one for one in step_names if step_names.count(one) > 1), None)
    if repeated is not None:
        raise MisuseError(f'{name}: two steps have "{AS_KEY}": {repeated!r}. Rename one of them.')
    return SeedFile(parsed)


def _parse_step(step: Any, where: str) -> Step:
    calls = [key for key in step if key != AS_KEY] if isinstance(step, Mapping) else []
    if len(calls) != 1 or not isinstance(calls[0], str):
        raise MisuseError(
            f"{where}: {step!r} is not a step. Give"
            f' {{"NAME_OF_A_CONTROL_ENDPOINT": {{...}}}} or {{"/path": {{...}}}},'
            f' with an "{AS_KEY}" if a later step refers to it.'
        )
    (call,), name = calls, step.get(AS_KEY)
    where, params = f"{where}, {call}", step[call]
    if not isinstance(params, Mapping) or not all(isinstance(key, str) for key in params):
        raise MisuseError(f"{where}: the parameters must be an object, not {params!r}")
    if name is not None and (not isinstance(name, str) or not name):
        raise MisuseError(f'{where}: "{AS_KEY}" must be a name, not {name!r}')
    return Step(where, _path(call, params, where), params, name)


def _path(call: str, params: Mapping[str, Any], where: str) -> str:
    """Returns the path that a step calls. Raises ``MisuseError`` if it cannot be a step."""
    if call.startswith("/") and not call.startswith(CONTROL_PREFIX):
        return _seam_path(call, params, where)
    name = call.removeprefix(CONTROL_PREFIX)
    if name in NOT_STEPS:
        raise MisuseError(f"{where}: cannot be a step. A seed file only adds to the state.")
    if control.endpoint_at(CONTROL_PREFIX + name) is None:
        near = [one for one in control.nearest_names(name) if one not in NOT_STEPS]
        raise MisuseError(f"{where}: no such control endpoint{_hint(near)}")
    return CONTROL_PREFIX + name


def _seam_path(path: str, params: Mapping[str, Any], where: str) -> str:
    """Returns the path. Raises ``MisuseError`` also for a parameter that Seam would ignore."""
    endpoint = api.endpoint_at(path)
    if endpoint is None:
        problem = "not implemented by fakeseam" if path in DOCUMENTED_PATHS else "no such path"
        raise MisuseError(f"{where}: {problem}{_hint(api.nearest_paths(path))}")
    unknown = endpoint.unknown(params)
    if unknown:
        near = _nearest(unknown[0], endpoint.params)
        raise MisuseError(f"{where}: no parameter {unknown[0]!r}{near}")
    return path


def _nearest(name: str, valid: Any) -> str:
    return _hint(nearest(name, sorted(valid)))


def _hint(near: list[str]) -> str:
    return f"; nearest: {', '.join(near)}" if near else ""


# References to earlier steps


def _resolve_refs(value: Any, param: str, results: Mapping[str, Mapping[str, Any]]) -> Any:
    """Returns the value of a parameter, with an id for every ``{"$id": ...}``."""
    if isinstance(value, Mapping):
        if set(value) == {ID_KEY}:
            return _resolve_id(value[ID_KEY], param.removesuffix("s"), results)
        return {key: _resolve_refs(item, key, results) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_resolve_refs(item, param, results) for item in value]
    return value


def _resolve_id(step_name: Any, field: str, results: Mapping[str, Mapping[str, Any]]) -> Any:
    if not isinstance(step_name, str) or step_name not in results:
        earlier = ", ".join(results) or "none"
        raise MisuseError(f'no earlier step has "{AS_KEY}": {step_name!r}; named ones: {earlier}')
    result = results[step_name]
    if field not in result:
        ids = ", ".join(key for key in result if key.endswith("_id"))
        raise MisuseError(f"{step_name!r} has no {field!r}, only {ids or 'no id at all'}")
    return result[field]


def _only_object(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the object in an envelope. Raises ``MisuseError`` if there is not exactly one."""
    objects = [body[key] for key in body if key not in ("ok", "pagination")]
    if len(objects) != 1 or not isinstance(objects[0], Mapping):
        raise MisuseError(f'the step does not return one object. Remove its "{AS_KEY}".')
    return dict(objects[0])
