"""Where the parameters of a request are read from, and bodies that cannot be read."""

from __future__ import annotations

import pytest

JSON = "application/json"
BROKEN = "Error while parsing input"


@pytest.fixture
def post(ask):
    """A body sent as it is to the endpoint that takes no parameter for granted."""

    def post(body, content_type=JSON):
        return ask("POST", "/connect_webviews/create", data=body, content_type=content_type)

    return post


@pytest.fixture
def refused(post):
    """The error that a body gets."""

    def refused(body):
        answer = post(body)
        assert answer.status_code == 400, answer.get_data()
        return answer.get_json()["error"]

    return refused


@pytest.fixture
def account_id(fake):
    return fake.connect_account(custom_metadata={"a": "1"})["connected_account_id"]


def test_query_and_body_are_read_together(ask, account_id):
    answer = ask(
        "POST",
        f"/connected_accounts/update?connected_account_id={account_id}",
        json={"custom_metadata": {"b": "2"}},
    )

    assert answer.get_json()["connected_account"]["custom_metadata"] == {"b": "2"}


def test_the_body_wins_over_the_query(ask, account_id):
    answer = ask(
        "POST",
        f"/connected_accounts/update?display_name=query&connected_account_id={account_id}",
        json={"display_name": "body"},
    )

    assert answer.get_json()["connected_account"]["display_name"] == "body"


@pytest.mark.parametrize("content_type", [JSON, "application/x-www-form-urlencoded", None])
def test_a_get_may_carry_a_json_body(ask, account_id, content_type):
    answer = ask(
        "GET",
        "/connected_accounts/get",
        data=f'{{"connected_account_id": "{account_id}"}}',
        content_type=content_type,
    )

    assert answer.get_json()["connected_account"]["connected_account_id"] == account_id


def test_a_filter_in_the_body_of_a_get_has_types(ask, account_id):
    answer = ask(
        "GET", "/connected_accounts/list", json={"custom_metadata_has": {"a": True}}
    )

    assert answer.get_json()["connected_accounts"] == []


def test_a_delete_may_carry_its_parameters_in_the_query(ask, account_id, fake):
    answer = ask("DELETE", f"/connected_accounts/delete?connected_account_id={account_id}")

    assert answer.get_json() == {"ok": True}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_a_delete_may_carry_its_parameters_in_a_body(ask, account_id, fake):
    answer = ask(
        "DELETE", "/connected_accounts/delete", json={"connected_account_id": account_id}
    )

    assert answer.get_json() == {"ok": True}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_unknown_parameters_are_ignored(ask):
    answer = ask("POST", "/connect_webviews/create?more=1", json={"customer_id": "c1"})

    assert answer.status_code == 200


@pytest.mark.parametrize("content_type", [None, "", "text/plain", JSON])
def test_no_body_is_an_empty_one(post, content_type):
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
def test_a_body_of_another_content_type_is_refused(ask, method, path, content_type):
    answer = ask(method, path, data=b"{}", content_type=content_type)

    assert answer.status_code == 400
    assert answer.get_json()["error"]["type"] == "invalid_content_type"
    assert answer.get_json()["error"]["message"] == (
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
def test_a_body_that_is_no_json_is_refused(refused, body):
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
def test_a_body_that_is_no_object_is_refused(refused, body, received):
    error = refused(body)

    assert (error["type"], error["message"]) == (
        "invalid_input",
        f"Expected object, received {received}",
    )


@pytest.mark.parametrize("start", [b"[", b'{"a":'])
def test_json_nested_too_deep_is_refused(refused, start):
    end = b"1" + (b"]" if start == b"[" else b"}") * 5000

    error = refused(b'{"custom_metadata": {"a": ' + start * 5000 + end + b"}}")

    assert error["type"] == "invalid_input"


def test_a_body_nested_too_deep_is_refused(refused):
    assert refused(b"[" * 5000 + b"]" * 5000)["type"] == "invalid_input"


def test_a_filter_nested_too_deep_in_a_query_is_refused(ask):
    answer = ask("GET", "/connect_webviews/list?custom_metadata_has=" + "[" * 5000 + "]" * 5000)

    assert answer.get_json()["error"]["type"] == "invalid_input"


def test_an_unreadable_body_is_no_matter_where_nobody_asks(ask):
    answer = ask("POST", "/connect_webviews/create", data=b"{", headers={}, content_type=JSON)

    assert answer.status_code == 401


def test_bytes_that_are_no_text_in_a_query_are_read_as_some_text(ask):
    answer = ask("GET", "/connect_webviews/list?search=%ff%fe")

    assert answer.get_json()["connect_webviews"] == []


# The SDKs ask for exactly what they write; without that, a person's spellings are read too.


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
            'custom_metadata_has={"k":"v"}',
            'Expected object, received string for "custom_metadata_has"',
        ),
    ],
)
def test_a_strict_query_is_refused(ask, query, message):
    answer = ask("GET", f"/connect_webviews/list?{query}&_strict=true")

    assert answer.status_code == 400
    assert answer.get_json()["error"]["message"] == message


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
def test_a_generous_query_is_read(ask, fake, query):
    fake.call("/connect_webviews/create", {"custom_metadata": {"k": "v"}})

    answer = ask("GET", f"/connect_webviews/list?{query}")

    assert len(answer.get_json()["connect_webviews"]) == 1


@pytest.mark.parametrize(("spelling", "status"), [("yes", 200), ("0", 200), ("maybe", 400)])
def test_a_generous_query_reads_many_booleans(ask, account_id, spelling, status):
    answer = ask(
        "DELETE",
        f"/connected_accounts/delete?connected_account_id={account_id}&sync={spelling}",
    )

    assert answer.status_code == status


def test_a_strict_query_reads_two_booleans(ask, account_id):
    answer = ask(
        "DELETE",
        f"/connected_accounts/delete?connected_account_id={account_id}&sync=yes&_strict=true",
    )

    assert answer.get_json()["error"]["message"] == (
        'Expected boolean, received string for "sync"'
    )
