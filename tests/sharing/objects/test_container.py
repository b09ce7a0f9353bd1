from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects import container, plaintext
from app.sharing.objects.container import (
    HEADER_BYTES,
    SIGNATURE_BYTES,
    Header,
    ObjectType,
    assemble,
    parse,
    seal,
    seal_plaintext,
)
from app.sharing.objects.malformed import MalformedObject, NewerFormat
from tests.sharing.objects.factories import (
    AUTHOR,
    AUTHOR_KEY,
    DEVICE,
    EPOCH,
    EPOCH_KEY,
    OTHER_KEY,
    OTHER_VAULT,
    STRANGER_KEY,
    VAULT,
    drawn,
    header,
)

BODY = "金型の見積は来週".encode() * 3


def accept(data: bytes, name_id: bytes | None = None) -> bytes:
    """Go the whole way of acceptance."""
    parsed = parse(data, VAULT, name_id)
    parsed.check_signature(AUTHOR_KEY)
    return parsed.open_body(EPOCH_KEY)


def refusal(data: bytes, name_id: bytes | None = None) -> str:
    with pytest.raises(MalformedObject) as refused:
        accept(data, name_id)
    return refused.value.reason


def headers() -> st.SearchStrategy[Header]:
    ids = st.binary(min_size=16, max_size=16)
    return st.builds(
        Header,
        type=st.integers(0, 255),
        vault=st.just(VAULT),
        device=ids,
        salt=st.binary(min_size=32, max_size=32),
        stream=ids,
        sequence=st.integers(0, (1 << 63) - 1),
        previous=st.binary(min_size=32, max_size=32),
        epoch=ids,
        extensions=st.binary(max_size=300),
    )


@given(headers(), st.binary(max_size=3000))
def test_what_was_sealed_is_what_opens(sealed: Header, body: bytes) -> None:
    data = seal(sealed, body, EPOCH_KEY, AUTHOR.sign)
    parsed = parse(data, VAULT)
    parsed.check_signature(AUTHOR_KEY)
    assert (parsed.header, parsed.open_body(EPOCH_KEY)) == (sealed, body)


@given(st.integers(0, 511 * 8 - 1))
def test_no_single_bit_may_flip(bit: int) -> None:
    data = bytearray(seal(header(epoch=EPOCH, extensions=b"x" * 7), BODY, EPOCH_KEY, AUTHOR.sign))
    assert len(data) == 511
    data[bit // 8] ^= 1 << bit % 8
    assert refusal(bytes(data))


@given(st.integers(0, 503))
def test_no_byte_may_be_missing(kept: int) -> None:
    data = seal(header(), BODY, EPOCH_KEY, AUTHOR.sign)
    assert len(data) == 504
    assert refusal(data[:kept])
    assert refusal(data[504 - kept :])
    assert refusal(data + data[:1])


def test_every_bit_counts_for_the_signature_alone() -> None:
    """Also where decryption would not notice: an object of a key that this device lacks is passed on."""
    data = assemble(header(extensions=b"x"), b"sealed for others", AUTHOR.sign)
    parse(data, VAULT).check_signature(AUTHOR_KEY)
    for bit in range(len(data) * 8):
        altered = bytearray(data)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(MalformedObject):
            parse(bytes(altered), VAULT).check_signature(AUTHOR_KEY)


def broken(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


STEPS = (
    (16, struct.pack(">Q", 1), "not as long as it says"),
    (7, b"\n", "does not begin like an object"),
    (8, b"\2", "of another format"),
    (24, OTHER_VAULT, "of another vault"),
    (12, b"\1", "a header that contradicts itself"),
    (128, b"salt", "not the object of its name"),
    (200, b"\0\0", "not signed by its author"),
)


@pytest.mark.parametrize("first", range(len(STEPS)))
def test_what_is_wrong_is_found_in_the_order_of_acceptance(first: int) -> None:
    data = seal(header(), BODY, EPOCH_KEY, AUTHOR.sign)
    name_id = parse(data, VAULT).id[:16]
    for at, new, _ in STEPS[first:]:
        data = broken(data, at, new)
    no_name = first > 5
    assert refusal(data, None if no_name else name_id) == STEPS[first][2]


def test_a_name_that_promises_another_object_is_told_before_the_author_is_asked() -> None:
    data = seal(header(), BODY, EPOCH_KEY, AUTHOR.sign)
    assert accept(data, parse(data, VAULT).id[:16]) == BODY
    with pytest.raises(MalformedObject, match="name"):
        parse(data, VAULT, drawn(16, "another object"))


def test_another_author_is_refused() -> None:
    parsed = parse(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign), VAULT)
    with pytest.raises(MalformedObject, match="signed"):
        parsed.check_signature(STRANGER_KEY)


def test_another_epoch_opens_nothing() -> None:
    parsed = parse(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign), VAULT)
    with pytest.raises(MalformedObject, match="open"):
        parsed.open_body(OTHER_KEY)


def test_a_signature_of_one_type_is_none_for_another() -> None:
    """Even where no bit of the signed hash differs."""
    one, other = (container.signed_bytes(kind, bytes(32)) for kind in (ObjectType.HEAD, ObjectType.PACK))
    assert one != other


