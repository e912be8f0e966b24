"""Lists and objects: every validation issue at once, with its place."""

from __future__ import annotations

import pytest

from fakeseam.errors import MisuseError
from fakeseam.schema.params import array, record, text, uuid
from fakeseam.schema.validation import Issue, ValidationError

UUID = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def messages(param, value):
    with pytest.raises(ValidationError) as caught:
        param.parse(value, ("p",))
    return [issue.message for issue in caught.value.issues]


def test_a_list_is_parsed_item_by_item():
    assert array(text()).parse(("a", "b"), ("p",)) == ["a", "b"]
    assert array(text()).parse([], ("p",)) == []


def test_every_invalid_item_of_a_list_is_named_by_its_index():
    assert messages(array(uuid()), ["x", UUID, 5]) == [
        'Invalid uuid for "p.0"',
        'Expected string, received number for "p.2"',
    ]


def test_a_list_may_have_an_exact_length():
    param = array(text(), exactly=2)

    assert param.parse(["a", "b"], ("p",)) == ["a", "b"]
    assert messages(param, ["a"]) == ['Array must contain exactly 2 element(s) for "p"']
    assert messages(param, ["a", "b", "c"]) == ['Array must contain exactly 2 element(s) for "p"']


def test_a_list_may_have_a_maximum_length():
    param = array(text(), maximum=100)

    assert len(param.parse(["a"] * 100, ("p",))) == 100
    assert messages(param, ["a"] * 101) == [
        'Array must contain at most 100 element(s) for "p"'
    ]


def test_an_object_is_copied():
    sent = {"a": "1"}
    parsed = record().parse(sent, ("p",))

    sent["a"] = "2"

    assert parsed == {"a": "1"}


def test_a_key_that_is_not_text_is_misuse():
    with pytest.raises(MisuseError, match="p: the key 5 is not text"):
        record().parse({5: "a"}, ("p",))


def test_the_issues_of_an_object_have_its_name_in_their_paths():
    param = record(lambda pairs: [Issue((key,), "No.") for key in pairs] + [Issue((), "All.")])

    assert messages(param, {"a": 1}) == ['No. for "p.a"', 'All. for "p"']
