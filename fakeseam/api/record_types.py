"""Every kind of record, in one list: a record comes after what it belongs to."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..core.record_types import RecordType
from .access_codes.record import ACCESS_CODES, CODE_MOMENTS
from .action_attempts.record import ACTION_ATTEMPTS
from .client_sessions.record import SESSIONS
from .connect_webviews.record import WEBVIEWS
from .connected_accounts.record import ACCOUNTS, SCHEDULED_SYNCS
from .customers.record import CUSTOMERS
from .devices.record import DEVICE_STEPS, DEVICES, PROVIDER_OVERRIDES
from .events.record import EVENT_STAMPS, EVENTS
from .locks.record import AUTO_LOCKS
from .rate_limits.record import REQUEST_COUNTS
from .spaces.record import SPACES
from .user_identities.record import USER_IDENTITIES
from .webhooks.record import DELIVERIES, SCHEDULED_ATTEMPTS, WEBHOOKS
from .workspaces.record import ACCESS_TOKENS, API_KEYS, WORKSPACES

__all__ = ["RECORD_TYPES", "owned_types", "type_with_key"]

RECORD_TYPES: tuple[RecordType[Any], ...] = (
    WORKSPACES,
    API_KEYS,
    ACCESS_TOKENS,
    SESSIONS,
    WEBVIEWS,
    ACCOUNTS,
    DEVICES,
    ACCESS_CODES,
    CODE_MOMENTS,
    DEVICE_STEPS,
    AUTO_LOCKS,
    REQUEST_COUNTS,
    PROVIDER_OVERRIDES,
    EVENTS,
    EVENT_STAMPS,
    WEBHOOKS,
    DELIVERIES,
    SCHEDULED_ATTEMPTS,
    SCHEDULED_SYNCS,
    USER_IDENTITIES,
    SPACES,
    CUSTOMERS,
    ACTION_ATTEMPTS,
)


@cache
def type_with_key(key: str) -> RecordType[Any]:
    """Returns the record type that this key identifies: the first in the list that has it."""
    return next(one for one in RECORD_TYPES if one.key == key)


@cache
def owned_types(record_type: RecordType[Any]) -> tuple[RecordType[Any], ...]:
    """Returns the types of the records that are deleted with one of this type."""
    if type_with_key(record_type.key) is not record_type:
        return ()
    return tuple(one for one in RECORD_TYPES if one.belongs_to == record_type.key)
