"""Which providers a webview offers, and which devices come of a login.

Source: docs.seam.co (customizing connect webviews, sandbox and sample data), and the
provider categories of @seamapi/types 1.1038.0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .provider_catalogue import PROVIDERS, Provider, SandboxDevice

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

# Accepted in ``accepted_providers`` and echoed there, yet no provider goes by these names.
# Unsourced: what each stands for. None: nothing that a user could choose.
ALIASES: Mapping[str, str | None] = {
    "yale_access": "yale",
    "hid_cm": None,
    "google_nest": "nest",
    "slack": None,
}

ACCEPTED_PROVIDER_KEYS: tuple[str, ...] = (*PROVIDERS, *ALIASES)

_DEFAULT_CATEGORY = "stable"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# PROVIDER_CATEGORY_MAP of @seamapi/types 1.1038.0, in its order. What only the newer SDK
# knows is in none of these but the last. Unsourced: that the last has the enum's order.
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

# The same types. "speaker" is younger than they are, and so in no category's list.
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
    """The provider that ``key`` stands for, or None when a user is never offered it."""
    return ALIASES.get(key, key if key in PROVIDERS else None)


def resolve_providers(
    *, accepted: Sequence[str] | None, category: str | None, excluded: Sequence[str]
) -> tuple[str, ...]:
    """A webview's ``accepted_providers``: as they were sent, or the category's members.

    A list wins over a category, even when it is empty; with neither it is ``stable``.
    """
    # Unsourced: that an exclusion also thins out an explicit list, and under any name.
    left_out = {_without_alias(key) for key in excluded}
    members = PROVIDER_CATEGORIES[category or _DEFAULT_CATEGORY] if accepted is None else accepted
    return tuple(key for key in members if _without_alias(key) not in left_out)


def resolve_capabilities(
    *,
    given: Sequence[str] | None,
    providers: Sequence[str],
    explicit_providers: bool,
    category: str | None,
) -> tuple[str, ...]:
    """A webview's ``accepted_capabilities``, from what was asked of it.

    ``explicit_providers``: ``providers`` were named one by one, not by ``category``.
    """
    if given is not None:
        return tuple(given)
    if explicit_providers:
        return _default_capabilities(offered(providers))
    return CATEGORY_CAPABILITIES[category or _DEFAULT_CATEGORY]


def offered(providers: Sequence[str]) -> tuple[str, ...]:
    """The providers a user can choose among: each once, under its own name."""
    return tuple(dict.fromkeys(key for sent in providers if (key := canonical(sent))))


def devices_brought(
    provider: Provider, capabilities: Sequence[str] | None
) -> tuple[SandboxDevice, ...]:
    """What a login imports; None stands for capabilities that nobody named."""
    # Unsourced: the provider's own default decides then, not its category's longer list.
    # Else a ``stable`` webview would bring SmartThings thermostats, which the docs deny.
    accepted = set(provider.default_capabilities if capabilities is None else capabilities)
    return tuple(device for device in provider.devices if device.accepted_by & accepted)


def image_url(key: str) -> str:
    """The provider's logo."""
    # Unsourced: the pattern is that of @seamapi/fake-seam-connect; a sample in the docs
    # has another form.
    return f"https://connect.getseam.com/assets/images/logos/{key}_logo_square.png"


def _without_alias(key: str) -> str:
    # Not canonical(): "hid_cm" and "slack" stand for nothing, but not for one another.
    return ALIASES.get(key) or key


def _default_capabilities(keys: Sequence[str]) -> tuple[str, ...]:
    # Unsourced: the union. The docs have a default for each provider, none for several.
    wanted = {name for key in keys for name in PROVIDERS[key].default_capabilities}
    return tuple(name for name in CAPABILITIES if name in wanted)
