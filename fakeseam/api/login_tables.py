"""The tables of the login page's documentation: what can come of a login, what brands ask for.

``fakeseam logins`` prints them.
"""

from __future__ import annotations

from collections.abc import Iterable

from .login_errors import ALREADY_USED, LOGIN_ERRORS, SLOW, SLOW_LOGIN_S, LoginError
from .login_fields import SANDBOX_CODE, SANDBOX_DOMAIN, SANDBOX_PASSWORD, Field, Step
from .login_forms import steps_of
from .providers import PROVIDERS, Provider

__all__ = ["brands_table", "outcomes_table"]

_SUCCEEDED = "`connect_webview.login_succeeded` and the account's events"


def outcomes_table() -> str:
    """What to type, and what comes of it, as Markdown."""
    lets_in = "the last page; in full-page mode the redirect URL"
    right = f"`jane@{SANDBOX_DOMAIN}`, `{SANDBOX_PASSWORD}`, `{SANDBOX_CODE}`"
    done = "the webview is `authorized`"
    return _table(
        ("What is typed", "What the page shows", "`error_code`", "Message", "Event", "And then"),
        [
            (f"what the brand's row below says: {right}", lets_in, "", "", _SUCCEEDED, done),
            (
                f"the password `{SLOW}`",
                f'a page that waits for {SLOW_LOGIN_S} s of the fake\'s clock, with "Check again";'
                f" then {lets_in}",
                "",
                "",
                f"none until then; {_SUCCEEDED}",
                done,
            ),
            *(_outcome(row) for row in LOGIN_ERRORS.values()),
        ],
    )


def _outcome(row: LoginError) -> tuple[str, ...]:
    shown = "an alert beside the fields, another try below it"
    event, after = "`connect_webview.login_failed`", "the webview is `failed` until a try succeeds"
    if row.is_unexpected:
        shown = "a page of its own; in full-page mode the failure URL"
    if row.code == ALREADY_USED:
        event, after = "none", "nothing changes; make another webview"
    return (row.caused_by, shown, f"`{row.code}`", row.message, event, after)


def brands_table() -> str:
    """What each brand asks for, step by step, and what works there, as Markdown.

    Brands that ask for the same share a row.
    """
    rows: dict[str, list[str]] = {}
    for provider in PROVIDERS.values():
        name = f"{provider.display_name} (`{provider.key}`)"
        rows.setdefault(_steps(provider), []).append(name)
    return _table(("Brands", "Steps"), [(", ".join(names), said) for said, names in rows.items()])


def _steps(provider: Provider) -> str:
    steps = steps_of(provider)
    numbers = [f"{number}. " for number in range(1, len(steps) + 1)] if len(steps) > 1 else [""]
    return "<br>".join(number + _step(step) for number, step in zip(numbers, steps))


def _step(step: Step) -> str:
    return "; ".join(map(_field, step.fields)) or "nothing but the button"


def _field(field: Field) -> str:
    works = " or ".join(f"`{choice}`" for choice in field.choices)
    if not works:
        is_literal = field.accepts is not None and field.takes(field.works)
        works = f"`{field.works}`" if is_literal else field.works
    more = "" if field.is_required else ", or nothing"
    filled = f" (filled in: `{field.prefilled}`)" if field.prefilled else ""
    return f"{field.label}: {works}{more}{filled}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
