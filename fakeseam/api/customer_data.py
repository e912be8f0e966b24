"""What an app may push of a customer, and what a customer's portal may be told: the shapes.

Source: docs.seam.co api/customers. Most of it has no effect here, but is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..core.checks import is_at_least, is_at_most, is_finite
from ..core.issues import Faults, Issue, type_name
from ..core.param_types import Fraction, Param
from ..core.params import array, boolean, datetime_text, enum, integer, number, record, shape, text
from .metadata import custom_metadata
from .space_object import customer_data as space_data

__all__ = [
    "COLLECTIONS",
    "KEYS",
    "deep_link",
    "features",
    "landing_page",
    "resource_filters",
    "threshold",
]

KEYS: Any = array(text(minimum=1))  # a list of an app's own keys
_TEXTS: Any = array(text())

_PLACES = "building common_area facility listing property room space unit"
_PEOPLE = "guest resident tenant user user_identity"


def _key(name: str) -> dict[str, Any]:
    return {f"{name}_key": text(required=True, minimum=1)}


def _lists(names: str) -> dict[str, Any]:
    return {f"{name}_keys": _TEXTS for name in names.split()}


def _place(name: str, **more: Any) -> Any:
    return array(shape(name=text(required=True), **_key(name), **more))


def _part(name: str, **more: Any) -> Any:
    """A place that can be on a site."""
    return _place(name, parent_site_key=text(minimum=1), **more)


def _person(name: str) -> Any:
    return _place(name, email_address=text(), phone_number=text())


def _stay(name: str, **more: Any) -> Any:
    """Somebody being somewhere for a time."""
    return array(
        shape(
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
        geolocation=shape(latitude=number(required=True), longitude=number(required=True)),
        duration_minutes=integer(),
    ),
    "user_identities": _person("user_identity"),
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
        shape(
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
    """A share of a full battery; null takes the customer's own away."""
    return Fraction(nullable=True, checks=(is_finite, is_at_least(0), is_at_most(1)))


# What a portal looks like


def features() -> Any:
    """Which parts a portal has, and what can be done there."""

    def flags(*names: str, **more: Any) -> Any:
        return shape(**{name: boolean() for name in ("exclude", *names)}, **more)

    words = ("body", "cancel_button_label", "confirm_button_label", "title")
    return shape(
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
            device_management_confirmation=shape(**{word: text() for word in words}),
            events=shape(allowed_events=_TEXTS, default_events=_TEXTS),
        ),
        manage_devices=flags(),
        organize=flags(),
    )


def resource_filters() -> Any:
    """Which things a portal shows, by their metadata."""
    item = shape(
        field=text(required=True, pattern=r"[a-zA-Z_]\w*"),
        operation=enum("=", required=True),
        value=_TextOrFlag(required=True),
    )
    return array(item)


@dataclass(frozen=True)
class _TextOrFlag(Param):
    """Text or a boolean, as a value of metadata is."""

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        received = type_name(value)
        if received in ("string", "boolean"):
            return value
        branches = (f"Expected {kind}, received {received}" for kind in ("string", "boolean"))
        wrong = Issue(path, "Invalid input", tuple(Issue(path, text) for text in branches))
        raise Faults([wrong], fatal=True)

    def _own_schema(self) -> dict[str, Any]:
        return {"type": ["string", "boolean"]}


# What a portal opens with. The key under which each kind of thing is named:
_LINKS = {"reservation": "resource_key", "space": "resource_key", "device": "resource_id"}
_LANDINGS = frozenset(
    f"{name}_key"
    for name in (
        *("space property room common_area unit facility building listing".split()),
        *("property_listing site reservation booking access_grant".split()),
    )
)


def deep_link() -> Any:
    """One thing that the portal goes to at once."""
    return record(_link_faults)


def _link_faults(given: Mapping[str, Any]) -> list[Issue]:
    name = _LINKS.get(str(given.get("resource_type")))
    if name is None:
        expected = " | ".join(f"'{kind}'" for kind in _LINKS)
        return [Issue(("resource_type",), f"Invalid discriminator value. Expected {expected}")]
    if name not in given:
        return [Issue((name,), "Required")]
    received = type_name(given[name])
    wrong = Issue((name,), f"Expected string, received {received}")
    return [] if received == "string" else [wrong]


def landing_page() -> Any:
    """The page that the portal begins with: one place or one stay."""
    return shape(manage=record(_landing_faults))


def _landing_faults(given: Mapping[str, Any]) -> list[Issue]:
    named = [name for name in given if name in _LANDINGS and isinstance(given[name], str)]
    return [] if named else [Issue((), "Invalid input")]
