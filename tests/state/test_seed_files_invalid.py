"""Invalid seed files: the message, and that the fake is unchanged."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam, MisuseError

UNKNOWN = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def refused(fake, tmp_path):
    """Loads a file of this content, in vain; returns the message, with the file named hotel."""

    def refused(content):
        path = tmp_path / "hotel.json"
        path.write_text(json.dumps(content))
        fake.call("/connect_webviews/create")
        before, now = fake.snapshot(), fake.clock.now
        with pytest.raises(MisuseError) as caught:
            fake.load(path)
        assert (fake.snapshot(), fake.clock.now) == (before, now)
        return str(caught.value).replace(repr(str(path)), "hotel")

    return refused


def steps(*given):
    return {"fakeseam_seed": 1, "steps": list(given)}


WEBVIEW = {"/connect_webviews/create": {}}
ADVICE = (
    ' is not a step. Give {"NAME_OF_A_CONTROL_ENDPOINT": {...}} or {"/path": {...}}, with an "as"'
    " if a later step refers to it."
)
ONLY_ADDS = "cannot be a step. A seed file only adds to the state."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            {"fakeseam_seed": 2, "steps": []},
            'hotel has "fakeseam_seed": 2, but this fakeseam reads 1.',
        ),
        ({"steps": []}, 'hotel has "fakeseam_seed": None, but this fakeseam reads 1.'),
        (
            {"fakeseam_seed": True, "steps": []},
            'hotel has "fakeseam_seed": True, but this fakeseam reads 1.',
        ),
        ({"fakeseam_seed": 1}, 'hotel has "steps": None. Give a list of steps.'),
        ({"fakeseam_seed": 1, "steps": {}}, 'hotel has "steps": {}. Give a list of steps.'),
        (
            {"fakeseam_seed": 1, "steps": [], "step": []},
            "hotel has an unknown key 'step'. A seed file has"
            ' "fakeseam_seed" and "steps" only.',
        ),
        (steps(WEBVIEW, "connect_account"), f"hotel, step 2: 'connect_account'{ADVICE}"),
        (steps({}), f"hotel, step 1: {{}}{ADVICE}"),
        (steps({"as": "jane"}), f"hotel, step 1: {{'as': 'jane'}}{ADVICE}"),
        (steps({"a": {}, "b": {}}), f"hotel, step 1: {{'a': {{}}, 'b': {{}}}}{ADVICE}"),
        (
            steps({"connect_account": None}),
            "hotel, step 1, connect_account: the parameters must be an object, not None",
        ),
        (
            steps({"connect_account": {}, "as": 5}),
            'hotel, step 1, connect_account: "as" must be a name, not 5',
        ),
        (
            steps({"connect_account": {}, "as": ""}),
            "hotel, step 1, connect_account: \"as\" must be a name, not ''",
        ),
        (
            steps({"connect_account": {}, "as": "jane"}, {"connect_account": {}, "as": "jane"}),
            "hotel: two steps have \"as\": 'jane'. Rename one of them.",
        ),
        *[
            (steps({name: {}}), f"hotel, step 1, {name}: {ONLY_ADDS}")
            for name in ("reset", "snapshot", "restore", "dump", "load")
        ],
    ],
)
def test_an_invalid_seed_file_is_refused(refused, content, message):
    assert refused(content) == message


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            {"conect_account": {}},
            "hotel, step 2, conect_account: no such control endpoint; nearest: connect_account, "
            "reconnect_account, disconnect_account",
        ),
        (
            {"clock": {}},
            "hotel, step 2, clock: no such control endpoint; nearest: clock/now",
        ),
        (
            {"/conected_accounts/list": {}},
            "hotel, step 2, /conected_accounts/list: no such path; nearest: "
            "/connected_accounts/list",
        ),
        (
            {"/thermostats/list": {}},
            "hotel, step 2, /thermostats/list: not implemented by fakeseam",
        ),
        (
            {"/connect_webviews/create": {"custom_metadta": {}}},
            "hotel, step 2, /connect_webviews/create: no parameter 'custom_metadta'; nearest: "
            "custom_metadata",
        ),
        (
            {"connect_account": {"emial": "jane@example.com"}},
            "hotel, step 2, connect_account: connect_account() has no parameter 'emial'. Valid"
            " parameters: ",
        ),
        (
            {"connect_account": {"provider": "agust"}},
            "hotel, step 2, connect_account: no provider 'agust'; nearest: august",
        ),
        (
            {"disconnect_account": {"connected_account_id": UNKNOWN}},
            f"hotel, step 2, disconnect_account: no connected account '{UNKNOWN}' here",
        ),
        (
            {"/connected_accounts/get": {"connected_account_id": UNKNOWN}},
            "hotel, step 2, /connected_accounts/get: 404 connected_account_not_found",
        ),
        (
            {"/connect_webviews/create": {"custom_metadata": {"n": 1}}},
            "hotel, step 2, /connect_webviews/create: 400 invalid_input",
        ),
        ({"connect_account": {}, "as": "jane", "is": "x"}, "hotel, step 2: {'connect_account': "),
        (
            {"requests/assert_called": {"route": "/devices/list"}},
            "hotel, step 2, requests/assert_called: /devices/list was not called",
        ),
    ],
)
def test_a_step_that_is_refused_is_named_with_the_reason(refused, step, message):
    assert refused(steps(WEBVIEW, step)).startswith(message)


def test_a_step_whose_login_fails_is_refused_with_advice(refused):
    create = {"/connect_webviews/create": {"accepted_providers": ["august"]}, "as": "page"}
    login = {"connect_webview_id": {"$id": "page"}, "email": "a@example.com", "password": "no"}

    message = refused(steps(create, {"complete_connect_webview": login}))

    assert message.startswith("hotel, step 2, complete_connect_webview: invalid_credentials: ")
    assert message.endswith("; if the login is meant to fail, use fail_connect_webview")


@pytest.mark.parametrize("kind", ["reset", "timeout", "garbage", "truncated"])
def test_a_step_whose_response_breaks_is_named(fake, refused, kind):
    fake.faults.add("/spaces/create", kind=kind, when="after")

    message = refused(steps({"/spaces/create": {"name": "Hall"}}))

    assert message == f"hotel, step 1, /spaces/create: an injected fault: {kind}"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("jane", "jan", "no earlier step has \"as\": 'jan'; named ones: jane"),
        ("jane", 5, "no earlier step has \"as\": 5; named ones: jane"),
        ("door", "door", "'door' has no 'connected_account', only "),
    ],
)
def test_a_reference_to_nothing_is_refused(refused, name, value, message):
    first = {"connect_account": {}, "as": name}
    field = "connected_account" if name == "door" else "connected_account_id"
    second = {"disconnect_account": {field: {"$id": value}}}

    assert refused(steps(first, second)).startswith(
        f"hotel, step 2, disconnect_account: {message}"
    )


@pytest.mark.parametrize(
    "step", [{"/connect_webviews/list": {}}, {"clock/advance": {"seconds": 1}}]
)
def test_a_step_that_does_not_return_one_object_cannot_have_a_name(refused, step):
    message = refused(steps({**step, "as": "jane"}))

    assert message.endswith(': the step does not return one object. Remove its "as".')


def test_an_invalid_step_is_refused_before_any_step_is_called(fake, hook):
    got = []
    fake.webhooks.deliver_to(lambda one: got.append(one) or 200)
    hook()

    with pytest.raises(MisuseError, match="the given JSON, step 2, conect_account"):
        fake.load(steps({"connect_account": {}}, {"conect_account": {}}))

    assert got == []


def test_an_asynchronous_function_is_refused(fake):
    async def hotel(fake):
        fake.connect_account()

    with pytest.raises(MisuseError, match=r"hotel.* is asynchronous\. Give fake\.load\(\) an "):
        fake.load(hotel)


def test_a_refused_load_keeps_what_was_loaded_before():
    fake = FakeSeam()
    fake.load(steps({"connect_account": {}}))

    with pytest.raises(MisuseError):
        fake.load(steps({"connect_account": {}}, {"connect_account": {"provider": "x"}}))

    assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 1
