"""Tables and lists: rows by key, ticks, sorting, keys, and a place that is kept when rows change."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.terms import Stage
from ui.models.row_list_model import ListHeading, ListRow, RowListModel
from ui.models.row_table_model import SORT_ROLE, Cell, Column, RowTableModel
from ui.theme.metrics import TextStep
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.row_table import RowTable


@dataclass(frozen=True)
class Company:
    id: str
    name: str
    staff: int
    stage: Stage | None = None


def staff_text(row: Company) -> str:
    return f"{row.staff}人"


ROWS = (
    Company("a", "青葉食品(有)", 20, Stage.SALES),
    Company("b", "北国精密(株)", 42, Stage.PROTECT),
    Company("c", "みなと木工(株)", 8),
)
COLUMNS = (
    Column[Company]("name", "企業", cell=lambda row: Cell(row.name, "製造", bold=True)),
    Column[Company]("stage", "段階", cell=lambda row: Cell(stage=row.stage), width=160, drop=1),
    Column[Company](
        "staff", "人数", text=lambda row: f"{row.staff}人", sort=lambda row: row.staff, width=80, right=True
    ),
    Column[Company]("consent", "許可", cell=lambda row: Cell(state=State("ok", "可")), width=80, drop=2),
)


def model_of(rows: tuple[Company, ...] = ROWS, *, tickable: bool = False) -> RowTableModel[Company]:
    model = RowTableModel(COLUMNS, key=lambda row: row.id, tickable=tickable)
    model.show_rows(rows)
    return model


@pytest.fixture
def table(qtbot: QtBot) -> RowTable:
    """A tickable table between two line edits."""
    page = QWidget()
    layout = QVBoxLayout(page)
    table = RowTable(model_of(tickable=True), name="企業")
    table.page = page  # type: ignore[attr-defined]
    for widget in (QLineEdit(), table, QLineEdit()):
        layout.addWidget(widget)
    page.resize(800, 400)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    table.setFocus()
    return table


def model_in(table: RowTable) -> RowTableModel[Company]:
    model = table.model()
    assert isinstance(model, RowTableModel)
    return model


@pytest.mark.parametrize("tickable", [False, True])
def test_the_models_keep_qts_rules(qtmodeltester: ModelTester, tickable: bool) -> None:
    model = model_of(tickable=tickable)
    qtmodeltester.check(model)
    rows = RowListModel()
    rows.show_entries([ListHeading("技術"), ListRow("1", "治具A")])
    qtmodeltester.check(rows)


def test_sorting_uses_the_sort_key_and_not_the_words() -> None:
    model = model_of()
    model.sort(2, Qt.SortOrder.AscendingOrder)
    assert [row.id for row in model.rows()] == ["c", "a", "b"]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in model.rows()] == ["b", "a", "c"]
    assert model.index(0, 2).data(SORT_ROLE) == 42


def test_a_cell_says_column_and_value_to_a_screen_reader() -> None:
    model = model_of()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(1, 0).data(spoken) == "企業 北国精密(株) 製造"
    assert model.index(1, 1).data(spoken) == "段階 権利化・秘密化"
    assert model.index(2, 1).data(spoken) == "段階 なし"
    assert model.index(1, 3).data(spoken) == "許可 可"


def test_space_ticks_and_ctrl_a_ticks_all_and_none(table: RowTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert model_in(table).ticked() == ["a"]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert model_in(table).ticked() == ["a", "b", "c"]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert model_in(table).ticked() == []


def test_shift_and_arrows_choose_rows_that_space_ticks_together(table: RowTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert model_in(table).ticked() == ["a", "b"]


def test_a_press_on_the_box_ticks_and_a_press_on_the_row_does_not(table: RowTable) -> None:
    row = table.visualRect(model_in(table).index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert model_in(table).ticked() == ["b"]
    name = table.visualRect(model_in(table).index(2, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert model_in(table).ticked() == ["b"]
    assert table.current_key() == "c"


def test_the_box_in_the_heading_ticks_all(table: RowTable) -> None:
    header = table.horizontalHeader()
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert model_in(table).ticked() == ["a", "b", "c"]


def test_a_press_on_a_title_sorts_and_again_turns_round(table: RowTable) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(3) + 20, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.id for row in model_in(table).rows()] == ["c", "a", "b"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.id for row in model_in(table).rows()] == ["b", "a", "c"]


def test_enter_opens_and_del_asks_for_what_is_ticked(table: RowTable) -> None:
    opened: list[str] = []
    asked: list[list[str]] = []
    table.opened.connect(opened.append)
    table.delete_asked.connect(asked.append)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert opened == ["b"]
    assert asked == [["b"]]
    model_in(table).tick(["a", "c"], on=True)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert asked[-1] == ["a", "c"]


def test_tab_leaves_the_table(table: RowTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert not table.hasFocus()
    assert isinstance(table.window().focusWidget(), QLineEdit)


def test_focus_and_ticks_stay_with_their_rows_when_rows_come_and_go(table: RowTable) -> None:
    model = model_in(table)
    table.go_to("b")
    model.tick(["b", "c"], on=True)
    model.show_rows((Company("z", "新しい会社", 1), *ROWS[:2]))
    assert table.current_key() == "b"
    assert model.ticked() == ["b"]


def test_when_the_focused_row_is_gone_its_neighbour_has_the_focus(table: RowTable) -> None:
    table.go_to("b")
    model_in(table).show_rows((ROWS[0], ROWS[2]))
    assert table.current_key() == "c"


def test_an_empty_table_says_what_belongs_there(table: RowTable) -> None:
    empty = EmptyState("まだ企業がありません", "企業を入れると、ここに並びます。")
    table.show_when_empty(empty)
    assert not empty.isVisible()
    model_in(table).show_rows(())
    assert empty.isVisible()
    assert empty.size() == table.viewport().size()


def test_columns_of_less_weight_give_way_in_a_narrow_table(table: RowTable) -> None:
    assert not table.isColumnHidden(4)
    table.window().resize(440, 400)
    assert table.isColumnHidden(4)
    assert not table.isColumnHidden(1)
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_a_large_table_asks_only_for_the_rows_it_shows(qtbot: QtBot) -> None:
    asked: set[str] = set()

    def text(row: Company) -> str:
        asked.add(row.id)
        return row.name

    model = RowTableModel([Column[Company]("name", "企業", text=text)], key=lambda row: row.id)
    table = RowTable(model, name="企業")
    qtbot.addWidget(table)
    table.resize(600, 320)
    model.show_rows(tuple(Company(str(number), "社", 1) for number in range(6000)))
    table.show()
    table.grab()
    assert 0 < len(asked) < 60


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    rows = RowList(name="行")
    qtbot.addWidget(rows)
    rows.show_entries(
        [
            ListHeading("技術"),
            ListRow("1", "治具A"),
            ListHeading("ブランド"),
            ListRow("2", "北匠", ticked=False, detail="得意先の注文書"),
        ]
    )
    rows.resize(400, 300)
    rows.show()
    rows.activateWindow()
    qtbot.waitUntil(rows.isActiveWindow)
    rows.setFocus()
    return rows


def test_arrows_walk_over_headings(rows: RowList) -> None:
    assert rows.current_key() == "1"
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_key() == "2"
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_key() == "2"
    QTest.keyClick(rows, Qt.Key.Key_Up)
    assert rows.current_key() == "1"


def test_enter_space_and_a_press_on_the_box_tell_the_row(rows: RowList) -> None:
    opened: list[str] = []
    turned: list[str] = []
    rows.opened.connect(opened.append)
    rows.space_pressed.connect(turned.append)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    box = rows.visualRect(rows.model().index(3, 0))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(28, box.center().y()))
    assert opened == ["1"]
    assert turned == ["1", "2"]


def test_a_row_says_all_its_words(rows: RowList) -> None:
    spoken = rows.model().index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "まだ 北匠 得意先の注文書"


def test_the_focused_row_stays_when_rows_are_shown_again(rows: RowList) -> None:
    rows.go_to("2")
    rows.show_entries([ListRow("9", "新しい種"), ListRow("2", "北匠")])
    assert rows.current_key() == "2"


def test_a_list_that_fits_is_as_high_as_its_rows_at_every_step(qtbot: QtBot) -> None:
    rows = RowList(name="行", fits=True)
    qtbot.addWidget(rows)
    rows.show_entries([ListHeading("技術"), ListRow("1", "治具A"), ListRow("2", "北匠", detail="得意先")])
    assert rows.height() == 26 + 40 + 54
    theme().apply("light", TextStep.EXTRA_LARGE)
    assert rows.height() == 39 + 60 + 81
