"""Every implemented endpoint by the SDK's method of that name, with each of its parameters."""

from __future__ import annotations

import inspect
import json
import tempfile
from functools import cache
from pathlib import Path

import pytest
from seam import Seam, SeamHttpApiError, SeamWithoutWorkspace

from fakeseam.api import implemented_endpoints
from fakeseam.api.documented import DOCUMENTED_PATHS
from tests.stories.sdk_inert_parameters import INERT, INERT_VALUES, UNIMPLEMENTED_FILTERS
from tests.stories.sdk_parameters import BASE, REFUSED, REPLACED, SHOWN_AS, TURNED_ON, WITH
from tests.stories.sdk_world import furnished

# A parameter of the SDK itself.
OF_THE_SDK = {"wait_for_action_attempt"}


def methods_of(thing, name=""):
    """Yields the path and the attribute names of every method of the SDK that has a path."""
    for attribute in dir(thing):
        if attribute.startswith("_"):
            continue
        found = getattr(thing, attribute)
        path = getattr(found, "__seam_path__", None)
        if path is not None:
            yield path, (*name, attribute)
        elif type(found).__module__.startswith("seam.routes."):
            yield from methods_of(found, (*name, attribute))


VALUES = TURNED_ON | INERT_VALUES
SDK = Seam("seam_test_introspected", endpoint="http://nowhere")
METHODS = dict(methods_of(SDK))
IMPLEMENTED = {endpoint.path: endpoint for endpoint in implemented_endpoints()}


def method(client, path):
    for attribute in METHODS[path]:
        client = getattr(client, attribute)
    return client


def parameters(path):
    return [name for name in inspect.signature(method(SDK, path)).parameters]


EVERY = [
    (path, name) for path in IMPLEMENTED for name in parameters(path) if name not in OF_THE_SDK
]


# The lists with parameters, and the ids of what they list.
LISTED = {
    "/access_codes/list": "access_code_id",
    "/access_codes/unmanaged/list": "access_code_id",
    "/action_attempts/list": "action_attempt_id",
    "/client_sessions/list": "client_session_id",
    "/connect_webviews/list": "connect_webview_id",
    "/connected_accounts/list": "connected_account_id",
    "/devices/list": "device_id",
    "/devices/unmanaged/list": "device_id",
    "/events/list": "event_id",
    "/locks/list": "device_id",
    "/spaces/list": "space_id",
    "/user_identities/list": "user_identity_id",
}
# The part of a list that these parameters leave.
SLICES = {
    "limit": slice(0, 1),
    "page_cursor": slice(1, 2),  # the second page, of one
    "unstable_offset": slice(1, None),
}
# Filters of a list for one device: its codes are all of one user, or of another device.
ALL_OR_NOTHING = {
    ("/access_codes/unmanaged/list", "device_id"),
    ("/access_codes/unmanaged/list", "user_identifier_key"),
}
SLICED = [(path, name) for path, name in EVERY if path in LISTED and name in SLICES]
FILTERS = [
    (path, name)
    for path, name in EVERY
    if path in LISTED and name not in SLICES and (path, name) not in ALL_OR_NOTHING
]
OTHERS = [
    one
    for one in EVERY
    if one not in INERT and (one[0] not in LISTED or one in ALL_OR_NOTHING)
]


@cache
def outcome(path, name=None, *, turned_on=False):
    """The response or error of the method in a furnished workspace, and the state afterwards."""
    fake, ids = furnished()
    try:
        response = repr(call_method(fake, ids, path, name, turned_on=turned_on))
    except SeamHttpApiError as refusal:
        response = f"refused: {refusal}"
    return response, state(fake)


def outcome_without(path, name):
    """The outcome of the same call without the parameter."""
    return outcome(path, name if name in WITH or (path, name) in WITH else None)


def call_method(fake, ids, path, name=None, *, turned_on=False):
    """Calls the method; returns its response."""
    more = WITH.get((path, name)) or WITH.get(name, lambda ids: {})
    given = BASE.get(path, lambda ids: {})(ids) | more(ids)
    if turned_on:
        given.pop(REPLACED.get((path, name)), None)
        given[name] = value_of(path, name)(fake, ids)
    with client_for(path, fake, ids) as client:
        return method(client, path)(**given)


def client_for(path, fake, ids):
    """Creating a workspace needs an access token without a workspace."""
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
    """The value that has an effect, as a function of the fake and its ids."""
    value = VALUES.get((path, name)) or VALUES[name]
    if len(inspect.signature(value).parameters) == 2:
        return value
    return lambda fake, ids: value(ids)


def test_every_path_of_the_sdk_is_among_the_documented_ones():
    assert METHODS.keys() - set(DOCUMENTED_PATHS) == set()


def test_every_implemented_endpoint_has_a_method_in_the_sdk():
    assert IMPLEMENTED.keys() - METHODS.keys() == set()


@pytest.mark.parametrize("path", IMPLEMENTED)
def test_the_method_of_that_name_leads_to_the_endpoint(path):
    response, _ = outcome(path)

    assert "/" + "/".join(METHODS[path]) == path
    assert not response.startswith("refused")


def test_the_endpoints_know_every_parameter_of_the_methods():
    assert [one for one in EVERY if one[1] not in IMPLEMENTED[one[0]].params] == []


@pytest.mark.parametrize(("path", "name"), OTHERS)
def test_a_parameter_changes_the_response_or_the_state(path, name):
    with_it = outcome(path, name, turned_on=True)

    assert with_it != outcome_without(path, name)
    assert with_it[0].startswith("refused") is ((path, name) in REFUSED)


