"""/_fakeseam: play the user who signs in, and the provider that breaks the account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..api import connect_webviews, connected_accounts
from ..api.auth import LEVER
from ..api.call import Call
from ..api.login import Login, fail, find_account, sign_in
from ..api.login_errors import LOGIN_ERRORS
from ..api.login_forms import filled_in_site
from ..api.metadata import custom_metadata as custom_metadata_param
from ..api.own_devices import devices_param
from ..api.providers import PROVIDERS, offered
from ..api.records import ConnectedAccount, ConnectWebview
from ..api.tables import ACCOUNTS, WEBVIEWS
from ..api.troubles import break_account
from ..core.checks import has_a
from ..core.endpoint import Namespace
from ..core.params import boolean, record, text, uuid
from ..errors import LoginFailed, MisuseError
from .finding import account_of, provider_of, webview_of, workspace_of

__all__ = ["namespace", "sign_in_fresh"]

namespace = Namespace("/_fakeseam")

_ANYONE = frozenset({LEVER})
DEFAULT_ERROR = "invalid_credentials"


def typed_text() -> Any:
    """What a user types to say who it is: anything but blanks."""
    return text(checks=(has_a(r"\S", "String must not be blank"),))


@namespace.endpoint("POST", callers=_ANYONE, answer="connected_account")
def complete_connect_webview(
    call: Call,
    *,
    connect_webview_id: str = uuid(required=True),
    provider: str | None = text(),
    email: str | None = typed_text(),
    username: str | None = typed_text(),
    phone: str | None = typed_text(),
    api_url: str | None = typed_text(),
    site: str | None = typed_text(),
    password: str | None = text(),
    code: str | None = text(),
    extras: Mapping[str, str] | None = record(values=text()),
    devices: list[Mapping[str, Any]] | None = devices_param(),
) -> dict[str, Any] | LoginFailed:
    """Sign in at a webview: by default as somebody new, at the first accepted provider.

    Credentials are judged only if ``password``, ``code`` or ``extras`` are given. The password
    ``slow`` signs in at once here: only the page waits, on which a browser can. ``devices`` are
    brought in place of the provider's usual ones.
    """
    webview, inside = webview_of(call, connect_webview_id)
    chosen = _choose(webview, provider)
    login = _login(
        inside,
        Login(
            chosen,
            email=email,
            username=username,
            phone=phone,
            api_url=api_url,
            site=site,
            password=password,
            code=code,
            extras=extras or {},
            devices=None if devices is None else tuple(devices),
        ),
    )
    return _shown(inside, sign_in(inside, webview, login))


@namespace.endpoint("POST", callers=_ANYONE, answer="redirect_url")
def fail_connect_webview(
    call: Call,
    *,
    connect_webview_id: str = uuid(required=True),
    error_code: str = text(default=DEFAULT_ERROR),
    provider: str | None = text(),
) -> str | None:
    """A login at a webview fails; answers where the page would send the browser."""
    webview, inside = webview_of(call, connect_webview_id)
    if error_code not in LOGIN_ERRORS:
        raise MisuseError(f"error_code={error_code!r}: choose one of {', '.join(LOGIN_ERRORS)}")
    chosen = None if provider is None else _choose(webview, provider)
    return fail(inside, webview, error_code, provider=chosen).redirect_url


@namespace.endpoint("POST", callers=_ANYONE, answer="connected_account")
def connect_account(
    call: Call,
    *,
    provider: str = text(default="august"),
    email: str | None = typed_text(),
    username: str | None = typed_text(),
    phone: str | None = typed_text(),
    api_url: str | None = typed_text(),
    site: str | None = typed_text(),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    customer_key: str | None = text(minimum=1),
    automatically_manage_new_devices: bool = boolean(default=True),
    connected_account_id: str | None = uuid(),
    workspace_id: str | None = uuid(),
    devices: list[Mapping[str, Any]] | None = devices_param(),
) -> dict[str, Any] | LoginFailed:
    """A webview made and completed at once; a given id is the new account's."""
    inside = call.inside(workspace_of(call, workspace_id))
    chosen = provider_of(provider)
    login = _login(
        inside,
        Login(
            chosen,
            email=email,
            username=username,
            phone=phone,
            api_url=api_url,
            site=site,
            new_account_id=connected_account_id,
            devices=None if devices is None else tuple(devices),
        ),
    )
    _check_given_id(inside, login)
    made = connect_webviews.make(
        inside,
        accepted_providers=[provider],
        custom_metadata=custom_metadata,
        customer_key=customer_key,
        automatically_manage_new_devices=automatically_manage_new_devices,
    )
    return _shown(inside, sign_in(inside, made, login))


