"""Credentials prove a caller, and an endpoint admits kinds of callers."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam
from fakeseam.api.auth import BACKEND, EVERYONE, Credentials, identify
from fakeseam.core.clock import format_timestamp


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T00:00:00Z")


def caller_of(fake, callers=EVERYONE, **credentials):
    runtime = fake._engine.runtime
    now = format_timestamp(runtime.clock.ms())
    return identify(runtime.store, now, Credentials(**credentials), callers)


def opened(fake, **credentials):
    return caller_of(fake, **credentials).workspace.workspace_id


def refused(fake, callers=EVERYONE, **credentials):
    with pytest.raises(ApiError) as caught:
        caller_of(fake, callers, **credentials)
    return (caught.value.status, caught.value.type, caught.value.message)


NO_CREDENTIALS = (401, "unauthorized", "Missing or invalid authentication")


def test_no_credentials_are_unauthorized(fake):
    assert refused(fake) == NO_CREDENTIALS


def test_a_workspace_alone_is_unauthorized(fake):
    assert refused(fake, workspace_id=fake.workspace_id) == NO_CREDENTIALS


@pytest.mark.parametrize("bearer", ["seam_unknown", "seam_pk1_unknown", "something", "", "eyJ0"])
def test_an_unknown_bearer_is_an_unknown_api_key(fake, bearer):
    assert refused(fake, bearer=bearer) == (401, "unauthorized", "API Key not found")


def test_an_api_key_opens_its_workspace(fake):
    other = fake.create_workspace()

    assert opened(fake, bearer=fake.api_key) == fake.workspace_id
    assert opened(fake, bearer=other.api_key) == other.workspace_id


def test_an_api_key_does_not_care_which_workspace_is_named(fake):
    other = fake.create_workspace()

    found = opened(fake, bearer=fake.api_key, workspace_id=other.workspace_id)

    assert found == fake.workspace_id


def test_an_access_token_opens_the_workspace_that_is_named(fake):
    token, other = fake.create_personal_access_token(), fake.create_workspace()

    for workspace_id in (fake.workspace_id, other.workspace_id):
        assert opened(fake, bearer=token, workspace_id=workspace_id) == workspace_id


def test_an_access_token_without_a_workspace_is_unauthorized(fake):
    token = fake.create_personal_access_token()

    assert refused(fake, bearer=token) == NO_CREDENTIALS


@pytest.mark.parametrize("workspace_id", ["3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b", "x"])
def test_an_access_token_with_an_unknown_workspace_is_unauthorized(fake, workspace_id):
    token = fake.create_personal_access_token()

    assert refused(fake, bearer=token, workspace_id=workspace_id) == (
        401,
        "unauthorized",
        "Access token not found",
    )


def test_an_unknown_access_token_is_unauthorized(fake):
    assert refused(fake, bearer="seam_at1_x", workspace_id=fake.workspace_id) == (
        401,
        "unauthorized",
        "Access token not found",
    )


def test_a_session_token_may_come_as_a_bearer_or_in_its_header(fake):
    token = fake.create_client_session()

    for how in ({"bearer": token}, {"session": token}, {"bearer": token, "session": token}):
        assert caller_of(fake, **how).session.token == token


def test_an_unknown_session_has_an_error_of_its_own(fake):
    expected = (401, "client_session_not_found", "Unauthorized (client session not found)")

    assert refused(fake, session="seam_cst1_unknown") == expected
    assert refused(fake, bearer="seam_cst1_unknown") == expected


def test_a_session_expires_after_a_year(fake):
    token = fake.create_client_session()
    fake.clock.advance(365 * 24 * 3600 - 1)
    assert caller_of(fake, session=token).session.token == token

    fake.clock.advance(1)

    assert refused(fake, session=token) == (
        401,
        "client_session_expired",
        "Unauthorized (client session expired)",
    )


def test_a_malformed_session_header_is_a_bad_request(fake):
    assert refused(fake, session="nonsense") == (
        400,
        "invalid_client_session_token",
        "Invalid client session token",
    )


def test_a_valid_bearer_beats_a_malformed_session_header(fake):
    assert caller_of(fake, bearer=fake.api_key, session="nonsense").kind == "api_key"


def test_a_bearer_of_no_use_does_not_save_a_malformed_session_header(fake):
    refusal = refused(fake, bearer="something", session="nonsense")

    assert refusal[:2] == (400, "invalid_client_session_token")


def test_a_session_header_counts_next_to_a_bearer_that_is_not_seams(fake):
    token = fake.create_client_session()

    assert caller_of(fake, bearer="something", session=token).session.token == token


# In the words of Seam's published npm fake.
USED_FOR_API_KEY = (
    401,
    "client_session_token_used_for_api_key",
    "A client session token was used instead of an API key",
)


def test_a_session_where_an_api_key_is_needed_is_called_one(fake):
    token, customers = fake.create_client_session(), fake.create_client_session(customer_key="c")

    for how in ({"bearer": token}, {"session": token}, {"session": customers}):
        assert refused(fake, BACKEND, **how) == USED_FOR_API_KEY


def test_only_an_access_token_does_where_one_is_needed(fake):
    expected = (401, "unauthorized", "Access tokens must start with seam_at")

    for bearer in (fake.api_key, fake.create_client_session()):
        assert refused(fake, {"pat_without_workspace"}, bearer=bearer) == expected


def test_a_control_endpoint_needs_no_credentials(fake):
    assert fake.call("/_fakeseam/clock/now", token="nonsense")["ok"] is True


def test_an_empty_token_does_not_stand_for_the_fakes_own_key(fake):
    with pytest.raises(ApiError, match="Missing or invalid authentication"):
        fake.call("/workspaces/get", token="")


# Three places decide what a caller sees, and need a branch for a new kind of caller:
# customers/keys.py is_visible, listing.py of_user, workspaces/endpoints.py list_.
def test_the_groups_of_callers_are_these():
    assert BACKEND == {"api_key", "pat_with_workspace"}
    assert EVERYONE == BACKEND | {"client_session", "client_session_with_customer"}
