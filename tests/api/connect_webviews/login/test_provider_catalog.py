"""The catalog of providers: a row for each brand, with its login and its sandbox devices."""

from __future__ import annotations

import pytest

from fakeseam.api.connect_webviews.login.providers import PROVIDERS, devices_brought

LOCK = ("can_remotely_lock", "can_remotely_unlock", "can_program_online_access_codes")
OFFLINE = (*LOCK, "can_program_offline_access_codes")
AUTO_LOCK = (*LOCK, "can_configure_auto_lock")
ORACODE = ("can_remotely_lock", "can_remotely_unlock", "can_program_offline_access_codes")
HVAC = ("can_hvac_heat", "can_hvac_cool", "can_turn_off_hvac")
EVERYTHING = ("lock", "thermostat", "noise_sensor", "access_control", "camera", "speaker")

# Written out from the API's enum, in its order.
KEYS = """
    hotek dormakaba_community legic_connect akuvox august avigilon_alta brivo butterflymx
    schlage smartthings yale genie doorking salto salto_ks salto_ks_accept lockly ttlock linear
    noiseaware nuki igloo kwikset minut my_2n controlbyweb nest igloohome ecobee four_suites
    dormakaba_oracode dormakaba_oracode_iho pti wyze seam_passport visionline
    assa_abloy_credential_service tedee honeywell_resideo first_alert latch akiles
    assa_abloy_vostio assa_abloy_vostio_credential_service tado salto_space sensi keynest
    korelock keyincode dormakaba_ambiance ultraloq yacan dusaw sifely thirty_three_lock ring
    tapo arlo reolink ical lodgify hostaway guesty acuity_scheduling omnitec kisi aqara sonos
""".split()

# key, device_type, manufacturer, capabilities_supported, flags: of each first device.
DEVICES = [
    ("akuvox", "akuvox_lock", "akuvox", ("access_code", "lock"), LOCK),
    ("august", "august_lock", "august", ("access_code", "lock"), AUTO_LOCK),
    ("schlage", "schlage_lock", "schlage", ("access_code", "lock"), LOCK),
    ("yale", "yale_lock", "yale", ("access_code", "lock"), AUTO_LOCK),
    ("smartthings", "smartthings_lock", "smartthings", ("access_code", "lock"), LOCK),
    ("nuki", "nuki_lock", "nuki", ("access_code", "lock"), LOCK),
    ("kwikset", "kwikset_lock", "kwikset", ("access_code", "lock"), LOCK),
    ("ttlock", "ttlock_lock", "ttlock", ("access_code", "lock"), AUTO_LOCK),
    ("wyze", "wyze_lock", "wyze", ("access_code", "lock"), LOCK),
    ("lockly", "lockly_lock", "lockly", ("access_code", "lock"), OFFLINE),
    ("tedee", "tedee_lock", "tedee", ("access_code", "lock"), LOCK),
    ("igloohome", "igloohome_lock", "igloohome", ("access_code", "lock"), OFFLINE),
    ("igloo", "igloo_lock", "igloo", ("access_code", "lock"), LOCK),
    ("ultraloq", "ultraloq_lock", "ultraloq", ("access_code", "lock"), LOCK),
    ("omnitec", "omnitec_lock", "omnitec", ("access_code", "lock"), LOCK),
    ("kisi", "kisi_lock", "kisi", ("access_code", "lock"), LOCK),
    ("aqara", "aqara_lock", "aqara", ("access_code", "lock"), LOCK),
    ("yacan", "yacan_lock", "yacan", ("access_code", "lock"), LOCK),
    ("linear", "linear_lock", "linear", ("access_code", "lock"), LOCK),
    ("doorking", "doorking_lock", "doorking", ("access_code", "lock"), LOCK),
    ("keyincode", "keyincode_lock", "korelock", ("access_code", "lock"), LOCK),
    ("korelock", "keyincode_lock", "korelock", ("access_code", "lock"), LOCK),
    ("thirty_three_lock", "ttlock_lock", "ttlock", ("access_code", "lock"), AUTO_LOCK),
    ("sifely", "ttlock_lock", "ttlock", ("access_code", "lock"), AUTO_LOCK),
    ("dusaw", "ttlock_lock", "ttlock", ("access_code", "lock"), AUTO_LOCK),
    ("salto", "salto_lock", "salto", ("access_code", "lock"), LOCK),
    ("salto_ks", "salto_lock", "salto", ("access_code", "lock"), LOCK),
    ("salto_ks_accept", "salto_lock", "salto", ("access_code", "lock"), LOCK),
    (
        "four_suites",
        "four_suites_door",
        "four_suites",
        ("access_code", "lock"),
        ("can_remotely_unlock",),
    ),
    ("my_2n", "two_n_intercom", "two_n", ("access_code", "lock"), LOCK),
    (
        "dormakaba_oracode",
        "dormakaba_oracode_door",
        "dormakaba_oracode",
        ("access_code", "lock"),
        ORACODE,
    ),
    (
        "dormakaba_oracode_iho",
        "dormakaba_oracode_door",
        "dormakaba_oracode_iho",
        ("access_code", "lock"),
        ORACODE,
    ),
    ("brivo", "brivo_access_point", "brivo", ("lock",), ("can_remotely_unlock",)),
    ("butterflymx", "butterflymx_panel", "butterflymx", ("lock",), ("can_remotely_unlock",)),
    ("avigilon_alta", "avigilon_alta_entry", "avigilon_alta", ("lock",), ("can_remotely_unlock",)),
    ("genie", "genie_door", "genie", ("lock",), ("can_remotely_unlock",)),
    ("controlbyweb", "controlbyweb_device", "controlbyweb", ("lock",), ("can_remotely_unlock",)),
    (
        "akiles",
        "akiles_lock",
        "akiles",
        ("access_code", "lock"),
        ("can_remotely_unlock", "can_program_online_access_codes"),
    ),
    (
        "keynest",
        "keynest_key",
        "keynest",
        ("access_code",),
        ("can_program_online_access_codes",),
    ),
    ("minut", "minut_sensor", "minut", ("noise_detection",), ()),
    ("noiseaware", "noiseaware_activity_zone", "noiseaware", ("noise_detection",), ()),
    ("ecobee", "ecobee_thermostat", "ecobee", ("thermostat",), (*HVAC, "can_hvac_heat_cool")),
    ("nest", "nest_thermostat", "nest", ("thermostat",), (*HVAC, "can_hvac_heat_cool")),
    ("tado", "tado_thermostat", "tado", ("thermostat",), (*HVAC, "can_hvac_heat_cool")),
    ("sensi", "sensi_thermostat", "sensi", ("thermostat",), HVAC),
    (
        "honeywell_resideo",
        "honeywell_resideo_thermostat",
        "honeywell_resideo",
        ("thermostat",),
        (*HVAC, "can_hvac_heat_cool"),
    ),
    (
        "first_alert",
        "honeywell_resideo_thermostat",
        "honeywell_resideo",
        ("thermostat",),
        (*HVAC, "can_hvac_heat_cool"),
    ),
    ("ring", "ring_camera", "ring", (), ()),
    ("tapo", "tapo_camera", "tapo", (), ()),
    ("arlo", "arlo_camera", "arlo", (), ()),
    ("reolink", "reolink_camera", "reolink", (), ()),
    ("sonos", "sonos_speaker", "sonos", (), ()),
]

