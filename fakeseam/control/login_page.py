"""/connect_webviews/view: the page at a webview's ``url``, on which a user signs in.

What the page shows is a pane. The handler returns the pane as data, and ``fakeseam.http.pages``
renders it as HTML. Only a posted form changes the state.
Source: docs.seam.co core-concepts/connect-webviews, and the brands' guides for their steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ..api.connect_webviews.login.errors import (
    ALREADY_USED,
    LOGIN_ERRORS,
    SLOW,
    SLOW_LOGIN_S,
    UNKNOWN,
    LoginError,
)
from ..api.connect_webviews.login.fields import ACCOUNT, CODE, Step
from ..api.connect_webviews.login.forms import steps_of
from ..api.connect_webviews.login.providers import PROVIDERS, canonical
from ..api.connect_webviews.login.redirects import Redirect, after_failure, after_success
from ..api.connect_webviews.login.sandbox import checks_credentials, is_slow
from ..api.connect_webviews.login.sign_in import Login, fail, find_login_error, sign_in
from ..api.connect_webviews.record import WEBVIEWS
from ..api.devices.record import DEVICES, Device
from ..api.devices.shape import display_name
from ..api.events.record import EVENTS
from ..api.events.shape import to_json as show_event
from ..api.locks.bolt import is_locked
from ..errors import ApiError, LoginFailed
from ..schema.endpoint import Namespace, Owner
from ..schema.params import record, text
from .context import ControlContext
from .login_visit import Visit
from .lookup import get_webview, get_workspace

__all__ = ["namespace"]

namespace = Namespace("/connect_webviews", Owner.OPEN)


# The step that "Check again" posts, on the page of a user who waits.
WAITING = "waiting"
# How many devices the last page lists.
MAX_DEVICES = 10


@namespace.endpoint("GET POST", response_key="pane")
def view(
    ctx: ControlContext,
    *,
    connect_webview_id: str = text(default=""),
    auth_token: str = text(default=""),
    step: str | None = text(),
    provider: str | None = text(),
    search: str = text(default=""),
    since: str | None = text(),
    typed: Mapping[str, str] | None = record(values=text()),
) -> dict[str, Any]:
    """Handles a posted form, then returns what the page shows.

    Raises the same 404 for an unknown id and for a wrong token: a client cannot find out which
    ids exist.
    """
    webview = ctx.store.get(WEBVIEWS, connect_webview_id)
    if webview is None or webview.auth_token != auth_token:
        raise ApiError(404, "connect_webview_not_found", "Connect webview not found")
    ctx = ctx.in_workspace(get_workspace(ctx, webview.workspace_id))
    provider_key = None if provider is None else canonical(provider) or provider
    visit = Visit(ctx, webview, step, provider_key, search, typed or {}, since)
    return _PANES[webview.state](visit)


def _open(visit: Visit) -> dict[str, Any]:
    """Returns the pane of a webview without a login."""
    if visit.step is None and visit.provider is None:
        return visit.pane("introduction")
    if visit.provider is None or visit.provider not in visit.choices:
        return _choose(visit)
    steps = steps_of(PROVIDERS[visit.provider])
    visit, names = visit.only(steps), _names(steps)
    if not visit.is_posted or visit.step not in names:
        return _show_step(visit, steps[0])
    return _submit(visit, steps, names.index(visit.step))


def _after_failure(visit: Visit) -> dict[str, Any]:
    """Returns the pane of a webview after a failed login, which can be tried again.

    A user who waited for devices sees the end of the login: the account was deleted meanwhile.
    """
    if visit.is_posted and visit.step == WAITING:
        return _end_failed(visit, LOGIN_ERRORS[UNKNOWN])
    return _open(visit)


def _syncing(visit: Visit) -> dict[str, Any]:
    """Returns the pane of a login that waits for the sync of the account's devices."""
    return visit.pane("waiting", reason="devices", step=WAITING, since=None)


def _after_login(visit: Visit) -> dict[str, Any]:
    """Returns the pane of a used webview: an error, or success to the user who waited for it.

    Unsourced: that a second visit changes nothing and is not a failed login.
    """
    if visit.is_posted and visit.step == WAITING:
        return _end_succeeded(visit)
    error = LOGIN_ERRORS[ALREADY_USED]
    return _end(visit, "failed", after_failure(visit.webview, error), error=error)


# The pane for each state of a webview.
_PANES = {
    "pending": _open,
    "failed": _after_failure,
    "syncing": _syncing,
    "authorized": _after_login,
}


# Choosing a brand


def _choose(visit: Visit) -> dict[str, Any]:
    wanted, is_blank = _simplify(visit.search), not visit.search.strip()
    names = {key: PROVIDERS[key].display_name for key in visit.choices}
    matches = [
        {"key": key, "display_name": name}
        for key, name in names.items()
        if is_blank or (wanted and (wanted in _simplify(name) or wanted in _simplify(key)))
    ]
    not_accepted = visit.provider
    return visit.pane(
        "providers",
        status=200 if not_accepted is None else 400,
        providers=matches,
        search=visit.search,
        count=len(visit.choices),
        not_accepted=not_accepted,
    )


def _simplify(name: str) -> str:
    """Returns the letters and digits of a name, so that "smart things" finds "SmartThings"."""
    return "".join(filter(str.isalnum, name.lower()))


# Signing in, step by step


