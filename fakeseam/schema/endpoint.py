"""What an endpoint declares about itself: path, methods, callers, parameters, response.

The declaration drives dispatch, validation, authentication and every list of endpoints.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from ..core.shown import Shown
from .param_types import Param, object_schema
from .validation import Issue, ValidationError, invalid_input

__all__ = ["Endpoint", "Namespace", "Owner", "Paged", "Parts", "RootCheck"]

Handler = TypeVar("Handler", bound=Callable[..., Any])

# Takes the parameters that were sent; returns the text of an issue of the request, or None.
RootCheck = Callable[[Mapping[str, Any]], "str | None"]


class Paged(NamedTuple):
    """A page of a response's list, with the ``pagination`` of the envelope."""

    items: Sequence[Shown | dict[str, Any]]
    pagination: dict[str, Any]


class Parts(NamedTuple):
    """A result of several parts: a value for each of the response keys, in their order."""

    values: Sequence[Any]


class Owner(Enum):
    """Whose an endpoint is, and what follows from that.

    ``SEAM`` endpoints are documented by Seam, ``CONTROL`` endpoints are the control API, and
    ``OPEN`` endpoints are outside both, such as the login page and ``/health``.

    - ``is_seams``: callers need credentials, faults hit its requests, the request log has them,
      and its handler gets no more than the request context.
    - ``mistakes_are_misuse``: a mistake in a call is the test's, and raises ``MisuseError``. In a
      call of any other endpoint it is an error as Seam reports it.
    """

    SEAM = (True, False)
    CONTROL = (False, True)
    OPEN = (False, False)

    def __init__(self, is_seams: bool, mistakes_are_misuse: bool) -> None:
        self.is_seams = is_seams
        self.mistakes_are_misuse = mistakes_are_misuse


@dataclass(frozen=True)
class Endpoint:
    """One declared path.

    ``response_keys`` are the result's keys in the envelope, none for an endpoint without a
    result. ``any_of`` names parameters of which one must be sent and valid; a valid one hides the
    issues of the others, as in a union of schemas. ``partial_note`` is what fakeseam does not
    implement of the endpoint, and ``inert`` are the parameters that have no effect for that
    reason, members as ``devices.schlage_metadata``. One that ``is_answered`` by a test takes any
    parameters, and its result is the whole body.
    """

    path: str
    methods: tuple[str, ...]
    owner: Owner
    callers: frozenset[str]
    params: Mapping[str, Param]
    response_keys: tuple[str, ...]
    any_of: tuple[str, ...]
    checks: tuple[RootCheck, ...]
    partial_note: str | None
    handler: Callable[..., Any]
    inert: tuple[str, ...] = ()
    is_answered: bool = False

    @property
    def allow(self) -> str:
        """The methods as the header Allow lists them (RFC 9110): HEAD and OPTIONS are implied."""
        implied = ["HEAD", "OPTIONS"] if "GET" in self.methods else ["OPTIONS"]
        return ", ".join([*self.methods, *implied])

    def wrap(self, result: Any) -> dict[str, Any]:
        """Returns the envelope around a handler's result."""
        if self.is_answered:
            return {**(result or {}), "ok": True}  # None if a fault prevents the answer
        if isinstance(result, Paged):
            body = dict.fromkeys(self.response_keys, result.items)
            return {**body, "pagination": result.pagination, "ok": True}
        if isinstance(result, Parts):
            return {**dict(zip(self.response_keys, result.values, strict=True)), "ok": True}
        return {**dict.fromkeys(self.response_keys, result), "ok": True}

    def parse(self, given: Mapping[str, Any], *, lenient_ids: bool = False) -> dict[str, Any]:
        """Returns the handler's arguments; ignores unknown names.

        Raises Seam's 400 with every validation issue.
        """
        values, issues = {}, []
        for name, param in self.params.items():
            if name in self.any_of:
                continue
            try:
                values[name] = _parse_one(param, name, given, lenient_ids)
            except ValidationError as error:
                issues += error.issues
        if self.any_of:
            issues += self._parse_any_of(given, values, lenient_ids)
        if not issues:
            sent = {name: values[name] for name in self.params if name in given}
            issues = [
                Issue((), text) for check in self.checks if (text := check(sent)) is not None
            ]
        if issues:
            raise invalid_input(issues)
        return values

    def schema(self, *, lenient_ids: bool = False, is_closed: bool = False) -> dict[str, Any]:
        """Returns what ``parse`` accepts, as JSON Schema 2020-12, without ``checks``."""
        params = {
            name: param.lenient() if lenient_ids else param for name, param in self.params.items()
        }
        schema = object_schema(params, is_closed=is_closed)
        if self.any_of:
            # A valid one hides the issues of the others, so these may be anything.
            branches = {name: schema["properties"][name] for name in self.any_of}
            schema["properties"].update(dict.fromkeys(self.any_of, {}))
            schema["anyOf"] = [
                {"properties": {name: branch}, "required": [name]}
                for name, branch in branches.items()
            ]
        return schema

    def unknown(self, given: Mapping[str, Any]) -> list[str]:
        """Returns the undeclared names, also inside parameters; Seam ignores them."""
        if self.is_answered:
            return []
        found = [name for name in given if name not in self.params]
        for name, param in self.params.items():
            found += param.unknown(given.get(name), name)
        return found

    def inert_in(self, given: Mapping[str, Any]) -> list[str]:
        """Returns the names of ``inert`` that have a value: an empty one has no effect anyway."""
        return [name for name in self.inert if _has_value(given, name.split("."))]

    def _parse_any_of(
        self, given: Mapping[str, Any], values: dict[str, Any], lenient_ids: bool
    ) -> list[Issue]:
        """Sets the first valid parameter of ``any_of``; returns the issues if there is none.

        These are the issues of the first one that has the right type, else a union of all.
        """
        values.update(dict.fromkeys(self.any_of))
        failures = []
        for name in self.any_of:
            param = self.params[name]
            try:
                values[name] = _parse_one(param, name, given, lenient_ids, required=True)
                return []
            except ValidationError as error:
                failures.append(error)
        for failure in failures:
            if not failure.is_wrong_type:
                return failure.issues
        branches = [issue for failure in failures for issue in failure.issues]
        return [Issue((), "Invalid input", tuple(branches))]


