"""A login at a webview: it creates or updates an account, or it fails.

Source: docs.seam.co core-concepts/connect-webviews and "Attaching Custom Metadata to the
Connect Webview". A new account gets a copy of the webview's metadata. In an existing account it
replaces all of the metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ....core.frozen import freeze
from ....core.record_types import replace
from ....core.state_machine import ABSENT
from ....errors import LoginFailed
from ...client_sessions.record import SESSIONS
from ...connected_accounts.endpoints import has_other_customer, join_customer
from ...connected_accounts.errors import apply_transition
from ...connected_accounts.record import ACCOUNTS, ConnectedAccount
from ...connected_accounts.sync import defer_sync, sync_account
from ...context import RequestContext
from ...devices import account_devices
from ...devices.custom import merge
from ...events.emit import emit
from ...lifecycle import ACCOUNT, WEBVIEW, AccountTransition
from .. import result
from ..record import WEBVIEWS, ConnectWebview
from .errors import CUSTOMER_CONFLICT, LOGIN_ERRORS
from .providers import PROVIDERS
from .redirects import after_failure
from .sandbox import credentials_error

__all__ = ["Login", "fail", "find_account", "find_login_error", "sign_in"]

_LOGIN_SUCCEEDED = "connect_webview.login_succeeded"
_CONNECTED = "connected_account.connected"


@dataclass(frozen=True)
class Login:
    """The entries of a user. Credentials that are None are not checked.

    ``devices`` are custom devices, imported in place of the provider's usual ones.
    """

    provider: str
    email: str | None = None
    username: str | None = None
    phone: str | None = None
    api_url: str | None = None
    site: str | None = None
    password: str | None = None
    code: str | None = None
    extras: Mapping[str, str] = field(default_factory=dict)
    devices: tuple[Mapping[str, Any], ...] | None = None

    @property
    def user_identifier(self) -> dict[str, str]:
        """The account's ``user_identifier``, in the spelling of this login."""
        entries = {
            "email": self.email,
            "username": self.username,
            "phone": self.phone,
            "api_url": self.api_url,
        }
        return {name: value.strip() for name, value in entries.items() if value is not None}

    @property
    def identity(self) -> tuple[str, str, str]:
        """What identifies the account to a later login: provider, user and site.

        Unsourced: how Seam compares logins; it only says to use the same address again. Here
        only email addresses match in any letter case, and two sites are two accounts. The
        customer does not count: a second customer's login to the same account must be able to
        fail, as Seam documents.
        """
        if self.email is not None:
            user = self.email.strip().lower()
        else:
            user = (self.username or self.phone or "").strip()
        return (self.provider, user, (self.api_url or self.site or "").strip())


def sign_in(
    ctx: RequestContext, webview: ConnectWebview, login: Login
) -> ConnectedAccount | LoginFailed:
    """Runs a login; returns the account, or ``LoginFailed``.

    A failed login is not raised, which would roll back its change of the webview.
    """
    error = find_login_error(ctx, login)
    if error is not None:
        return fail(ctx, webview, error, provider=login.provider)
    before = find_account(ctx, login)
    if before is not None and has_other_customer(before, webview.customer_key):
        return fail(ctx, webview, CUSTOMER_CONFLICT, provider=login.provider)
    return _connect(ctx, webview, login, before)


def fail(
    ctx: RequestContext, webview: ConnectWebview, error_code: str, *, provider: str | None = None
) -> LoginFailed:
    """Marks the webview as failed and emits the event. Another login may follow."""
    selected = provider or webview.selected_provider
    result.fail(ctx, webview, "login_failed", selected_provider=selected)
    error = LOGIN_ERRORS[error_code]
    return LoginFailed(error_code, error.message, redirect_url=after_failure(webview, error).url)


def find_account(ctx: RequestContext, login: Login) -> ConnectedAccount | None:
    """Returns the account that an earlier login with the same identity created, or None."""
    return ctx.store.first(ACCOUNTS, ("identity", ctx.workspace_id, *login.identity))


