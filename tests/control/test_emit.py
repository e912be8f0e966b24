"""``fake.emit``: any event that Seam documents, filled in from what the fake holds."""

from __future__ import annotations

import dataclasses
import typing
from datetime import datetime, timezone

import httpx
import pytest
from seam import SeamWebhook
from seam.resources import seam_event

from fakeseam import FakeSeam
from fakeseam.api.events.types import DESCRIPTIONS, EVENT_FIELDS, EVENT_TYPES
from fakeseam.types import Event

ID = "00000000-0000-4000-8000-000000000001"
NOW = "2026-01-01T00:00:00.000Z"
ENTRY = {"created_at": NOW, "message": "No."}

# A value for each field that no record of the fake gives.
GIVEN = {
    **dict.fromkeys(
        (
            *("access_code_id", "access_grant_id", "access_method_id", "acs_access_group_id"),
            *("acs_credential_id", "acs_encoder_id", "acs_entrance_id", "acs_system_id"),
            *("acs_user_id", "action_attempt_id", "backup_access_code_id", "client_session_id"),
            *("enrollment_automation_id", "thermostat_schedule_id"),
        ),
        ID,
    ),
    "access_grant_ids": [ID],
    "activation_reason": "motion_detected",
    "climate_preset_key": "night",
    "code": "1234",
    "description": "It changed.",
    "error_code": "hub_disconnected",
    "error_message": "No.",
    "is_fallback_climate_preset": False,
    "requested_mutations": [{"mutation_code": "deleting"}],
    **dict.fromkeys(("lower_limit_celsius", "upper_limit_celsius"), None),
    "temperature_celsius": 20.5,
}
CHANGES = {
    "access_code.name_changed": {"name": "a"},
    "access_code.code_changed": {"code": "1234"},
    "access_code.time_frame_changed": {"starts_at": None, "ends_at": NOW},
}


def sdk_classes():
    """The SDK's class of each event type."""
    classes = {}
    for one in vars(seam_event).values():
        if dataclasses.is_dataclass(one):
            (event_type,) = typing.get_args(typing.get_type_hints(one)["event_type"])
            classes[event_type] = one
    return classes


SDK_CLASSES = sdk_classes()


def given_for(event_type):
    """What a test has to give for an event of this type."""
    required = {name[:-1] for name in EVENT_FIELDS[event_type].split() if name.endswith("*")}
    given = {name: value for name, value in GIVEN.items() if name in required}
    if event_type in CHANGES:
        given |= {"from": CHANGES[event_type], "to": CHANGES[event_type]}
    if event_type.startswith("lock."):
        given["method"] = "keycode"
    if event_type == "thermostat.manually_adjusted":
        given["method"] = "external"
    if event_type == "lock.access_denied":
        del given["method"]
    return given


# Every type


def test_the_types_and_their_fields_are_those_of_the_sdk():
    """But for some types that the SDK filters by and has no class for."""
    base = {"event_id", "event_type", "workspace_id", "created_at", "occurred_at"}
    base.add("event_description")
    fields = {
        event_type: {field.name for field in dataclasses.fields(one)} - base
        for event_type, one in SDK_CLASSES.items()
    }
    # Names of Python's own have an underscore in the SDK.
    fields = {one: {name.rstrip("_") for name in names} for one, names in fields.items()}
    own = {one: {name.rstrip("*") for name in EVENT_FIELDS[one].split()} for one in fields}

    missing = {one: fields[one] - own[one] for one in fields if fields[one] - own[one]}
    assert missing == {}
    # Seam's OpenAPI has these besides.
    more = set().union(*(own[one] - fields[one] for one in fields))
    assert more <= {
        *("acs_entrance_id", "acs_system_id", "acs_user_id", "user_identity_id"),
        *("connected_account_type", "battery_source"),
    }
    assert fields.keys() <= set(EVENT_TYPES)


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_type_can_be_emitted_and_is_read_by_the_sdk(home, event_type):
    event = home.emit(event_type, **given_for(event_type))

    required = {name[:-1] for name in EVENT_FIELDS[event_type].split() if name.endswith("*")}
    assert required <= event.keys()
    assert home.events[-1] == event
    with home.client() as seam:
        read = seam.events.get(event_id=event["event_id"])
    assert (read.event_type, read.event_description) == (event_type, DESCRIPTIONS[event_type])
    assert type(read) is SDK_CLASSES.get(event_type, type(read))


