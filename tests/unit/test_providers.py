"""The catalogue of providers: its categories, its sandbox logins and what they bring."""

from __future__ import annotations

import pytest

from fakeseam.api.login_fields import SANDBOX_CODE, SANDBOX_DOMAIN, SANDBOX_PASSWORD
from fakeseam.api.providers import (
    ACCEPTED_PROVIDER_KEYS,
    ALIASES,
    CAPABILITIES,
    CATEGORY_CAPABILITIES,
    PROVIDER_CATEGORIES,
    PROVIDERS,
    canonical,
    devices_brought,
    image_url,
    offered,
    resolve_capabilities,
    resolve_providers,
)
from fakeseam.api.sandbox_login import credentials_error

LOCK = ("can_remotely_lock", "can_remotely_unlock", "can_program_online_access_codes")
OFFLINE = (*LOCK, "can_program_offline_access_codes")
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
    ("august", "august_lock", "august", ("access_code", "lock"), LOCK),
    ("schlage", "schlage_lock", "schlage", ("access_code", "lock"), LOCK),
    ("yale", "yale_lock", "yale", ("access_code", "lock"), LOCK),
    ("smartthings", "smartthings_lock", "smartthings", ("access_code", "lock"), LOCK),
    ("nuki", "nuki_lock", "nuki", ("access_code", "lock"), LOCK),
    ("kwikset", "kwikset_lock", "kwikset", ("access_code", "lock"), LOCK),
    ("ttlock", "ttlock_lock", "ttlock", ("access_code", "lock"), LOCK),
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
    ("thirty_three_lock", "ttlock_lock", "ttlock", ("access_code", "lock"), LOCK),
    ("sifely", "ttlock_lock", "ttlock", ("access_code", "lock"), LOCK),
    ("dusaw", "ttlock_lock", "ttlock", ("access_code", "lock"), LOCK),
    ("salto", "salto_lock", "salto", ("access_code", "lock"), LOCK),
    ("salto_ks", "salto_lock", "salto", ("access_code", "lock"), LOCK),
    ("salto_ks_accept", "salto_lock", "salto", ("access_code", "lock"), LOCK),
    ("four_suites", "four_suites_door", "four_suites", ("access_code", "lock"), LOCK),
    ("my_2n", "two_n_intercom", "two_n", ("access_code", "lock"), LOCK),
    (
        "dormakaba_oracode",
        "dormakaba_oracode_door",
        "dormakaba_oracode",
        ("access_code", "lock"),
        OFFLINE,
    ),
    (
        "dormakaba_oracode_iho",
        "dormakaba_oracode_door",
        "dormakaba_oracode_iho",
        ("access_code", "lock"),
        OFFLINE,
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


def login_error(key, *, identifier=None, password=None, code=None, **extras):
    return credentials_error(
        PROVIDERS[key], identifier=identifier, password=password, code=code, extras=extras
    )


# The catalogue


def test_the_providers_are_those_of_the_api_in_its_order():
    assert list(PROVIDERS) == KEYS
    assert [provider.key for provider in PROVIDERS.values()] == KEYS


def test_accepted_providers_may_hold_four_aliases_after_the_providers():
    assert ACCEPTED_PROVIDER_KEYS == (*KEYS, "yale_access", "hid_cm", "google_nest", "slack")


def test_the_capabilities_are_the_six_of_the_api():
    assert CAPABILITIES == EVERYTHING


def test_sandbox_logins_take_the_documented_password_code_and_domain():
    assert (SANDBOX_PASSWORD, SANDBOX_CODE, SANDBOX_DOMAIN) == ("1234", "123456", "example.com")


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


def test_a_logo_is_named_after_the_provider():
    assert image_url("august") == (
        "https://connect.getseam.com/assets/images/logos/august_logo_square.png"
    )


# How a login looks


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
def test_few_providers_know_their_users_by_something_else_than_an_address(login, keys):
    assert [key for key in KEYS if PROVIDERS[key].login == login] == keys


def test_most_providers_know_their_users_by_an_address():
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


# Categories and aliases


@pytest.mark.parametrize(
    ("category", "count", "first", "last"),
    [
        ("stable", 42, "august", "yacan"),
        ("consumer_smartlocks", 20, "akiles", "yacan"),
        ("beta", 2, "salto_ks_accept", "aqara"),
        ("thermostats", 5, "ecobee", "first_alert"),
        ("noise_sensors", 2, "minut", "noiseaware"),
        ("access_control_systems", 11, "brivo", "hotek"),
        ("cameras", 1, "ring", "ring"),
        ("connectors", 5, "ical", "acuity_scheduling"),
        ("internal_beta", 69, "hotek", "sonos"),
    ],
)
def test_a_category_has_its_published_members(category, count, first, last):
    members = PROVIDER_CATEGORIES[category]

    assert (len(members), members[0], members[-1]) == (count, first, last)
    assert len(set(members)) == count
    assert set(members) <= set(KEYS)


def test_there_are_nine_categories_each_with_its_capabilities():
    four = ("lock", "thermostat", "noise_sensor", "access_control")

    assert CATEGORY_CAPABILITIES == {
        "stable": four,
        "consumer_smartlocks": ("lock",),
        "beta": four,
        "thermostats": ("thermostat",),
        "noise_sensors": ("noise_sensor",),
        "access_control_systems": ("access_control",),
        "cameras": ("camera",),
        "connectors": (),
        "internal_beta": (*four, "camera"),
    }
    assert list(PROVIDER_CATEGORIES) == list(CATEGORY_CAPABILITIES)


def test_some_providers_are_not_stable():
    absent = {"genie", "tado", "controlbyweb", "dormakaba_community", "aqara", "sonos"}

    assert not absent & set(PROVIDER_CATEGORIES["stable"])


def test_providers_that_only_the_sdk_knows_are_in_internal_beta_alone():
    for key in ("dormakaba_oracode_iho", "tapo", "arlo", "reolink", "sonos"):
        homes = [name for name, members in PROVIDER_CATEGORIES.items() if key in members]

        assert homes == ["internal_beta"]


def test_an_alias_stands_for_a_provider_or_for_none():
    assert ALIASES == {
        "yale_access": "yale",
        "hid_cm": None,
        "google_nest": "nest",
        "slack": None,
    }


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("august", "august"),
        ("google_nest", "nest"),
        ("yale_access", "yale"),
        ("hid_cm", None),
        ("slack", None),
        ("hubitat", None),
    ],
)
def test_a_key_is_mapped_to_the_provider_that_is_offered(key, expected):
    assert canonical(key) == expected


