"""Customers are kept apart: no session sees, changes or makes what is another customer's."""

from __future__ import annotations

import json

import pytest

EVERYTHING = {"since": "2000-01-01", "limit": 1000}
LISTS = (
    ("/connect_webviews/list", "connect_webviews"),
    ("/connected_accounts/list", "connected_accounts"),
    ("/devices/list", "devices"),
    ("/spaces/list", "spaces"),
)


@pytest.fixture
def two(fake):
    """Two customers that have one of everything, and one of everything without a customer."""
    fake.tokens, fake.had = {}, {}
    for name in ("hotel", "villa", None):
        own = {} if name is None else {"customer_key": name}
        webview = fake.call("/connect_webviews/create", own)["connect_webview"]
        account = fake.complete_connect_webview(webview, email=f"{name}@example.com")
        sent = {"connected_account_id": account["connected_account_id"]}
        device = fake.call("/devices/list", sent)["devices"][0]["device_id"]
        room = {"name": "Room", "space_key": f"{name} room", "device_ids": [device], **own}
        space = fake.call("/spaces/create", {**room, "connected_account_ids": [*sent.values()]})
        jane = {"user_identity_key": f"{name} jane", **own}
        identity = fake.call("/user_identities/create", jane)["user_identity"]
        fake.had[name] = {
            "connect_webview_id": webview["connect_webview_id"],
            **sent,
            "device_id": device,
            "space_id": space["space"]["space_id"],
            "user_identity_id": identity["user_identity_id"],
        }
        fake.tokens[name] = fake.create_client_session(**own)
    return fake


def seen(fake, name):
    """Every text in every list that the session may call."""
    token = fake.tokens[name]
    lists = LISTS if name else (LISTS[0], LISTS[2])
    found = [fake.call(path, token=token)[key] for path, key in lists]
    found.append(fake.call("/events/list", EVERYTHING, token=token)["events"])
    return json.dumps(found)


def space_events(fake, name):
    events = fake.call("/events/list", EVERYTHING, token=fake.tokens[name])["events"]
    return [event["event_type"] for event in events if "space_id" in event]


def identify(fake, token, user_identity_id):
    """Make a session an identity's; a customer's session cannot look itself up."""
    listed = fake.call("/client_sessions/list")["client_sessions"]
    (session_id,) = (one["client_session_id"] for one in listed if one["token"] == token)
    fake.call(
        "/client_sessions/grant_access",
        {"client_session_id": session_id, "user_identity_id": user_identity_id},
    )


# What a session sees


@pytest.mark.parametrize(("mine", "other"), [("hotel", "villa"), ("villa", "hotel")])
def test_no_list_shows_a_customers_session_another_customer(two, mine, other):
    found = seen(two, mine)

    for name, value in two.had[mine].items():
        assert value in found or name == "user_identity_id"
    for value in (*two.had[other].values(), *two.had[None].values(), other):
        assert value not in found


@pytest.mark.parametrize(("mine", "other"), [("hotel", "villa"), ("villa", None)])
def test_nothing_of_another_customer_is_found(two, refuse, mine, other):
    token, had = two.tokens[mine], two.had[other]

    for path, status, name in (
        ("/connect_webviews/get", 404, "connect_webview_id"),
        ("/connected_accounts/get", 404, "connected_account_id"),
        ("/connected_accounts/delete", 404, "connected_account_id"),
        ("/connected_accounts/simulate/disconnect", 404, "connected_account_id"),
        ("/devices/get", 401, "device_id"),
        ("/spaces/get", 404, "space_id"),
        ("/spaces/update", 404, "space_id"),
        ("/spaces/delete", 404, "space_id"),
        ("/user_identities/get", 404, "user_identity_id"),
    ):
        assert refuse(path, {name: had[name]}, token=token).status == status, path
    for path, sent in (
        ("/spaces/get", {"space_key": f"{other} room"}),
        ("/spaces/update", {"space_key": f"{other} room", "name": "lost"}),
        ("/user_identities/get", {"user_identity_key": f"{other} jane"}),
    ):
        assert refuse(path, sent, token=token).status == 404, path


def test_no_filter_reaches_another_customers_space(two):
    token, had = two.tokens["hotel"], two.had["villa"]
    space = {"space_id": had["space_id"]}

    for path, key, sent in (
        ("/devices/list", "devices", space),
        ("/devices/list", "devices", {"unstable_location_id": had["space_id"]}),
        ("/connected_accounts/list", "connected_accounts", space),
        ("/spaces/list", "spaces", {"customer_key": "villa"}),
        ("/spaces/list", "spaces", {"space_key": "villa room"}),
        ("/events/list", "events", EVERYTHING | space),
        ("/events/list", "events", EVERYTHING | {"customer_key": "villa"}),
    ):
        assert two.call(path, sent, token=token)[key] == [], sent


def test_what_is_listed_in_a_session_of_another_customer_stays_out_of_sight(two):
    had = two.had["villa"]
    two.tokens["hotel"] = two.create_client_session(
        customer_key="hotel",
        connect_webview_ids=[had["connect_webview_id"]],
        connected_account_ids=[had["connected_account_id"]],
    )

    found = seen(two, "hotel")

    for value in had.values():
        assert value not in found


def test_what_has_no_customer_is_seen_where_it_is_listed(two):
    had = two.had[None]
    two.tokens["hotel"] = two.create_client_session(
        customer_key="hotel", connected_account_ids=[had["connected_account_id"]]
    )

    found = seen(two, "hotel")

    assert had["connected_account_id"] in found and had["device_id"] in found
    assert had["space_id"] not in found and had["connect_webview_id"] in found