def test_every_type_has_a_short_description_in_a_sentence():
    for event_type, text in DESCRIPTIONS.items():
        assert text[0].isupper() and text.endswith(".") and len(text) < 80, event_type


def test_an_event_that_happens_by_itself_has_its_description(home):
    home.disconnect_account(home.account_id)

    event = home.events.assert_emitted("connected_account.disconnected")
    assert event["event_description"] == "A connected account was disconnected."


# What is filled in


def test_an_event_of_a_device_has_its_ids_metadata_and_battery(home):
    event = home.emit("device.low_battery", device_id=home.device_id)

    assert {name: event[name] for name in event if name not in ("event_id", "created_at")} == {
        "event_type": "device.low_battery",
        "event_description": "The battery of a device is low.",
        "workspace_id": home.workspace_id,
        "occurred_at": event["created_at"],
        "device_id": home.device_id,
        "connected_account_id": home.account_id,
        "device_custom_metadata": {"floor": "1"},
        "connected_account_custom_metadata": {"user": "u1"},
        "battery_level": home.call("/devices/list")["devices"][0]["properties"]["battery_level"],
    }


def test_an_object_of_the_api_stands_for_its_id(home):
    with home.client() as seam:
        device = seam.devices.get(device_id=home.device_id)

    assert home.emit("device.tampered", device_id=device)["device_id"] == home.device_id


def test_a_value_that_is_given_is_kept(home):
    event = home.emit(
        "device.low_battery",
        device_id=home.device_id,
        battery_level=0.05,
        device_custom_metadata={"floor": "2"},
        event_description="Change it.",
        occurred_at=datetime(2025, 12, 31, tzinfo=timezone.utc),
    )

    assert event["battery_level"] == 0.05
    assert event["device_custom_metadata"] == {"floor": "2"}
    assert event["event_description"] == "Change it."
    assert event["occurred_at"] == "2025-12-31T00:00:00.000Z"
    assert event["created_at"].startswith("2026-01-01")


def test_the_only_device_is_meant_if_none_is_given(home):
    assert home.emit("device.tampered")["device_id"] == home.device_id


def test_the_only_device_of_a_given_account_is_meant(home):
    other = home.connect_account(provider="minut", devices=[{"name": "Attic"}])

    event = home.emit("device.tampered", connected_account_id=other)

    assert event["connected_account_id"] == other["connected_account_id"]


def test_the_latest_webview_of_the_account_is_named(home):
    assert home.emit("connected_account.connected")["connect_webview_id"] == (
        home.call("/connect_webviews/list")["connect_webviews"][0]["connect_webview_id"]
    )


def test_errors_and_warnings_are_those_of_the_moment(home):
    home.add_device_error(home.device_id, "hub_disconnected")

    event = home.emit("device.connection_became_flaky")

    assert [one["error_code"] for one in event["device_errors"]] == ["hub_disconnected"]
    assert event["connected_account_errors"] == []


@pytest.mark.parametrize(
    ("celsius", "fahrenheit"), [(20, 68), (-40, -40), (0, 32), (36.6, 97.88)]
)
def test_a_temperature_may_be_given_in_either_unit(home, celsius, fahrenheit):
    name = "thermostat.temperature_changed"
    for given in ({"temperature_celsius": celsius}, {"temperature_fahrenheit": fahrenheit}):
        event = home.emit(name, **given)
        assert event["temperature_celsius"] == pytest.approx(celsius)
        assert event["temperature_fahrenheit"] == pytest.approx(fahrenheit)


