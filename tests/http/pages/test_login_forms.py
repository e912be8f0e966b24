"""The login page without a browser: its forms, read by the standard library and posted."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import urlopen

import httpx
import pytest

from fakeseam import FakeSeam


class Form:
    """A form as a browser has it: its action, its fields and the texts of its buttons."""

    def __init__(self, attributes):
        self.method = attributes.get("method", "get").upper()
        self.action = attributes.get("action", "")
        self.fields, self.buttons = {}, {}

    def entries(self, typed, button):
        """The entries to send: the fields, the typed values and the button's own entry."""
        assert typed.keys() <= self.fields.keys()
        return {**self.fields, **typed, **self.buttons[button]}


class Page(HTMLParser):
    """The forms of a page, its heading and its alert."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.heading, self.alert = [], "", ""
        self._writes, self._select, self._button = [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag == "form":
            self.forms.append(Form(attributes))
        elif tag == "input" and name:
            self.forms[-1].fields[name] = attributes.get("value") or ""
        elif tag == "select":
            self._select = name
        elif tag == "button":
            self._button = ({name: attributes["value"]} if name else {}), []
        elif tag == "h1" or attributes.get("role") == "alert":
            self._writes.append((tag, "heading" if tag == "h1" else "alert"))

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "button":
            entry, words = self._button
            self.forms[-1].buttons["".join(words).strip()] = entry
            self._button = None
        elif self._writes and self._writes[-1][0] == tag:
            self._writes.pop()

    def handle_data(self, data):
        if self._button:
            self._button[1].append(data)
        elif self._select and data.strip():
            self.forms[-1].fields.setdefault(self._select, data.strip())
        for _, name in self._writes:
            setattr(self, name, f"{getattr(self, name)} {data}".strip())


class Browser:
    """Opens pages and posts forms; stops at a redirect."""

    def __init__(self, client):
        self._client = client

    def open(self, url):
        self._seen(self._client.get(url))

    def press(self, button, **typed):
        """Presses a button after typing these entries into the fields of its form."""
        form = next(form for form in self.page.forms if button in form.buttons)
        url, entries = urljoin(str(self.response.url), form.action), form.entries(typed, button)
        if form.method == "GET":
            self._seen(self._client.get(url, params=entries))
        else:
            self._seen(self._client.post(url, data=entries))

    def _seen(self, response):
        self.response, self.page = response, Page(response.text)


@pytest.fixture(params=["in process", "over a socket"])
def browser(request, fake):
    if request.param == "in process":
        with httpx.Client(transport=fake.transport()) as client:
            yield Browser(client)
    else:
        with fake.serve(), httpx.Client(verify=False) as client:
            yield Browser(client)


@pytest.fixture
def create(fake, browser):
    """Creates a webview whose url the browser can open."""

    def create(*providers, **params):
        params["accepted_providers"] = providers
        created = fake.call("/connect_webviews/create", params)
        return created["connect_webview"]

    return create


def accounts(fake):
    return fake.call("/connected_accounts/list")["connected_accounts"]


def test_a_login_with_a_region_and_a_code_connects_the_account(fake, browser, create, shown):
    webview = create("august", custom_metadata={"user": "u1"})
    browser.open(webview["url"])
    browser.press("Continue")
    assert browser.page.heading == "Choose your brand"
    browser.press("August")
    browser.press("Continue", region="Others")
    browser.press("Submit", email="jane@example.com", password="1234")
    browser.press("Continue", two_factor_method="Email")
    browser.press("Submit and Continue", code="123456")

    assert browser.response.status_code == 200
    assert browser.page.heading == "Your devices are connected"
    (account,) = accounts(fake)
    assert account["custom_metadata"] == {"user": "u1"}
    assert shown(webview)["status"] == "authorized"


def test_a_wrong_password_can_be_corrected(fake, browser, create, shown, event_types):
    webview = create("schlage")
    browser.open(webview["url"])
    browser.press("Continue")
    browser.press("Schlage")
    browser.press("Submit", email="jane@example.com", password="wrong")
    assert browser.response.status_code == 400
    assert browser.page.alert == "What was entered is not correct"
    assert shown(webview)["status"] == "failed"

    browser.press("Submit", password="1234")

    assert browser.page.heading == "Your devices are connected"
    assert shown(webview)["status"] == "authorized"
    assert event_types()[:2] == [
        "connect_webview.login_failed",
        "connect_webview.login_succeeded",
    ]


def test_a_brand_is_searched_for(browser, create):
    browser.open(create("schlage", "august", "yale")["url"])
    browser.press("Continue")
    browser.press("Search", search="yal")

    buttons = [button for form in browser.page.forms for button in form.buttons]
    assert "Yale" in buttons
    assert "August" not in buttons


def test_a_username_brand_asks_for_its_site(fake, browser, create):
    browser.open(create("visionline")["url"])
    browser.press("Continue")
    browser.press("Visionline")
    browser.press("Continue", pairing_code="123456")
    browser.press("Submit", site="Grand Hotel", username="jane", password="1234")
    browser.press("Continue")

    assert browser.page.heading == "Your devices are connected"
    assert accounts(fake)[0]["user_identifier"]["username"] == "jane"


def test_a_login_is_redirected_with_the_documented_parameters(browser, create):
    webview = create("schlage", custom_redirect_url="https://app.example.com/back?a=1#top")
    browser.open(webview["url"])
    browser.press("Continue")
    browser.press("Schlage")
    browser.press("Submit", email="jane@example.com", password="1234")

    assert browser.response.status_code == 303
    assert browser.response.headers["location"] == (
        "https://app.example.com/back?a=1"
        f"&connect_webview_id={webview['connect_webview_id']}#top"
    )


def test_a_failure_is_redirected_with_its_code_and_message(browser, create):
    webview = create("schlage", custom_redirect_failure_url="https://app.example.com/failed")
    browser.open(webview["url"])
    browser.press("Continue")
    browser.press("Schlage")
    browser.press("Submit", email="jane@example.com", password="down")

    assert browser.response.status_code == 303
    url = urlsplit(browser.response.headers["location"])
    assert url._replace(query="").geturl() == "https://app.example.com/failed"
    assert dict(parse_qsl(url.query)) == {
        "connect_webview_id": webview["connect_webview_id"],
        "error_code": "provider_unavailable",
        "error_message": "The provider cannot be reached",
    }


def test_a_slow_provider_responds_by_the_fakes_clock(fake, browser, create):
    browser.open(create("schlage")["url"])
    browser.press("Continue")
    browser.press("Schlage")
    browser.press("Submit", email="jane@example.com", password="slow")
    browser.press("Check again")
    assert browser.page.heading == "One moment"
    assert accounts(fake) == []

    fake.clock.advance(30)
    browser.press("Check again")

    assert browser.page.heading == "Your devices are connected"


def test_a_used_webview_has_no_form(fake, browser, create, event_types):
    webview = create("schlage")
    fake.complete_connect_webview(webview)
    before = event_types()
    browser.open(webview["url"])

    assert browser.response.status_code == 400
    assert browser.page.heading == "This Connect Webview has already been used"
    assert browser.page.forms == []
    assert event_types() == before


def test_a_login_takes_six_lines_of_urllib():
    with FakeSeam() as fake, fake.serve():
        webview = fake.client().connect_webviews.create(accepted_providers=["schlage"])
        form = {"provider": "schlage", "step": "account"}
        form |= {"email": "jane@example.com", "password": "1234"}
        with urlopen(webview.url, urlencode(form).encode()) as page:
            assert page.status == 200
        assert len(fake.client().connected_accounts.list()) == 1
