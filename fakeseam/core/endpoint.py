"""What an endpoint declares about itself: path, methods, callers, parameters, answer.

The one declaration drives dispatch, validation, authentication and every list of endpoints.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .issues import Faults, Issue, invalid_input
from .param_types import Param, object_schema

__all__ = ["Endpoint", "Namespace", "Paged", "RootCheck"]

Handler = TypeVar("Handler", bound=Callable[..., Any])

# Finds a fault of the request as a whole; sees the parameters that were sent.
RootCheck = Callable[[Mapping[str, Any]], "str | None"]


@dataclass(frozen=True)
class Paged:
    """A page of an answer's list, and the ``pagination`` that stands beside it."""

    items: list[dict[str, Any]]
    pagination: dict[str, Any]


@dataclass(frozen=True)
class Endpoint:
    """One path. ``answer`` is the key that its answer stands under, None for none.

    ``either`` names parameters of which one has to be there and valid; a valid one hides
    the faults of the others, as in a union of schemas.
    """

    path: str
    methods: tuple[str, ...]
    callers: frozenset[str]
    params: Mapping[str, Param]
    answer: str | None
    either: tuple[str, ...]
    checks: tuple[RootCheck, ...]
    partly: str | None
    handler: Callable[..., Any]

    @property
    def name(self) -> str:
        """The last part of the path, and the name of its function."""
        return self.path.rpartition("/")[2]

    def wrap(self, result: Any) -> dict[str, Any]:
        """The body that Seam would send for what the handler returned."""
        body: dict[str, Any] = {}
        if isinstance(result, Paged):
            body = {str(self.answer): result.items, "pagination": result.pagination}
        elif self.answer is not None:
            body = {self.answer: result}
        return {**body, "ok": True}

    def read(self, given: Mapping[str, Any], *, lenient_ids: bool = False) -> dict[str, Any]:
        """The handler's arguments. Raises Seam's 400 naming every fault; unknown names pass."""
        values, issues = {}, []
        for name, param in self.params.items():
            if name in self.either:
                continue
            try:
                values[name] = _read_one(param, name, given, lenient_ids)
            except Faults as faults:
                issues += faults.issues
        if self.either:
            issues += self._read_either(given, values, lenient_ids)
        if not issues:
            sent = {name for name in self.params if name in given}
            issues = [
                Issue((), text)
                for check in self.checks
                if (text := check({name: values[name] for name in sent})) is not None
            ]
        if issues:
            raise invalid_input(issues)
        return values

    def schema(self, *, lenient_ids: bool = False, is_closed: bool = False) -> dict[str, Any]:
        """What ``read`` takes, as JSON Schema 2020-12; ``checks`` have no words in it."""
        params = {
            name: param.lenient() if lenient_ids else param for name, param in self.params.items()
        }
        schema = object_schema(params, is_closed=is_closed)
        if self.either:
            # A valid one hides the faults of the others, so these may be anything.
            one_of = {name: schema["properties"][name] for name in self.either}
            schema["properties"].update(dict.fromkeys(self.either, {}))
            schema["anyOf"] = [
                {"properties": {name: it}, "required": [name]} for name, it in one_of.items()
            ]
        return schema

    def unknown(self, given: Mapping[str, Any]) -> list[str]:
        """The names that are no parameter's, and those inside of parameters; Seam ignores them."""
        found = [name for name in given if name not in self.params]
        for name, param in self.params.items():
            found += param.unknown(given.get(name), name)
        return found

    def _read_either(
        self, given: Mapping[str, Any], values: dict[str, Any], lenient_ids: bool
    ) -> list[Issue]:
        """A union: the first valid branch wins, else the first whose type was right speaks."""
        values.update(dict.fromkeys(self.either))
        refused = []
        for name in self.either:
            param = self.params[name]
            try:
                values[name] = _read_one(param, name, given, lenient_ids, required=True)
                return []
            except Faults as faults:
                refused.append(faults)
        for branch in refused:
            if not branch.fatal:
                return branch.issues
        tree = [issue for branch in refused for issue in branch.issues]
        return [Issue((), "Invalid input", tuple(tree))]


def _read_one(
    param: Param,
    name: str,
    given: Mapping[str, Any],
    lenient_ids: bool,
    *,
    required: bool = False,
) -> Any:
    if name not in given:
        if param.required or required:
            raise Faults([Issue((name,), "Required")], fatal=True)
        return param.default
    declared = param.lenient() if lenient_ids else param
    return declared.read(given[name], (name,))


class Namespace:
    """The endpoints under one path: one module, one function an endpoint."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.endpoints: dict[str, Endpoint] = {}

    def endpoint(
        self,
        methods: str,
        *,
        callers: frozenset[str],
        answer: str | None = None,
        either: Sequence[str] = (),
        checks: Sequence[RootCheck] = (),
        partly: str | None = None,
    ) -> Callable[[Handler], Handler]:
        """Declare the decorated function; its keyword-only defaults are its parameters.

        ``partly`` says what of the endpoint is not modelled.
        """

        def declare(handler: Handler) -> Handler:
            path = f"{self.path}/{handler.__name__.rstrip('_')}"
            self.endpoints[path] = Endpoint(
                path=path,
                methods=tuple(sorted(methods.split())),
                callers=callers,
                params=_declared(handler),
                answer=answer,
                either=tuple(either),
                checks=tuple(checks),
                partly=partly,
                handler=handler,
            )
            return handler

        return declare


def _declared(handler: Callable[..., Any]) -> dict[str, Param]:
    """The parameters that a handler's signature declares as defaults."""
    found = {}
    for name, parameter in inspect.signature(handler).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY:
            if not isinstance(parameter.default, Param):
                raise TypeError(f"{handler.__qualname__}: {name} has no parameter type")
            found[name] = parameter.default
    return found
