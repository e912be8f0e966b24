"""Which PINs a lock takes, and new PINs that it takes.

Source: docs.seam.co, "Understanding Code Constraints", for what each constraint means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = [
    "MAX_PIN_LENGTH",
    "MIN_PIN_LENGTH",
    "PinRules",
    "generate",
    "problem",
    "shared_rules",
]

# The lengths of the PINs that Seam accepts from a caller.
MIN_PIN_LENGTH, MAX_PIN_LENGTH = 4, 12
# The longest PIN that a lock may name as supported. Source: the bounds of
# ``/access_codes/report_device_constraints`` in Seam's OpenAPI.
MAX_SUPPORTED_LENGTH = 20

# How many random PINs ``generate`` tries. If a good share of all PINs fits, one of these does.
MAX_DRAWS = 100
# How many PINs ``generate`` goes through in order after that: all those of five digits, in less
# than a second. Longer ones run out only after many thousand codes.
MAX_SEARCHED = 10**5

# Of the constraint types, the one that leaves the PIN to the provider.
_ASSIGNS_PIN = "cannot_specify_pin_code"


@dataclass(frozen=True)
class PinRules:
    """What a device requires of a PIN.

    ``lengths`` are the supported lengths, the shortest first. ``constraints`` are those of the
    device's constraint types that restrict the digits of a PIN. ``assigns_pin`` is true if the
    provider chooses the PIN, so that no caller can.
    """

    lengths: tuple[int, ...]
    constraints: tuple[str, ...] = ()
    assigns_pin: bool = False

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> PinRules:
        """Returns the rules of a device with these properties.

        A device that names no supported length accepts every length that Seam accepts. Lengths
        outside Seam's bounds and unknown constraint types are ignored: a test's own device may
        have any JSON there.
        """
        named = _items(properties, "supported_code_lengths")
        lengths = [n for n in range(MIN_PIN_LENGTH, MAX_SUPPORTED_LENGTH + 1) if n in named]
        constraints = _items(properties, "code_constraints")
        types = [one.get("constraint_type") for one in constraints if isinstance(one, Mapping)]
        return cls(
            lengths=tuple(lengths or range(MIN_PIN_LENGTH, MAX_PIN_LENGTH + 1)),
            constraints=tuple(name for name in _CONSTRAINTS if name in types),
            assigns_pin=_ASSIGNS_PIN in types,
        )


def shared_rules(rules: Sequence[PinRules]) -> PinRules | None:
    """Returns the rules of a PIN that fits all of these devices.

    Returns None if they have no common length, or if the provider of one assigns its PINs.
    """
    supported = range(MIN_PIN_LENGTH, MAX_SUPPORTED_LENGTH + 1)
    lengths = tuple(n for n in supported if all(n in one.lengths for one in rules))
    if not lengths or any(one.assigns_pin for one in rules):
        return None
    constraints = {name for one in rules for name in one.constraints}
    return PinRules(lengths, tuple(name for name in _CONSTRAINTS if name in constraints))


def problem(pin: str, rules: PinRules, others: Collection[str] = ()) -> str | None:
    """Returns the text of the first rule that the PIN breaks, or None.

    ``others`` are the other PINs of the device. A PIN equal to one of them is a duplicate, which
    Seam refuses with an error of its own, so it is no problem here unless a constraint says so.
    """
    if len(pin) not in rules.lengths:
        return _wrong_length(rules.lengths)
    return _broken(pin, rules, _first_fours(others))


def generate(
    rules: PinRules,
    *,
    draw: Callable[[], int],
    is_taken: Callable[[str], bool],
    others: Collection[str] = (),
    preferred_length: float | None = None,
) -> str | None:
    """Returns a PIN that breaks no rule and is not taken, or None if none was found.

    It has the preferred length if the device supports that, or else the shortest supported one.
    ``draw`` returns a large non-negative number that looks random. ``others`` are the other PINs
    of the device, as for ``problem``. After ``MAX_DRAWS`` random PINs, those that follow the last
    of them are tried, at most ``MAX_SEARCHED``: up to five digits, None means that none is left.
    """
    length = next((n for n in rules.lengths if n == preferred_length), rules.lengths[0])
    digits = _allowed_digits(rules)
    count = len(digits) ** length
    first_fours = _first_fours(others)

    def fits(pin: str) -> bool:
        return _broken(pin, rules, first_fours) is None and not is_taken(pin)

    number = 0
    for _ in range(MAX_DRAWS):
        number = draw() % count
        pin = _spelled(number, digits, length)
        if fits(pin):
            return pin
    steps = range(1, min(count, MAX_SEARCHED))
    following = (_spelled((number + step) % count, digits, length) for step in steps)
    return next(filter(fits, following), None)


def _items(properties: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = properties.get(name)
    return value if isinstance(value, (list, tuple)) else ()


def _wrong_length(lengths: Sequence[int]) -> str:
    """Returns the text about a wrong length. Unsourced: the words."""
    *most, last = map(str, lengths)
    return f"Must have {', '.join(most)} or {last} digits" if most else f"Must have {last} digits"


def _broken(pin: str, rules: PinRules, first_fours: Collection[str]) -> str | None:
    """Returns the text of the first constraint that the PIN breaks, or None."""
    constraints = (_CONSTRAINTS[name] for name in rules.constraints)
    return next((one.text for one in constraints if one.is_broken(pin, first_fours)), None)


def _first_fours(pins: Collection[str]) -> frozenset[str]:
    return frozenset(pin[:4] for pin in pins)


def _allowed_digits(rules: PinRules) -> str:
    excluded = "".join(_CONSTRAINTS[name].excludes for name in rules.constraints)
    return "".join(digit for digit in "0123456789" if digit not in excluded)


def _spelled(number: int, digits: str, length: int) -> str:
    """Returns the number in base ``len(digits)``, as text of this length."""
    reversed_pin = ""
    for _ in range(length):
        number, index = divmod(number, len(digits))
        reversed_pin += digits[index]
    return reversed_pin[::-1]


# The constraints


def _starts_with_12(pin: str, first_fours: Collection[str]) -> bool:
    return pin.startswith("12")


def _has_triple(pin: str, first_fours: Collection[str]) -> bool:
    """Returns whether three neighbors are equal, ascending or descending.

    Unsourced: that three are too many. The guide allows "no more than three", so a stricter lock
    is assumed.
    """
    steps = _steps(pin)
    return any(one == other and abs(one) <= 1 for one, other in zip(steps, steps[1:]))


def _is_sequence(pin: str, first_fours: Collection[str]) -> bool:
    """Returns whether the whole PIN ascends by one, or descends by one."""
    return set(_steps(pin)) in ({1}, {-1})


def _is_one_digit(pin: str, first_fours: Collection[str]) -> bool:
    return len(set(pin)) == 1


def _has_two_digits_at_most(pin: str, first_fours: Collection[str]) -> bool:
    return len(set(pin)) < 3


def _begins_like_another(pin: str, first_fours: Collection[str]) -> bool:
    return pin[:4] in first_fours


def _steps(pin: str) -> list[int]:
    """Returns the difference from each digit to the next."""
    return [ord(after) - ord(before) for before, after in zip(pin, pin[1:])]


class _Constraint(NamedTuple):
    """The text about a PIN that breaks the constraint, and when it does.

    A PIN breaks it if it has one of the digits that it ``excludes``, or if ``breaks`` is true of
    the PIN and the first four digits of the device's other PINs.
    """

    text: str
    breaks: Callable[[str, Collection[str]], bool] = lambda pin, first_fours: False
    excludes: str = ""

    def is_broken(self, pin: str, first_fours: Collection[str]) -> bool:
        return not set(self.excludes).isdisjoint(pin) or self.breaks(pin, first_fours)


# The constraint types that restrict the digits of a PIN, in the order of Seam's OpenAPI.
# The other types restrict names and times, or leave the PIN to the provider.
# Unsourced: the texts. Of ``unique_first_four_digits`` and ``no_all_same_digits``, also the
# meaning: the guide does not list them, so their names decide.
_CONSTRAINTS: Mapping[str, _Constraint] = {
    "no_zeros": _Constraint("Must not contain the digit 0 (no_zeros)", excludes="0"),
    "cannot_start_with_12": _Constraint(
        "Must not start with 12 (cannot_start_with_12)", _starts_with_12
    ),
    "no_triple_consecutive_ints": _Constraint(
        "Must not have three equal or consecutive digits in a row (no_triple_consecutive_ints)",
        _has_triple,
    ),
    "no_ascending_or_descending_sequence": _Constraint(
        "Must not be a sequence of consecutive digits (no_ascending_or_descending_sequence)",
        _is_sequence,
    ),
    "at_least_three_unique_digits": _Constraint(
        "Must have at least three different digits (at_least_three_unique_digits)",
        _has_two_digits_at_most,
    ),
    "cannot_contain_089": _Constraint(
        "Must not contain the digits 0, 8 and 9 (cannot_contain_089)", excludes="089"
    ),
    "cannot_contain_0789": _Constraint(
        "Must not contain the digits 0, 7, 8 and 9 (cannot_contain_0789)", excludes="0789"
    ),
    "unique_first_four_digits": _Constraint(
        "Must not have the first four digits of another code of the device"
        " (unique_first_four_digits)",
        _begins_like_another,
    ),
    "no_all_same_digits": _Constraint(
        "Must not consist of one repeated digit (no_all_same_digits)", _is_one_digit
    ),
}
