"""/customers: pushing data, portals, and deleting data."""

from __future__ import annotations

import pytest

PUSH, DELETE, PORTAL = "/customers/push_data", "/customers/delete_data", "/customers/create_portal"
ROOM = {"name": "Room", "space_key": "r1"}
JANE = {"name": "Jane", "user_identity_key": "jane"}


def spaces(fake, **filters):
    return fake.call("/spaces/list", filters)["spaces"]


def identities(fake):
    return fake.call("/user_identities/list")["user_identities"]


# Pushing


def test_spaces_that_are_pushed_are_the_customers(fake, push):
    where = {"latitude": 48.2, "longitude": 16}
    data = {"address": "1 Main St", "time_zone": None}
    room = {**ROOM, "customer_data": data, "geolocation": where, "parent_site_key": "site"}

    assert push(spaces=[room, {"name": "Hall", "space_key": "h1"}]) == {"ok": True}

    made, hall = spaces(fake, customer_key="hotel")
    assert (made["name"], made["space_key"], made["customer_key"]) == ("Room", "r1", "hotel")
    assert made["geolocation"] == {"latitude": 48.2, "longitude": 16}
    assert made["customer_data"] == {"address": "1 Main St"}
    assert hall["name"] == "Hall"
    assert [event["event_type"] for event in fake.events] == ["space.created"] * 2


def test_pushing_a_key_again_changes_its_space(fake, push):
    where = {"latitude": 1, "longitude": 2}
    push(spaces=[{**ROOM, "geolocation": where, "customer_data": {"time_zone": "UTC"}}])
    before = spaces(fake)[0]

    push(spaces=[{**ROOM, "name": "Suite", "customer_data": {"address": "x"}}])

    data = {"time_zone": "UTC", "address": "x"}
    changed = {**before, "name": "Suite", "display_name": "Suite", "customer_data": data}
    assert spaces(fake) == [changed]
    assert len(fake.events) == 1


def test_a_space_without_a_customer_becomes_the_customers(fake, push):
    made = fake.call("/spaces/create", ROOM)["space"]

    push(spaces=[ROOM])

    assert spaces(fake) == [{**made, "customer_key": "hotel"}]


def test_identities_that_are_pushed_are_made_or_changed(fake, push):
    reached = {"email_address": "jane@example.com", "phone_number": "+15551234567"}
    push(user_identities=[{**JANE, **reached}])
    made = identities(fake)[0]
    assert (made["full_name"], made["user_identity_key"]) == ("Jane", "jane")
    assert (made["email_address"], made["phone_number"]) == ("jane@example.com", "+15551234567")

    push(user_identities=[{**JANE, "name": "Jane Doe"}])

    assert identities(fake) == [{**made, "full_name": "Jane Doe", "display_name": "Jane Doe"}]


@pytest.mark.parametrize(
    ("more", "type"),
    [
        ({"spaces": [{"name": "x", "space_key": "new"}, ROOM]}, "space_key_already_exists"),
        (
            {"spaces": [{"name": "x", "space_key": "new"}], "user_identities": [JANE]},
            "user_identity_already_exists",
        ),
    ],
)
def test_what_is_another_customers_is_refused_with_the_whole_push(fake, refuse, push, more, type):
    push("villa", spaces=[ROOM], user_identities=[JANE])

    refusal = refuse(PUSH, {"customer_key": "hotel", **more})

    assert (refusal.status, refusal.type) == (400, type)
    assert len(spaces(fake)) == len(identities(fake)) == len(fake.events) == 1


# Portals


def test_a_portal_is_the_customers_for_an_hour(fake):
    portal = fake.call(PORTAL, {"customer_data": {"customer_key": "hotel"}})["customer_portal"]

    assert portal == {
        "customer_key": "hotel",
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "expires_at": "2026-01-01T01:00:00.000Z",
        "url": portal["url"],
    }
    assert portal["url"].startswith("http://")
    again = fake.call(PORTAL, {"customer_data": {"customer_key": "hotel"}})["customer_portal"]
    assert again["url"] != portal["url"]


