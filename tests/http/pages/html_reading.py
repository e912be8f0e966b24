"""A page for tests: its elements with their attributes and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

VOID = {"br", "img", "input", "link", "meta", "path", "circle"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


class Page(HTMLParser):
    """``page(tag, name=value)`` returns elements, ``page.one(...)`` the only one."""

    def __init__(self, response):
        super().__init__()
        self.response, self.elements, self._open = response, [], []
        self.feed(response.text)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop().tag == tag

    def handle_data(self, data):
        for element in self._open:
            element.texts.append(data)

    def __call__(self, tag=None, **attrs):
        return [
            element
            for element in self.elements
            if tag in (None, element.tag)
            and all(element.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, tag=None, **attrs):
        (found,) = self(tag, **attrs)
        return found

    @property
    def heading(self):
        return self.one("h1").text

    @property
    def title(self):
        return self.one("title").text

    @property
    def text(self):
        return self.one("body").text


class Browser:
    """Opens and posts the pages of one webview with an HTTP client."""

    def __init__(self, client, webview, headers=None):
        self.client, self.headers = client, headers or {}
        self.url, _, query = webview["url"].partition("?")
        self.own = dict(parse_qsl(query))

    def get(self, **query):
        return Page(
            self.client.get(self.url, params={**self.own, **query}, headers=self.headers)
        )

    def post(self, **entries):
        return Page(
            self.client.post(self.url, data={**self.own, **entries}, headers=self.headers)
        )

    def sign_in(self, provider="schlage", *, step="account", **entries):
        entries = {"email": "jane@example.com", "password": "1234", **entries}
        return self.post(provider=provider, step=step, **entries)

    def follow(self, link):
        """Opens a link of a page."""
        parts = urlsplit(link.attrs["href"])
        assert (parts.scheme, parts.netloc, parts.path) == ("", "", "view")
        return Page(self.client.get(self.url, params=dict(parse_qsl(parts.query))))
