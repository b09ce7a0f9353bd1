"""The main job, end to end, by keyboard and offline: from the first run to printed paper and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.terms import Mark
from app.services.directory import Services
from tests.services.conftest import SteppingClock
from tests.walks.walker import Walker
from ui.screens.first_run.words import WordsPage
from ui.screens.unlock.page import UnlockPage
from ui.widgets.fields.text_field import TextField
from ui.widgets.texts import Text

WORD_COUNT = 24
PASSPHRASE = "治具の図面は金庫の三段目"
COMPANY = {
    "name": "北国精密株式会社",
    "kana": "きたぐにせいみつ",
    "corporate_number": "８９９０００００００００１",
    "representative_name": "高橋 一郎",
    "representative_kana": "たかはし いちろう",
    "representative_title": "代表取締役社長",
    "postal_code": "９５００１０１",
    "city": "みどり市",
    "street": "機械団地3-12",
    "employees_regular": "４２",
    "employees_part": "５",
    "products": "油圧部品の切削と熱処理",
}
LINES: tuple[tuple[str, str], ...] = (
    ("主力は切削。売上の6割が建機メーカー1社", "Ctrl+1"),
    ("来期は2割減の見通し", "Ctrl+1"),
    ("図面を渡した先が似た治具を作る不安がある", "Ctrl+2"),
    ("見積りのときに図面をそのまま送っている", "Ctrl+2"),
    ("6/12 の機械展に新しい治具を出した", "Ctrl+5"),
    ("現場では昔から「北匠」と呼ぶ", "Ctrl+1"),
    ("焼入れは八百五十度で十二分", "Ctrl+6"),
    ("海外の商社から引き合いが2件", "Ctrl+2"),
    ("治具は特許出願を検討する 鈴木 7/29", "Ctrl+3"),
    ("焼入れの条件は社内の秘密にする 高橋様 8/5", "Ctrl+3"),
    ("公開前の図面の一覧を作る 高橋様 8/5", "Ctrl+4"),
    ("台帳は紙で、見られるのは二人だけ", "Ctrl+1"),
    ("三次元測定のデータを10年分保管", "Ctrl+1"),
    ("大学と固定方法を試したことがある", "Ctrl+1"),
    ("ベテラン二人が三年以内に退職", "Ctrl+2"),
    ("値決めは相手の言い値", "Ctrl+2"),
    ("次の製品は自社の名で売りたい", "Ctrl+1"),
    ("見学者への説明の決まりがない", "Ctrl+2"),
    ("取引の基本契約は口頭", ""),
    ("次は工場長に台帳を持ってきてもらう", ""),
)
SECRET = "八百五十度"


pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def walker(tmp_path: Path, qtbot: QtBot) -> Iterator[Walker]:
    walker = Walker(tmp_path, qtbot, SteppingClock())
    yield walker
    walker.close()
    assert not walker.faults


def services(walker: Walker) -> Services:
    opened = walker.program.services
    assert opened is not None
    return opened


def begin(walker: Walker) -> None:
    """S13: region and person, passphrase, the 24 words and their proof."""
    walker.fill("地域の名前", "北国県")
    walker.fill("あなたの名前", "鈴木 花子")
    for name in ("合言葉", "合言葉をもう一度"):
        walker.tab_to(lambda widget, name=name: widget.accessibleName() == name)
        field = walker.focused()
        assert isinstance(field, QLineEdit)
        field.insert(PASSPHRASE)
    walker.press_button("次へ")
    page = walker.program.window.findChild(WordsPage)
    walker.wait_until(lambda: len(shown_words(page)) == WORD_COUNT)
    words = shown_words(page)
    walker.press_button("紙に書きました")
    for number in asked_for(page):
        walker.fill(f"{number}番目の語", words[number])
    walker.press_button("はじめる")
    walker.wait_until(lambda: walker.program.services is not None)
    walker.settle()


def shown_words(page: WordsPage) -> dict[int, str]:
    """What a person copies onto paper: the words by their number."""
    lines = (
        re.fullmatch(r"\s*(\d+)\s+(\S+)", each.text()) for each in page.findChildren(Text) if each.isVisible()
    )
    return {int(line[1]): line[2] for line in lines if line}


def asked_for(page: WordsPage) -> list[int]:
    names = (re.fullmatch(r"(\d+)番目の語", each.accessibleName()) for each in page.findChildren(TextField))
    return [int(name[1]) for name in names if name]


def take_in_company(walker: Walker) -> str:
    """Ctrl+N on 今日, the required fields, Ctrl+Enter."""
    walker.press("Ctrl+N")
    walker.press_button("くわしい項目もいま入れる")
    for name, text in COMPANY.items():
        walker.fill(name, text)
    for name, words in (
        ("prefecture", "新潟県"),
        ("industry_major", "製造業"),
        ("industry_middle", "金属製品製造業"),
    ):
        choose(walker, name, words)
    walker.press("Ctrl+Return")
    route = walker.program.window.route()
    assert route is not None
    assert route.company_id is not None
    return route.company_id


def choose(walker: Walker, name: str, words: str) -> None:
    walker.tab_to(lambda widget: widget.objectName() == name)
    choice = walker.focused()
    while choice.currentText() != words:
        before = choice.currentIndex()
        walker.press("Down")
        assert choice.currentIndex() != before


def record_visit(walker: Walker) -> str:
    """Ctrl+N in the company's file, twenty lines with marks, homework from two decisions, Ctrl+Enter."""
    walker.press("Ctrl+N")
    for number, (text, mark) in enumerate(LINES):
        if number:
            walker.press("Return")
        walker.type(text)
        if mark:
            walker.press(mark)
        if mark == "Ctrl+3":
            walker.press("Ctrl+4")
    walker.press("Ctrl+Return")
    route = walker.program.window.route()
    assert route is not None
    assert route.item_id is not None
    return route.item_id


