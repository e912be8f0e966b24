"""What an app tells of its customers: data pushed, portals, data deleted."""

from __future__ import annotations

import pytest

PUSH, DELETE, PORTAL = "/customers/push_data", "/customers/delete_data", "/customers/create_portal"
ROOM = {"name": "Room", "space_key": "r1"}
JANE = {"name": "Jane", "user_identity_key": "jane"}


@pytest.fixture
def push(fake):
    """Push data of a customer."""

    def push(customer_key="hotel", **data):
        return fake.call(PUSH, {"customer_key": customer_key, **data})

    return push


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
    push(user_identities=[{**JANE, "email_address": "jane@example.com", "phone_number": "0100"}])
    made = identities(fake)[0]
    assert (made["full_name"], made["user_identity_key"]) == ("Jane", "jane")
    assert (made["email_address"], made["phone_number"]) == ("jane@example.com", "0100")

    push(user_identities=[{**JANE, "name": "Jane Doe", "email_address": ""}])

    assert identities(fake) == [{**made, "full_name": "Jane Doe", "display_name": "Jane Doe"}]


@pytest.mark.parametrize("latitude", [float("inf"), 10**400])
def test_a_place_on_earth_is_finite(refuse, latitude):
    room = {**ROOM, "geolocation": {"latitude": latitude, "longitude": 0}}

    refusal = refuse(PUSH, {"customer_key": "hotel", "spaces": [room]})

    assert refusal.message == 'Number must be finite for "spaces.0.geolocation.latitude"'


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


STAY = {"starts_at": "2026-01-01T00:00:00Z", "room_keys": ["r1"], "guest_key": "g"}
METADATA = {"custom_metadata": {"a": "1", "b": True, "c": None}}
OTHER = {
    "access_grants": {"access_grant_key": "k", **STAY},
    "bookings": {"booking_key": "k", "name": "x", **STAY},
    "buildings": {"building_key": "k", "name": "x"},
    "common_areas": {"common_area_key": "k", "name": "x", "parent_site_key": "s"},
    "facilities": {"facility_key": "k", "name": "x"},
    "guests": {"guest_key": "k", "name": "x", "email_address": "no address"},
    "listings": {"listing_key": "k", "name": "x"},
    "properties": {"property_key": "k", "name": "x"},
    "property_listings": {"property_listing_key": "k", "name": "x", **METADATA},
    "reservations": {"reservation_key": "k", **METADATA, **STAY},
    "residents": {"resident_key": "k", "name": "x"},
    "rooms": {"room_key": "k", "name": "x", "parent_site_key": "s"},
    "sites": {"site_key": "k", "name": "x"},
    "staff_members": {"staff_member_key": "k", "name": "x", "site_keys": ["s"]},
    "tenants": {"tenant_key": "k", "name": "x"},
    "units": {"unit_key": "k", "name": "x", "parent_site_key": "s"},
    "users": {"user_key": "k", "name": "x", "phone_number": "1"},
}


@pytest.mark.parametrize("name", OTHER)
def test_everything_else_is_checked_and_has_no_effect(fake, refuse, push, name):
    item = OTHER[name]
    key = next(iter(item))

    push(**{name: [item]})

    assert spaces(fake) == identities(fake) == []
    sent = {"customer_key": "hotel", name: [{"unknown": 1}]}
    assert f"{name}.0.{key} is required" in refuse(PUSH, sent).message
    sent = {"customer_key": "hotel", name: [{**item, key: 7}]}
    assert refuse(PUSH, sent).message == f'Expected string, received number for "{name}.0.{key}"'


def test_the_newest_settings_are_taken_or_null(refuse, push):
    push(low_battery_alert_threshold=0.25, customization_profile_id=None)
    push(low_battery_alert_threshold=None)

    sent = {"customer_key": "hotel", "low_battery_alert_threshold": 2}
    assert refuse(PUSH, sent).message == (
        'Number must be less than or equal to 1 for "low_battery_alert_threshold"'
    )
    assert refuse(PUSH, {}).message == "customer_key is required"


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


def test_a_portal_brings_the_customers_data(fake):
    data = {"customer_key": "hotel", "spaces": [ROOM], "user_identities": [JANE]}

    fake.call(PORTAL, {"customer_data": data})

    assert [space["customer_key"] for space in spaces(fake)] == ["hotel"]
    assert [one["full_name"] for one in identities(fake)] == ["Jane"]


def test_a_portal_takes_every_option(fake):
    options = {
        "customer_resources_filters": [
            {"field": "a", "operation": "=", "value": "x"},
            {"field": "_b", "operation": "=", "value": False},
        ],
        "deep_link": {"resource_type": "device", "resource_id": "d"},
        "exclude_locale_picker": True,
        "features": {"manage": {"exclude": True, "events": {"allowed_events": ["x"]}}},
        "is_embedded": True,
        "landing_page": {"manage": {"reservation_key": "k"}},
        "locale": "pt-PT",
        "navigation_mode": "restricted",
        "read_only": True,
    }

    assert fake.call(PORTAL, {"customer_data": {"customer_key": "hotel"}, **options})["ok"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"deep_link": {"resource_type": "space"}}, "deep_link.resource_key is required"),
        (
            {"deep_link": {"resource_type": "room"}},
            "Invalid discriminator value. Expected 'reservation' | 'space' | 'device'"
            ' for "deep_link.resource_type"',
        ),
        (
            {"deep_link": {"resource_type": "device", "resource_id": 1}},
            'Expected string, received number for "deep_link.resource_id"',
        ),
        (
            {"landing_page": {"manage": {"guest_key": "x"}}},
            'Invalid input for "landing_page.manage"',
        ),
        (
            {"features": {"connect": {"exclude": "yes"}}},
            'Expected boolean, received string for "features.connect.exclude"',
        ),
        (
            {"customer_resources_filters": [{"field": "a", "operation": "=", "value": 1}]},
            'Invalid input for "customer_resources_filters.0.value"',
        ),
    ],
)
def test_a_portal_refuses_an_option_that_is_none(refuse, option, message):
    sent = {"customer_data": {"customer_key": "hotel"}, **option}

    refusal = refuse(PORTAL, sent)

    assert (refusal.type, refusal.message) == ("invalid_input", message)


def test_a_portal_without_a_customer_is_refused(refuse):
    assert refuse(PORTAL, {}).message == "customer_data is required"
    assert refuse(PORTAL, {"customer_data": {}}).message == (
        "customer_data.customer_key is required"
    )
