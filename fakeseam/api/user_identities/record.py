"""What the store keeps of a user identity."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ...core.record_types import RecordType
from ..record_fields import index_values

__all__ = ["USER_IDENTITIES", "UserIdentity"]


@dataclass(frozen=True)
class UserIdentity:
    """A user of the app, as Seam knows it."""

    user_identity_id: str
    workspace_id: str
    created_at: str
    user_identity_key: str | None
    email_address: str | None
    phone_number: str | None
    full_name: str | None
    customer_key: str | None


def _index(identity: UserIdentity) -> Iterator[Hashable]:
    email = identity.email_address
    yield ("workspace", identity.workspace_id)
    yield from index_values(
        identity.workspace_id,
        {
            "key": identity.user_identity_key,
            "email": None if email is None else email.lower(),
            "phone": identity.phone_number,
            "customer": identity.customer_key,
        },
    )


USER_IDENTITIES = RecordType(
    name="user_identities",
    record=UserIdentity,
    key="user_identity_id",
    index=_index,
    noun="user_identity",
    survives_reset=False,
    section=None,
    shown_by="user_identities.endpoints:show",
)
