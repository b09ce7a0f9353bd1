import pytest

from app.domain.links import LinkKind
from app.record_wording import field_word, link_word, type_word
from db.cells import RECORD_TYPES

CELLS = [(kind.name, cell.name) for kind in RECORD_TYPES for cell in kind.cells]


@pytest.mark.parametrize("record_type", [kind.name for kind in RECORD_TYPES])
def test_every_kind_of_record_has_a_word(record_type: str) -> None:
    assert type_word(record_type)


@pytest.mark.parametrize(("record_type", "cell"), CELLS)
def test_every_field_that_travels_has_a_word(record_type: str, cell: str) -> None:
    assert field_word(record_type, cell)


@pytest.mark.parametrize("kind", LinkKind)
def test_every_kind_of_link_has_a_word(kind: LinkKind) -> None:
    assert link_word(kind)


def test_a_field_is_named_after_its_own_record_first() -> None:
    assert field_word("milestone", "due_on") == "いつまで"
    assert field_word("company", "name") == "企業名"
    assert field_word("indicator", "name") == "名前"
