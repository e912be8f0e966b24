"""The sources of the parameters of a request, unreadable bodies, extreme values."""

from __future__ import annotations

import pytest

JSON = "application/json"
BROKEN = "Error while parsing input"


@pytest.fixture
def post(send):
    """Sends a body as it is to an endpoint without required parameters."""

    def post(body, content_type=JSON):
        return send("POST", "/connect_webviews/create", data=body, content_type=content_type)

    return post


@pytest.fixture
def refused(post):
    """The error that a body gets."""

    def refused(body):
        response = post(body)
        assert response.status_code == 400, response.get_data()
        return response.get_json()["error"]

    return refused


@pytest.fixture
def account_id(fake):
    return fake.connect_account(custom_metadata={"a": "1"})["connected_account_id"]


@pytest.fixture
def account(fake):
    """A login, which emits nine events."""
    return fake.connect_account("august")


def test_query_and_body_are_read_together(send, account_id):
    response = send(
        "POST",
        f"/connected_accounts/update?connected_account_id={account_id}",
        json={"custom_metadata": {"b": "2"}},
    )

    assert response.get_json()["connected_account"]["custom_metadata"] == {"b": "2"}


def test_the_body_wins_over_the_query(send, account_id):
    response = send(
        "POST",
        f"/connected_accounts/update?display_name=query&connected_account_id={account_id}",
        json={"display_name": "body"},
    )

    assert response.get_json()["connected_account"]["display_name"] == "body"


@pytest.mark.parametrize("content_type", [JSON, "application/x-www-form-urlencoded", None])
def test_a_get_may_carry_a_json_body(send, account_id, content_type):
    response = send(
        "GET",
        "/connected_accounts/get",
        data=f'{{"connected_account_id": "{account_id}"}}',
        content_type=content_type,
    )

    assert response.get_json()["connected_account"]["connected_account_id"] == account_id


def test_a_filter_in_the_body_of_a_get_has_types(send, account_id):
    response = send(
        "GET", "/connected_accounts/list", json={"custom_metadata_has": {"a": True}}
    )

    assert response.get_json()["connected_accounts"] == []


def test_a_delete_may_carry_its_parameters_in_the_query(send, account_id, fake):
    response = send("DELETE", f"/connected_accounts/delete?connected_account_id={account_id}")

    assert response.get_json() == {"ok": True}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_a_delete_may_carry_its_parameters_in_a_body(send, account_id, fake):
    response = send(
        "DELETE", "/connected_accounts/delete", json={"connected_account_id": account_id}
    )

    assert response.get_json() == {"ok": True}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_unknown_parameters_are_ignored(send):
    response = send("POST", "/connect_webviews/create?more=1", json={"customer_id": "c1"})

    assert response.status_code == 200


@pytest.mark.parametrize("content_type", [None, "", "text/plain", JSON])
def test_a_request_without_a_body_has_an_empty_one(post, content_type):
    assert post(b"", content_type).status_code == 200


@pytest.mark.parametrize(
    "content_type", [JSON, f"{JSON}; charset=utf-8", "Application/JSON", f"text/x, {JSON}"]
)
def test_a_content_type_has_to_contain_json(post, content_type):
    assert post(b"{}", content_type).status_code == 200


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/connect_webviews/create"), ("PATCH", "/connected_accounts/update")],
)
def test_a_body_of_another_content_type_is_refused(send, method, path, content_type):
    response = send(method, path, data=b"{}", content_type=content_type)

    assert response.status_code == 400
    assert response.get_json()["error"]["type"] == "invalid_content_type"
    assert response.get_json()["error"]["message"] == (
        f'{method} requests must have Content-Type header with "application/json"'
    )


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"not json",
        b'{"custom_metadata": {"a": NaN}}',
        b'{"custom_metadata": {"a": Infinity}}',
        b'{"custom_metadata": {"a": -Infinity}}',
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": "\xff"}',
        b"{} {}",
    ],
)
def test_a_body_that_is_not_json_is_refused(refused, body):
    error = refused(body)

    assert (error["type"], error["message"]) == ("invalid_input", BROKEN)


