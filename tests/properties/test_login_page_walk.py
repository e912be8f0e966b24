"""A random walk through the page's own forms, against a dictionary of the expected results.

The walker sees HTML and sends what the forms on it would send, with good and bad entries.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fakeseam import FakeSeam
from tests.properties.effort import examples
from tests.properties.form_browser import FormBrowser

BRANDS = ["august", "yale", "minut", "wyze", "controlbyweb"]
EMAILS = {
    "jane@example.com": "jane@example.com",
    " Jane@EXAMPLE.com ": "jane@example.com",
    "john@example.com": "john@example.com",
    "jane": "jane",
}
BAD_EMAILS = ["jane@company.com", "wrong", "jane@example.com\x00", "<b>@</b>", "slow"]
PASSWORDS = ["1234", "1234", "1234", "slow", "locked", "down", "wrong", "1234 ", "é", "x" * 999]
CODES = ["123456", "123456", "12345", "locked", "slow", " 123456"]
KEYS = ["ABC123ABC", "ABC123ABC", "ABC123ABC", "slow", "down", "locked", "abc"]
BLANKS = ["", "  "]
# What may be typed into each field, good and bad.
ENTRIES = {
    "email": st.sampled_from([*EMAILS, *EMAILS, *BAD_EMAILS, *BLANKS]),
    "password": st.sampled_from([*PASSWORDS, *BLANKS]),
    "code": st.sampled_from([*CODES, *BLANKS]),
    "api_key": st.sampled_from([*KEYS, *BLANKS]),
    "api_key_id": st.sampled_from([*KEYS, *BLANKS]),
}
GOOD = {
    "email": st.sampled_from(sorted(EMAILS)),
    "password": st.sampled_from(["1234", "1234", "slow"]),
    "code": st.just("123456"),
    "api_key": st.sampled_from(["ABC123ABC", "slow"]),
    "api_key_id": st.just("ABC123ABC"),
}
METADATA = st.sampled_from([{}, {"a": "1"}, {"b": "</script>"}, {"a": "2", "c": True}])
TRANSIT = ("provider", "step", "since", "search", "connect_webview_id", "auth_token")


@dataclass
class Webview:
    browser: FormBrowser
    url: str
    metadata: dict
    status: str = "pending"
    selected: str | None = None


def expected(brand, typed, steps_done):
    """The result of the entries so far: a word of the model's own."""
    own = [typed["api_key_id"], typed["api_key"]] if brand == "wyze" else []
    words = [typed["password"], *own]
    if typed["email"] not in EMAILS:
        return "invalid"
    for word in ("locked", "down"):
        if word in words:
            return word
    if typed["password"] not in ("1234", "slow") or set(own) - {"ABC123ABC", "slow"}:
        return "invalid"
    if "code" in typed and typed["code"] != "123456":
        return "wrong code"
    if not steps_done:
        return "next"
    return "slow" if "slow" in words else "in"


