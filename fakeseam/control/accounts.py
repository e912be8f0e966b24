"""/_fakeseam: signing in as a user, and disconnecting accounts as a provider does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.connect_webviews import endpoints as connect_webviews
from ..api.connect_webviews.login.errors import LOGIN_ERRORS
from ..api.connect_webviews.login.forms import filled_in_site
from ..api.connect_webviews.login.providers import PROVIDERS, offered
from ..api.connect_webviews.login.redirects import after_success
from ..api.connect_webviews.login.sign_in import Login, fail, find_account, sign_in
from ..api.connect_webviews.record import WEBVIEWS, ConnectWebview
from ..api.connected_accounts import endpoints as connected_accounts
from ..api.connected_accounts.errors import break_account
from ..api.connected_accounts.record import ConnectedAccount
from ..api.devices.consistency import check_devices
from ..api.devices.custom import devices_param
from ..api.metadata import custom_metadata as custom_metadata_param
from ..core.record_types import replace
from ..errors import LoginFailed, MisuseError
from ..schema.checks import has_a
from ..schema.endpoint import Namespace, Owner
from ..schema.params import boolean, record, text, uuid
from .chosen import check_account_id, check_device_ids, check_id
from .context import ControlContext
from .lookup import get_account, get_provider_key, get_webview, get_workspace

__all__ = ["namespace", "sign_in_fresh"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)

DEFAULT_ERROR = "invalid_credentials"
CREATE_PATH = "/connect_webviews/create"

# What a new user enters, by what a brand's login identifies a user by; "none" takes no entry.
_NEW_ENTRIES = {"email": "user{}@example.com", "username": "user{}", "site": "site{}", "none": ""}

# Why a webview in a state has sent no browser to its redirect URL; None: it has.
_NO_SUCCESS = {
    "pending": "it is pending; complete it first",
    "failed": "the last one failed; fail_connect_webview and LoginFailed.redirect_url have the"
    " URL of a failure",
    "syncing": "its page waits for the account's devices; sync the account first",
    "authorized": None,
}


def typed_text() -> Any:
    """Returns a parameter for text that identifies a user: anything but blanks."""
    return text(checks=(has_a(r"\S", "String must not be blank"),))


@namespace.endpoint("POST", response_key="connected_account")
def complete_connect_webview(
    ctx: ControlContext,
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
    connected_account_id: str | None = uuid(),
) -> dict[str, Any] | LoginFailed:
    """Signs in at a webview, by default as a new user at its first provider.

    Credentials are checked only if ``password``, ``code`` or ``extras`` are given. The password
    ``slow`` signs in at once here; only the login page waits. ``devices`` replace the provider's
    usual devices. A given ``connected_account_id`` becomes the account's id.
    """
    webview, ctx = get_webview(ctx, connect_webview_id)
    login = _complete(
        ctx,
        Login(
            _choose(webview, provider),
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
    _check_chosen(ctx, login, connected_account_id)
    ctx = ctx.choosing(connected_account_id=connected_account_id)
    return _show(ctx, sign_in(ctx, webview, login))


@namespace.endpoint("POST", response_key="redirect_url")
def fail_connect_webview(
    ctx: ControlContext,
    *,
    connect_webview_id: str = uuid(required=True),
    error_code: str = text(default=DEFAULT_ERROR),
    provider: str | None = text(),
) -> str | None:
    """Fails a login at a webview; returns the URL that its page would send the browser to."""
    webview, ctx = get_webview(ctx, connect_webview_id)
    if error_code not in LOGIN_ERRORS:
        raise MisuseError(f"error_code={error_code!r}: choose one of {', '.join(LOGIN_ERRORS)}")
    provider_key = None if provider is None else _choose(webview, provider)
    return fail(ctx, webview, error_code, provider=provider_key).redirect_url


@namespace.endpoint("GET POST", response_key="redirect_url")
def webview_redirect_url(
    ctx: ControlContext, *, connect_webview_id: str = uuid(required=True)
) -> str | None:
    """Returns the URL that a webview's page sent the browser to after a successful login.

    It is null for a webview without a ``custom_redirect_url``, or with one that no browser
    follows.
    """
    webview, ctx = get_webview(ctx, connect_webview_id)
    why_not = _NO_SUCCESS[webview.state]
    if why_not is not None:
        raise MisuseError(f"no login at this webview has succeeded: {why_not}")
    return after_success(webview).url


@namespace.endpoint("POST", response_key="connected_account")
def connect_account(
    ctx: ControlContext,
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
    connect_webview_id: str | None = uuid(),
) -> dict[str, Any] | LoginFailed:
    """Creates a webview and completes it at once; given ids become the account's and webview's."""
    ctx = ctx.in_workspace(get_workspace(ctx, workspace_id))
    login = _complete(
        ctx,
        Login(
            get_provider_key(provider),
            email=email,
            username=username,
            phone=phone,
            api_url=api_url,
            site=site,
            devices=None if devices is None else tuple(devices),
        ),
    )
    _check_chosen(ctx, login, connected_account_id)
    check_id(ctx, WEBVIEWS, connect_webview_id)
    ctx = ctx.choosing(
        connected_account_id=connected_account_id, connect_webview_id=connect_webview_id
    )
    webview = connect_webviews.make(
        ctx,
        accepted_providers=[provider],
        custom_metadata=custom_metadata,
        customer_key=customer_key,
        automatically_manage_new_devices=automatically_manage_new_devices,
    )
    return _show(ctx, sign_in(ctx, webview, login))


@namespace.endpoint("POST", response_key="connect_webview")
def create_connect_webview(
    ctx: ControlContext,
    *,
    connect_webview_id: str | None = uuid(),
    params: Mapping[str, Any] | None = record(),
    workspace_id: str | None = uuid(),
) -> dict[str, Any]:
    """Creates a webview as an app does with these ``params``; a given id becomes its id."""
    endpoint, given = connect_webviews.namespace.endpoints[CREATE_PATH], dict(params or {})
    for name in endpoint.unknown(given):
        raise MisuseError(f"{CREATE_PATH} has no parameter {name!r}: {', '.join(endpoint.params)}")
    values = endpoint.parse(given, lenient_ids=ctx.rules.lenient_ids)
    check_id(ctx, WEBVIEWS, connect_webview_id)
    ctx = ctx.in_workspace(get_workspace(ctx, workspace_id))
    created: dict[str, Any] = endpoint.handler(
        ctx.choosing(connect_webview_id=connect_webview_id), **values
    )
    return created


@namespace.endpoint("POST")
def disconnect_account(
    ctx: ControlContext, *, connected_account_id: str = uuid(required=True)
) -> None:
    """Disconnects an account, as its provider does after a changed password."""
    account, ctx = get_account(ctx, connected_account_id)
    break_account(ctx, account, "disconnect")


@namespace.endpoint("POST")
def request_reauthorization(
    ctx: ControlContext, *, connected_account_id: str = uuid(required=True)
) -> None:
    """Asks for an account to be authorized again; it goes on working until then."""
    account, ctx = get_account(ctx, connected_account_id)
    break_account(ctx, account, "request_reauthorization")


@namespace.endpoint("POST", response_key="connected_account")
def reconnect_account(
    ctx: ControlContext,
    *,
    connected_account_id: str = uuid(required=True),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    connect_webview_id: str | None = uuid(),
) -> dict[str, Any] | LoginFailed:
    """Signs an account's user in again, at a new webview with the account's own metadata.

    ``custom_metadata`` is the webview's metadata instead. By Seam's rule it replaces the
    account's metadata. A given ``connect_webview_id`` becomes the webview's id.
    """
    account, ctx = get_account(ctx, connected_account_id)
    check_id(ctx, WEBVIEWS, connect_webview_id)
    ctx = ctx.choosing(connect_webview_id=connect_webview_id)
    metadata = dict(account.custom_metadata) if custom_metadata is None else custom_metadata
    webview = connect_webviews.make(
        ctx,
        accepted_providers=[account.provider],
        custom_metadata=metadata,
        customer_key=account.customer_key,
        automatically_manage_new_devices=account.automatically_manage_new_devices,
    )
    # A login copies these fields from the webview to the account, which is to stay as it is.
    webview = replace(
        webview,
        accepted_capabilities=account.accepted_capabilities,
        capabilities_given=account.capabilities_given,
    )
    ctx.store.put(WEBVIEWS, webview)
    return _show(ctx, sign_in(ctx, webview, _login_of(account)))


def sign_in_fresh(ctx: ControlContext, connect_webview_id: str) -> ConnectedAccount | LoginFailed:
    """Signs in as a new user at the webview's first provider."""
    webview, ctx = get_webview(ctx, connect_webview_id)
    return sign_in(ctx, webview, _complete(ctx, Login(_choose(webview, None))))


