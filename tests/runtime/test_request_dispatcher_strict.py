"""What a strict fake reports of requests that fakeseam answers, and cannot do."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, api
from tests.stories.sdk_inert_parameters import INERT

PUSH = "/customers/push_data"


@pytest.fixture
def violations():
    """Makes a call, and returns the strict violations of it."""

    def violations(path, params):
        fake = FakeSeam(strict=True)
        fake.call(path, params)
        try:
            fake.assert_nothing_unexpected()
        except AssertionError as failure:
            return str(failure).splitlines()[1:]
        return []

    return violations


def test_a_reservation_that_is_pushed_and_not_stored_is_reported(violations):
    reservations = [{"reservation_key": "r1"}]

    assert violations(PUSH, {"customer_key": "c1", "reservations": reservations}) == [
        "  /customers/push_data: 'reservations' has no effect: not implemented by fakeseam"
    ]


def test_what_is_stored_is_not_reported(violations):
    spaces = [{"space_key": "s1", "name": "North"}]

    assert violations(PUSH, {"customer_key": "c1", "spaces": spaces}) == []


@pytest.mark.parametrize("empty", [[], None])
def test_an_empty_parameter_is_not_reported(violations, empty):
    sent = {"customer_key": "c1"}
    name = "low_battery_alert_threshold" if empty is None else "reservations"

    assert violations(PUSH, {**sent, name: empty}) == []


def test_members_are_reported_by_their_path(violations):
    data = {"customer_key": "c1", "guests": [{"guest_key": "g", "name": "Jane"}]}

    assert violations("/customers/create_portal", {"customer_data": data, "read_only": True}) == [
        "  /customers/create_portal: 'customer_data.guests' has no effect: not implemented by"
        " fakeseam",
        "  /customers/create_portal: 'read_only' has no effect: not implemented by fakeseam",
    ]


def test_members_of_a_lists_items_are_reported(violations):
    fake = FakeSeam(strict=True)
    fake.connect_account()
    device_id = fake.call("/devices/list")["devices"][0]["device_id"]
    one = {"device_id": device_id, "schlage_metadata": {"time_zone": "Europe/Berlin"}}
    fake.call("/devices/report_provider_metadata", {"devices": [one]})

    with pytest.raises(AssertionError, match="'devices.schlage_metadata' has no effect"):
        fake.assert_nothing_unexpected()


def test_the_response_is_the_same_in_strict_mode():
    sent = {"customer_key": "c1", "reservations": [{"reservation_key": "r1"}]}

    assert FakeSeam(strict=True).call(PUSH, sent) == FakeSeam().call(PUSH, sent)


def test_the_parameters_that_are_declared_inert_are_those_that_were_tried():
    declared = {
        (endpoint.path, name)
        for endpoint in api.implemented_endpoints()
        for name in endpoint.inert
        if "." not in name
    }

    assert declared == set(INERT)
