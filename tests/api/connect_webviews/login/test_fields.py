"""The fields of a login: the documented sandbox entries, and what a field accepts."""

from __future__ import annotations

import pytest

from fakeseam.api.connect_webviews.login.fields import (
    SANDBOX_CODE,
    SANDBOX_DOMAIN,
    SANDBOX_PASSWORD,
    Field,
)


def test_sandbox_logins_take_the_documented_password_code_and_domain():
    assert (SANDBOX_PASSWORD, SANDBOX_CODE, SANDBOX_DOMAIN) == ("1234", "123456", "example.com")


def test_a_field_without_a_pattern_takes_any_entry():
    assert Field("site", "Site").takes("")
    assert Field("site", "Site").takes("anything")


@pytest.mark.parametrize(
    ("value", "taken"), [("12", True), ("1", False), ("123", False), ("", False), ("12\n", False)]
)
def test_a_field_takes_what_its_pattern_matches_in_full(value, taken):
    assert Field("pin", "PIN", accepts="[0-9]{2}").takes(value) is taken
