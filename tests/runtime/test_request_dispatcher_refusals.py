"""Refused requests: unknown paths, paths that are not implemented, and methods."""

from __future__ import annotations

import pytest


def error_of(refusal):
    return (refusal.status, refusal.type, refusal.message)


# Paths


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/connected_accounts/lst", "/connected_accounts/list"),
        ("/connect_webview/create", "/connect_webviews/create"),
        ("/connect_webviews/create/", "/connect_webviews/create"),
        ("/connect_webviews/list_", "/connect_webviews/list"),
        ("connect_webviews/get", "/connect_webviews/get"),
        ("/_fakeseam/complete_webview", "/_fakeseam/complete_connect_webview"),
        ("/_fakeseam/clock/advanse", "/_fakeseam/clock/advance"),
    ],
)
def test_an_unknown_path_is_refused_with_the_nearest_one(refuse, path, nearest):
    refusal = refuse(path)

    assert (refusal.status, refusal.type) == (404, "not_found")
    assert refusal.message == f"No endpoint at {path}. Did you mean {nearest}?"


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/_fakeseam/no_such_endpoint", "/_fake/x"])
def test_any_unknown_path_is_not_found(refuse, path):
    assert refuse(path).status == 404


@pytest.mark.parametrize(
    "path", ["", "/nothing", "/thermostats/haet", "/phones/lst", "/_fakeseam/xyz", "/_fake/x"]
)
def test_nothing_is_meant_by_a_path_that_is_like_none_that_is_implemented(refuse, path):
    assert refuse(path).message == f"No endpoint at {path}."


@pytest.mark.parametrize(
    "path",
    [
        *("/access_grants/create", "/acs/users/list", "/thermostats/heat", "/phones/list"),
        # In the SDK only: Seam's OpenAPI is older.
        *("/cameras/live_views/create", "/media/get", "/thermostats/activate_weekly_program"),
    ],
)
def test_a_documented_path_that_is_not_implemented_says_so(refuse, path):
    refusal = refuse(path)

    assert (refusal.status, refusal.type) == (501, "fakeseam_not_implemented")
    assert refusal.message == (
        f"fakeseam does not implement {path}. A test can answer it: fake.answer()."
    )


def test_its_message_names_what_is_implemented_of_the_same_noun(refuse):
    assert refuse("/user_identities/merge").message == (
        "fakeseam does not implement /user_identities/merge. Similar endpoints that it implements:"
        " /user_identities/get, /user_identities/delete, /user_identities/create."
        " A test can answer it: fake.answer()."
    )


# Methods


METHODS = {
    "/connect_webviews/create": "POST",
    "/connect_webviews/delete": "DELETE,POST",
    "/connect_webviews/get": "GET,POST",
    "/connect_webviews/list": "GET,POST",
    "/connected_accounts/delete": "DELETE,POST",
    "/connected_accounts/get": "GET,POST",
    "/connected_accounts/list": "GET,POST",
    "/connected_accounts/simulate/disconnect": "POST",
    "/connected_accounts/sync": "POST",
    "/connected_accounts/update": "PATCH,POST",
    "/customers/create_portal": "POST",
    "/customers/delete_data": "DELETE,POST",
    "/customers/push_data": "POST",
    "/devices/get": "GET,POST",
    "/devices/list": "GET,POST",
    "/events/get": "GET,POST",
    "/events/list": "GET,POST",
    "/spaces/add_connected_account": "POST,PUT",
    "/spaces/add_devices": "POST,PUT",
    "/spaces/create": "POST",
    "/spaces/delete": "DELETE,POST",
    "/spaces/get": "GET,POST",
    "/spaces/list": "GET,POST",
    "/spaces/remove_connected_account": "DELETE,POST",
    "/spaces/remove_devices": "DELETE,POST",
    "/spaces/update": "PATCH,POST",
    "/user_identities/create": "POST",
    "/user_identities/delete": "DELETE,POST",
    "/user_identities/get": "GET,POST",
    "/user_identities/list": "GET,POST",
    "/user_identities/update": "PATCH,POST",
    "/webhooks/create": "POST",
    "/webhooks/delete": "DELETE,POST",
    "/webhooks/get": "GET,POST",
    "/webhooks/list": "GET,POST",
    "/webhooks/update": "POST,PUT",
    "/workspaces/get": "GET,POST",
    "/workspaces/reset_sandbox": "POST",
}


@pytest.mark.parametrize("path", METHODS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_is_accepted_or_refused_with_the_accepted_ones(fake, refuse, path, method):
    if method in METHODS[path].split(","):
        _assert_let_in(fake, path, method)
        return

    refusal = refuse(path, method=method)

    assert error_of(refusal) == (405, "method_not_allowed", f"only {METHODS[path]} accepted")


def _assert_let_in(fake, path, method):
    try:
        fake.call(path, method=method)
    except Exception as refusal:
        assert refusal.status == 400


def test_a_method_may_be_written_in_small_letters(fake):
    assert fake.call("/connect_webviews/list", method="get")["ok"] is True