# The login


def _choose(webview: ConnectWebview, provider: str | None) -> str:
    """Returns the key of the provider, by default the first that the webview accepts."""
    choices = offered(webview.accepted_providers)
    if not choices:
        raise MisuseError("this webview accepts no provider; create one with accepted_providers")
    if provider is None:
        return choices[0]
    key = get_provider_key(provider)
    if key not in choices:
        raise MisuseError(f"this webview does not accept {provider!r}, only {', '.join(choices)}")
    return key


def _complete(ctx: ControlContext, login: Login) -> Login:
    """Returns the login; one without a user or site gets those of a new account.

    For a brand whose page has a site filled in, a login without a site gets that site. Raises
    ``MisuseError`` for a custom device that the provider cannot have.
    """
    provider = PROVIDERS[login.provider]
    check_devices(provider, login.devices or ())
    if login.site is None and login.api_url is None:
        login = replace(login, site=filled_in_site(provider))
    field, entry = provider.login, _NEW_ENTRIES[provider.login]
    user, site = login.email or login.username or login.phone, login.site or login.api_url
    if not entry or (site if field == "site" else user) is not None:
        return login
    while True:
        number = ctx.store.next_count(("login", ctx.workspace.ordinal)) + 1
        new = replace(login, **{field: entry.format(number)})  # type: ignore[arg-type]
        if find_account(ctx, new) is None:
            return new


def _login_of(account: ConnectedAccount) -> Login:
    """Returns a login with the identity of this account."""
    identifier = account.user_identifier
    return Login(
        account.provider,
        email=identifier.get("email"),
        username=identifier.get("username"),
        phone=identifier.get("phone"),
        api_url=identifier.get("api_url"),
        site=account.site,
    )


def _check_chosen(ctx: ControlContext, login: Login, connected_account_id: str | None) -> None:
    """Raises ``MisuseError`` for ids that the account or its devices cannot get."""
    before = find_account(ctx, login)
    check_account_id(ctx, before, connected_account_id)
    check_device_ids(ctx, before, login.devices)


def _show(
    ctx: ControlContext, outcome: ConnectedAccount | LoginFailed
) -> dict[str, Any] | LoginFailed:
    return outcome if isinstance(outcome, LoginFailed) else connected_accounts.show(ctx, outcome)