@pytest.mark.parametrize(
    ("body", "received"),
    [
        (b"[]", "array"),
        (b'"text"', "string"),
        (b"1", "number"),
        (b"true", "boolean"),
        (b"null", "null"),
    ],
)
def test_a_body_that_is_not_an_object_is_refused(refused, body, received):
    error = refused(body)

    assert (error["type"], error["message"]) == (
        "invalid_input",
        f"Expected object, received {received}",
    )


@pytest.mark.parametrize("start", [b"[", b'{"a":'])
def test_json_nested_too_deeply_is_refused(refused, start):
    end = b"1" + (b"]" if start == b"[" else b"}") * 5000

    error = refused(b'{"custom_metadata": {"a": ' + start * 5000 + end + b"}}")

    assert error["type"] == "invalid_input"


def test_a_body_nested_too_deeply_is_refused(refused):
    assert refused(b"[" * 5000 + b"]" * 5000)["type"] == "invalid_input"


def test_a_filter_nested_too_deeply_in_a_query_is_refused(send):
    response = send("GET", "/connect_webviews/list?custom_metadata_has=" + "[" * 5000 + "]" * 5000)

    assert response.get_json()["error"]["type"] == "invalid_input"


def test_credentials_are_checked_before_an_unreadable_body(send):
    response = send("POST", "/connect_webviews/create", data=b"{", headers={}, content_type=JSON)

    assert response.status_code == 401


def test_invalid_utf_8_in_a_query_is_read_as_some_text(send):
    response = send("GET", "/connect_webviews/list?search=%ff%fe")

    assert response.get_json()["connect_webviews"] == []


@pytest.mark.parametrize("user, found", [("u1", 1), ("u2", 0)])
def test_a_filter_as_php_and_ruby_write_it_filters(send, fake, user, found):
    fake.connect_account(custom_metadata={"user": "u1"})

    response = send("GET", f"/connected_accounts/list?custom_metadata_has%5Buser%5D={user}")

    assert len(response.get_json()["connected_accounts"]) == found


# The SDKs send _strict=true; without it, other spellings are accepted too.


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("limit=%202", 'Expected number, received string for "limit"'),
        ("limit=two", 'Expected number, received string for "limit"'),
        ("limit=", 'Expected number, received null for "limit"'),
        ("customer_key=", 'Expected string, received null for "customer_key"'),
        (
            "limit=1&limit=2",
            "Could not parse parameter: 'limit' has repeated values but is not an array parameter",
        ),
        (
            "custom_metadata_has=&custom_metadata_has.k=v",
            "Could not parse parameter: 'custom_metadata_has' conflicts with the nested parameter"
            " 'custom_metadata_has.k'",
        ),
        (
            "custom_metadata_has.a.b=v",
            "Could not parse parameter: 'custom_metadata_has.a.b' is nested inside a record"
            " parameter, but a record value type may not be an object, array, or record",
        ),
        (
            "custom_metadata_has[k]=v",
            "Could not parse parameter: 'custom_metadata_has' uses the bracket record format,"
            " which is never output by the serializer and only parsed when strict is false",
        ),
        (
            'custom_metadata_has={"k":"v"}',
            'Expected object, received string for "custom_metadata_has"',
        ),
    ],
)
def test_a_strict_query_is_refused(send, query, message):
    response = send("GET", f"/connect_webviews/list?{query}&_strict=true")

    assert response.status_code == 400
    assert response.get_json()["error"]["message"] == message


@pytest.mark.parametrize(
    "query",
    [
        "limit=%201%20",
        "limit=0x1",
        "limit=1e0",
        "page_cursor=",
        'limit=1&custom_metadata_has={"k":"v"}',
    ],
)
def test_a_lenient_query_is_read(send, fake, query):
    fake.call("/connect_webviews/create", {"custom_metadata": {"k": "v"}})

    response = send("GET", f"/connect_webviews/list?{query}")

    assert len(response.get_json()["connect_webviews"]) == 1


