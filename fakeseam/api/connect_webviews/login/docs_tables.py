"""The tables that ``fakeseam logins`` prints: results of logins, and the steps of each brand."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import ALREADY_USED, LOGIN_ERRORS, SLOW, SLOW_LOGIN_S, LoginError
from .fields import SANDBOX_CODE, SANDBOX_DOMAIN, SANDBOX_PASSWORD, Field, Step
from .forms import steps_of
from .providers import PROVIDERS, Provider

__all__ = ["brands_table", "outcomes_table"]

_SUCCEEDED = "`connect_webview.login_succeeded` and the account's events"


def outcomes_table() -> str:
    """Returns the sandbox entries and their results, as Markdown."""
    last_page = "the last page; in full-page mode the redirect URL"
    valid = f"`jane@{SANDBOX_DOMAIN}`, `{SANDBOX_PASSWORD}`, `{SANDBOX_CODE}`"
    authorized = "the webview is `authorized`"
    return _table(
        ("What is typed", "What the page shows", "`error_code`", "Message", "Event", "And then"),
        [
            (
                f"the entries in the brand's row below: {valid}",
                last_page,
                "",
                "",
                _SUCCEEDED,
                authorized,
            ),
            (
                f"the password `{SLOW}`",
                f'a page that waits for {SLOW_LOGIN_S} s of the fake\'s clock, with "Check again";'
                f" then {last_page}",
                "",
                "",
                f"none until then; {_SUCCEEDED}",
                authorized,
            ),
            *(_outcome(row) for row in LOGIN_ERRORS.values()),
        ],
    )


def _outcome(row: LoginError) -> tuple[str, ...]:
    page = "an alert above the fields, which the user can fill in again"
    event, after = "`connect_webview.login_failed`", "the webview is `failed` until a try succeeds"
    if row.is_unexpected:
        page = "a page of its own; in full-page mode the failure URL"
    if row.code == ALREADY_USED:
        event, after = "none", "nothing changes; make another webview"
    return (row.caused_by, page, f"`{row.code}`", row.message, event, after)


def brands_table() -> str:
    """Returns the steps of each brand's login, with their fields, as Markdown.

    A step and a field have the names that a client posts, then the label that the page shows and
    an entry that works. Brands with the same steps share a row.
    """
    rows: dict[str, list[str]] = {}
    for provider in PROVIDERS.values():
        name = f"{provider.display_name} (`{provider.key}`)"
        rows.setdefault(_steps(provider), []).append(name)
    return _table(
        ("Brands", "Steps"), [(", ".join(names), steps) for steps, names in rows.items()]
    )


def _steps(provider: Provider) -> str:
    steps = steps_of(provider)
    numbers = [f"{number}. " for number in range(1, len(steps) + 1)] if len(steps) > 1 else [""]
    return "<br>".join(number + _step(step) for number, step in zip(numbers, steps))


def _step(step: Step) -> str:
    fields = "; ".join(map(_field, step.fields)) or "only the button"
    return f"step `{step.name}`: {fields}"


def _field(field: Field) -> str:
    works = " or ".join(f"`{choice}`" for choice in field.choices)
    if not works:
        is_literal = field.accepts is not None and field.takes(field.works)
        works = f"`{field.works}`" if is_literal else field.works
    more = "" if field.is_required else ", or nothing"
    filled = f" (filled in: `{field.prefilled}`)" if field.prefilled else ""
    return f"`{field.name}` ({field.label}): {works}{more}{filled}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
