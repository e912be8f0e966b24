"""A fake with three workspaces, every kind of credential, and a story behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, zip_longest

from hypothesis import strategies as st

from fakeseam import FakeSeam

__all__ = ["NOW", "STEPS", "STORIES", "World", "build", "differences", "dumped", "take"]

NOW = "2026-01-01T12:00:00Z"
LONG_AFTER = timedelta(days=1000)
# What accepts no key, only an access token without a workspace.
WITHOUT_WORKSPACE = ("/workspaces/create",)
# "connect" twice: the others mostly need an account to do something to.
VERBS = (
    *("make", "connect", "connect", "disconnect", "fail", "update"),
    *("delete account", "delete webview"),
)

# (what happens, to whom or which, in which of the first two workspaces, with which metadata)
STEPS = st.tuples(
    st.sampled_from(VERBS),
    st.integers(0, 3),
    st.integers(0, 1),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "", True, None]), max_size=2),
)
STORIES = st.lists(STEPS, max_size=6)


@dataclass
class World:
    """``own``, ``foreign`` and ``production`` are ids (and an e-mail address) by the names of
    the parameters that take them; ``keys`` are those of the three workspaces."""

    fake: FakeSeam
    keys: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)
    production: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def call(self, path, workspace=0, **params):
        return self.fake.call(path, params, token=self.token(path, workspace))

    def token(self, path, workspace=0):
        """The token of a request without a mistake."""
        return self.tokens["personal"] if path in WITHOUT_WORKSPACE else self.keys[workspace]


def build(story=(), seed=0):
    """The same for the same arguments, to the byte."""
    fake = FakeSeam(seed=seed, now=NOW)
    second, third = fake.create_workspace(), fake.create_workspace(is_sandbox=False)
    world = World(fake, [fake.api_key, second.api_key, third.api_key])
    for ids, key in 2 * ((world.own, fake.api_key), (world.foreign, second.api_key)):
        attempt = fake.call("/workspaces/reset_sandbox", token=key)["action_attempt"]
        ids["action_attempt_id"] = attempt["action_attempt_id"]
    world.tokens["expired"] = fake.create_client_session()
    fake.clock.advance(LONG_AFTER)
    world.tokens["revoked"] = revoked = fake.create_client_session()
    revoke(fake, revoked)
    for step in story:
        take(world, step)
    for workspace, ids in enumerate((world.own, world.foreign)):
        ids.update(furnish(world, workspace))
    world.production.update(furnish_accounts(world, 2))
    seen = {
        "connect_webview_ids": [world.own["connect_webview_id"]],
        "connected_account_ids": [world.own["connected_account_id"]],
    }
    world.tokens["session"] = fake.create_client_session(**seen)
    world.tokens["customer"] = fake.create_client_session(customer_key="c1", **seen)
    world.tokens["blind"] = fake.create_client_session()
    world.tokens["production"] = third.api_key
    world.tokens["key"] = fake.api_key
    world.tokens["personal"] = fake.create_personal_access_token()
    own = world.call("/workspaces/get")["workspace"]
    world.tokens["publishable"] = own["publishable_key"]
    return world


# One that can be simulated in every way, and one to be unmanaged.
DEVICES = [
    {"name": "FRONT DOOR", "can_simulate_paid_subscription": True},
    {"name": "BACK DOOR"},
]


def furnish(world, workspace):
    """One of everything in a workspace, and a few more, so that lists have pages."""
    ids = furnish_accounts(world, workspace)
    events = world.call("/events/list", workspace, since="2020-01-01")
    ids["event_id"] = events["events"][-1]["event_id"]
    made = world.call("/webhooks/create", workspace, url="https://example.com/hook")["webhook"]
    ids |= {"webhook_id": made["webhook_id"], "url": made["url"], "event_types": []}
    made = world.call("/client_sessions/create", workspace, user_identifier_key="known")
    ids["client_session_id"] = made["client_session"]["client_session_id"]
    return {
        **ids,
        **furnish_spaces(world, workspace, ids["device_id"]),
        **furnish_codes(world, workspace, ids["device_id"]),
    }


def furnish_codes(world, workspace, device_id):
    """Two codes of each kind on a device with backups, and a lock that reports no lengths."""
    stay = {"starts_at": "2020-01-01", "ends_at": "2099-01-01", "common_code_key": "stay"}
    made = world.call(
        "/access_codes/create",
        workspace,
        device_id=device_id,
        code="4321",
        use_backup_access_code_pool=True,
        **stay,
    )
    world.call("/access_codes/create", workspace, device_id=device_id, code="8765")
    for pin in ("1357", "2468"):
        unmanaged = world.fake.create_unmanaged_access_code(device_id, pin)
    silent = world.fake.connect_account(
        "smartthings", email=f"jim{workspace}@example.com", workspace_id=made_in(made)
    )
    sent = {"connected_account_id": silent["connected_account_id"]}
    locks = world.call("/devices/list", workspace, **sent)["devices"]
    return {
        "access_code_id": made["access_code"]["access_code_id"],
        "common_code_key": "stay",
        "unmanaged_code_id": unmanaged["access_code_id"],
        "silent_id": locks[0]["device_id"],
    }


def made_in(made):
    return made["access_code"]["workspace_id"]


def furnish_accounts(world, workspace):
    """Two accounts with their devices; the ids are those of the second one."""
    email = f"jane{workspace}@example.com"
    ids = {"email": email}
    for address, customer in (("john@example.com", None), (email, "c1")):
        sent = {} if customer is None else {"customer_key": customer}
        made = world.call("/connect_webviews/create", workspace, **sent)["connect_webview"]
        account = world.fake.complete_connect_webview(
            made, provider="august", email=address, devices=DEVICES
        )
        ids["connect_webview_id"] = made["connect_webview_id"]
        ids["connected_account_id"] = account["connected_account_id"]
        sent = {"connected_account_id": account["connected_account_id"]}
        front, back = world.call("/devices/list", workspace, **sent)["devices"]
        ids["device_id"], ids["unmanaged_id"] = front["device_id"], back["device_id"]
        world.call("/devices/update", workspace, device_id=back["device_id"], is_managed=False)
    ids["is_expired"], ids["devices"] = True, [{"device_id": ids["device_id"]}]
    return ids


def furnish_spaces(world, workspace, device_id):
    """Two spaces and two identities: another customer has the keys that are taken."""
    taken = {
        "user_identity_key": "taken",
        "email_address": "taken@example.com",
        "phone_number": "+15555550100",
        "customer_key": "c2",
    }
    world.call("/spaces/create", workspace, name="Hall", space_key="taken", customer_key="c2")
    world.call("/user_identities/create", workspace, **taken)
    space = world.call(
        "/spaces/create",
        workspace,
        name="Room",
        space_key="room",
        customer_key="c1",
        device_ids=[device_id],
    )["space"]
    jane = world.call("/user_identities/create", workspace, full_name="Jane", customer_key="c1")
    return {
        "space_id": space["space_id"],
        "device_ids": [device_id],
        "user_identity_id": jane["user_identity"]["user_identity_id"],
    }


def take(world, step):
    """One step of a story, with its response; None if its object is missing."""
    verb, number, workspace, metadata = step
    if verb == "make":
        return world.call("/connect_webviews/create", workspace, custom_metadata=metadata)
    if verb == "connect":
        made = world.call("/connect_webviews/create", workspace, custom_metadata=metadata)
        email = f"user{number}@example.com" if number else None  # None: a new user
        return world.fake.complete_connect_webview(made["connect_webview"], email=email)
    kind = "connect_webview" if verb in ("fail", "delete webview") else "connected_account"
    listed = world.call(f"/{kind}s/list", workspace)[f"{kind}s"]
    if verb == "fail":
        listed = [one for one in listed if one["status"] != "authorized"]
    if not listed:
        return None
    return take_with(world, verb, workspace, listed[number % len(listed)], metadata)


def take_with(world, verb, workspace, one, metadata):
    if verb == "fail":
        return world.fake.fail_connect_webview(one)
    if verb == "disconnect":
        return world.fake.disconnect_account(one)
    kind = "connect_webview" if verb == "delete webview" else "connected_account"
    sent = {f"{kind}_id": one[f"{kind}_id"]}
    if verb == "update":
        return world.call(f"/{kind}s/update", workspace, **sent, custom_metadata=metadata)
    return world.call(f"/{kind}s/delete", workspace, **sent)


def differences(one, two):
    """The first lines in which two lists of lines differ: a whole dump is too long to read."""
    pairs = zip_longest(one, two)
    return list(islice((pair for pair in pairs if pair[0] != pair[1]), 3))


def dumped(fake):
    """All that Seam would store, as a dump has it: a line for each record."""
    state = fake.call("/_fakeseam/dump")["dump"]
    store = state.pop("store")
    lines = [json.dumps(state), *map(json.dumps, store["counters"])]
    for name, table in store["tables"].items():
        lines.append(f"{name}: {table['next_order']} next")
        lines += map(json.dumps, table["records"])
    return lines


def revoke(fake, token):
    """Revoke a client session, of which the token is at hand."""
    session = fake.call("/client_sessions/get", token=token)["client_session"]
    fake.call(
        "/client_sessions/revoke", {"client_session_id": session["client_session_id"]}
    )
