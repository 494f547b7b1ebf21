"""Know a class's secret seed again without keeping it."""

from __future__ import annotations

import os
from hashlib import scrypt
from hmac import compare_digest
from typing import Final

_COST: Final = 2**15
"""Seeds are short numbers: each guess must take long, here 0.1 s and 32 MB."""
_MEMORY: Final = 64 * 1024 * 1024
_SALT_BYTES: Final = 16


def sealed(seed: int) -> str:
    """Return a salted, slow hash of a seed."""
    salt = os.urandom(_SALT_BYTES)
    return f"scrypt:{_COST}:{salt.hex()}:{_hash(seed, salt, _COST).hex()}"


def fits(seed: int, seal: str) -> bool:
    """Return whether `sealed` made this hash of the seed; raises `ValueError` for a damaged hash."""
    _, cost, salt, found = seal.split(":")
    return compare_digest(_hash(seed, bytes.fromhex(salt), int(cost)).hex(), found)


def _hash(seed: int, salt: bytes, cost: int) -> bytes:
    return scrypt(str(seed).encode(), salt=salt, n=cost, r=8, p=1, maxmem=_MEMORY)
