"""/customers: an app's own customers, and the data about them that the app pushes to Seam.

Source: docs.seam.co api/customers. Of this data fakeseam stores spaces and user identities. It
validates the rest and drops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from ...core.record_types import RecordType
from ...schema.endpoint import Namespace
from ...schema.params import array, boolean, enum, json_object, text, uuid
from ..auth import BACKEND, BACKEND_OR_CUSTOMER
from ..context import RequestContext
from ..spaces import shape as space_object
from ..spaces.record import SPACES, Space
from ..user_identities import endpoints as user_identities
from ..user_identities.record import USER_IDENTITIES, UserIdentity
from .data import COLLECTIONS, KEYS, deep_link, features, landing_page, resource_filters, threshold
from .keys import check_customer, delete_customer, ensure, is_visible

__all__ = ["namespace"]

namespace = Namespace("/customers")

STORED_NOTE = "only spaces and user identities are stored; all else is checked and has no effect"

NOT_STORED = tuple(name for name in COLLECTIONS if name not in ("spaces", "user_identities"))

# Unsourced: the lifetime and the path of a portal. fakeseam has no page at that path.
PORTAL_LIFETIME = timedelta(hours=1)
PORTAL_PATH = "/customer_portal"
PORTAL_TOKEN_LENGTH = 32

LOCALES = tuple("en-US pt-PT fr-FR it-IT es-ES de-DE nl-NL el-GR pl-PL ru-RU".split())

Resources = list[dict[str, Any]] | None
Keys = list[str] | None
Resource = TypeVar("Resource", Space, UserIdentity)


@namespace.endpoint(
    "POST",
    callers=BACKEND,
    partial_note=STORED_NOTE,
    inert=(*NOT_STORED, "customization_profile_id", "low_battery_alert_threshold"),
)
def push_data(
    ctx: RequestContext,
    *,
    customer_key: str = text(required=True, minimum=1),
    spaces: Resources = COLLECTIONS["spaces"],
    user_identities: Resources = COLLECTIONS["user_identities"],
    access_grants: Resources = COLLECTIONS["access_grants"],
    bookings: Resources = COLLECTIONS["bookings"],
    buildings: Resources = COLLECTIONS["buildings"],
    common_areas: Resources = COLLECTIONS["common_areas"],
    facilities: Resources = COLLECTIONS["facilities"],
    guests: Resources = COLLECTIONS["guests"],
    listings: Resources = COLLECTIONS["listings"],
    properties: Resources = COLLECTIONS["properties"],
    property_listings: Resources = COLLECTIONS["property_listings"],
    reservations: Resources = COLLECTIONS["reservations"],
    residents: Resources = COLLECTIONS["residents"],
    rooms: Resources = COLLECTIONS["rooms"],
    sites: Resources = COLLECTIONS["sites"],
    staff_members: Resources = COLLECTIONS["staff_members"],
    tenants: Resources = COLLECTIONS["tenants"],
    units: Resources = COLLECTIONS["units"],
    users: Resources = COLLECTIONS["users"],
    customization_profile_id: str | None = uuid(nullable=True),
    low_battery_alert_threshold: float | None = threshold(),
) -> None:
    """Creates the customer if it is new; creates or changes its spaces and user identities."""
    _push(ctx, customer_key, ctx.params)


@namespace.endpoint(
    "POST",
    callers=BACKEND,
    # Seam's OpenAPI requires both, with the same fields.
    response_key=("customer_portal", "magic_link"),
    partial_note=f"no page at the url; {STORED_NOTE}",
    inert=(
        *(f"customer_data.{name}" for name in NOT_STORED),
        *("customer_resources_filters", "customization_profile_id", "deep_link"),
        *("exclude_locale_picker", "features", "is_embedded", "landing_page", "locale"),
        *("navigation_mode", "read_only"),
    ),
)
def create_portal(
    ctx: RequestContext,
    *,
    # Unsourced: that it is required; a portal always belongs to a customer.
    customer_data: Mapping[str, Any] = json_object(
        required=True, customer_key=text(required=True, minimum=1), **COLLECTIONS
    ),
    customer_resources_filters: Resources = resource_filters(),
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
    """Pushes the customer's data, then returns a link to the customer's portal."""
    customer_key = customer_data["customer_key"]
    _push(ctx, customer_key, customer_data)
    token = ctx.new_text("portal_token", PORTAL_TOKEN_LENGTH)
    return {
        "customer_key": customer_key,
        "workspace_id": ctx.workspace_id,
        "created_at": ctx.now(),
        "expires_at": ctx.now_plus(PORTAL_LIFETIME),
        "url": f"{ctx.base_url}{PORTAL_PATH}?token={token}",
    }


@namespace.endpoint(
    "DELETE POST",
    callers=BACKEND_OR_CUSTOMER,
    partial_note="deletes only customers, spaces and user identities; all else is not stored",
    inert=(
        *("access_grant_keys", "booking_keys", "building_keys", "common_area_keys"),
        *("facility_keys", "guest_keys", "listing_keys", "property_keys"),
        *("property_listing_keys", "reservation_keys", "resident_keys", "room_keys"),
        *("staff_member_keys", "tenant_keys", "unit_keys", "user_keys"),
    ),
)
def delete_data(
    ctx: RequestContext,
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
    """Deletes these customers with their spaces and identities, and those with these keys.

    Unsourced: that the customers' accounts, devices and webviews stay and keep their
    ``customer_key``. Unsourced: that keys are ignored if they are unknown, or if the caller's
    session does not see what they identify.
    """
    for customer_key in customer_keys:
        check_customer(ctx, customer_key)
    for customer_key in customer_keys:
        delete_customer(ctx, customer_key)
    for space in _matching(ctx, SPACES, customer_keys, space_keys):
        space_object.remove(ctx, space)
    for identity in _matching(ctx, USER_IDENTITIES, customer_keys, user_identity_keys):
        user_identities.remove(ctx, identity)


def _push(ctx: RequestContext, customer_key: str, data: Mapping[str, Any]) -> None:
    """Changes the resources whose keys exist and creates the others, in the given order."""
    ensure(ctx, customer_key)
    for space in data.get("spaces", ()):
        space_object.push(ctx, customer_key, space)
    for identity in data.get("user_identities", ()):
        user_identities.push(ctx, customer_key, identity)


def _matching(
    ctx: RequestContext,
    record_type: RecordType[Resource],
    customer_keys: list[str],
    keys: list[str],
) -> list[Resource]:
    """Returns what these customers have, and what has these keys, as far as the caller sees it."""
    indexes = [("customer", ctx.workspace_id, key) for key in customer_keys]
    indexes += [("key", ctx.workspace_id, key) for key in keys]
    found = {
        record_type.key_of(resource): resource
        for index in indexes
        for resource in ctx.store.find(record_type, index)
        if is_visible(ctx, resource.customer_key)
    }
    return list(found.values())
