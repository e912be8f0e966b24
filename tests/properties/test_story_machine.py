"""Stories in any order, by any driver, against a dictionary of the connected accounts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from fakeseam import FakeSeam, MisuseError
from tests.properties.drivers import DRIVERS, Refused
from tests.properties.effort import examples

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

WAYS = st.integers(0, len(DRIVERS) - 1)
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
    """Any of the machine's objects of this name; the precondition: it has some."""
    return st.runner().flatmap(lambda machine: st.sampled_from(sorted(getattr(machine, name))))


class Story(RuleBasedStateMachine):
    """``accounts`` is the model: (workspace, provider, person) to what is connected there."""

    @initialize()
    def begin(self):
        self.fake = FakeSeam(now=NOW)
        keys = (self.fake.api_key, self.fake.create_workspace().api_key)
        self.drivers = [make(self.fake, keys) for make in DRIVERS]
        self.driver = self.drivers[0]
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
    def disconnected(self):
        return [key for key, one in self.accounts.items() if not one.connected]

    def make(self, driver, workspace, metadata):
        self.driver = self.drivers[driver]
        made = self.driver.send(
            "/connect_webviews/create",
            workspace,
            accepted_providers=[names[0] for names in PROVIDERS],
            custom_metadata=metadata,
        )
        self.webviews[made["connect_webview_id"]] = Webview(workspace, stored(metadata))
        return made["connect_webview_id"]

    # What the app, its users and the providers do

    @rule(driver=WAYS, workspace=WORKSPACES, metadata=METADATA)
    def create_a_webview(self, driver, workspace, metadata):
        self.make(driver, workspace, metadata)

    @rule(driver=WAYS, workspace=WORKSPACES)
    def create_a_webview_without_metadata(self, driver, workspace):
        self.driver = self.drivers[driver]
        made = self.driver.send("/connect_webviews/create", workspace)
        assert made["custom_metadata"] == {}
        self.webviews[made["connect_webview_id"]] = Webview(workspace, {})

    @precondition(lambda self: self.open)
    @rule(driver=WAYS, webview_id=one_of("open"), login=LOGINS)
    def complete(self, driver, webview_id, login):
        self.driver, webview = self.drivers[driver], self.webviews[webview_id]
        (place, provider), (person, address) = login
        account = self.driver.call_control(
            "complete_connect_webview", webview=webview_id, provider=provider, email=address
        )
        account_id = account["connected_account_id"]
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
        driver=WAYS,
        identity=one_of("accounts"),
        spelling=st.integers(0, len(PEOPLE[0]) - 1),
        metadata=METADATA,
    )
    def reconnect(self, driver, identity, spelling, metadata):
        workspace, place, person = identity
        webview_id = self.make(driver, workspace, metadata)
        provider, address = PROVIDERS[place][-1], PEOPLE[person][spelling]
        self.complete(driver, webview_id, ((place, provider), (person, address)))

    @precondition(lambda self: self.open)
    @rule(driver=WAYS, webview_id=one_of("open"))
    def fail(self, driver, webview_id):
        self.driver = self.drivers[driver]
        self.driver.call_control("fail_connect_webview", webview=webview_id)
        self.webviews[webview_id].status = "failed"

    @precondition(lambda self: self.accounts)
    @rule(driver=WAYS, identity=one_of("accounts"), by_the_app=st.booleans())
    def disconnect(self, driver, identity, by_the_app):
        self.driver, account = self.drivers[driver], self.accounts[identity]
        if by_the_app:
            path = "/connected_accounts/simulate/disconnect"
            self.driver.send(path, identity[0], connected_account_id=account.id)
        else:
            self.driver.call_control("disconnect_account", account=account.id)
        account.connected = False

    @precondition(lambda self: len(self.accounts) > len(self.disconnected))
    @rule(driver=WAYS, identity=one_of("accounts"))
    def request_reauthorization(self, driver, identity):
        self.driver, account = self.drivers[driver], self.accounts[identity]
        if account.connected:
            self.driver.call_control("request_reauthorization", account=account.id)

    @precondition(lambda self: self.accounts)
    @rule(driver=WAYS, identity=one_of("accounts"), metadata=METADATA)
    def update(self, driver, identity, metadata):
        self.driver, account = self.drivers[driver], self.accounts[identity]
        self.driver.send(
            "/connected_accounts/update",
            identity[0],
            connected_account_id=account.id,
            custom_metadata=metadata,
        )
        account.metadata = stored(metadata)

    @precondition(lambda self: self.accounts)
    @rule(driver=WAYS, identity=one_of("accounts"))
    def delete_an_account(self, driver, identity):
        self.driver, account = self.drivers[driver], self.accounts.pop(identity)
        sent = {"connected_account_id": account.id}
        self.driver.send("/connected_accounts/delete", identity[0], **sent)
        with pytest.raises(Refused, match="connected_account_not_found"):
            self.driver.send("/connected_accounts/get", identity[0], **sent)

    @precondition(lambda self: self.webviews)
    @rule(driver=WAYS, webview_id=one_of("webviews"))
    def delete_a_webview(self, driver, webview_id):
        self.driver, webview = self.drivers[driver], self.webviews.pop(webview_id)
        sent = {"connect_webview_id": webview_id}
        self.driver.send("/connect_webviews/delete", webview.workspace, **sent)
        with pytest.raises(Refused, match="connect_webview_not_found"):
            self.driver.send("/connect_webviews/get", webview.workspace, **sent)

    # Mistakes of a test

    @precondition(lambda self: self.used)
    @rule(driver=WAYS, webview_id=one_of("used"), login=LOGINS)
    def completing_a_used_webview_is_misuse(self, driver, webview_id, login):
        self.driver = self.drivers[driver]
        with pytest.raises(MisuseError):
            self.driver.call_control(
                "complete_connect_webview",
                webview=webview_id,
                provider=login[0][1],
                email=login[1][1],
            )

    @precondition(lambda self: self.disconnected)
    @rule(driver=WAYS, identity=one_of("disconnected"))
    def reauthorizing_a_disconnected_account_is_misuse(self, driver, identity):
        self.driver = self.drivers[driver]
        with pytest.raises(MisuseError):
            self.driver.call_control("request_reauthorization", account=self.accounts[identity].id)

    # What always holds, as seen by the driver that was used last

    @invariant()
    def accounts_are_those_of_the_model(self):
        for workspace in (0, 1):
            listed = self.driver.send("/connected_accounts/list", workspace)
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
            listed = self.driver.send("/connect_webviews/list", workspace)
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


def check_webview(webview, known):
    authorized = known.status == "authorized"
    assert webview["custom_metadata"] == known.metadata
    assert webview["status"] == known.status
    assert webview["login_successful"] is authorized
    assert webview["connected_account_id"] == known.account_id
    assert webview["authorized_at"] == ("2026-01-01T12:00:00.000Z" if authorized else None)


TestEveryStoryLeavesWhatTheDictionaryHas = Story.TestCase
TestEveryStoryLeavesWhatTheDictionaryHas.settings = examples(stateful_step_count=20)
