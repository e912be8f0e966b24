"""A refused request, with any kind of error, changes nothing that Seam would keep.

One world serves all tests that need no story: each test gives it back as it was.
"""

from __future__ import annotations

import json
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeseam import ApiError, MisuseError
from fakeseam.api import endpoint_at, implemented_endpoints
from tests.properties.effort import examples
from tests.properties.faulty_requests import faulty_requests_of, right, send
from tests.properties.faulty_values import UNKNOWN_ID, faulty_values
from tests.properties.worlds import STORIES, build, differences, dumped

PATHS = [endpoint.path for endpoint in implemented_endpoints()]
NAMESPACES = {
    name: list(paths) for name, paths in groupby(sorted(PATHS), lambda path: path.split("/")[1])
}

# A boolean has no wrong values, and these texts may be any: they can only be of a wrong type.
# Seam does not check the two addresses and leaves unknown names out of no provider.
ANY_VALUE_IS_RIGHT = {
    ("/access_codes/create", "allow_external_modification"),
    ("/access_codes/create", "attempt_for_offline_device"),
    ("/access_codes/create", "is_external_modification_allowed"),
    ("/access_codes/create", "is_offline_access_code"),
    ("/access_codes/create", "is_one_time_use"),
    ("/access_codes/create", "name"),
    ("/access_codes/create", "prefer_native_scheduling"),
    ("/access_codes/create", "sync"),
    ("/access_codes/create", "use_backup_access_code_pool"),
    ("/access_codes/create", "use_offline_access_code"),
    ("/access_codes/create_multiple", "allow_external_modification"),
    ("/access_codes/create_multiple", "attempt_for_offline_device"),
    ("/access_codes/create_multiple", "is_external_modification_allowed"),
    ("/access_codes/create_multiple", "name"),
    ("/access_codes/create_multiple", "prefer_native_scheduling"),
    ("/access_codes/create_multiple", "use_backup_access_code_pool"),
    ("/access_codes/delete", "sync"),
    ("/access_codes/simulate/create_unmanaged_access_code", "name"),
    ("/access_codes/unmanaged/convert_to_managed", "allow_external_modification"),
    ("/access_codes/unmanaged/convert_to_managed", "force"),
    ("/access_codes/unmanaged/convert_to_managed", "is_external_modification_allowed"),
    ("/access_codes/unmanaged/convert_to_managed", "sync"),
    ("/access_codes/unmanaged/delete", "sync"),
    ("/access_codes/unmanaged/update", "allow_external_modification"),
    ("/access_codes/unmanaged/update", "force"),
    ("/access_codes/unmanaged/update", "is_external_modification_allowed"),
    ("/access_codes/unmanaged/update", "is_managed"),
    ("/access_codes/update", "allow_external_modification"),
    ("/access_codes/update", "attempt_for_offline_device"),
    ("/access_codes/update", "is_external_modification_allowed"),
    ("/access_codes/update", "is_managed"),
    ("/access_codes/update", "name"),
    ("/access_codes/update", "sync"),
    ("/access_codes/update_multiple", "name"),
    ("/locks/configure_auto_lock", "auto_lock_enabled"),
    ("/locks/lock_door", "sync"),
    ("/locks/simulate/keypad_code_entry", "code"),
    ("/locks/unlock_door", "sync"),
    ("/client_sessions/create", "customer_id"),
    ("/client_sessions/grant_access", "client_session_id"),
    ("/client_sessions/grant_access", "user_identity_id"),
    ("/client_sessions/list", "connect_webview_id"),
    ("/client_sessions/list", "user_identity_id"),
    ("/client_sessions/list", "without_user_identifier_key"),
    ("/connect_webviews/create", "automatically_manage_new_devices"),
    ("/connect_webviews/create", "custom_redirect_failure_url"),
    ("/connect_webviews/create", "custom_redirect_url"),
    ("/connect_webviews/create", "wait_for_device_creation"),
    ("/connected_accounts/delete", "sync"),
    ("/connected_accounts/update", "automatically_manage_new_devices"),
    ("/webhooks/update", "webhook_id"),
    ("/workspaces/create", "company_name"),
    ("/workspaces/create", "connect_partner_name"),
    ("/workspaces/create", "is_sandbox"),
    ("/workspaces/create", "name"),
    ("/workspaces/create", "webview_primary_button_color"),
    ("/workspaces/create", "webview_primary_button_text_color"),
    ("/workspaces/create", "webview_success_message"),
    ("/workspaces/update", "connect_partner_name"),
    ("/workspaces/update", "is_publishable_key_auth_enabled"),
    ("/workspaces/update", "is_suspended"),
    ("/workspaces/update", "name"),
    ("/customers/create_portal", "exclude_locale_picker"),
    ("/customers/create_portal", "is_embedded"),
    ("/customers/create_portal", "read_only"),
    ("/spaces/create", "name"),
    ("/spaces/update", "name"),
    ("/devices/simulate/paid_subscription", "is_expired"),
    ("/devices/update", "backup_access_code_pool_enabled"),
    ("/devices/update", "is_managed"),
    ("/devices/update", "name"),
}


