"""``fake.load``: seed files written by hand, functions, dumps, and lists of these."""

from __future__ import annotations

import json

import pytest

from fakeseam import ApiError, FakeSeam

JANE_ID = "6a1d4a0e-2f0c-4a53-9a5d-0d7f0a3b1c11"

HOTEL = {
    "fakeseam_seed": 1,
    "steps": [
        {"/webhooks/create": {"url": "https://app.example.com/seam"}},
        {
            "connect_account": {
                "provider": "august",
                "email": "jane@example.com",
                "custom_metadata": {"user": "u1", "vip": True},
                "connected_account_id": JANE_ID,
                "devices": [{"name": "Front Door"}, {"name": "Cellar"}],
            }
        },
        {"add_account_warning": {
            "connected_account_id": JANE_ID, "warning_code": "scheduled_maintenance_window"}},
        {"/devices/get": {"name": "Cellar"}, "as": "cellar"},
        {"add_device_error": {
            "device_id": {"$id": "cellar"}, "error_code": "device_offline"}},
        {"connect_account": {"provider": "yale", "email": "john@example.com"}, "as": "john"},
        {"disconnect_account": {"connected_account_id": {"$id": "john"}}},
        {"create_client_session": {
            "user_identifier_key": "u1", "connected_account_ids": [{"$id": "john"}]}},
        {"/connect_webviews/create": {"custom_metadata": {"user": "u2"}}, "as": "page"},
        {"fail_connect_webview": {"connect_webview_id": {"$id": "page"}}},
        {"clock/advance": {"seconds": 86400}},
    ],
}


@pytest.fixture
def write(tmp_path):
    """Writes a JSON file; returns its path."""

    def write(content, name="hotel.json"):
        (tmp_path / name).write_text(json.dumps(content))
        return tmp_path / name

    return write


def steps(*given):
    return {"fakeseam_seed": 1, "steps": list(given)}


def emails(fake):
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    return [account["user_identifier"]["email"] for account in accounts]


# A seed file


def test_the_steps_of_a_seed_file_are_called_in_order(fake, write):
    fake.load(write(HOTEL))

    jane, john = fake.call("/connected_accounts/list")["connected_accounts"]
    assert jane["connected_account_id"] == JANE_ID
    assert jane["custom_metadata"] == {"user": "u1", "vip": True}
    assert [one["warning_code"] for one in jane["warnings"]] == ["scheduled_maintenance_window"]
    assert [one["error_code"] for one in john["errors"]] == ["account_disconnected"]
    cellar = fake.call("/devices/get", {"name": "Cellar"})["device"]
    assert [one["error_code"] for one in cellar["errors"]] == ["device_offline"]
    sent = {"user_identifier_key": "u1"}
    (seen,) = fake.call("/connected_accounts/list", sent)["connected_accounts"]
    assert seen == john
    *_, page = fake.call("/connect_webviews/list")["connect_webviews"]
    assert (page["status"], page["custom_metadata"]) == ("failed", {"user": "u2"})
    assert fake.clock.now.isoformat() == "2026-01-02T00:00:00+00:00"
    assert fake.webhooks[0].event["created_at"] == "2026-01-01T00:00:00.000Z"


def test_a_seed_file_does_what_the_same_calls_of_a_test_do(fake, write):
    fake.load(write(steps(
        {"connect_account": {"email": "jane@example.com"}},
        {"/connect_webviews/create": {}},
    )))

    other = FakeSeam(now="2026-01-01T00:00:00Z")
    other.connect_account(email="jane@example.com")
    other.call("/connect_webviews/create")
    assert fake.snapshot() == other.snapshot()


def test_the_calls_of_a_seed_file_are_not_requests_of_the_app(fake, write):
    fake.call("/workspaces/get")
    fake.load(write(steps({"/connect_webviews/create": {}})))
    fake.call("/devices/list")

    assert [request.path for request in fake.requests] == ["/workspaces/get", "/devices/list"]


def test_a_seed_file_adds_to_the_state(fake, write):
    fake.connect_account(email="old@example.com")
    key = fake.api_key

    fake.load(write(steps({"connect_account": {"email": "new@example.com"}})))

    assert emails(fake) == ["old@example.com", "new@example.com"]
    assert fake.api_key == key


def test_the_events_of_a_seed_file_go_to_webhooks(fake, hook, write):
    got = []
    fake.webhooks.deliver_to(lambda one: got.append(one.event["event_type"]) or 200)
    hook(event_types=["connected_account.created"])

    fake.load(write(steps({"connect_account": {}})))

    assert got == ["connected_account.created"]


@pytest.mark.parametrize("name", ["connect_account", "/_fakeseam/connect_account"])
def test_a_control_endpoint_may_be_given_by_its_name_or_its_path(fake, name):
    fake.load(steps({name: {"email": "jane@example.com"}}))

    assert emails(fake) == ["jane@example.com"]


