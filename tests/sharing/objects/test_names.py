from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sharing.objects.container import ObjectType
from app.sharing.objects.names import Name, is_worth_reading, name_of, pack_name, read_name
from tests.sharing.objects.factories import header

IDS = st.binary(min_size=16, max_size=16)
NUMBERS = st.integers(0, (1 << 64) - 1)
NAMES = st.one_of(
    st.just(Name(ObjectType.VAULT_FILE)),
    st.builds(
        Name,
        st.sampled_from(
            (ObjectType.KEY_LOG_ENTRY, ObjectType.JOIN_REQUEST, ObjectType.BLOB, ObjectType.DEPOSIT)
        ),
        id=IDS,
    ),
    st.builds(Name, st.just(ObjectType.HEAD), device=IDS),
    st.builds(
        Name,
        st.just(ObjectType.SEGMENT),
        device=IDS,
        stream=st.binary(min_size=4, max_size=4),
        first=NUMBERS,
        id=IDS,
    ),
    st.builds(Name, st.just(ObjectType.PACK), device=IDS, first=NUMBERS, last=NUMBERS, id=IDS),
)


@given(NAMES)
def test_a_name_says_what_it_was_made_from(name: Name) -> None:
    assert read_name(name.path) == name
    assert is_worth_reading(name.path)


@given(NAMES)
def test_names_fit_every_storage(name: Name) -> None:
    assert len(name.path) < 120 + 40 * (name.first is not None and name.first >= 1 << 40)
    assert set(name.path) <= set("abcdefghijklmnopqrstuvwxyz0123456789-./")
    assert not any(part.startswith(".") for part in name.path.split("/"))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "vault.osy/",
        "VAULT.OSY",
        "k/00.osy",
        f"k/{'0' * 32}.osy.tmp",
        f"k/{'0' * 32} (1).osy",
        f"k/{'A' * 32}.osy",
        f"k/{'٠' * 32}.osy",
        f"../k/{'0' * 32}.osy",
        f"b/0g/{'0' * 32}.osy",
        f"s/{'0' * 32}/00000/{'0' * 8}-{'0' * 21}-{'0' * 32}.osy",
        f"k/{'0' * 32}.osy\n",
    ],
)
def test_other_names_say_nothing(path: str) -> None:
    assert read_name(path) is None


def test_a_conflict_copy_is_still_worth_reading() -> None:
    assert is_worth_reading(f"k/{'0' * 32} (1).osy")
    assert not is_worth_reading(f"k/{'0' * 32}.osy.tmp")
    assert not is_worth_reading("desktop.ini")
    assert not is_worth_reading("x/y.osy")


def test_an_object_lies_where_the_layout_says() -> None:
    own = bytes(range(32))
    short = own[:16].hex()
    segment = header(stream=b"\xab" * 16, sequence=12_345, device=bytes(16))
    assert name_of(segment, own).path == f"s/{'0' * 32}/00012/abababab-00012345-{short}.osy"
    assert name_of(header(ObjectType.HEAD, device=bytes(16)), own).path == f"h/{'0' * 32}.osy"
    assert name_of(header(ObjectType.VAULT_FILE), own).path == "vault.osy"
    assert name_of(header(ObjectType.DEPOSIT), own).path == f"d/{short}.osy"
    assert name_of(header(ObjectType.BLOB), own).path == f"b/00/{short}.osy"
    assert pack_name(bytes(16), 3, 204, own).path == f"p/{'0' * 32}/00000003-00000204-{short}.osy"


@pytest.mark.parametrize("kind", [ObjectType.PACK, ObjectType.CARRY_FILE, 10])
def test_a_header_alone_does_not_name_what_its_content_names(kind: int) -> None:
    with pytest.raises(ValueError, match="not named"):
        name_of(header(kind), bytes(32))