WITHOUT_DEVICES = """
    hotek dormakaba_community dormakaba_ambiance legic_connect visionline assa_abloy_vostio
    assa_abloy_credential_service assa_abloy_vostio_credential_service salto_space latch pti
    seam_passport ical lodgify hostaway guesty acuity_scheduling
""".split()


def names(key, capabilities=None):
    return [device.name for device in devices_brought(PROVIDERS[key], capabilities)]


def test_the_providers_are_those_of_the_api_in_its_order():
    assert list(PROVIDERS) == KEYS


@pytest.mark.parametrize(
    ("key", "display_name"),
    [
        ("assa_abloy_credential_service", "ASSA ABLOY Credential Service"),
        ("assa_abloy_vostio", "ASSA ABLOY Vostio"),
        ("august", "August"),
        ("avigilon_alta", "Avigilon Alta"),
        ("controlbyweb", "ControlByWeb"),
        ("doorking", "DoorKing"),
        ("dormakaba_community", "Dormakaba Community"),
        ("ecobee", "ecobee"),
        ("first_alert", "First Alert"),
        ("four_suites", "4SUITES"),
        ("genie", "Genie Aladdin Connect"),
        ("igloohome", "igloohome"),
        ("keyincode", "KeyInCode"),
        ("keynest", "KeyNest"),
        ("my_2n", "2N"),
        ("nest", "Google Nest"),
        ("noiseaware", "NoiseAware"),
        ("pti", "PTI Storlogix Cloud"),
        ("salto_ks", "Salto KS"),
        ("salto_space", "Salto Space"),
        ("smartthings", "SmartThings"),
        ("thirty_three_lock", "33 Lock"),
        ("ttlock", "TTLock"),
        ("visionline", "Visionline"),
    ],
)
def test_a_provider_is_called_as_in_the_table_of_brands(key, display_name):
    assert PROVIDERS[key].display_name == display_name


