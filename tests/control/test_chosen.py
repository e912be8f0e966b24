"""Ids and tokens that a test chooses: what is made has them, and a refused one says why."""

from __future__ import annotations

import asyncio

import pytest

from fakeseam import FakeSeam, MisuseError

ID = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
OTHER_ID = "4a2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
DOOR = {"name": "Door", "device_id": ID}
SESSION, ACCESS, PUBLISHABLE = "seam_cst1mine_x", "seam_at1mine_x", "seam_pk1mine_x"
UUID_ADVICE = "an id is a UUID, but by the rule lenient_ids any text is one"


def device_ids(fake):
    return {one["properties"]["name"]: one["device_id"] for one in devices(fake)}


def devices(fake):
    return fake.call("/devices/list")["devices"]


def webview_of(fake):
    return fake.call("/connect_webviews/create")["connect_webview"]


# What is made has them


def test_a_device_has_the_chosen_id(fake):
    fake.connect_account(devices=[DOOR, {"name": "Gate"}])
    fake.complete_connect_webview(
        webview_of(fake), devices=[{"name": "Attic", "device_id": OTHER_ID}]
    )

    found = device_ids(fake)
    assert (found["Door"], found["Attic"]) == (ID, OTHER_ID)
    assert len(set(found.values())) == 3


def test_a_device_whose_first_sync_is_deferred_has_the_chosen_id(fake):
    fake.reset(defer_sync=True)
    account = fake.connect_account(devices=[DOOR])
    fake.sync_account(account)

    assert device_ids(fake) == {"Door": ID}


def test_a_device_keeps_its_id_at_the_next_login(fake):
    for _ in range(2):
        fake.connect_account(email="jane@example.com", devices=[DOOR])

    assert device_ids(fake) == {"Door": ID}


def test_the_account_of_a_webview_has_the_chosen_id(fake):
    account = fake.complete_connect_webview(webview_of(fake), connected_account_id=ID)

    assert account["connected_account_id"] == ID


def test_a_webview_has_the_chosen_id(fake):
    account = fake.connect_account(connect_webview_id=ID)
    fake.reconnect_account(account, connect_webview_id=OTHER_ID)

    made = fake.call("/connect_webviews/list")["connect_webviews"]
    assert [one["connect_webview_id"] for one in made] == [ID, OTHER_ID]


def test_a_session_has_the_chosen_id_and_token(fake):
    assert fake.create_client_session("u1", client_session_id=ID, token=SESSION) == SESSION

    session = fake.call("/client_sessions/get", token=SESSION)["client_session"]
    assert (session["client_session_id"], session["token"]) == (ID, SESSION)


def test_an_access_token_is_the_chosen_one(fake):
    assert fake.create_personal_access_token(ACCESS) == ACCESS

    assert len(fake.call("/workspaces/list", token=ACCESS)["workspaces"]) == 1


def test_a_workspace_has_the_chosen_id_and_keys(fake):
    workspace = fake.create_workspace(
        workspace_id=ID, api_key="seam_mine", publishable_key=PUBLISHABLE
    )

    assert (workspace.workspace_id, workspace.api_key) == (ID, "seam_mine")
    user = {"user_identifier_key": "u1"}
    session = fake.call("/client_sessions/get_or_create", user, token=PUBLISHABLE)
    assert session["client_session"]["workspace_id"] == ID


def test_with_lenient_ids_any_text_is_an_id():
    fake = FakeSeam(lenient_ids=True)
    fake.connect_account(
        connected_account_id="acct_1",
        connect_webview_id="view_1",
        devices=[{"name": "Door", "device_id": "dev_1"}],
    )

    device = fake.call("/devices/get", {"device_id": "dev_1"})["device"]
    assert device["connected_account_id"] == "acct_1"
    again = FakeSeam(lenient_ids=True)
    again.call("/_fakeseam/load", fake.call("/_fakeseam/dump")["dump"])
    assert device_ids(again) == {"Door": "dev_1"}


# What a test has chosen is not made a second time


