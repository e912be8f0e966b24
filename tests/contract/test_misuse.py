"""Levers pulled wrongly: the text says what came, what was possible, and nothing changes."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def misuse(fake):
    """The text of a mistake; the fake has to be as it was before it."""

    def misuse(method, *args, **how):
        before = fake.snapshot()
        with pytest.raises(MisuseError) as caught:
            getattr(fake, method)(*args, **how)
        assert fake.snapshot() == before
        return str(caught.value)

    return misuse


@pytest.fixture
def webview(fake):
    sent = {"accepted_providers": ["august", "google_nest"]}
    return fake.call("/connect_webviews/create", sent)["connect_webview"]


# Webviews


@pytest.mark.parametrize("lever", ["complete_connect_webview", "fail_connect_webview"])
def test_a_used_webview_tells_what_can_still_be_done_with_it(fake, misuse, webview, lever):
    fake.complete_connect_webview(webview)

    said = misuse(lever, webview)

    assert "in 'authorized'; legal here: ['delete']; nothing has changed" in said
    assert lever in said


@pytest.mark.parametrize("typed", [{"email": "jane@example.com"}, {"password": "wrong"}])
def test_a_used_webview_stays_used_whoever_comes(fake, misuse, webview, typed):
    fake.complete_connect_webview(webview, email="jane@example.com")

    assert "legal here: ['delete']" in misuse("complete_connect_webview", webview, **typed)


@pytest.mark.parametrize("lever", ["complete_connect_webview", "fail_connect_webview"])
def test_an_unknown_webview_is_named(misuse, lever):
    said = misuse(lever, UNKNOWN)

    assert said == f"no connect webview '{UNKNOWN}' here (deleted, or not made)"


def test_a_deleted_webview_is_unknown(fake, misuse, webview):
    fake.call("/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]})

    assert "deleted" in misuse("complete_connect_webview", webview)


def test_a_malformed_id_is_named(misuse):
    said = misuse("complete_connect_webview", "my-webview")

    assert said == 'complete_connect_webview: Invalid uuid for "connect_webview_id"'


@pytest.mark.parametrize("thing", [None, 5, {}, {"connect_webview_id": None}, object()])
def test_something_without_an_id_is_told_what_to_give(misuse, thing):
    said = misuse("complete_connect_webview", thing)

    assert said.endswith("carries no connect_webview_id: give the id, or what the API returned")


def test_an_account_is_no_webview(fake, misuse):
    account = fake.connect_account()

    assert "carries no connect_webview_id" in misuse("complete_connect_webview", account)


@pytest.mark.parametrize("lever", ["complete_connect_webview", "fail_connect_webview"])
def test_a_provider_that_is_not_accepted_is_told_which_are(misuse, webview, lever):
    said = misuse(lever, webview, provider="yale")

    assert said == "this webview does not accept 'yale', only august, nest"


@pytest.mark.parametrize("lever", ["complete_connect_webview", "fail_connect_webview"])
def test_an_unknown_provider_is_told_the_nearest_ones(misuse, webview, lever):
    said = misuse(lever, webview, provider="agust")

    assert said.startswith("no provider 'agust'; nearest: august")


@pytest.mark.parametrize("accepted", [[], ["slack", "hid_cm"]])
def test_nobody_can_sign_in_where_no_provider_is_offered(fake, misuse, accepted):
    sent = {"accepted_providers": accepted}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]

    said = misuse("complete_connect_webview", webview)

    assert said == "this webview accepts no provider, so nobody can sign in"


def test_an_unknown_error_is_told_the_known_ones(misuse, webview):
    said = misuse("fail_connect_webview", webview, "no_such_error")

    assert said == (
        "error_code='no_such_error': choose one of invalid_credentials, invalid_two_factor_code,"
        " account_locked, provider_unavailable,"
        " account_already_associated_with_customer, connect_webview_already_used, unknown_error"
    )


def test_a_webview_waiting_for_its_devices_cannot_be_completed_again(misuse):
    fake = FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True)
    webview = fake.call("/connect_webviews/create", {"wait_for_device_creation": True})
    fake.complete_connect_webview(webview["connect_webview"], email="jane@example.com")
    before = fake.snapshot()

    with pytest.raises(MisuseError, match="nothing has changed"):
        fake.complete_connect_webview(webview["connect_webview"], email="jane@example.com")

    assert fake.snapshot() == before


# Accounts


@pytest.mark.parametrize("lever", ["disconnect_account", "request_reauthorization"])
def test_an_unknown_account_is_named(misuse, lever):
    said = misuse(lever, UNKNOWN)

    assert said == f"no connected account '{UNKNOWN}' here (deleted, or never connected)"


@pytest.mark.parametrize("lever", ["disconnect_account", "request_reauthorization"])
def test_something_without_an_account_is_told_what_to_give(misuse, webview, lever):
    said = misuse(lever, webview)

    assert "give the id, or what the API returned" in said


def test_a_broken_account_is_past_being_asked_for_authorization(fake, misuse):
    account = fake.connect_account()
    fake.disconnect_account(account)

    said = misuse("request_reauthorization", account)

    assert said.startswith(
        "request_reauthorization: connected_account: no 'request_reauthorization' in"
        " 'disconnected'; legal here: ['delete', 'disconnect', 'login', 'sync', 'update'];"
        " nothing has changed"
    )


def test_a_taken_id_is_named(fake, misuse):
    fake.connect_account(connected_account_id=UNKNOWN)

    said = misuse("connect_account", connected_account_id=UNKNOWN)

    assert said == f"the id '{UNKNOWN}' is taken by another account"


def test_an_id_is_taken_whatever_the_workspace(fake, misuse):
    other = fake.create_workspace()
    fake.connect_account(connected_account_id=UNKNOWN, workspace_id=other.workspace_id)

    assert "is taken by another account" in misuse(
        "connect_account", connected_account_id=UNKNOWN
    )


def test_a_login_keeps_the_id_that_it_has(fake, misuse):
    account = fake.connect_account(email="jane@example.com")

    said = misuse("connect_account", email="jane@example.com", connected_account_id=UNKNOWN)

    assert said == (
        f"this login already has the account '{account['connected_account_id']}', so it cannot"
        f" get the id '{UNKNOWN}'"
    )


def test_a_login_may_be_given_the_id_that_it_has(fake):
    fake.connect_account(email="jane@example.com", connected_account_id=UNKNOWN)

    again = fake.connect_account(email="jane@example.com", connected_account_id=UNKNOWN)

    assert again["connected_account_id"] == UNKNOWN


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (
            {"connected_account_id": "account-1"},
            'connect_account: Invalid uuid for "connected_account_id"',
        ),
        (
            {"custom_metadata": {"a.b": "1"}},
            "connect_account: Custom metadata key names cannot contain a period (.)"
            ' for "custom_metadata.a.b"',
        ),
        ({"custom_metadata": {"a": 1}}, 'connect_account: Invalid input for "custom_metadata.a"'),
        (
            {"workspace_id": UNKNOWN},
            f"no workspace '{UNKNOWN}' here; make one with create_workspace()",
        ),
    ],
)
def test_what_the_api_would_refuse_is_the_tests_mistake(misuse, how, said):
    assert misuse("connect_account", **how) == said


def test_an_unknown_provider_of_an_account_is_told_the_nearest_ones(misuse):
    assert misuse("connect_account", provider="schlag").startswith(
        "no provider 'schlag'; nearest: schlage"
    )


# Workspaces and credentials


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("my-key", "an API key starts with 'seam_'"),
        ("seam_cst1_x", "seam_cst... is another kind of credential"),
        ("seam_at1_x", "seam_at... is another kind of credential"),
        ("seam_pk1_x", "seam_pk... is another kind of credential"),
    ],
)
def test_a_key_that_the_sdk_would_refuse_is_refused(misuse, key, words):
    assert misuse("create_workspace", api_key=key) == f"api_key='{key}': {words}"
    with pytest.raises(MisuseError):
        FakeSeam(api_key=key)


def test_a_key_opens_one_workspace(fake, misuse):
    said = misuse("create_workspace", api_key=fake.api_key)

    assert said == f"api_key='{fake.api_key}' already opens another workspace"


def test_a_session_belongs_to_a_workspace_that_exists(misuse):
    said = misuse("create_client_session", workspace_id=UNKNOWN)

    assert said == f"no workspace '{UNKNOWN}' here; make one with create_workspace()"


def test_what_is_no_json_is_told_what_to_send(misuse):
    said = misuse("call", "/connect_webviews/create", {"custom_metadata": {"a": object()}})

    assert said.endswith("is not a JSON value: send text, numbers, lists or dicts")


@pytest.mark.parametrize("how", [{"seed": "x"}, {"seed": None}, {"workspace_id": "mine"}])
def test_a_fake_made_of_nonsense_is_refused(how):
    with pytest.raises(MisuseError):
        FakeSeam(**how)


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_blank_address_is_a_mistake_of_the_test(blank):
    with pytest.raises(MisuseError, match='String must not be blank for "email"'):
        FakeSeam().connect_account(email=blank)


def test_one_id_in_place_of_a_list_of_ids_is_a_mistake_of_the_test():
    with pytest.raises(MisuseError, match="'abc' is no list of ids"):
        FakeSeam().create_client_session(connect_webview_ids="abc")
