"""/connected_accounts: what a login leaves behind, until it is deleted.

Source: docs.seam.co api/connected_accounts and core-concepts/connected-accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace, Paged
from ..core.frozen import thaw
from ..core.params import array, boolean, enum, integer, text, uuid
from ..core.params import email as email_param
from ..errors import ApiError
from . import account_devices
from .auth import BACKEND, BACKEND_OR_CUSTOMER, EVERYONE
from .call import Call
from .customer_keys import ensure, sees
from .events import emit
from .lifecycle import ACCOUNT
from .listing import (
    by_customer,
    by_metadata,
    contains,
    list_page,
    of_user,
    page_cursor,
    search_text,
)
from .metadata import custom_metadata as custom_metadata_param
from .metadata import custom_metadata_has as custom_metadata_has_param
from .metadata import matches, wanted
from .providers import CAPABILITIES, PROVIDERS, image_url
from .records import ConnectedAccount
from .space_members import accounts_in, forget_account
from .tables import ACCOUNTS, SESSIONS
from .sync import abandon_sync, sync_account

__all__ = ["belongs_elsewhere", "find", "join_customer", "namespace", "show", "visible"]

namespace = Namespace("/connected_accounts")

DEFAULT_LIMIT = 11000
MAX_DISPLAY_NAME = 255

# Unsourced: Seam says that a customer may only be set where there is none, not in which words.
OTHER_CUSTOMER_TYPE = "connected_account_already_associated_with_customer"
OTHER_CUSTOMER_MESSAGE = "Connected account is already associated with a customer"


@namespace.endpoint(
    "GET POST",
    callers=EVERYONE,
    answer="connected_account",
    either=("connected_account_id", "email"),
)
def get(
    call: Call,
    *,
    connected_account_id: str | None = uuid(),
    email: str | None = email_param(),
) -> dict[str, Any]:
    """One account: by id, or the oldest with this e-mail address.

    Unsourced: that letter case does not matter, and which of several is meant.
    """
    if connected_account_id is not None:
        return show(call, find(call, connected_account_id))
    index = ("email", call.workspace_id, str(email).lower())
    for account in call.store.find(ACCOUNTS, index):
        if visible(call, account):
            return show(call, account)
    raise _not_found({"email": email})


@namespace.endpoint("GET POST", callers=BACKEND_OR_CUSTOMER, answer="connected_accounts")
def list_(
    call: Call,
    *,
    custom_metadata_has: Mapping[str, Any] | None = custom_metadata_has_param(),
    customer_key: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    space_id: str | None = uuid(),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """The accounts that meet every filter, oldest first; disconnected ones too."""
    has = wanted(custom_metadata_has)
    workspace_id = call.workspace_id
    return list_page(
        call,
        ACCOUNTS,
        show,
        within=[
            ("workspace", workspace_id),
            *by_metadata(workspace_id, has),
            *by_customer(workspace_id, customer_key),
        ],
        only=_only(call, user_identifier_key, space_id),
        where=lambda account: visible(call, account)
        and matches(account.custom_metadata, has)
        and (search is None or _contains(account, search)),
        limit=limit,
        page_cursor=page_cursor,
    )


@namespace.endpoint("PATCH POST", callers=BACKEND, answer="connected_account")
def update(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    automatically_manage_new_devices: bool | None = boolean(),
    accepted_capabilities: list[str] | None = array(enum(*CAPABILITIES)),
    customer_key: str | None = text(minimum=1),
    display_name: str | None = text(minimum=1, maximum=MAX_DISPLAY_NAME),
) -> dict[str, Any]:
    """Change what was sent, leave the rest; the metadata that is sent replaces all of it."""
    account = find(call, connected_account_id)
    row = ACCOUNT.step(account.state, "update")
    if custom_metadata is not None:
        kept = row.custom_metadata(account.custom_metadata, custom_metadata, call.rules)
        account = replace(account, custom_metadata=kept)
    if automatically_manage_new_devices is not None:
        account = replace(
            account, automatically_manage_new_devices=automatically_manage_new_devices
        )
    if accepted_capabilities is not None:
        account = replace(
            account, accepted_capabilities=tuple(accepted_capabilities), capabilities_given=True
        )
    if display_name is not None:
        account = replace(account, display_name=display_name)
    if customer_key is not None:
        account = join_customer(call, account, customer_key)
    return show(call, call.store.put(ACCOUNTS, replace(account, state=row.to)))


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def delete(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    sync: bool = boolean(default=False),
) -> None:
    """The account and its devices are gone, with an event for each; webviews stay as they are.

    Unsourced: the order of the events; that past events stay readable although Seam says that
    events are removed too: the announcement itself could not be read otherwise; that ``sync``,
    which no page explains and no SDK sends, changes nothing, as a deletion is done at once.
    """
    account = find(call, connected_account_id)
    row = ACCOUNT.step(account.state, "delete")
    for announcement in row.announce:
        emit(
            call,
            announcement,
            owner=account.customer_key,
            connected_account_id=connected_account_id,
            connected_account_custom_metadata=account.custom_metadata,
            connected_account_type=account.provider,
            customer_key=account.customer_key,
        )
    account_devices.delete_all(call, account)
    abandon_sync(call, account)
    forget_account(call, connected_account_id)
    call.store.delete(ACCOUNTS, connected_account_id)
    for session in call.store.find(SESSIONS, ("account", call.workspace_id, connected_account_id)):
        left = tuple(one for one in session.connected_account_ids if one != connected_account_id)
        call.store.put(SESSIONS, replace(session, connected_account_ids=left))


@namespace.endpoint("POST", callers=BACKEND)
def sync(call: Call, *, connected_account_id: str = uuid(required=True)) -> None:
    """Look for the account's devices again; carries out a first sync that was deferred.

    Unsourced: that it has no effect on a disconnected account.
    """
    sync_account(call, find(call, connected_account_id))


def find(call: Call, connected_account_id: str) -> ConnectedAccount:
    """The account, or Seam's 404: also for another workspace's, and out of a session's sight."""
    account = call.store.get(ACCOUNTS, connected_account_id)
    if account is None or account.workspace_id != call.workspace_id or not visible(call, account):
        raise _not_found({"connected_account_id": connected_account_id})
    return account


