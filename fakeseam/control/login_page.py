"""/connect_webviews/view: the page at a webview's ``url``, on which a user signs in.

What it shows is called a pane. A handler answers which one and what stands on it; the HTML is
made of that by ``fakeseam.pages``. Nothing but a form that is posted changes anything.
Source: docs.seam.co core-concepts/connect-webviews, and the brands' guides for their steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..api.auth import LEVER
from ..api.call import Call
from ..api.events import show as show_event
from ..api.login import Login, fail, refused, sign_in
from ..api.login_errors import (
    ALREADY_USED,
    LOGIN_ERRORS,
    SLOW,
    SLOW_LOGIN_S,
    UNKNOWN,
    LoginError,
)
from ..api.login_fields import ACCOUNT, CODE, Step
from ..api.login_forms import steps_of
from ..api.providers import PROVIDERS, canonical
from ..api.redirects import Redirect, after_failure, after_success
from ..api.sandbox_login import is_slow, judges
from ..api.tables import EVENTS, WEBVIEWS
from ..core.endpoint import Namespace
from ..core.params import record, text
from ..errors import ApiError, LoginFailed
from .finding import webview_of, workspace_of
from .login_visit import Visit

__all__ = ["namespace"]

namespace = Namespace("/connect_webviews")

_ANYONE = frozenset({LEVER})

# What "Check again" posts, on the page of a login that takes its time.
WAITING = "waiting"


@namespace.endpoint("GET POST", callers=_ANYONE, answer="pane")
def view(
    call: Call,
    *,
    connect_webview_id: str = text(default=""),
    auth_token: str = text(default=""),
    step: str | None = text(),
    provider: str | None = text(),
    search: str = text(default=""),
    since: str | None = text(),
    typed: Mapping[str, str] | None = record(values=text()),
) -> dict[str, Any]:
    """What the page shows, after what was posted has been carried out.

    Raises the same 404 for an id that is unknown and for a wrong token, so that nobody finds
    out which it was.
    """
    webview = call.store.get(WEBVIEWS, connect_webview_id)
    if webview is None or webview.auth_token != auth_token:
        raise ApiError(404, "connect_webview_not_found", "Connect webview not found")
    inside = call.inside(workspace_of(call, webview.workspace_id))
    chosen = None if provider is None else canonical(provider) or provider
    visit = Visit(inside, webview, step, chosen, search, typed or {}, since)
    return _SHOWN[webview.state](visit)


def _open(visit: Visit) -> dict[str, Any]:
    """Nobody has signed in yet."""
    if visit.step is None and visit.provider is None:
        return visit.pane("introduction")
    if visit.provider is None or visit.provider not in visit.choices:
        return _choose(visit)
    steps = steps_of(PROVIDERS[visit.provider])
    visit, names = visit.only(steps), _names(steps)
    if not visit.is_posted or visit.step not in names:
        return _ask(visit, steps[0])
    return _fill_in(visit, steps, names.index(visit.step))


def _tried(visit: Visit) -> dict[str, Any]:
    """A login has failed: it can be tried again.

    Whoever waited for devices learns that there will be none, as the account was deleted.
    """
    if visit.is_posted and visit.step == WAITING:
        return _lost(visit, LOGIN_ERRORS[UNKNOWN])
    return _open(visit)


def _in_use(visit: Visit) -> dict[str, Any]:
    """Somebody has signed in, and the devices are being looked for."""
    return visit.pane("waiting", reason="devices", step=WAITING, since=None)


def _used(visit: Visit) -> dict[str, Any]:
    """A webview is for one login; whoever waited for that login may see its end.

    Unsourced: that a second visit changes nothing and is no failed login.
    """
    if visit.is_posted and visit.step == WAITING:
        return _succeeded(visit)
    error = LOGIN_ERRORS[ALREADY_USED]
    return _end(visit, "failed", after_failure(visit.webview, error), error=error)


# What the page shows of a webview in each of its states.
_SHOWN = {"pending": _open, "failed": _tried, "syncing": _in_use, "authorized": _used}


# Choosing a brand


def _choose(visit: Visit) -> dict[str, Any]:
    wanted, is_nothing = _squeezed(visit.search), not visit.search.strip()
    named = {key: PROVIDERS[key].display_name for key in visit.choices}
    found = [
        {"key": key, "display_name": name}
        for key, name in named.items()
        if is_nothing or (wanted and (wanted in _squeezed(name) or wanted in _squeezed(key)))
    ]
    unknown = visit.provider
    return visit.pane(
        "providers",
        status=200 if unknown is None else 400,
        providers=found,
        search=visit.search,
        count=len(visit.choices),
        not_accepted=unknown,
    )


def _squeezed(name: str) -> str:
    """A name without what people leave out of it, as in "smart things" and "salto ks"."""
    return "".join(filter(str.isalnum, name.lower()))


# Signing in, step by step


def _ask(
    visit: Visit,
    step: Step,
    error: LoginError | None = None,
    faults: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A step's fields, with what was typed so far; secrets are typed anew after an error."""
    steps = steps_of(PROVIDERS[str(visit.provider)])
    names = {field.name for field in step.fields}
    earlier = {
        field.name: visit.typed[field.name]
        for one in steps[: steps.index(step)]
        for field in one.fields
        if field.name in visit.typed
    }
    return visit.pane(
        "login",
        status=400 if error or faults else 200,
        provider=visit.brand,
        step={"name": step.name, "title": step.title, "button": step.button},
        place=steps.index(step) + 1,
        steps=len(steps),
        fields=[asdict(field) for field in step.fields],
        judged=judges(PROVIDERS[str(visit.provider)]),
        fails={row.typed: row.message for row in LOGIN_ERRORS.values() if row.typed},
        slow={"typed": SLOW, "seconds": SLOW_LOGIN_S},
        typed={name: value for name, value in visit.typed.items() if name in names},
        earlier=earlier,
        error=None if error is None else asdict(error),
        faults=dict(faults or {}),
    )


