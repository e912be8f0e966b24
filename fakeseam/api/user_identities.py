"""/user_identities: the users of an app, as Seam knows them.

Source: docs.seam.co api/user_identities; ``customer_key`` from the newest SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..core.clock import stamp, to_ms
from ..core.endpoint import Namespace, Paged
from ..core.params import array, datetime_text, email, integer, text, uuid
from ..errors import ApiError
from .auth import BACKEND, BACKEND_OR_CUSTOMER, SESSION
from .call import Call
from .customer_keys import ensure, of_new, sees
from .events import emit
from .listing import contains, list_page, page_cursor, search_text
from .records import UserIdentity
from .tables import SESSIONS, USER_IDENTITIES

__all__ = ["find", "namespace", "push", "remove", "show", "visible"]

namespace = Namespace("/user_identities")

DEFAULT_LIMIT = 500

# Unsourced: Seam says that each of the three is unique, not how it refuses a second one.
TAKEN_TYPE = "user_identity_already_exists"

# Each field that is unique, and the index by which another identity with it is found.
UNIQUE = {"user_identity_key": "key", "email_address": "email", "phone_number": "phone"}

NO_SYSTEMS = "acs_system_ids can name no access system, as none are modelled"


def phone_number_param() -> Any:
    """Unsourced: that a number which is not in E.164 format, as Seam asks, is refused."""
    return text(nullable=True, pattern=r"\+[1-9]\d{1,14}")


@namespace.endpoint("POST", callers=BACKEND, answer="user_identity", partly=NO_SYSTEMS)
def create(
    call: Call,
    *,
    user_identity_key: str | None = text(nullable=True, minimum=1),
    email_address: str | None = email(nullable=True),
    phone_number: str | None = phone_number_param(),
    full_name: str | None = text(nullable=True, minimum=1),
    customer_key: str | None = text(minimum=1),
    acs_system_ids: list[str] = array(uuid(), default=()),
) -> dict[str, Any]:
    """An identity; everything about it is optional."""
    if acs_system_ids:  # Unsourced: the words
        data = {"acs_system_id": acs_system_ids[0]}
        raise ApiError(404, "acs_system_not_found", "Access system not found", data=data)
    identity = _new(call, of_new(call, customer_key))
    identity = replace(
        identity,
        user_identity_key=user_identity_key,
        email_address=email_address,
        phone_number=phone_number,
        full_name=full_name,
    )
    return show(_put(call, identity))


@namespace.endpoint(
    "GET POST",
    callers=BACKEND_OR_CUSTOMER,
    answer="user_identity",
    either=("user_identity_id", "user_identity_key"),
)
def get(
    call: Call,
    *,
    user_identity_id: str | None = uuid(),
    user_identity_key: str | None = text(minimum=1),
) -> dict[str, Any]:
    """One identity: by id or by key."""
    if user_identity_id is not None:
        return show(find(call, user_identity_id))
    identity = _by(call, "key", str(user_identity_key))
    if identity is None or not visible(call, identity):
        raise _not_found({"user_identity_key": user_identity_key})
    return show(identity)


@namespace.endpoint(
    "GET POST",
    callers=BACKEND | {SESSION},
    answer="user_identities",
    partly="credential_manager_acs_system_id finds nothing, as no access system is modelled",
)
def list_(
    call: Call,
    *,
    user_identity_ids: list[str] | None = array(uuid()),
    search: str | None = search_text(),
    created_before: str | None = datetime_text(),
    credential_manager_acs_system_id: str | None = uuid(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """The identities that meet every filter, oldest first; a session has its own alone.

    No identity is in an access system: looking for those that are finds nothing.
    """
    before = None if created_before is None else stamp(to_ms(created_before, up=True))
    return list_page(
        call,
        USER_IDENTITIES,
        lambda _, identity: show(identity),
        within=[("workspace", call.workspace_id)],
        only=_only(call),
        where=lambda identity: visible(call, identity)
        and (before is None or identity.created_at < before)
        and (search is None or contains(search, _texts(identity), {})),
        limit=limit,
        page_cursor=page_cursor,
    )


@namespace.endpoint("PATCH POST", callers=BACKEND)
def update(
    call: Call,
    *,
    user_identity_id: str = uuid(required=True),
    user_identity_key: str | None = text(nullable=True, minimum=1),
    email_address: str | None = email(nullable=True),
    phone_number: str | None = phone_number_param(),
    full_name: str | None = text(nullable=True, minimum=1),
) -> None:
    """Change what was sent, leave the rest; null clears."""
    identity = find(call, user_identity_id)
    changed = {name: value for name, value in call.sent.items() if name != "user_identity_id"}
    _put(call, replace(identity, **changed))


@namespace.endpoint("DELETE POST", callers=BACKEND)
def delete(call: Call, *, user_identity_id: str = uuid(required=True)) -> None:
    """The identity is gone, and the client sessions that are its own."""
    remove(call, find(call, user_identity_id))


def push(call: Call, customer_key: str, given: Mapping[str, Any]) -> None:
    """Make or change the customer's identity with this key.

    Unsourced: that one without a customer becomes this one's, that another customer's is
    refused, and that what is not sent, or is empty, stays. Seam declares no format here.
    """
    identity = _by(call, "key", given["user_identity_key"])
    if identity is None:
        identity = _new(call, ensure(call, customer_key))
    elif identity.customer_key not in (None, customer_key):
        raise _taken("user_identity_key")
    names = {"name": "full_name", **{name: name for name in UNIQUE}}
    changed = {field: given[name] for name, field in names.items() if given.get(name)}
    _put(call, replace(identity, **changed, customer_key=customer_key))


def remove(call: Call, identity: UserIdentity) -> None:
    """Seam: its client sessions are deleted with it, as everything that it has."""
    index = ("user_identity", call.workspace_id, identity.user_identity_id)
    for session in call.store.find(SESSIONS, index):
        call.store.delete(SESSIONS, session.client_session_id)
        emit(call, "client_session.deleted", client_session_id=session.client_session_id)
    call.store.delete(USER_IDENTITIES, identity.user_identity_id)


def find(call: Call, user_identity_id: str) -> UserIdentity:
    """The identity, or a 404: also for another workspace's, and out of a session's sight."""
    identity = call.store.get(USER_IDENTITIES, user_identity_id)
    inside = identity is not None and identity.workspace_id == call.workspace_id
    if identity is None or not inside or not visible(call, identity):
        raise _not_found({"user_identity_id": user_identity_id})
    return identity


def visible(call: Call, identity: UserIdentity) -> bool:
    """Whether the caller may see it: a client session sees its own."""
    session = call.session
    listed = session is not None and session.user_identity_id == identity.user_identity_id
    return sees(call, identity.customer_key, listed=listed)


def show(identity: UserIdentity) -> dict[str, Any]:
    """The identity as Seam shows it; nothing is ever merged into it."""
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
    """Unsourced: what stands in for a name; the display name is never empty."""
    return (
        identity.full_name
        or identity.email_address
        or identity.phone_number
        or identity.user_identity_key
        or identity.user_identity_id
    )


def _new(call: Call, customer_key: str | None) -> UserIdentity:
    return UserIdentity(
        user_identity_id=call.new_id("user_identity"),
        workspace_id=call.workspace_id,
        created_at=call.now(),
        user_identity_key=None,
        email_address=None,
        phone_number=None,
        full_name=None,
        customer_key=customer_key,
    )


def _put(call: Call, identity: UserIdentity) -> UserIdentity:
    """Keep it, unless another identity of the workspace has its key, address or number."""
    for name, index in UNIQUE.items():
        value = getattr(identity, name)
        other = None if value is None else _by(call, index, value)
        if other is not None and other.user_identity_id != identity.user_identity_id:
            raise _taken(name)
    return call.store.put(USER_IDENTITIES, identity)


def _by(call: Call, index: str, value: str) -> UserIdentity | None:
    """The identity with this. Unsourced: that letter case counts in all but addresses."""
    value = value.lower() if index == "email" else value
    return call.store.first(USER_IDENTITIES, (index, call.workspace_id, value))


def _only(call: Call) -> set[str] | None:
    chosen: list[set[str]] = []
    if "credential_manager_acs_system_id" in call.sent:
        return set()
    if "user_identity_ids" in call.sent:
        chosen.append(set(call.sent["user_identity_ids"]))
    if call.session is not None:
        chosen.append({call.session.user_identity_id or ""})
    return set.intersection(*chosen) if chosen else None


def _texts(identity: UserIdentity) -> tuple[str | None, ...]:
    return (
        identity.user_identity_id,
        identity.full_name,
        identity.email_address,
        identity.phone_number,
    )


def _taken(name: str) -> ApiError:
    return ApiError(400, TAKEN_TYPE, f"A user identity with this {name} already exists")


def _not_found(data: Mapping[str, Any]) -> ApiError:
    """Unsourced: the words; they are those of Seam's other things."""
    return ApiError(404, "user_identity_not_found", "User identity not found", data=data)
