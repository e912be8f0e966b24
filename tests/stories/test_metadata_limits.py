"""The limits of metadata at every place that takes it, and how it is stored."""

from __future__ import annotations

import pytest
from seam import NULL, SeamHttpInvalidInputError

ROOM = {f"key{number}": "x" for number in range(50)}
CROWD = {f"key{number}": "x" for number in range(51)}
LONG_KEY, LONG_TEXT = "k" * 41, "x" * 501

REFUSED = {
    "51 pairs": (CROWD, 'Custom metadata is limited to a maximum of 50 keys for "{path}"'),
    "51 pairs of null": (
        dict.fromkeys(CROWD),
        'Custom metadata is limited to a maximum of 50 keys for "{path}"',
    ),
    "a key of 41 characters": (
        {LONG_KEY: "x"},
        f'String must contain at most 40 character(s) for "{{path}}.{LONG_KEY}"',
    ),
    "a key of 21 emoji": (
        {"🔑" * 21: "x"},
        'String must contain at most 40 character(s) for "{path}.' + "🔑" * 21 + '"',
    ),
    "a period in a key": (
        {"a.b": "x"},
        'Custom metadata key names cannot contain a period (.) for "{path}.a.b"',
    ),
    "a text of 501 characters": (
        {"a": LONG_TEXT},
        'String must contain at most 500 character(s) for "{path}.a"',
    ),
    "an integer": ({"a": 1}, 'Invalid input for "{path}.a"'),
    "a fraction": ({"a": 0.5}, 'Invalid input for "{path}.a"'),
    "a list": ({"a": ["x"]}, 'Invalid input for "{path}.a"'),
    "an object": ({"a": {"b": "x"}}, 'Invalid input for "{path}.a"'),
    "null instead of an object": (NULL, 'Expected object, received null for "{path}"'),
}
STORED = {
    "50 pairs": (ROOM, ROOM),
    "a key of 40 characters": ({"k" * 40: "x"}, {"k" * 40: "x"}),
    "a key of 20 emoji": ({"🔑" * 20: "x"}, {"🔑" * 20: "x"}),
    "an empty key": ({"": "x"}, {"": "x"}),
    "a text of 500 characters": ({"a": "x" * 500}, {"a": "x" * 500}),
    "booleans": ({"yes": True, "no": False}, {"yes": True, "no": False}),
    "text that looks like something else": (
        {"a": "true", "b": "1", "c": "null"},
        {"a": "true", "b": "1", "c": "null"},
    ),
    "spaces": ({" a ": " x "}, {" a ": " x "}),
    "null": ({"a": "x", "n": None}, {"a": "x"}),
    "empty text": ({"a": "x", "e": ""}, {"a": "x"}),
    "nothing but null and empty text": ({"n": None, "e": ""}, {}),
    "an empty object": ({}, {}),
}
refused = pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED.keys())
stored = pytest.mark.parametrize(("given", "kept"), STORED.values(), ids=STORED.keys())


@stored
def test_a_webview_stores(seam_in_process, given, kept):
    check_webview_stores(seam_in_process, given, kept)


@stored
def test_a_new_account_gets(fake, seam_in_process, given, kept):
    check_account_gets(fake, seam_in_process, given, kept)


@stored
def test_an_update_stores(fake, seam_in_process, given, kept):
    check_update_stores(fake, seam_in_process, given, kept)


def test_fifty_pairs_are_stored(fake, seam):
    check_webview_stores(seam, ROOM, ROOM)
    check_account_gets(fake, seam, ROOM, ROOM)
    check_update_stores(fake, seam, ROOM, ROOM)


def check_webview_stores(seam, given, kept):
    webview = seam.connect_webviews.create(custom_metadata=given)

    assert webview.custom_metadata == kept


def check_account_gets(fake, seam, given, kept):
    webview = seam.connect_webviews.create(custom_metadata=given)

    account = fake.complete_connect_webview(webview)

    assert account["custom_metadata"] == kept


def check_update_stores(fake, seam, given, kept):
    sdk, account_id = seam.connected_accounts, fake.connect_account()["connected_account_id"]

    sdk.update(connected_account_id=account_id, custom_metadata=given)

    assert sdk.get(connected_account_id=account_id).custom_metadata == kept


@refused
def test_a_webview_refuses(seam_in_process, given, message):
    check_webview_refuses(seam_in_process, given, message)


@refused
def test_an_update_refuses(fake, seam_in_process, given, message):
    check_update_refuses(fake, seam_in_process, given, message)


@pytest.mark.parametrize("row", ["51 pairs", "null instead of an object"])
def test_too_many_pairs_and_null_are_refused(fake, seam, row):
    check_webview_refuses(seam, *REFUSED[row])
    check_update_refuses(fake, seam, *REFUSED[row])


def check_webview_refuses(seam, given, message):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.create(custom_metadata=given)

    assert refusal.value.status_code == 400
    assert str(refusal.value) == message.format(path="custom_metadata")
    assert seam.connect_webviews.list() == []


def check_update_refuses(fake, seam, given, message):
    sdk = seam.connected_accounts
    account_id = fake.connect_account(custom_metadata={"a": "1"})["connected_account_id"]

    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        sdk.update(connected_account_id=account_id, custom_metadata=given)

    assert str(refusal.value) == message.format(path="custom_metadata")
    assert sdk.get(connected_account_id=account_id).custom_metadata == {"a": "1"}


def test_too_many_pairs_are_reported_by_the_sdks_own_helper(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.create(custom_metadata=CROWD)

    assert refusal.value.get_validation_error_messages("custom_metadata") == [
        "Custom metadata is limited to a maximum of 50 keys"
    ]


def test_every_issue_is_named_and_the_count_comes_last(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.create(custom_metadata={**CROWD, "key0": LONG_TEXT})

    assert str(refusal.value) == (
        "2 Input Errors:"
        ' String must contain at most 500 character(s) for "custom_metadata.key0",'
        ' Custom metadata is limited to a maximum of 50 keys for "custom_metadata"'
    )


def test_a_value_of_a_wrong_type_hides_the_count(seam):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.create(custom_metadata={**CROWD, "key0": 1})

    assert str(refusal.value) == 'Invalid input for "custom_metadata.key0"'


def test_pairs_keep_the_order_in_which_they_were_sent(seam):
    webview = seam.connect_webviews.create(custom_metadata={"z": "1", "a": "2", "m": "3"})

    assert list(webview.custom_metadata) == ["z", "a", "m"]


def test_a_refused_webview_does_not_change_the_id_of_the_next(fake, seam, connect):
    fake.reset()
    expected = connect().connect_webviews.create().connect_webview_id
    fake.reset()
    again = connect()
    with pytest.raises(SeamHttpInvalidInputError):
        again.connect_webviews.create(custom_metadata=CROWD)

    assert again.connect_webviews.create().connect_webview_id == expected
