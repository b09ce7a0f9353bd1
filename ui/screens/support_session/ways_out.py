"""From a visit to other screens: the company's tabs, 履歴, 読み合わせ, the lines left over, paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from ui.navigation import Place, Route, history_route
from ui.screens.company.view import TAB_WORDS
from ui.screens.support_session.note_keeper import NoteKeeper
from ui.screens.support_session.presenter import SessionPresenter
from ui.screens.support_session.visit import Visit
from ui.widgets.notes.note_editor import NoteEditor


class WaysOut(QObject):
    """Leads nowhere before a visit is there."""

    asked = Signal(object)
    """Go to a Route."""

    def __init__(self, presenter: SessionPresenter, editor: NoteEditor) -> None:
        super().__init__(editor)
        self._presenter = presenter
        self._editor = editor

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The ways by command."""
        tabs = {f"tab_{tab}": partial(self._open_tab, tab) for tab in TAB_WORDS}
        return tabs | {
            "tab_history": self._open_history,
            "line_history": self._open_line_history,
            "print": self._print,
            "read_back": partial(self._open_page, "read_back"),
            "leftover": self.open_leftover,
        }

    def open_leftover(self) -> None:
        """The lines of this visit without a mark, one after the other."""
        self._open_page("leftover")

    def _open_tab(self, tab: str) -> None:
        if (visit := self._visit) is not None:
            self.asked.emit(Route(Place.COMPANIES, company_id=visit.sheet.company_id, tab=tab))

    def _open_page(self, page: str) -> None:
        """Another page of this visit."""
        if (visit := self._visit) is not None:
            sheet = visit.sheet
            self.asked.emit(Route(Place.COMPANIES, company_id=sheet.company_id, tab=page, item_id=sheet.id))

    def _open_history(self) -> None:
        """What was done in this visit."""
        if (visit := self._visit) is not None:
            self.asked.emit(history_route(visit.sheet.company_id, "support_session", visit.sheet.id))

    def _open_line_history(self) -> None:
        visit, keeper = self._visit, self._keeper
        if visit is not None and keeper is not None:
            line = keeper.lines[self._editor.caret()[0]]
            self.asked.emit(history_route(visit.sheet.company_id, "note_line", line.id))

    def _print(self) -> None:
        """The minutes of this visit on 印刷."""
        if (visit := self._visit) is not None:
            company_id, item_id = visit.sheet.company_id, visit.sheet.id
            self.asked.emit(
                Route(
                    Place.DOCUMENTS,
                    company_id=company_id,
                    item_id=item_id,
                    company_ids=(company_id,),
                    document="minutes",
                )
            )

    @property
    def _visit(self) -> Visit | None:
        return self._presenter.visit

    @property
    def _keeper(self) -> NoteKeeper | None:
        return self._presenter.keeper
