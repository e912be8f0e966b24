"""The fields of a brand's login."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from fakeseam.api.connect_webviews.login.forms import steps_of
from fakeseam.api.connect_webviews.login.provider_catalog import PROVIDERS, Login


@pytest.mark.parametrize("login", get_args(Login))
def test_every_kind_of_login_has_its_identifier_field_or_none(login):
    (step,) = steps_of(replace(PROVIDERS["minut"], login=login, has_password=False))

    expected = [login] if login in ("email", "username") else []
    assert [field.name for field in step.fields] == expected


def test_a_kind_of_login_without_an_identifier_row_is_an_error():
    with pytest.raises(KeyError, match="fingerprint"):
        steps_of(replace(PROVIDERS["minut"], login="fingerprint"))