def test_a_session_without_a_customer_sees_no_spaces(two, refuse):
    had = two.had["hotel"]
    ids = [had["connected_account_id"]]
    two.tokens[None] = token = two.create_client_session(connected_account_ids=ids)

    assert refuse("/spaces/list", token=token).status == 401
    device = two.call("/devices/get", {"device_id": had["device_id"]}, token=token)["device"]
    assert device["space_ids"] == []
    sent = {"space_id": had["space_id"]}
    assert two.call("/devices/list", sent, token=token)["devices"] == []
    assert had["space_id"] not in seen(two, None)


def test_a_customers_session_sees_its_spaces_events_to_the_end(two):
    two.call("/spaces/delete", {"space_id": two.had["hotel"]["space_id"]})

    assert space_events(two, "hotel") == ["space.created", "space.deleted"]
    assert space_events(two, "villa") == ["space.created"]


def test_a_parent_space_that_is_another_customers_is_not_shown(two):
    above = {"parent_space_key": "villa room"}
    sent = {"space_id": two.had["hotel"]["space_id"]}
    two.call("/spaces/update", sent | above)

    shown = two.call("/spaces/get", sent, token=two.tokens["hotel"])["space"]

    assert "parent_space_id" not in shown and "parent_space_key" not in shown


# The customer of a new record


def test_what_a_customers_session_makes_is_the_customers(two):
    token = two.tokens["hotel"]

    webview = two.call("/connect_webviews/create", token=token)["connect_webview"]
    space = two.call("/spaces/create", {"name": "x"}, token=token)["space"]
    account = two.complete_connect_webview(webview, email="new@example.com")

    assert {one["customer_key"] for one in (webview, space, account)} == {"hotel"}


@pytest.mark.parametrize("path", ["/connect_webviews/create", "/spaces/create"])
def test_a_customers_session_makes_nothing_for_another(two, refuse, path):
    before = two.snapshot()
    sent = {"name": "x", "customer_key": "villa"}

    refusal = refuse(path, sent, token=two.tokens["hotel"])

    assert (refusal.status, refusal.type, refusal.message) == (
        401,
        "unauthorized",
        "Not authorized to act for this customer",
    )
    assert two.snapshot() == before
    two.call(path, {**sent, "customer_key": "hotel"}, token=two.tokens["hotel"])


def test_a_customers_session_puts_only_what_it_sees_into_a_space(two, refuse):
    token, had, other = two.tokens["hotel"], two.had["hotel"], two.had["villa"]
    space = {"space_id": had["space_id"]}

    for path, sent in (
        ("/spaces/add_devices", {"device_ids": [other["device_id"]]}),
        ("/spaces/update", {"device_ids": [other["device_id"]]}),
        ("/spaces/update", {"parent_space_id": other["space_id"]}),
        ("/spaces/add_connected_account", {k: other[k] for k in ("connected_account_id",)}),
    ):
        assert refuse(path, space | sent, token=token).status == 404, path
    devices = [had["device_id"]]
    assert two.call("/spaces/remove_devices", space | {"device_ids": devices}, token=token)["ok"]


# Identities and their sessions


def test_a_session_lists_its_own_identity_alone(two, tmp_path):
    mine = two.had["hotel"]["user_identity_id"]
    token = two.tokens[None]
    assert two.call("/user_identities/list", token=token)["user_identities"] == []

    identify(two, token, mine)

    listed = two.call("/user_identities/list", token=token)["user_identities"]
    assert [one["user_identity_id"] for one in listed] == [mine]
    other = {"user_identity_ids": [two.had["villa"]["user_identity_id"]]}
    assert two.call("/user_identities/list", other, token=token)["user_identities"] == []


def test_a_deleted_identity_takes_its_sessions_along(two, refuse, tmp_path):
    mine = two.had["hotel"]["user_identity_id"]
    identify(two, two.tokens["hotel"], mine)

    two.call("/user_identities/delete", {"user_identity_id": mine})

    refusal = refuse("/devices/list", token=two.tokens["hotel"])
    assert (refusal.status, refusal.type) == (401, "client_session_not_found")
    assert two.call("/devices/list", token=two.tokens["villa"])["ok"] is True
    assert len(two.events.filter("client_session.deleted")) == 1


# Where a customer's key goes: from the webview to the account, its devices and events


def test_a_key_goes_from_the_webview_to_its_account_devices_and_events(fake):
    webview = fake.call("/connect_webviews/create", {"customer_key": "hotel"})["connect_webview"]
    account = fake.complete_connect_webview(webview, provider="august")
    assert account["customer_key"] == "hotel"

    assert len(fake.call("/devices/list", {"customer_key": "hotel"})["devices"]) == 2
    found = {event["event_type"] for event in fake.events if event.get("customer_key") == "hotel"}
    assert found == {
        "connect_webview.login_succeeded",
        "connected_account.connected",
        "device.added",
        "device.connected",
    }


def test_an_account_that_is_given_to_a_customer_takes_its_devices_along(fake):
    account = fake.connect_account(provider="august")["connected_account_id"]
    token = fake.create_client_session(customer_key="hotel")
    assert fake.call("/devices/list", token=token)["devices"] == []

    sent = {"connected_account_id": account, "customer_key": "hotel"}
    fake.call("/connected_accounts/update", sent)
    fake.disconnect_account(account)

    assert len(fake.call("/devices/list", token=token)["devices"]) == 2
    gone = fake.events.filter("device.disconnected")
    assert [event["customer_key"] for event in gone] == ["hotel", "hotel"]
