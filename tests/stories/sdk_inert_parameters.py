"""The parameters of the SDK's methods that have no effect, with the reason and a value for each.

The tables of ``test_every_sdk_method.py``.
"""

from __future__ import annotations

__all__ = ["INERT", "INERT_VALUES", "UNIMPLEMENTED_FILTERS"]

# Filters by what is not implemented: they find nothing, and why.
_NO_EVENTS = "nothing happens to what is not implemented"
UNIMPLEMENTED_FILTERS = {
    **{
        ("/access_codes/list", name): "no access grants"
        for name in ("access_grant_id", "access_grant_key", "access_method_id")
    },
    ("/user_identities/list", "credential_manager_acs_system_id"): "no access systems",
    ("/events/list", "user_identity_id"): "no implemented event is about an identity",
    **{
        ("/events/list", name): _NO_EVENTS
        for name in (
            *("access_grant_id", "access_grant_ids"),
            *("access_method_id", "access_method_ids", "acs_access_group_id"),
            *("acs_credential_id", "acs_encoder_id", "acs_entrance_id", "acs_system_id"),
            *("acs_system_ids", "acs_user_id"),
        )
    },
}

# Parameters that are accepted without effect, and why.
_NOT_IMPLEMENTED = "what is in that collection is not implemented"
_NO_PORTAL = "a portal is a link; nothing opens behind it"
INERT = {
    **{
        (f"/access_codes/unmanaged/{verb}", "force"): "no other workspace manages the same device"
        for verb in ("convert_to_managed", "update")
    },
    **{
        ("/customers/push_data", name): _NOT_IMPLEMENTED
        for name in (
            *("access_grants", "bookings", "buildings", "common_areas", "facilities", "guests"),
            *("listings", "properties", "property_listings", "reservations", "residents"),
            *("rooms", "sites", "staff_members", "tenants", "units", "users"),
        )
    },
    ("/customers/push_data", "customization_profile_id"): _NO_PORTAL,
    ("/customers/push_data", "low_battery_alert_threshold"): "no battery is implemented",
    **{
        ("/customers/delete_data", f"{thing}_keys"): _NOT_IMPLEMENTED
        for thing in (
            *("access_grant", "booking", "building", "common_area", "facility", "guest"),
            *("listing", "property", "property_listing", "reservation", "resident", "room"),
            *("staff_member", "tenant", "unit", "user"),
        )
    },
    **{
        ("/customers/create_portal", name): _NO_PORTAL
        for name in (
            *("customer_resources_filters", "customization_profile_id", "deep_link"),
            *("exclude_locale_picker", "features", "is_embedded", "landing_page", "locale"),
            *("navigation_mode", "read_only"),
        )
    },
}

# Values for parameters without effect.
INERT_VALUES = {
    "force": lambda ids: True,
    ("/customers/push_data", "access_grants"): lambda ids: [{"access_grant_key": "g"}],
    ("/customers/push_data", "bookings"): lambda ids: [{"booking_key": "b"}],
    ("/customers/push_data", "reservations"): lambda ids: [{"reservation_key": "r"}],
    ("/customers/push_data", "properties"): lambda ids: [{"property_key": "p", "name": "P"}],
    **{
        ("/customers/push_data", plural): (lambda key: lambda ids: [{key: "k", "name": "N"}])(
            f"{thing}_key"
        )
        for plural, thing in {
            "buildings": "building",
            "common_areas": "common_area",
            "facilities": "facility",
            "guests": "guest",
            "listings": "listing",
            "property_listings": "property_listing",
            "residents": "resident",
            "rooms": "room",
            "sites": "site",
            "staff_members": "staff_member",
            "tenants": "tenant",
            "units": "unit",
            "users": "user",
        }.items()
    },
    **{one: lambda ids: ["k"] for one in INERT if one[0] == "/customers/delete_data"},
    "customization_profile_id": lambda ids: "00000000-0000-4000-8000-000000000000",
    "low_battery_alert_threshold": lambda ids: 0.2,
    "customer_resources_filters": lambda ids: [{"field": "k", "operation": "=", "value": "v"}],
    "deep_link": lambda ids: {"resource_type": "device", "resource_id": ids.device},
    "exclude_locale_picker": lambda ids: True,
    "features": lambda ids: {"organize": {"exclude": True}},
    "is_embedded": lambda ids: True,
    "landing_page": lambda ids: {"manage": {"space_key": "north"}},
    "locale": lambda ids: "pt-PT",
    "navigation_mode": lambda ids: "restricted",
    "read_only": lambda ids: True,
}