@namespace.endpoint("POST", callers=_ANYONE)
def disconnect_account(call: Call, *, connected_account_id: str = uuid(required=True)) -> None:
    """The provider breaks the account, as after a changed password."""
    account, inside = account_of(call, connected_account_id)
    break_account(inside, account, "disconnect")


@namespace.endpoint("POST", callers=_ANYONE)
def request_reauthorization(
    call: Call, *, connected_account_id: str = uuid(required=True)
) -> None:
    """The provider wants the account authorised again, which goes on working until then."""
    account, inside = account_of(call, connected_account_id)
    break_account(inside, account, "request_reauthorization")


@namespace.endpoint("POST", callers=_ANYONE, answer="connected_account")
def reconnect_account(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
) -> dict[str, Any] | LoginFailed:
    """The account's user signs in again, at a new webview with the account's own metadata.

    Metadata that is given is the webview's instead, and so replaces the account's.
    """
    account, inside = account_of(call, connected_account_id)
    given = dict(account.custom_metadata) if custom_metadata is None else custom_metadata
    made = connect_webviews.make(
        inside,
        accepted_providers=[account.provider],
        custom_metadata=given,
        customer_key=account.customer_key,
        automatically_manage_new_devices=account.automatically_manage_new_devices,
    )
    # What a webview accepts goes over to the account, which is to stay as it is.
    webview = replace(
        made,
        accepted_capabilities=account.accepted_capabilities,
        capabilities_given=account.capabilities_given,
    )
    inside.store.put(WEBVIEWS, webview)
    return _shown(inside, sign_in(inside, webview, _login_of(account)))


def sign_in_fresh(call: Call, connect_webview_id: str) -> ConnectedAccount | LoginFailed:
    """Somebody new signs in at the webview's first provider."""
    webview, inside = webview_of(call, connect_webview_id)
    chosen = _choose(webview, None)
    return sign_in(inside, webview, _login(inside, Login(chosen)))


# Who signs in where


def _choose(webview: ConnectWebview, provider: str | None) -> str:
    """The provider to sign in at; the webview has to accept it."""
    choices = offered(webview.accepted_providers)
    if not choices:
        raise MisuseError("this webview accepts no provider, so nobody can sign in")
    if provider is None:
        return choices[0]
    key = provider_of(provider)
    if key not in choices:
        raise MisuseError(f"this webview does not accept {provider!r}, only {', '.join(choices)}")
    return key


def _login(call: Call, typed: Login) -> Login:
    """The login that was typed, or one of a user (or site) that has not been seen before.

    Where a brand asks for a site, it is the one that its page has filled in beforehand.
    """
    if typed.site is None and typed.api_url is None:
        typed = replace(typed, site=filled_in_site(PROVIDERS[typed.provider]))
    field = {"email": "email", "username": "username", "site": "site"}.get(
        PROVIDERS[typed.provider].login
    )
    user, site = typed.email or typed.username or typed.phone, typed.site or typed.api_url
    if field is None or (site if field == "site" else user) is not None:
        return typed
    while True:
        number = call.store.count(("login", call.workspace.ordinal)) + 1
        value = f"user{number}@example.com" if field == "email" else f"{field[:4]}{number}"
        fresh = replace(typed, **{field: value})  # type: ignore[arg-type]  # a field's name
        if find_account(call, fresh) is None:
            return fresh


def _login_of(account: ConnectedAccount) -> Login:
    """The login that leads to this account again."""
    typed = account.user_identifier
    return Login(
        account.provider,
        email=typed.get("email"),
        username=typed.get("username"),
        phone=typed.get("phone"),
        api_url=typed.get("api_url"),
        site=account.site,
    )


def _check_given_id(call: Call, login: Login) -> None:
    """A given id has to be free, or already the one of this very login."""
    if login.new_account_id is None:
        return
    before = find_account(call, login)
    if before is not None and before.connected_account_id != login.new_account_id:
        raise MisuseError(
            f"this login already has the account {before.connected_account_id!r}, "
            f"so it cannot get the id {login.new_account_id!r}"
        )
    if before is None and call.store.get(ACCOUNTS, login.new_account_id) is not None:
        raise MisuseError(f"the id {login.new_account_id!r} is taken by another account")


def _shown(call: Call, outcome: ConnectedAccount | LoginFailed) -> dict[str, Any] | LoginFailed:
    return outcome if isinstance(outcome, LoginFailed) else connected_accounts.show(call, outcome)
