"""Ids, tokens and secrets as hashes of the seed and of counts, without random numbers.

The same seed and the same counts give the same text. So a refused call, a snapshot or a second
workspace does not change later ids.
"""

from __future__ import annotations

import hashlib

__all__ = ["Ids"]

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Ids:
    """Hashes of (seed, owner, kind, count), as ids, text, bytes and numbers.

    With a ``name`` they are other ones: fakes of two names make no id in common, even if they have
    the same seed.
    """

    def __init__(self, seed: int, name: str | None = None) -> None:
        self.seed = seed
        # No seed has a colon.
        self._prefix = "" if name is None else f"{name}:"

    def uuid(self, owner: int, kind: str, count: int) -> str:
        """Returns a valid UUID (version 4) that looks random.

        As ``uuid.UUID`` writes it, which is several times slower, and slow to import.
        """
        digest = self._hash(owner, kind, count)
        text, variant = digest[:16].hex(), "89ab"[digest[8] >> 4 & 3]
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"

    def text(self, owner: int, kind: str, count: int, *, length: int) -> str:
        """Returns ``length`` base58 characters, at most 40."""
        # The remainder first: short numbers divide faster.
        number = int.from_bytes(self._hash(owner, kind, count), "big") % 58**length
        digits = []
        for _ in range(length):
            digits.append(_BASE58[number % 58])
            number //= 58
        return "".join(digits)

    def secret(self, owner: int, kind: str, count: int, *, length: int) -> bytes:
        """Returns ``length`` bytes, at most 32."""
        return self._hash(owner, kind, count)[:length]

    def chance(self, owner: int, kind: str, count: int) -> float:
        """Returns a number from 0 to less than 1."""
        return int.from_bytes(self._hash(owner, kind, count)[:7], "big") / 2**56

    def _hash(self, owner: int, kind: str, count: int) -> bytes:
        counted = f"{self._prefix}{self.seed}/{owner}/{kind}/{count}"
        return hashlib.sha256(counted.encode()).digest()
