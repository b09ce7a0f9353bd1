"""What a person sees and does on 分析."""

from PySide6.QtWidgets import QApplication

from app.domain.note_sheet import Edit, Line
from app.domain.terms import EngagementStatus, Mark
from app.rows.analysis import AnalysisSheet
from tests.ui.company.desk import ENTRY, Desk
from tests.ui.keyboard import press_key
from ui.models.row_list_model import ListRow, RowListModel
from ui.screens.analysis.tab import AnalysisTab
from ui.widgets.row_list import RowList

HEARD = (
    ("主力は切削。売上の6割が1社に集中", Mark.FACT, False),
    ("図面を渡した先が似た治具を作る不安", Mark.ISSUE, False),
    ("焼入れは820度で40秒", Mark.FACT, True),
    ("焼入れ条件は社内の秘密にする", Mark.DECISION, False),
    ("図面の一覧を作る　高橋様 8/5", Mark.HOMEWORK, False),
)


class Walk:
    """A company with one 面談, opened at 分析."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.company_id = desk.services.companies.register(ENTRY, EngagementStatus.SUPPORTED)
        self.line_ids: dict[str, str] = {}
        self._hold_session()
        desk.open_company(self.company_id, "analysis")

    def _hold_session(self) -> None:
        place, sessions = self.desk.services.place, self.desk.services.support_sessions
        self.session_id = sessions.start(self.company_id)
        for number, (text, mark, is_secret) in enumerate(HEARD):
            line = Line(place.new_id(), text, place.now(), f"a{number}", mark, is_secret)
            sessions.edit_lines(self.session_id, Edit(put=(line,)))
            self.line_ids[text] = line.id
        sessions.finish(self.session_id)

    @property
    def tab(self) -> AnalysisTab:
        return self.desk.window.findChild(AnalysisTab)

    def sheet(self) -> AnalysisSheet:
        return self.desk.services.analysis.sheet(self.company_id)

    def press(self, *keys: str) -> None:
        """Press keys where they go: an open menu takes them first."""
        for each in keys:
            press_key(QApplication.activePopupWidget() or self.desk.focused(), each)
            self.desk.settle()
            self._come_back()

    def _come_back(self) -> None:
        """Where there is no window system, nobody gives the focus back after a menu."""
        if QApplication.activePopupWidget() is None and QApplication.focusWidget() is None:
            self.desk.window.activateWindow()
            self.desk.wait_until(lambda: QApplication.focusWidget() is not None)

    def rows(self, name: str) -> list[ListRow]:
        """The rows of the list in sight with this name."""
        shown = [each for each in self.desk.window.findChildren(RowList) if each.isVisible()]
        model = next(each for each in shown if each.accessibleName() == name).model()
        assert isinstance(model, RowListModel)
        return [entry for entry in model.entries if isinstance(entry, ListRow)]

    def titles(self, name: str) -> list[str]:
        return [row.title for row in self.rows(name)]