def find_login_error(ctx: RequestContext, login: Login) -> str | None:
    """Returns the code of the error of the credentials, or None. Only sandboxes check them."""
    has_credentials = login.password is not None or login.code is not None or bool(login.extras)
    if not ctx.workspace.is_sandbox or not has_credentials:
        return None
    return credentials_error(
        PROVIDERS[login.provider],
        identifier=login.email or login.username or login.phone,
        password=login.password,
        code=login.code,
        extras=login.extras,
    )


def _connect(
    ctx: RequestContext, webview: ConnectWebview, login: Login, before: ConnectedAccount | None
) -> ConnectedAccount:
    """Creates or updates the account, and emits the events of its transition in their order."""
    row = ACCOUNT.step(ABSENT if before is None else before.state, "login")
    account = before or _new_account(ctx, login)
    if login.devices is not None:
        devices = merge(account.custom_devices, login.devices)
        account = replace(account, custom_devices=freeze(devices))
    if webview.customer_key is not None:
        account = join_customer(ctx, account, webview.customer_key)
    account = ctx.store.put(ACCOUNTS, _after_login(ctx, account, row, webview))
    for event_type in row.before_sync:
        _emit(ctx, event_type, webview, account)
    _join_sessions(ctx, webview, account)
    account_devices.restore_removed(ctx, account)
    if not ctx.rules.defer_sync:
        return sync_account(ctx, account)
    defer_sync(ctx, account)
    account_devices.emit_connections(ctx, account)
    return account


def _new_account(ctx: RequestContext, login: Login) -> ConnectedAccount:
    provider, user, site = login.identity
    return ConnectedAccount(
        connected_account_id=ctx.new_key(ACCOUNTS),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        state=ABSENT,
        provider=provider,
        identifier=user,
        site=site,
        user_identifier=login.user_identifier,
        display_name=None,
        custom_metadata={},
        automatically_manage_new_devices=True,
        accepted_capabilities=(),
        capabilities_given=False,
        customer_key=None,
        errors=(),
        warnings=(),
        unsynced=(),
        custom_devices=None,
    )


def _after_login(
    ctx: RequestContext, account: ConnectedAccount, row: AccountTransition, webview: ConnectWebview
) -> ConnectedAccount:
    """Returns the account after the transition.

    Unsourced: that a later login also applies the new webview's capabilities and its choice to
    manage new devices.
    """
    metadata = row.custom_metadata(account.custom_metadata, webview.custom_metadata, ctx.rules)
    return replace(
        apply_transition(ctx, account, row),
        custom_metadata=metadata,
        automatically_manage_new_devices=webview.automatically_manage_new_devices,
        accepted_capabilities=webview.accepted_capabilities,
        capabilities_given=webview.capabilities_given,
        unsynced=tuple(dict.fromkeys((*account.unsynced, *row.after_sync))),
    )


def _emit(
    ctx: RequestContext, event_type: str, webview: ConnectWebview, account: ConnectedAccount
) -> None:
    """Emits one event of a login. The event of the webview may have to wait for the sync."""
    if event_type != _LOGIN_SUCCEEDED:
        # In Seam's schema only this event of the account has a customer key.
        customer = {"customer_key": account.customer_key} if event_type == _CONNECTED else {}
        emit(
            ctx,
            event_type,
            owner=account.customer_key,
            connected_account_id=account.connected_account_id,
            connect_webview_id=webview.connect_webview_id,
            connected_account_custom_metadata=account.custom_metadata,
            **customer,
        )
    elif webview.wait_for_device_creation:
        state = WEBVIEW.step(webview.state, "wait_for_sync").to
        account_id = account.connected_account_id
        ctx.store.put(WEBVIEWS, replace(webview, state=state, syncing_account_id=account_id))
    else:
        result.authorize(ctx, webview, account, "login")


def _join_sessions(
    ctx: RequestContext, webview: ConnectWebview, account: ConnectedAccount
) -> None:
    """Adds the account to the client sessions that list the webview."""
    index = ("connect_webview_id", ctx.workspace_id, webview.connect_webview_id)
    for session in ctx.store.find(SESSIONS, index):
        ids = dict.fromkeys((*session.connected_account_ids, account.connected_account_id))
        ctx.store.put(SESSIONS, replace(session, connected_account_ids=tuple(ids)))
