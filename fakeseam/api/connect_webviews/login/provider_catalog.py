"""The provider catalog: the name, the sandbox login and the devices of each brand.

Source: docs.seam.co (device and system integration guides, sandbox and sample data),
the enums of @seamapi/types 1.1038.0 and of the Python SDK 3.18.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .lock_catalog import lock_facts

__all__ = ["PROVIDERS", "Login", "Provider", "SandboxDevice"]

Login = Literal["email", "username", "site", "none"]


@dataclass(frozen=True)
class SandboxDevice:
    """A device that a sandbox login can import. ``name`` is also its id at the provider.

    The login imports it if one of ``accepted_by`` is an accepted capability. ``flags`` are the
    ``can_*`` flags that are true; ``sandbox_flags`` are true in sandbox workspaces only;
    ``false_flags`` are shown as false. Only a custom device has the fields after ``model``.
    """

    name: str
    device_type: str
    manufacturer: str
    capabilities_supported: tuple[str, ...]
    accepted_by: frozenset[str]
    flags: tuple[str, ...]
    sandbox_flags: tuple[str, ...]
    model: str
    false_flags: tuple[str, ...] = ()
    nickname: str | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    location: Mapping[str, str] | None = None
    custom_metadata: Mapping[str, str | bool] = field(default_factory=dict)
    device_id: str | None = None


@dataclass(frozen=True)
class Provider:
    """A brand. ``devices`` are all devices that a login can import.

    ``login`` is what identifies the user. ``takes_site`` is True if a site, a system or a server
    address is part of the login. The fields after ``devices`` are those of ``LockFacts``.
    """

    key: str
    display_name: str
    default_capabilities: tuple[str, ...]
    login: Login
    takes_site: bool
    has_password: bool
    devices: tuple[SandboxDevice, ...]
    schedules_natively: bool
    names_entered_code: bool
    shows_unmanaged_pin: bool
    converts_unmanaged: bool


_LOCK = frozenset({"lock"})

# Unsourced: which capability a webview must accept to import the doors of an access control
# system. Here either of the two, so that neither guess gives an empty list.
_LOCK_OR_ACCESS = frozenset({"lock", "access_control"})

# Unsourced: the flags of the brands whose guide names none. Here a device with access codes can
# lock, unlock and program codes, and a device without can only unlock.
_CODES = ("can_program_online_access_codes",)
_UNLOCK = ("can_remotely_unlock",)
_LOCK_FLAGS = ("can_remotely_lock", *_UNLOCK, *_CODES)
_OFFLINE_CODES = ("can_program_offline_access_codes",)
# Unsourced: which brands can be set to relock by themselves. Here three, so that tests have some.
_AUTO_LOCK_FLAGS = (*_LOCK_FLAGS, "can_configure_auto_lock")
_HVAC_FLAGS = ("can_hvac_heat", "can_hvac_cool", "can_turn_off_hvac")

# The devices that can be simulated: docs.seam.co, the /devices/simulate pages.
_CONNECTION = ("can_simulate_connection", "can_simulate_disconnection", "can_simulate_removal")
_HUB = ("can_simulate_hub_connection", "can_simulate_hub_disconnection")

# Unsourced: the docs list no sandbox inventory, and each guide names other devices. Here every
# brand has the same two names, which keeps tests readable.
_NAMES = ("FRONT DOOR", "BACK DOOR")


def _locks(
    manufacturer: str,
    device_type: str | None = None,
    *,
    names: tuple[str, ...] = _NAMES,
    accepted_by: frozenset[str] = _LOCK,
    flags: tuple[str, ...] = _LOCK_FLAGS,
    simulated: tuple[str, ...] = (),
    capabilities: tuple[str, ...] = ("access_code", "lock"),
    model: str = "Lock",  # Unsourced: the models of all devices; Seam lists none.
) -> tuple[SandboxDevice, ...]:
    kind = device_type or f"{manufacturer}_lock"
    return tuple(
        SandboxDevice(name, kind, manufacturer, capabilities, accepted_by, flags, simulated, model)
        for name in names
    )


def _doors(
    manufacturer: str, device_type: str, *, accepted_by: frozenset[str] = _LOCK
) -> tuple[SandboxDevice, ...]:
    """Returns entrances, relays or garage doors. Seam unlocks them, but programs no codes."""
    return _locks(
        manufacturer,
        device_type,
        accepted_by=accepted_by,
        flags=_UNLOCK,
        capabilities=("lock",),
        model="Door",
    )


def _single(
    manufacturer: str,
    device_type: str,
    *,
    name: str = "Living Room",
    accepted_by: str,
    model: str,
    capabilities: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
) -> tuple[SandboxDevice, ...]:
    accepted = frozenset({accepted_by})
    device = SandboxDevice(
        name, device_type, manufacturer, capabilities, accepted, flags, (), model
    )
    return (device,)


def _thermostat(manufacturer: str, *, heat_cool: bool = True) -> tuple[SandboxDevice, ...]:
    return _single(
        manufacturer,
        f"{manufacturer}_thermostat",
        accepted_by="thermostat",
        model="Thermostat",
        capabilities=("thermostat",),
        flags=(*_HVAC_FLAGS, "can_hvac_heat_cool") if heat_cool else _HVAC_FLAGS,
    )


def _noise_sensor(manufacturer: str, device_type: str, *, name: str) -> tuple[SandboxDevice, ...]:
    return _single(
        manufacturer,
        device_type,
        name=name,
        accepted_by="noise_sensor",
        model="Noise Sensor",
        capabilities=("noise_detection",),
    )


def _camera(manufacturer: str) -> tuple[SandboxDevice, ...]:
    kind, name = f"{manufacturer}_camera", "Front Door Camera"
    return _single(manufacturer, kind, name=name, accepted_by="camera", model="Camera")


def _provider(
    key: str,
    capability: str | None,
    devices: tuple[SandboxDevice, ...] = (),
    *,
    name: str | None = None,
    login: Login = "email",
    takes_site: bool = False,
    has_password: bool = True,
) -> Provider:
    # Unsourced: the name of a brand that the docs' table lacks. Here it is the title-cased key.
    display_name = name or key.replace("_", " ").title()
    defaults = () if capability is None else (capability,)
    locks = lock_facts(key)
    return Provider(
        key,
        display_name,
        defaults,
        login,
        takes_site,
        has_password,
        devices,
        schedules_natively=locks.schedules_natively,
        names_entered_code=locks.names_entered_code,
        shows_unmanaged_pin=locks.shows_unmanaged_pin,
        converts_unmanaged=locks.converts_unmanaged,
    )


_AUGUST = _locks("august", flags=_AUTO_LOCK_FLAGS, simulated=(*_CONNECTION, *_HUB))
_AVIGILON = _doors("avigilon_alta", "avigilon_alta_entry", accepted_by=_LOCK_OR_ACCESS)
_BRIVO = _doors("brivo", "brivo_access_point", accepted_by=_LOCK_OR_ACCESS)
_BUTTERFLYMX = _doors("butterflymx", "butterflymx_panel", accepted_by=_LOCK_OR_ACCESS)
# Two kinds of device, but only locks are accepted by default: docs.seam.co.
_SMARTTHINGS = (*_locks("smartthings"), *_thermostat("smartthings", heat_cool=False))
_SALTO = _locks("salto", accepted_by=_LOCK_OR_ACCESS)
_LOCKLY = _locks("lockly", flags=(*_LOCK_FLAGS, *_OFFLINE_CODES))
_NOISEAWARE = _noise_sensor("noiseaware", "noiseaware_activity_zone", name="Conference Room")
_NUKI = _locks("nuki", simulated=("can_simulate_paid_subscription",))
_MINUT = _noise_sensor("minut", "minut_sensor", name="Living Room")
_2N_NAMES = ("Device 0", "Device 1", "Device 2")  # docs.seam.co, the 2N sandbox page
_2N = _locks("two_n", "two_n_intercom", names=_2N_NAMES, model="Intercom")
_CONTROLBYWEB = _doors("controlbyweb", "controlbyweb_device")
_IGLOOHOME = _locks("igloohome", flags=(*_LOCK_FLAGS, *_OFFLINE_CODES), simulated=_HUB[1:])
_FOUR_SUITES = _locks("four_suites", "four_suites_door", flags=_UNLOCK)
_ORACODE_FLAGS = ("can_remotely_lock", *_UNLOCK, *_OFFLINE_CODES)
_ORACODE = _locks("dormakaba_oracode", "dormakaba_oracode_door", flags=_ORACODE_FLAGS)
_IHO = _locks("dormakaba_oracode_iho", "dormakaba_oracode_door", flags=_ORACODE_FLAGS)
_YALE = _locks("yale", flags=_AUTO_LOCK_FLAGS, simulated=_CONNECTION)
_TTLOCK = _locks("ttlock", flags=_AUTO_LOCK_FLAGS, simulated=_HUB)
_ON_TTLOCK = _locks("ttlock", flags=_AUTO_LOCK_FLAGS)  # other brands on TTLock hardware
_AKILES = _locks("akiles", flags=(*_UNLOCK, *_CODES))
_KEYNEST = _locks(
    "keynest", "keynest_key", capabilities=("access_code",), flags=_CODES, model="Key"
)
# The docs name two KeyInCode locks, and their guide shows Korelock as the manufacturer.
_KEYINCODE_NAMES = ("Front Door Lock", "Back Door Lock")
_KEYINCODE = _locks("korelock", "keyincode_lock", names=_KEYINCODE_NAMES)
_SONOS = _single("sonos", "sonos_speaker", accepted_by="speaker", model="Speaker")

# In the order of the SDK's enum. Display names: the brand table of docs.seam.co.
# Unsourced: the device types of first_alert, igloo, korelock, salto, salto_ks_accept,
# dormakaba_oracode_iho and the three brands on TTLock hardware. Here they are those of the most
# similar brand. Unsourced: the capability of a brand outside every category. Here it is that of
# its devices.
_ROWS = (
    _provider("hotek", "access_control", login="site", takes_site=True, has_password=False),
    _provider("dormakaba_community", "access_control", login="username"),
    _provider("legic_connect", "access_control"),
    _provider("akuvox", "lock", _locks("akuvox")),
    _provider("august", "lock", _AUGUST),
    _provider("avigilon_alta", "lock", _AVIGILON),
    _provider("brivo", "access_control", _BRIVO),
    _provider("butterflymx", "lock", _BUTTERFLYMX),
    _provider("schlage", "lock", _locks("schlage")),
    _provider("smartthings", "lock", _SMARTTHINGS, name="SmartThings"),
    _provider("yale", "lock", _YALE),
    _provider("genie", "lock", _doors("genie", "genie_door"), name="Genie Aladdin Connect"),
    _provider("doorking", "lock", _locks("doorking"), name="DoorKing"),
    _provider("salto", "access_control", _SALTO),
    _provider("salto_ks", "access_control", _SALTO, name="Salto KS"),
    _provider("salto_ks_accept", "access_control", _SALTO),
    _provider("lockly", "lock", _LOCKLY, has_password=False),
    _provider("ttlock", "lock", _TTLOCK, name="TTLock"),
    _provider("linear", "lock", _locks("linear")),
    _provider("noiseaware", "noise_sensor", _NOISEAWARE, name="NoiseAware"),
    _provider("nuki", "lock", _NUKI),
    _provider("igloo", "lock", _locks("igloo")),
    _provider("kwikset", "lock", _locks("kwikset")),
    _provider("minut", "noise_sensor", _MINUT),
    _provider("my_2n", "lock", _2N, name="2N"),
    _provider("controlbyweb", "lock", _CONTROLBYWEB, name="ControlByWeb"),
    _provider("nest", "thermostat", _thermostat("nest"), name="Google Nest"),
    _provider("igloohome", "lock", _IGLOOHOME, name="igloohome"),
    _provider("ecobee", "thermostat", _thermostat("ecobee"), name="ecobee"),
    _provider("four_suites", "lock", _FOUR_SUITES, name="4SUITES"),
    _provider(
        "dormakaba_oracode",
        "lock",
        _ORACODE,
        login="username",
        takes_site=True,
        has_password=False,
    ),
    # Unsourced: the login of Oracode IHO, which has no guide. Here a username and a password.
    _provider("dormakaba_oracode_iho", "lock", _IHO, login="username"),
    _provider("pti", "access_control", name="PTI Storlogix Cloud", takes_site=True),
    _provider("wyze", "lock", _locks("wyze")),
    _provider("seam_passport", "access_control"),
    _provider("visionline", "access_control", login="username", takes_site=True),
    _provider(
        "assa_abloy_credential_service",
        "access_control",
        name="ASSA ABLOY Credential Service",
        login="username",
        takes_site=True,
    ),
    _provider("tedee", "lock", _locks("tedee")),
    _provider("honeywell_resideo", "thermostat", _thermostat("honeywell_resideo")),
    _provider("first_alert", "thermostat", _thermostat("honeywell_resideo")),
    _provider("latch", "access_control", login="none", has_password=False),
    _provider("akiles", "lock", _AKILES),
    _provider(
        "assa_abloy_vostio",
        "access_control",
        name="ASSA ABLOY Vostio",
        login="username",
        takes_site=True,
    ),
    # Unsourced: this login has no guide either. Here it is that of the other credential service.
    _provider(
        "assa_abloy_vostio_credential_service", "access_control", login="username", takes_site=True
    ),
    _provider("tado", "thermostat", _thermostat("tado")),
    _provider("salto_space", "access_control", login="username", takes_site=True),
    _provider("sensi", "thermostat", _thermostat("sensi", heat_cool=False)),
    _provider("keynest", "lock", _KEYNEST, name="KeyNest"),
    _provider("korelock", "lock", _locks("korelock", "keyincode_lock")),
    _provider("keyincode", "lock", _KEYINCODE, name="KeyInCode"),
    _provider("dormakaba_ambiance", "access_control", login="username"),
    _provider("ultraloq", "lock", _locks("ultraloq")),
    _provider("yacan", "lock", _locks("yacan")),
    _provider("dusaw", "lock", _ON_TTLOCK),
    _provider("sifely", "lock", _ON_TTLOCK),
    _provider("thirty_three_lock", "lock", _ON_TTLOCK, name="33 Lock"),
    _provider("ring", "camera", _camera("ring")),
    _provider("tapo", "camera", _camera("tapo")),
    _provider("arlo", "camera", _camera("arlo")),
    _provider("reolink", "camera", _camera("reolink")),
    _provider("ical", None),
    _provider("lodgify", None),
    _provider("hostaway", None),
    _provider("guesty", None),
    _provider("acuity_scheduling", None),
    _provider("omnitec", "lock", _locks("omnitec")),
    _provider("kisi", "lock", _locks("kisi", accepted_by=_LOCK_OR_ACCESS)),
    _provider("aqara", "lock", _locks("aqara")),
    _provider("sonos", "speaker", _SONOS),
)

PROVIDERS: Mapping[str, Provider] = {row.key: row for row in _ROWS}
