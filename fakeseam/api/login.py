"""A user signs in at a webview: the account is made or found again, or the login fails.

Source: docs.seam.co core-concepts/connect-webviews and "Attaching Custom Metadata to the
Connect Webview": a new account gets a copy of the webview's metadata, an account that exists
has all of its metadata replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..core.frozen import freeze
from ..core.machine import ABSENT
from ..errors import LoginFailed
from . import account_devices
from .call import Call
from .connected_accounts import belongs_elsewhere, join_customer
from .events import emit
from .lifecycle import ACCOUNT, WEBVIEW, AccountTransition
from .login_errors import CUSTOMER_CONFLICT, LOGIN_ERRORS
from .own_devices import together
from .providers import PROVIDERS
from .records import ConnectedAccount, ConnectWebview
from .redirects import after_failure
from .sandbox_login import credentials_error
from .sync import authorize, defer_sync, sync_account
from .tables import ACCOUNTS, SESSIONS, WEBVIEWS
from .troubles import with_troubles

__all__ = ["Login", "fail", "find_account", "refused", "sign_in"]


@dataclass(frozen=True)
class Login:
    """What the user typed. Credentials are judged only where they were given.

    ``new_account_id`` is the id that a test wants for an account made by this login,
    ``devices`` are those that it brings in place of the provider's usual ones.
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
    new_account_id: str | None = None
    devices: tuple[Mapping[str, Any], ...] | None = None

    @property
    def user_identifier(self) -> dict[str, str]:
        """What the account will say of its user, in the spelling of this login."""
        named = {
            "email": self.email,
            "username": self.username,
            "phone": self.phone,
            "api_url": self.api_url,
        }
        return {name: value.strip() for name, value in named.items() if value is not None}

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes a later login the same account: provider, user and site.

        Unsourced: Seam says to log in with the same address again, not how it compares.
        Letter case counts in nothing but e-mail addresses; two sites are two accounts; the
        customer is no part of it, or the documented conflict could never happen.
        """
        if self.email is not None:
            user = self.email.strip().lower()
        else:
            user = (self.username or self.phone or "").strip()
        return (self.provider, user, (self.api_url or self.site or "").strip())


def sign_in(call: Call, webview: ConnectWebview, login: Login) -> ConnectedAccount | LoginFailed:
    """Carry a login out. A failed one is returned, not raised: it has changed the webview."""
    error = refused(call, login)
    if error is not None:
        return fail(call, webview, error, provider=login.provider)
    before = find_account(call, login)
    if before is not None and belongs_elsewhere(before, webview.customer_key):
        return fail(call, webview, CUSTOMER_CONFLICT, provider=login.provider)
    return _enter(call, webview, login, before)


def fail(
    call: Call, webview: ConnectWebview, error_code: str, *, provider: str | None = None
) -> LoginFailed:
    """The login does not succeed; the webview says so and can be tried again."""
    failed = replace(
        webview,
        state=WEBVIEW.step(webview.state, "login_failed").to,
        selected_provider=provider or webview.selected_provider,
    )
    call.store.put(WEBVIEWS, failed)
    emit(
        call,
        "connect_webview.login_failed",
        owner=webview.customer_key,
        connect_webview_id=webview.connect_webview_id,
    )
    error = LOGIN_ERRORS[error_code]
    return LoginFailed(
        error_code, error.message, redirect_url=after_failure(webview, error).url
    )


def find_account(call: Call, login: Login) -> ConnectedAccount | None:
    """The account of an earlier login with the same identity in this workspace."""
    return call.store.first(ACCOUNTS, ("identity", call.workspace_id, *login.identity))


def refused(call: Call, login: Login) -> str | None:
    """What is wrong with the credentials; only sandbox workspaces know which are right."""
    typed = login.password is not None or login.code is not None or bool(login.extras)
    if not call.workspace.is_sandbox or not typed:
        return None
    return credentials_error(
        PROVIDERS[login.provider],
        identifier=login.email or login.username or login.phone,
        password=login.password,
        code=login.code,
        extras=login.extras,
    )


def _enter(
    call: Call, webview: ConnectWebview, login: Login, before: ConnectedAccount | None
) -> ConnectedAccount:
    """The row of the account's table, carried out in the order that it announces."""
    row = ACCOUNT.step(ABSENT if before is None else before.state, "login")
    account = before or _new_account(call, login)
    if login.devices is not None:
        own = together(account.own_devices, login.devices)
        account = replace(account, own_devices=freeze(own))
    if webview.customer_key is not None:
        account = join_customer(call, account, webview.customer_key)
    account = call.store.put(ACCOUNTS, _after_login(call, account, row, webview))
    for announcement in row.at_once:
        _announce(call, announcement, webview, account)
    _join_sessions(call, webview, account)
    account_devices.find_again(call, account)
    if not call.rules.defer_sync:
        return sync_account(call, account)
    defer_sync(call, account)
    account_devices.announce_connections(call, account)
    return account


def _new_account(call: Call, login: Login) -> ConnectedAccount:
    provider, user, site = login.identity
    return ConnectedAccount(
        connected_account_id=login.new_account_id or _free_id(call),
        workspace_id=call.workspace_id,
        created_at=call.now(),
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
        own_devices=None,
    )


def _free_id(call: Call) -> str:
    """A new account's id; one that a test has written down and used is passed over."""
    while True:
        account_id = call.new_id("connected_account")
        if call.store.get(ACCOUNTS, account_id) is None:
            return account_id


def _after_login(
    call: Call, account: ConnectedAccount, row: AccountTransition, webview: ConnectWebview
) -> ConnectedAccount:
    """The account as the row leaves it.

    Unsourced: that a later login also takes over what the new webview accepts and manages.
    """
    metadata = row.custom_metadata(account.custom_metadata, webview.custom_metadata, call.rules)
    return replace(
        with_troubles(call, account, row),
        custom_metadata=metadata,
        automatically_manage_new_devices=webview.automatically_manage_new_devices,
        accepted_capabilities=webview.accepted_capabilities,
        capabilities_given=webview.capabilities_given,
        unsynced=tuple(dict.fromkeys((*account.unsynced, *row.after_sync))),
    )


def _announce(
    call: Call, announcement: str, webview: ConnectWebview, account: ConnectedAccount
) -> None:
    """One announcement of a login; the webview's own may have to wait for the sync."""
    if not announcement.startswith("connect_webview."):
        # Seam's schema gives a customer key to the connection alone.
        customer = {"customer_key": account.customer_key} if announcement == _CONNECTED else {}
        emit(
            call,
            announcement,
            owner=account.customer_key,
            connected_account_id=account.connected_account_id,
            connect_webview_id=webview.connect_webview_id,
            connected_account_custom_metadata=account.custom_metadata,
            **customer,
        )
    elif webview.wait_for_device_creation:
        state = WEBVIEW.step(webview.state, "wait_for_sync").to
        account_id = account.connected_account_id
        call.store.put(WEBVIEWS, replace(webview, state=state, syncing_account_id=account_id))
    else:
        authorize(call, webview, account, "login")


_CONNECTED = "connected_account.connected"


def _join_sessions(call: Call, webview: ConnectWebview, account: ConnectedAccount) -> None:
    """Client sessions that the webview belongs to may see the account."""
    index = ("webview", call.workspace_id, webview.connect_webview_id)
    for session in call.store.find(SESSIONS, index):
        ids = dict.fromkeys((*session.connected_account_ids, account.connected_account_id))
        call.store.put(SESSIONS, replace(session, connected_account_ids=tuple(ids)))
