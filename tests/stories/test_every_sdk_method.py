"""Every modelled endpoint through the SDK's method of that name, and every parameter of it."""

from __future__ import annotations

import inspect
import json
import tempfile
from pathlib import Path

import pytest
from sdk_parameters import (
    BASE,
    BESIDE,
    INERT,
    INSTEAD,
    REFUSED,
    SHOWN_AS,
    TURNED_ON,
    UNMODELLED_FILTERS,
)
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


# What the lists that take parameters list, told apart by these.
LISTED = {
    "/action_attempts/list": "action_attempt_id",
    "/client_sessions/list": "client_session_id",
    "/connect_webviews/list": "connect_webview_id",
    "/connected_accounts/list": "connected_account_id",
    "/devices/list": "device_id",
    "/devices/unmanaged/list": "device_id",
    "/events/list": "event_id",
    "/spaces/list": "space_id",
    "/user_identities/list": "user_identity_id",
}
# The parameters that cut a list into pieces, turned on, leave this of it.
SLICES = {
    "limit": slice(0, 1),
    "page_cursor": slice(1, 2),  # the second page, of one
    "unstable_offset": slice(1, None),
}
SLICED = [(path, name) for path, name in EVERY if path in LISTED and name in SLICES]
FILTERS = [(path, name) for path, name in EVERY if path in LISTED and name not in SLICES]
OTHERS = [one for one in EVERY if one not in INERT and one[0] not in LISTED]


def outcome(path, name=None, *, turned_on=False):
    """What the method answers or raises in a furnished workspace, and what is kept then."""
    fake, ids = furnished()
    try:
        answer = repr(ask(fake, ids, path, name, turned_on=turned_on))
    except SeamHttpApiError as refusal:
        answer = f"refused: {refusal}"
    return answer, state(fake)


def ask(fake, ids, path, name=None, *, turned_on=False):
    """What the method answers."""
    given = BASE.get(path, lambda ids: {})(ids) | BESIDE.get(name, {})
    if turned_on:
        given.pop(INSTEAD.get((path, name)), None)
        given[name] = value_of(path, name)(fake, ids)
    with client_for(path, fake, ids) as client:
        return method(client, path)(**given)


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


@pytest.mark.parametrize(("path", "name"), OTHERS)
def test_a_parameter_changes_the_answer_or_what_is_kept(path, name):
    with_it = outcome(path, name, turned_on=True)

    assert with_it != outcome(path, name)
    assert with_it[0].startswith("refused") is ((path, name) in REFUSED)


@pytest.mark.parametrize(("path", "name"), INERT)
def test_what_is_listed_as_inert_is(path, name):
    assert (path, name) in EVERY
    assert outcome(path, name, turned_on=True) == outcome(path, name)


# Lists


def test_every_list_with_parameters_is_looked_at():
    lists = {path for path, _ in EVERY if path.endswith("/list")}

    assert lists == LISTED.keys()


def listed(path, name):
    """What is listed in a furnished workspace: all, and what is left with the parameter."""
    fake, ids = furnished()
    return ask(fake, ids, path), ask(fake, ids, path, name, turned_on=True)


def ids_in(path, things):
    return [getattr(thing, LISTED[path]) for thing in things]


@pytest.mark.parametrize(
    ("path", "name"), [one for one in FILTERS if one not in UNMODELLED_FILTERS]
)
def test_a_filter_leaves_some_and_not_others_in_their_order(path, name):
    all_of_them, left = (ids_in(path, things) for things in listed(path, name))

    assert left == [one for one in all_of_them if one in left]
    assert 0 < len(left) < len(all_of_them) == len(set(all_of_them))


@pytest.mark.parametrize(("path", "name"), UNMODELLED_FILTERS)
def test_a_filter_by_what_is_not_modelled_leaves_nothing(path, name):
    all_of_them, left = listed(path, name)

    assert (path, name) in FILTERS
    assert len(all_of_them) > 1 and left == []


@pytest.mark.parametrize(("path", "name"), SLICED)
def test_a_list_is_cut(path, name):
    all_of_them, left = (ids_in(path, things) for things in listed(path, name))

    assert len(all_of_them) > 1
    assert left == all_of_them[SLICES[name]]


# What a filter does not look for in the field of its own name.
LOOKED_FOR_IN = {
    "connected_account_ids": "connected_account_id",
    "device_ids": "device_id",
    "device_types": "device_type",
    "action_attempt_ids": "action_attempt_id",
    "event_ids": "event_id",
    "event_types": "event_type",
    "user_identity_ids": "user_identity_id",
    ("/events/list", "space_ids"): "space_id",
}
# What is shown elsewhere or not at all: the account of a webview, the spaces of a thing.
NOT_SHOWN = {
    *((path, "user_identifier_key") for path in LISTED if path != "/client_sessions/list"),
    *((f"/devices{kind}/list", "connect_webview_id") for kind in ("", "/unmanaged")),
    *((f"/devices{kind}/list", "customer_key") for kind in ("", "/unmanaged")),
    *(("/devices/list", "space_id"), ("/connected_accounts/list", "space_id")),
    ("/client_sessions/list", "connect_webview_id"),
}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (path, name)
        for path, name in FILTERS
        if (path, name) not in {*UNMODELLED_FILTERS, *NOT_SHOWN}
        and (name.endswith(("_id", "_ids", "_key", "_type", "_types")))
        and name not in ("unstable_location_id", "without_user_identifier_key")
    ],
)
def test_what_is_left_is_what_was_looked_for(path, name):
    fake, ids = furnished()
    wanted = value_of(path, name)(fake, ids)
    field = LOOKED_FOR_IN.get((path, name)) or LOOKED_FOR_IN.get(name, name)
    all_of_them, left = listed(path, name)

    found = [one for one in all_of_them if matches(getattr(one, field, None), wanted)]
    assert ids_in(path, left) == ids_in(path, found)


def matches(shown, wanted):
    return shown in wanted if isinstance(wanted, list) else shown == wanted


@pytest.mark.parametrize(
    ("path", "name"), [one for one in FILTERS if one[1] in ("created_before", "since")]
)
def test_a_moment_parts_a_list_the_right_way_around(path, name):
    fake, ids = furnished()
    moment = value_of(path, name)(fake, ids)
    all_of_them, left = listed(path, name)

    found = [one for one in all_of_them if (one.created_at < moment) is (name != "since")]
    assert ids_in(path, left) == ids_in(path, found)


# Parameters that could be taken for one another


@pytest.mark.parametrize(("path", "name"), SHOWN_AS)
def test_what_was_sent_is_shown_under_its_own_name(path, name):
    shown_as, _ = SHOWN_AS[path, name]
    sent = value_of(path, name)(*furnished())

    wanted = sent["name"] if name == "properties" else sent
    assert at(shown(path, name, turned_on=True), shown_as) == wanted
    assert at(shown(path, name), shown_as) != wanted


def shown(path, name, *, turned_on=False):
    """The thing that a call made or changed, in a furnished workspace of its own."""
    fake, ids = furnished()
    answer = ask(fake, ids, path, name, turned_on=turned_on)
    _, shown_by = SHOWN_AS[path, name]
    if shown_by is None:
        return answer
    base = BASE.get(path, lambda ids: {})(ids)
    with fake.client() as client:
        return method(client, shown_by)(**{key: base[key] for key in base if key[-3:] == "_id"})


def at(answer, dotted):
    for name in dotted.split("."):
        answer = answer.get(name) if isinstance(answer, dict) else getattr(answer, name, None)
    return answer