# By hand, so that a limit which moves in a declaration is missed here: the last value that is
# accepted, and the first one that is not.
LIMITS = [
    ("/connect_webviews/create", "custom_metadata", dict.fromkeys(map(str, range(50)), "x")),
    ("/connect_webviews/create", "custom_metadata", dict.fromkeys(map(str, range(51)), "x")),
    ("/connect_webviews/create", "custom_metadata", {"k" * 40: "x" * 500}),
    ("/connect_webviews/create", "custom_metadata", {"k" * 40: "x" * 501}),
    ("/connect_webviews/create", "customer_key", "x"),
    ("/connect_webviews/create", "customer_key", ""),
    ("/client_sessions/create", "user_identifier_key", "x"),
    ("/client_sessions/create", "user_identifier_key", ""),
    ("/action_attempts/list", "limit", 1),
    ("/action_attempts/list", "limit", 0),
    ("/connect_webviews/list", "limit", 1),
    ("/connect_webviews/list", "limit", 0),
    ("/connected_accounts/list", "search", "x"),
    ("/connected_accounts/list", "search", ""),
    ("/connected_accounts/update", "display_name", "x" * 255),
    ("/connected_accounts/update", "display_name", "x" * 256),
    ("/customers/push_data", "low_battery_alert_threshold", 1),
    ("/customers/push_data", "low_battery_alert_threshold", 1.01),
    ("/customers/push_data", "low_battery_alert_threshold", 0),
    ("/customers/push_data", "low_battery_alert_threshold", -0.01),
    ("/events/list", "space_ids", [UNKNOWN_ID] * 100),
    ("/events/list", "space_ids", [UNKNOWN_ID] * 101),
    ("/events/list", "unstable_offset", 0),
    ("/events/list", "unstable_offset", -1),
    ("/spaces/create", "space_key", "x"),
    ("/spaces/create", "space_key", ""),
    ("/user_identities/create", "full_name", "x"),
    ("/user_identities/create", "full_name", ""),
    ("/user_identities/create", "phone_number", "+123456789012345"),
    ("/user_identities/create", "phone_number", "+1234567890123456"),
]


def every_parameter():
    return {(path, name) for path in PATHS for name in endpoint_at(path).params}


@pytest.fixture(scope="module")
def built():
    world = build()
    return world, world.fake.snapshot()


@pytest.fixture
def world(built):
    world, untouched = built
    yield world
    world.fake.restore(untouched)


def status_of(world, request):
    try:
        send(world, request)
    except ApiError as error:
        return error.status
    return 200


def bytes_of(answer):
    return json.dumps(answer).encode()


def is_same(one, two):
    """Without an assertion of pytest's, which would print both."""
    return one == two


@pytest.mark.parametrize("path", PATHS)
def test_without_its_mistake_a_request_is_accepted(world, path):
    assert world.call(path, **right(world, path))["ok"] is True


@pytest.mark.parametrize("path", PATHS)
def test_every_faulty_request_is_refused_and_changes_nothing(world, path):
    before = world.fake.snapshot()

    for request in faulty_requests_of(path):
        assert status_of(world, request) == request.status, request
        assert is_same(world.fake.snapshot(), before), request