def test_an_id_and_a_token_that_the_fake_would_make_are_skipped_if_they_are_chosen():
    first = FakeSeam()
    account = first.connect_account(devices=[{"name": "Door"}])
    door = devices(first)[0]["device_id"]
    webview = first.call("/connect_webviews/list")["connect_webviews"][0]["connect_webview_id"]
    session, access = first.create_client_session(), first.create_personal_access_token()

    second = FakeSeam()
    second.connect_account(
        connected_account_id=account["connected_account_id"],
        connect_webview_id=webview,
        devices=[{"name": "Door", "device_id": door}],
    )
    second.create_client_session(token=session)
    second.create_personal_access_token(access)
    second.connect_account(devices=[{"name": "Gate"}])

    assert len(second.call("/connect_webviews/list")["connect_webviews"]) == 2
    assert len(second.call("/connected_accounts/list")["connected_accounts"]) == 2
    assert len(set(device_ids(second).values())) == 2
    assert second.create_client_session() != session
    assert second.create_personal_access_token() != access


# A refused one says why


@pytest.mark.parametrize(
    ("method", "chosen"),
    [
        ("connect_account", {"connected_account_id": "acct_1"}),
        ("connect_account", {"connect_webview_id": "view_1"}),
        ("create_client_session", {"client_session_id": "session_1"}),
        ("create_workspace", {"workspace_id": "workspace_1"}),
    ],
)
def test_a_malformed_id_is_refused_with_the_rule_that_would_allow_it(misuse, method, chosen):
    (name,) = chosen

    assert misuse(method, **chosen) == f'{method}: Invalid uuid for "{name}"; {UUID_ADVICE}'


def test_a_devices_malformed_id_is_refused_in_the_same_way(misuse):
    message = misuse("connect_account", devices=[{"name": "Door", "device_id": "dev_1"}])

    assert message == f'connect_account: Invalid uuid for "devices.0.device_id"; {UUID_ADVICE}'


def test_a_taken_id_is_refused(fake, misuse):
    account = fake.connect_account(connect_webview_id=ID, devices=[DOOR])
    fake.create_client_session(client_session_id=ID)
    fake.create_workspace(workspace_id=ID)
    webview, account_id = webview_of(fake), account["connected_account_id"]

    def taken(name, value, noun):
        return f"{name}='{value}' is taken by another {noun}; choose another one"

    assert misuse("connect_account", connect_webview_id=ID) == taken(
        "connect_webview_id", ID, "connect webview"
    )
    assert misuse("reconnect_account", account, connect_webview_id=ID) == taken(
        "connect_webview_id", ID, "connect webview"
    )
    for path, how in (("connect_account", ()), ("complete_connect_webview", (webview,))):
        assert misuse(path, *how, devices=[DOOR]) == taken("device_id", ID, "device")
        assert misuse(path, *how, connected_account_id=account_id) == taken(
            "connected_account_id", account_id, "connected account"
        )
    assert misuse("create_client_session", client_session_id=ID) == taken(
        "client_session_id", ID, "client session"
    )
    assert misuse("create_workspace", workspace_id=ID) == taken("workspace_id", ID, "workspace")


def test_an_id_that_a_deferred_sync_will_use_is_taken(fake, misuse):
    fake.reset(defer_sync=True)
    fake.connect_account(devices=[DOOR])

    assert "is taken by another device" in misuse("connect_account", devices=[DOOR])


def test_a_device_does_not_change_its_id(fake, misuse):
    fake.connect_account(email="jane@example.com", devices=[{"name": "Door"}])
    door = device_ids(fake)["Door"]

    message = misuse("connect_account", email="jane@example.com", devices=[DOOR])

    assert message == (
        f"the device 'Door' already has the id '{door}', so it cannot get the id '{ID}'"
    )


def test_two_devices_do_not_get_one_id(misuse):
    message = misuse("connect_account", devices=[DOOR, {**DOOR, "name": "Gate"}])

    assert message == f"connect_account: Two devices have the id '{ID}' for \"devices\""


