"""axe-core finds nothing on any step of any brand's login: one brand for each form."""

from __future__ import annotations

import pytest

from fakeseam.api.connect_webviews.login.forms import steps_of
from fakeseam.api.connect_webviews.login.provider_catalog import PROVIDERS
from tests.browser.walking import expect_heading, fill_in, start

BY_NAME = {"email": "jane@example.com", "username": "jane", "password": "1234", "code": "123456"}


def entry(field):
    """A value that the sandbox accepts in a field."""
    if field.choices:
        return field.choices[0]
    return BY_NAME.get(field.name) or field.prefilled or field.works


def shape(steps):
    """All that differs between the logins of two brands, but for the brand's name."""
    return tuple(
        (field.label, field.kind, field.is_required, bool(field.choices), len(step.fields))
        for step in steps
        for field in step.fields
    )


FORMS = list({shape(steps_of(one)): one for one in reversed(PROVIDERS.values())}.values())


@pytest.mark.parametrize("provider", FORMS, ids=lambda provider: provider.key)
def test_every_step_of_a_login(page, seam, accessibility_violations, provider):
    webview = seam.connect_webviews.create(accepted_providers=[provider.key])
    start(page, webview, provider.display_name)
    for step in steps_of(provider):
        expect_heading(page, step.title)
        assert accessibility_violations() == [], step.name
        fill_in(page, step.button, {field.label: entry(field) for field in step.fields})
    expect_heading(page, "Your devices are connected")