def test_a_provider_without_a_brand_name_is_called_by_its_key():
    assert PROVIDERS["acuity_scheduling"].display_name == "Acuity Scheduling"


# The fields of a login


@pytest.mark.parametrize(
    ("login", "keys"),
    [
        ("site", ["hotek"]),
        ("none", ["latch"]),
        (
            "username",
            [
                "dormakaba_community",
                "dormakaba_oracode",
                "dormakaba_oracode_iho",
                "visionline",
                "assa_abloy_credential_service",
                "assa_abloy_vostio",
                "assa_abloy_vostio_credential_service",
                "salto_space",
                "dormakaba_ambiance",
            ],
        ),
    ],
)
def test_few_providers_identify_their_users_by_something_else_than_an_address(login, keys):
    assert [key for key in KEYS if PROVIDERS[key].login == login] == keys


def test_most_providers_identify_their_users_by_an_address():
    assert sum(provider.login == "email" for provider in PROVIDERS.values()) == 58


def test_four_providers_have_no_password():
    assert [key for key in KEYS if not PROVIDERS[key].has_password] == [
        "hotek",
        "lockly",
        "dormakaba_oracode",
        "latch",
    ]


def test_on_premise_providers_take_a_site():
    assert [key for key in KEYS if PROVIDERS[key].takes_site] == [
        "hotek",
        "dormakaba_oracode",
        "pti",
        "visionline",
        "assa_abloy_credential_service",
        "assa_abloy_vostio",
        "assa_abloy_vostio_credential_service",
        "salto_space",
    ]


# Devices


@pytest.mark.parametrize(("key", "device_type", "manufacturer", "supported", "flags"), DEVICES)
def test_a_login_brings_devices_of_its_brand(key, device_type, manufacturer, supported, flags):
    device = devices_brought(PROVIDERS[key], None)[0]

    assert device.device_type == device_type
    assert device.manufacturer == manufacturer
    assert device.capabilities_supported == supported
    assert device.flags == flags


@pytest.mark.parametrize("key", WITHOUT_DEVICES)
def test_some_logins_bring_no_devices(key):
    assert names(key) == []
    assert names(key, EVERYTHING) == []


def test_each_provider_is_listed_here_with_its_devices_or_without():
    assert sorted([row[0] for row in DEVICES] + WITHOUT_DEVICES) == sorted(KEYS)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("august", ["FRONT DOOR", "BACK DOOR"]),
        ("brivo", ["FRONT DOOR", "BACK DOOR"]),
        ("korelock", ["FRONT DOOR", "BACK DOOR"]),
        ("keyincode", ["Front Door Lock", "Back Door Lock"]),
        ("my_2n", ["Device 0", "Device 1", "Device 2"]),
        ("minut", ["Living Room"]),
        ("noiseaware", ["Conference Room"]),
        ("ecobee", ["Living Room"]),
        ("ring", ["Front Door Camera"]),
        ("sonos", ["Living Room"]),
    ],
)
def test_sandbox_devices_have_fixed_names(key, expected):
    assert names(key) == expected


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ("august", "Lock"),
        ("brivo", "Door"),
        ("my_2n", "Intercom"),
        ("keynest", "Key"),
        ("nest", "Thermostat"),
        ("minut", "Noise Sensor"),
        ("ring", "Camera"),
        ("sonos", "Speaker"),
    ],
)
def test_sandbox_devices_have_a_model(key, model):
    assert PROVIDERS[key].devices[0].model == model


def test_the_thermostat_of_smartthings_cannot_heat_and_cool():
    (thermostat,) = devices_brought(PROVIDERS["smartthings"], ["thermostat"])

    assert thermostat.device_type == "smartthings_thermostat"
    assert thermostat.manufacturer == "smartthings"
    assert thermostat.capabilities_supported == ("thermostat",)
    assert thermostat.flags == HVAC


CONNECTION = {"can_simulate_connection", "can_simulate_disconnection", "can_simulate_removal"}
HUB = {"can_simulate_hub_connection", "can_simulate_hub_disconnection"}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("august", CONNECTION | HUB),
        ("yale", CONNECTION),
        ("ttlock", HUB),
        ("igloohome", {"can_simulate_hub_disconnection"}),
        ("nuki", {"can_simulate_paid_subscription"}),
    ],
)
def test_sandbox_devices_say_what_can_be_simulated(key, expected):
    for device in PROVIDERS[key].devices:
        assert set(device.sandbox_flags) == expected
        assert not expected & set(device.flags)


def test_nothing_else_can_be_simulated():
    rest = set(KEYS) - {"august", "yale", "ttlock", "igloohome", "nuki"}

    assert not any(device.sandbox_flags for key in rest for device in PROVIDERS[key].devices)
