"""Block i of the editor is line i of the sheet is line i of the record, whatever a person does."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from tests.ui.support_session import example
from tests.ui.support_session.conftest import CTRL, SHIFT, Desk, Key

NONE = Qt.KeyboardModifier.NoModifier
KEYS = (
    (Key.Key_Return, NONE),
    (Key.Key_Backspace, NONE),
    (Key.Key_Delete, NONE),
    (Key.Key_Left, NONE),
    (Key.Key_Right, NONE),
    (Key.Key_Up, NONE),
    (Key.Key_Down, NONE),
    (Key.Key_Home, NONE),
    (Key.Key_Up, SHIFT),
    (Key.Key_Down, SHIFT),
    (Key.Key_A, CTRL),
    (Key.Key_A, NONE),
    (Key.Key_1, CTRL),
    (Key.Key_4, CTRL),
    (Key.Key_6, CTRL),
    (Key.Key_F5, NONE),
    (Key.Key_Z, CTRL),
    (Key.Key_Y, CTRL),
)
ACTS = st.one_of(
    st.sampled_from(KEYS).map(lambda key: ("press", *key)),
    st.sampled_from(("主力", "は", "𠮷", "切削を\n")).map(lambda text: ("type", text)),
    st.sampled_from(("一\n二", "三", "\n", "四\n\n五\n")).map(lambda text: ("paste", text)),
    st.just(("settle",)),
)


def texts_of_lines(desk: Desk) -> list[str]:
    return [line.text for line in desk.keeper.lines]


@pytest.fixture
def seated(sit_down: Callable[[], Desk]) -> Desk:
    return sit_down()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(acts=st.lists(ACTS, min_size=1, max_size=14))
def test_editor_sheet_and_record_agree(seated: Desk, acts: list[tuple]) -> None:
    seated.open(example.visit(seated.services, seated.company_id, lines=False))
    for name, *arguments in acts:
        getattr(seated, name)(*arguments)
        assert seated.editor.texts() == texts_of_lines(seated), (name, arguments)
    seated.settle()
    assert seated.editor.texts() == texts_of_lines(seated)
    seated.screen.leave()
    seated.settle()
    assert seated.editor.texts() == texts_of_lines(seated)
    kept = [line for line in seated.keeper.lines if line.id in seated.keeper._kept.lines]
    assert all(line.is_blank for line in seated.keeper.lines if line not in kept)
    assert [(row.id, row.text, row.mark, row.is_secret) for row in seated.sheet().lines] == [
        (line.id, line.text, line.mark, line.is_secret) for line in kept
    ]
    assert seated.services.drafts.left() == ()
