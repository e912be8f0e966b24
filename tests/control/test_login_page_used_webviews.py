"""Webviews that are used, deleted, another's, or whose account is another customer's."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, MisuseError
from tests.control.login_browser import PATH, Browser, pane_of

JANE = {"email": "jane@example.com", "password": "1234"}
USED = "connect_webview_already_used"
CONFLICT = "account_already_associated_with_customer"
FAILED = "connect_webview.login_failed"


# Another customer's account


@pytest.mark.parametrize("broken", [False, True])
def test_an_account_of_another_customer_is_not_signed_in_to(
    fake, browse, shown, event_types, broken
):
    account = fake.connect_account("minut", "jane@example.com", customer_key="c1")
    if broken:
        fake.disconnect_account(account)
    page = browse(
        customer_key="c2",
        custom_metadata={"a": "1"},
        custom_redirect_failure_url="https://app.example/failed",
    )
    accounts = fake.call("/connected_accounts/list")
    devices, before = fake.call("/devices/list"), event_types()

    page.walk("minut", JANE)

    assert (page["name"], page["status"], page["error"]["code"]) == ("failed", 400, CONFLICT)
    assert page["error"]["message"] == "The account is already associated with another customer"
    assert page["redirect"]["url"] == (
        "https://app.example/failed?connect_webview_id="
        f"{page.webview['connect_webview_id']}&error_code={CONFLICT}"
        "&error_message=The+account+is+already+associated+with+another+customer"
    )
    assert page["event"] == list(fake.events)[-1]
    assert event_types() == [*before, FAILED]
    assert fake.call("/connected_accounts/list") == accounts
    assert fake.call("/devices/list") == devices
    changed = {"status": "failed", "selected_provider": "minut"}
    assert shown(page.webview) == {**page.webview, **changed}


def test_another_user_may_sign_in_after_the_conflict(fake, browse):
    fake.connect_account("minut", "jane@example.com", customer_key="c1")
    page = browse(customer_key="c2")
    page.walk("minut", JANE)

    page.open()
    page.walk("minut", {**JANE, "email": "john@example.com"})

    assert page["name"] == "success"
    (account,) = fake.call("/connected_accounts/list", {"customer_key": "c2"})[
        "connected_accounts"
    ]
    assert account["user_identifier"] == {"email": "john@example.com"}


@pytest.mark.parametrize(("first", "second"), [("c1", "c1"), (None, "c1"), ("c1", None)])
def test_the_same_customer_or_none_signs_in_again(fake, browse, first, second):
    customer = {} if first is None else {"customer_key": first}
    before = fake.connect_account("minut", "jane@example.com", **customer)
    page = browse(**({} if second is None else {"customer_key": second}))

    page.walk("minut", JANE)

    assert page["name"] == "success"
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["connected_account_id"] == before["connected_account_id"]
    assert account["customer_key"] == "c1"


# A webview is for one login


def by_the_page(page):
    page.walk("minut", JANE)


def by_the_control_method(page):
    page.fake.complete_connect_webview(page.webview, "minut", "jane@example.com")


def after_failed_tries(page):
    page.walk("minut", {**JANE, "password": "wrong"})
    page.fake.fail_connect_webview(page.webview)
    page.walk("minut", JANE)


def and_its_account_deleted(page):
    by_the_page(page)
    (account,) = page.fake.call("/connected_accounts/list")["connected_accounts"]
    sent = {"connected_account_id": account["connected_account_id"]}
    page.fake.call("/connected_accounts/delete", sent)


@pytest.mark.parametrize(
    "use", [by_the_page, by_the_control_method, after_failed_tries, and_its_account_deleted]
)
@pytest.mark.parametrize(
    ("urls", "leads_to"),
    [
        ({}, None),
        ({"custom_redirect_url": "https://a.example/"}, "https://a.example/"),
        (
            {
                "custom_redirect_url": "https://a.example/",
                "custom_redirect_failure_url": "https://b.example/",
            },
            "https://b.example/",
        ),
        ({"custom_redirect_url": "javascript:alert()"}, None),
    ],
)
def test_a_used_webview_says_so_and_nothing_happens(fake, browse, use, urls, leads_to):
    page = browse(custom_metadata={"a": "1"}, **urls)
    use(page)
    before, webview_id = fake.snapshot(), page.webview["connect_webview_id"]
    requests = [
        ("GET", {}),
        ("GET", {"step": "providers"}),
        ("GET", {"provider": "minut"}),
        ("GET", {"step": "waiting"}),
        ("POST", {}),
        ("POST", {"provider": "minut", "step": "account", "typed": JANE}),
        ("POST", {"provider": "yale", "step": "account", "typed": JANE}),
        ("POST", {"provider": "minut", "step": "account", "typed": {**JANE, "password": "down"}}),
        ("POST", {"provider": "nobody"}),
    ]
    for method, sent in requests:
        pane = pane_of(fake, page.webview, method, **sent)

        assert (pane["name"], pane["status"], pane["event"]) == ("failed", 400, None)
        assert pane["error"]["code"] == USED
        assert pane["error"]["message"] == "This Connect Webview has already been used"
        assert pane["redirect"]["url"] == (
            None
            if leads_to is None
            else f"{leads_to}?connect_webview_id={webview_id}&error_code={USED}"
            "&error_message=This+Connect+Webview+has+already+been+used"
        )
    assert fake.snapshot() == before


def test_a_used_webview_is_used_for_the_control_methods_too(fake, browse):
    page = browse()
    page.walk("minut", JANE)
    before = fake.snapshot()

    with pytest.raises(MisuseError, match="a webview is for one login"):
        fake.complete_connect_webview(page.webview)
    with pytest.raises(MisuseError):
        fake.fail_connect_webview(page.webview)
    assert fake.snapshot() == before


def test_checking_the_wait_of_a_failed_webview_leads_nowhere(fake, browse):
    page = browse(custom_redirect_url="https://app.example")
    page.walk("minut", {**JANE, "password": "wrong"})
    before = fake.snapshot()

    pane = pane_of(fake, page.webview, "GET", step="waiting")

    assert (pane["name"], pane["status"], pane["not_accepted"]) == ("providers", 200, None)
    assert "error" not in pane and "redirect" not in pane
    assert fake.snapshot() == before


# Who may see the page


@pytest.fixture
def mine(fake):
    return fake.call("/connect_webviews/create")["connect_webview"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"auth_token": ""},
        {"auth_token": "wrong"},
        {"auth_token": "\x00"},
        {"auth_token": "\ud800"},
        {"auth_token": "x" * 100_000},
        {"connect_webview_id": "4a7a1d0e-0000-4000-8000-000000000000"},
        {"connect_webview_id": "no uuid"},
        {"connect_webview_id": ""},
        {"connect_webview_id": "\ud800"},
        {"connect_webview_id": "x" * 100_000},
    ],
)
def test_without_the_id_and_its_token_the_webview_is_not_found(fake, mine, method, sent):
    own = {"auth_token": mine["url"].rpartition("=")[2]} if "auth_token" not in sent else {}
    if sent and "connect_webview_id" not in sent:
        own = {"connect_webview_id": mine["connect_webview_id"]}
    typed = {"provider": "minut", "step": "account", "typed": JANE}
    before = fake.snapshot()

    with pytest.raises(ApiError) as refused:
        fake.call(PATH, {**typed, **own, **sent}, method=method)

    assert (refused.value.status, refused.value.type) == (404, "connect_webview_not_found")
    assert refused.value.message == "Connect webview not found"
    assert fake.snapshot() == before


def test_a_token_opens_its_own_webview_alone(fake, mine):
    other = fake.call("/connect_webviews/create")["connect_webview"]
    sent = {
        "connect_webview_id": mine["connect_webview_id"],
        "auth_token": other["url"].rpartition("=")[2],
    }

    with pytest.raises(ApiError, match="not found"):
        fake.call(PATH, sent, method="GET")


@pytest.mark.parametrize("key", ["api_key", "another", "none at all"])
def test_no_key_is_needed_and_none_opens_the_page(fake, mine, key):
    keys = {"api_key": fake.api_key, "another": fake.create_workspace().api_key}

    token = keys.get(key, "seam_nonsense")
    sent = {"connect_webview_id": mine["connect_webview_id"]}
    own = {**sent, "auth_token": mine["url"].rpartition("=")[2]}

    assert fake.call(PATH, own, method="GET", token=token)["pane"]["name"] == "introduction"
    with pytest.raises(ApiError, match="not found"):
        fake.call(PATH, sent, method="GET", token=token)


@pytest.mark.parametrize("use", [None, by_the_page, after_failed_tries])
def test_a_deleted_webview_is_as_one_that_never_was(fake, browse, use):
    page = browse()
    if use is not None:
        use(page)
    sent = {"connect_webview_id": page.webview["connect_webview_id"]}
    fake.call("/connect_webviews/delete", sent)

    with pytest.raises(ApiError) as refused:
        page.open()
    with pytest.raises(ApiError) as again:
        pane_of(fake, page.webview, "POST", provider="minut", step="account", typed=JANE)
    assert {(one.value.status, one.value.message) for one in (refused, again)} == {
        (404, "Connect webview not found")
    }


def test_a_webview_of_another_workspace_works_there(fake):
    workspace = fake.create_workspace()
    made = fake.call("/connect_webviews/create", token=workspace.api_key)["connect_webview"]

    Browser(fake, made).walk("minut", JANE)

    there = fake.call("/connected_accounts/list", token=workspace.api_key)
    assert len(there["connected_accounts"]) == 1
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []
    assert {event["workspace_id"] for event in fake.events} == {workspace.workspace_id}


def test_the_session_that_made_the_webview_gets_the_account(fake):
    token = fake.create_client_session("u1")
    made = fake.call("/connect_webviews/create", token=token)["connect_webview"]

    Browser(fake, made).walk("minut", JANE)

    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    session = fake.call("/client_sessions/get", {"user_identifier_key": "u1"})["client_session"]
    assert session["connected_account_ids"] == [account["connected_account_id"]]
