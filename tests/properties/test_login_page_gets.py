"""Getting the login page changes nothing, at any address."""

from __future__ import annotations

import httpx
from hypothesis import given
from hypothesis import strategies as st

from fakeseam import ApiError, FakeSeam
from tests.properties.effort import examples

PATH = "/connect_webviews/view"
NAMES = ["step", "provider", "search", "since", "email", "password", "code", "region", "site"]
WORDS = ["account", "code", "region", "method", "waiting", "providers", "minut", "august", "yale"]
WORDS += ["jane@example.com", "1234", "123456", "slow", "down", "locked", "North America"]
WORDS += ["2020-01-01T00:00:00Z", "2026-01-01T00:00:00+14:00", "", " "]
# Surrogates apart, which no address can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
VALUES = st.sampled_from(WORDS) | TEXT
PARAMS = st.lists(st.tuples(st.sampled_from(NAMES) | TEXT, VALUES), max_size=9)


def world():
    """Webviews in every state, and their addresses."""
    fake = FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True)

    def made(**params):
        return fake.call("/connect_webviews/create", params)["connect_webview"]

    webviews = {
        "pending": made(custom_redirect_url="https://app.example"),
        "failed": made(),
        "syncing": made(wait_for_device_creation=True),
        "authorized": made(custom_redirect_failure_url="https://app.example"),
        "deleted": made(),
    }
    fake.fail_connect_webview(webviews["failed"])
    fake.complete_connect_webview(webviews["syncing"], email="jane@example.com")
    fake.complete_connect_webview(webviews["authorized"], email="john@example.com")
    gone = {"connect_webview_id": webviews["deleted"]["connect_webview_id"]}
    fake.call("/connect_webviews/delete", gone)
    return fake, {state: one["url"] for state, one in webviews.items()}


FAKE, URLS = world()
STATUSES = {"pending": {200, 400}, "failed": {200, 400}, "syncing": {200}, "deleted": {404}}


@examples()
@given(st.sampled_from(sorted(URLS)), PARAMS, st.sampled_from(["GET", "HEAD"]))
def test_nothing_changes_by_any_address(state, params, method):
    before = FAKE.snapshot()

    with httpx.Client(transport=FAKE.transport()) as browser:
        url = httpx.URL(URLS[state])
        url = url.copy_with(params=[*url.params.multi_items(), *params])
        answer = browser.request(method, url)

    assert FAKE.snapshot() == before
    own = {"connect_webview_id", "auth_token"}
    if not own & {name for name, _ in params}:
        assert answer.status_code in STATUSES.get(state, {303})


@examples()
@given(
    st.sampled_from(sorted(URLS)),
    st.dictionaries(st.sampled_from(["step", "provider", "search", "since"]), st.text() | VALUES),
    st.dictionaries(st.text(max_size=5) | st.sampled_from(NAMES), st.text(max_size=5) | VALUES),
)
def test_nothing_changes_by_any_values(state, params, typed):
    before = FAKE.snapshot()
    own = dict(httpx.URL(URLS[state]).params)

    try:
        FAKE.call(PATH, {**own, **params, "typed": typed}, method="GET")
    except ApiError as error:
        assert (state, error.status) == ("deleted", 404)
    assert FAKE.snapshot() == before