def analyse(walker: Walker) -> None:
    """Alt+3, three lines to seeds of three kinds, Ctrl+Enter puts the last one into the plan."""
    walker.press("Alt+3")
    walker.tab_to(lambda widget: widget.accessibleName() == "面談の行")
    walker.press("Space", "1", "Space", "2", "Space", "3")
    walker.press("Ctrl+Return")


def plan(walker: Walker) -> None:
    """Alt+4, one more すること by Ctrl+N."""
    walker.press("Alt+4", "Ctrl+N")
    walker.type("商社に見せる資料を作る")
    walker.press("Return")


def extracted(pdf: Path) -> str:
    with PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_visit_recorded_offline_becomes_printed_paper_and_is_there_after_a_restart(
    walker: Walker, tmp_path: Path
) -> None:
    begin(walker)
    company_id = take_in_company(walker)
    session_id = record_visit(walker)

    sheet = services(walker).support_sessions.sheet(session_id)
    assert [line.text for line in sheet.lines] == [text for text, _ in LINES]
    assert [line.is_secret for line in sheet.lines].count(True) == 1
    decisions = {line.id for line in sheet.lines if line.mark is Mark.DECISION}
    drawn = [item for item in sheet.homework if item.source_line_id in decisions]
    assert [(item.owner, item.due_on) for item in drawn] == [
        ("鈴木 花子", date(2025, 7, 29)),
        ("高橋 一郎", date(2025, 8, 5)),
    ]

    walker.press("Alt+Left")
    analyse(walker)
    assert len(services(walker).analysis.sheet(company_id).seeds) == 3
    plan(walker)
    titles = [action.title for action in services(walker).action_plans.sheet(company_id).actions]
    assert "商社に見せる資料を作る" in titles

    walker.press("Alt+1")
    printed = [save_as_pdf(walker, tmp_path / "経過.pdf")]
    walker.press("Alt+2")
    walker.tab_to(lambda widget: widget.accessibleName() == "面談")
    walker.press("Return")
    printed.append(save_as_pdf(walker, tmp_path / "議事録.pdf"))
    for pdf in printed:
        text = extracted(pdf)
        assert "北国精密株式会社" in text
        assert "似た治具" in text
        assert SECRET not in text

    before = services(walker).support_sessions.sheet(session_id)
    walker.close()
    walker.start()
    unlock(walker)
    after = services(walker).support_sessions.sheet(session_id)
    assert (after.lines, after.homework, after.attendees) == (before.lines, before.homework, before.attendees)
    assert services(walker).place.store.check().faults == ()


def save_as_pdf(walker: Walker, target: Path) -> Path:
    """Ctrl+P where one is, Ctrl+E, the file's name in the system's dialog, Enter."""
    walker.press("Ctrl+P")
    walker.wait_until(lambda: getattr(walker.program.window.current_screen(), "is_shown", False))
    walker.press("Ctrl+E")
    dialog = walker.program.window.findChild(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(target))
    QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    walker.wait_until(target.exists)
    walker.come_forward()
    walker.press("Alt+Left")
    return target


def unlock(walker: Walker) -> None:
    """The passphrase, typed on the page that covers the window."""
    page = walker.program.window.findChild(UnlockPage)
    walker.wait_until(lambda: page.is_asking)
    field = walker.focused()
    assert isinstance(field, QLineEdit)
    field.insert(PASSPHRASE)
    walker.press("Return")
    walker.wait_until(lambda: walker.program.services is not None)
    walker.settle()
