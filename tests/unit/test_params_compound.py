"""Lists, objects, unions and whole requests: every fault at once, in one tree."""

from __future__ import annotations

import pytest

from fakeseam.core.endpoint import Namespace
from fakeseam.core.issues import Faults, Issue, invalid_input
from fakeseam.core.params import array, boolean, email, enum, integer, record, text, uuid
from fakeseam.errors import ApiError, MisuseError

UUID = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def messages(param, value):
    with pytest.raises(Faults) as caught:
        param.read(value, ("p",))
    return [issue.message for issue in caught.value.issues]


# Lists and objects


def test_a_list_is_read_item_by_item():
    assert array(text()).read(("a", "b"), ("p",)) == ["a", "b"]
    assert array(text()).read([], ("p",)) == []


def test_every_faulty_item_of_a_list_is_named_by_its_place():
    assert messages(array(uuid()), ["x", UUID, 5]) == [
        'Invalid uuid for "p.0"',
        'Expected string, received number for "p.2"',
    ]


def test_a_list_may_have_an_exact_length():
    param = array(text(), exactly=2)

    assert param.read(["a", "b"], ("p",)) == ["a", "b"]
    assert messages(param, ["a"]) == ['Array must contain exactly 2 element(s) for "p"']
    assert messages(param, ["a", "b", "c"]) == ['Array must contain exactly 2 element(s) for "p"']


def test_a_list_may_have_a_greatest_length():
    param = array(text(), maximum=100)

    assert len(param.read(["a"] * 100, ("p",))) == 100
    assert messages(param, ["a"] * 101) == [
        'Array must contain at most 100 element(s) for "p"'
    ]


def test_an_object_is_a_copy_of_what_was_sent():
    sent = {"a": "1"}
    read = record().read(sent, ("p",))

    sent["a"] = "2"

    assert read == {"a": "1"}


def test_a_key_that_is_no_text_is_the_tests_mistake():
    with pytest.raises(MisuseError, match="p: the key 5 is not text"):
        record().read({5: "a"}, ("p",))


def test_the_faults_of_an_object_stand_under_its_name():
    param = record(lambda pairs: [Issue((key,), "No.") for key in pairs] + [Issue((), "All.")])

    assert messages(param, {"a": 1}) == ['No. for "p.a"', 'All. for "p"']


# The 400 and its tree


def test_one_fault_is_the_message():
    refusal = invalid_input([Issue(("a", "0"), "Invalid uuid")])

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert refusal.message == 'Invalid uuid for "a.0"'
    assert refusal.validation_errors == {
        "_errors": [],
        "a": {"_errors": [], "0": {"_errors": ["Invalid uuid"]}},
    }


def test_several_faults_are_counted_and_listed():
    refusal = invalid_input(
        [Issue(("a",), "Required"), Issue(("b",), "Invalid uuid"), Issue((), "Whole")]
    )

    assert refusal.message == '3 Input Errors: a is required, Invalid uuid for "b", Whole'
    assert refusal.validation_errors == {
        "_errors": ["Whole"],
        "a": {"_errors": ["Required"]},
        "b": {"_errors": ["Invalid uuid"]},
    }


def test_two_faults_of_one_value_stand_in_one_node():
    refusal = invalid_input([Issue(("a",), "Too long"), Issue(("a",), "Period")])

    assert refusal.validation_errors == {"_errors": [], "a": {"_errors": ["Too long", "Period"]}}


def test_a_union_has_one_message_and_a_fault_for_each_branch():
    branches = (Issue(("k",), "Expected string"), Issue(("k",), "Expected boolean"))
    issue = Issue(("k",), "Invalid input", branches).under(("m",))

    refusal = invalid_input([issue])

    assert refusal.message == 'Invalid input for "m.k"'
    assert refusal.validation_errors == {
        "_errors": [],
        "m": {"_errors": [], "k": {"_errors": ["Expected string", "Expected boolean"]}},
    }