def test_a_portal_is_shown_as_a_magic_link_too(fake):
    body = fake.call(PORTAL, {"customer_data": {"customer_key": "hotel"}})

    assert body["magic_link"] == body["customer_portal"]


def test_a_portal_brings_the_customers_data(fake):
    data = {"customer_key": "hotel", "spaces": [ROOM], "user_identities": [JANE]}

    fake.call(PORTAL, {"customer_data": data})

    assert [space["customer_key"] for space in spaces(fake)] == ["hotel"]
    assert [one["full_name"] for one in identities(fake)] == ["Jane"]


def test_a_portal_without_a_customer_is_refused(refuse):
    assert refuse(PORTAL, {}).message == "customer_data is required"
    assert refuse(PORTAL, {"customer_data": {}}).message == (
        "customer_data.customer_key is required"
    )


# Deletion


def left(fake):
    spaces = fake.call("/spaces/list")["spaces"]
    identities = fake.call("/user_identities/list")["user_identities"]
    return [space["space_key"] for space in spaces] + [
        identity["user_identity_key"] for identity in identities
    ]


def test_a_customers_data_goes_and_its_accounts_stay(pushed):
    accounts = pushed.call("/connected_accounts/list")
    devices = pushed.call("/devices/list")

    assert pushed.call(DELETE, {"customer_keys": ["hotel"]}) == {"ok": True}

    assert left(pushed) == ["villa room", "villa jane"]
    assert pushed.call("/connected_accounts/list") == accounts
    assert pushed.call("/devices/list") == devices
    assert len(pushed.call("/devices/list", {"customer_key": "hotel"})["devices"]) == 2
    deleted = pushed.events.filter("space.deleted")
    assert [event["space_key"] for event in deleted] == ["hotel room"]


def test_data_goes_by_its_own_keys(pushed):
    pushed.call("/spaces/create", {"name": "x", "space_key": "no customer's"})
    keys = {"space_keys": ["no customer's", "hotel room"], "user_identity_keys": ["villa jane"]}

    pushed.call(DELETE, keys, method="DELETE")

    assert left(pushed) == ["villa room", "hotel jane"]


def test_what_is_named_twice_is_deleted_once(pushed):
    pushed.call(DELETE, {"customer_keys": ["hotel", "hotel"], "space_keys": ["hotel room"]})

    assert left(pushed) == ["villa room", "villa jane"]
    assert len(pushed.events.filter("space.deleted")) == 1


def test_unknown_keys_do_nothing(pushed):
    before = left(pushed), len(pushed.events)
    unknown = ["nobody"]

    pushed.call(DELETE, {})
    pushed.call(
        DELETE,
        {"customer_keys": unknown, "space_keys": unknown, "user_identity_keys": unknown},
    )

    assert (left(pushed), len(pushed.events)) == before


def test_spaces_below_each_other_go_together(pushed):
    hall = pushed.call("/spaces/create", {"name": "Hall", "customer_key": "hotel"})["space"]
    sent = {"space_key": "hotel room", "parent_space_id": hall["space_id"]}
    pushed.call("/spaces/update", sent)

    pushed.call(DELETE, {"customer_keys": ["hotel"]})

    assert left(pushed) == ["villa room", "villa jane"]


def test_another_workspaces_data_stays(pushed):
    other = pushed.create_workspace()

    keys = {"customer_keys": ["hotel"], "space_keys": ["villa room"]}
    pushed.call(DELETE, keys, token=other.api_key)

    assert len(left(pushed)) == 4


def test_a_customers_session_deletes_its_customers_data_alone(pushed, refuse):
    token = pushed.create_client_session(customer_key="hotel")

    refusal = refuse(DELETE, {"customer_keys": ["hotel", "villa"]}, token=token)
    assert (refusal.status, refusal.type) == (401, "unauthorized")
    assert len(left(pushed)) == 4

    keys = {"space_keys": ["villa room"], "user_identity_keys": ["villa jane"]}
    pushed.call(DELETE, {**keys, "customer_keys": ["hotel"]}, token=token)
    assert left(pushed) == ["villa room", "villa jane"]