def _has_value(value: Any, path: Sequence[str]) -> bool:
    """Returns whether the member at a path is more than empty, in any item of a list."""
    if not path:
        return value not in (None, "", [], {}, ())
    if isinstance(value, (list, tuple)):
        return any(_has_value(item, path) for item in value)
    return isinstance(value, Mapping) and _has_value(value.get(path[0]), path[1:])


def _parse_one(
    param: Param,
    name: str,
    given: Mapping[str, Any],
    lenient_ids: bool,
    *,
    required: bool = False,
) -> Any:
    if name not in given:
        if param.required or required:
            raise ValidationError([Issue((name,), "Required")], is_wrong_type=True)
        return param.default
    declared = param.lenient() if lenient_ids else param
    return declared.parse(given[name], (name,))


class Namespace:
    """The endpoints below one path: a function each."""

    def __init__(self, path: str, owner: Owner = Owner.SEAM) -> None:
        self.path = path
        self.owner = owner
        self.endpoints: dict[str, Endpoint] = {}

    def endpoint(
        self,
        methods: str,
        *,
        callers: frozenset[str] = frozenset(),
        response_key: str | tuple[str, ...] = (),
        any_of: Sequence[str] = (),
        checks: Sequence[RootCheck] = (),
        partial_note: str | None = None,
        inert: Sequence[str] = (),
    ) -> Callable[[Handler], Handler]:
        """Declares the decorated function; its keyword-only defaults are its parameters.

        ``response_key`` is the key of its result, or several if Seam repeats it or if the result
        has ``Parts``. ``callers`` are
        the kinds of credentials that it accepts. Raises ``TypeError`` unless exactly Seam's
        endpoints have callers.
        """
        if bool(callers) != self.owner.is_seams:
            raise TypeError(f"{self.path}: {self.owner} endpoints and callers={set(callers)}")

        def declare(handler: Handler) -> Handler:
            path = f"{self.path}/{handler.__name__.rstrip('_')}"
            self.endpoints[path] = Endpoint(
                path=path,
                methods=tuple(sorted(methods.split())),
                owner=self.owner,
                callers=callers,
                params=_declared_params(handler),
                response_keys=((response_key,) if isinstance(response_key, str) else response_key),
                any_of=tuple(any_of),
                checks=tuple(checks),
                partial_note=partial_note,
                handler=handler,
                inert=tuple(inert),
            )
            return handler

        return declare


def _declared_params(handler: Callable[..., Any]) -> dict[str, Param]:
    """Returns the parameters that a handler's signature declares as defaults."""
    params = {}
    for name, parameter in inspect.signature(handler).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY:
            if not isinstance(parameter.default, Param):
                raise TypeError(f"{handler.__qualname__}: {name} has no parameter type")
            params[name] = parameter.default
    return params