@pytest.mark.parametrize(
    "path, name, last, first",
    [(*right_one, wrong_one[2]) for right_one, wrong_one in zip(LIMITS[::2], LIMITS[1::2])],
)
def test_limits_are_where_they_should_be(world, path, name, last, first):
    assert world.call(path, **right(world, path), **{name: last})["ok"] is True
    with pytest.raises(ApiError, match="invalid_input"):
        world.call(path, **right(world, path), **{name: first})


def test_every_parameter_of_every_endpoint_is_refused_something():
    of_wrong_type, of_wrong_value = set(), set()

    for path, name in every_parameter():
        for what, _ in faulty_values(endpoint_at(path).params[name]):
            refused = of_wrong_type if what.startswith("is of type") else of_wrong_value
            refused.add((path, name))

    assert every_parameter() - of_wrong_type == set()
    assert every_parameter() - of_wrong_value == ANY_VALUE_IS_RIGHT


@pytest.mark.parametrize("namespace", NAMESPACES)
@examples(1 / 12)
@given(data=st.data(), story=STORIES)
def test_after_refusals_all_is_as_if_they_had_never_been_sent(namespace, data, story):
    """The twin lives through the same, but for the refused requests."""
    world, twin = build(story), build(story)
    assert differences(dumped(world.fake), dumped(twin.fake)) == []
    before, twin_before = world.fake.snapshot(), twin.fake.snapshot()

    for path in NAMESPACES[namespace]:
        some = st.lists(st.sampled_from(faulty_requests_of(path)), min_size=1, max_size=3)
        for request in data.draw(some, path):
            assert status_of(world, request) == request.status, request
        assert is_same(world.fake.snapshot(), before), path

        for later, params in (
            ("/connect_webviews/create", {"custom_metadata": {"next": True}}),
            (path, right(world, path)),
        ):
            answer = bytes_of(world.call(later, **params))
            assert answer == bytes_of(twin.call(later, **params)), path
        if not is_same(world.fake.snapshot(), twin.fake.snapshot()):
            pytest.fail(f"{path}: {differences(dumped(world.fake), dumped(twin.fake))}")
        world.fake.restore(before)
        twin.fake.restore(twin_before)

    assert differences(dumped(world.fake), dumped(twin.fake)) == []


# Right in their form, and more than any app needs.
EXTREMES = (
    "9999-12-31T23:59:59.999999",
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00-23:59",
    "\ud800",
    "\x00",
    10**30,
    10**400,
    1e300,
    ["0001-01-01T00:00:00+23:59", "2026-01-01"],
    ["2026-01-01", "9999-12-31T23:59:59.999999"],
    {"\ud800": "\ud800"},
    {"": "x"},
)


@pytest.mark.parametrize("path", PATHS)
def test_an_extreme_value_is_accepted_or_refused_like_any_other(world, path):
    untouched, crashes = world.fake.snapshot(), []

    for name in endpoint_at(path).params:
        for value in EXTREMES:
            sent = right(world, path) | {name: value}
            if name == "between":
                del sent["since"]
            try:
                world.call(path, **sent)
            except ApiError as error:
                assert error.status in (400, 404)
            except Exception as crash:
                crashes.append((name, value, crash))
            world.fake.restore(untouched)

    assert crashes == []


def used_webview(world):
    return {"webview": world.own["connect_webview_id"]}


def disconnected_account(world):
    world.fake.disconnect_account(world.own["connected_account_id"])
    return {"account": world.own["connected_account_id"]}


def own_account(world):
    return {"account": world.own["connected_account_id"]}


def own_device(world):
    return {"device": world.own["device_id"]}


