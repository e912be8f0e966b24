"""Every argument of every public method takes what its annotation says, and refuses the rest.

The methods are found, not listed: those of ``FakeSeam``, of what a fake has as attributes, and of
the handles that it returns. A method may raise what it documents, and no other exception.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from fakeseam import ApiError, FakeSeam, LoginFailed, MisuseError

DOCUMENTED = (ApiError, AssertionError, LoginFailed, MisuseError)


def function(*args, **kwargs):
    """Takes what a test's function may be given, and does nothing."""


ODD_VALUES = [
    *(None, True, False, 0, -1, 5, 10**400, 1.5, float("nan"), float("inf"), 1j),
    *("", "x", "4000", "\0", "\ud800", "é\n", "x" * 5000, b"x", b""),
    *([], [1], [None], ["x"], (1,), {1}, {}, {"x": None}, {1: 2}, {"x": object()}),
    *(object(), type, function, datetime(2026, 1, 1), timedelta(days=-1)),
]


class World:
    """A fake, and what its methods can be called with."""

    def __init__(self):
        self.fake = fake = FakeSeam(now="2026-01-01T12:00:00Z")
        fake.call("/webhooks/create", {"url": "https://app.test/hook"})
        account = fake.connect_account()
        self.given = {
            "account": account,
            "by": 1,
            "device": fake.call("/devices/list")["devices"][0],
            "event_type": "device.added",
            "path": "/devices/list",
            "route": "/devices/list",
            "seconds": 1,
            "snapshot": fake.snapshot(),
            "status": 503,
            "timeout": 0,
            "webview": fake.call("/connect_webviews/create")["connect_webview"],
        }

        # What has public methods, by name: the fake, its attributes, its handles.
        self.objects = {
            "fake": fake,
            **{f"fake.{name}": value for name, value in attributes(fake)},
            **{f"fake.aio.{name}": value for name, value in attributes(fake.aio)},
            "answer": fake.answer("/thermostats/cool", {"ok": True}),
            "fault": fake.faults.add("/thermostats/list", status=503),
            "sender": fake.webhooks.deliver_to(lambda delivery: 200),
            "workspace": fake.create_workspace(),
        }

    def call(self, method, parameter, odd):
        """Calls a method with an odd value for one parameter and usual ones for the others."""
        parameters = inspect.signature(method).parameters.values()
        given = {
            one.name: self.given.get(one.name, "x")
            for one in parameters
            if one.kind is not one.VAR_KEYWORD
            and (one.default is one.empty or one.name in self.given)
        }
        is_any_name = parameter.kind is parameter.VAR_KEYWORD
        given["any_name" if is_any_name else parameter.name] = odd
        positional = [one.name for one in parameters if one.kind is one.POSITIONAL_ONLY]
        first = [given.pop(name) for name in positional if name in given]
        finish(method(*first, **given))


def attributes(owner):
    return [(name, value) for name, value in vars(owner).items() if not name.startswith("_")]


def finish(result):
    """Awaits what has to be awaited, and enters and leaves what has to be entered."""
    if isinstance(result, Awaitable):
        asyncio.run(result)
    elif isinstance(result, AbstractContextManager):
        with result:
            pass


def public_methods():
    """Yields the owner and the name of every method that this project defines, and its parameters.

    The owner of ``FakeSeam`` itself is None.
    """
    world = World()
    functions = [(None, "FakeSeam", FakeSeam.__init__)]
    for owner, value in world.objects.items():
        for name, found in inspect.getmembers(type(value), inspect.isfunction):
            is_own = inspect.unwrap(found).__module__.startswith("fakeseam.")
            if is_own and not name.startswith("_"):
                functions.append((owner, name, found))
    world.fake.close()
    for owner, name, found in functions:
        for parameter in list(inspect.signature(found).parameters.values())[1:]:
            case = f"{owner}.{name}({parameter.name})"
            yield pytest.param(owner, name, parameter, type_of(found, parameter), id=case)


def type_of(method, parameter):
    """Returns the annotation of a parameter; ``object`` where it names what only checkers load."""
    try:
        return eval(parameter.annotation, inspect.unwrap(method).__globals__)
    except NameError:
        return object


def fits(value, annotation):
    """Returns whether a value is of the annotated type; the items of lists are not looked at."""
    if annotation in (Any, object):
        return True
    kind, arguments = get_origin(annotation), get_args(annotation)
    if kind is Literal:
        return isinstance(value, str) and value in arguments
    if kind in (Union, UnionType):
        return any(fits(value, one) for one in arguments)
    if annotation is float:
        return fits(value, int) or isinstance(value, float)
    if annotation is int and isinstance(value, bool):
        return False
    expected = kind or annotation or NoneType
    return isinstance(value, expected) if isinstance(expected, type) else True


@pytest.mark.parametrize(("owner", "name", "parameter", "annotation"), list(public_methods()))
def test_a_wrong_argument_is_misuse(owner, name, parameter, annotation, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a path may be odd, and good for a file
    world, wrong = World(), []
    # An awaitable form calls the plain one, which gets all values.
    for odd in ODD_VALUES[::4] if str(owner).startswith("fake.aio") else ODD_VALUES:
        method: Callable[..., Any] = FakeSeam
        if owner is not None:
            method = getattr(world.objects[owner], name)
        try:
            world.call(method, parameter, odd)
        except DOCUMENTED as refusal:
            if not str(refusal):
                wrong.append(f"{odd!r:.40} is refused without a reason")
        except Exception as exc:
            wrong.append(f"{odd!r:.40} raises {exc!r:.80}")
        else:
            if not fits(odd, annotation):
                wrong.append(f"{odd!r:.40} is accepted")
            world.fake.close()
            world = World()
    world.fake.close()

    assert wrong == []


@pytest.mark.parametrize("odd", [one for one in ODD_VALUES if not isinstance(one, bool)])
def test_strict_is_set_to_true_or_false_only(odd):
    with FakeSeam() as fake:
        with pytest.raises(MisuseError, match="^strict=.*: True or False$"):
            fake.strict = odd

        assert fake.strict is False
