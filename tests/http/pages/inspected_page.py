"""The page at ``/_fakeseam/`` for tests: its elements, their attributes and texts."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.test import Client

VOID = {"meta", "input", "br", "img", "link"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes and the text in it."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", **dict(attributes)}
        element["within"] = [one["tag"] for one in self.open]
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag, f"</{tag}> in the wrong place"

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag, **attributes):
        return [
            one
            for one in self.elements
            if one["tag"] == tag
            and all(one.get(name) == value for name, value in attributes.items())
        ]

    def texts(self, tag, **attributes):
        return [" ".join(one["text"].split()) for one in self.all(tag, **attributes)]

    @property
    def buttons(self):
        return [one.get("aria-label") or one["text"].strip() for one in self.all("button")]

    @property
    def text(self):
        return " ".join(self.texts("body"))


def page_of(fake, query="", status=200):
    response = Client(fake.wsgi_app).get(f"/_fakeseam/{query}")
    assert response.status_code == status, response.text
    page = Page(response.text)
    assert page.open == []
    return page
