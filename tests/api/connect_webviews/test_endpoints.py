"""The connect webview as the API shows it: members, defaults, parameters, deletion."""

from __future__ import annotations

import re
import uuid

import pytest

CREATE = "/connect_webviews/create"
STABLE = """
    august brivo schlage smartthings yale nuki salto_ks salto_space minut my_2n kwikset ttlock
    noiseaware igloohome ecobee lockly wyze nest tedee honeywell_resideo first_alert visionline
    assa_abloy_credential_service dormakaba_ambiance latch akiles sensi assa_abloy_vostio
    avigilon_alta kisi keynest hotek ultraloq dormakaba_oracode ring korelock keyincode sifely
    omnitec dusaw thirty_three_lock yacan
""".split()


@pytest.fixture
def create(fake):
    return lambda **params: fake.call(CREATE, params)["connect_webview"]


def test_a_fresh_webview_has_exactly_these_members(fake, create):
    webview = create()

    assert {**webview, "connect_webview_id": "", "url": ""} == {
        "connect_webview_id": "",
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "url": "",
        "status": "pending",
        "login_successful": False,
        "authorized_at": None,
        "connected_account_id": None,
        "selected_provider": None,
        "accepted_providers": STABLE,
        "accepted_capabilities": ["lock", "thermostat", "noise_sensor", "access_control"],
        "accepted_devices": [],
        "any_device_allowed": False,
        "any_provider_allowed": False,
        "custom_redirect_url": None,
        "custom_redirect_failure_url": None,
        "custom_metadata": {},
        "automatically_manage_new_devices": True,
        "wait_for_device_creation": False,
        "device_selection_mode": "none",
    }


def test_a_webview_has_a_uuid_of_its_own(create):
    one, other = create()["connect_webview_id"], create()["connect_webview_id"]

    assert one != other
    assert str(uuid.UUID(one)) == one


def test_sent_values_are_shown(create):
    webview = create(
        custom_redirect_url="https://app.example/done?x=1#top",
        custom_redirect_failure_url="not even a url",
        automatically_manage_new_devices=False,
        wait_for_device_creation=True,
        device_selection_mode="multiple",
        customer_key="c1",
        custom_metadata={"user": "u1", "vip": False},
    )

    assert webview["custom_redirect_url"] == "https://app.example/done?x=1#top"
    assert webview["custom_redirect_failure_url"] == "not even a url"
    assert webview["automatically_manage_new_devices"] is False
    assert webview["wait_for_device_creation"] is True
    assert webview["device_selection_mode"] == "multiple"
    assert webview["customer_key"] == "c1"
    assert webview["custom_metadata"] == {"user": "u1", "vip": False}


def test_a_failure_url_is_not_filled_in_from_the_other(create):
    webview = create(custom_redirect_url="https://app.example")

    assert webview["custom_redirect_failure_url"] is None


def test_the_url_carries_the_id_and_a_token(create):
    webview = create()
    webview_id = webview["connect_webview_id"]

    assert re.fullmatch(
        f"http://fakeseam/connect_webviews/view\\?connect_webview_id={webview_id}"
        "&auth_token=[1-9A-HJ-NP-Za-km-z]{32,33}",
        webview["url"],
    )


def test_the_url_stays_the_same(fake, create):
    webview = create()

    fake.complete_connect_webview(webview)

    sent = {"connect_webview_id": webview["connect_webview_id"]}
    assert fake.call("/connect_webviews/get", sent)["connect_webview"]["url"] == webview["url"]


def test_two_webviews_have_two_tokens(create):
    one, other = (create()["url"].partition("auth_token=")[2] for _ in range(2))

    assert one != other


def test_created_get_and_list_show_the_same_webview(fake, create):
    webview = create(custom_metadata={"a": "1"}, customer_key="c1")

    got = fake.call("/connect_webviews/get", {"connect_webview_id": webview["connect_webview_id"]})
    listed = fake.call("/connect_webviews/list")

    assert got["connect_webview"] == webview
    assert listed["connect_webviews"] == [webview]


def test_changing_a_response_does_not_change_the_webview(fake, create):
    webview = create(custom_metadata={"a": "1"})
    webview_id = webview["connect_webview_id"]

    webview["custom_metadata"]["a"] = "changed"
    webview["accepted_providers"].clear()

    got = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    assert got["connect_webview"]["custom_metadata"] == {"a": "1"}
    assert got["connect_webview"]["accepted_providers"] == STABLE


def test_changing_sent_parameters_does_not_change_the_webview(fake):
    metadata, providers = {"a": "1"}, ["august"]
    fake.call(CREATE, {"custom_metadata": metadata, "accepted_providers": providers})

    metadata["a"] = "changed"
    providers.append("yale")

    (webview,) = fake.call("/connect_webviews/list")["connect_webviews"]
    assert webview["custom_metadata"] == {"a": "1"}
    assert webview["accepted_providers"] == ["august"]


def test_making_a_webview_is_no_event(fake, create):
    create()

    assert len(fake.events) == 0


# Providers and capabilities