def test_the_devices_of_every_login_at_a_provider_get_no_id(misuse):
    assert misuse("set_provider_devices", "august", [DOOR]) == (
        "set_provider_devices: each login imports these devices, so none of them can have a"
        " device_id; choose it in the devices of complete_connect_webview or connect_account"
    )


@pytest.mark.parametrize(
    ("method", "chosen", "words"),
    [
        *(
            ("create_client_session", {"token": token},
             "a client session's token starts with 'seam_cst'")
            for token in ("mine", ACCESS)
        ),
        (
            "create_personal_access_token",
            {"token": SESSION},
            "a personal access token starts with 'seam_at'",
        ),
        (
            "create_workspace",
            {"publishable_key": "seam_mine"},
            "a publishable key starts with 'seam_pk'",
        ),
        *(
            (method, {name: f"{begin} x"},
             "a header carries it, so it has only ASCII characters, no space")
            for method, name, begin in (
                ("create_client_session", "token", "seam_cst"),
                ("create_personal_access_token", "token", "seam_at"),
                ("create_workspace", "publishable_key", "seam_pk"),
                ("create_workspace", "api_key", "seam_"),
            )
        ),
    ],
)
def test_a_malformed_token_is_refused(misuse, method, chosen, words):
    ((name, token),) = chosen.items()

    assert misuse(method, **chosen) == f"{name}={token!r}: {words}"


def test_a_taken_token_is_refused(fake, misuse):
    fake.create_client_session(token=SESSION)
    fake.create_personal_access_token(ACCESS)
    fake.create_workspace(publishable_key=PUBLISHABLE)

    for method, name, token in (
        ("create_client_session", "token", SESSION),
        ("create_personal_access_token", "token", ACCESS),
        ("create_workspace", "publishable_key", PUBLISHABLE),
        ("create_workspace", "api_key", fake.api_key),
    ):
        assert misuse(method, **{name: token}) == (
            f"{name}={token!r} is taken by another credential; choose another one"
        )


def test_the_awaitable_methods_take_them_too(fake):
    async def chosen():
        account = await fake.aio.connect_account(connected_account_id=ID, devices=[DOOR])
        return account["connected_account_id"], await fake.aio.create_client_session(token=SESSION)

    assert asyncio.run(chosen()) == (ID, SESSION)
    assert device_ids(fake) == {"Door": ID}


# Webviews that wait for a user


def test_a_webview_is_created_with_a_chosen_id_and_an_apps_parameters(fake):
    webview = fake.create_connect_webview(
        ID, custom_metadata={"user": "u1"}, accepted_providers=["minut"]
    )

    assert webview["connect_webview_id"] == ID
    assert webview["custom_metadata"] == {"user": "u1"}
    assert fake.call("/connect_webviews/get", {"connect_webview_id": ID})[
        "connect_webview"
    ] == webview
    account = fake.complete_connect_webview(webview)
    assert (account["account_type"], account["custom_metadata"]) == ("minut", {"user": "u1"})


def test_a_webview_without_a_chosen_id_is_like_an_apps(fake):
    with FakeSeam(now="2026-01-01T00:00:00Z") as other:
        mine = fake.create_connect_webview(provider_category="stable")
        theirs = other.call("/connect_webviews/create", {"provider_category": "stable"})

    assert mine == theirs["connect_webview"]


@pytest.mark.parametrize(
    ("connect_webview_id", "params", "message"),
    [
        ("x", {}, 'Invalid uuid for "connect_webview_id".*lenient_ids'),
        (None, {"colour": "red"}, "no parameter 'colour'"),
        (None, {"custom_metadata": {"a": 1}}, "custom_metadata"),
        (None, {"provider_category": "all"}, "provider_category"),
    ],
)
def test_a_webview_that_seam_would_refuse_is_misuse(fake, connect_webview_id, params, message):
    with pytest.raises(MisuseError, match=message):
        fake.create_connect_webview(connect_webview_id, **params)


def test_the_id_of_another_webview_is_taken(fake):
    fake.create_connect_webview(ID)

    with pytest.raises(MisuseError, match="is taken by another"):
        fake.create_connect_webview(ID)
