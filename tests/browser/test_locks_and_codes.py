"""Opening a door on the inspection page, as somebody does who looks into a fake."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import BOTH, press

pytestmark = pytest.mark.parametrize(**BOTH)


@pytest.fixture
def door(fake):
    fake.connect_account("august", devices=[{"name": "Front door"}])
    lock = fake.call("/devices/list")["devices"][0]
    sent = {"device_id": lock["device_id"], "name": "Guest", "code": "1234"}
    fake.call("/access_codes/create", sent)
    return lock


def bolt(page):
    return page.locator(".badge", has_text="locked")


def test_a_door_is_unlocked_and_locked(page, server, door):
    page.goto(f"{server.url}/_fakeseam/?show=devices")
    expect(bolt(page)).to_have_text("locked")

    press(page, "Unlock Front door")
    expect(bolt(page)).to_have_text("unlocked")
    press(page, "Lock Front door")
    expect(bolt(page)).to_have_text("locked")


def test_a_code_is_entered_with_the_keyboard_alone(page, fake, server, door):
    page.goto(f"{server.url}/_fakeseam/?show=devices")
    for code, event_type, words in (
        ("1234", "lock.unlocked", "The lock unlocked."),
        ("9999", "lock.access_denied", "The lock denied it"),
    ):
        page.get_by_label("Code to enter at Front door", exact=True).focus()
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(words)
        assert fake.events[-1]["event_type"] == event_type
        page.goto(f"{server.url}/_fakeseam/?show=devices")


def test_a_held_door_leaves_a_new_code_waiting(page, fake, server, door):
    page.goto(f"{server.url}/_fakeseam/?show=devices")
    press(page, "Hold Front door")
    sent = {"device_id": door["device_id"], "name": "Late"}
    fake.call("/access_codes/create", sent)

    page.goto(f"{server.url}/_fakeseam/?show=access_codes")
    expect(page.get_by_text("pending: creating")).to_be_visible()
    page.goto(f"{server.url}/_fakeseam/?show=devices")
    press(page, "Release Front door")
    page.goto(f"{server.url}/_fakeseam/?show=access_codes")
    expect(page.get_by_text("pending: creating")).to_have_count(0)