def test_a_user_is_offered_each_provider_once_under_its_own_name():
    sent = ["google_nest", "slack", "august", "nest", "august", "hid_cm"]

    assert offered(sent) == ("nest", "august")


# accepted_providers


def test_without_a_list_or_a_category_the_stable_providers_are_accepted():
    accepted = resolve_providers(accepted=None, category=None, excluded=[])

    assert len(accepted) == 42
    assert accepted[:3] == ("august", "brivo", "schlage")


def test_a_category_stands_for_its_members():
    accepted = resolve_providers(accepted=None, category="noise_sensors", excluded=[])

    assert accepted == ("minut", "noiseaware")


def test_a_list_wins_over_a_category_and_is_echoed_as_sent():
    sent = ["yale", "google_nest", "slack", "yale"]

    assert resolve_providers(accepted=sent, category="thermostats", excluded=[]) == (
        "yale",
        "google_nest",
        "slack",
        "yale",
    )


def test_an_empty_list_is_a_list():
    assert resolve_providers(accepted=[], category="stable", excluded=[]) == ()


def test_excluded_providers_leave_a_category():
    accepted = resolve_providers(
        accepted=None, category="thermostats", excluded=["ecobee", "google_nest", "no_such_brand"]
    )

    assert accepted == ("sensi", "honeywell_resideo", "first_alert")


def test_excluded_providers_leave_a_list_under_any_of_their_names():
    accepted = resolve_providers(
        accepted=["google_nest", "yale", "yale_access", "august"],
        category=None,
        excluded=["nest", "yale_access"],
    )

    assert accepted == ("august",)


