"""Numbers and times at the ends of what can be said: read or refused, never a crash."""

from __future__ import annotations

import pytest

JSON = "application/json"


@pytest.fixture
def account(fake):
    """Somebody has signed in, which nine events tell."""
    return fake.connect_account("august")


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_of_5000_digits_is_a_number(ask, sign):
    answer = ask(
        "POST",
        "/connect_webviews/create",
        data=f'{{"custom_metadata": {{"a": {sign}{"1" * 5000}}}}}',
        content_type=JSON,
    )

    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"] == 'Invalid input for "custom_metadata.a"'


@pytest.mark.parametrize(
    "number",
    ["1" * 5000, "1e400", "0." + "1" * 5000, "-1e400"],
    ids=["5000 digits", "1e400", "5000 decimals", "-1e400"],
)
def test_what_cannot_be_counted_is_no_limit(ask, number):
    answer = ask(
        "POST", "/connect_webviews/list", data=f'{{"limit": {number}}}', content_type=JSON
    )

    assert (answer.status_code, answer.get_json()["error"]["type"]) == (400, "invalid_input")


@pytest.mark.parametrize("strict", ["", "&_strict=true"], ids=["generous", "strict"])
@pytest.mark.parametrize(
    "number",
    ["1" * 5000, "1e400", "0x" + "f" * 5000, "0b" + "1" * 5000, "-Infinity", "nan", "1_0", "٣"],
    ids=["digits", "exponent", "hexadecimal", "binary", "-Infinity", "nan", "1_0", "Arabic"],
)
def test_what_cannot_be_counted_is_no_limit_in_a_query(ask, number, strict):
    answer = ask("GET", f"/connect_webviews/list?limit={number}{strict}")

    assert (answer.status_code, answer.get_json()["error"]["type"]) == (400, "invalid_input")


@pytest.mark.parametrize("path", ["/connect_webviews/list", "/connected_accounts/list"])
@pytest.mark.parametrize("limit", [2**63 - 1, 10**300])
def test_a_limit_beyond_everything_lists_everything(ask, account, path, limit):
    answer = ask("POST", path, json={"limit": limit})

    assert len(answer.get_json()[path.split("/")[1]]) == 1


@pytest.mark.parametrize("limit", [2**63 - 1, 10**300])
def test_a_limit_beyond_everything_lists_every_event(ask, account, limit):
    sent = {"since": "2000-01-01", "limit": limit, "unstable_offset": 1}

    answer = ask("POST", "/events/list", json=sent)

    assert len(answer.get_json()["events"]) == 8


def test_an_offset_beyond_everything_leaves_no_event(ask, account):
    answer = ask("GET", "/events/list?since=2000-01-01&unstable_offset=1e300")

    assert answer.get_json()["events"] == []


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01",
        "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-12:00",
    ],
)
@pytest.mark.parametrize("address", ["/events/list?since=", "/devices/list?created_before="])
def test_a_moment_at_the_end_of_the_calendar_is_read_or_refused(ask, account, address, moment):
    assert ask("GET", f"{address}{moment}").status_code in (200, 400)


def test_all_of_time_holds_every_event(ask, account):
    answer = ask(
        "POST", "/events/list", json={"between": ["0001-01-01", "9999-12-31T23:59:59.999Z"]}
    )

    assert len(answer.get_json()["events"]) == 9


@pytest.mark.parametrize("seconds", [10**12, 10**15, 10**300])
def test_the_clock_is_not_moved_beyond_the_calendar(ask, fake, seconds):
    answer = ask("POST", "/_fakeseam/clock/advance", json={"seconds": seconds})

    assert answer.get_json()["error"]["type"] == "fakeseam_misuse"
    assert fake.clock.now.isoformat() == "2026-01-01T12:00:00+00:00"
