"""Are two models the same question? One word that says so."""

from dataclasses import fields, is_dataclass
from hashlib import blake2b

import numpy as np

from scheduler.terms.kinds import Bools
from scheduler.terms.pairs import Model


def fingerprint(model: Model, *masks: Bools) -> str:
    """A word that differs as soon as a pair, a term, or a mask over the pairs does."""
    digest = blake2b(digest_size=16)
    _feed(digest, model)
    for mask in masks:
        _feed(digest, mask)
    return digest.hexdigest()


def _feed(digest: blake2b, part: object) -> None:
    if isinstance(part, np.ndarray):
        digest.update(f"{part.dtype}{part.shape}".encode())
        digest.update(np.ascontiguousarray(part).tobytes())
    elif is_dataclass(part):
        digest.update(type(part).__name__.encode())
        for field in fields(part):
            _feed(digest, getattr(part, field.name))
    elif isinstance(part, tuple):
        digest.update(f"{len(part)}:".encode())
        for one in part:
            _feed(digest, one)
    else:
        digest.update(f"{part!r};".encode())
