"""What is shown of a record is made once for each version, and nobody can change it."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam
from fakeseam.core.shown import MAX_SHOWN, Shown, ShownRecords, plain, to_text


@pytest.fixture
def made():
    """What ``show`` was called with."""
    return []


@pytest.fixture
def show(made):
    def show(*given):
        made.append(given)
        return {"given": [str(one) for one in given]}

    return show


class Thing:
    """A record, of which two are equal."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


def test_what_is_shown_of_the_same_records_is_made_once(show, made):
    shown, one = ShownRecords(), Thing()

    assert shown.get(show, one, "http://a") is shown.get(show, one, "http://" + "a")
    assert len(made) == 1


def test_equal_records_other_texts_and_other_functions_are_others(show, made):
    shown, one = ShownRecords(), Thing()
    first = shown.get(show, one, "a")

    for other in (
        shown.get(show, Thing(), "a"),
        shown.get(show, one, "b"),
        shown.get(show, one),
        shown.get(lambda *given: {"given": ""}, one, "a"),
    ):
        assert other is not first


def test_a_record_that_is_gone_is_not_taken_for_another(show):
    """Python gives the id of an object that is gone to another one."""
    shown = ShownRecords()
    texts = {shown.get(show, Thing(), str(number)).value["given"][1] for number in range(500)}

    assert len(texts) == 500


def test_no_more_is_kept_than_a_long_page_needs(show):
    shown = ShownRecords()
    for number in range(3 * MAX_SHOWN):
        shown.get(show, str(number))

    assert 0 < len(shown._made) <= MAX_SHOWN == 1000


def test_an_envelope_is_the_same_as_text_and_as_values():
    one = Shown({"text": "\ud800", "list": ({"a": 1},)})
    body = {"things": [one, one], "one": one, "none": [], "pagination": {"x": None}, "ok": True}

    value = {"text": "\ud800", "list": [{"a": 1}]}
    expected = {"things": [value, value], "one": value, "none": [], "pagination": {"x": None}}
    assert plain(body) == {**expected, "ok": True}
    assert json.loads(to_text(body)) == {**expected, "ok": True}
    assert to_text(body).isascii()


def test_a_number_that_json_lacks_is_text_on_the_wire():
    body = {"one": Shown({"big": float("inf")}), "other": [float("nan")]}

    assert to_text(body) == '{"one":{"big":"Infinity"},"other":["NaN"]}'


# Through the API: what is shown changes with all that it is made of


@pytest.fixture
def fake():
    with FakeSeam() as fake:
        yield fake


@pytest.fixture
def account_id(fake):
    return fake.connect_account(email="jane@example.com")["connected_account_id"]


def device_of(fake):
    return fake.call("/devices/list")["devices"][0]


def test_a_callers_change_to_an_answer_changes_no_later_one(fake, account_id):
    device = device_of(fake)
    before = json.dumps(device)

    device["properties"]["model"].clear()
    device["errors"].append("mine")

    assert json.dumps(device_of(fake)) == before


def test_a_device_is_shown_with_what_has_changed_since(fake, account_id):
    first = device_of(fake)
    device_id = first["device_id"]

    fake.disconnect_account(account_id)
    assert [one["error_code"] for one in device_of(fake)["errors"]] == ["account_disconnected"]
    fake.reconnect_account(account_id)
    assert device_of(fake)["errors"] == []

    space = fake.call("/spaces/create", {"name": "Home", "device_ids": [device_id]})["space"]
    assert device_of(fake)["space_ids"] == [space["space_id"]]
    fake.call("/spaces/delete", {"space_id": space["space_id"]})

    fake.call("/devices/update", {"device_id": device_id, "name": "Door"})
    assert device_of(fake)["display_name"] == "Door"
    fake.call("/devices/update", {"device_id": device_id, "is_managed": False})
    unmanaged = fake.call("/devices/unmanaged/list")["devices"]
    assert [one["device_id"] for one in unmanaged] == [device_id]


def test_a_restored_account_is_shown_as_it_was(fake, account_id):
    before, snapshot = fake.call("/connected_accounts/list"), fake.snapshot()
    sent = {"connected_account_id": account_id, "custom_metadata": {"user": "u2"}}
    assert fake.call("/connected_accounts/update", sent) != before

    fake.restore(snapshot)

    assert fake.call("/connected_accounts/list") == before
