"""Strict mode: what the app should not have used is reported when the fake is closed."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam


def violations(*calls):
    with pytest.raises(AssertionError) as caught, FakeSeam(strict=True) as fake:
        for path, params in calls:
            try:
                fake.call(path, params)
            except ApiError as error:
                assert error.status in (404, 501)
    return str(caught.value).splitlines()[1:]


def test_a_strict_fake_reports_violations_when_it_is_closed():
    assert violations(
        ("/connect_webviews/lst", {}),
        ("/webhooks/create_many", {}),
        ("/thermostats/off", {}),
        ("/workspaces/get", {"color": "red"}),
        ("/workspaces/get", {"color": "blue"}),
    ) == [
        "  POST /connect_webviews/lst: no such endpoint",
        "  POST /webhooks/create_many: no such endpoint",
        "  POST /thermostats/off: not implemented by fakeseam",
        "  /workspaces/get: unknown parameter 'color'",
    ]


def test_a_strict_fake_reports_unknown_members_too():
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


def test_violations_of_one_request_are_in_a_repeatable_order():
    names = [f"n{number}" for number in range(20)]
    call = ("/workspaces/get", dict.fromkeys(names, 1))

    found = [line.partition("'")[2].rstrip("'") for line in violations(call)]

    assert found in (names, sorted(names))


def test_an_error_in_the_test_is_not_hidden_by_violations():
    with pytest.raises(ZeroDivisionError), FakeSeam(strict=True) as fake:
        fake.call("/workspaces/get", {"color": "red"})
        1 / 0


def test_a_fake_that_is_not_strict_reports_no_violations():
    with FakeSeam() as fake:
        fake.call("/workspaces/get", {"color": "red"})


def test_a_fault_of_501_is_not_a_strict_violation():
    with FakeSeam(strict=True) as fake:
        fake.faults.add("/connected_accounts/list", status=501)

        with pytest.raises(ApiError):
            fake.call("/connected_accounts/list")