def _show_step(
    visit: Visit,
    step: Step,
    error: LoginError | None = None,
    field_errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Returns the pane of a step: its fields with the entries so far, and the errors."""
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
        status=400 if error or field_errors else 200,
        provider=visit.brand,
        step={"name": step.name, "title": step.title, "button": step.button},
        place=steps.index(step) + 1,
        steps=len(steps),
        fields=[asdict(field) for field in step.fields],
        judged=checks_credentials(PROVIDERS[str(visit.provider)]),
        fails={row.typed: row.message for row in LOGIN_ERRORS.values() if row.typed},
        slow={"typed": SLOW, "seconds": SLOW_LOGIN_S},
        typed={name: value for name, value in visit.typed.items() if name in names},
        earlier=earlier,
        error=None if error is None else asdict(error),
        field_errors=dict(field_errors or {}),
    )


def _submit(visit: Visit, steps: tuple[Step, ...], index: int) -> dict[str, Any]:
    """Handles a posted step: returns its field errors, shows the next step, or signs in."""
    for step in steps[: index + 1]:
        field_errors = visit.field_errors(step)
        if field_errors:
            return _show_step(visit, step, field_errors=field_errors)
    if index < _names(steps).index(ACCOUNT):
        return _show_step(visit, steps[index + 1])
    login = visit.login
    error = find_login_error(visit.ctx, login)
    if error is not None:
        return _failed(visit, fail(visit.ctx, visit.webview, error, provider=login.provider))
    if index + 1 < len(steps):
        return _show_step(visit, steps[index + 1])
    return _sign_in(visit, login)


def _sign_in(visit: Visit, login: Login) -> dict[str, Any]:
    is_slow_login = is_slow(
        PROVIDERS[login.provider], password=login.password, extras=login.extras
    )
    if is_slow_login and visit.ctx.workspace.is_sandbox and not visit.has_waited:
        return visit.pane(
            "waiting",
            reason="provider",
            provider=visit.brand,
            step=visit.step,
            since=visit.waits_since,
            until=visit.waits_until,
            now=visit.ctx.now(),
            earlier=dict(visit.typed),
            seconds=SLOW_LOGIN_S,
        )
    outcome = sign_in(visit.ctx, visit.webview, login)
    if isinstance(outcome, LoginFailed):
        return _failed(visit, outcome)
    webview, _ = get_webview(visit.ctx, visit.webview.connect_webview_id)
    return _PANES_AFTER_SIGN_IN[webview.state](visit)


def _failed(visit: Visit, failure: LoginFailed) -> dict[str, Any]:
    """Returns the pane of the step to correct, or the last pane after an unexpected error."""
    error = LOGIN_ERRORS[failure.error_code]
    if error.is_unexpected:
        return _end_failed(visit, error)
    return _show_step(visit, _step_to_correct(visit), error)


def _step_to_correct(visit: Visit) -> Step:
    """Returns the first step with a wrong entry, or the account's step."""
    steps = steps_of(PROVIDERS[str(visit.provider)])
    for step in steps:
        for field in step.fields:
            value = visit.typed.get(field.name, "")
            is_valid = not value.strip() or (value == SLOW and step.name != CODE)
            if not is_valid and not field.takes(value):
                return step
    return steps[_names(steps).index(ACCOUNT)]


def _end_failed(visit: Visit, error: LoginError) -> dict[str, Any]:
    redirect = after_failure(visit.webview, error)
    return _end(visit, "failed", redirect, error=error, event="connect_webview.login_failed")


def _end_succeeded(visit: Visit) -> dict[str, Any]:
    redirect = after_success(visit.webview)
    pane = _end(visit, "success", redirect, event="connect_webview.login_succeeded")
    # A page that redirects lists none.
    devices = [] if redirect.url is not None else _devices(visit)
    listed = [{"name": display_name(one), "words": _words(one)} for one in devices[:MAX_DEVICES]]
    return {**pane, "devices": listed, "more_devices": len(devices) - len(listed)}


def _devices(visit: Visit) -> Sequence[Device]:
    """Returns the account's devices."""
    store = visit.ctx.store
    webview = store.get(WEBVIEWS, visit.webview.connect_webview_id) or visit.webview
    index = ("connected_account_id", webview.workspace_id, webview.connected_account_id)
    return store.find(DEVICES, index)


def _words(device: Device) -> list[str]:
    """Returns what a device is and does, in the words of the page."""
    words = []
    if "lock" in device.capabilities_supported:
        words.append("locked" if is_locked(device) else "unlocked")
    if "access_code" in device.capabilities_supported:
        words.append("takes access codes")
    return words or [device.device_type.replace("_", " ")]


# The pane for each state of a webview after a successful login.
_PANES_AFTER_SIGN_IN = {"authorized": _end_succeeded, "syncing": _syncing}


def _end(
    visit: Visit,
    name: str,
    redirect: Redirect,
    *,
    error: LoginError | None = None,
    event: str | None = None,
) -> dict[str, Any]:
    """Returns the last pane: the redirect, the error, and the event that a parent frame gets."""
    return visit.pane(
        name,
        status=200 if error is None else 400,
        may_try_again=error is not None and error.code != ALREADY_USED,
        redirect=asdict(redirect),
        error=None if error is None else asdict(error),
        event=None if event is None else _latest(visit, event),
    )


def _latest(visit: Visit, event_type: str) -> dict[str, Any] | None:
    """Returns the latest event of a type about the webview, as Seam shows it, or None."""
    store, webview = visit.ctx.store, visit.webview
    index = ("connect_webview_id", webview.workspace_id, webview.connect_webview_id)
    for *_, event_id in reversed(store.bucket(EVENTS, index)):
        event = store.get(EVENTS, event_id)
        if event is not None and event.event_type == event_type:
            return show_event(event)
    return None


def _names(steps: tuple[Step, ...]) -> list[str]:
    return [step.name for step in steps]
