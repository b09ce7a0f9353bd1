"""設定 > 課題と視点: the lists of the field in the team's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.folding import fold
from app.domain.masters import FIRST_VISIT_QUESTION, IP_PERSPECTIVE, MANAGEMENT_ISSUE, PROMPT
from app.rows.masters import MasterRow
from ui.models.row_list_model import ListRow
from ui.screens.screen import LineButton
from ui.screens.settings.master_form import Choices, MasterForm
from ui.screens.settings.section import Section
from ui.tasks import TaskRunner, Ticket
from ui.theme.paint import State
from ui.theme.theme import theme
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.fields.text_field import SearchField
from ui.widgets.layouts import PAGE_MARGINS, column, row
from ui.widgets.row_list import RowList
from ui.widgets.scroll_page import ScrollPage
from ui.widgets.tab_strip import Tab, TabStrip

if TYPE_CHECKING:
    from app.rows.trash import DeletedNote
    from app.services.directory import Services

_LEAST_LIST = 150
_KINDS = (
    Tab(MANAGEMENT_ISSUE, "経営課題"),
    Tab(IP_PERSPECTIVE, "知財の視点"),
    Tab(PROMPT, "困りごと"),
    Tab(FIRST_VISIT_QUESTION, "初回の質問"),
)
Lists = Mapping[str, tuple[MasterRow, ...]]


class MasterSection(Section):
    """Words are kept when one leaves a field; the shipped ones are never lost."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__(tasks, services)
        self._lists: Lists = {}
        self._kind = MANAGEMENT_ISSUE
        self._wanted = ""
        self._chosen_key = ""
        self._kinds = TabStrip(_KINDS)
        self._kinds.chosen.connect(self._kind_chosen)
        self._search = SearchField("言葉でさがす")
        self._search.searched.connect(self._narrow)
        self._list = RowList(name="一覧の言葉", indent=16)
        self._list.current_changed.connect(self._chosen)
        self._list.delete_asked.connect(self._remove)
        self._list.opened.connect(self._edit)
        self._list.show_when_empty(EmptyState("見つかりません", "別の言葉でさがすか、\n消すとすべて出ます。"))
        self._form = MasterForm()
        self._form.changed.connect(self._changed)
        self._form.hide_asked.connect(self._hide)
        self._form.reset_asked.connect(self._reset)
        self._form.remove_asked.connect(self._remove)
        self._build()

    def enter(self, item_id: str) -> None:
        """Read the lists."""
        self._wanted = item_id
        self.drafts.open("settings:masters")
        self._load()

    def touched(self, changes: Changes) -> None:
        """Read them again once an entry changed."""
        if changes.touch("master_item"):
            self._load()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Search, edit, and add an entry of one's own."""
        return {"find": self._search.setFocus, "new": self._add, "edit": self._edit}

    def buttons(self) -> tuple[LineButton, ...]:
        """Adding to the list that is shown."""
        return (LineButton("new", "言葉を足す", "plus", primary=True),)

    # showing

    def _load(self) -> None:
        self.tasks.run(self._read, self._show)

    def _read(self, _ticket: Ticket) -> Lists:
        return {tab.key: self.services.masters.entries(tab.key) for tab in _KINDS}

    def _show(self, lists: Lists) -> None:
        self._lists = lists
        self._want_left()
        for key, entries in lists.items():
            self._kinds.set_count(key, str(sum(not entry.is_hidden for entry in entries)))
        self._narrow(self._search.text())

    def _want_left(self) -> None:
        """Go where text was left behind."""
        for record in self.drafts.left_records():
            kind, _, code = record.partition(":")
            if not self._wanted and code in {entry.code for entry in self._lists.get(kind, ())}:
                self._kinds.choose(kind)
                self._kind, self._wanted = kind, code

    def _narrow(self, sought: str) -> None:
        wanted = fold(sought)
        found = [entry for entry in self._entries() if wanted in fold(f"{entry.label} {entry.detail}")]
        self._list.show_entries([_row(entry) for entry in found])
        if self._wanted:
            self._list.go_to(self._wanted)
        self._wanted = ""
        if not self._list.current_key():
            self._list.step(1)
        self._show_entry()

    def _entries(self) -> Sequence[MasterRow]:
        return self._lists.get(self._kind, ())

    def _entry(self, code: str) -> MasterRow | None:
        return next((entry for entry in self._entries() if entry.code == code), None)

    def _kind_chosen(self, kind: str) -> None:
        self._form.flush()
        self._kind = kind
        self._narrow(self._search.text())

    def _chosen(self, key: str) -> None:
        # Showing the list anew chooses the same entry again, perhaps in mid-conversion.
        if key != self._chosen_key:
            self._chosen_key = key
            self._form.flush()
            self._show_entry()

    def _show_entry(self) -> None:
        entry = self._entry(self._list.current_key())
        self._side.setCurrentIndex(0 if entry is None else 1)
        if entry is not None:
            self._form.show_entry(entry, self._choices())
            self.drafts.show(f"{entry.kind}:{entry.code}", self._form.editors())

    def _choices(self) -> Choices:
        """What a prompt can name."""
        return Choices(
            self._lists.get(MANAGEMENT_ISSUE, ()),
            self._lists.get(IP_PERSPECTIVE, ()),
        )

    # acting

    def _edit(self, _key: str = "") -> None:
        self._form.setFocus()

    def _add(self) -> None:
        self._form.flush()
        self._search.show_text("")
        self.tasks.run(partial(_add, self.services, self._kind), self._added, self.refuse)

    def _added(self, code: str) -> None:
        self._wanted = code
        self._form.name_next(code)
        self._load()

    def _changed(self, entry: MasterRow, values: Mapping[str, object]) -> None:
        self.tasks.run(partial(_change, self.services, entry, values), failed=self.refuse)

    def _hide(self, entry: MasterRow) -> None:
        self.tasks.run(partial(_turn, self.services, entry), failed=self.refuse)

    def _reset(self, entry: MasterRow) -> None:
        self.tasks.run(partial(_reset, self.services, entry), failed=self.refuse)

    def _remove(self, code: str) -> None:
        entry = self._entry(code)
        if entry is not None and entry.is_own:
            self.tasks.run(partial(_remove, self.services, code), self._removed, self.refuse)

    def _removed(self, note: DeletedNote) -> None:
        self.told.emit(note.message, partial(self._bring_back, note))

    def _bring_back(self, note: DeletedNote) -> None:
        self._wanted = note.id
        self.tasks.run(partial(_restore, self.services, note), failed=self.refuse)

    # building

    def _build(self) -> None:
        card = Card(padded=False, spacing=0)
        search = row(margins=(12, 10, 12, 10))
        search.addWidget(self._search)
        card.add(search, self._list)
        page = ScrollPage(margins=(0, 0, 4, 0))
        page.body.addWidget(self._form)
        page.body.addStretch(1)
        self._side = QStackedWidget()
        for each in (EmptyState("左の一覧から選びます"), page):
            self._side.addWidget(each)
        across = row(spacing=16, margins=PAGE_MARGINS)
        self._list.setMinimumWidth(theme().px(_LEAST_LIST))
        across.addWidget(card, 4)
        across.addWidget(self._side, 5)
        whole = column(self, spacing=0)
        whole.addWidget(self._kinds)
        whole.addLayout(across, 1)


