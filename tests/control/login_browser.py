"""A browser at a webview's page, as far as ``fake.call`` goes: it sends what forms would send."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

__all__ = ["Browser", "pane_of"]

PATH = "/connect_webviews/view"


def pane_of(fake, webview, method, **params):
    """What the page of a webview shows after one request."""
    own = dict(parse_qsl(urlsplit(webview["url"]).query))
    body = fake.call(PATH, {**own, **params}, method=method)
    assert body.keys() == {"pane", "ok"}
    return body["pane"]


class Browser:
    """Shows ``pane``; what is on it can be pressed and filled in, and nothing else."""

    def __init__(self, fake, webview):
        self.fake, self.webview = fake, webview
        self.pane = None
        self.open()

    def __getitem__(self, name):
        return self.pane[name]

    def open(self):
        """Go to the webview's url."""
        return self._show("GET")

    def list_brands(self, search=None):
        """Press "Continue" or "Search"."""
        params = {} if search is None else {"search": search}
        return self._show("GET", step="providers", **params)

    def choose(self, provider):
        """Press a brand's button."""
        return self._show("GET", provider=provider)

    def submit(self, **typed):
        """Fill in the form of a step, all of it, and press its button."""
        assert self["name"] == "login", self.pane
        assert typed.keys() == {field["name"] for field in self["fields"]}
        return self._show(
            "POST",
            provider=self["provider"]["key"],
            step=self["step"]["name"],
            typed={**self["earlier"], **typed},
        )

    def check_again(self):
        """Press the button of the page that waits."""
        assert self["name"] == "waiting", self.pane
        if self["reason"] == "devices":
            return self._show("POST", step=self["step"])
        return self._show(
            "POST",
            provider=self["provider"]["key"],
            step=self["step"],
            since=self["since"],
            typed=self["earlier"],
        )

    def walk(self, provider, *steps):
        """Sign in: a dict of entries for each step."""
        self.choose(provider)
        for typed in steps:
            self.submit(**typed)
        return self.pane

    def _show(self, method, **params):
        self.pane = pane_of(self.fake, self.webview, method, **params)
        return self.pane
