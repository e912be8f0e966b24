"""The steps of a user at a webview's page, by roles, labels and texts."""

from __future__ import annotations

from playwright.sync_api import expect

# The same test with and without JavaScript.
BOTH = {
    "argnames": "java_script_enabled",
    "argvalues": [True, False],
    "ids": ["with JavaScript", "without"],
}


def start(page, webview, brand):
    """Opens the first step of a brand's login at a webview. ``page`` may be a frame."""
    if hasattr(page, "goto"):
        page.goto(webview.url)
    press(page, "Continue")
    expect_heading(page, "Choose your brand")
    press(page, brand)


def sign_in(page, webview, brand, *steps):
    """Opens the webview and goes through the steps of a login."""
    start(page, webview, brand)
    for button, entries in steps:
        fill_in(page, button, entries)


def fill_in(page, button, entries):
    """Fills in the fields of a step by their labels, and presses its button."""
    for label, entry in entries.items():
        field = page.get_by_label(label, exact=True)
        expect(field).to_be_visible()
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(entry)
        else:
            field.fill(entry)
    press(page, button)


def press(page, button):
    page.get_by_role("button", name=button, exact=True).click()


def expect_heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def axe_violations(page):
    """The findings of axe-core on a page or in a frame: rule, element and remedy."""
    from axe_playwright_python.base import AXE_SCRIPT

    # Once per page: it has half a megabyte.
    if page.evaluate("() => window.axe === undefined"):
        page.evaluate(AXE_SCRIPT)
    run = "async () => (await axe.run({resultTypes: ['violations']})).violations"
    return [
        f"{rule['id']}: {node['html']}: {node['failureSummary']}"
        for rule in page.evaluate(run)
        for node in rule["nodes"]
    ]
