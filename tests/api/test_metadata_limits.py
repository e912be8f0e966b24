"""What ``custom_metadata`` may not be, and the messages of the refusals."""

from __future__ import annotations

import pytest

from fakeseam import ApiError

CREATE = "/connect_webviews/create"
TOO_MANY = "Custom metadata is limited to a maximum of 50 keys"
PERIOD = "Custom metadata key names cannot contain a period (.)"
KEY_TOO_LONG = "String must contain at most 40 character(s)"
VALUE_TOO_LONG = "String must contain at most 500 character(s)"


@pytest.fixture
def refused(refuse):
    """The message of a refusal, and the part of its tree under ``custom_metadata``."""

    def refused(metadata):
        refusal = refuse(CREATE, {"custom_metadata": metadata})
        assert (refusal.status, refusal.type) == (400, "invalid_input")
        assert list(refusal.validation_errors) == ["_errors", "custom_metadata"]
        assert refusal.validation_errors["_errors"] == []
        return refusal.message, refusal.validation_errors["custom_metadata"]

    return refused


def pairs(count, value="x"):
    return {f"k{number}": value for number in range(count)}


@pytest.mark.parametrize(
    ("metadata", "received"),
    [(None, "null"), ([], "array"), ("text", "string"), (5, "number"), (True, "boolean")],
)
def test_metadata_is_an_object(refused, metadata, received):
    words = f"Expected object, received {received}"

    assert refused(metadata) == (f'{words} for "custom_metadata"', {"_errors": [words]})


def test_fifty_pairs_are_accepted(fake):
    webview = fake.call(CREATE, {"custom_metadata": pairs(50)})["connect_webview"]

    assert webview["custom_metadata"] == pairs(50)


def test_fifty_one_pairs_are_too_many(refused):
    assert refused(pairs(51)) == (f'{TOO_MANY} for "custom_metadata"', {"_errors": [TOO_MANY]})


@pytest.mark.parametrize("value", [None, ""])
def test_pairs_that_would_be_removed_count_as_well(refused, value):
    message, _ = refused(pairs(51, value))

    assert message == f'{TOO_MANY} for "custom_metadata"'


@pytest.mark.parametrize("key", ["k" * 40, "🙂" * 20, "", " ", "ünïcode", "a-b_c/d"])
def test_a_key_of_forty_characters_is_accepted(fake, key):
    webview = fake.call(CREATE, {"custom_metadata": {key: "x"}})["connect_webview"]

    assert webview["custom_metadata"] == {key: "x"}


@pytest.mark.parametrize("key", ["k" * 41, "🙂" * 21])
def test_a_longer_key_is_too_long(refused, key):
    assert refused({key: "x"}) == (
        f'{KEY_TOO_LONG} for "custom_metadata.{key}"',
        {"_errors": [], key: {"_errors": [KEY_TOO_LONG]}},
    )


def test_a_key_may_not_contain_a_period(refused):
    assert refused({"a.b": "x"}) == (
        f'{PERIOD} for "custom_metadata.a.b"',
        {"_errors": [], "a.b": {"_errors": [PERIOD]}},
    )


def test_a_key_with_both_issues_is_refused_for_both(refused):
    key = "k." * 21

    message, tree = refused({key: "x"})

    assert message == (
        f'2 Input Errors: {KEY_TOO_LONG} for "custom_metadata.{key}", '
        f'{PERIOD} for "custom_metadata.{key}"'
    )
    assert tree == {"_errors": [], key: {"_errors": [KEY_TOO_LONG, PERIOD]}}


@pytest.mark.parametrize("value", ["v" * 500, "🙂" * 250, "true", " padded ", True, False])
def test_a_value_of_five_hundred_characters_or_a_boolean_is_accepted(fake, value):
    webview = fake.call(CREATE, {"custom_metadata": {"k": value}})["connect_webview"]

    assert webview["custom_metadata"] == {"k": value}


@pytest.mark.parametrize("value", ["v" * 501, "🙂" * 251])
def test_a_longer_value_is_too_long(refused, value):
    assert refused({"k": value}) == (
        f'{VALUE_TOO_LONG} for "custom_metadata.k"',
        {"_errors": [], "k": {"_errors": [VALUE_TOO_LONG]}},
    )


