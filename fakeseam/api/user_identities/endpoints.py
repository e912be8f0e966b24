"""/user_identities: the users of an app, as Seam knows them.

Source: docs.seam.co api/user_identities; ``customer_key`` from the newest SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.clock import format_timestamp, to_ms
from ...core.record_types import replace
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, datetime_text, email, integer, text, uuid
from .. import deletion
from ..auth import BACKEND, BACKEND_OR_CUSTOMER, SESSION
from ..client_sessions.record import SESSIONS
from ..context import RequestContext
from ..customers.keys import ensure, is_visible, key_for_new
from ..listing import contains, list_page, page_cursor, search_text
from .record import USER_IDENTITIES, UserIdentity

__all__ = ["find", "namespace", "phone_number_param", "push", "remove", "show", "visible"]

namespace = Namespace("/user_identities")

DEFAULT_LIMIT = 500

# Seam documents that each of the three is unique. Unsourced: how it refuses a second one.
TAKEN_TYPE = "user_identity_already_exists"

# Each unique field, and the index that finds another identity with the same value.
UNIQUE = {"user_identity_key": "key", "email_address": "email", "phone_number": "phone"}

NO_SYSTEMS = "acs_system_ids can name no access system, as none are implemented"


def phone_number_param(*, nullable: bool = True) -> Any:
    """Returns the parameter for a phone number in E.164 format, which Seam requires.

    Unsourced: that Seam refuses a number in another format.
    """
    return text(nullable=nullable, pattern=r"\+[1-9]\d{1,14}")


@namespace.endpoint("POST", callers=BACKEND, response_key="user_identity", partial_note=NO_SYSTEMS)
def create(
    ctx: RequestContext,
    *,
    user_identity_key: str | None = text(nullable=True, minimum=1),
    email_address: str | None = email(nullable=True),
    phone_number: str | None = phone_number_param(),
    full_name: str | None = text(nullable=True, minimum=1),
    customer_key: str | None = text(minimum=1),
    acs_system_ids: list[str] = array(uuid(), default=()),
) -> dict[str, Any]:
    """Creates an identity; every parameter is optional."""
    if acs_system_ids:  # Unsourced: the message
        data = {"acs_system_id": acs_system_ids[0]}
        raise ApiError(404, "acs_system_not_found", "Access system not found", data=data)
    identity = _new(ctx, key_for_new(ctx, customer_key))
    identity = replace(
        identity,
        user_identity_key=user_identity_key,
        email_address=email_address,
        phone_number=phone_number,
        full_name=full_name,
    )
    return show(ctx, _put(ctx, identity))


@namespace.endpoint(
    "GET POST",
    callers=BACKEND_OR_CUSTOMER,
    response_key="user_identity",
    any_of=("user_identity_id", "user_identity_key"),
)
def get(
    ctx: RequestContext,
    *,
    user_identity_id: str | None = uuid(),
    user_identity_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """Returns one identity: by id, else by key."""
    if user_identity_id is not None:
        return show(ctx, find(ctx, user_identity_id))
    identity = _find_by(ctx, "key", str(user_identity_key))
    if identity is None or not visible(ctx, identity):
        raise _not_found({"user_identity_key": user_identity_key})
    return show(ctx, identity)


@namespace.endpoint(
    "GET POST",
    callers=BACKEND | {SESSION},
    response_key="user_identities",
    partial_note=(
        "credential_manager_acs_system_id finds nothing, as no access system is implemented"
    ),
)
def list_(
    ctx: RequestContext,
    *,
    user_identity_ids: list[str] | None = array(uuid()),
    search: str | None = search_text(),
    created_before: str | None = datetime_text(),
    credential_manager_acs_system_id: str | None = uuid(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the identities that meet every filter, oldest first.

    A client session sees only its own. No identity is in an access system, so the filter by
    access system finds none.
    """
    before = None if created_before is None else format_timestamp(to_ms(created_before, up=True))
    return list_page(
        ctx,
        USER_IDENTITIES,
        show,
        within=[("workspace", ctx.workspace_id)],
        limits=_limits(ctx),
        where=lambda identity: (
            visible(ctx, identity)
            and (before is None or identity.created_at < before)
            and (search is None or contains(search, _texts(identity), {}))
        ),
        limit=limit,
        page_cursor=page_cursor,
    )


@namespace.endpoint("PATCH POST", callers=BACKEND)
def update(
    ctx: RequestContext,
    *,
    user_identity_id: str = uuid(required=True),
    user_identity_key: str | None = text(nullable=True, minimum=1),
    email_address: str | None = email(nullable=True),
    phone_number: str | None = phone_number_param(),
    full_name: str | None = text(nullable=True, minimum=1),
) -> None:
    """Changes the fields that were sent and keeps the others; null clears a field."""
    identity = find(ctx, user_identity_id)
    changed = {name: value for name, value in ctx.params.items() if name != "user_identity_id"}
    _put(ctx, replace(identity, **changed))


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(ctx: RequestContext, *, user_identity_id: str = uuid(required=True)) -> None:
    """Deletes the identity and its client sessions."""
    remove(ctx, find(ctx, user_identity_id))