@pytest.mark.parametrize(("version", "kind"), [(0, MalformedObject), (2, NewerFormat), (255, NewerFormat)])
def test_a_newer_format_is_told_from_a_broken_one(version: int, kind: type) -> None:
    data = broken(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign), 8, bytes((version,)))
    with pytest.raises(MalformedObject) as refused:
        parse(data, VAULT)
    assert type(refused.value) is kind


def test_a_newer_object_of_another_vault_is_not_passed_on() -> None:
    data = broken(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign), 8, b"\2")
    with pytest.raises(MalformedObject) as refused:
        parse(data, OTHER_VAULT)
    assert type(refused.value) is MalformedObject


@pytest.mark.parametrize("damage", [(b"\r\n", b"\n"), (b"\n", b"\r\n"), (b"\x1a", b"")])
def test_damage_of_a_text_mode_is_refused(damage: tuple[bytes, bytes]) -> None:
    assert refusal(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign).replace(*damage))


@pytest.mark.parametrize("size", [0, 167, 504 - SIGNATURE_BYTES + 1, 0xFFFF])
def test_a_header_never_reaches_beyond_its_object(size: int) -> None:
    data = broken(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign), 10, struct.pack(">H", size))
    assert refusal(data) == "a header that contradicts itself"


def test_a_sequence_number_that_no_store_counts_is_refused() -> None:
    data = broken(seal(header(), BODY, EPOCH_KEY, AUTHOR.sign), 72, b"\x80")
    assert refusal(data) == "a header that contradicts itself"


def test_more_than_any_object_has_is_not_even_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = seal(header(), BODY, EPOCH_KEY, AUTHOR.sign)
    monkeypatch.setattr(container, "MOST_WHOLE_BYTES", len(data))
    assert accept(data) == BODY
    monkeypatch.setattr(container, "MOST_WHOLE_BYTES", len(data) - 1)
    assert refusal(data) == "more bytes than an object has"


@pytest.mark.parametrize(
    "wrong",
    [
        {"device": DEVICE[:15]},
        {"salt": bytes(31)},
        {"previous": bytes(16)},
        {"epoch": bytes(17)},
        {"sequence": -1},
        {"sequence": 1 << 63},
        {"extensions": bytes(0x10000 - HEADER_BYTES)},
    ],
)
def test_a_header_that_does_not_fit_is_not_written(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the field says enough
        replace(header(), **wrong).packed(0)


def test_types_have_the_numbers_of_the_specification() -> None:
    told = "segment, key-log entry, head, pack, blob, join request, carry file, vault file, deposit"
    assert [kind.name for kind in ObjectType] == told.upper().replace(" ", "_").replace("-", "_").split(",_")
    assert [kind.value for kind in ObjectType] == list(range(1, 10))


def test_the_greatest_header_is_read_back() -> None:
    greatest = header(extensions=drawn(0xFFFF - HEADER_BYTES, "wraps"), sequence=(1 << 63) - 1)
    assert parse(assemble(greatest, b"", AUTHOR.sign), VAULT).header == greatest


def test_the_greatest_body_makes_an_object_that_is_read() -> None:
    assert container.MOST_WHOLE_BYTES == 40 << 20
    padding = plaintext.padded_length(plaintext.MOST_BODY_BYTES + 5)
    assert padding + container.TAG_BYTES + 0xFFFF + SIGNATURE_BYTES <= container.MOST_WHOLE_BYTES


def test_a_signature_that_is_not_checked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "check_signature", lambda *_: None)
    with pytest.raises(pytest.fail.Exception):
        test_every_bit_counts_for_the_signature_alone()


def test_a_hash_that_leaves_out_the_header_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = container.sha256
    monkeypatch.setattr(container, "sha256", lambda data: real(bytes(data)[HEADER_BYTES:]))
    with pytest.raises(pytest.fail.Exception):
        test_every_bit_counts_for_the_signature_alone()


def test_a_name_that_is_not_compared_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "check_name", lambda *_: None)
    with pytest.raises(AssertionError):
        test_what_is_wrong_is_found_in_the_order_of_acceptance(5)


def test_a_key_that_does_not_depend_on_the_type_is_noticed() -> None:
    one, other = header(ObjectType.HEAD), replace(header(ObjectType.HEAD), type=ObjectType.SEGMENT)
    assert container.object_key(EPOCH_KEY, one) != container.object_key(EPOCH_KEY, other)


def test_a_key_of_another_length_is_not_used() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(header(), BODY, EPOCH_KEY[:31], AUTHOR.sign)


def test_each_salt_makes_another_key() -> None:
    keys = {container.object_key(EPOCH_KEY, header(salt=drawn(32, f"{n}"))) for n in range(9)}
    assert len(keys) == 9


def test_a_plaintext_is_sealed_as_it_is() -> None:
    plain = plaintext.padded(plaintext.PLAIN, BODY)
    assert accept(seal_plaintext(header(), plain, EPOCH_KEY, AUTHOR.sign)) == BODY
