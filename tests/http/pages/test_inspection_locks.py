"""The inspection page's view of locks and access codes, with its buttons."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from tests.http.pages.inspected_page import page_of

EVIL = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def lock(fake):
    fake.connect_account("august", devices=[{"name": "Front door"}])
    return fake.call("/devices/list")["devices"][0]["device_id"]


@pytest.fixture
def code(fake, lock):
    sent = {"device_id": lock, "name": "Guest", "code": "1234"}
    return fake.call("/access_codes/create", sent)["access_code"]


@pytest.fixture
def press(fake):
    """Presses a button of the page; returns the page after it."""

    def press(name, show, **entries):
        client = Client(fake.wsgi_app)
        referer = f"http://localhost/_fakeseam/?show={show}"
        response = client.post(
            f"/_fakeseam/{name}",
            data=entries,
            headers={"Referer": referer, "Origin": "http://localhost"},
        )
        assert response.status_code == 303, response.text
        return page_of(fake, response.location.partition("/_fakeseam/")[2])

    return press


def badges(page):
    return page.texts("span", **{"class": "badge "}) + page.texts(
        "span", **{"class": "badge warn"}
    )


def test_a_lock_shows_its_bolt_its_battery_and_its_codes(fake, lock, code):
    page = page_of(fake, "?show=devices")

    assert "locked" in badges(page)
    assert "battery 100 %, full" in page.texts("p")
    assert "1 access code of Front door" in page.texts("a")
    assert {"Unlock Front door", "Hold Front door"} <= set(page.buttons)


def test_a_thermostat_has_no_buttons_of_a_lock(fake):
    fake.connect_account("nest")
    page = page_of(fake, "?show=devices")

    assert not [name for name in page.buttons if "Living Room" in name]


def test_a_lock_is_unlocked_and_locked_by_hand(fake, lock, press):
    page = press("turn_lock", "devices", device_id=lock, locked="false")

    assert "Somebody turned the lock by hand." in page.text
    assert "unlocked" in badges(page)
    assert "Lock Front door" in page.buttons
    press("turn_lock", "devices", device_id=lock, locked="true")
    assert [event["method"] for event in fake.events.filter("lock.locked")] == ["manual"]


def test_a_code_is_entered_at_the_keypad(fake, lock, code, press):
    page = press("enter_code", "devices", device_id=lock, code="1234")

    assert page.texts("p", role="status") == [
        "A code was entered at the keypad. The lock unlocked."
    ]
    assert fake.events[-1]["event_type"] == "lock.unlocked"
    page = press("enter_code", "devices", device_id=lock, code="0000")
    assert page.texts("p", role="status") == [
        "A code was entered at the keypad. The lock denied it: The code is not known to the lock."
    ]
    assert fake.events[-1]["event_type"] == "lock.access_denied"


def test_a_denial_is_shown_that_the_brand_does_not_report(fake, press):
    fake.connect_account("kwikset", devices=[{"name": "Side door"}])
    lock = fake.call("/devices/list")["devices"][0]["device_id"]

    page = press("enter_code", "devices", device_id=lock, code="0000")

    assert "The lock denied it: The code is not known to the lock." in page.text
    assert fake.events.filter("lock.access_denied") == []


def test_a_link_cannot_invent_what_a_lock_did(fake):
    assert page_of(fake, "?done=enter_code&outcome=%3Cb%3E").texts("p", role="status") == [
        "A code was entered at the keypad."
    ]


def test_a_device_is_held_and_released(fake, lock, press):
    page = press("hold_device", "devices", device_id=lock)

    assert "held by a test" in badges(page)
    assert "Release Front door" in page.buttons
    assert "Hold Front door" in press("release_device", "devices", device_id=lock).buttons


def test_a_code_shows_its_status_its_times_and_its_device(fake, lock, code):
    times = {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-02T00:00:00Z"}
    fake.call("/access_codes/create", {"device_id": lock, "name": "Later", **times})
    page = page_of(fake, "?show=access_codes")

    assert page.texts("h1") == ["Access codes"]
    names = [one for one in page.texts("bdi") if one in ("Guest", "Later")]
    assert list(dict.fromkeys(names)) == ["Later", "Guest"]
    assert {"set", "unset", "deferring creation"} <= {
        one.removeprefix("pending: ") for one in [*page.texts("p"), *page.texts("span")]
    }
    assert "2026-02-01 00:00:00.000" in page.text
    assert "Front door" in page.texts("a")


def test_an_unmanaged_code_says_so(fake, lock):
    fake.create_unmanaged_access_code(lock, "4711", "Cleaner")
    page = page_of(fake, "?show=access_codes")

    assert "Cleaner" in page.texts("bdi") and "unmanaged" in badges(page)


def test_a_code_is_entered_and_removed_by_its_buttons(fake, code, press):
    page = page_of(fake, "?show=access_codes")
    assert "Enter at the keypad the code Guest" in page.buttons
    assert "Remove in the maker's app the code Guest" in page.buttons

    press("remove_access_code", "access_codes", access_code_id=code["access_code_id"])

    fake.events.assert_emitted("access_code.deleted_external_to_seam")


def test_codes_are_searched_and_an_event_leads_to_its_code(fake, code):
    assert "Guest" in page_of(fake, "?show=access_codes&search=1234").text
    assert page_of(fake, "?show=access_codes&search=nobody").texts("bdi")[:1] != ["Guest"]
    page = page_of(fake, "?show=events")

    links = [one["href"] for one in page.all("a") if one["text"] == "Guest"]
    assert links and all("show=access_codes" in link for link in links)


def test_names_of_codes_and_locks_are_text(fake):
    fake.connect_account("august", devices=[{"name": EVIL}])
    lock = fake.call("/devices/list")["devices"][0]["device_id"]
    fake.call("/access_codes/create", {"device_id": lock, "name": EVIL})

    for section in ("devices", "access_codes", "events"):
        page = page_of(fake, f"?show={section}")
        assert EVIL in page.text
        assert page.all("img") == []
