"""Providers: aliases, categories, what a webview accepts, and the devices that a login brings."""

from __future__ import annotations

import pytest

from fakeseam.api.connect_webviews.login.providers import (
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

EVERYTHING = ("lock", "thermostat", "noise_sensor", "access_control", "camera", "speaker")


def names(key, capabilities=None):
    return [device.name for device in devices_brought(PROVIDERS[key], capabilities)]


# The catalog


def test_accepted_providers_may_hold_four_aliases_after_the_providers():
    assert ACCEPTED_PROVIDER_KEYS == (*PROVIDERS, "yale_access", "hid_cm", "google_nest", "slack")


def test_the_capabilities_are_the_six_of_the_api():
    assert CAPABILITIES == EVERYTHING


def test_a_logo_is_named_after_the_provider():
    assert image_url("august") == (
        "https://connect.getseam.com/assets/images/logos/august_logo_square.png"
    )


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
    assert set(members) <= set(PROVIDERS)


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


def test_by_default_the_capabilities_are_those_of_stable():
    assert capabilities() == ("lock", "thermostat", "noise_sensor", "access_control")


def test_a_category_has_its_own_capabilities_whichever_providers_are_left():
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


def test_smartthings_brings_a_thermostat_only_when_thermostats_are_accepted():
    assert names("smartthings") == ["FRONT DOOR", "BACK DOOR"]
    assert names("smartthings", ["thermostat"]) == ["Living Room"]
    assert names("smartthings", ["thermostat", "lock"]) == [
        "FRONT DOOR",
        "BACK DOOR",
        "Living Room",
    ]


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
