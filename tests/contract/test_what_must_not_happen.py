"""Mishaps that were found once: none of them may come back."""

import enum
import json

import pytest

from fakeseam import ApiError, FakeSeam, LoginFailed, MisuseError

NOW = "2026-01-01T00:00:00Z"
CREATE = "/connect_webviews/create"
ACCOUNTS = "/connected_accounts/list"


class Role(str, enum.Enum):
    ADMIN = "admin"


@pytest.fixture
def fake():
    with FakeSeam(now=NOW) as fake:
        yield fake


def test_a_written_id_is_not_given_to_the_next_account(fake):
    written = FakeSeam().connect_account()["connected_account_id"]
    fake.connect_account(email="x@example.com", connected_account_id=written)

    fake.connect_account(email="y@example.com")

    accounts = fake.call(ACCOUNTS)["connected_accounts"]
    assert [account["display_name"] for account in accounts] == ["x@example.com", "y@example.com"]
    assert accounts[0]["connected_account_id"] == written


def test_a_written_id_of_one_workspace_is_safe_from_another(fake):
    written = FakeSeam().connect_account()["connected_account_id"]
    other = fake.create_workspace()
    fake.connect_account(connected_account_id=written, workspace_id=other.workspace_id)

    mine = fake.connect_account()

    assert mine["connected_account_id"] != written
    theirs = fake.call(ACCOUNTS, token=other.api_key)["connected_accounts"]
    assert [account["connected_account_id"] for account in theirs] == [written]


def test_a_login_that_waits_for_its_sync_cannot_fail_any_more():
    fake = FakeSeam(defer_sync=True)
    webview = fake.call(CREATE, {"wait_for_device_creation": True})["connect_webview"]
    account = fake.complete_connect_webview(webview)

    with pytest.raises(MisuseError, match="call /connected_accounts/sync"):
        fake.fail_connect_webview(webview)

    sent = {"connected_account_id": account["connected_account_id"]}
    assert fake.call("/connected_accounts/sync", sent) == {"ok": True}


def test_devices_that_are_back_are_announced_although_the_sync_is_deferred():
    fake = FakeSeam(defer_sync=True)
    account = fake.connect_account(email="jane@example.com")
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/sync", sent)
    fake.disconnect_account(account)

    fake.connect_account(email="jane@example.com")

    devices = fake.call("/devices/list")["devices"]
    assert [device["properties"]["online"] for device in devices] == [True, True]
    assert len(fake.events.filter("device.connected")) == 4


def test_a_cursor_of_another_list_is_refused(fake):
    for _ in range(2):
        fake.call(CREATE)
        fake.connect_account()
    cursor = fake.call("/connect_webviews/list", {"limit": 1})["pagination"]["next_page_cursor"]

    with pytest.raises(ApiError) as refused:
        fake.call(ACCOUNTS, {"limit": 1, "page_cursor": cursor})

    assert refused.value.type == "mismatched_page_parameters"


def test_a_word_of_an_enum_is_kept_as_its_text(fake):
    sent = {"custom_metadata": {Role.ADMIN: Role.ADMIN}, "customer_key": Role.ADMIN}

    webview = fake.call(CREATE, sent)["connect_webview"]

    assert json.dumps(webview["custom_metadata"]) == '{"admin": "admin"}'
    assert type(webview["customer_key"]) is str
    has = {"custom_metadata_has": {"admin": Role.ADMIN}}
    assert len(fake.call("/connect_webviews/list", has)["connect_webviews"]) == 1


def test_no_token_at_all_is_not_the_fakes_own_key(fake):
    with pytest.raises(ApiError, match="Missing or invalid authentication"):
        fake.call("/workspaces/get", token="")


@pytest.mark.parametrize(("path", "params"), [(CREATE, [1]), (CREATE, "x"), (None, {})])
def test_a_call_that_makes_no_sense_is_a_mistake_of_the_test(fake, path, params):
    with pytest.raises(MisuseError, match="fake.call"):
        fake.call(path, params)


@pytest.mark.parametrize(
    "base_url",
    [
        3,
        "example.com",
        "",
        "http://",
        "http://[",
        "http://[::1",
        "http://a b",
        "http://x:99999",
        "http://user:secret@x",
        "https://x/path?q",
        "https://x#f",
    ],
)
def test_a_base_url_is_one_that_addresses_can_begin_with(base_url):
    with pytest.raises(MisuseError, match="https://"):
        FakeSeam(base_url=base_url)


def test_a_fault_of_501_is_no_endpoint_that_is_not_modelled():
    with FakeSeam(strict=True) as fake:
        fake.faults.add(ACCOUNTS, status=501)

        with pytest.raises(ApiError):
            fake.call(ACCOUNTS)


def test_an_api_key_of_a_brand_is_judged_only_if_it_is_given(fake):
    webview = fake.call(CREATE, {"accepted_providers": ["brivo"]})["connect_webview"]

    with pytest.raises(LoginFailed, match="invalid_credentials"):
        fake.complete_connect_webview(
            webview, email="jane@example.com", extras={"api_key": "wrong"}
        )
    account = fake.complete_connect_webview(
        webview, email="jane@example.com", password="1234", extras={"api_key": "1234"}
    )

    assert account["account_type"] == "brivo"


def test_a_snapshot_brings_back_who_the_fake_was(fake, tmp_path):
    other = FakeSeam(seed=7)
    other.dump(tmp_path / "other.json")
    snapshot, key = fake.snapshot(), fake.api_key
    fake.load(tmp_path / "other.json")

    fake.restore(snapshot)

    assert (fake.api_key, fake.seed) == (key, 0)
    assert fake.call("/workspaces/get")["workspace"]["workspace_id"] == fake.workspace_id


def test_a_reset_fake_has_the_seed_that_it_was_made_with(tmp_path):
    FakeSeam(seed=7).dump(tmp_path / "seven.json")
    fake = FakeSeam(seed=5)
    fake.load(tmp_path / "seven.json")

    fake.reset()

    assert (fake.seed, fake.workspace_id) == (5, FakeSeam(seed=5).workspace_id)


def test_only_a_snapshot_can_be_restored(fake):
    with pytest.raises(MisuseError, match="fake.snapshot"):
        fake.restore({"x": 1})


def test_a_dump_that_cannot_be_written_is_a_message(fake):
    with pytest.raises(MisuseError, match="cannot write"):
        fake.dump("/nonexistent/dump.json")


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("connected_accounts", "errors", 5),
        ("connected_accounts", "provider", "zz"),
        ("connected_accounts", "state", "zz"),
        ("connect_webviews", "state", "zz"),
        ("devices", "connected_account_id", "zz"),
    ],
)
def test_a_dump_whose_records_do_not_fit_together_is_damaged(fake, tmp_path, table, field, value):
    fake.connect_account()
    fake.dump(tmp_path / "dump.json")
    dump = json.loads((tmp_path / "dump.json").read_text())
    dump["store"]["tables"][table]["records"][0][field] = value
    (tmp_path / "dump.json").write_text(json.dumps(dump))

    with pytest.raises(MisuseError, match="damaged"):
        FakeSeam().load(tmp_path / "dump.json")
