"""Two workspaces, two users and two customers at once: each sees only what is its own.

The model is a dictionary: the actor of a step owns every id that was created in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from fakeseam import ApiError, FakeSeam, LoginFailed
from tests.properties.effort import examples

NOW = "2026-01-01T12:00:00Z"
# Actors: a key sees its workspace, a session its own objects, a customer's those of the customer.
KEYS = ("key one", "key two")
USERS = ("user one", "user two", "user three")
CUSTOMERS = ("customer one", "customer two")
WORKSPACE = {
    "key one": 0, "user one": 0, "user two": 0, "customer one": 0, "customer two": 0,
    "key two": 1, "user three": 1,
}  # fmt: skip
VERBS = (
    *("connect", "connect again", "disconnect", "fail", "rename", "describe", "delete account"),
    *("delete webview", "make a space", "delete a space", "intrude"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(WORKSPACE)), st.sampled_from(VERBS)), max_size=14
)

# What is listed, and what is got one by one: (kind, path of the list, path to get, id).
KINDS = (
    ("connect_webviews", "connect_webview"),
    ("connected_accounts", "connected_account"),
    ("devices", "device"),
    ("events", "event"),
    ("spaces", "space"),
)
# What a plain client session may list and get by the OpenAPI.
LISTED_TO_USERS = ("connect_webviews", "devices", "events")
GOT_BY_USERS = ("connect_webviews", "connected_accounts", "devices", "events")


@dataclass
class Crowd:
    fake: FakeSeam
    keys: list[str]
    tokens: dict[str, str]
    owner: dict[str, str] = field(default_factory=dict)

    def call(self, path, actor=None, workspace=None, **params):
        token = self.keys[workspace] if actor is None else self.tokens[actor]
        return self.fake.call(path, params, token=token)

    def ids(self, kind, name, actor=None, workspace=None):
        since = {"since": "2020-01-01", "limit": 10_000} if kind == "events" else {}
        listed = self.call(f"/{kind}/list", actor, workspace, **since)[kind]
        return [one[f"{name}_id"] for one in listed]

    def everything(self):
        """Every id there is, by kind and workspace, as the workspaces' keys see them."""
        return {
            (kind, workspace): self.ids(kind, name, workspace=workspace)
            for workspace in (0, 1)
            for kind, name in KINDS
        }

    def owned(self, kind, actor):
        """The ids of a kind that this actor made, in the order of their creation."""
        every = self.ids(kind, dict(KINDS)[kind], workspace=WORKSPACE[actor])
        return [one for one in every if self.owner[one] == actor]


def crowd():
    fake = FakeSeam(now=NOW)
    second = fake.create_workspace()
    tokens = {"key one": fake.api_key, "key two": second.api_key}
    for name in USERS:
        other = {"workspace_id": second.workspace_id} if WORKSPACE[name] else {}
        tokens[name] = fake.create_client_session(name, **other)
    for name in CUSTOMERS:
        tokens[name] = fake.create_client_session(customer_key=name)
    return Crowd(fake, [fake.api_key, second.api_key], tokens)


def act(crowd, actor, verb):
    """One step, as far as it is possible."""
    if verb == "connect":
        connect(crowd, actor, f"{actor.replace(' ', '')}@example.com")
    elif verb == "connect again":
        connect(crowd, actor, f"{actor.replace(' ', '')}.again@example.com")
    elif verb == "intrude" and actor in CUSTOMERS:
        other = CUSTOMERS[1 - CUSTOMERS.index(actor)]
        connect(crowd, actor, f"{other.replace(' ', '')}@example.com")
    elif verb == "fail":
        made = crowd.call("/connect_webviews/create", actor)["connect_webview"]
        crowd.fake.fail_connect_webview(made)
    elif verb == "make a space" and actor not in USERS:
        crowd.call("/spaces/create", actor, name=actor, device_ids=crowd.owned("devices", actor))
    else:
        act_on(crowd, actor, verb)


def act_on(crowd, actor, verb):
    """A step that needs an object of the actor's own; the backend does it for users."""
    kind = {"delete webview": "connect_webviews", "delete a space": "spaces"}.get(
        verb, "devices" if verb in ("rename", "describe") else "connected_accounts"
    )
    if actor in USERS and kind == "spaces":
        return
    owned = crowd.owned(kind, actor)
    if not owned:
        return
    path, params = {
        "disconnect": ("/connected_accounts/simulate/disconnect", {}),
        "delete account": ("/connected_accounts/delete", {}),
        "delete webview": ("/connect_webviews/delete", {}),
        "delete a space": ("/spaces/delete", {}),
        "rename": ("/devices/update", {"name": f"The door of {actor}"}),
        "describe": ("/devices/update", {"custom_metadata": {"of": actor}}),
    }.get(verb, (None, None))
    if path is not None:
        sent = {f"{dict(KINDS)[kind]}_id": owned[-1], **params}
        crowd.call(path, workspace=WORKSPACE[actor], **sent)


def connect(crowd, actor, email):
    made = crowd.call("/connect_webviews/create", actor, **of_customer(actor))["connect_webview"]
    try:
        crowd.fake.complete_connect_webview(made, provider="minut", email=email)
    except LoginFailed as failed:
        assert failed.error_code == "account_already_associated_with_customer"


def of_customer(actor):
    return {"customer_key": actor} if actor in CUSTOMERS else {}


def got(crowd, actor, kind, name, ids):
    """Those of these ids that the actor can get; the rest must be refused."""
    found = []
    for one in ids:
        try:
            crowd.call(f"/{kind}/get", actor, **{f"{name}_id": one})
        except ApiError as error:
            assert error.status in (401, 404), error
        else:
            found.append(one)
    return found


def check(crowd):
    everything = crowd.everything()
    for actor, workspace in WORKSPACE.items():
        for kind, name in KINDS:
            all_there = [one for place in (0, 1) for one in everything[kind, place]]
            inside = everything[kind, workspace]
            mine = [one for one in inside if actor in KEYS or crowd.owner[one] == actor]
            seen = []
            if actor not in USERS or kind in LISTED_TO_USERS:
                seen.append(crowd.ids(kind, name, actor))
            if actor not in USERS or kind in GOT_BY_USERS:
                seen.append(got(crowd, actor, kind, name, all_there))
            for ids in seen:
                # What is deleted leaves the session, and its events with it.
                right = set(ids) <= set(mine) if kind == "events" else sorted(ids) == sorted(mine)
                assert right, (actor, kind)


@examples(1 / 2)
@given(STEPS)
def test_each_actor_sees_only_its_own(steps):
    everyone = crowd()

    for actor, verb in steps:
        act(everyone, actor, verb)
        for ids in everyone.everything().values():
            for one in ids:
                everyone.owner.setdefault(one, actor)

    check(everyone)