def test_the_name_of_a_control_endpoint_may_have_two_parts(fake, refuse):
    fake.load(steps({"faults/add": {"route": "/devices/list", "status": 503}}))

    assert refuse("/devices/list").status == 503


def test_a_reference_may_be_to_a_second_workspace(fake):
    fake.load(steps(
        {"create_workspace": {"api_key": "seam_second"}, "as": "second"},
        {"connect_account": {"email": "x@example.com", "workspace_id": {"$id": "second"}}},
    ))

    sent = fake.call("/connected_accounts/list", token="seam_second")
    assert sent["connected_accounts"][0]["user_identifier"] == {"email": "x@example.com"}
    assert emails(fake) == []


def test_a_list_of_ids_may_have_several_references(fake):
    fake.load(steps(
        {"connect_account": {"email": "a@example.com"}, "as": "a"},
        {"connect_account": {"email": "b@example.com"}, "as": "b"},
        {"/spaces/create": {
            "name": "Home", "connected_account_ids": [{"$id": "b"}, {"$id": "a"}]}, "as": "home"},
        {"/spaces/update": {"space_id": {"$id": "home"}, "name": "Hotel"}},
    ))

    (space,) = fake.call("/spaces/list")["spaces"]
    sent = {"space_id": space["space_id"]}
    assert space["name"] == "Hotel"
    assert len(fake.call("/connected_accounts/list", sent)["connected_accounts"]) == 2


# A function


def hotel(fake):
    fake.connect_account(email="jane@example.com")


def test_a_function_is_called_with_the_fake(fake):
    fake.load(hotel)

    assert len(fake.requests) == 0
    assert emails(fake) == ["jane@example.com"]


def test_a_call_after_a_dump_in_a_function_is_not_a_request_of_the_app(fake, tmp_path):
    FakeSeam().dump(tmp_path / "state.json")

    def setup(fake):
        fake.load(tmp_path / "state.json")
        fake.call("/connect_webviews/create")

    fake.load(setup)

    assert len(fake.requests) == 0
    fake.call("/devices/list")
    assert len(fake.requests) == 1


def test_a_function_may_use_the_sdk_and_load_a_file(fake, write):
    path = write(steps({"/connect_webviews/create": {}}))

    def setup(fake):
        fake.load(path)
        fake.client().connect_webviews.create()

    fake.load(setup)

    assert len(fake.call("/connect_webviews/list")["connect_webviews"]) == 2
    assert [request.path for request in fake.requests] == ["/connect_webviews/list"]


def test_an_error_of_a_function_is_raised_and_everything_is_rolled_back(fake):
    before, now = fake.snapshot(), fake.clock.now

    def broken(fake):
        hotel(fake)
        fake.clock.advance(60)
        fake.webhooks.deliver_to(lambda delivery: 500)
        fake.faults.add("/devices/list", status=503)
        1 / 0

    with pytest.raises(ZeroDivisionError):
        fake.load(broken)

    assert (fake.snapshot(), fake.clock.now) == (before, now)
    assert fake.call("/devices/list")["devices"] == []
    fake.connect_account()
    fake.events.assert_emitted("device.added")  # at once


# Several


def test_several_sources_are_loaded_in_order(fake, write):
    path = write(steps({"connect_account": {"email": "john@example.com"}}))

    fake.load([hotel, path, (steps({"connect_account": {"email": "x@example.com"}}),)])

    assert emails(fake) == ["jane@example.com", "john@example.com", "x@example.com"]


def test_a_dump_replaces_what_was_loaded_before(fake, tmp_path):
    FakeSeam(seed=9).dump(tmp_path / "state.json")

    fake.load([hotel, tmp_path / "state.json"])

    assert emails(fake) == []
    assert fake.api_key == FakeSeam(seed=9).api_key


def test_a_function_adds_to_a_dump(fake, tmp_path):
    other = FakeSeam(seed=9, now="2025-01-01T00:00:00Z")
    other.connect_account(email="old@example.com")
    other.dump(tmp_path / "state.json")

    fake.load([tmp_path / "state.json", hotel])

    assert emails(fake) == ["old@example.com", "jane@example.com"]


def test_an_empty_list_changes_nothing(fake):
    before = fake.snapshot()

    fake.load([])

    assert fake.snapshot() == before


def test_if_the_last_source_is_refused_everything_is_rolled_back(fake, tmp_path, refuse):
    FakeSeam(seed=9).dump(tmp_path / "state.json")
    fake.call("/workspaces/get")
    fake.faults.add("/devices/list", status=503)
    before, key = fake.snapshot(), fake.api_key

    with pytest.raises(Exception, match="agust"):
        fake.load(
            [hotel, tmp_path / "state.json", steps({"connect_account": {"provider": "agust"}})]
        )

    assert (fake.snapshot(), fake.api_key) == (before, key)
    assert [request.path for request in fake.requests] == ["/workspaces/get"]
    with pytest.raises(ApiError, match="503"):
        fake.call("/devices/list")
