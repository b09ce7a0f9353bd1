"""企業の情報: the required fields, and the optional questions block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.domain.masters import IntakeBlock
from app.rows.companies import CompanyForm
from ui.field_drafts import FieldDrafts
from ui.models.row_list_model import ListRow
from ui.screens.company.company_entry import missing, saved_together
from ui.screens.company.company_fields import CompanyFields
from ui.screens.company.intake.block_page import BlockPage
from ui.screens.company.intake.form_writer import FormWriter, ShownIntake, draft_scope
from ui.screens.company.same_company_hint import SameCompanyHint
from ui.screens.company.tab import CompanyTab
from ui.tasks import TaskRunner, Ticket
from ui.theme.theme import theme
from ui.widgets.layouts import column, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.texts import Rule

if TYPE_CHECKING:
    from app.services.directory import Services

ESSENTIALS = "essentials"
_LIST_WIDTH = 208


class IntakeTab(CompanyTab):
    """Each field is saved when it is left, unless something is wrong with it; then it stays as typed."""

    def __init__(self, tasks: TaskRunner, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._company_id = ""
        self._shown: CompanyForm | None = None
        self._typed: dict[str, str] = {}
        self._blocks = {block.code: block for block in services.place.masters.intake_blocks}
        self._services = services
        self._writer = FormWriter(services, "")
        self._drafts = FieldDrafts(tasks, services, self)
        self.fields = CompanyFields(services.place.masters, services.place.today)
        self._drafts.follow(self.fields.texts)
        self._hint = SameCompanyHint(tasks, services)
        self._list = RowList(name="聞き取りの項目", indent=16)
        self._pages, self._block_pages = QStackedWidget(), dict[str, BlockPage]()
        self._arrange()
        self._list.current_changed.connect(self._open_block)
        self._list.opened.connect(self._enter_block)
        self.fields.edited.connect(self._save)
        self._hint.go.connect(self.go)
        theme().changed.connect(self._measure)

    def show_company(self, company_id: str, anchor: str = "") -> None:
        """Show the intake; the anchor is a block or a question."""
        if company_id != self._company_id:
            self._start_over(company_id)
        self._list_blocks()
        block = anchor.partition(".")[0]
        self._list.go_to(block if block in self._blocks else ESSENTIALS)
        self._open_block(block)
        self.setFocusProxy(self._first_editor(block, anchor))
        self._load()

    def leave(self) -> None:
        """Keep what could not become a change."""
        self._drafts.write_waiting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the fields where there is no room for two blocks."""
        super().resizeEvent(event)
        self._measure()

    def touched(self, changes: Changes) -> None:
        """Show what is written elsewhere, or taken back."""
        own = ("company", self._company_id) in changes.touched
        if self._company_id and (own or changes.touch("intake_answer")):
            self._load()

    # reading

    def _start_over(self, company_id: str) -> None:
        self._company_id, self._shown, self._typed = company_id, None, {}
        self._writer = FormWriter(self._services, company_id)
        self._drafts.scope = draft_scope(company_id)
        self.fields.clear()
        self._hint.show_found(None)
        for page in self._block_pages.values():
            page.clear()

    def _load(self) -> None:
        writer = self._writer
        self._tasks.run(lambda _: writer.load(), self._show)

    def _show(self, shown: ShownIntake) -> None:
        if shown.company_id != self._company_id:
            return
        is_first = self._shown is None
        self._shown = shown.form
        self.fields.show_values(shown.form.form.values)
        for page in self._block_pages.values():
            page.show_answers(shown.form)
        if is_first and shown.typed:
            self._typed = dict(shown.typed)
            self.fields.enter_again(self._typed)
            for page in self._block_pages.values():
                page.type_again(self._typed)
        self._list_blocks()

    # writing

    def _save(self, name: str) -> None:
        values = self.fields.values()
        self._hint.look(name, values, self._company_id)
        together = {column: values[column] for column in saved_together(name)}
        gaps = missing(values)
        for column_name in together.keys() & gaps.keys():
            self.fields.show_problem(column_name, gaps[column_name])
        if not together.keys() & set(self.fields.problems()):
            self._write(partial(self._writer.change, together))

    def _answer(self, code: str, value: str) -> None:
        self._write(partial(self._writer.answer, code, value))

    def _set_level(self, code: str, level: str) -> None:
        self._write(partial(self._writer.set_level, code, level))

    def _write(self, act: Callable[[], None]) -> None:
        # Should the write fail, the draft is there; the writer drops it after a success.
        self._drafts.write_waiting()
        self._tasks.run(partial(_done, act))

    # the blocks

    def _list_blocks(self) -> None:
        answers = self._shown.answers if self._shown else {}
        rows = [ListRow(ESSENTIALS, "基本の項目", right="必須")]
        for code, block in self._blocks.items():
            rows.append(ListRow(code, block.word, right=_filled(block, answers)))
        self._list.show_entries(rows)

    def _open_block(self, code: str) -> None:
        if code in self._blocks:
            self._pages.setCurrentWidget(self._block_page(code))
        else:
            self._pages.setCurrentIndex(0)

    def _enter_block(self, code: str) -> None:
        """Enter on a block goes into its first field."""
        self._first_editor(code, "").setFocus()

    def _first_editor(self, block: str, question: str) -> QWidget:
        page = self._block_pages.get(block)
        return page.editor(question) if page else self.fields.texts["name"]

    def _block_page(self, code: str) -> BlockPage:
        if code not in self._block_pages:
            page = BlockPage(self._blocks[code], self._services.place.today)
            page.answered.connect(self._answer)
            page.level_set.connect(self._set_level)
            self._drafts.follow(page.text_editors())
            if self._shown:
                page.show_answers(self._shown)
            page.type_again(self._typed)
            self._block_pages[code] = page
            self._pages.addWidget(page)
        return self._block_pages[code]

    # building

    def _arrange(self) -> None:
        essentials = ScrollPage(margins=(16, 12, 16, 16))
        essentials.body.addWidget(self.fields)
        essentials.body.addStretch(1)
        self._pages.addWidget(essentials)
        self._list.setProperty("ground", "bg")
        below = row(spacing=0)
        for part in (self._list, Rule(upright=True)):
            below.addWidget(part)
        below.addWidget(self._pages, 1)
        whole = column(self, spacing=0)
        whole.addWidget(self._hint)
        whole.addLayout(below, 1)
        self._measure()

    def _measure(self) -> None:
        self._list.setFixedWidth(theme().px(_LIST_WIDTH))
        self.fields.fit(self.width() - theme().px(_LIST_WIDTH))


def _filled(block: IntakeBlock, answers: Mapping[str, str]) -> str:
    count = sum(bool(answers.get(field.code)) for field in block.fields)
    return f"{count}/{len(block.fields)}" if count else ""


def _done(act: Callable[[], None], _ticket: Ticket) -> None:
    act()
