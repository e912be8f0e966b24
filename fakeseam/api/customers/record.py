"""What the store keeps of a customer."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ...core.record_types import RecordType

__all__ = ["CUSTOMERS", "Customer"]


@dataclass(frozen=True)
class Customer:
    """A customer of the app. Seam shows no id of a customer: ``customer_id`` is the store's."""

    customer_id: str
    workspace_id: str
    created_at: str
    customer_key: str


def _index(customer: Customer) -> Iterator[Hashable]:
    yield ("workspace", customer.workspace_id)
    yield ("key", customer.workspace_id, customer.customer_key)


CUSTOMERS = RecordType(
    name="customers",
    record=Customer,
    key="customer_id",
    index=_index,
    noun="customer",
    survives_reset=False,
    section=None,
    shown_by=None,
)
