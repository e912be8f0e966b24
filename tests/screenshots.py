"""Makes the pictures in the docs: python -m tests.screenshots (or: tox -e screenshots)

Seed and time are fixed, so a picture changes only when the page does. They go to
docs/screenshots, or to the folder that is given.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from fakeseam import FakeSeam
from tests.chromium import launch

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
WIDE = {"width": 900, "height": 720}
PHONE = {"width": 390, "height": 700}
NOON = "2026-01-01T12:00:00Z"
# The name of each picture, and how wide it is.
PICTURES = {
    "introduction": WIDE,
    "brands": WIDE,
    "sign-in": WIDE,
    "phone": PHONE,
    "inspection": {"width": 1280, "height": 900},
}


def make(folder):
    """Makes all the pictures; creates the folder if it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launch(playwright) as browser:
        for name, size in PICTURES.items():
            with FakeSeam(now=NOON) as fake, fake.serve() as server:
                page = browser.new_page(viewport=size, locale="en-GB")
                WALKS[name](page, fake, server)
                page.screenshot(path=folder / f"{name}.png")
                page.close()


def introduction(page, fake, server):
    fake.call("/workspaces/update", {"connect_partner_name": "Ocean Beach Vacations"})
    page.goto(webview(fake)["url"])


def brands(page, fake, server):
    introduction(page, fake, server)
    press(page, "Continue", "Choose your brand")


def sign_in(page, fake, server):
    brands(page, fake, server)
    press(page, "August", "Where is your device?")
    press(page, "Continue", "Sign in to August")
    page.get_by_label("Email", exact=True).fill("jane@example.com")
    page.get_by_label("Password", exact=True).fill("1234")


def code(page, fake, server):
    sign_in(page, fake, server)
    press(page, "Submit", "How do you want to get your code?")
    press(page, "Continue", "Enter your verification code")


def inspection(page, fake, server):
    """The inspection page of a fake with something of every kind."""
    fake.webhooks.deliver_to(lambda delivery: 503 if delivery.attempts else 204)
    fake.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    fake.complete_connect_webview(webview(fake), provider="august", email="jane@example.com")
    joe = fake.connect_account(
        provider="yale", email="joe@example.com", custom_metadata={"your_app_user_id": "u2"}
    )
    fake.fail_connect_webview(webview(fake))
    fake.clock.advance(300)
    fake.disconnect_account(joe)
    page.goto(f"{server.url}/_fakeseam/")


WALKS = {
    "introduction": introduction,
    "brands": brands,
    "sign-in": sign_in,
    "phone": code,
    "inspection": inspection,
}


def press(page, button, heading):
    """Press a button, and wait for the page that it leads to."""
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
    page.wait_for_load_state()


def webview(fake):
    sent = {"custom_metadata": {"your_app_user_id": "u1"}, "provider_category": "stable"}
    return fake.call("/connect_webviews/create", sent)["connect_webview"]


if __name__ == "__main__":
    make(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
