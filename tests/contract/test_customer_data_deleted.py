"""Deleting what an app has told of its customers."""

from __future__ import annotations

import pytest

DELETE = "/customers/delete_data"


@pytest.fixture
def told(fake):
    """Two customers with a space, an identity and an account each."""
    for customer in ("hotel", "villa"):
        fake.connect_account(email=f"{customer}@example.com", customer_key=customer)
        room = {"name": "Room", "space_key": f"{customer} room"}
        jane = {"name": "Jane", "user_identity_key": f"{customer} jane"}
        data = {"customer_key": customer, "spaces": [room], "user_identities": [jane]}
        fake.call("/customers/push_data", data)
    return fake


def left(fake):
    spaces = fake.call("/spaces/list")["spaces"]
    identities = fake.call("/user_identities/list")["user_identities"]
    return [space["space_key"] for space in spaces] + [
        identity["user_identity_key"] for identity in identities
    ]


def test_a_customers_data_goes_and_its_accounts_stay(told):
    accounts = told.call("/connected_accounts/list")
    devices = told.call("/devices/list")

    assert told.call(DELETE, {"customer_keys": ["hotel"]}) == {"ok": True}

    assert left(told) == ["villa room", "villa jane"]
    assert told.call("/connected_accounts/list") == accounts
    assert told.call("/devices/list") == devices
    assert len(told.call("/devices/list", {"customer_key": "hotel"})["devices"]) == 2
    deleted = told.events.filter("space.deleted")
    assert [event["space_key"] for event in deleted] == ["hotel room"]


def test_data_goes_by_its_own_keys(told):
    told.call("/spaces/create", {"name": "x", "space_key": "nobody's"})
    keys = {"space_keys": ["nobody's", "hotel room"], "user_identity_keys": ["villa jane"]}

    told.call(DELETE, keys, method="DELETE")

    assert left(told) == ["villa room", "hotel jane"]


def test_what_is_named_twice_goes_once(told):
    told.call(DELETE, {"customer_keys": ["hotel", "hotel"], "space_keys": ["hotel room"]})

    assert left(told) == ["villa room", "villa jane"]
    assert len(told.events.filter("space.deleted")) == 1


def test_unknown_keys_do_nothing(told):
    before = left(told), len(told.events)
    unknown = ["nobody"]

    told.call(DELETE, {})
    told.call(
        DELETE,
        {"customer_keys": unknown, "space_keys": unknown, "user_identity_keys": unknown},
    )

    assert (left(told), len(told.events)) == before


def test_spaces_below_each_other_go_together(told):
    hall = told.call("/spaces/create", {"name": "Hall", "customer_key": "hotel"})["space"]
    sent = {"space_key": "hotel room", "parent_space_id": hall["space_id"]}
    told.call("/spaces/update", sent)

    told.call(DELETE, {"customer_keys": ["hotel"]})

    assert left(told) == ["villa room", "villa jane"]


@pytest.mark.parametrize(
    "name",
    [
        *("access_grant booking building common_area facility guest listing property".split()),
        *("property_listing reservation resident room staff_member tenant unit user".split()),
    ],
)
def test_other_keys_are_checked_and_do_nothing(told, refuse, name):
    before = left(told)

    told.call(DELETE, {f"{name}_keys": ["hotel room", "hotel jane"]})

    assert left(told) == before
    assert refuse(DELETE, {f"{name}_keys": [""]}).type == "invalid_input"


def test_another_workspaces_data_stays(told):
    other = told.create_workspace()

    keys = {"customer_keys": ["hotel"], "space_keys": ["villa room"]}
    told.call(DELETE, keys, token=other.api_key)

    assert len(left(told)) == 4


def test_a_customers_session_deletes_its_customers_data_alone(told, refuse):
    token = told.create_client_session(customer_key="hotel")

    refusal = refuse(DELETE, {"customer_keys": ["hotel", "villa"]}, token=token)
    assert (refusal.status, refusal.type) == (401, "unauthorized")
    assert len(left(told)) == 4

    keys = {"space_keys": ["villa room"], "user_identity_keys": ["villa jane"]}
    told.call(DELETE, {**keys, "customer_keys": ["hotel"]}, token=token)
    assert left(told) == ["villa room", "villa jane"]
