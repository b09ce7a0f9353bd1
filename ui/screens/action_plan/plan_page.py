"""The panel's page for the plan itself: ねらい, period, 指標, 主要期日, 課題と対応方針."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.confidentiality import level_of
from app.domain.terms import Confidentiality
from app.rows.action_plans import PlanRow, ResponseRow
from app.services.action_plans import INDICATOR_LIMIT
from ui.field_drafts import TextEditor
from ui.models.row_list_model import ListRow
from ui.screens.action_plan.action_page import is_kept
from ui.screens.action_plan.part_fields import IndicatorFields, MilestoneFields, Parts
from ui.screens.action_plan.presenter import PlanShown
from ui.theme.fonts import Role
from ui.widgets.field_form import FieldForm
from ui.widgets.fields.choice_field import ChoiceField, term_options
from ui.widgets.fields.date_field import DateField
from ui.widgets.fields.long_text_field import LongTextField
from ui.widgets.layouts import column, put
from ui.widgets.row_list import RowList
from ui.widgets.texts import Paragraph, Rule, Text

Today = Callable[[], date]


class PlanPage(QWidget):
    """Every field is its own change; 課題 lead to 分析."""

    edited = Signal(str, object)
    """Id of the plan, columns and values."""
    issue_opened = Signal(str)

    def __init__(self, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: PlanRow | None = None
        self._goal = LongTextField(lines=3, placeholder="この年度に、どうなっていたいか")
        self._starts, self._ends = DateField(today), DateField(today)
        self._level = ChoiceField(term_options(Confidentiality), blank="企業の取扱と同じ")
        self.indicators = Parts("指標", "指標を足す", IndicatorFields, limit=INDICATOR_LIMIT)
        self.milestones = Parts("主要期日", "期日を足す", lambda: MilestoneFields(today))
        self._responses = RowList(name="課題と対応方針", indent=0, opens_on_click=True, fits=True)
        self._no_response = Paragraph("分析で課題を足すと、ここに並びます。", Role.TABLE, "sub")
        self._build()
        self._connect()

    def show_plan(self, shown: PlanShown) -> None:
        """Show the plan of a company."""
        plan = shown.sheet.plan
        if self._plan is not None and self._plan.id != plan.id:
            self.flush()
            for refused in (self._starts, self._ends):
                refused.set_problem("")
        self._plan = plan
        if not self._goal.has_changes():
            self._goal.show_text(plan.goal)
        for field, day in ((self._starts, plan.starts_on), (self._ends, plan.ends_on)):
            if not is_kept(field):
                field.show_day(day)
        self._level.setItemText(0, f"{shown.level.term} (企業と同じ)")
        self._level.show_value(plan.level)
        self.indicators.show_rows(shown.sheet.indicators)
        self.milestones.show_rows(shown.sheet.milestones)
        self._show_responses(shown.sheet.issues)

    def plan_id(self) -> str:
        """The plan shown; "" for none."""
        return self._plan.id if self._plan is not None else ""

    def editors(self) -> Mapping[str, TextEditor]:
        """What is typed into, by column; the parts have their own."""
        return {"goal": self._goal, "starts_on": self._starts, "ends_on": self._ends}

    def flush(self) -> None:
        """Take over what is typed."""
        for field in self.editors().values():
            field.flush()
        self.indicators.flush()
        self.milestones.flush()

    def first_field(self) -> QWidget:
        """Where one starts."""
        return self._goal

    def _show_responses(self, issues: Sequence[ResponseRow]) -> None:
        self._responses.show_entries([_response_row(issue) for issue in issues])
        self._responses.setVisible(bool(issues))
        self._no_response.setVisible(not issues)

    def _build(self) -> None:
        form = FieldForm()
        form.add("ねらい", self._goal)
        form.add("期間の始め", self._starts)
        form.add("期間の終わり", self._ends)
        form.add("取扱", self._level)
        whole = column(self, spacing=0, margins=(16, 10, 16, 16))
        put(whole, form, 8, Rule(), 12, self.indicators, 14, Rule(), 12, self.milestones, 14, Rule())
        responses = column(spacing=4, margins=(4, 12, 4, 0))
        put(responses, Text("課題と対応方針", Role.BODY_BOLD), self._responses, self._no_response)
        put(whole, responses, None)

    def _connect(self) -> None:
        self._goal.left.connect(self._goal_left)
        self._starts.day_left.connect(self._starts_left)
        self._ends.day_left.connect(self._ends_left)
        self._level.chosen.connect(self._level_chosen)
        self._responses.opened.connect(self.issue_opened)

    def _write(self, values: dict[str, object]) -> None:
        if self._plan is not None:
            self.edited.emit(self._plan.id, values)

    def _goal_left(self, text: str) -> None:
        self._write({"goal": text})

    def _starts_left(self, day: date | None) -> None:
        self._write_days(self._starts, {"starts_on": day})

    def _ends_left(self, day: date | None) -> None:
        self._write_days(self._ends, {"ends_on": day})

    def _write_days(self, field: DateField, values: dict[str, object]) -> None:
        starts, ends = self._starts.day(), self._ends.day()
        if starts is not None and ends is not None and ends < starts:
            field.set_problem("終わりの日が始まりの日より前です")
            return
        for each in (self._starts, self._ends):
            each.set_problem("")
        self._write(values)

    def _level_chosen(self, code: str) -> None:
        self._write({"confidentiality": level_of(code)})


def _response_row(issue: ResponseRow) -> ListRow:
    return ListRow(issue.id, issue.title, detail=issue.response or "対応方針はまだありません")