def push(ctx: RequestContext, customer_key: str, pushed: Mapping[str, Any]) -> None:
    """Creates or changes the customer's identity with this key.

    Unsourced: that an identity without a customer becomes this customer's, and that another
    customer's identity is refused, and that an absent field keeps its value.
    """
    identity = _find_by(ctx, "key", pushed["user_identity_key"])
    if identity is None:
        identity = _new(ctx, ensure(ctx, customer_key))
    elif identity.customer_key not in (None, customer_key):
        raise _already_exists("user_identity_key")
    names = {"name": "full_name", **{name: name for name in UNIQUE}}
    changed = {field: pushed[name] for name, field in names.items() if name in pushed}
    _put(ctx, replace(identity, **changed, customer_key=customer_key))


def remove(ctx: RequestContext, identity: UserIdentity) -> None:
    """Deletes the identity with its client sessions, as Seam does, and emits their events."""
    index = ("user_identity", ctx.workspace_id, identity.user_identity_id)
    for session in ctx.store.find(SESSIONS, index):
        deletion.delete(ctx, SESSIONS, session)
    deletion.delete(ctx, USER_IDENTITIES, identity)


def find(ctx: RequestContext, user_identity_id: str) -> UserIdentity:
    """Returns the workspace's identity. Raises Seam's 404 if the caller does not see one."""
    identity = ctx.get(USER_IDENTITIES, user_identity_id)
    if identity is None or not visible(ctx, identity):
        raise _not_found({"user_identity_id": user_identity_id})
    return identity


def visible(ctx: RequestContext, identity: UserIdentity) -> bool:
    """Returns whether the caller may see it: a client session sees its own."""
    session = ctx.session
    listed = session is not None and session.user_identity_id == identity.user_identity_id
    return is_visible(ctx, identity.customer_key, listed=listed)


def show(ctx: RequestContext, identity: UserIdentity) -> dict[str, Any]:
    """Returns the identity as Seam shows it. Merging identities is not implemented."""
    return {
        "user_identity_id": identity.user_identity_id,
        "workspace_id": identity.workspace_id,
        "created_at": identity.created_at,
        "user_identity_key": identity.user_identity_key,
        "email_address": identity.email_address,
        "phone_number": identity.phone_number,
        "full_name": identity.full_name,
        "display_name": _display_name(identity),
        "merged_user_identity_ids": [],
        "merged_user_identity_keys": [],
        "acs_user_ids": [],
        "errors": [],
        "warnings": [],
    }


def _display_name(identity: UserIdentity) -> str:
    """Returns the full name, or else the first of address, number, key and id that is set.

    Unsourced: what replaces a missing name; the display name is never empty.
    """
    return (
        identity.full_name
        or identity.email_address
        or identity.phone_number
        or identity.user_identity_key
        or identity.user_identity_id
    )


def _new(ctx: RequestContext, customer_key: str | None) -> UserIdentity:
    return UserIdentity(
        user_identity_id=ctx.new_id("user_identity"),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        user_identity_key=None,
        email_address=None,
        phone_number=None,
        full_name=None,
        customer_key=customer_key,
    )


def _put(ctx: RequestContext, identity: UserIdentity) -> UserIdentity:
    """Stores the identity.

    Raises Seam's 400 if another identity has the same key, address or number.
    """
    for name, index in UNIQUE.items():
        value = getattr(identity, name)
        other = None if value is None else _find_by(ctx, index, value)
        if other is not None and other.user_identity_id != identity.user_identity_id:
            raise _already_exists(name)
    return ctx.store.put(USER_IDENTITIES, identity)


def _find_by(ctx: RequestContext, index: str, value: str) -> UserIdentity | None:
    """Returns the identity with this value in a unique field, or None.

    Unsourced: that only email addresses match in any letter case.
    """
    value = value.lower() if index == "email" else value
    return ctx.store.first(USER_IDENTITIES, (index, ctx.workspace_id, value))


def _limits(ctx: RequestContext) -> list[set[str]]:
    limits: list[set[str]] = []
    if "credential_manager_acs_system_id" in ctx.params:
        limits.append(set())
    if "user_identity_ids" in ctx.params:
        limits.append(set(ctx.params["user_identity_ids"]))
    if ctx.session is not None:
        limits.append({ctx.session.user_identity_id or ""})
    return limits


def _texts(identity: UserIdentity) -> tuple[str | None, ...]:
    return (
        identity.user_identity_id,
        identity.full_name,
        identity.email_address,
        identity.phone_number,
    )


def _already_exists(name: str) -> ApiError:
    return ApiError(400, TAKEN_TYPE, f"A user identity with this {name} already exists")


def _not_found(data: Mapping[str, Any]) -> ApiError:
    """Returns the 404 for a user identity that does not exist.

    Unsourced: the message, which follows Seam's for other resources.
    """
    return ApiError(404, "user_identity_not_found", "User identity not found", data=data)
