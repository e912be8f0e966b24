"""The lock catalog: what the locks of each brand support, and how the brand reports them.

Source: docs.seam.co, the guide of each brand; "model" in a comment: the comments of the models
of @seamapi/types 1.1038.0. What the guides say of none is the default of a field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["LockFacts", "lock_facts"]

# Unsourced: the lengths of the codes of a brand whose guide names none.
CODE_LENGTHS = (4, 5, 6, 7, 8)

# Unsourced: how many codes the locks hold. It is the only number in Seam's samples.
MAX_ACTIVE_CODES = 100

Constraint = Mapping[str, Any]


@dataclass(frozen=True)
class LockFacts:
    """What is true of the locks of a brand.

    ``schedules_natively``: the locks take a code before it begins. ``names_entered_code``: the
    ``lock.unlocked`` event of the keypad says which code was entered. ``shows_unmanaged_pin`` and
    ``converts_unmanaged``: Seam learns the PINs of codes that are not its own, and can take such
    codes over. ``properties`` are further ones that the locks have at first.
    """

    # Unsourced: the values of a brand whose guide is silent. A lock that does less is harsher.
    schedules_natively: bool = False
    names_entered_code: bool = False
    has_native_entry_events: bool = False
    # The guides say where these are missing.
    shows_unmanaged_pin: bool = True
    converts_unmanaged: bool = True
    supports_backup_access_code_pool: bool = True
    has_direct_power: bool = False
    code_lengths: tuple[int, ...] = CODE_LENGTHS
    code_constraints: tuple[Constraint, ...] = ()
    max_active_codes: int = MAX_ACTIVE_CODES
    properties: Mapping[str, Any] = field(default_factory=dict)


def lock_facts(provider: str) -> LockFacts:
    """Returns what is true of the locks of the provider with this key."""
    return _LOCKS.get(provider, _SILENT)


def _rules(*types: str) -> tuple[Constraint, ...]:
    return tuple({"constraint_type": one} for one in types)


def _name_length(**limits: int) -> Constraint:
    return {"constraint_type": "name_length", **limits}


_SILENT = LockFacts()
# Unsourced: that a lock which names the code has events of its own. It could not know otherwise.
_NAMES_CODES = LockFacts(
    schedules_natively=True, names_entered_code=True, has_native_entry_events=True
)
# Unsourced: that these have direct power. They are wired in a wall or a cabinet.
_ON_A_CABLE = LockFacts(has_direct_power=True)
_SALTO = replace(
    _NAMES_CODES,
    supports_backup_access_code_pool=False,
    has_direct_power=True,
    code_lengths=(6,),
    code_constraints=_rules("cannot_specify_pin_code"),
)

_LOCKS: Mapping[str, LockFacts] = {
    "august": _NAMES_CODES,
    "yale": replace(_NAMES_CODES, properties={"door_open": False}),
    "schlage": replace(
        _NAMES_CODES,
        code_lengths=(4, 5, 6, 7, 8),
        code_constraints=(
            *_rules("unique_first_four_digits"),  # model
            _name_length(max_length=9),
        ),
        properties={"model": {"has_built_in_keypad": True}},
    ),
    "smartthings": LockFacts(shows_unmanaged_pin=False, converts_unmanaged=False),
    "kwikset": replace(
        _NAMES_CODES,
        code_lengths=(4, 5, 6, 7, 8),
        code_constraints=(
            *_rules("start_date_in_future"),
            _name_length(min_length=2, max_length=14),
        ),
    ),
    "nuki": LockFacts(
        schedules_natively=True,
        has_native_entry_events=True,
        code_lengths=(6,),
        code_constraints=(
            *_rules("no_zeros", "cannot_start_with_12"),
            _name_length(max_length=20),
        ),
        properties={"keypad_battery": {"level": 1.0}},
    ),
    # Unsourced: that all three are alike. The guide is Salto KS's.
    "salto": _SALTO,
    "salto_ks": _SALTO,
    "salto_ks_accept": _SALTO,
    # The guide names constraints of cylinders only.
    "ttlock": _NAMES_CODES,
    # Unsourced: that the other brands on TTLock hardware are like TTLock.
    "sifely": _NAMES_CODES,
    "dusaw": _NAMES_CODES,
    "thirty_three_lock": _NAMES_CODES,
    "tedee": replace(
        _NAMES_CODES,
        code_lengths=(5, 6, 7, 8),
        code_constraints=_rules(
            "at_least_three_unique_digits", "no_ascending_or_descending_sequence"
        ),
    ),
    "wyze": LockFacts(schedules_natively=True, shows_unmanaged_pin=False),
    "my_2n": LockFacts(
        schedules_natively=True, has_direct_power=True, code_lengths=(4, 5, 6, 7, 8)
    ),
    "igloohome": LockFacts(schedules_natively=True, converts_unmanaged=False, code_lengths=(6,)),
    "lockly": LockFacts(code_lengths=(6, 7, 8)),
    "ultraloq": LockFacts(code_lengths=(4, 5, 6, 7, 8)),
    "four_suites": LockFacts(has_direct_power=True),
    "controlbyweb": _ON_A_CABLE,
    "butterflymx": _ON_A_CABLE,
    "avigilon_alta": _ON_A_CABLE,
    "brivo": LockFacts(
        has_direct_power=True, code_constraints=_rules("no_triple_consecutive_ints")  # model
    ),
    "korelock": LockFacts(
        code_constraints=_rules(  # model
            "no_ascending_or_descending_sequence", "no_all_same_digits"
        )
    ),
}
