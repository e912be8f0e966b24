"""A login at the page and one by a control method find the same account, in any spelling."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, LoginFailed
from tests.control.login_browser import pane_of

JANE = {"email": "jane@example.com", "password": "1234"}
VISIONLINE = ({"pairing_code": "1"}, {"site": "Inn", "username": "jane", "password": "1234"})
REST = {"uuid": "", "system_id": ""}


def accounts(fake):
    return fake.call("/connected_accounts/list")["connected_accounts"]


# The same account


@pytest.mark.parametrize(
    "email",
    ["jane@example.com", "JANE@EXAMPLE.COM", " jane@example.com ", "\tJane@Example.com\n"],
)
def test_another_spelling_reconnects_the_account_and_replaces_its_metadata(
    fake, browse, event_types, email
):
    first = browse(custom_metadata={"user": "u1", "kept": True})
    first.walk("minut", JANE)
    (before,) = accounts(fake)
    fake.disconnect_account(before)
    events = len(fake.events)

    browse(custom_metadata={"user": "u2"}).walk("minut", {**JANE, "email": email})

    (again,) = accounts(fake)
    assert again == {**before, "custom_metadata": {"user": "u2"}}
    assert event_types()[events:] == [
        "connect_webview.login_succeeded",
        "connected_account.successful_login",
        "connected_account.connected",
        "device.connected",
        "connected_account.completed_first_sync_after_reconnection",
    ]


@pytest.mark.parametrize(
    ("provider", "steps", "login"),
    [
        ("minut", [JANE], {"email": "jane@example.com"}),
        ("yale", [JANE, {"code": "123456"}], {"email": "jane@example.com"}),
        ("controlbyweb", [{"email": "jane", "password": "1234"}], {"username": "jane"}),
        (
            "pti",
            [{**JANE, "site_key": "1234", "site_code": "1234", "api_url": "https://x.example"}],
            {"email": "jane@example.com", "api_url": "https://x.example"},
        ),
        ("visionline", [*VISIONLINE, REST], {"username": "jane", "site": "Inn"}),
        ("hotek", [{"site": "Inn", "tcp_port": "1"}], {"site": "Inn"}),
        ("latch", [{}], {}),
    ],
)
@pytest.mark.parametrize("page_first", [True, False])
def test_the_page_and_the_control_method_find_each_others_accounts(
    fake, browse, provider, steps, login, page_first
):
    def by_page():
        browse(accepted_providers=[provider]).walk(provider, *steps)
        return accounts(fake)[0]["connected_account_id"]

    def by_method():
        made = browse(accepted_providers=[provider]).webview
        return fake.complete_connect_webview(made, **login)["connected_account_id"]

    ways = (by_page, by_method) if page_first else (by_method, by_page)

    assert len({way() for way in ways}) == 1
    assert len(accounts(fake)) == 1


def test_two_sites_are_two_accounts(fake, browse):
    for site in ("Inn", "Lodge", " Inn "):
        pairing, who = VISIONLINE
        browse().walk("visionline", pairing, {**who, "site": site}, REST)

    assert len(accounts(fake)) == 2


def test_the_same_address_at_two_brands_is_two_accounts(fake, browse):
    browse().walk("minut", JANE)
    browse().walk("noiseaware", JANE)

    assert len(accounts(fake)) == 2


# Blank and unknown entries


@pytest.mark.parametrize(
    ("provider", "steps"),
    [
        ("visionline", [*VISIONLINE, {"uuid": " ", "system_id": "\t\n"}]),
        (
            "my_2n",
            [
                JANE,
                {
                    "device_0_username": " ",
                    "device_0_password": "\t",
                    "device_1_username": "jane",
                    "device_1_password": "1234",
                    "device_2_username": "",
                    "device_2_password": "\u3000",
                },
            ],
        ),
    ],
)
def test_blanks_in_an_optional_field_leave_it_out(browse, event_types, provider, steps):
    page = browse(accepted_providers=[provider])

    page.walk(provider, *steps)

    assert page["name"] == "success"
    assert "connect_webview.login_failed" not in event_types()


def test_entries_that_the_brand_has_no_field_for_are_ignored(fake, browse):
    page = browse()
    typed = {**JANE, "code": "000000", "site": "Inn", "username": "joe", "api_key": "wrong"}

    pane = pane_of(fake, page.webview, "POST", provider="minut", step="account", typed=typed)

    assert pane["name"] == "success"
    (account,) = accounts(fake)
    assert account["user_identifier"] == {"email": "jane@example.com"}


@pytest.mark.parametrize("provider", ["yale", "august"])
@pytest.mark.parametrize("code", ["000000", "locked", "down"])
def test_a_code_among_the_extras_is_ignored(fake, browse, provider, code):
    webview = browse(accepted_providers=[provider]).webview

    account = fake.complete_connect_webview(
        webview, email="jane@example.com", extras={"code": code}
    )

    assert account["user_identifier"] == {"email": "jane@example.com"}


# The words that fail, by the control method


@pytest.mark.parametrize(
    ("provider", "typed", "error_code"),
    [
        ("minut", {"password": "locked"}, "account_locked"),
        ("minut", {"password": "down"}, "provider_unavailable"),
        ("minut", {"password": "wrong"}, "invalid_credentials"),
        ("minut", {"password": " locked"}, "invalid_credentials"),
        ("brivo", {"extras": {"api_key": "down"}}, "provider_unavailable"),
        ("brivo", {"password": "1234", "extras": {"api_key": "locked"}}, "account_locked"),
        ("lockly", {"extras": {"token_id": "locked"}}, "account_locked"),
        ("yale", {"password": "locked", "code": "1"}, "account_locked"),
    ],
)
def test_the_control_method_fails_by_the_same_words(
    fake, browse, shown, event_types, provider, typed, error_code
):
    webview = browse(accepted_providers=[provider]).webview

    with pytest.raises(LoginFailed) as failed:
        fake.complete_connect_webview(webview, email="jane@example.com", **typed)

    assert failed.value.error_code == error_code
    assert shown(webview)["status"] == "failed"
    assert event_types() == ["connect_webview.login_failed"]


@pytest.mark.parametrize("word", ["locked", "down", "slow", "wrong"])
def test_a_brand_without_a_password_ignores_one(fake, browse, word):
    webview = browse(accepted_providers=["lockly"]).webview

    assert fake.complete_connect_webview(webview, email="jane@example.com", password=word)


@pytest.mark.parametrize("error_code", ["account_locked", "provider_unavailable"])
def test_a_login_can_be_failed_for_each_of_the_reasons(fake, browse, error_code):
    webview = browse(custom_redirect_url="https://app.example").webview

    assert f"error_code={error_code}&" in fake.fail_connect_webview(webview, error_code)


# Strange entries

STRANGE = [
    "x" * 10_000,
    "\x00",
    "\x00" * 500,
    "\x1b[31m\x07",
    "\ud800",
    "\udfff\ud800",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202etxet",
    "%00%0d%0a",
    "🏠" * 500,
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_entry_is_a_wrong_one(fake, browse, event_types, text):
    page = browse()
    secret = {"region": "Others"}, {"email": "jane@example.com", "password": text}

    page.walk("august", *secret)
    assert page["error"]["code"] == "invalid_credentials"
    assert page["typed"]["password"] == text

    page.submit(email=text, password="1234")
    assert page["error"]["code"] == "invalid_credentials"

    page.submit(**JANE)
    page.submit(two_factor_method="Email")
    page.submit(code=text)
    assert page["error"]["code"] == "invalid_two_factor_code"
    assert event_types() == ["connect_webview.login_failed"] * 3
    assert page.submit(code="123456")["name"] == "success"


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_name_of_a_site_is_a_name(fake, browse, text):
    pairing, who = VISIONLINE
    for _ in range(2):
        page = browse()
        page.walk("visionline", pairing, {**who, "site": text}, REST)
        assert page["name"] == "success"

    assert len(accounts(fake)) == 1


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "\ud800", "{{7*7}}", "🏠"])
def test_a_strange_address_at_the_sandboxs_domain_is_an_address(fake, browse, text):
    browse().walk("minut", {**JANE, "email": f"{text}@example.com"})

    (account,) = accounts(fake)
    assert account["user_identifier"] == {"email": f"{text}@example.com"}


@pytest.mark.parametrize(
    "sent",
    [
        {"step": 1},
        {"provider": ["minut"]},
        {"search": {}},
        {"since": True},
        {"typed": "x"},
        {"typed": {"email": 1}},
        {"typed": {"email": ["jane@example.com"]}},
        {"typed": None},
        {"connect_webview_id": None},
        {"auth_token": 5},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_no_form_can_send_is_invalid_input(fake, browse, method, sent):
    page = browse()
    before = fake.snapshot()

    with pytest.raises(ApiError) as refused:
        pane_of(fake, page.webview, method, **sent)

    assert (refused.value.status, refused.value.type) == (400, "invalid_input")
    assert fake.snapshot() == before