def show(call: Call, account: ConnectedAccount) -> dict[str, Any]:
    """The account as Seam shows it: whether it is connected is told by ``errors`` alone."""
    shown = {
        "connected_account_id": account.connected_account_id,
        "account_type": account.provider,
        "account_type_display_name": PROVIDERS[account.provider].display_name,
        "display_name": account.display_name or _plain_name(account),
        "user_identifier": dict(account.user_identifier),
        "image_url": image_url(account.provider),
        "created_at": account.created_at,
        "automatically_manage_new_devices": account.automatically_manage_new_devices,
        "accepted_capabilities": list(account.accepted_capabilities),
        "custom_metadata": dict(account.custom_metadata),
        "errors": thaw(account.errors),
        "warnings": thaw(account.warnings),
    }
    if account.customer_key is not None:
        shown["customer_key"] = account.customer_key
    return shown


def visible(call: Call, account: ConnectedAccount) -> bool:
    """Whether the caller may see it: a client session sees its own accounts."""
    session = call.session
    listed = session is not None and account.connected_account_id in session.connected_account_ids
    return sees(call, account.customer_key, listed=listed)


def belongs_elsewhere(account: ConnectedAccount, customer_key: str | None) -> bool:
    """Whether the account has a customer that is not this one; None asks for no customer.

    Unsourced: that the same customer again is no conflict; reconnecting has to work.
    """
    kept = account.customer_key
    return None not in (customer_key, kept) and kept != customer_key


def join_customer(call: Call, account: ConnectedAccount, customer_key: str) -> ConnectedAccount:
    """The account under this customer, its devices too; raises if it has another one."""
    if belongs_elsewhere(account, customer_key):
        raise ApiError(400, OTHER_CUSTOMER_TYPE, OTHER_CUSTOMER_MESSAGE)
    ensure(call, customer_key)
    account_devices.join_customer(call, account, customer_key)
    return replace(account, customer_key=customer_key)


def _not_found(data: Mapping[str, Any]) -> ApiError:
    return ApiError(404, "connected_account_not_found", "Connected account not found", data=data)


def _plain_name(account: ConnectedAccount) -> str:
    """Unsourced: a sample masks the address in ``display_name`` by a rule that is not given."""
    for name in ("email", "username", "phone"):
        if account.user_identifier.get(name):
            return account.user_identifier[name]
    return account.site or PROVIDERS[account.provider].display_name


def _only(call: Call, user_identifier_key: str | None, space_id: str | None) -> set[str] | None:
    chosen = []
    if space_id is not None:
        chosen.append(accounts_in(call, space_id))
    if user_identifier_key is not None:
        chosen.append(of_user(call, user_identifier_key, "connected_account_ids"))
    return set.intersection(*chosen) if chosen else None


def _contains(account: ConnectedAccount, search: str) -> bool:
    named = (account.user_identifier.get(name) for name in ("username", "email", "phone"))
    texts = (account.connected_account_id, account.provider, account.customer_key, *named)
    return contains(search, texts, account.custom_metadata)
