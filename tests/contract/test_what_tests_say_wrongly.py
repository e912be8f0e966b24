"""What a test says that cannot be meant: it is told what is wrong, and nothing has changed."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


def holding_itself():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize("value", [nested(60), nested(5000), holding_itself(), {1: "x"}, object()])
def test_a_devices_property_that_could_not_be_shown_is_refused(fake, value):
    before = fake.snapshot()

    with pytest.raises(MisuseError, match="Expected JSON, nested at most 50 deep"):
        fake.connect_account(devices=[{"name": "Door", "properties": {"odd": value}}])

    assert fake.snapshot() == before


def test_a_devices_property_may_be_nested(fake):
    fake.connect_account(devices=[{"name": "Door", "properties": {"odd": nested(49)}}])

    (device,) = fake.call("/devices/list")["devices"]
    assert device["properties"]["odd"] == nested(49)
    assert len(fake.client().devices.list()) == 1


@pytest.mark.parametrize("name", ["display_name", "manufacturer_display_name"])
def test_a_devices_model_has_names_that_are_text(fake, name):
    with pytest.raises(MisuseError, match="Expected text as display_name"):
        fake.connect_account(devices=[{"name": "Door", "properties": {"model": {name: None}}}])


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"sites": [{"siteid": "s"}]}, "salto_ks_metadata.sites.0.siteid"),
        ({"sites": [], "more": 1}, "salto_ks_metadata.more"),
    ],
)
def test_a_misspelt_member_of_a_trouble_is_named(fake, payload, said):
    account = fake.connect_account("salto_ks")

    with pytest.raises(MisuseError) as caught:
        fake.add_account_error(
            account, "salto_ks_subscription_limit_exceeded", salto_ks_metadata=payload
        )

    assert said in str(caught.value)
    assert "No such member" in str(caught.value)


def test_what_is_no_list_is_told(fake):
    with pytest.raises(MisuseError, match="5 is one thing: give a list of them"):
        fake.connect_account(devices=5)
    with pytest.raises(MisuseError, match="5 is one thing: give a list of them"):
        fake.set_provider_devices("yale", 5)
    with pytest.raises(MisuseError, match="5 is no list of ids"):
        fake.create_client_session(connected_account_ids=5)


@pytest.mark.parametrize(
    "look",
    [
        lambda fake: fake.events.filter("device.aded"),
        lambda fake: fake.events.assert_not_emitted("device.aded"),
        lambda fake: fake.webhooks.filter("device.aded"),
        lambda fake: fake.webhooks.assert_not_sent("device.aded"),
    ],
)
def test_looking_for_a_type_that_no_event_has_is_told(fake, look):
    with pytest.raises(MisuseError, match="no event is a 'device.aded'; nearest: device.added"):
        look(fake)


@pytest.mark.parametrize(
    "host", ["*.example.com", " a.example ", "a b", "http://a.example", "a.example:80", "me@a"]
)
def test_a_host_that_could_never_match_is_told(fake, host):
    with pytest.raises(MisuseError, match="one host's name alone"):
        fake.webhooks.allow(host)


@pytest.mark.parametrize("name", ["requests", "events", "webhooks"])
def test_a_place_in_what_happened_is_a_number_or_a_slice(fake, name):
    with pytest.raises(MisuseError) as caught:
        getattr(fake, name)["device.added"]
    assert str(caught.value) == (
        f"{name}['device.added']: a place is a whole number or a slice;"
        " filter() looks for what it was"
    )
    with pytest.raises(IndexError, match=rf"^{name}\[0\]: there are 0$"):
        getattr(fake, name)[0]


def test_an_unknown_type_is_named_when_a_webhook_is_refused(fake, refuse):
    sent = {"url": "https://a.example", "event_types": ["*", "device.aded"]}

    refusal = refuse("/webhooks/create", sent)

    assert (refusal.type, refusal.message) == ("invalid_event_types", "Invalid event types")
    assert refusal.data == {"event_types": ["device.aded"]}


def test_a_strict_fake_tells_of_unknown_members_too():
    fake = FakeSeam(strict=True)
    fake.connect_account()
    device_id = fake.call("/devices/list")["devices"][0]["device_id"]
    fake.call("/devices/update", {"device_id": device_id, "properties": {"nme": "Door"}})
    fake.call(
        "/customers/push_data",
        {"customer_key": "c", "spaces": [{"space_key": "s", "name": "S", "nam": "T"}]},
    )

    with pytest.raises(AssertionError) as caught:
        fake.assert_nothing_unexpected()

    assert "/devices/update: unknown parameter 'properties.nme'" in str(caught.value)
    assert "/customers/push_data: unknown parameter 'spaces.0.nam'" in str(caught.value)


def test_a_long_list_of_what_happened_is_cut_short(fake):
    fake.call("/webhooks/create", {"url": "https://a.example"})
    for _ in range(20):
        fake.connect_account("minut")

    with pytest.raises(AssertionError) as caught:
        fake.webhooks.assert_sent("device.removed")

    lines = str(caught.value).splitlines()
    at = lines.index("all of them:")
    assert lines[0] == "device.removed was not sent; the nearest of 140 deliveries:"
    assert lines[at + 1] == "  ... 90 before these"
    assert lines[at + 2].startswith("  webhooks[90]: ")
    assert lines[at + 51].startswith("  webhooks[139]: ")
