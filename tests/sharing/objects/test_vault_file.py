from __future__ import annotations

from typing import Any

import msgpack
import pytest

from app.sharing.objects import container, vault_file
from app.sharing.objects.container import NO_ID, ObjectType, assemble
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from app.sharing.objects.vault_file import VaultFile, make, read
from tests.sharing.objects.factories import (
    AUTHOR,
    AUTHOR_KEY,
    OTHER_VAULT,
    STRANGER_KEY,
    VAULT,
    drawn,
    header,
)

FILE = VaultFile(VAULT, AUTHOR_KEY, ((1, drawn(32, "x25519")), (2, drawn(1216, "hybrid"))))
HEADER = header(ObjectType.VAULT_FILE, device=NO_ID)


def forged(body: Any) -> bytes:
    return assemble(HEADER, msgpack.packb(body), AUTHOR.sign)


def test_a_vault_file_comes_back_to_whoever_knows_the_vault_and_whoever_does_not() -> None:
    data = make(FILE, drawn(32, "salt"), AUTHOR.sign)
    assert read(data) == read(data, VAULT) == FILE


def test_a_place_of_another_vault_is_told() -> None:
    with pytest.raises(MalformedObject, match="another vault"):
        read(make(FILE, drawn(32, "salt"), AUTHOR.sign), OTHER_VAULT)


def test_no_bit_may_flip_and_no_byte_be_missing() -> None:
    data = make(VaultFile(VAULT, AUTHOR_KEY, ()), drawn(32, "salt"), AUTHOR.sign)
    for bit in range(len(data) * 8):
        hurt = bytearray(data)
        hurt[bit // 8] ^= 1 << bit % 8
        with pytest.raises(MalformedObject):
            read(bytes(hurt))
    for end in range(len(data)):
        with pytest.raises(MalformedObject):
            read(data[:end])


@pytest.mark.parametrize(
    "body",
    [
        [],
        [0, AUTHOR_KEY, []],
        [1, AUTHOR_KEY],
        [1, AUTHOR_KEY[:31], []],
        [1, STRANGER_KEY, []],
        [1, AUTHOR_KEY, {}],
        [1, AUTHOR_KEY, [[1]]],
        [1, AUTHOR_KEY, [["1", b""]]],
        [1, AUTHOR_KEY, [[256, b""]]],
        [1, AUTHOR_KEY, [[1, "key"]]],
        [1, AUTHOR_KEY, [[1, b""]] * 17],
    ],
)
def test_what_does_not_fit_is_refused(body: Any) -> None:
    with pytest.raises(MalformedObject):
        read(forged(body))


def test_what_a_newer_program_adds_is_passed_over() -> None:
    assert read(forged([1, AUTHOR_KEY, [[*pair, "more"] for pair in FILE.wrapping_keys], "more"])) == FILE


def test_a_newer_body_is_told_from_a_broken_one() -> None:
    with pytest.raises(NewerFormat):
        read(forged([2]))


def test_another_object_is_no_vault_file() -> None:
    with pytest.raises(MalformedObject, match="type"):
        read(assemble(header(ObjectType.HEAD), msgpack.packb([1, AUTHOR_KEY, []]), AUTHOR.sign))


def test_a_vault_file_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = make(FILE, drawn(32, "salt"), AUTHOR.sign)
    monkeypatch.setattr(vault_file, "MOST_VAULT_FILE_BYTES", len(data) - 1)
    with pytest.raises(MalformedObject, match="more bytes"):
        read(data)


def test_a_signature_that_is_not_checked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "check_signature", lambda *_: None)
    with pytest.raises(pytest.fail.Exception):
        test_no_bit_may_flip_and_no_byte_be_missing()
