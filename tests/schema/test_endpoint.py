"""Endpoints: how the parameters of a whole request are parsed, and the issues reported at once."""

from __future__ import annotations

import pytest

from fakeseam.errors import ApiError
from fakeseam.schema.endpoint import Namespace, Owner
from fakeseam.schema.params import boolean, email, enum, integer, uuid

UUID = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
CALLERS = frozenset({"api_key"})


def endpoint_of(any_of=(), checks=()):
    namespace = Namespace("/cups")

    @namespace.endpoint("POST GET", callers=CALLERS, any_of=any_of, checks=checks)
    def fill(
        ctx,
        *,
        cup_id=uuid(),
        address=email(),
        amount=integer(default=3),
        milk=boolean(default=False),
        kind=enum("tea", "coffee"),
    ):
        """Fills a cup."""

    return namespace.endpoints["/cups/fill"]


def error_of(endpoint, given, **options):
    with pytest.raises(ApiError) as caught:
        endpoint.parse(given, **options)
    return caught.value


def test_a_parameter_that_was_not_sent_has_its_default():
    assert endpoint_of().parse({"milk": True}) == {
        "cup_id": None,
        "address": None,
        "amount": 3,
        "milk": True,
        "kind": None,
    }


def test_unknown_parameters_are_ignored():
    assert "sugar" not in endpoint_of().parse({"sugar": object()})


def test_every_issue_of_a_request_is_reported_at_once():
    error = error_of(endpoint_of(), {"cup_id": "x", "amount": 0, "kind": "milk"})

    assert error.message == (
        '3 Input Errors: Invalid uuid for "cup_id", Number must be greater than 0 for "amount", '
        "Invalid enum value. Expected 'tea' | 'coffee', received 'milk' for \"kind\""
    )


def test_methods_are_in_alphabetical_order():
    assert endpoint_of().methods == ("GET", "POST")


def test_a_check_of_the_request_is_an_issue_without_a_path():
    endpoint = endpoint_of(checks=[lambda sent: None if "milk" in sent else "Milk, please"])

    error = error_of(endpoint, {})

    assert error.message == "Milk, please"
    assert error.validation_errors == {"_errors": ["Milk, please"]}


def test_the_request_is_not_checked_if_a_parameter_is_invalid():
    endpoint = endpoint_of(checks=[lambda sent: "never"])

    assert error_of(endpoint, {"amount": 0}).message == (
        'Number must be greater than 0 for "amount"'
    )


ANY_OF = ("cup_id", "address")


def test_the_first_valid_branch_of_a_union_counts():
    parsed = endpoint_of(ANY_OF).parse({"cup_id": UUID, "address": "jane@example.com"})

    assert (parsed["cup_id"], parsed["address"]) == (UUID, None)


def test_a_valid_branch_hides_the_issues_of_another():
    parsed = endpoint_of(ANY_OF).parse({"cup_id": "x", "address": "jane@example.com"})

    assert (parsed["cup_id"], parsed["address"]) == (None, "jane@example.com")


def test_without_any_branch_every_branch_is_required():
    error = error_of(endpoint_of(ANY_OF), {})

    assert error.message == "Invalid input"
    assert error.validation_errors == {
        "_errors": [],
        "cup_id": {"_errors": ["Required"]},
        "address": {"_errors": ["Required"]},
    }


def test_the_issues_of_the_first_branch_of_the_right_type_are_reported():
    endpoint = endpoint_of(ANY_OF)

    assert error_of(endpoint, {"cup_id": "x"}).message == 'Invalid uuid for "cup_id"'
    assert error_of(endpoint, {"cup_id": 5, "address": "x"}).message == (
        'Invalid email for "address"'
    )


def test_lenient_ids_may_be_any_text():
    assert endpoint_of().parse({"cup_id": "mine"}, lenient_ids=True)["cup_id"] == "mine"
    assert error_of(endpoint_of(), {"cup_id": 5}, lenient_ids=True).message == (
        'Expected string, received number for "cup_id"'
    )


def test_a_parameter_without_a_type_is_refused_at_declaration():
    namespace = Namespace("/cups")

    with pytest.raises(TypeError, match="size has no parameter type"):

        @namespace.endpoint("POST", callers=CALLERS)
        def fill(ctx, *, size=3):
            """Fills a cup."""


@pytest.mark.parametrize(("owner", "callers"), [(Owner.SEAM, frozenset()), (Owner.OPEN, CALLERS)])
def test_exactly_seams_endpoints_declare_callers(owner, callers):
    with pytest.raises(TypeError, match="^/cups: .* endpoints and callers="):
        Namespace("/cups", owner).endpoint("POST", callers=callers)
