"""/client_sessions: an id that the workspace does not have is refused, and changes nothing."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
USER = {"user_identifier_key": "u1"}
PATHS = [f"/client_sessions/{name}" for name in ("create", "get_or_create", "grant_access")]

WEBVIEW = (404, "connect_webview_not_found", "Connect webview not found")
ACCOUNT = (404, "connected_account_not_found", "Connected account not found")
IDENTITY = (404, "user_identity_not_found", "User identity not found")


@pytest.fixture
def refused(fake, refuse):
    """The error of a call with these parameters for a user, who has a session if need be."""

    def refused(path, sent):
        if path.endswith("grant_access"):
            fake.call("/client_sessions/create", USER)
        before = fake.snapshot()
        refusal = refuse(path, {**USER, **sent})
        assert fake.snapshot() == before
        return refusal.status, refusal.type, refusal.message

    return refused


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"connect_webview_ids": [UNKNOWN]}, WEBVIEW),
        ({"connected_account_ids": [UNKNOWN]}, ACCOUNT),
        ({"user_identity_id": UNKNOWN}, IDENTITY),
        ({"user_identity_ids": [UNKNOWN]}, IDENTITY),
        # These are no UUIDs, which Seam does not require of the lists.
        ({"connect_webview_ids": ["garbage"]}, WEBVIEW),
        ({"connected_account_ids": ["garbage"]}, ACCOUNT),
    ],
)
def test_an_unknown_id_is_not_found(refused, path, sent, error):
    assert refused(path, sent) == error


@pytest.mark.parametrize("path", PATHS)
def test_one_unknown_id_among_known_ones_is_not_found(refused, ids, path):
    assert refused(path, {"connected_account_ids": [ids.account, UNKNOWN]}) == ACCOUNT


@pytest.mark.parametrize("path", PATHS)
def test_what_another_workspace_has_is_not_found(fake, refused, path):
    other = fake.create_workspace()
    foreign = fake.connect_account(workspace_id=other.workspace_id)["connected_account_id"]

    assert refused(path, {"connected_account_ids": [foreign]}) == ACCOUNT


def test_with_lenient_ids_a_malformed_identity_is_not_found_either():
    fake = FakeSeam(lenient_ids=True)

    with pytest.raises(Exception, match="User identity not found"):
        fake.call("/client_sessions/create", {"user_identity_id": "no uuid"})


def test_with_lenient_ids_a_session_sees_an_account_with_an_id_of_any_form():
    fake = FakeSeam(lenient_ids=True)
    fake.connect_account(connected_account_id="acct_1")

    sent = {"connected_account_ids": ["acct_1"]}

    assert fake.call("/client_sessions/create", sent)["client_session"]["device_count"] == 2