MISUSES = {
    "complete_connect_webview": [
        used_webview,
        lambda world: used_webview(world) | {"provider": "nowhere"},
        lambda world: used_webview(world) | {"provider": "august", "email": "new@example.com"},
        lambda world: {"webview": UNKNOWN_ID},
        lambda world: {"webview": "no id"},
    ],
    "fail_connect_webview": [
        used_webview,
        lambda world: used_webview(world) | {"error_code": "nonsense"},
        lambda world: {"webview": UNKNOWN_ID},
    ],
    "connect_account": [
        lambda world: {"provider": "nowhere"},
        lambda world: {"custom_metadata": {"a.b": "x"}},
        lambda world: {"connected_account_id": world.foreign["connected_account_id"]},
        lambda world: {"connected_account_id": "no id"},
        lambda world: {"workspace_id": UNKNOWN_ID},
        lambda world: {"devices": [{"name": "A"}, {"name": "A"}]},
        lambda world: {"devices": [{"name": "A", "can_fly": True}]},
        lambda world: {"devices": [{"name": "A", "device_type": "nonsense"}]},
    ],
    "set_provider_devices": [
        lambda world: {"provider": "nowhere"},
        lambda world: {"provider": "august", "devices": [{"nickname": "A"}]},
    ],
    "sync_account": [disconnected_account, lambda world: {"account": UNKNOWN_ID}],
    "add_account_error": [
        lambda world: own_account(world) | {"error_code": "nonsense"},
        lambda world: own_account(world) | {"error_code": "account_disconnected"},
        lambda world: own_account(world) | {"error_code": "bridge_disconnected", "message": ""},
        lambda world: own_account(world)
        | {"error_code": "salto_ks_subscription_limit_exceeded"},
    ],
    "clear_account_warning": [
        lambda world: own_account(world) | {"warning_code": "account_reauthorization_requested"},
    ],
    "add_device_error": [
        lambda world: own_device(world) | {"error_code": "account_disconnected"},
        lambda world: own_device(world) | {"error_code": "device_offline", "more": 1},
        lambda world: {"device": UNKNOWN_ID, "error_code": "device_offline"},
    ],
    "add_device_warning": [
        lambda world: own_device(world) | {"warning_code": "max_access_codes_reached"},
    ],
    "disconnect_account": [lambda world: {"account": UNKNOWN_ID}],
    "fail_next_step": [
        lambda world: own_device(world) | {"step": "open"},
        lambda world: own_device(world) | {"step": "set", "error_code": "nonsense"},
    ],
    "set_battery": [own_device, lambda world: own_device(world) | {"level": 2}],
    "turn_lock": [lambda world: own_device(world) | {"locked": True, "method": "magic"}],
    "update_action_attempt": [
        lambda world: {"action_attempt": UNKNOWN_ID, "status": "success"},
        lambda world: {"action_attempt": world.own["action_attempt_id"], "status": "done"},
        lambda world: {"action_attempt": world.own["action_attempt_id"], "status": "error"},
    ],
    "change_access_code": [
        lambda world: {"access_code": world.own["access_code_id"]},
        lambda world: {"access_code": world.own["access_code_id"], "code": "1"},
        lambda world: {"access_code": UNKNOWN_ID, "code": "1234"},
    ],
    "add_access_code_error": [
        lambda world: {"access_code": world.own["access_code_id"], "error_code": "nonsense"},
    ],
    "request_reauthorization": [disconnected_account, lambda world: {"account": UNKNOWN_ID}],
    "create_workspace": [
        lambda world: {"name": ""},
        lambda world: {"api_key": "nonsense"},
        lambda world: {"api_key": world.keys[1]},
    ],
    "create_client_session": [
        lambda world: {"user_identifier_key": ""},
        lambda world: {"workspace_id": UNKNOWN_ID},
    ],
}


@pytest.mark.parametrize("method", MISUSES)
@examples(1 / 20, least=3)
@given(story=STORIES)
def test_a_misused_control_method_changes_nothing(method, story):
    world = build(story)
    before, untouched = dumped(world.fake), world.fake.snapshot()

    for misuse in MISUSES[method]:
        params = misuse(world)
        prepared = world.fake.snapshot()
        objects = [name for name in ("webview", "account", "device") if name in params]
        given = [params[name] for name in objects]
        others = {name: value for name, value in params.items() if name not in objects}

        with pytest.raises(MisuseError):
            getattr(world.fake, method)(*given, **others)

        assert is_same(world.fake.snapshot(), prepared), params
        world.fake.restore(untouched)

    assert differences(before, dumped(world.fake)) == []
