"""/connected_accounts: the accounts that logins create.

Source: docs.seam.co api/connected_accounts and core-concepts/connected-accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.frozen import thaw
from ...core.record_types import replace
from ...core.shown import Shown
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, boolean, enum, integer, text, uuid
from ...schema.params import email as email_param
from .. import deletion
from ..auth import BACKEND, BACKEND_OR_CUSTOMER, EVERYONE
from ..connect_webviews.login.providers import CAPABILITIES, PROVIDERS, image_url
from ..context import RequestContext
from ..customers.keys import ensure, is_visible
from ..devices import account_devices
from ..events.record import EVENTS
from ..lifecycle import ACCOUNT
from ..listing import (
    by_customer,
    by_metadata,
    contains,
    list_page,
    of_user,
    page_cursor,
    search_text,
)
from ..metadata import custom_metadata as custom_metadata_param
from ..metadata import custom_metadata_has as custom_metadata_has_param
from ..metadata import filter_pairs, matches
from ..spaces.members import accounts_in
from .events import emit_account_event
from .record import ACCOUNTS, ConnectedAccount
from .sync import abandon_sync, sync_account

__all__ = ["find", "has_other_customer", "join_customer", "namespace", "show", "visible"]

namespace = Namespace("/connected_accounts")

DEFAULT_LIMIT = 11000
MAX_DISPLAY_NAME = 255

# Unsourced: the text. Seam says only that an account with a customer cannot get another one.
OTHER_CUSTOMER_TYPE = "connected_account_already_associated_with_customer"
OTHER_CUSTOMER_MESSAGE = "Connected account is already associated with a customer"


@namespace.endpoint(
    "GET POST",
    callers=EVERYONE,
    response_key="connected_account",
    any_of=("connected_account_id", "email"),
)
def get(
    ctx: RequestContext,
    *,
    connected_account_id: str | None = uuid(),
    email: str | None = email_param(),
) -> Shown:
    """Returns one account, by id, or the oldest with this email address.

    Unsourced: that letter case does not matter, and which of several accounts is returned.
    """
    if connected_account_id is not None:
        return shown(ctx, find(ctx, connected_account_id))
    index = ("email", ctx.workspace_id, str(email).lower())
    for account in ctx.store.find(ACCOUNTS, index):
        if visible(ctx, account):
            return shown(ctx, account)
    raise _not_found({"email": email})


@namespace.endpoint("GET POST", callers=BACKEND_OR_CUSTOMER, response_key="connected_accounts")
def list_(
    ctx: RequestContext,
    *,
    custom_metadata_has: Mapping[str, Any] | None = custom_metadata_has_param(),
    customer_key: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    space_id: str | None = uuid(),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the accounts that meet every filter, oldest first, including disconnected ones."""
    has = filter_pairs(custom_metadata_has)
    workspace_id = ctx.workspace_id
    return list_page(
        ctx,
        ACCOUNTS,
        shown,
        within=[
            ("workspace", workspace_id),
            *by_metadata(workspace_id, has),
            *by_customer(workspace_id, customer_key),
        ],
        limits=_limits(ctx, user_identifier_key, space_id),
        where=lambda account: (
            visible(ctx, account)
            and matches(account.custom_metadata, has)
            and (search is None or _contains(account, search))
        ),
        limit=limit,
        page_cursor=page_cursor,
    )


@namespace.endpoint("PATCH POST", callers=BACKEND, response_key="connected_account")
def update(
    ctx: RequestContext,
    *,
    connected_account_id: str = uuid(required=True),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    automatically_manage_new_devices: bool | None = boolean(),
    accepted_capabilities: list[str] | None = array(enum(*CAPABILITIES)),
    customer_key: str | None = text(minimum=1),
    display_name: str | None = text(minimum=1, maximum=MAX_DISPLAY_NAME),
) -> Shown:
    """Changes only what is sent. Metadata that is sent replaces all of the account's metadata."""
    account = find(ctx, connected_account_id)
    row = ACCOUNT.step(account.state, "update")
    if custom_metadata is not None:
        metadata = row.custom_metadata(account.custom_metadata, custom_metadata, ctx.rules)
        account = replace(account, custom_metadata=metadata)
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
        account = join_customer(ctx, account, customer_key)
    return shown(ctx, ctx.store.put(ACCOUNTS, replace(account, state=row.to)))


