"""A seed file with something wrong in it: what is told, and that the fake is as it was."""

from __future__ import annotations

import json

import pytest

from fakeseam import FakeSeam, MisuseError

NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def refused(fake, tmp_path):
    """Load a file of this content, in vain; gives what was said, the file's name shortened."""

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
SHAPE = (
    'a step is {"NAME OF A LEVER": {...}} or {"/path": {...}}, with "as" beside it to refer to it'
    " later; not "
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"fakeseam_seed": 2, "steps": []}, 'hotel has "fakeseam_seed": 2, this fakeseam reads 1'),
        ({"steps": []}, 'hotel has "fakeseam_seed": None, this fakeseam reads 1'),
        ({"fakeseam_seed": True, "steps": []},
         'hotel has "fakeseam_seed": True, this fakeseam reads 1'),
        ({"fakeseam_seed": 1}, 'hotel: it has None; "steps" is a list of steps, and all there is'),
        ({"fakeseam_seed": 1, "steps": {}},
         'hotel: it has {}; "steps" is a list of steps, and all there is'),
        ({"fakeseam_seed": 1, "steps": [], "step": []},
         "hotel: there is no 'step' in a seed file; \"steps\" is a list of steps, and all there is"
         ),
        (steps(WEBVIEW, "connect_account"), f"hotel, step 2: {SHAPE}'connect_account'"),
        (steps({}), f"hotel, step 1: {SHAPE}{{}}"),
        (steps({"as": "jane"}), f"hotel, step 1: {SHAPE}{{'as': 'jane'}}"),
        (steps({"a": {}, "b": {}}), f"hotel, step 1: {SHAPE}{{'a': {{}}, 'b': {{}}}}"),
        (steps({"connect_account": None}),
         "hotel, step 1, connect_account: its parameters are an object, not None"),
        (steps({"connect_account": {}, "as": 5}),
         'hotel, step 1, connect_account: "as" is a name, not 5'),
    ],
)
def test_what_is_no_seed_is_told(refused, content, told):
    assert refused(content) == told


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"conect_account": {}},
         "hotel, step 2, conect_account: no such lever; nearest: connect_account, "
         "reconnect_account, disconnect_account"),
        ({"clock": {}}, "hotel, step 2, clock: no such lever; nearest: clock/now"),
        ({"reset": {}},
         "hotel, step 2, reset: no step of a seed file, which adds to what there is"),
        ({"load": {}},
         "hotel, step 2, load: no step of a seed file, which adds to what there is"),
        ({"/conected_accounts/list": {}},
         "hotel, step 2, /conected_accounts/list: no such path; nearest: /connected_accounts/list"
         ),
        ({"/locks/list": {}},
         "hotel, step 2, /locks/list: not modelled by fakeseam; nearest: "),
        ({"/connect_webviews/create": {"custom_metadta": {}}},
         "hotel, step 2, /connect_webviews/create: no parameter 'custom_metadta'; nearest: "
         "custom_metadata"),
        ({"connect_account": {"emial": "jane@example.com"}},
         "hotel, step 2, connect_account: connect_account: no parameter 'emial'; there are: "),
        ({"connect_account": {"provider": "agust"}},
         "hotel, step 2, connect_account: no provider 'agust'; nearest: august"),
        ({"disconnect_account": {"connected_account_id": NOBODY}},
         f"hotel, step 2, disconnect_account: no connected account '{NOBODY}' here"),
        ({"/connected_accounts/get": {"connected_account_id": NOBODY}},
         "hotel, step 2, /connected_accounts/get: 404 connected_account_not_found"),
        ({"/connect_webviews/create": {"custom_metadata": {"n": 1}}},
         "hotel, step 2, /connect_webviews/create: 400 invalid_input"),
        ({"connect_account": {}, "as": "jane", "is": "it"}, "hotel, step 2: a step is "),
    ],
)
def test_a_step_that_is_refused_is_told_with_its_number_and_why(refused, step, told):
    assert refused(steps(WEBVIEW, step)).startswith(told)


def test_a_login_that_fails_is_told_with_what_to_do(refused):
    made = {"/connect_webviews/create": {"accepted_providers": ["august"]}, "as": "page"}
    login = {"connect_webview_id": {"$id": "page"}, "email": "a@example.com", "password": "no"}

    told = refused(steps(made, {"complete_connect_webview": login}))

    assert told.startswith("hotel, step 2, complete_connect_webview: invalid_credentials: ")
    assert told.endswith("; a login that is to fail is fail_connect_webview")


@pytest.mark.parametrize(
    ("made", "value", "told"),
    [
        ("jane", "jan", "no step before has \"as\": 'jan'; there are: jane"),
        ("jane", 5, "no step before has \"as\": 5; there are: jane"),
        ("door", "door", "'door' has no 'connected_account', only "),
    ],
)
def test_a_reference_to_nothing_is_told(refused, made, value, told):
    first = {"connect_account": {}, "as": made}
    name = "connected_account" if made == "door" else "connected_account_id"
    second = {"disconnect_account": {name: {"$id": value}}}

    assert refused(steps(first, second)).startswith(f"hotel, step 2, disconnect_account: {told}")


@pytest.mark.parametrize(
    "step", [{"/connect_webviews/list": {}}, {"clock/advance": {"seconds": 1}}]
)
def test_a_name_for_what_is_no_one_thing_is_told(refused, step):
    told = refused(steps({**step, "as": "it"}))

    assert told.endswith(': "as" is for what makes or gets one thing; this answers none')


def test_a_bad_step_is_told_before_any_is_carried_out(fake, hook):
    got = []
    fake.webhooks.deliver_to(lambda one: got.append(one) or 200)
    hook()

    with pytest.raises(MisuseError, match="what is to be loaded, step 2, conect_account"):
        fake.load(steps({"connect_account": {}}, {"conect_account": {}}))

    assert got == []


def test_an_asynchronous_function_is_told(fake):
    async def hotel(fake):
        fake.connect_account()

    with pytest.raises(MisuseError, match="hotel.* is asynchronous: fake.load takes a plain one"):
        fake.load(hotel)


def test_what_was_seeded_before_stays():
    fake = FakeSeam()
    fake.load(steps({"connect_account": {}}))

    with pytest.raises(MisuseError):
        fake.load(steps({"connect_account": {}}, {"connect_account": {"provider": "x"}}))

    assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 1
