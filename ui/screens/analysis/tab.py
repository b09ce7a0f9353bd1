"""The tab 分析 of 企業カルテ (S06): from what was said to 知財の種, 課題 and the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.terms import Confidentiality, SeedKind
from app.errors import AppError
from app.masters import Masters
from app.rows.analysis import AnalysisSheet, IssueRow
from ui.field_drafts import TextEditor
from ui.navigation import Place, Route, history_route
from ui.record_drafts import BROUGHT_BACK, RecordDrafts
from ui.screens.analysis.columns import DETAILS, ITEMS, LINES, AnalysisColumns
from ui.screens.analysis.issue_page import IssuePage
from ui.screens.analysis.items_pane import ISSUES, SEEDS, ItemsPane
from ui.screens.analysis.lines_pane import LinesPane
from ui.screens.analysis.presenter import AnalysisPresenter
from ui.screens.analysis.seed_page import SeedPage
from ui.screens.company.tab import CompanyTab
from ui.screens.screen import LineButton
from ui.theme.theme import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import NO_MARGINS, column
from ui.widgets.scroll_page import ScrollPage
from ui.wording import error_message

if TYPE_CHECKING:
    from app.services.directory import Services
    from ui.screens.analysis.item_page import ItemPage
    from ui.tasks import TaskRunner, Ticket

_TITLE_LIMIT = 18
_NEW = "new:"
"""How the key of an item that is not there yet begins, before the kind of a seed."""
_ATTACH, _DETACH, _NEW_ISSUE = "attach", "detach", "new_issue"


@dataclass(frozen=True, slots=True)
class _Memory:
    line_scope: str
    line_id: str
    item_id: str


class AnalysisTab(CompanyTab):
    """面談の行, what was drawn from them, and the chosen item side by side."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks, self._services = tasks, services
        self._presenter = AnalysisPresenter(tasks, services, self)
        self._level = Confidentiality.ASSIGNED
        self._sheet: AnalysisSheet | None = None
        self._wanted: list[str] = []
        self._drafts = RecordDrafts(tasks, services, self)
        self._lines, self._items = LinesPane(), ItemsPane()
        self._masters = services.place.masters
        self._nothing = EmptyState(
            "まだ選ばれていません", "知財の種か課題を選ぶと、\n守り方・根拠・計画がここに出ます。"
        )
        self._nothing_yet = QWidget()
        self._details, self._pages = QStackedWidget(), QStackedWidget()
        self._columns = self._build()
        self._connect()
        self._ask_for_lists()
        self.setFocusProxy(self._lines.list)

    # what the file asks

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show a company; `anchor` may be a line, a seed or an issue."""
        self._wanted = [anchor] if anchor else []
        if company_id != self._presenter.company_id:
            self._blank()
        self._drafts.open(f"analysis:{company_id}")
        self._presenter.open(company_id)

    def make_ahead(self) -> Iterator[None]:
        """The pages of a seed and of an issue."""
        _ = self._seed_page
        yield
        _ = self._issue_page
        yield

    def leave(self) -> None:
        """Take over a name that was typed for a new item; the file has flushed the fields."""
        self._items.finish_new()
        self._drafts.settle()

    def touched(self, changes: Changes) -> None:
        """Read again what shows here."""
        if changes.touch("master_item"):
            self._ask_for_lists()
        if self.isVisible() and self._presenter.concerns(changes.kinds):
            self._presenter.reload()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Ctrl+N, F2, Ctrl+Enter and Ctrl+J."""
        return {
            "new": self._begin_new,
            "edit": self._edit_words,
            "finish": self._plan,
            "panel": self._go_right,
        }

    def heading_buttons(self) -> tuple[LineButton, ...]:
        """Printing, and 計画に入れる."""
        return LineButton("print"), LineButton("finish", "計画に入れる", "plus", primary=True)

    def memory(self) -> object:
        """Chosen line and item."""
        return _Memory(self._lines.scope(), self._lines.list.current_key(), self._presenter.item_id)

    def restore(self, memory: object) -> None:
        """Choose them again."""
        if isinstance(memory, _Memory):
            self._lines.show_scope(memory.line_scope)
            self._wanted = [each for each in (memory.line_id, memory.item_id) if each]
            self._go_to_wanted()

    # what the presenter asks

    def show_sheet(self, sheet: AnalysisSheet, level: Confidentiality) -> None:
        """Show a company's analysis."""
        self._sheet, self._level = sheet, level
        self._lines.show_sheet(sheet)
        self._items.show_sheet(sheet)
        self._bring_forward()
        self._go_to_wanted()
        self._show_item(self._items.list.current_key())

    def _ask_for_lists(self) -> None:
        self._tasks.run(self._read_lists, self._offer)

    def _read_lists(self, _ticket: Ticket) -> Masters:
        return self._services.masters.offered()

    def _offer(self, lists: Masters) -> None:
        self._masters = lists
        for page in self._pages.findChildren(IssuePage):
            page.offer(lists)
        if self._sheet is not None:
            self._show_item(self._items.list.current_key())

    def item_made(self, item_id: str) -> None:
        """Choose the new item as soon as the sheet has it."""
        self._wanted = [item_id]
        self._go_to_wanted()

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a toast."""
        self.told.emit(words, undo)

    def refuse(self, error: AppError) -> None:
        """Say what could not be done."""
        self.warned.emit(error_message(error), "warn")

    # building

    def _build(self) -> AnalysisColumns:
        scroll = ScrollPage(spacing=0, margins=NO_MARGINS)
        self._pages.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages.setProperty("ground", "surface")
        scroll.body.addWidget(self._pages)
        # Without an item nothing scrolls, and its words stand in the middle of what is in sight.
        for shown in (self._nothing_yet, self._nothing, scroll):
            self._details.addWidget(shown)
        columns = AnalysisColumns(self._lines, self._items, self._details)
        column(self, spacing=0).addWidget(columns)
        return columns

    def _connect(self) -> None:
        self._lines.current_changed.connect(self._items.mark_line)
        self._lines.send_asked.connect(self._ask_where_to)
        self._lines.opened.connect(self._open_line)
        self._lines.list.beside_asked.connect(self._leave_lines)
        self._items.current_changed.connect(self._show_item)
        self._items.delete_asked.connect(self._presenter.delete)
        self._items.opened.connect(self._go_right)
        self._items.seed_named.connect(self._add_seed)
        self._items.issue_named.connect(self._add_issue)
        self._items.new_asked.connect(self._follow_new)
        self._drafts.brought_back.connect(self._tell_brought_back)
        self._items.list.beside_asked.connect(self._leave_items)

    # the pages of an item, each made when the first item of its kind is shown

    @cached_property
    def _seed_page(self) -> SeedPage:
        page = SeedPage()
        self._take_in(page)
        return page

    @cached_property
    def _issue_page(self) -> IssuePage:
        page = IssuePage(self._masters)
        page.perspectives_chosen.connect(self._presenter.set_perspectives)
        self._take_in(page)
        return page

    def _take_in(self, page: ItemPage) -> None:
        page.edited.connect(self._presenter.change)
        page.line_opened.connect(self._open_line)
        page.line_dropped.connect(self._presenter.detach)
        page.action_opened.connect(self._open_action)
        page.history_asked.connect(self._open_history)
        self._pages.addWidget(page)

    # going around

    def _blank(self) -> None:
        """Nothing of one company may stand below the name of another."""
        self._sheet = None
        self._lines.blank()
        self._items.blank()
        self._details.setCurrentWidget(self._nothing_yet)

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, []
        for each in wanted:
            if self._presenter.item(each) is not None:
                self._items.go_to(each)
            elif self._presenter.session_of(each) is not None:
                self._lines.go_to(each)
            else:
                self._wanted.append(each)

    def _show_item(self, item_id: str) -> None:
        if self._sheet is None:
            return
        item = self._presenter.item(item_id)
        if item is None:
            self._details.setCurrentWidget(self._nothing)
        else:
            page: ItemPage = self._issue_page if isinstance(item, IssueRow) else self._seed_page
            page.show_item(self._sheet, item, self._level)
            self._drafts.show(item.id, page.editors())
            self._pages.setCurrentWidget(page)
            self._details.setCurrentIndex(self._details.count() - 1)
        self._presenter.choose(item_id)

    def _leave_lines(self, by: int) -> None:
        if by > 0:
            self._columns.bring_forward(ITEMS)
            self._items.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_items(self, by: int) -> None:
        if by < 0:
            self._columns.bring_forward(LINES)
            self._lines.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_right()

    def _page(self) -> SeedPage | IssuePage | None:
        """The page of the item shown; None where none is."""
        page = self._pages.currentWidget()
        is_shown = self._details.currentIndex() == self._details.count() - 1
        return page if is_shown and isinstance(page, SeedPage | IssuePage) else None

    def _go_right(self) -> None:
        page = self._page()
        if page is not None:
            self._columns.bring_forward(DETAILS)
            page.go_in()

    def _open_line(self, line_id: str) -> None:
        session_id = self._presenter.session_of(line_id)
        if session_id is not None:
            company_id = self._presenter.company_id
            route = Route(
                Place.COMPANIES, company_id=company_id, tab="sessions", item_id=session_id, anchor=line_id
            )
            self.go.emit(route)

    def _open_history(self, item_id: str) -> None:
        kind = ISSUES if isinstance(self._presenter.item(item_id), IssueRow) else SEEDS
        self.go.emit(history_route(self._presenter.company_id, kind, item_id))

    def _open_action(self, action_id: str) -> None:
        company_id = self._presenter.company_id
        self.go.emit(Route(Place.COMPANIES, company_id=company_id, tab="plan", item_id=action_id))

    # text left behind

    def _bring_forward(self) -> None:
        for record in self._drafts.left_records():
            if record.startswith(_NEW):
                self._columns.bring_forward(ITEMS)
                self._items.ask_new(record.removeprefix(_NEW))
            else:
                self._wanted = self._wanted or [record]

    def _follow_new(self, kind: str, editors: Mapping[str, TextEditor]) -> None:
        self._drafts.show(_NEW + kind, editors, is_new=True)

    def _tell_brought_back(self, _record: str) -> None:
        self.tell(BROUGHT_BACK)

    # acts

    def _begin_new(self) -> None:
        self._columns.bring_forward(ITEMS)
        self._items.begin_new()

    def _edit_words(self) -> None:
        page = self._page()
        if page is not None:
            self._columns.bring_forward(DETAILS)
            page.edit_words()

    def _plan(self) -> None:
        page = self._page()
        if page is not None:
            page.flush()
            self._presenter.plan(page.item_id())
        else:
            self.tell("知財の種か課題を選ぶと、計画に入れられます")

    def _add_seed(self, kind: str, name: str) -> None:
        self._presenter.add_seed(SeedKind(kind), name)
        self._drafts.written(_NEW + kind, {"name": name})

    def _add_issue(self, title: str) -> None:
        self._presenter.add_issue(title)
        self._drafts.written(_NEW, {"name": title})

    def _ask_where_to(self, line_id: str) -> None:
        """A small menu beside the line; Enter takes the first entry."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName(line_id)
        self._offer_chosen(menu, line_id)
        for number, kind in enumerate(SeedKind, 1):
            menu.addAction(f"&{number} 新しい種: {kind.term}").setData(str(kind))
        menu.addAction("&7 新しい課題").setData(_NEW_ISSUE)
        menu.triggered.connect(self._send)
        lines = self._lines.list
        below = lines.visualRect(lines.currentIndex()).bottomLeft()
        menu.popup(lines.viewport().mapToGlobal(QPoint(below.x() + theme().px(20), below.y())))
        menu.setActiveAction(menu.actions()[0])

    def _offer_chosen(self, menu: QMenu, line_id: str) -> None:
        item = self._presenter.item(self._presenter.item_id)
        if item is None:
            return
        name = item.title if isinstance(item, IssueRow) else item.name
        shown = name if len(name) <= _TITLE_LIMIT else f"{name[: _TITLE_LIMIT - 1]}…"
        rests = line_id in item.evidence
        words = f"&0 「{shown.replace('&', '&&')}」の根拠{'から外す' if rests else 'にする'}"
        menu.addAction(words).setData(_DETACH if rests else _ATTACH)
        menu.addSeparator()

    def _send(self, entry: QAction) -> None:
        line_id, choice = self.sender().objectName(), entry.data()
        if choice == _NEW_ISSUE:
            self._presenter.draw_issue(line_id)
        elif choice == _ATTACH:
            self._presenter.attach(self._presenter.item_id, line_id)
        elif choice == _DETACH:
            self._presenter.detach(self._presenter.item_id, line_id)
        else:
            self._presenter.draw_seed(line_id, SeedKind(choice))