def test_excluding_one_name_without_a_provider_keeps_the_other():
    accepted = resolve_providers(accepted=["hid_cm", "slack"], category=None, excluded=["slack"])

    assert accepted == ("hid_cm",)


# accepted_capabilities


def capabilities(*, given=None, providers=(), explicit_providers=False, category=None):
    return resolve_capabilities(
        given=given,
        providers=providers,
        explicit_providers=explicit_providers,
        category=category,
    )


def test_given_capabilities_win():
    assert capabilities(
        given=["thermostat", "lock"], providers=["minut"], explicit_providers=True
    ) == ("thermostat", "lock")


def test_an_empty_list_of_capabilities_is_a_list():
    assert capabilities(given=[], category="stable") == ()


def test_without_anything_the_capabilities_are_those_of_stable():
    assert capabilities() == ("lock", "thermostat", "noise_sensor", "access_control")


def test_a_category_has_its_own_capabilities_whoever_is_left_in_it():
    assert capabilities(providers=["ring"], category="cameras") == ("camera",)
    assert capabilities(providers=["august"], category="internal_beta") == (
        "lock",
        "thermostat",
        "noise_sensor",
        "access_control",
        "camera",
    )


@pytest.mark.parametrize(
    ("providers", "expected"),
    [
        (["smartthings"], ("lock",)),
        (["honeywell_resideo"], ("thermostat",)),
        (["first_alert"], ("thermostat",)),
        (["minut"], ("noise_sensor",)),
        (["brivo"], ("access_control",)),
        (["latch"], ("access_control",)),
        (["tapo"], ("camera",)),
        (["sonos"], ("speaker",)),
        (["ical", "guesty"], ()),
        (["google_nest"], ("thermostat",)),
        (["slack"], ()),
        ([], ()),
        (
            ["sonos", "ring", "salto_ks", "noiseaware", "ecobee", "august"],
            ("lock", "thermostat", "noise_sensor", "access_control", "camera", "speaker"),
        ),
    ],
)
def test_named_providers_bring_the_union_of_their_defaults(providers, expected):
    assert capabilities(providers=providers, explicit_providers=True) == expected


def test_named_providers_win_over_a_category_that_was_sent_too():
    assert capabilities(
        providers=["ecobee"], explicit_providers=True, category="cameras"
    ) == ("thermostat",)


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


def test_smartthings_brings_a_thermostat_only_when_thermostats_are_accepted():
    assert names("smartthings") == ["FRONT DOOR", "BACK DOOR"]
    assert names("smartthings", ["thermostat"]) == ["Living Room"]
    assert names("smartthings", ["thermostat", "lock"]) == [
        "FRONT DOOR",
        "BACK DOOR",
        "Living Room",
    ]


def test_the_thermostat_of_smartthings_cannot_heat_and_cool():
    (thermostat,) = devices_brought(PROVIDERS["smartthings"], ["thermostat"])

    assert thermostat.device_type == "smartthings_thermostat"
    assert thermostat.manufacturer == "smartthings"
    assert thermostat.capabilities_supported == ("thermostat",)
    assert thermostat.flags == HVAC


def test_devices_whose_capability_is_not_accepted_stay_out():
    assert names("august", ["thermostat"]) == []
    assert names("august", ["access_control"]) == []
    assert names("august", []) == []
    assert names("ring", ["lock"]) == []


@pytest.mark.parametrize(
    "key",
    ["brivo", "salto", "salto_ks", "salto_ks_accept", "avigilon_alta", "kisi", "butterflymx"],
)
def test_access_control_devices_pass_as_locks_or_as_access_control(key):
    for accepted in (None, ["lock"], ["access_control"]):
        assert names(key, accepted) == ["FRONT DOOR", "BACK DOOR"]
    assert names(key, ["thermostat"]) == []


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


# Credentials


@pytest.mark.parametrize(
    "identifier", ["jane@example.com", "Frodo+1@EXAMPLE.com", " sam@example.com ", "jane"]
)
def test_anyone_at_example_com_may_log_in(identifier):
    assert login_error("august", identifier=identifier, password="1234", code="123456") is None