class Walk(RuleBasedStateMachine):
    """``accounts`` is the model: (brand, user) to the metadata that the account has now."""

    @initialize()
    def begin(self):
        self.fake = FakeSeam(now="2026-01-01T12:00:00Z")
        self.accounts, self.webviews, self.failures, self.logins = {}, [], 0, 0
        self.create({})

    def teardown(self):
        if hasattr(self, "fake"):
            self.fake.close()

    @rule(metadata=METADATA)
    def create(self, metadata):
        made = self.fake.call(
            "/connect_webviews/create",
            {"accepted_providers": BRANDS, "custom_metadata": metadata},
        )["connect_webview"]
        one = Webview(FormBrowser(self.fake), made["url"], metadata)
        self.webviews.append((made["connect_webview_id"], one))
        one.browser.open(one.url)

    @rule(data=st.data())
    def open(self, data):
        """Opening the url again changes nothing."""
        _, one = data.draw(st.sampled_from(self.webviews))
        one.browser.open(one.url)
        assert one.browser.status == (400 if one.status == "authorized" else 200)

    @rule(seconds=st.sampled_from([1, 15, 30]))
    def wait(self, seconds):
        self.fake.clock.advance(seconds)

    @precondition(lambda self: any(one.browser.forms for _, one in self.webviews))
    @rule(data=st.data())
    def press(self, data):
        """Fill in a form and send it; the dictionary has the expected result."""
        with_forms = [one for _, one in self.webviews if one.browser.forms]
        one = data.draw(st.sampled_from(with_forms))
        form = data.draw(st.sampled_from(one.browser.forms))
        button = data.draw(st.sampled_from(range(len(form.buttons))))
        self.send(one, form, button, data, ENTRIES)

    @rule(data=st.data(), brand=st.sampled_from(BRANDS))
    def sign_in(self, data, brand):
        """From the url to the last step without a mistake."""
        _, one = data.draw(st.sampled_from(self.webviews))
        one.browser.open(one.url)
        if not one.browser.forms:
            return
        one.browser.send(one.browser.forms[0])
        (form,) = (form for form in one.browser.forms if ("provider", brand) in form.buttons)
        one.browser.send(form, button=form.buttons.index(("provider", brand)))
        for _ in range({"august": 4, "yale": 2}.get(brand, 1)):
            (form,) = (form for form in one.browser.forms if form.method == "POST")
            self.send(one, form, 0, data, GOOD)

    def send(self, one, form, button, data, entries):
        """Send a form with any of these entries, and look at what comes of it."""
        typed = {name: data.draw(entries[name]) for name in form.typed if name != "search"}
        if "search" in form.typed:
            typed["search"] = data.draw(st.sampled_from(["", "a", "Yale", "zzz", "\x00"]))
        for name, choices in form.choices.items():
            typed[name] = data.draw(st.sampled_from(choices))
        one.browser.send(form, typed, button)
        if form.method == "POST":
            self.posted(one, {**form.entries, **typed})
        else:
            assert one.browser.status == (400 if one.status == "authorized" else 200)

    def posted(self, one, entries):
        typed = {name: value for name, value in entries.items() if name not in TRANSIT}
        brand, step = entries["provider"], entries["step"]
        browser = one.browser
        if one.status == "authorized":
            assert browser.status == 400
            return
        if any(not value.strip() for value in typed.values()):
            assert browser.status == 400
            return
        if "email" not in typed:  # a page before the account's
            assert browser.status == 200
            return
        is_last = step == {"august": "code", "yale": "code"}.get(brand, "account")
        outcome = expected(brand, typed, is_last)
        waited = "since" in entries and self.waited(entries["since"]) >= 30
        if outcome in ("invalid", "wrong code", "locked", "down"):
            self.failures += 1
            one.status, one.selected = "failed", brand
            assert browser.status == 400
            assert bool(browser.forms) == (outcome != "down")
        elif outcome == "in" or (outcome == "slow" and waited):
            self.logins += 1
            one.status, one.selected = "authorized", brand
            self.accounts[brand, EMAILS[typed["email"]]] = one.metadata
            assert browser.status == 200
        else:
            assert browser.status == 200
            assert browser.forms

    def waited(self, since):
        now = self.fake.clock.now
        return (now - type(now).fromisoformat(since)).total_seconds()

    # What always holds

    @invariant()
    def accounts_are_those_of_the_dictionary(self):
        listed = self.fake.call("/connected_accounts/list")["connected_accounts"]
        found = {}
        for one in listed:
            (user,) = one["user_identifier"].values()
            found[one["account_type"], user.lower()] = one["custom_metadata"]
        assert found == self.accounts
        assert len(listed) == len(found)

    @invariant()
    def webviews_are_those_of_the_dictionary(self):
        for webview_id, one in self.webviews:
            sent = {"connect_webview_id": webview_id}
            webview = self.fake.call("/connect_webviews/get", sent)["connect_webview"]
            assert (webview["status"], webview["selected_provider"]) == (one.status, one.selected)
            assert webview["custom_metadata"] == one.metadata

    @invariant()
    def every_login_has_one_event(self):
        emitted = [event["event_type"] for event in self.fake.events]
        assert emitted.count("connect_webview.login_failed") == self.failures
        assert emitted.count("connect_webview.login_succeeded") == self.logins


TestEveryWalkLeavesWhatTheDictionaryHas = Walk.TestCase
TestEveryWalkLeavesWhatTheDictionaryHas.settings = examples(1 / 2, stateful_step_count=25)