@pytest.mark.parametrize(("spelling", "status"), [("yes", 200), ("0", 200), ("maybe", 400)])
def test_a_lenient_query_reads_many_booleans(send, account_id, spelling, status):
    response = send(
        "DELETE",
        f"/connected_accounts/delete?connected_account_id={account_id}&sync={spelling}",
    )

    assert response.status_code == status


def test_a_strict_query_reads_two_booleans(send, account_id):
    response = send(
        "DELETE",
        f"/connected_accounts/delete?connected_account_id={account_id}&sync=yes&_strict=true",
    )

    assert response.get_json()["error"]["message"] == (
        'Expected boolean, received string for "sync"'
    )


# Numbers and moments at the limits: accepted or refused, never a crash


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_of_5000_digits_is_a_number(send, sign):
    response = send(
        "POST",
        "/connect_webviews/create",
        data=f'{{"custom_metadata": {{"a": {sign}{"1" * 5000}}}}}',
        content_type=JSON,
    )

    assert response.status_code == 400
    assert response.get_json()["error"]["message"] == 'Invalid input for "custom_metadata.a"'


@pytest.mark.parametrize(
    "number",
    ["1" * 5000, "1e400", "0." + "1" * 5000, "-1e400"],
    ids=["5000 digits", "1e400", "5000 decimals", "-1e400"],
)
def test_a_number_out_of_range_is_refused_as_a_limit(send, number):
    response = send(
        "POST", "/connect_webviews/list", data=f'{{"limit": {number}}}', content_type=JSON
    )

    assert (response.status_code, response.get_json()["error"]["type"]) == (400, "invalid_input")


@pytest.mark.parametrize("strict", ["", "&_strict=true"], ids=["lenient", "strict"])
@pytest.mark.parametrize(
    "number",
    ["1" * 5000, "1e400", "0x" + "f" * 5000, "0b" + "1" * 5000, "-Infinity", "nan", "1_0", "٣"],
    ids=["digits", "exponent", "hexadecimal", "binary", "-Infinity", "nan", "1_0", "Arabic"],
)
def test_a_number_out_of_range_is_refused_as_a_limit_in_a_query(send, number, strict):
    response = send("GET", f"/connect_webviews/list?limit={number}{strict}")

    assert (response.status_code, response.get_json()["error"]["type"]) == (400, "invalid_input")


@pytest.mark.parametrize("path", ["/connect_webviews/list", "/connected_accounts/list"])
@pytest.mark.parametrize("limit", [2**63 - 1, 10**300])
def test_a_huge_limit_lists_everything(send, account, path, limit):
    response = send("POST", path, json={"limit": limit})

    assert len(response.get_json()[path.split("/")[1]]) == 1


@pytest.mark.parametrize("limit", [2**63 - 1, 10**300])
def test_a_huge_limit_lists_every_event(send, account, limit):
    sent = {"since": "2000-01-01", "limit": limit, "unstable_offset": 1}

    response = send("POST", "/events/list", json=sent)

    assert len(response.get_json()["events"]) == 8


def test_a_huge_offset_leaves_no_event(send, account):
    response = send("GET", "/events/list?since=2000-01-01&unstable_offset=1e300")

    assert response.get_json()["events"] == []


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
def test_a_moment_at_the_end_of_the_calendar_is_read_or_refused(send, account, address, moment):
    assert send("GET", f"{address}{moment}").status_code in (200, 400)


def test_the_whole_calendar_holds_every_event(send, account):
    response = send(
        "POST", "/events/list", json={"between": ["0001-01-01", "9999-12-31T23:59:59.999Z"]}
    )

    assert len(response.get_json()["events"]) == 9


@pytest.mark.parametrize("seconds", [10**12, 10**15, 10**300])
def test_the_clock_is_not_moved_beyond_the_calendar(send, fake, seconds):
    response = send("POST", "/_fakeseam/clock/advance", json={"seconds": seconds})

    assert response.get_json()["error"]["type"] == "fakeseam_misuse"
    assert fake.clock.now.isoformat() == "2026-01-01T12:00:00+00:00"
