"""/locks: who may call which endpoint, and which devices are refused by all of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

UNKNOWN = "00000000-0000-4000-8000-000000000000"
READING = {"/locks/list": {}, "/locks/get": {}}
TURNING = {"/locks/lock_door": {}, "/locks/unlock_door": {}}
CONFIGURING = {"/locks/configure_auto_lock": {"auto_lock_enabled": False}}
SIMULATING = {
    "/locks/simulate/keypad_code_entry": {"code": "1"},
    "/locks/simulate/manual_lock_via_keypad": {},
}
ACTING = {**TURNING, **CONFIGURING, **SIMULATING}


@pytest.fixture
def own(fake):
    """A lock of the customer ``c1``, and tokens of two sessions that see it."""
    account = fake.connect_account("august", "joe@example.com", customer_key="c1")
    account_id = account["connected_account_id"]
    found = fake.call("/devices/list", {"connected_account_id": account_id})["devices"]
    return SimpleNamespace(
        params={"device_id": found[0]["device_id"]},
        session=fake.create_client_session("joe", connected_account_ids=[account_id]),
        customer_session=fake.create_client_session(customer_key="c1"),
        access_token=fake.create_personal_access_token(),
    )


@pytest.mark.parametrize(
    ("path", "of_session", "of_customer"),
    [
        *((path, True, True) for path in TURNING),
        *((path, True, False) for path in (*READING, *CONFIGURING)),
        *((path, False, False) for path in SIMULATING),
    ],
)
def test_an_endpoint_admits_the_sessions_that_seam_names(
    fake, refuse, own, path, of_session, of_customer
):
    params = {**own.params, **(READING | ACTING)[path]}

    for token, is_admitted in ((own.session, of_session), (own.customer_session, of_customer)):
        if is_admitted:
            assert fake.call(path, params, token=token)["ok"] is True
        else:
            error = refuse(path, params, token=token)
            assert (error.status, error.type) == (401, "client_session_token_used_for_api_key")


@pytest.mark.parametrize("path", [*READING, *ACTING])
def test_every_endpoint_admits_an_access_token(fake, own, path):
    params = {**own.params, **(READING | ACTING)[path]}
    workspace = {"token": own.access_token, "workspace_id": fake.workspace_id}

    assert fake.call(path, params, **workspace)["ok"] is True


@pytest.mark.parametrize("path", [*TURNING, *CONFIGURING])
def test_a_session_does_nothing_at_the_lock_of_another(fake, refuse, lock, own, path):
    params = {"device_id": lock.device_id, **ACTING[path]}

    assert refuse(path, params, token=own.session).status == 401


def test_a_session_reads_the_attempts_of_its_own_locks(fake, refuse, lock, own):
    def attempt_at(params):
        made = fake.call("/locks/lock_door", params)["action_attempt"]
        return {"action_attempt_id": made["action_attempt_id"]}

    fake.call("/action_attempts/get", attempt_at(own.params), token=own.session)
    others = attempt_at({"device_id": lock.device_id})
    error = refuse("/action_attempts/get", others, token=own.session)
    assert (error.status, error.type) == (404, "action_attempt_not_found")


@pytest.mark.parametrize("path", ACTING)
def test_an_unknown_device_is_refused_with_its_id(refuse, path):
    error = refuse(path, {"device_id": UNKNOWN, **ACTING[path]})

    assert (error.status, error.type) == (404, "device_not_found")
    assert error.message == "Device not found"
    assert error.data == {"device_id": UNKNOWN}


@pytest.mark.parametrize("path", ACTING)
def test_an_unmanaged_device_is_refused_with_its_id(fake, refuse, lock, path):
    by_id = {"device_id": lock.device_id}
    fake.call("/devices/update", {**by_id, "is_managed": False})

    error = refuse(path, {**by_id, **ACTING[path]})

    assert (error.status, error.type, error.data) == (400, "device_unmanaged", by_id)


def test_nothing_of_another_workspace_is_seen(fake, refuse, lock):
    other = fake.create_workspace("Other")

    assert fake.call("/locks/list", token=other.api_key)["locks"] == []
    for path, params in {**ACTING, "/locks/get": {}}.items():
        sent = {"device_id": lock.device_id, **params}
        assert refuse(path, sent, token=other.api_key).status == 404
