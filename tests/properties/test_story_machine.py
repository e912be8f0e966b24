"""Stories of any order, through any door, against a dictionary of who is connected as what."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from drivers import DRIVERS, Refused
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from fakeseam import FakeSeam, MisuseError

NOW = "2026-01-01T12:00:00Z"

# Who signs in: each line is one person, in spellings that are all the same address.
PEOPLE = (
    ("jane@example.com", "Jane@Example.com", "JANE@EXAMPLE.COM"),
    ("john@example.com", "John@example.COM", " john@example.com "),
)
# Where: each line is one provider under the names that it goes by.
PROVIDERS = (("august",), ("nest", "google_nest"), ("schlage",))

VALUES = st.sampled_from(["u1", "u2", "true", True, False])
BLANK = st.sampled_from([{}, {"user": None}, {"user": "", "plan": None}])
PARTIAL = st.fixed_dictionaries({"user": VALUES, "plan": st.sampled_from([None, ""])})
FULL = st.dictionaries(st.sampled_from(["user", "plan", "zone"]), VALUES, min_size=1)
METADATA = st.one_of(BLANK, PARTIAL, FULL)

DOORS = st.integers(0, len(DRIVERS) - 1)
WORKSPACES = st.integers(0, 1)
LOGINS = st.tuples(
    st.sampled_from(
        [(place, name) for place, names in enumerate(PROVIDERS) for name in names]
    ),
    st.sampled_from(
        [(person, address) for person, spelled in enumerate(PEOPLE) for address in spelled]
    ),
)


@dataclass
class Account:
    id: str
    metadata: dict
    connected: bool = True


@dataclass
class Webview:
    workspace: int
    metadata: dict
    status: str = "pending"
    account_id: str | None = None


def stored(metadata):
    """What is left of a payload: null and the empty text stand for a key that is not there."""
    return {key: value for key, value in metadata.items() if value not in (None, "")}


def one_of(name):
    """Any of the machine's things of this name; the rule's precondition says there are some."""
    return st.runner().flatmap(lambda machine: st.sampled_from(sorted(getattr(machine, name))))


class Story(RuleBasedStateMachine):
    """``accounts`` is the model: (workspace, provider, person) to what is connected there."""

    @initialize()
    def begin(self):
        self.fake = FakeSeam(now=NOW)
        keys = (self.fake.api_key, self.fake.create_workspace().api_key)
        self.doors = [driver(self.fake, keys) for driver in DRIVERS]
        self.door = self.doors[0]
        self.accounts = {}
        self.webviews = {}
        self.ids = set()
        self.events = []

    def teardown(self):
        if hasattr(self, "fake"):
            self.fake.close()

    @property
    def open(self):
        return [key for key, one in self.webviews.items() if one.status != "authorized"]

    @property
    def used(self):
        return [key for key, one in self.webviews.items() if one.status == "authorized"]

    @property
    def broken(self):
        return [key for key, one in self.accounts.items() if not one.connected]

    def make(self, door, workspace, metadata):
        self.door = self.doors[door]
        made = self.door.ask(
            "/connect_webviews/create",
            workspace,
            accepted_providers=[names[0] for names in PROVIDERS],
            custom_metadata=metadata,
        )
        self.webviews[made["connect_webview_id"]] = Webview(workspace, stored(metadata))
        return made["connect_webview_id"]

    # What the app, its users and the providers do

    @rule(door=DOORS, workspace=WORKSPACES, metadata=METADATA)
    def create_a_webview(self, door, workspace, metadata):
        self.make(door, workspace, metadata)

    @rule(door=DOORS, workspace=WORKSPACES)
    def create_a_webview_without_metadata(self, door, workspace):
        self.door = self.doors[door]
        made = self.door.ask("/connect_webviews/create", workspace)
        assert made["custom_metadata"] == {}
        self.webviews[made["connect_webview_id"]] = Webview(workspace, {})

    @precondition(lambda self: self.open)
    @rule(door=DOORS, webview_id=one_of("open"), login=LOGINS)
    def complete(self, door, webview_id, login):
        self.door, webview = self.doors[door], self.webviews[webview_id]
        (place, provider), (person, address) = login
        shown = self.door.pull(
            "complete_connect_webview", webview=webview_id, provider=provider, email=address
        )
        account_id = shown["connected_account_id"]
        identity = (webview.workspace, place, person)
        if identity in self.accounts:
            assert account_id == self.accounts[identity].id
        else:
            assert account_id not in self.ids
        self.ids.add(account_id)
        self.accounts[identity] = Account(account_id, webview.metadata)
        webview.status, webview.account_id = "authorized", account_id

    @precondition(lambda self: self.accounts)
    @rule(
        door=DOORS,
        identity=one_of("accounts"),
        spelling=st.integers(0, len(PEOPLE[0]) - 1),
        metadata=METADATA,
    )
    def reconnect(self, door, identity, spelling, metadata):
        workspace, place, person = identity
        webview_id = self.make(door, workspace, metadata)
        provider, address = PROVIDERS[place][-1], PEOPLE[person][spelling]
        self.complete(door, webview_id, ((place, provider), (person, address)))

    @precondition(lambda self: self.open)
    @rule(door=DOORS, webview_id=one_of("open"))
    def fail(self, door, webview_id):
        self.door = self.doors[door]
        self.door.pull("fail_connect_webview", webview=webview_id)
        self.webviews[webview_id].status = "failed"

    @precondition(lambda self: self.accounts)
    @rule(door=DOORS, identity=one_of("accounts"), by_the_app=st.booleans())
    def disconnect(self, door, identity, by_the_app):
        self.door, account = self.doors[door], self.accounts[identity]
        if by_the_app:
            path = "/connected_accounts/simulate/disconnect"
            self.door.ask(path, identity[0], connected_account_id=account.id)
        else:
            self.door.pull("disconnect_account", account=account.id)
        account.connected = False

    @precondition(lambda self: len(self.accounts) > len(self.broken))
    @rule(door=DOORS, identity=one_of("accounts"))
    def request_reauthorization(self, door, identity):
        self.door, account = self.doors[door], self.accounts[identity]
        if account.connected:
            self.door.pull("request_reauthorization", account=account.id)

    @precondition(lambda self: self.accounts)
    @rule(door=DOORS, identity=one_of("accounts"), metadata=METADATA)
    def update(self, door, identity, metadata):
        self.door, account = self.doors[door], self.accounts[identity]
        self.door.ask(
            "/connected_accounts/update",
            identity[0],
            connected_account_id=account.id,
            custom_metadata=metadata,
        )
        account.metadata = stored(metadata)

    @precondition(lambda self: self.accounts)
    @rule(door=DOORS, identity=one_of("accounts"))
    def delete_an_account(self, door, identity):
        self.door, account = self.doors[door], self.accounts.pop(identity)
        sent = {"connected_account_id": account.id}
        self.door.ask("/connected_accounts/delete", identity[0], **sent)
        with pytest.raises(Refused, match="connected_account_not_found"):
            self.door.ask("/connected_accounts/get", identity[0], **sent)

    @precondition(lambda self: self.webviews)
    @rule(door=DOORS, webview_id=one_of("webviews"))
    def delete_a_webview(self, door, webview_id):
        self.door, webview = self.doors[door], self.webviews.pop(webview_id)
        sent = {"connect_webview_id": webview_id}
        self.door.ask("/connect_webviews/delete", webview.workspace, **sent)
        with pytest.raises(Refused, match="connect_webview_not_found"):
            self.door.ask("/connect_webviews/get", webview.workspace, **sent)

    # What only a test can get wrong

    @precondition(lambda self: self.used)
    @rule(door=DOORS, webview_id=one_of("used"), login=LOGINS)
    def completing_a_used_webview_is_misuse(self, door, webview_id, login):
        self.door = self.doors[door]
        with pytest.raises(MisuseError):
            self.door.pull(
                "complete_connect_webview",
                webview=webview_id,
                provider=login[0][1],
                email=login[1][1],
            )

    @precondition(lambda self: self.broken)
    @rule(door=DOORS, identity=one_of("broken"))
    def reauthorizing_a_disconnected_account_is_misuse(self, door, identity):
        self.door = self.doors[door]
        with pytest.raises(MisuseError):
            self.door.pull("request_reauthorization", account=self.accounts[identity].id)

    # What always holds, as seen through the door that was used last

    @invariant()
    def accounts_are_those_of_the_model(self):
        for workspace in (0, 1):
            listed = self.door.ask("/connected_accounts/list", workspace)
            found = {one["connected_account_id"]: seen(one) for one in listed}
            inside = {key: one for key, one in self.accounts.items() if key[0] == workspace}
            assert len(listed) == len(inside)
            assert found == {
                one.id: (one.metadata, one.connected, PROVIDERS[key[1]][0], PEOPLE[key[2]][0])
                for key, one in inside.items()
            }

    @invariant()
    def webviews_are_those_of_the_model(self):
        for workspace in (0, 1):
            listed = self.door.ask("/connect_webviews/list", workspace)
            found = {one["connect_webview_id"]: one for one in listed}
            assert found.keys() == {
                key for key, one in self.webviews.items() if one.workspace == workspace
            }
            for key, one in found.items():
                check_webview(one, self.webviews[key])

    @invariant()
    def past_events_have_not_changed(self):
        events = list(self.fake.events)
        assert events[: len(self.events)] == self.events
        self.events = events


def seen(account):
    """Everything that the model knows of an account. The fake keeps the first spelling."""
    codes = [error["error_code"] for error in account["errors"]]
    assert codes in ([], ["account_disconnected"])
    address = account["user_identifier"]["email"].strip().lower()
    return (account["custom_metadata"], not codes, account["account_type"], address)


def check_webview(shown, known):
    authorized = known.status == "authorized"
    assert shown["custom_metadata"] == known.metadata
    assert shown["status"] == known.status
    assert shown["login_successful"] is authorized
    assert shown["connected_account_id"] == known.account_id
    assert shown["authorized_at"] == ("2026-01-01T12:00:00.000Z" if authorized else None)


TestEveryStoryLeavesWhatTheDictionarySays = Story.TestCase
TestEveryStoryLeavesWhatTheDictionarySays.settings = settings(
    max_examples=max(100, settings().max_examples), stateful_step_count=20, deadline=None
)
