"""The parameters for a customer's data and for a portal: they are checked, most have no effect."""

from __future__ import annotations

import pytest

PUSH, DELETE, PORTAL = "/customers/push_data", "/customers/delete_data", "/customers/create_portal"
ROOM = {"name": "Room", "space_key": "r1"}


@pytest.mark.parametrize("latitude", [float("inf"), 10**400])
def test_a_place_on_earth_is_finite(refuse, latitude):
    room = {**ROOM, "geolocation": {"latitude": latitude, "longitude": 0}}

    refusal = refuse(PUSH, {"customer_key": "hotel", "spaces": [room]})

    assert refusal.message == 'Number must be finite for "spaces.0.geolocation.latitude"'


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

    assert fake.call("/spaces/list")["spaces"] == []
    assert fake.call("/user_identities/list")["user_identities"] == []
    sent = {"customer_key": "hotel", name: [{"unknown": 1}]}
    assert f"{name}.0.{key} is required" in refuse(PUSH, sent).message
    sent = {"customer_key": "hotel", name: [{**item, key: 7}]}
    assert refuse(PUSH, sent).message == f'Expected string, received number for "{name}.0.{key}"'


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("email_address", "x", "Invalid email"),
        ("email_address", "", "Invalid email"),
        ("phone_number", "0100", "Invalid"),
        ("name", "", "String must contain at least 1 character(s)"),
        ("user_identity_key", "", "String must contain at least 1 character(s)"),
    ],
)
def test_an_identity_is_checked_as_its_own_endpoint_checks_it(fake, refuse, name, value, message):
    identity = {"name": "Jane", "user_identity_key": "jane", name: value}
    own_name = "full_name" if name == "name" else name
    for path, sent, where in (
        ("/user_identities/create", {own_name: value}, own_name),
        (PUSH, {"customer_key": "hotel", "user_identities": [identity]},
         f"user_identities.0.{name}"),
        (PORTAL, {"customer_data": {"customer_key": "hotel", "user_identities": [identity]}},
         f"customer_data.user_identities.0.{name}"),
    ):
        assert refuse(path, sent).message == f'{message} for "{where}"'

    assert fake.call("/user_identities/list")["user_identities"] == []


def test_the_newest_settings_are_taken_or_null(refuse, push):
    push(low_battery_alert_threshold=0.25, customization_profile_id=None)
    push(low_battery_alert_threshold=None)

    sent = {"customer_key": "hotel", "low_battery_alert_threshold": 2}
    assert refuse(PUSH, sent).message == (
        'Number must be less than or equal to 1 for "low_battery_alert_threshold"'
    )
    assert refuse(PUSH, {}).message == "customer_key is required"


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
    "link",
    [
        {"resource_type": "reservation", "resource_key": "r"},
        {"resource_type": "space", "resource_key": "s"},
        {"resource_type": "device", "resource_id": "d"},
        {"resource_type": "acs_entrance", "resource_id": "e"},
    ],
)
def test_a_portal_opens_with_any_resource_that_the_sdks_name(fake, link):
    sent = {"customer_data": {"customer_key": "hotel"}, "deep_link": link}

    assert fake.call(PORTAL, sent)["ok"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"deep_link": {"resource_type": "space"}}, "deep_link.resource_key is required"),
        (
            {"deep_link": {"resource_type": "room"}},
            "Invalid discriminator value. Expected 'reservation' | 'space' | 'device'"
            " | 'acs_entrance'"
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
def test_a_portal_refuses_an_invalid_option(refuse, option, message):
    sent = {"customer_data": {"customer_key": "hotel"}, **option}

    refusal = refuse(PORTAL, sent)

    assert (refusal.type, refusal.message) == ("invalid_input", message)


@pytest.mark.parametrize(
    "name",
    [
        *("access_grant booking building common_area facility guest listing property".split()),
        *("property_listing reservation resident room staff_member tenant unit user".split()),
    ],
)
def test_other_keys_are_checked_and_do_nothing(pushed, refuse, name):
    before = pushed.snapshot()

    pushed.call(DELETE, {f"{name}_keys": ["hotel room", "hotel jane"]})

    assert pushed.snapshot() == before
    assert refuse(DELETE, {f"{name}_keys": [""]}).type == "invalid_input"
