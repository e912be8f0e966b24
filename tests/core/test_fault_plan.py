"""Planned faults: what the client gets in place of a status. Matching is tested with requests."""

from __future__ import annotations

import pytest

from fakeseam.core.fault_plan import Fault


def test_an_unknown_kind_of_fault_has_no_status():
    with pytest.raises(ValueError, match="^unknown fault kind 'x'$"):
        Fault(None, "*", kind="x").status_after(200)
