"""The parameters for a customer's data, and for the settings of a customer portal.

Source: docs.seam.co api/customers. Most of them are validated and have no effect in fakeseam.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...schema.checks import is_at_least, is_at_most, is_finite
from ...schema.param_types import FiniteNumber, Param
from ...schema.params import (
    array,
    boolean,
    datetime_text,
    email,
    enum,
    integer,
    json_object,
    number,
    record,
    text,
)
from ...schema.validation import Issue, ValidationError, type_name, wrong_type
from ..metadata import custom_metadata
from ..spaces.shape import customer_data as space_data
from ..user_identities.endpoints import phone_number_param

__all__ = [
    "COLLECTIONS",
    "KEYS",
    "deep_link",
    "features",
    "landing_page",
    "resource_filters",
    "threshold",
]

KEYS: Any = array(text(minimum=1))  # a list of keys that the app chose
_TEXTS: Any = array(text())

_PLACES = "building common_area facility listing property room space unit"
_PEOPLE = "guest resident tenant user user_identity"


def _key(name: str) -> dict[str, Any]:
    return {f"{name}_key": text(required=True, minimum=1)}


def _lists(names: str) -> dict[str, Any]:
    return {f"{name}_keys": _TEXTS for name in names.split()}


def _place(name: str, **more: Any) -> Any:
    return array(json_object(name=text(required=True), **_key(name), **more))


def _part(name: str, **more: Any) -> Any:
    """Returns a list of places that can be part of a site."""
    return _place(name, parent_site_key=text(minimum=1), **more)


def _person(name: str) -> Any:
    return _place(name, email_address=text(), phone_number=text())


def _stay(name: str, **more: Any) -> Any:
    """Returns a list of stays: people at places for a time."""
    return array(
        json_object(
            **_key(name),
            **_lists(_PLACES),
            **{f"{person}_key": text() for person in _PEOPLE.split()},
            name=text(),
            preferred_code=text(),
            starts_at=datetime_text(),
            ends_at=datetime_text(),
            **more,
        )
    )


COLLECTIONS: dict[str, Any] = {
    "spaces": _part(
        "space",
        customer_data=space_data(),
        geolocation=json_object(latitude=number(required=True), longitude=number(required=True)),
        duration_minutes=integer(),
    ),
    # Unsourced: that these values are checked as /user_identities/create checks them. Seam
    # declares no format here, but shows them at /user_identities/get, whose format is declared.
    "user_identities": array(
        json_object(
            **_key("user_identity"),
            name=text(required=True, minimum=1),
            email_address=email(),
            phone_number=phone_number_param(nullable=False),
        )
    ),
    "access_grants": _stay("access_grant"),
    "bookings": _stay("booking"),
    "buildings": _place("building"),
    "common_areas": _part("common_area"),
    "facilities": _place("facility"),
    "guests": _person("guest"),
    "listings": _place("listing"),
    "properties": _place("property"),
    "property_listings": _place("property_listing", custom_metadata=custom_metadata()),
    "reservations": _stay("reservation", custom_metadata=custom_metadata()),
    "residents": _person("resident"),
    "rooms": _part("room"),
    "sites": _place("site"),
    "staff_members": array(
        json_object(
            name=text(required=True),
            staff_member_key=text(required=True),
            email_address=text(),
            phone_number=text(),
            **_lists(f"{_PLACES} property_listing site"),
        )
    ),
    "tenants": _person("tenant"),
    "units": _part("unit"),
    "users": _person("user"),
}


def threshold() -> Any:
    """Returns the parameter for a battery level from 0 to 1; null removes the customer's own."""
    return FiniteNumber(nullable=True, checks=(is_finite, is_at_least(0), is_at_most(1)))


# The settings of a portal


def features() -> Any:
    """Returns the parameter for the parts of a portal and for what its users may do there."""

    def flags(*names: str, **more: Any) -> Any:
        return json_object(**{name: boolean() for name in ("exclude", *names)}, **more)

    texts = ("body", "cancel_button_label", "confirm_button_label", "title")
    return json_object(
        configure=flags(
            "allow_access_automation_rule_customization",
            "allow_climate_automation_rule_customization",
            "allow_instant_key_customization",
        ),
        connect=flags(accepted_providers=_TEXTS, excluded_providers=_TEXTS),
        manage=flags(
            "exclude_reservation_management",
            "exclude_reservation_technical_details",
            "exclude_staff_management",
            device_management_confirmation=json_object(**{name: text() for name in texts}),
            events=json_object(allowed_events=_TEXTS, default_events=_TEXTS),
        ),
        manage_devices=flags(),
        organize=flags(),
    )


def resource_filters() -> Any:
    """Returns the parameter for filters by metadata: a portal shows the resources that match."""
    item = json_object(
        field=text(required=True, pattern=r"[a-zA-Z_]\w*"),
        operation=enum("=", required=True),
        value=_TextOrFlag(required=True),
    )
    return array(item)


@dataclass(frozen=True)
class _TextOrFlag(Param):
    """A value of metadata: text or a boolean."""

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, (str, bool)):
            return value
        issue = wrong_type(path, value, "string", "boolean")
        raise ValidationError([issue], is_wrong_type=True)

    def _own_schema(self) -> dict[str, Any]:
        return {"type": ["string", "boolean"]}


# The first page of a portal. The member that identifies each type of resource. Unsourced: that of
# acs_entrance. Seam's newest JavaScript SDK names the type only; an entrance has no key of the
# app's.
_LINK_KEYS = {
    "reservation": "resource_key",
    "space": "resource_key",
    "device": "resource_id",
    "acs_entrance": "resource_id",
}
_LANDING_KEYS = frozenset(
    f"{name}_key"
    for name in (
        *("space property room common_area unit facility building listing".split()),
        *("property_listing site reservation booking access_grant".split()),
    )
)


def deep_link() -> Any:
    """Returns the parameter for the resource that the portal opens with."""
    return record(_deep_link_issues)


def _deep_link_issues(link: Mapping[str, Any]) -> list[Issue]:
    name = _LINK_KEYS.get(str(link.get("resource_type")))
    if name is None:
        expected = " | ".join(f"'{kind}'" for kind in _LINK_KEYS)
        return [Issue(("resource_type",), f"Invalid discriminator value. Expected {expected}")]
    if name not in link:
        return [Issue((name,), "Required")]
    received = type_name(link[name])
    issue = Issue((name,), f"Expected string, received {received}")
    return [] if received == "string" else [issue]


def landing_page() -> Any:
    """Returns the parameter for the portal's landing page: one place or one stay."""
    return json_object(manage=record(_landing_page_issues))


def _landing_page_issues(page: Mapping[str, Any]) -> list[Issue]:
    valid = [name for name in page if name in _LANDING_KEYS and isinstance(page[name], str)]
    return [] if valid else [Issue((), "Invalid input")]