def _row(entry: MasterRow) -> ListRow:
    states: tuple[State, ...] = ()
    if entry.is_own:
        states = (State("info", "足した"),)
    elif entry.is_changed and not entry.is_hidden:
        states = (State("flat", "直した"),)
    if entry.is_hidden:
        states = (*states, State("off", "使わない"))
    detail = "・".join(entry.detail.split("\n"))
    return ListRow(entry.code, entry.label, detail=detail or "説明はありません", states=states)


def _add(services: Services, kind: str, _ticket: Ticket) -> str:
    return services.masters.add(kind, {"label": "新しい言葉"})


def _change(services: Services, entry: MasterRow, values: Mapping[str, object], _ticket: Ticket) -> None:
    services.masters.change(entry.kind, entry.code, values)


def _turn(services: Services, entry: MasterRow, _ticket: Ticket) -> None:
    services.masters.hide(entry.kind, entry.code, is_hidden=not entry.is_hidden)


def _reset(services: Services, entry: MasterRow, _ticket: Ticket) -> None:
    services.masters.reset(entry.kind, entry.code)


def _remove(services: Services, code: str, _ticket: Ticket) -> DeletedNote:
    return services.trash.delete("master_item", code)


def _restore(services: Services, note: DeletedNote, _ticket: Ticket) -> None:
    services.trash.restore(note.record_type, note.id)
