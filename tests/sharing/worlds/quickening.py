"""What makes worlds quick and the same every time, and leaves them what they are.

All devices of a world read the same objects and would prove and decode them anew: pure functions are asked
once for the same thing. One thread does it all, every random number comes from the seed, and keys are
wrapped by a cipher that is quick and keeps no secret (`tests.sharing.membership` has the real one).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.services import sharing_deposits
from app.sharing.membership import deposits, evaluation, key_log, wraps
from app.sharing.membership.desk import Desk
from app.sharing.membership.keys import PrivateKeys, PublicKeys
from app.sharing.objects import container, segment
from app.sharing.places import many
from app.sharing.rounds.sealing import Sealer

MOST = 5000


class Chance:
    """Where random bytes come from: one source for all devices, begun anew for each world."""

    def __init__(self) -> None:
        self.rng = random.Random(0)

    def __call__(self, count: int) -> bytes:
        return self.rng.randbytes(count)


CHANCE = Chance()


def quicken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the test ends."""
    monkeypatch.setattr(many, "_in_parallel", one_by_one)
    monkeypatch.setattr(key_log, "read_entry", lru_cache(MOST)(key_log.read_entry))
    monkeypatch.setattr(key_log, "evaluate", by_ids(evaluation.evaluate))
    monkeypatch.setattr(container, "check_signature", lru_cache(MOST)(container.check_signature))
    monkeypatch.setattr(segment, "decode", lru_cache(MOST)(segment.decode))
    monkeypatch.setattr(wraps, "sealed_to", sealed_to)
    monkeypatch.setattr(wraps, "opened_by", opened_by)
    monkeypatch.setattr(os, "urandom", CHANCE)
    monkeypatch.setattr(Sealer.__init__, "__defaults__", (CHANCE,))
    monkeypatch.setattr(Desk.__init__, "__defaults__", (CHANCE,))
    sealing = deposits.seal_deposit
    monkeypatch.setattr(sharing_deposits, "seal_deposit", lambda *given: sealing(*given, CHANCE))


def one_by_one(_: Any, asked: Iterable[Any], verb: Callable[[Any, Any], Any], stop: Any) -> Iterator[Any]:
    for each in asked:
        yield each, verb(each, stop)


def by_ids(evaluate: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    made: dict[object, Any] = {}

    def evaluated(entries: Iterable[Any], root: Any) -> Any:
        held = list(entries)
        name = (frozenset(entry.id for entry in held), root)
        if name not in made:
            made[name] = evaluate(held, root)
        return made[name]

    return evaluated


def sealed_to(secret: bytes, to: PublicKeys, _suite: int, info: bytes) -> bytes:
    return _cipher(to).encrypt(bytes(12), secret, info)


def opened_by(sealed: bytes, keys: PrivateKeys, _suite: int, info: bytes) -> bytes | None:
    try:
        return _cipher(keys.public).decrypt(bytes(12), sealed, info)
    except InvalidTag:
        return None


def _cipher(to: PublicKeys) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(sha256(to.x25519).digest())
