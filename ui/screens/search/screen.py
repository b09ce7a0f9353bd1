"""さがす: everything by its words while one types, the newest first; a hit opens at its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.search_hits import searched_words
from app.rows.search import SearchChoices, SearchFilters, SearchHit, SearchKind, SearchPage, SearchQuery
from app.services.search import MOST_COUNTED, MOST_HITS
from ui.navigation import Route
from ui.screens.screen import Crumb, Heading, Screen
from ui.screens.search.entries import MORE, entries, key_of, route_of
from ui.screens.search.filter_bar import SearchBar
from ui.tasks import TaskRunner, Ticket
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layouts import column
from ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from app.services.directory import Services

_LEAD_WIDTH = 140
_DECIDING = (*SearchKind, "support_session", "link")
_INVITATION, _NOTHING, _NOTHING_LEFT = range(3)


@dataclass(frozen=True, slots=True)
class _Memory:
    """What was looked for and where one was in it, for Alt+Left."""

    text: str
    filters: SearchFilters
    limit: int
    key: str


class SearchScreen(Screen):
    """The route's `sought` is looked for, its company narrows; both are to be changed in the line above."""

    def __init__(self, tasks: TaskRunner, services: Services) -> None:
        super().__init__()
        self._tasks = tasks
        self._search = services.search
        self._limit = MOST_HITS
        self._text = ""
        self._hits: Mapping[str, SearchHit] = {}
        self._wanted_key = ""
        self._wanted_filters: SearchFilters | None = None
        self._is_looking = self._goes_on = False
        self._ticket = Ticket()
        self._bar = SearchBar()
        self._list = RowList(name="見つかったもの", lead_width=_LEAD_WIDTH, opens_on_click=True, aligned=True)
        self._empty = QStackedWidget()
        self._build()
        self.setFocusProxy(self._bar.field)

    def heading(self) -> Heading:
        """さがす."""
        return Heading("さがす", crumbs=(Crumb("さがす"),))

    def enter(self, route: Route) -> None:
        """Look for the words of the route, or go on with those that stand there."""
        if route.sought is not None:
            self._bar.field.show_text(route.sought)
            self._text = route.sought
        self._limit, self._wanted_filters = MOST_HITS, None
        self._bar.field.selectAll()
        self._tasks.run(lambda _: self._search.choices(), partial(self._begin, route.company_id), side=True)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Searching again, and F3 through what was found."""
        return {
            "find": self._edit_words,
            "find_everywhere": self._edit_words,
            "find_next": partial(self._list.step, 1),
            "find_previous": partial(self._list.step, -1),
        }

    def touched(self, changes: Changes) -> None:
        """Look again when something that can be found was changed."""
        if self.isVisible() and changes.touch(*_DECIDING):
            self._look()

    def memory(self) -> object:
        """Words, filters, and the hit one was at."""
        return _Memory(self._text, self._bar.filters, self._limit, self._list.current_key())

    def restore(self, memory: object) -> None:
        """Look for the same again and go to the same hit."""
        if not isinstance(memory, _Memory):
            return
        self._text, self._limit, self._wanted_key = memory.text, memory.limit, memory.key
        self._bar.field.show_text(memory.text)
        self._wanted_filters = memory.filters
        self._bar.show_filters(memory.filters)
        self._look()
        if memory.key:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # looking

    def _begin(self, company_id: str | None, choices: SearchChoices) -> None:
        self._bar.offer(choices)
        kept = replace(choices.chosen, company_id=company_id) if company_id else choices.chosen
        self._bar.show_filters(self._wanted_filters or kept)
        self._look()

    def _searched(self, text: str) -> None:
        if text != self._text:
            self._text, self._limit, self._wanted_key = text, MOST_HITS, ""
            self._look()

    def _narrowed(self) -> None:
        self._limit = MOST_HITS
        self._tasks.run(partial(self._keep, self._bar.filters))
        self._look()

    def _keep(self, filters: SearchFilters, _ticket: Ticket) -> None:
        self._search.keep(filters)

    def _look(self) -> None:
        self._ticket.cancel()
        self._is_looking = True
        query = self._search.query(self._text, self._bar.filters)
        work = partial(self._find, query, self._limit)
        self._ticket = self._tasks.run(work, partial(self._show, query), side=True)

    def _find(self, query: SearchQuery, limit: int, _ticket: Ticket) -> SearchPage:
        return self._search.find(query, limit)

    def _count(self, query: SearchQuery, _ticket: Ticket) -> int:
        return self._search.count(query, MOST_COUNTED)

    def _show(self, query: SearchQuery, page: SearchPage) -> None:
        self._is_looking = False
        self._hits = {key_of(hit): hit for hit in (*page.names, *page.hits)}
        self._empty.setCurrentIndex(self._emptiness(query))
        self._list.show_entries(entries(page, MOST_HITS))
        self._list.go_to(self._wanted_key)
        self._wanted_key = ""
        self._bar.show_count(_counted(page))
        if page.has_more:
            self._ticket = self._tasks.run(partial(self._count, query), self._show_count, side=True)
        if self._goes_on:
            self._go_to_hits()

    def _show_count(self, count: int) -> None:
        self._bar.show_count(f"{count:,}件以上" if count == MOST_COUNTED else f"{count:,}件")

    def _emptiness(self, query: SearchQuery) -> int:
        if not searched_words(query.text):
            return _INVITATION
        return _NOTHING if self._bar.filters.is_open else _NOTHING_LEFT

    # acting

    def _edit_words(self) -> None:
        self._bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.field.selectAll()

    def _enter_pressed(self) -> None:
        """Enter looks at once, and moves on to what is found."""
        self._goes_on = self._is_looking
        if not self._is_looking:
            self._go_to_hits()

    def _go_to_hits(self) -> None:
        self._goes_on = False
        if self._hits:
            if not self._list.current_key():
                self._list.step(1)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, key: str) -> None:
        if key == MORE:
            self._limit += MOST_HITS
            self._look()
        else:
            self.go.emit(route_of(self._hits[key], self._text))

    def _show_all(self) -> None:
        self._bar.show_filters(SearchFilters())
        self._narrowed()
        self._bar.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # building

    def _build(self) -> None:
        show_all = Button("絞り込みをやめる")
        show_all.clicked.connect(self._show_all)
        nothing = "見る権利のない企業は探していません。"
        for empty in (
            EmptyState(
                "さがす言葉を入れてください",
                "面談の行、課題、知財の種、すること、企業と人の名前からさがします。\n"
                "かなの種類、全角と半角、旧字、㈱ の違いは区別しません。",
            ),
            EmptyState("見つかりません", nothing),
            EmptyState("見つかりません", f"{nothing}\n絞り込みをやめて、もう一度さがせます。", [show_all]),
        ):
            self._empty.addWidget(empty)
        self._list.show_when_empty(self._empty)
        self._list.opened.connect(self._open)
        self._bar.searched.connect(self._searched)
        self._bar.narrowed.connect(self._narrowed)
        self._bar.field.returnPressed.connect(self._enter_pressed)
        self._bar.went_down.connect(self._go_to_hits)
        card = Card(padded=False)
        card.add(self._list)
        framed = column(margins=(20, 0, 16, 12))
        framed.addWidget(card)
        whole = column(self, spacing=0)
        whole.addWidget(self._bar)
        whole.addLayout(framed, 1)


def _counted(page: SearchPage) -> str:
    if page.is_empty:
        return ""
    return f"{len(page.hits)}件以上" if page.has_more else f"{len(page.hits)}件"
