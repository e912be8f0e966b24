"""The login page responds to any form; every change has its event."""

from __future__ import annotations

import httpx
from hypothesis import given
from hypothesis import strategies as st

from fakeseam import FakeSeam
from tests.properties.effort import examples

STEPS = ["region", "account", "method", "code", "pairing", "mobile_keys", "devices", "waiting"]
BRANDS = ["august", "yale", "minut", "lockly", "visionline", "salto_space", "latch", "my_2n", "no"]
RIGHT = {
    "region": "Others",
    "email": "jane@example.com",
    "username": "jane",
    "password": "1234",
    "two_factor_method": "Email",
    "code": "123456",
    "site": "S",
    "pairing_code": "1",
    "bridge_token": "123456",
    "server_url": "x",
    "uuid": "",
    "system_id": "1",
    "device_0_username": "",
    "team_id": "1234",
    "since": "2020-01-01T00:00:00Z",
    "search": "x",
}
WORDS = ["slow", "down", "locked", "1234", "jane", "", " ", "\x00", "</script>", "{{", "é"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={name: st.just(value) | st.sampled_from(WORDS) for name, value in RIGHT.items()},
) | st.dictionaries(TEXT, TEXT, max_size=4).map(lambda more: {**RIGHT, **more})
FAKE = FakeSeam(now="2026-01-01T00:00:00Z")


@examples()
@given(
    st.sampled_from(BRANDS),
    st.sampled_from(STEPS) | TEXT,
    ENTRIES,
    st.sampled_from([None, "https://app.example", "javascript:x"]),
    st.booleans(),
)
def test_a_post_has_a_response_and_changes_have_events(brand, step, typed, url, sandbox):
    token = FAKE.api_key if sandbox else FAKE.create_workspace(is_sandbox=False).api_key
    sent = {"provider_category": "stable", "custom_redirect_url": url}
    sent = {name: value for name, value in sent.items() if value is not None}
    webview = FAKE.call("/connect_webviews/create", sent, token=token)["connect_webview"]
    before, events = FAKE.snapshot(), len(FAKE.events)

    with httpx.Client(transport=FAKE.transport()) as browser:
        # The webview's own two names are those of its url.
        own = dict(httpx.URL(webview["url"]).params)
        form = {**typed, "provider": brand, "step": step, **own}
        answer = browser.post("http://fakeseam/connect_webviews/view", data=form)

    emitted = [event["event_type"] for event in FAKE.events][events:]
    now = FAKE.call(
        "/connect_webviews/get",
        {"connect_webview_id": webview["connect_webview_id"]},
        token=token,
    )["connect_webview"]
    assert answer.status_code in (200, 303, 400)
    if not emitted:
        assert FAKE.snapshot() == before
        assert now == webview
        assert answer.status_code != 303
    elif now["status"] == "failed":
        assert emitted == ["connect_webview.login_failed"]
        assert answer.status_code == (303 if "location" in answer.headers else 400)
    else:
        assert now["status"] == "authorized"
        assert emitted[0] == "connect_webview.login_succeeded"
        assert answer.status_code == (303 if url == "https://app.example" else 200)
