"""Draws the kit into pictures: `python -m tests.ui.kit.gallery DIR` (offscreen), light and dark, four steps.

`company_overview` is a screen as the design's S03 shows it, `all_widgets` everything else.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.terms import Confidentiality, Mark, Stage
from ui.application import make_application
from ui.main_window import MainWindow
from ui.models.row_list_model import ListHeading, ListRow
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.navigation import Place, Route
from ui.screens.screen import Crumb, Heading, LineButton, MeterFact, Screen
from ui.tasks import TaskRunner
from ui.theme.fonts import Role
from ui.theme.metrics import TextStep
from ui.theme.paint import SECRET_MARK, State
from ui.theme.theme import Appearance, theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card, CountLink
from ui.widgets.chips import KeyCap, MarkChip, PersonDisc, StageMeter, StateChip
from ui.widgets.confidentiality import ConfidentialityChip, confidentiality_state
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.check_field import CheckField
from ui.widgets.fields.choice_field import ChoiceField, ConfidentialityPicker, term_options
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.fields.number_field import NumberField
from ui.widgets.fields.text_field import SearchField, TextField
from ui.widgets.layouts import PAGE_MARGINS, column, put, row
from ui.widgets.message_bar import Banner, MessageBar
from ui.widgets.row_list import RowList
from ui.widgets.row_table import RowTable
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.segmented import Option, Segmented
from ui.widgets.side_panel import SidePanel, WithSidePanel
from ui.widgets.tab_strip import Tab, TabStrip
from ui.widgets.texts import Paragraph, Rule, Text
from ui.widgets.timeline_list import TimelineEvent, TimelineList
from ui.wording import Message


class CompanyOverview(Screen):
    """S03 with invented figures, and nothing behind it."""

    def __init__(self) -> None:
        super().__init__()
        whole = column(self, spacing=0)
        tabs = [
            Tab("o", "概要"),
            Tab("s", "面談", "1"),
            Tab("a", "分析"),
            Tab("p", "計画", "9"),
            Tab("h", "履歴"),
        ]
        whole.addWidget(TabStrip(tabs, hint="Alt+1–4, 8"))
        self._split = WithSidePanel(self._main(), self._panel())
        whole.addWidget(self._split, 1)

    def heading(self) -> Heading:
        return Heading(
            "北国精密(株)",
            crumbs=(
                Crumb("企業", Route(Place.COMPANIES)),
                Crumb("北国精密(株)", Route(Place.COMPANIES, "c")),
                Crumb("概要"),
            ),
            facts=(
                "金属加工",
                "42人",
                "北国県みどり市",
                "担当 佐藤P・鈴木",
                confidentiality_state(Confidentiality.ASSIGNED),
            ),
            buttons=(LineButton("print"), LineButton("new", "面談を始める", "pencil", primary=True)),
        )

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"panel": self._split.toggle_panel}

    def _main(self) -> QWidget:
        page = ScrollPage()
        put(page.body, self._aim(), self._next_step())
        page.body.addWidget(self._history(), 1)
        return page

    def _aim(self) -> Card:
        card = Card(padded=False, spacing=0)
        upper = column(spacing=4, margins=(20, 12, 20, 16))
        line = row()
        put(line, Text("ねらい", Role.TABLE, "sub"), None, StageMeter(Stage.PROTECT))
        put(
            upper,
            line,
            Text("治具を自社ブランド「北匠」で売り、下請け6割を3年で4割に下げる", Role.SECTION, elide=True),
        )
        counts = row(spacing=0)
        words = [
            ("issues", "課題", 3),
            ("seeds", "知財の種", 5),
            ("decisions", "決定", 1),
            ("homework", "宿題", 2),
        ]
        for number, (key, word, count) in enumerate(words):
            if number:
                counts.addWidget(Rule(upright=True))
            link = CountLink(key, word)
            link.show_count(count, State("warn", "7/29") if key == "homework" else None)
            counts.addWidget(link, 1)
        card.add(upper, Rule(), counts)
        return card

    def _next_step(self) -> Card:
        card = Card()
        line = row(spacing=12)
        put(line, Text("次の一手", Role.TABLE, "sub"), Text("弁理士に相談する", Role.BODY_BOLD))
        put(line, Text("7/29(火) 鈴木", Role.BODY, "sub"), StateChip(State("warn", "あと7日")), None)
        put(line, Button("計画を開く", kind="link"))
        card.add(line)
        return card

    def _history(self) -> Card:
        kinds = [Option("all", "すべて"), Option("s", "面談"), Option("m", "会議"), Option("d", "期限")]
        card = Card("経過", Segmented(kinds, name="経過の種類", small=True), spacing=4)
        events = TimelineList()
        flat = State("flat", "決定 1", "check"), State("flat", "宿題 2", "square")
        events.show_events(
            [
                TimelineEvent(
                    "1",
                    "7/22(火)",
                    "note",
                    "第1回面談",
                    "工場。似た治具の不安と海外の引き合い",
                    "primary",
                    flat,
                    year="R7年度",
                ),
                TimelineEvent(
                    "2", "7/03(木)", "people", "第1回連携会議で支援先に選定", note="5社中 2番", year="R7年度"
                ),
                TimelineEvent(
                    "3",
                    "6/27(金)",
                    "phone",
                    "事前聞き取り (電話) 商工会議所 田中さんの紹介",
                    states=(State("flat", "事実 6", "dot"),),
                    year="R7年度",
                ),
                TimelineEvent(
                    "4",
                    "6/12(木)",
                    "clock",
                    "機械展で治具Aを公開",
                    tone="warn",
                    states=(State("warn", "未確認", "question"),),
                    year="R7年度",
                ),
                TimelineEvent(
                    "5", "2/18(火)", "study", "勉強会「下請けからの値決め」に社長が参加", year="R6年度"
                ),
            ]
        )
        card.add(events, None)
        return card

    def _panel(self) -> SidePanel:
        panel = SidePanel()
        seen = panel.add_section("見える人", Button("変更", kind="link", size="small"))
        people = row()
        put(people, PersonDisc("佐藤P"), Text("佐藤P"), 8, PersonDisc("鈴木"), Text("鈴木"), None)
        seen.add(people)
        due = panel.add_section("期限", Text("1件", Role.TABLE, "sub"))
        line = row()
        put(
            line,
            Text("2026/06/12(金)", Role.TABLE, "sub"),
            StateChip(State("warn", "未確認", "question")),
            None,
        )
        due.add(Text("新規性の例外での出願"), line)
        about = panel.add_section("会社のこと")
        for word, value in (
            ("法人番号", "0000000000000"),
            ("代表", "高橋 一郎 (たかはし いちろう)"),
            ("設立", "1971年 (昭和46年)"),
        ):
            pair = row()
            name = Text(word, Role.TABLE, "sub")
            name.setFixedWidth(theme().px(80))
            put(pair, name, Text(value, Role.TABLE, elide=True))
            about.add(pair)
        return panel


class Today(Screen):
    """A first screen to come from."""

    def __init__(self) -> None:
        super().__init__()
        page = column(self, margins=PAGE_MARGINS)
        page.addWidget(
            EmptyState(
                "まだ企業がありません",
                "企業を入れると、面談と期限がここに並びます。",
                [Button("1社入れる", kind="primary"), Button("練習用データを見る")],
            )
        )

    def heading(self) -> Heading:
        return Heading(
            "7月22日(火)",
            (Crumb("今日"),),
            facts=(MeterFact("連携会議", 1, 3, "1/3回"), MeterFact("支援", 5, 5, "5/5社")),
        )


def shell(tasks: TaskRunner) -> MainWindow:
    """The window on the company screen."""
    window = MainWindow(tasks)
    window.register("today", Today)
    window.register("company", CompanyOverview)
    window.left_bar.show_team("北国県", "R7年度 (2年目)", "佐藤P・鈴木 ほか6人")
    window.left_bar.show_count(Place.COMPANIES, "11")
    window.status_bar.show_saved("この端末に保存済み 12:58")
    window.status_bar.show_practice(on=True)
    window.open(Route(Place.TODAY))
    window.open(Route(Place.COMPANIES, "c"))
    return window


def all_widgets() -> QWidget:
    """Everything the shell picture does not show."""
    page = QWidget()
    page.setProperty("ground", "bg")
    page.resize(1180, 760)
    whole = row(page, spacing=16, margins=PAGE_MARGINS)
    left = column(spacing=12)
    put(left, _buttons(), _chips(), _message(), _table(), None)
    right = column(spacing=12)
    put(right, _form(), _rows())
    whole.addLayout(left, 3)
    whole.addLayout(right, 2)
    return page


def _buttons() -> QWidget:
    card = Card("ボタン", Button("一覧", kind="link"))
    first = row()
    put(
        first,
        Button("主な操作", kind="primary", icon="pencil", key="Ctrl+N"),
        Button("印刷", icon="print", key="Ctrl+P"),
    )
    put(
        first,
        Button("種を足す", kind="quiet", icon="plus"),
        Button("見る", size="small"),
        Button("消す", kind="danger"),
        IconButton("lock", "鍵"),
        None,
    )
    off = Button("使えない")
    off.setEnabled(False)
    second = row()
    modes = [
        Option("table", "表", "table"),
        Option("gantt", "線表", "gantt"),
        Option("person", "担当別", "person"),
    ]
    put(second, off, Segmented(modes, name="表示"), KeyCap("Ctrl+K"), CheckField("両面"), None)
    card.add(first, second)
    return card


def _chips() -> QWidget:
    card = Card()
    marks = row()
    put(marks, *(MarkChip(mark) for mark in (*Mark, SECRET_MARK)), None)
    levels = row()
    put(
        levels,
        *(ConfidentialityChip(level) for level in Confidentiality),
        StateChip(State("danger", "超過 1件")),
        None,
    )
    card.add(marks, levels)
    return card


def _message() -> QWidget:
    holder = QWidget()
    inside = column(holder, spacing=8)
    bar = MessageBar()
    bar.tell(
        Message(
            "この端末に書き込めません。", "いま画面にある文は控えに取りました。", "別の場所に保存", "E-101"
        ),
        "danger",
    )
    strip = Banner(
        "6/12(木) の機械展で公開", Button("確認", size="small"), Button("違う", size="small"), kind="warn"
    )
    put(inside, bar, strip)
    return holder


def _table() -> QWidget:
    rows = [
        ("北国精密(株)", "金属加工", Stage.PROTECT, "7/22", "可"),
        ("青葉食品(有)", "水産加工", Stage.SALES, "7/15", "未"),
        ("(株)髙橋製作所", "板金", None, "6/25", ""),
    ]
    columns = [
        Column("name", "企業", cell=lambda r: Cell(r[0], r[1], bold=True)),
        Column(
            "stage", "段階", cell=lambda r: Cell(stage=r[2]) if r[2] else Cell("候補", tone="sub"), width=170
        ),
        Column("last", "最終面談", text=lambda r: r[3], width=88, right=True),
        Column(
            "consent",
            "許可",
            cell=lambda r: Cell(state=State("ok" if r[4] == "可" else "off", r[4])) if r[4] else Cell(),
            width=80,
            drop=1,
        ),
    ]
    model = RowTableModel(columns, key=lambda r: r[0], tickable=True)
    table = RowTable(model, name="企業")
    model.show_rows(rows)
    model.tick(["北国精密(株)", "青葉食品(有)"], on=True)
    table.go_to("青葉食品(有)")
    table.setFixedHeight(140)
    return table


def _form() -> QWidget:
    card = Card("入力")
    form = FieldForm()
    name = TextField(placeholder="例 株式会社北国精密")
    staff = NumberField(unit="人")
    staff.show_number(1200)
    day = DateField(lambda: date(2025, 7, 22))
    day.show_day(date(2025, 7, 22))
    note = LongTextField(lines=2)
    note.show_text(
        "図面を渡した先が、よく似た治具を作っているのではないか。\n見積りのときに図面をそのままPDFで送っている。"
    )
    form.add("企業名", name, required=True)
    form.add("従業員数", staff)
    form.add("面談日", day, hint="和暦でも入ります")
    form.add("段階", ChoiceField(term_options(Stage)))
    form.add("取扱", ConfidentialityPicker())
    form.add("相談のきっかけ", note)
    name.set_problem("企業名を入れてください")
    line = row()
    put(line, SearchField("企業をさがす (かな・旧字も)"), ChoiceField([Option("", "すべて")], prefix="段階"))
    card.add(
        line,
        form,
        Paragraph("入れた内容はこの端末だけに残ります。通信はしません。あとで直せます。", Role.TABLE, "sub"),
    )
    return card


def _rows() -> QWidget:
    card = Card(padded=False)
    rows = RowList(name="行", fits=True)
    rows.show_entries(
        [
            ListHeading("技術", "1"),
            ListRow("1", "治具Aの固定の構造", states=(State("info", "出願", "document"),), right="根拠 3"),
            ListRow(
                "2",
                "図面を渡した先が、よく似た治具を作っているのではないか",
                detail="7/22 13:09",
                mark="issue",
            ),
            ListRow(
                "3",
                "商標の区分表を送り直す",
                quiet="青葉食品",
                right="7/18 超過 4日",
                right_tone="danger",
                ticked=False,
            ),
        ]
    )
    rows.go_to("2")
    card.add(rows)
    return card


def _save(widget: QWidget, folder: Path, name: str, appearance: Appearance, step: TextStep) -> None:
    theme().apply(appearance, step)
    widget.show()
    widget.activateWindow()
    QTest.qWait(50)
    widget.grab().save(str(folder / f"{name}-{appearance}-{int(step)}.png"))


def main(folder: Path) -> None:
    """Draw every picture into `folder`."""
    make_application(["gallery"])
    folder.mkdir(parents=True, exist_ok=True)
    tasks = TaskRunner()
    window, page = shell(tasks), all_widgets()
    for appearance in ("light", "dark"):
        for step in TextStep:
            _save(window, folder, "shell", appearance, step)
            _save(page, folder, "widgets", appearance, step)
    window.resize(1024, 520)
    _save(window, folder, "shell-small", "light", TextStep.STANDARD)
    window.run_command("go_to")
    _save(window, folder, "palette", "light", TextStep.STANDARD)
    tasks.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
