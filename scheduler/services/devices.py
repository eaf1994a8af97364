"""Has this account signed in on this device before? A signed note that the browser keeps says so.

A note is a random number and its signature for one account: it opens no door and names nobody. It gives a device that
its owner uses a counter of tries of its own, which nobody else can use up.
"""

import hashlib
import hmac
import secrets
from typing import Final

MOST_ACCOUNTS: Final = 4
NUMBER_BYTES: Final = 16
LONGEST: Final = MOST_ACCOUNTS * (2 * NUMBER_BYTES + 64 + 2)


def known_device(secret: str, account: str, notes: str) -> str | None:
    """The number of the device when one of its notes is for this account."""
    return next((number for number, signature in _pairs(notes) if _is_for(secret, account, number, signature)), None)


def with_account(secret: str, account: str, notes: str) -> str:
    """The notes with a fresh one for this account, and those of at most three other accounts."""
    others = [pair for pair in _pairs(notes) if not _is_for(secret, account, *pair)]
    number = secrets.token_hex(NUMBER_BYTES)
    kept = [(number, _signature(secret, account, number)), *others][:MOST_ACCOUNTS]
    return ".".join(part for pair in kept for part in pair)


def _pairs(notes: str) -> list[tuple[str, str]]:
    if len(notes) > LONGEST or not notes.isascii():
        return []
    parts = notes.split(".")
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return [(number, signature) for number, signature in pairs if len(number) == 2 * NUMBER_BYTES]


def _is_for(secret: str, account: str, number: str, signature: str) -> bool:
    return hmac.compare_digest(signature, _signature(secret, account, number))


def _signature(secret: str, account: str, number: str) -> str:
    return hmac.new(secret.encode(), f"device|{number}|{account}".encode(), hashlib.sha256).hexdigest()
