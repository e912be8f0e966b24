"""Deliveries against a model that only adds up seconds: who gets what, when, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from fakeseam import FakeSeam
from tests.properties.effort import examples

NOON = "2026-01-01T12:00:00Z"
# When attempts are made, in seconds after the event, until one succeeds.
MOMENTS = (0, 5, 305, 2105, 9305, 27305, 63305, 99305)
PAST_ALL = 200_000

# The events of a login.
CONNECTED = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "connected_account.completed_first_sync",
]
TYPES = ["connected_account.connected", "connected_account.disconnected", "*"]
SPANS = st.sampled_from([0, 1, 4, 5, 295, 300, 1800, 7200, 18000, 36000, PAST_ALL])
WORKSPACES = st.integers(0, 1)


@dataclass
class Expected:
    """What the model knows of a delivery; times are seconds after noon."""

    webhook: int
    event_type: str
    born: int
    attempts: list = field(default_factory=list)  # (second, status or None)
    state: str = "waiting"

    @property
    def due(self):
        return self.born + MOMENTS[len(self.attempts)]


class Deliveries(RuleBasedStateMachine):
    """``response`` is what receivers return now: a status, or None to raise."""

    @initialize()
    def begin(self):
        self.fake = FakeSeam(now=NOON)
        self.keys = [self.fake.api_key, self.fake.create_workspace().api_key]
        self.fake.webhooks.deliver_to(self.receive)
        self.now, self.response = 0, 500
        self.hooks = []  # (workspace, id, types), or None when deleted
        self.accounts = [[], []]
        self.expected = []
        self.got = []
        self.ids = []
        self.make(0, ["*"])

    def teardown(self):
        if hasattr(self, "fake"):
            self.fake.close()

    def receive(self, delivery):
        self.got.append((delivery.message_id, int(self.fake.clock.now.timestamp())))
        if self.response is None:
            raise ValueError("no")
        return self.response

    def call(self, workspace, path, **params):
        self.attempt()
        return self.fake.call(path, params, token=self.keys[workspace])

    # The model

    def emit(self, workspace, *event_types):
        for event_type in event_types:
            for number, hook in enumerate(self.hooks):
                if hook and hook[0] == workspace and {"*", event_type} & set(hook[2]):
                    self.expected.append(Expected(number, event_type, self.now))
        self.attempt()

    def attempt(self, since=None):
        """All that is due by now is attempted once for each moment that has come.

        Time moves from moment to moment ``since`` then; without it, it is now.
        """
        for one in self.expected:
            while one.state == "waiting" and one.due <= self.now:
                moment = max(one.due, self.now if since is None else since)
                one.attempts.append((moment, self.response))
                if self.response == 200:
                    one.state = "delivered"
                elif len(one.attempts) == 8:
                    one.state = "failed"

    # What happens

    @precondition(lambda self: len(self.hooks) < 5)
    @rule(workspace=WORKSPACES, types=st.lists(st.sampled_from(TYPES), max_size=2))
    def make(self, workspace, types):
        made = self.call(workspace, "/webhooks/create", url="https://x.test", event_types=types)
        self.hooks.append((workspace, made["webhook"]["webhook_id"], types))

    @precondition(lambda self: any(self.hooks))
    @rule(data=st.data(), types=st.lists(st.sampled_from(TYPES), max_size=2))
    def change(self, data, types):
        number = self.choose(data)
        workspace, webhook_id, _ = self.hooks[number]
        self.call(workspace, "/webhooks/update", webhook_id=webhook_id, event_types=types)
        self.hooks[number] = (workspace, webhook_id, types)

    @precondition(lambda self: any(self.hooks))
    @rule(data=st.data())
    def delete_a_webhook(self, data):
        number = self.choose(data)
        workspace, webhook_id, _ = self.hooks[number]
        self.call(workspace, "/webhooks/delete", webhook_id=webhook_id)
        self.hooks[number] = None
        for one in self.expected:
            if one.webhook == number and one.state == "waiting":
                one.state = "stopped"

    def choose(self, data):
        return data.draw(st.sampled_from([n for n, hook in enumerate(self.hooks) if hook]))

    @rule(workspace=WORKSPACES)
    def connect(self, workspace):
        made = self.call(
            workspace,
            "/connect_webviews/create",
            accepted_providers=["august"],
            accepted_capabilities=["camera"],  # which it has none of
        )
        account = self.fake.complete_connect_webview(made["connect_webview"])
        self.accounts[workspace].append(account["connected_account_id"])
        self.emit(workspace, *CONNECTED)

    @precondition(lambda self: self.accounts[0] + self.accounts[1])
    @rule(data=st.data(), is_deletion=st.booleans())
    def break_an_account(self, data, is_deletion):
        workspace = data.draw(st.sampled_from([n for n in (0, 1) if self.accounts[n]]))
        account_id = self.accounts[workspace].pop()
        if is_deletion:
            self.call(workspace, "/connected_accounts/delete", connected_account_id=account_id)
            self.emit(workspace, "connected_account.deleted")
        else:
            self.attempt()
            self.fake.disconnect_account(account_id)
            self.emit(workspace, "connected_account.disconnected")

    @rule(answer=st.sampled_from([200, 500, 404, 302, None]))
    def answer_otherwise(self, answer):
        self.response = answer

    @rule(seconds=SPANS)
    def advance(self, seconds):
        self.attempt()
        self.fake.clock.advance(seconds)
        before, self.now = self.now, self.now + seconds
        self.attempt(since=before)

    @rule(seconds=SPANS)
    def let_time_pass(self, seconds):
        """As a client does between two tries: nothing is sent before the next call."""
        self.fake.clock.pause(seconds)
        self.now += seconds

    @rule()
    def restore_what_is_there(self):
        self.fake.restore(self.fake.snapshot())

    # What always holds

    @invariant()
    def deliveries_are_those_of_the_model(self):
        found = list(self.fake.webhooks)
        assert [as_expected(one) for one in found] == [as_modeled(one) for one in self.expected]

    @invariant()
    def message_ids_are_unique_and_stay(self):
        ids = [one.message_id for one in self.fake.webhooks]
        assert len(set(ids)) == len(ids)
        assert ids[: len(self.ids)] == self.ids
        self.ids = ids

    @invariant()
    def receivers_got_what_the_webhook_log_has(self):
        noon = 1767268800
        kept = [
            (one.message_id, noon + second_of(attempt.at))
            for one in self.fake.webhooks
            for attempt in one.attempts
        ]
        assert sorted(self.got) == sorted(kept)
        assert [moment for _, moment in self.got] == sorted(moment for _, moment in self.got)


def as_expected(delivery):
    attempts = [(second_of(one.at), one.status) for one in delivery.attempts]
    return delivery.event["event_type"], attempts, delivery.state


def as_modeled(one):
    return one.event_type, one.attempts, one.state


def second_of(timestamp):
    """Seconds after noon of a moment in 2026."""
    return int((datetime.fromisoformat(timestamp) - datetime.fromisoformat(NOON)).total_seconds())


TestEveryDeliveryIsTriedAtItsMoments = Deliveries.TestCase
TestEveryDeliveryIsTriedAtItsMoments.settings = examples(stateful_step_count=30)