@pytest.mark.parametrize(
    ("value", "received"),
    [(5, "number"), (0, "number"), (1.5, "number"), ([], "array"), ({"a": "b"}, "object")],
)
def test_a_value_of_another_type_fits_no_branch(refused, value, received):
    assert refused({"k": value}) == (
        'Invalid input for "custom_metadata.k"',
        {
            "_errors": [],
            "k": {
                "_errors": [
                    f"Expected string, received {received}",
                    f"Expected boolean, received {received}",
                    f"Expected null, received {received}",
                ]
            },
        },
    )


def test_a_value_of_another_type_hides_the_count(refused):
    message, tree = refused({**pairs(50), "last": 5})

    assert message == 'Invalid input for "custom_metadata.last"'
    assert tree["_errors"] == []


@pytest.mark.parametrize(
    ("key", "value", "issue"),
    [
        ("k" * 41, "x", KEY_TOO_LONG),
        ("a.b", "x", PERIOD),
        ("last", "v" * 501, VALUE_TOO_LONG),
    ],
)
def test_a_text_that_is_wrong_does_not_hide_the_count(refused, key, value, issue):
    message, tree = refused({**pairs(50), key: value})

    assert message == (
        f'2 Input Errors: {issue} for "custom_metadata.{key}", {TOO_MANY} for "custom_metadata"'
    )
    assert tree == {"_errors": [TOO_MANY], key: {"_errors": [issue]}}


def test_every_faulty_pair_is_named_in_the_order_sent(refused):
    message, _ = refused({"z": 1, "fine": "x", "a.b": "x"})

    assert message == (
        '2 Input Errors: Invalid input for "custom_metadata.z", '
        f'{PERIOD} for "custom_metadata.a.b"'
    )


def test_a_key_with_the_name_of_the_trees_own_lists_is_refused_like_any_other(fake, refuse):
    refusal = refuse(CREATE, {"custom_metadata": {"_errors": 5}})

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert refusal.message == 'Invalid input for "custom_metadata._errors"'


def test_an_update_is_held_to_the_same_rules_and_changes_nothing(fake, refuse):
    account = fake.connect_account(custom_metadata={"a": "1"})
    account_id = account["connected_account_id"]
    sent = {"connected_account_id": account_id, "custom_metadata": {"b": "2", "c": 3}}

    refusal = refuse("/connected_accounts/update", sent)

    assert refusal.message == 'Invalid input for "custom_metadata.c"'
    got = fake.call("/connected_accounts/get", {"connected_account_id": account_id})
    assert got["connected_account"]["custom_metadata"] == {"a": "1"}


# Search


LISTS = ["/connect_webviews/list", "/connected_accounts/list", "/devices/list"]


@pytest.mark.parametrize("path", LISTS)
def test_a_filter_key_may_not_contain_a_period(refuse, path):
    refusal = refuse(path, {"custom_metadata_has": {"a.b": "x"}})

    assert refusal.message == f'{PERIOD} for "custom_metadata_has.a.b"'


@pytest.mark.parametrize("path", LISTS)
def test_a_filter_value_is_text_a_boolean_or_null(refuse, path):
    refusal = refuse(path, {"custom_metadata_has": {"k": 5}})

    assert refusal.message == 'Invalid input for "custom_metadata_has.k"'


@pytest.mark.parametrize("path", LISTS)
def test_a_filter_is_an_object(refuse, path):
    refusal = refuse(path, {"custom_metadata_has": None})

    assert refusal.message == 'Expected object, received null for "custom_metadata_has"'


@pytest.mark.parametrize("path", LISTS)
def test_a_filter_key_may_be_longer_than_a_stored_one(fake, path):
    assert fake.call(path, {"custom_metadata_has": {"k" * 41: "x"}})["ok"] is True


def test_a_refused_create_leaves_no_webview(fake):
    with pytest.raises(ApiError):
        fake.call(CREATE, {"custom_metadata": {"k": 5}})

    assert fake.call("/connect_webviews/list")["connect_webviews"] == []
