"""Fields take what Japanese people type, tidy it on leaving, and say what they could not read."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.terms import Stage
from app.domain.tidying import tidy_corporate_number
from ui.theme.metrics import TextStep
from ui.theme.theme import theme
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import TextField


def day_field() -> DateField:
    return DateField(lambda: date(2025, 7, 22))


def test_a_field_tells_the_tidied_text_once(qtbot: QtBot) -> None:
    field = TextField(tidy=tidy_corporate_number)
    qtbot.addWidget(field)
    told: list[str] = []
    field.left.connect(told.append)
    field.setText(" ７０００-０１２０５０００２ ")
    field.flush()
    field.flush()
    assert told == [field.text()]
    assert field.text() == "7000012050002"


def test_a_field_with_an_unreadable_value_keeps_it_and_says_why(qtbot: QtBot) -> None:
    field = TextField(tidy=tidy_corporate_number)
    qtbot.addWidget(field)
    field.setText("12")
    field.flush()
    assert field.text() == "12"
    assert field.accessibleDescription() == "法人番号は13桁です。"


def test_a_value_from_the_record_is_no_change(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    told: list[str] = []
    field.left.connect(told.append)
    field.show_text("北国精密(株)")
    field.flush()
    assert told == []


def test_a_text_over_the_limit_is_kept_and_named(qtbot: QtBot) -> None:
    field = TextField(limit=5)
    qtbot.addWidget(field)
    field.setText("北国精密株式会社")
    assert field.text() == "北国精密株式会社"
    assert field.accessibleDescription() == "3文字多いようです (5文字まで)"
    field.setText("北国精密")
    assert field.accessibleDescription() == ""


@pytest.mark.parametrize(("typed", "number"), [("１，２００", 1200), ("1.2万", 12000), ("42人", 42)])
def test_a_number_is_read_however_it_is_typed(qtbot: QtBot, typed: str, number: int) -> None:
    field = NumberField(unit="人")
    qtbot.addWidget(field)
    field.setText(typed)
    field.flush()
    assert field.number() == number
    assert field.text() == f"{number:,}"


def test_a_word_in_a_number_field_is_kept_and_named(qtbot: QtBot) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    field.setText("たくさん")
    field.flush()
    assert field.text() == "たくさん"
    assert field.accessibleDescription()


@pytest.mark.parametrize("typed", ["7/22", "R7.7.22", "令和7年7月22日", "2025-07-22", "２０２５/7/22"])
def test_a_day_is_read_however_it_is_typed(qtbot: QtBot, typed: str) -> None:
    field = day_field()
    qtbot.addWidget(field)
    days: list[date | None] = []
    field.day_left.connect(days.append)
    field.setText(typed)
    field.flush()
    assert days == [date(2025, 7, 22)]
    assert field.text() == "2025/07/22(火)"
    field.flush()
    assert len(days) == 1


def test_a_day_that_is_none_is_kept_and_named(qtbot: QtBot) -> None:
    field = day_field()
    qtbot.addWidget(field)
    days: list[date | None] = []
    field.day_left.connect(days.append)
    field.setText("2/30")
    field.flush()
    assert field.text() == "2/30"
    assert field.accessibleDescription() == "この日はありません。"
    assert days == []


def test_clearing_a_day_tells_none(qtbot: QtBot) -> None:
    field = day_field()
    qtbot.addWidget(field)
    days: list[date | None] = []
    field.day_left.connect(days.append)
    field.show_day(date(2025, 7, 22))
    field.clear()
    field.flush()
    assert days == [None]


def test_the_calendar_names_the_year_before_the_month(qtbot: QtBot) -> None:
    field = DateField(lambda: date(2026, 7, 22))
    qtbot.addWidget(field)
    field.show_day(date(2026, 7, 22))
    field.show()
    field.open_calendar()
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    names = ("qt_calendar_yearbutton", "qt_calendar_monthbutton")
    year, month = (calendar.findChild(QToolButton, name) for name in names)
    calendar.showNextYear()
    assert (year.text(), month.text()) == ("2027年", "7月")
    assert year.x() < month.x()


def test_f4_opens_a_calendar_that_fills_the_field(qtbot: QtBot) -> None:
    field = day_field()
    qtbot.addWidget(field)
    field.show_day(date(2025, 7, 22))
    field.show()
    QTest.keyClick(field, Qt.Key.Key_F4)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.setSelectedDate(calendar.selectedDate().addDays(7))
    calendar.activated.emit(calendar.selectedDate())
    assert field.day() == date(2025, 7, 29)


def test_pasted_words_keep_lines_and_tabs_and_lose_their_looks(qtbot: QtBot) -> None:
    field = LongTextField()
    qtbot.addWidget(field)
    mime = QMimeData()
    lines = "\r\n".join(["工程\t条件", "焼入れ\t850度", "長" * 2000])
    mime.setHtml("<p style='color:red;font-size:40px'>" + lines + "</p>")
    mime.setText(lines)
    field.insertFromMimeData(mime)
    assert field.text() == lines.replace("\r\n", "\n")
    assert "color" not in field.toHtml().partition("<body")[2].replace("background-color", "")


def test_a_long_text_keeps_every_character_as_typed(qtbot: QtBot) -> None:
    field = LongTextField()
    qtbot.addWidget(field)
    text = "㈱髙橋\u00a0製作所\n\n①𠮷野\u3000様\t"
    field.show_text(text)
    assert field.text() == text


def test_every_line_of_a_long_text_has_the_height_of_the_design(qtbot: QtBot) -> None:
    field = LongTextField(lines=2)
    qtbot.addWidget(field)
    field.resize(400, 100)
    field.show_text("一\n二\n三\n四")
    field.show()
    for step in (TextStep.STANDARD, TextStep.LARGE):
        theme().apply("light", step)
        document = field.document()
        layout = document.documentLayout()
        tops = [layout.blockBoundingRect(document.findBlockByNumber(number)).y() for number in range(4)]
        assert [after - before for before, after in pairwise(tops)] == [theme().px(22)] * 3


def test_a_choice_tells_only_what_a_person_chose(qtbot: QtBot) -> None:
    field = ChoiceField(term_options(Stage), blank="すべて")
    qtbot.addWidget(field)
    told: list[str] = []
    field.chosen.connect(told.append)
    field.show_value("protect")
    assert (field.value(), told) == ("protect", [])
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert told == ["prototype"]
    field.set_options(term_options(Stage)[:2])
    assert field.value() == ""


def test_the_whole_label_of_a_tick_box_ticks(qtbot: QtBot) -> None:
    box = CheckField("企業ごとに改頁")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()


def test_a_form_names_its_fields_and_shows_problems_below_them(qtbot: QtBot) -> None:
    form, name, day = FieldForm(), TextField(limit=3), day_field()
    qtbot.addWidget(form)
    form.add("企業名", name, required=True)
    form.add("面談日", day)
    assert name.accessibleName() == "企業名"
    assert {label.buddy() for label in form.findChildren(QLabel) if label.buddy()} == {name, day}
    name.setText("北国精密")
    assert form.problems() == ["! 1文字多いようです (3文字まで)"]
    name.setText("北国")
    assert form.problems() == []


def test_a_form_of_several_fields_is_walked_by_enter(qtbot: QtBot) -> None:
    form, first, second = FieldForm(), TextField(), TextField()
    qtbot.addWidget(form)
    form.add("企業名", first)
    form.add("フリガナ", second)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus()


def test_ctrl_z_stays_with_the_field_until_its_typing_is_told(qtbot: QtBot) -> None:
    field = TextField()
    holder = QWidget()
    qtbot.addWidget(holder)
    field.setParent(holder)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    field.setFocus()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    QTest.keyClicks(field, "abc")
    field.flush()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "abc"
