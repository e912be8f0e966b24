"""A browser without scripts, styles or links: it knows only forms and their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

__all__ = ["Form", "FormBrowser"]


@dataclass
class Form:
    """``entries`` are what it would send as it stands; ``typed`` names what a user may type."""

    method: str
    action: str
    entries: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str | None, str]] = field(default_factory=list)


class Reader(HTMLParser):
    """The forms of a page, and its first heading."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.heading = [], ""
        self._form = self._select = self._inside = None
        self._option = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._inside = tag
        if tag == "form":
            self._form = Form(given.get("method", "get").upper(), given["action"])
            self.forms.append(self._form)
        elif tag == "input" and "name" in given:
            self._form.entries[given["name"]] = given.get("value") or ""
            if given.get("type") != "hidden":
                self._form.typed.append(given["name"])
        elif tag == "button":
            self._form.buttons.append((given.get("name"), given.get("value") or ""))
        elif tag == "select":
            self._select = given["name"]
            self._form.choices[self._select] = []
        elif tag == "option" and self._select is not None:
            self._option = (given.get("value"), "selected" in given)

    def handle_data(self, data):
        if self._inside == "h1":
            self.heading += data.strip()
        if self._option is not None:
            value, selected = self._option
            value = data.strip() if value is None else value
            self._form.choices[self._select].append(value)
            if selected or self._select not in self._form.entries:
                self._form.entries[self._select] = value
            self._option = None

    def handle_endtag(self, tag):
        self._inside = None
        if tag == "select":
            self._select = None
        if tag == "form":
            self._form = None


class FormBrowser:
    """Opens pages of a fake and sends their forms; follows no redirect."""

    def __init__(self, fake, base_url="http://fakeseam"):
        self._client = httpx.Client(transport=fake.transport(), base_url=base_url)
        self._address = base_url
        self.forms, self.heading, self.status, self.location = [], "", None, None

    def open(self, url):
        self._show(self._client.get(url), url)

    def send(self, form, typed=(), button=0):
        """Press a button of a form with these entries in place of those it has."""
        entries = {**form.entries, **dict(typed)}
        name, value = form.buttons[button]
        if name is not None:
            entries[name] = value
        url = urljoin(self._address, form.action)
        if form.method == "GET":
            self._show(self._client.get(url, params=entries), url)
        else:
            self._show(self._client.post(url, data=entries), url)

    def _show(self, response, url):
        read = Reader(response.text)
        self.forms = [form for form in read.forms if form.buttons]
        self.heading = read.heading
        self.status, self.location = response.status_code, response.headers.get("location")
        self._address = url