CATEGORIES = {
    "stable": (STABLE, ["lock", "thermostat", "noise_sensor", "access_control"]),
    "consumer_smartlocks": (
        "akiles august schlage yale smartthings nuki ttlock kwikset igloohome wyze lockly tedee"
        " ultraloq dormakaba_oracode korelock dusaw keyincode sifely thirty_three_lock"
        " yacan".split(),
        ["lock"],
    ),
    "beta": (
        ["salto_ks_accept", "aqara"],
        ["lock", "thermostat", "noise_sensor", "access_control"],
    ),
    "thermostats": ("ecobee nest sensi honeywell_resideo first_alert".split(), ["thermostat"]),
    "noise_sensors": (["minut", "noiseaware"], ["noise_sensor"]),
    "access_control_systems": (
        "brivo visionline assa_abloy_credential_service latch salto_ks assa_abloy_vostio"
        " salto_space dormakaba_ambiance dormakaba_community legic_connect hotek".split(),
        ["access_control"],
    ),
    "cameras": (["ring"], ["camera"]),
    "connectors": ("ical lodgify hostaway guesty acuity_scheduling".split(), []),
}


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_stands_for_its_providers_and_capabilities(create, category):
    webview = create(provider_category=category)

    providers, capabilities = CATEGORIES[category]
    assert webview["accepted_providers"] == providers
    assert webview["accepted_capabilities"] == capabilities


def test_internal_beta_is_every_provider(create):
    webview = create(provider_category="internal_beta")

    assert webview["accepted_providers"][:3] == ["hotek", "dormakaba_community", "legic_connect"]
    assert {"sonos", "tapo", "aqara", "ical"} <= set(webview["accepted_providers"])
    assert webview["accepted_capabilities"] == [
        "lock",
        "thermostat",
        "noise_sensor",
        "access_control",
        "camera",
    ]


def test_a_list_of_providers_wins_over_a_category(create):
    webview = create(accepted_providers=["ring", "august"], provider_category="thermostats")

    assert webview["accepted_providers"] == ["ring", "august"]
    assert sorted(webview["accepted_capabilities"]) == ["camera", "lock"]


def test_an_empty_list_of_providers_is_a_list(create):
    webview = create(accepted_providers=[], provider_category="stable")

    assert webview["accepted_providers"] == []
    assert webview["accepted_capabilities"] == []


def test_aliases_and_repetitions_are_echoed(create):
    sent = ["google_nest", "slack", "august", "august", "hid_cm", "yale_access"]

    assert create(accepted_providers=sent)["accepted_providers"] == sent


def test_excluded_providers_leave_a_category(create):
    webview = create(
        provider_category="thermostats", excluded_providers=["nest", "ecobee", "no such brand"]
    )

    assert webview["accepted_providers"] == ["sensi", "honeywell_resideo", "first_alert"]
    assert webview["accepted_capabilities"] == ["thermostat"]


def test_excluded_providers_leave_an_explicit_list_under_any_name(create):
    webview = create(
        accepted_providers=["google_nest", "august"], excluded_providers=["nest"]
    )

    assert webview["accepted_providers"] == ["august"]


@pytest.mark.parametrize("given", [["thermostat", "lock"], ["camera"], []])
def test_given_capabilities_are_shown_as_given(create, given):
    webview = create(provider_category="stable", accepted_capabilities=given)

    assert webview["accepted_capabilities"] == given


@pytest.mark.parametrize(
    ("providers", "expected"),
    [
        (["smartthings"], ["lock"]),
        (["honeywell_resideo"], ["thermostat"]),
        (["minut", "noiseaware"], ["noise_sensor"]),
        (["brivo"], ["access_control"]),
        (["sonos"], ["speaker"]),
        (["tapo", "arlo", "reolink"], ["camera"]),
        (["ical"], []),
        (["august", "ecobee", "minut"], ["lock", "thermostat", "noise_sensor"]),
    ],
)
def test_named_providers_bring_their_own_capabilities(create, providers, expected):
    assert create(accepted_providers=providers)["accepted_capabilities"] == expected


# Deletion


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deleted_webview_is_gone(fake, refuse, method):
    webview = fake.call("/connect_webviews/create")["connect_webview"]
    sent = {"connect_webview_id": webview["connect_webview_id"]}

    assert fake.call("/connect_webviews/delete", sent, method=method) == {"ok": True}

    assert refuse("/connect_webviews/get", sent).type == "connect_webview_not_found"
    assert refuse("/connect_webviews/delete", sent).type == "connect_webview_not_found"
    assert fake.call("/connect_webviews/list")["connect_webviews"] == []


def test_the_account_of_a_deleted_webview_stays_as_it_is(fake):
    account = fake.connect_account(custom_metadata={"a": "1"}, customer_key="c1")
    events = len(fake.events)
    (webview,) = fake.call("/connect_webviews/list")["connect_webviews"]
    sent = {"connect_webview_id": webview["connect_webview_id"]}

    fake.call("/connect_webviews/delete", sent)

    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]
    assert len(fake.call("/devices/list")["devices"]) == 2
    assert len(fake.events) == events


def test_a_session_loses_a_deleted_webview(fake):
    token = fake.create_client_session("u1")
    webview = fake.call("/connect_webviews/create", token=token)["connect_webview"]

    fake.call("/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]})

    assert fake.call("/connect_webviews/list", token=token)["connect_webviews"] == []
    listed = fake.call("/connect_webviews/list", {"user_identifier_key": "u1"})
    assert listed["connect_webviews"] == []


def test_a_session_keeps_the_account_of_a_deleted_webview(fake):
    token = fake.create_client_session()
    webview = fake.call("/connect_webviews/create", token=token)["connect_webview"]
    account = fake.complete_connect_webview(webview)

    fake.call("/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]})

    sent = {"connected_account_id": account["connected_account_id"]}
    assert fake.call("/connected_accounts/get", sent, token=token)["ok"] is True


def test_failed_and_used_webviews_can_be_deleted(fake):
    failed = fake.call("/connect_webviews/create")["connect_webview"]
    fake.fail_connect_webview(failed)
    fake.connect_account()

    for webview in fake.call("/connect_webviews/list")["connect_webviews"]:
        sent = {"connect_webview_id": webview["connect_webview_id"]}
        fake.call("/connect_webviews/delete", sent)

    assert fake.call("/connect_webviews/list")["connect_webviews"] == []
