"""Every modelled endpoint through the SDK's method of that name, and every parameter of it."""

from __future__ import annotations

import inspect
import json
import tempfile
from pathlib import Path

import pytest
from sdk_parameters import BASE, BESIDE, INERT, INSTEAD, REFUSED, TURNED_ON
from sdk_world import furnished
from seam import Seam, SeamHttpApiError, SeamWithoutWorkspace

from fakeseam.api import modelled_endpoints

# What the SDK does by itself with an action attempt that it was given.
OF_THE_SDK = {"wait_for_action_attempt"}


def methods_of(thing, name=""):
    """(path, attributes that lead to it) of every method that knows its path."""
    for attribute in dir(thing):
        if attribute.startswith("_"):
            continue
        found = getattr(thing, attribute)
        path = getattr(found, "__seam_path__", None)
        if path is not None:
            yield path, (*name, attribute)
        elif type(found).__module__.startswith("seam.routes."):
            yield from methods_of(found, (*name, attribute))


SDK = Seam("seam_test_introspected", endpoint="http://nowhere")
METHODS = dict(methods_of(SDK))
MODELLED = {endpoint.path: endpoint for endpoint in modelled_endpoints()}


def method(client, path):
    for attribute in METHODS[path]:
        client = getattr(client, attribute)
    return client


def parameters(path):
    return [name for name in inspect.signature(method(SDK, path)).parameters]


EVERY = [
    (path, name) for path in MODELLED for name in parameters(path) if name not in OF_THE_SDK
]


def outcome(path, name=None, *, turned_on=False):
    """What the method answers or raises in a furnished workspace, and what is kept then."""
    fake, ids = furnished()
    given = BASE.get(path, lambda ids: {})(ids) | BESIDE.get(name, {})
    if turned_on:
        given.pop(INSTEAD.get((path, name)), None)
        given[name] = value_of(path, name)(fake, ids)
    with client_for(path, fake, ids) as client:
        try:
            answer = repr(method(client, path)(**given))
        except SeamHttpApiError as refusal:
            answer = f"refused: {refusal}"
    return answer, state(fake)


def client_for(path, fake, ids):
    """Making a workspace takes an access token that is in none."""
    if path == "/workspaces/create":
        options = {"transport": fake.transport()}
        return SeamWithoutWorkspace(ids.pat, httpx_options=options)
    return fake.client()


def state(fake):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dump.json")
        fake.dump(path)
        return json.loads(path.read_text())["store"]


def value_of(path, name):
    """The value that makes a difference, as a function of the fake and its ids."""
    value = TURNED_ON.get((path, name)) or TURNED_ON[name]
    if len(inspect.signature(value).parameters) == 2:
        return value
    return lambda fake, ids: value(ids)


def test_every_modelled_endpoint_has_a_method_in_the_sdk():
    assert MODELLED.keys() - METHODS.keys() == set()


@pytest.mark.parametrize("path", MODELLED)
def test_the_method_of_that_name_leads_to_the_endpoint(path):
    answer, _ = outcome(path)

    assert "/" + "/".join(METHODS[path]) == path
    assert not answer.startswith("refused")


@pytest.mark.parametrize(("path", "name"), EVERY)
def test_the_endpoint_knows_every_parameter_of_the_method(path, name):
    assert name in MODELLED[path].params


@pytest.mark.parametrize(("path", "name"), [one for one in EVERY if one not in INERT])
def test_a_parameter_changes_the_answer_or_what_is_kept(path, name):
    with_it = outcome(path, name, turned_on=True)

    assert with_it != outcome(path, name)
    assert with_it[0].startswith("refused") is ((path, name) in REFUSED)


@pytest.mark.parametrize(("path", "name"), INERT)
def test_what_is_listed_as_inert_is(path, name):
    assert (path, name) in EVERY
    assert outcome(path, name, turned_on=True) == outcome(path, name)