@namespace.endpoint("DELETE POST", callers=BACKEND_OR_CUSTOMER)
def delete(
    ctx: RequestContext,
    *,
    connected_account_id: str = uuid(required=True),
    sync: bool = boolean(default=False),
) -> None:
    """Deletes the account with its devices and past events. Webviews stay.

    Emits an event for the account and for each device, which stay: otherwise no app could read
    them. Unsourced: that, and the order of the events.
    Unsourced: that ``sync`` changes nothing. No page explains it and no SDK sends it, and a
    deletion here is immediate.
    """
    account = find(ctx, connected_account_id)
    row = ACCOUNT.step(account.state, "delete")
    _delete_events(ctx, account)
    for event_type in row.emits:
        emit_account_event(
            ctx,
            event_type,
            account,
            connected_account_type=account.provider,
            customer_key=account.customer_key,
        )
    deletion.delete(ctx, ACCOUNTS, account)
    abandon_sync(ctx, account)


@namespace.endpoint("POST", callers=BACKEND)
def sync(ctx: RequestContext, *, connected_account_id: str = uuid(required=True)) -> None:
    """Imports the account's devices again, or for the first time if that sync was deferred.

    Unsourced: that it has no effect on a disconnected account.
    """
    sync_account(ctx, find(ctx, connected_account_id))


def find(ctx: RequestContext, connected_account_id: str) -> ConnectedAccount:
    """Returns the account.

    Raises Seam's 404 if it does not exist, belongs to another workspace, or is not visible to
    the caller.
    """
    account = ctx.get(ACCOUNTS, connected_account_id)
    if account is None or not visible(ctx, account):
        raise _not_found({"connected_account_id": connected_account_id})
    return account


def show(ctx: RequestContext, account: ConnectedAccount) -> dict[str, Any]:
    """Returns the account as Seam shows it. Only ``errors`` shows whether it is connected."""
    return _show(account)


def shown(ctx: RequestContext, account: ConnectedAccount) -> Shown:
    """Returns the same, made once for each version of the account."""
    return ctx.store.shown.get(_show, account)


def _show(account: ConnectedAccount) -> dict[str, Any]:
    result = {
        "connected_account_id": account.connected_account_id,
        "account_type": account.provider,
        "account_type_display_name": PROVIDERS[account.provider].display_name,
        "display_name": account.display_name or _derived_name(account),
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
        result["customer_key"] = account.customer_key
    return result


def visible(ctx: RequestContext, account: ConnectedAccount) -> bool:
    """Returns whether the caller may see the account. A client session sees its own accounts."""
    session = ctx.session
    listed = session is not None and account.connected_account_id in session.connected_account_ids
    return is_visible(ctx, account.customer_key, listed=listed)


def has_other_customer(account: ConnectedAccount, customer_key: str | None) -> bool:
    """Returns whether the account has a customer other than this one. None is no customer.

    Unsourced: that the same customer is no conflict. Otherwise reconnecting would not work.
    """
    current = account.customer_key
    return None not in (customer_key, current) and current != customer_key


def join_customer(
    ctx: RequestContext, account: ConnectedAccount, customer_key: str
) -> ConnectedAccount:
    """Returns the account with this customer, and gives the customer to its devices.

    Raises ``ApiError`` if the account has another customer.
    """
    if has_other_customer(account, customer_key):
        raise ApiError(400, OTHER_CUSTOMER_TYPE, OTHER_CUSTOMER_MESSAGE)
    ensure(ctx, customer_key)
    account_devices.join_customer(ctx, account, customer_key)
    return replace(account, customer_key=customer_key)


def _delete_events(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Deletes the account's past events, those of its devices and logins among them."""
    index = ("connected_account_id", ctx.workspace_id, account.connected_account_id)
    for event in ctx.store.find(EVENTS, index):
        ctx.store.put(EVENTS, replace(event, is_deleted=True))


def _not_found(data: Mapping[str, Any]) -> ApiError:
    return ApiError(404, "connected_account_not_found", "Connected account not found", data=data)


def _derived_name(account: ConnectedAccount) -> str:
    """Returns the user's identifier, else the site, else the brand.

    Unsourced: that the identifier is shown in full. A sample masks it by an undocumented rule.
    """
    for name in ("email", "username", "phone"):
        if account.user_identifier.get(name):
            return account.user_identifier[name]
    return account.site or PROVIDERS[account.provider].display_name


def _limits(
    ctx: RequestContext, user_identifier_key: str | None, space_id: str | None
) -> list[set[str]]:
    limits = []
    if space_id is not None:
        limits.append(accounts_in(ctx, space_id))
    if user_identifier_key is not None:
        limits.append(of_user(ctx, user_identifier_key, "connected_account_ids"))
    return limits


def _contains(account: ConnectedAccount, search: str) -> bool:
    names = (account.user_identifier.get(name) for name in ("username", "email", "phone"))
    texts = (account.connected_account_id, account.provider, account.customer_key, *names)
    return contains(search, texts, account.custom_metadata)