@pytest.mark.parametrize(
    "identifier",
    [
        None,
        "",
        "john",
        "Jane",
        "@example.com",
        "jane@example.org",
        "jane@sub.example.com",
        "jane@example.com.org",
        "jane@examplexcom",
        "a@b@example.com",
    ],
)
def test_anyone_else_is_refused(identifier):
    assert login_error("august", identifier=identifier, password="1234") == "invalid_credentials"
    assert login_error("visionline", identifier=identifier) == "invalid_credentials"


def test_a_wrong_password_is_refused():
    error = login_error("schlage", identifier="jane@example.com", password="12345")

    assert error == "invalid_credentials"


def test_an_empty_password_is_a_wrong_one():
    error = login_error("schlage", identifier="jane@example.com", password="")

    assert error == "invalid_credentials"


def test_a_password_that_was_not_asked_for_is_not_missed():
    assert login_error("schlage", identifier="jane@example.com") is None


def test_a_wrong_code_is_told_apart_from_wrong_credentials():
    error = login_error("yale", identifier="jane@example.com", password="1234", code="000000")

    assert error == "invalid_two_factor_code"


def test_wrong_credentials_are_found_before_a_wrong_code():
    error = login_error("yale", identifier="jane@example.com", password="no", code="000000")

    assert error == "invalid_credentials"


@pytest.mark.parametrize("key", ["lockly", "dormakaba_oracode"])
def test_a_password_is_not_looked_at_where_the_login_has_none(key):
    assert login_error(key, identifier="jane@example.com", password="whatever") is None


@pytest.mark.parametrize("key", ["hotek", "latch"])
def test_nobody_has_to_say_who_they_are_to_hotek_and_latch(key):
    assert login_error(key) is None
    assert login_error(key, identifier="someone@else.org", password="whatever") is None


@pytest.mark.parametrize(
    ("key", "extras"),
    [
        ("august", {"region": "North America", "two_factor_method": "Email"}),
        ("august", {"region": "Others"}),
        ("brivo", {"api_key": "1234"}),
        ("wyze", {"api_key_id": "ABC123ABC", "api_key": "ABC123ABC"}),
        (
            "lockly",
            {
                "team_id": "1234",
                "client_id": "1234",
                "access_key_id": "1234",
                "access_key_secret": "1234",
                "token_id": "1234",
                "token_secret": "1234",
            },
        ),
        ("pti", {"site_key": "1234", "site_code": "1234"}),
        ("visionline", {"site": "Any Hotel", "uuid": "1", "system_id": "1"}),
        (
            "assa_abloy_vostio",
            {"client_id": "1234", "user_pool_id": "1234", "ble_uuid": "1", "system_id": "1"},
        ),
        (
            "dormakaba_ambiance",
            {
                "api_username": "jane",
                "api_password": "1234",
                "client_id": "ABC123ABC",
                "client_secret": "ABC123ABC",
            },
        ),
        ("dormakaba_community", {"api_username": "jane", "client_secret": "ABC123ABC"}),
        ("salto_space", {"bridge_token": "a1b2c3"}),
        ("schlage", {"api_key": "no such field on this page"}),
    ],
)
def test_the_documented_extra_fields_are_accepted(key, extras):
    assert login_error(key, identifier="jane@example.com", **extras) is None


@pytest.mark.parametrize(
    ("key", "extras"),
    [
        ("august", {"region": "Mars"}),
        ("brivo", {"api_key": "12345"}),
        ("wyze", {"api_key_id": "ABC123ABC", "api_key": "1234"}),
        ("lockly", {"token_secret": "ABC123ABC"}),
        ("pti", {"site_code": "9"}),
        ("visionline", {"system_id": "2"}),
        ("assa_abloy_vostio", {"user_pool_id": "1"}),
        ("dormakaba_ambiance", {"client_id": "1234"}),
        ("dormakaba_community", {"api_password": "ABC123ABC"}),
        ("salto_space", {"bridge_token": "12345"}),
    ],
)
def test_a_wrong_extra_field_is_refused(key, extras):
    error = login_error(key, identifier="jane@example.com", **extras)

    assert error == "invalid_credentials"


def test_an_extra_field_left_blank_is_not_looked_at():
    assert login_error("brivo", identifier="jane@example.com", api_key="") is None
