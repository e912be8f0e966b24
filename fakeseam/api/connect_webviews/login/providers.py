"""The providers that a webview offers, and the devices that a login imports.

Source: docs.seam.co (customizing connect webviews, sandbox and sample data), and the
provider categories of @seamapi/types 1.1038.0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from .provider_catalog import PROVIDERS, Provider, SandboxDevice

__all__ = [
    "ACCEPTED_PROVIDER_KEYS",
    "ALIASES",
    "CAPABILITIES",
    "CATEGORY_CAPABILITIES",
    "PROVIDERS",
    "PROVIDER_CATEGORIES",
    "Provider",
    "SandboxDevice",
    "canonical",
    "devices_brought",
    "image_url",
    "manufacturer_name",
    "offered",
    "resolve_capabilities",
    "resolve_providers",
]

CAPABILITIES: tuple[str, ...] = (
    "lock",
    "thermostat",
    "noise_sensor",
    "access_control",
    "camera",
    "speaker",
)

# Names that ``accepted_providers`` accepts and shows, but that no provider has.
# Unsourced: the provider that each stands for. None: the user has nothing to choose.
ALIASES: Mapping[str, str | None] = {
    "yale_access": "yale",
    "hid_cm": None,
    "google_nest": "nest",
    "slack": None,
}

ACCEPTED_PROVIDER_KEYS: tuple[str, ...] = (*PROVIDERS, *ALIASES)

_DEFAULT_CATEGORY = "stable"

# The brands of manufacturers that have another key.
_BRANDS = {"two_n": "my_2n"}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# PROVIDER_CATEGORY_MAP of @seamapi/types 1.1038.0, in its order. Providers that only the newer SDK
# knows are in the last category alone. Unsourced: that the last has the enum's order.
PROVIDER_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "stable": _words(
        "august brivo schlage smartthings yale nuki salto_ks salto_space minut my_2n kwikset"
        " ttlock noiseaware igloohome ecobee lockly wyze nest tedee honeywell_resideo"
        " first_alert visionline assa_abloy_credential_service dormakaba_ambiance latch akiles"
        " sensi assa_abloy_vostio avigilon_alta kisi keynest hotek ultraloq dormakaba_oracode"
        " ring korelock keyincode sifely omnitec dusaw thirty_three_lock yacan"
    ),
    "consumer_smartlocks": _words(
        "akiles august schlage yale smartthings nuki ttlock kwikset igloohome wyze lockly tedee"
        " ultraloq dormakaba_oracode korelock dusaw keyincode sifely thirty_three_lock yacan"
    ),
    "beta": _words("salto_ks_accept aqara"),
    "thermostats": _words("ecobee nest sensi honeywell_resideo first_alert"),
    "noise_sensors": _words("minut noiseaware"),
    "access_control_systems": _words(
        "brivo visionline assa_abloy_credential_service latch salto_ks assa_abloy_vostio"
        " salto_space dormakaba_ambiance dormakaba_community legic_connect hotek"
    ),
    "cameras": _words("ring"),
    "connectors": _words("ical lodgify hostaway guesty acuity_scheduling"),
    "internal_beta": tuple(PROVIDERS),
}

# From the same package. It is older than "speaker", which is in no category's list.
CATEGORY_CAPABILITIES: Mapping[str, tuple[str, ...]] = {
    "stable": ("lock", "thermostat", "noise_sensor", "access_control"),
    "consumer_smartlocks": ("lock",),
    "beta": ("lock", "thermostat", "noise_sensor", "access_control"),
    "thermostats": ("thermostat",),
    "noise_sensors": ("noise_sensor",),
    "access_control_systems": ("access_control",),
    "cameras": ("camera",),
    "connectors": (),
    "internal_beta": ("lock", "thermostat", "noise_sensor", "access_control", "camera"),
}


def canonical(key: str) -> str | None:
    """Returns the provider that ``key`` stands for, or None if no user is offered it."""
    return ALIASES.get(key, key if key in PROVIDERS else None)


def resolve_providers(
    *, accepted: Sequence[str] | None, category: str | None, excluded: Sequence[str]
) -> tuple[str, ...]:
    """Returns a webview's ``accepted_providers``: those sent, or the members of the category.

    A list has precedence over a category, even an empty one. The default category is ``stable``.
    """
    # Unsourced: that an exclusion also applies to an explicit list, and to aliases.
    excluded_keys = {_without_alias(key) for key in excluded}
    members = PROVIDER_CATEGORIES[category or _DEFAULT_CATEGORY] if accepted is None else accepted
    return tuple(key for key in members if _without_alias(key) not in excluded_keys)


def resolve_capabilities(
    *,
    given: Sequence[str] | None,
    providers: Sequence[str],
    explicit_providers: bool,
    category: str | None,
) -> tuple[str, ...]:
    """Returns a webview's ``accepted_capabilities``: those given, or the default.

    ``explicit_providers`` is True if the request lists ``providers``, False if ``category``
    selects them.
    """
    if given is not None:
        return tuple(given)
    if explicit_providers:
        return _default_capabilities(offered(providers))
    return CATEGORY_CAPABILITIES[category or _DEFAULT_CATEGORY]


def offered(providers: Sequence[str]) -> tuple[str, ...]:
    """Returns the providers that a user can choose, each once and under its own name."""
    return tuple(dict.fromkeys(key for sent in providers if (key := canonical(sent))))


def devices_brought(
    provider: Provider, capabilities: Sequence[str] | None
) -> tuple[SandboxDevice, ...]:
    """Returns the devices that a login imports. ``capabilities`` is None if the app sent none."""
    # Unsourced: that the provider's own default then decides, not its category's longer list.
    # Otherwise a ``stable`` webview would import SmartThings thermostats, which the docs deny.
    accepted = set(provider.default_capabilities if capabilities is None else capabilities)
    return tuple(device for device in provider.devices if device.accepted_by & accepted)


def image_url(key: str) -> str:
    """Returns the URL of the provider's logo."""
    # Unsourced: the pattern, which is that of @seamapi/fake-seam-connect. A sample in the docs
    # has another form.
    return f"https://connect.getseam.com/assets/images/logos/{key}_logo_square.png"


@lru_cache(maxsize=256)  # a test may name manufacturers of its own
def manufacturer_name(manufacturer: str) -> str:
    """Returns the display name of a manufacturer: that of its brand, or its title-cased key.

    Unsourced: the names of the manufacturers that are no brands.
    """
    key = _BRANDS.get(manufacturer, manufacturer)
    return PROVIDERS[key].display_name if key in PROVIDERS else key.replace("_", " ").title()


def _without_alias(key: str) -> str:
    # Not canonical(): "hid_cm" and "slack" have no provider, but they are different names.
    return ALIASES.get(key) or key


def _default_capabilities(keys: Sequence[str]) -> tuple[str, ...]:
    # Unsourced: the union. The docs have a default for each provider, but none for several.
    defaults = {name for key in keys for name in PROVIDERS[key].default_capabilities}
    return tuple(name for name in CAPABILITIES if name in defaults)
