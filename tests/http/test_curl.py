"""The cURL requests of Seam's pages, run by curl itself."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(
    shutil.which("curl") is None, reason="runs the pages' requests with curl, which is missing"
)

ACCOUNT_ID = "6e1cad57-b244-40ca-b4f3-30a46c8000d4"

UPDATE_ACCOUNT = r"""
curl -X 'POST' \
  'https://connect.getseam.com/connected_accounts/update' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer ${API_KEY}' \
  -H 'Content-Type: application/json' \
  -d '{
  "connected_account_id": "6e1cad57-b244-40ca-b4f3-30a46c8000d4",
  "custom_metadata": {
    "internal_account_id": "user-1"
  }
}'
"""
CREATE_WEBVIEW = r"""
curl -X 'POST' \
  'https://connect.getseam.com/connect_webviews/create' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer ${API_KEY}' \
  -H 'Content-Type: application/json' \
  -d '{
  "provider_category": "stable",
  "custom_metadata": {
    "your_app_user_id": "xxxx"
  }
}'
"""
# Not on the pages, but in the form of similar pages: a GET with a body.
GET_ACCOUNT = r"""
curl -X 'GET' \
  'https://connect.getseam.com/connected_accounts/get' \
  -H 'accept: application/json' \
  -H 'Authorization: Bearer ${API_KEY}' \
  -H 'Content-Type: application/json' \
  -d '{
  "connected_account_id": "6e1cad57-b244-40ca-b4f3-30a46c8000d4"
}'
"""


@pytest.fixture
def run(fake):
    """Runs a request as printed, but with this fake's address and key."""
    with fake.serve() as server:

        def run(request):
            request = request.replace("https://connect.getseam.com", server.url)
            request = request.replace("${API_KEY}", fake.api_key).replace("\\\n", " ")
            curl, *arguments = shlex.split(request)
            # -q: without the user's curl settings.
            command = [curl, "-q", "--silent", "--show-error", "--noproxy", "*", *arguments]
            done = subprocess.run(command, capture_output=True, timeout=60, check=True)
            return json.loads(done.stdout)

        yield run


def test_a_webview_is_created_with_metadata(run, fake):
    body = run(CREATE_WEBVIEW)

    assert body.keys() == {"connect_webview", "ok"}
    assert body["ok"] is True
    webview = body["connect_webview"]
    assert webview["status"] == "pending"
    assert webview["workspace_id"] == fake.workspace_id
    assert webview["custom_metadata"] == {"your_app_user_id": "xxxx"}
    assert f"connect_webview_id={webview['connect_webview_id']}&auth_token=" in webview["url"]


def test_metadata_is_added_to_an_account(run, fake):
    fake.connect_account("august", "jane@example.com", connected_account_id=ACCOUNT_ID)

    body = run(UPDATE_ACCOUNT)

    assert body["ok"] is True
    account = fake.call("/connected_accounts/get", {"connected_account_id": ACCOUNT_ID})
    assert account["connected_account"]["custom_metadata"] == {"internal_account_id": "user-1"}


def test_an_account_is_read_by_a_get_with_a_body(run, fake):
    account = fake.connect_account("august", connected_account_id=ACCOUNT_ID)

    assert run(GET_ACCOUNT) == {"connected_account": account, "ok": True}


def test_a_wrong_key_is_refused(run, fake):
    body = run(CREATE_WEBVIEW.replace("${API_KEY}", "seam_test1234_wrong"))

    assert body["error"]["type"] == "unauthorized"
    assert fake.call("/connect_webviews/list")["connect_webviews"] == []