@pytest.mark.parametrize(("path", "name"), INERT)
def test_a_parameter_listed_as_inert_has_no_effect(path, name):
    assert (path, name) in EVERY
    assert outcome(path, name, turned_on=True) == outcome_without(path, name)


# Lists


def test_every_list_with_parameters_is_tested():
    lists = {path for path, _ in EVERY if path.endswith("/list")}

    assert lists == LISTED.keys()


def listed(path, name):
    """A list in a furnished workspace: without and with the parameter."""
    fake, ids = furnished()
    return call_method(fake, ids, path), call_method(fake, ids, path, name, turned_on=True)


def ids_in(path, things):
    return [getattr(thing, LISTED[path]) for thing in things]


@pytest.mark.parametrize(
    ("path", "name"), [one for one in FILTERS if one not in UNIMPLEMENTED_FILTERS]
)
def test_a_filter_leaves_some_and_not_others_in_their_order(path, name):
    all_of_them, left = (ids_in(path, things) for things in listed(path, name))

    assert left == [one for one in all_of_them if one in left]
    assert 0 < len(left) < len(all_of_them) == len(set(all_of_them))


@pytest.mark.parametrize(("path", "name"), UNIMPLEMENTED_FILTERS)
def test_a_filter_by_what_is_not_implemented_leaves_nothing(path, name):
    all_of_them, left = listed(path, name)

    assert (path, name) in FILTERS
    assert len(all_of_them) > 1 and left == []


@pytest.mark.parametrize(("path", "name"), SLICED)
def test_a_list_is_cut(path, name):
    all_of_them, left = (ids_in(path, things) for things in listed(path, name))

    assert len(all_of_them) > 1
    assert left == all_of_them[SLICES[name]]


# Filters that compare a field of another name.
LOOKED_FOR_IN = {
    "access_code_ids": "access_code_id",
    "connected_account_ids": "connected_account_id",
    "device_ids": "device_id",
    "device_types": "device_type",
    "action_attempt_ids": "action_attempt_id",
    "event_ids": "event_id",
    "event_types": "event_type",
    "user_identity_ids": "user_identity_id",
    ("/events/list", "space_ids"): "space_id",
}
# Filters by what is not in the result: the account of a webview, the spaces of a device.
NOT_SHOWN = {
    *((path, "user_identifier_key") for path in LISTED if path != "/client_sessions/list"),
    *((f"/devices{kind}/list", "connect_webview_id") for kind in ("", "/unmanaged")),
    *((f"/devices{kind}/list", "customer_key") for kind in ("", "/unmanaged")),
    *(("/devices/list", "space_id"), ("/connected_accounts/list", "space_id")),
    *(("/locks/list", name) for name in ("connect_webview_id", "customer_key")),
    ("/access_codes/list", "customer_key"),
    ("/action_attempts/list", "device_id"),
    ("/client_sessions/list", "connect_webview_id"),
}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (path, name)
        for path, name in FILTERS
        if (path, name) not in {*UNIMPLEMENTED_FILTERS, *NOT_SHOWN}
        and (name.endswith(("_id", "_ids", "_key", "_type", "_types")))
        and name not in ("unstable_location_id", "without_user_identifier_key")
    ],
)
def test_a_filter_leaves_exactly_the_matches(path, name):
    fake, ids = furnished()
    wanted = value_of(path, name)(fake, ids)
    field = LOOKED_FOR_IN.get((path, name)) or LOOKED_FOR_IN.get(name, name)
    all_of_them, left = listed(path, name)

    found = [one for one in all_of_them if matches(getattr(one, field, None), wanted)]
    assert ids_in(path, left) == ids_in(path, found)


def matches(found, wanted):
    return found in wanted if isinstance(wanted, list) else found == wanted


@pytest.mark.parametrize(
    ("path", "name"), [one for one in FILTERS if one[1] in ("created_before", "since")]
)
def test_a_moment_splits_a_list_the_right_way_around(path, name):
    fake, ids = furnished()
    moment = value_of(path, name)(fake, ids)
    all_of_them, left = listed(path, name)

    found = [one for one in all_of_them if (one.created_at < moment) is (name != "since")]
    assert ids_in(path, left) == ids_in(path, found)


# Parameters that could be confused with one another


@pytest.mark.parametrize(("path", "name"), SHOWN_AS)
def test_a_parameter_is_shown_under_its_own_name(path, name):
    shown_as, _ = SHOWN_AS[path, name]
    sent = value_of(path, name)(*furnished())

    wanted = sent["name"] if name == "properties" else sent
    assert at(result_of(path, name, turned_on=True), shown_as) == wanted
    assert at(result_of(path, name), shown_as) != wanted


def result_of(path, name, *, turned_on=False):
    """The object that a call created or changed, in a new furnished workspace."""
    fake, ids = furnished()
    response = call_method(fake, ids, path, name, turned_on=turned_on)
    _, shown_by = SHOWN_AS[path, name]
    if shown_by is None:
        return response
    base = BASE.get(path, lambda ids: {})(ids)
    with fake.client() as client:
        return method(client, shown_by)(**{key: base[key] for key in base if key[-3:] == "_id"})


def at(response, dotted):
    value = response
    for name in dotted.split("."):
        value = value.get(name) if isinstance(value, dict) else getattr(value, name, None)
    return value