def _fill_in(visit: Visit, steps: tuple[Step, ...], place: int) -> dict[str, Any]:
    """A step was posted: ask for what is missing, go on to the next one, or sign in."""
    for step in steps[: place + 1]:
        faults = visit.faults(step)
        if faults:
            return _ask(visit, step, faults=faults)
    if place < _names(steps).index(ACCOUNT):
        return _ask(visit, steps[place + 1])
    login = visit.login
    error = refused(visit.call, login)
    if error is not None:
        return _failed(visit, fail(visit.call, visit.webview, error, provider=login.provider))
    if place + 1 < len(steps):
        return _ask(visit, steps[place + 1])
    return _sign_in(visit, login)


def _sign_in(visit: Visit, login: Login) -> dict[str, Any]:
    slow = is_slow(PROVIDERS[login.provider], password=login.password, extras=login.extras)
    if slow and visit.call.workspace.is_sandbox and not visit.has_waited:
        return visit.pane(
            "waiting",
            reason="provider",
            provider=visit.brand,
            step=visit.step,
            since=visit.waits_since,
            until=visit.waits_until,
            now=visit.call.now(),
            earlier=dict(visit.typed),
            seconds=SLOW_LOGIN_S,
        )
    outcome = sign_in(visit.call, visit.webview, login)
    if isinstance(outcome, LoginFailed):
        return _failed(visit, outcome)
    webview, _ = webview_of(visit.call, visit.webview.connect_webview_id)
    return _SHOWN_AFTER_LOGIN[webview.state](visit)


def _failed(visit: Visit, failure: LoginFailed) -> dict[str, Any]:
    """Another try beside the fields, or the end of the visit where the error is unexpected."""
    error = LOGIN_ERRORS[failure.error_code]
    return _lost(visit, error) if error.is_unexpected else _ask(visit, _at_fault(visit), error)


def _at_fault(visit: Visit) -> Step:
    """The first step with a wrong entry in it, to which the user goes back."""
    steps = steps_of(PROVIDERS[str(visit.provider)])
    for step in steps:
        for field in step.fields:
            value = visit.typed.get(field.name, "")
            is_well = not value.strip() or (value == SLOW and step.name != CODE)
            if not is_well and not field.takes(value):
                return step
    return steps[_names(steps).index(ACCOUNT)]


def _lost(visit: Visit, error: LoginError) -> dict[str, Any]:
    after = after_failure(visit.webview, error)
    return _end(visit, "failed", after, error=error, event="connect_webview.login_failed")


def _succeeded(visit: Visit) -> dict[str, Any]:
    after = after_success(visit.webview)
    return _end(visit, "success", after, event="connect_webview.login_succeeded")


# What the page shows of a webview in each of the states that a login leads to.
_SHOWN_AFTER_LOGIN = {"authorized": _succeeded, "syncing": _in_use}


def _end(
    visit: Visit,
    name: str,
    redirect: Redirect,
    *,
    error: LoginError | None = None,
    event: str | None = None,
) -> dict[str, Any]:
    """The visit is over: where to go, what to say, and the event that a parent frame is told."""
    return visit.pane(
        name,
        status=200 if error is None else 400,
        may_try_again=error is not None and error.code != ALREADY_USED,
        redirect=asdict(redirect),
        error=None if error is None else asdict(error),
        event=None if event is None else _latest(visit, event),
    )


def _latest(visit: Visit, event_type: str) -> dict[str, Any] | None:
    """The latest event of a type about the webview, as Seam shows it."""
    store, webview = visit.call.store, visit.webview
    index = ("connect_webview_id", webview.workspace_id, webview.connect_webview_id)
    for *_, event_id in reversed(store.bucket(EVENTS, index)):
        event = store.get(EVENTS, event_id)
        if event is not None and event.event_type == event_type:
            return show_event(event)
    return None


def _names(steps: tuple[Step, ...]) -> list[str]:
    return [step.name for step in steps]
