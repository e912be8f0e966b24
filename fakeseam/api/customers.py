"""/customers: an app's own customers, and what the app tells Seam of them.

Source: docs.seam.co api/customers. Of all that can be told, spaces and user identities are
things of Seam's that the fake has; the rest is checked and forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from ..core.endpoint import Namespace
from ..core.params import array, boolean, enum, shape, text, uuid
from ..core.store import Kind
from . import space_object, user_identities
from .auth import BACKEND, BACKEND_OR_CUSTOMER
from .call import Call
from .customer_data import (
    COLLECTIONS,
    KEYS,
    deep_link,
    features,
    landing_page,
    resource_filters,
    threshold,
)
from .customer_keys import act_for, ensure, forget, sees
from .records import Space, UserIdentity
from .tables import SPACES, USER_IDENTITIES

__all__ = ["namespace"]

namespace = Namespace("/customers")

ONLY_TWO = "only spaces and user identities are kept; all else is checked and has no effect"

# Unsourced: how long a portal can be entered, and where it is; there is no page behind it.
PORTAL_LIFE = timedelta(hours=1)
PORTAL_PATH = "/customer_portal"
PORTAL_TOKEN_LENGTH = 32

LOCALES = tuple("en-US pt-PT fr-FR it-IT es-ES de-DE nl-NL el-GR pl-PL ru-RU".split())

Things = list[dict[str, Any]] | None
Keys = list[str] | None
Thing = TypeVar("Thing", Space, UserIdentity)


@namespace.endpoint("POST", callers=BACKEND, partly=ONLY_TWO)
def push_data(
    call: Call,
    *,
    customer_key: str = text(required=True, minimum=1),
    spaces: Things = COLLECTIONS["spaces"],
    user_identities: Things = COLLECTIONS["user_identities"],
    access_grants: Things = COLLECTIONS["access_grants"],
    bookings: Things = COLLECTIONS["bookings"],
    buildings: Things = COLLECTIONS["buildings"],
    common_areas: Things = COLLECTIONS["common_areas"],
    facilities: Things = COLLECTIONS["facilities"],
    guests: Things = COLLECTIONS["guests"],
    listings: Things = COLLECTIONS["listings"],
    properties: Things = COLLECTIONS["properties"],
    property_listings: Things = COLLECTIONS["property_listings"],
    reservations: Things = COLLECTIONS["reservations"],
    residents: Things = COLLECTIONS["residents"],
    rooms: Things = COLLECTIONS["rooms"],
    sites: Things = COLLECTIONS["sites"],
    staff_members: Things = COLLECTIONS["staff_members"],
    tenants: Things = COLLECTIONS["tenants"],
    units: Things = COLLECTIONS["units"],
    users: Things = COLLECTIONS["users"],
    customization_profile_id: str | None = uuid(nullable=True),
    low_battery_alert_threshold: float | None = threshold(),
) -> None:
    """The customer, with these spaces and identities beside those that it has."""
    _take_in(call, customer_key, call.sent)


@namespace.endpoint(
    "POST",
    callers=BACKEND,
    answer="customer_portal",
    partly=f"no magic_link beside it, and no portal behind the link; {ONLY_TWO}",
)
def create_portal(
    call: Call,
    *,
    # Unsourced: that it has to be sent; a portal is always a customer's.
    customer_data: Mapping[str, Any] = shape(
        required=True, customer_key=text(required=True, minimum=1), **COLLECTIONS
    ),
    customer_resources_filters: Things = resource_filters(),
    customization_profile_id: str | None = uuid(),
    deep_link: Mapping[str, Any] | None = deep_link(),
    exclude_locale_picker: bool | None = boolean(),
    features: Mapping[str, Any] | None = features(),
    is_embedded: bool | None = boolean(),
    landing_page: Mapping[str, Any] | None = landing_page(),
    locale: str | None = enum(*LOCALES),
    navigation_mode: str | None = enum("full", "restricted"),
    read_only: bool | None = boolean(),
) -> dict[str, Any]:
    """A link to the customer's portal, for the customer that is pushed along with it."""
    customer_key = customer_data["customer_key"]
    _take_in(call, customer_key, customer_data)
    token = call.new_text("portal_token", PORTAL_TOKEN_LENGTH)
    return {
        "customer_key": customer_key,
        "workspace_id": call.workspace_id,
        "created_at": call.now(),
        "expires_at": call.later(PORTAL_LIFE),
        "url": f"{call.base_url}{PORTAL_PATH}?token={token}",
    }


@namespace.endpoint(
    "DELETE POST",
    callers=BACKEND_OR_CUSTOMER,
    partly="only customers, spaces and user identities have anything to delete",
)
def delete_data(
    call: Call,
    *,
    customer_keys: list[str] = array(text(minimum=1), default=()),
    space_keys: list[str] = array(text(minimum=1), default=()),
    user_identity_keys: list[str] = array(text(minimum=1), default=()),
    access_grant_keys: Keys = KEYS,
    booking_keys: Keys = KEYS,
    building_keys: Keys = KEYS,
    common_area_keys: Keys = KEYS,
    facility_keys: Keys = KEYS,
    guest_keys: Keys = KEYS,
    listing_keys: Keys = KEYS,
    property_keys: Keys = KEYS,
    property_listing_keys: Keys = KEYS,
    reservation_keys: Keys = KEYS,
    resident_keys: Keys = KEYS,
    room_keys: Keys = KEYS,
    staff_member_keys: Keys = KEYS,
    tenant_keys: Keys = KEYS,
    unit_keys: Keys = KEYS,
    user_keys: Keys = KEYS,
) -> None:
    """The spaces and identities of these customers, and those with these keys, are gone.

    Unsourced: that the customers' accounts, devices and webviews stay, still theirs, and
    that unknown keys, and those of things out of a session's sight, do nothing.
    """
    for customer_key in customer_keys:
        act_for(call, customer_key)
    for customer_key in customer_keys:
        forget(call, customer_key)
    for space in _found(call, SPACES, customer_keys, space_keys):
        space_object.remove(call, space)
    for identity in _found(call, USER_IDENTITIES, customer_keys, user_identity_keys):
        user_identities.remove(call, identity)


def _take_in(call: Call, customer_key: str, data: Mapping[str, Any]) -> None:
    """What has a key that is known is changed, the rest is made, in the order given."""
    ensure(call, customer_key)
    for space in data.get("spaces", ()):
        space_object.push(call, customer_key, space)
    for identity in data.get("user_identities", ()):
        user_identities.push(call, customer_key, identity)


def _found(
    call: Call, kind: Kind[Thing], customer_keys: list[str], keys: list[str]
) -> list[Thing]:
    """The things of these customers, and those with these keys, as far as the caller sees."""
    indexes = [("customer", call.workspace_id, key) for key in customer_keys]
    indexes += [("key", call.workspace_id, key) for key in keys]
    found = {
        kind.key_of(thing): thing
        for index in indexes
        for thing in call.store.find(kind, index)
        if sees(call, thing.customer_key)
    }
    return list(found.values())