def test_an_event_of_what_is_gone_may_name_it(home):
    home.call("/connected_accounts/delete", {"connected_account_id": home.account_id})

    event = home.emit("device.removed", device_id=home.device_id, connected_account_id=ID)

    assert event["device_id"] == home.device_id


def test_an_event_is_of_the_workspace_of_what_it_names(home):
    other = home.create_workspace()
    account = home.connect_account(workspace_id=other.workspace_id)

    event = home.emit("connected_account.connected", connected_account_id=account)

    assert event["workspace_id"] == other.workspace_id
    assert home.emit("acs_user.created", acs_system_id=ID, acs_user_id=ID)["workspace_id"] == (
        home.workspace_id
    )


def test_an_event_of_what_is_not_implemented_may_be_of_another_workspace(home):
    other = home.create_workspace()

    event = home.emit("access_grant.created", access_grant_id=ID, workspace_id=other.workspace_id)

    assert event["workspace_id"] == other.workspace_id


# It is an event like any other


def test_it_is_signed_and_sent(home, hook):
    home.webhooks.sign_by("wall")
    webhook = hook("https://app.example.com/hook", event_types=["device.low_battery"])
    home.emit("device.low_battery")

    (delivery,) = home.webhooks
    event = SeamWebhook(webhook["secret"]).verify(delivery.body, delivery.headers)
    assert event.event_type == "device.low_battery"


def test_a_customers_session_sees_that_of_its_device():
    with FakeSeam() as fake:
        fake.connect_account(customer_key="north", devices=[{"name": "Hall"}])
        north, south = (fake.create_client_session(customer_key=key) for key in ("north", "south"))
        event = fake.emit("device.tampered")

        assert fake.call("/events/get", {"event_id": event["event_id"]}, token=north)["ok"]
        sent = {"since": "2000-01-01", "event_type": "device.tampered"}
        assert fake.call("/events/list", sent, token=south)["events"] == []


def test_nothing_else_changes(home):
    before = home.call("/devices/list")["devices"]

    home.emit("device.removed")
    home.emit("device.low_battery", battery_level=0.01)

    assert home.call("/devices/list")["devices"] == before


def test_it_can_be_emitted_over_http(home):
    with home.serve() as server:
        body = {"event_type": "device.low_battery", "fields": {"device_id": home.device_id}}
        response = httpx.post(f"{server.url}/_fakeseam/emit", json=body)

    assert response.json()["event"] == home.events[-1]


def test_a_seed_file_may_emit(home):
    step = {"emit": {"event_type": "device.tampered"}}
    home.load({"fakeseam_seed": 1, "steps": [step]})

    home.events.assert_emitted("device.tampered")


def test_the_type_of_an_event_has_every_field():
    fields = {name.rstrip("*") for fields in EVENT_FIELDS.values() for name in fields.split()}
    common = {"event_id", "event_type", "workspace_id", "created_at", "occurred_at"}

    assert set(typing.get_type_hints(Event)) == fields | common | {"event_description"}


def test_an_event_of_a_code_has_what_the_fake_knows_of_it(fake):
    fake.connect_account(custom_metadata={"user": "u1"})
    device = fake.call("/devices/list")["devices"][0]
    sent = {"device_id": device["device_id"], "code": "1234"}
    code = fake.call("/access_codes/create", sent)["access_code"]

    event = fake.emit("access_code.set_on_device")

    assert event["access_code_id"] == code["access_code_id"]
    assert (event["device_id"], event["code"]) == (device["device_id"], "1234")
    assert event["connected_account_custom_metadata"] == {"user": "u1"}
    unknown = {"access_code_id": device["device_id"], "device_id": device["device_id"]}
    other = fake.emit("access_code.created", **unknown)
    assert other["access_code_id"] == device["device_id"]  # a code that the fake does not have