# A whole request


def endpoint_of(either=(), checks=()):
    namespace = Namespace("/cups")

    @namespace.endpoint("POST GET", callers=frozenset(), either=either, checks=checks)
    def fill(
        call,
        *,
        cup_id=uuid(),
        address=email(),
        amount=integer(default=3),
        milk=boolean(default=False),
        kind=enum("tea", "coffee"),
    ):
        """Fill a cup."""

    return namespace.endpoints["/cups/fill"]


def refusal_of(endpoint, given, **how):
    with pytest.raises(ApiError) as caught:
        endpoint.read(given, **how)
    return caught.value


def test_what_was_not_sent_has_its_default():
    assert endpoint_of().read({"milk": True}) == {
        "cup_id": None,
        "address": None,
        "amount": 3,
        "milk": True,
        "kind": None,
    }


def test_unknown_parameters_are_ignored():
    assert "sugar" not in endpoint_of().read({"sugar": object()})


def test_every_fault_of_a_request_is_reported_at_once():
    refusal = refusal_of(endpoint_of(), {"cup_id": "x", "amount": 0, "kind": "milk"})

    assert refusal.message == (
        '3 Input Errors: Invalid uuid for "cup_id", Number must be greater than 0 for "amount", '
        "Invalid enum value. Expected 'tea' | 'coffee', received 'milk' for \"kind\""
    )


def test_methods_are_kept_in_alphabetical_order():
    assert endpoint_of().methods == ("GET", "POST")


def test_a_check_of_the_whole_is_a_fault_without_a_place():
    endpoint = endpoint_of(checks=[lambda sent: None if "milk" in sent else "Milk, please"])

    refusal = refusal_of(endpoint, {})

    assert refusal.message == "Milk, please"
    assert refusal.validation_errors == {"_errors": ["Milk, please"]}


def test_a_check_of_the_whole_is_not_made_of_faulty_parts():
    endpoint = endpoint_of(checks=[lambda sent: "never"])

    assert refusal_of(endpoint, {"amount": 0}).message == (
        'Number must be greater than 0 for "amount"'
    )


EITHER = ("cup_id", "address")


def test_of_a_union_the_first_valid_branch_counts():
    read = endpoint_of(EITHER).read({"cup_id": UUID, "address": "jane@example.com"})

    assert (read["cup_id"], read["address"]) == (UUID, None)


def test_a_valid_branch_hides_the_faults_of_another():
    read = endpoint_of(EITHER).read({"cup_id": "x", "address": "jane@example.com"})

    assert (read["cup_id"], read["address"]) == (None, "jane@example.com")


def test_without_any_branch_every_branch_is_required():
    refusal = refusal_of(endpoint_of(EITHER), {})

    assert refusal.message == "Invalid input"
    assert refusal.validation_errors == {
        "_errors": [],
        "cup_id": {"_errors": ["Required"]},
        "address": {"_errors": ["Required"]},
    }


def test_of_faulty_branches_the_first_of_the_right_type_speaks():
    endpoint = endpoint_of(EITHER)

    assert refusal_of(endpoint, {"cup_id": "x"}).message == 'Invalid uuid for "cup_id"'
    assert refusal_of(endpoint, {"cup_id": 5, "address": "x"}).message == (
        'Invalid email for "address"'
    )


def test_a_lenient_endpoint_takes_any_text_as_an_id():
    assert endpoint_of().read({"cup_id": "mine"}, lenient_ids=True)["cup_id"] == "mine"
    assert refusal_of(endpoint_of(), {"cup_id": 5}, lenient_ids=True).message == (
        'Expected string, received number for "cup_id"'
    )


def test_a_parameter_without_a_type_is_refused_at_declaration():
    namespace = Namespace("/cups")

    with pytest.raises(TypeError, match="size has no parameter type"):

        @namespace.endpoint("POST", callers=frozenset())
        def fill(call, *, size=3):
            """Fill a cup."""
