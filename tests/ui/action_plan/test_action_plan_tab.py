"""S07 計画 walked by keyboard: adding, moving, finishing, the panel, the three views, the way back."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from app.domain.terms import ActionStatus, EngagementStatus, Stage
from app.rows.action_plans import ActionRow, PlanSheet
from tests.ui.company.desk import ENTRY, Desk
from ui.models.row_list_model import ListHeading, RowListModel
from ui.navigation import Place, Route
from ui.screens.action_plan.gantt_view import GanttView
from ui.screens.action_plan.panel import ACTION, PLAN
from ui.screens.action_plan.plan_bar import GANTT, OWNERS, TABLE
from ui.screens.action_plan.tab import ActionPlanTab
from ui.screens.action_plan.words import spoken_row
from ui.theme.theme import theme
from ui.widgets.empty_state import EmptyState

JULY_22, AUGUST_5 = date(2025, 7, 22), date(2025, 8, 5)


class Plan:
    """A company with three actions, opened at 計画."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.company_id = desk.services.companies.register(ENTRY, EngagementStatus.SUPPORTED)
        plans = desk.services.action_plans
        self.consult = plans.add_action(
            self.company_id, {"title": "弁理士に相談する", "start_on": JULY_22, "due_on": AUGUST_5}
        )
        self.list = plans.add_action(self.company_id, {"title": "図面の一覧を作る", "owner_name": "高橋社長"})
        self.catalogue = plans.add_action(self.company_id, {"title": "資料を作る", "stage": Stage.SALES})
        desk.open_company(self.company_id, "plan")

    def sheet(self) -> PlanSheet:
        return self.desk.services.action_plans.sheet(self.company_id)

    def row(self, action_id: str) -> ActionRow:
        return next(action for action in self.sheet().actions if action.id == action_id)

    @property
    def tab(self) -> ActionPlanTab:
        return self.desk.window.findChild(ActionPlanTab)

    def show(self, view: str) -> None:
        """Choose a view as a click does."""
        self.tab._bar.show_view(view)
        self.tab._bar.view_chosen.emit(view)
        self.tab._front().setFocus()


@pytest.fixture
def plan(desk: Desk) -> Plan:
    return Plan(desk)


def test_the_gantt_has_the_focus_on_what_is_to_be_done_first(plan: Plan) -> None:
    assert isinstance(plan.desk.focused(), GanttView)
    assert plan.tab._current_key() == plan.consult


def test_left_and_right_move_by_a_day_and_with_shift_by_a_week(plan: Plan) -> None:
    plan.desk.press("Right", "Right", "Left", "Shift+Right")
    row = plan.row(plan.consult)
    assert (row.start_on, row.due_on) == (date(2025, 7, 30), date(2025, 8, 13))
    assert plan.tab._current_key() == plan.consult
    plan.desk.press("Ctrl+Z")
    assert plan.row(plan.consult).start_on == date(2025, 7, 23)


def test_an_action_without_days_says_how_to_give_it_some(plan: Plan) -> None:
    plan.desk.press("Down", "Right")
    assert "Enter" in plan.desk.toast()
    assert plan.row(plan.list).due_on is None


def test_down_goes_over_the_stages(plan: Plan) -> None:
    plan.desk.press("Down", "Down")
    assert plan.tab._current_key() == plan.catalogue
    plan.desk.press("Home")
    assert plan.tab._current_key() == plan.consult


@pytest.mark.parametrize("view", [TABLE, GANTT, OWNERS])
def test_space_turns_done_in_every_view_and_the_choice_stays(plan: Plan, view: str) -> None:
    plan.show(view)
    plan.tab._table.go_to(plan.consult)
    plan.desk.press("Space")
    assert plan.row(plan.consult).status is ActionStatus.DONE
    assert plan.tab._current_key() == plan.consult
    plan.desk.press("Space")
    assert plan.row(plan.consult).status is ActionStatus.OPEN


def test_the_views_share_one_choice(plan: Plan) -> None:
    plan.desk.press("Down")
    plan.show(OWNERS)
    assert plan.tab._owners.current_key() == plan.list
    plan.desk.press("Up")
    plan.show(TABLE)
    assert plan.tab._table.current_key() == plan.tab._owners.current_key()


def test_ctrl_n_adds_and_goes_on_with_the_person(plan: Plan) -> None:
    plan.desk.press("Ctrl+N")
    plan.desk.type("商標を調べる")
    plan.desk.press("Return")
    added = next(action for action in plan.sheet().actions if action.title == "商標を調べる")
    assert plan.tab._current_key() == added.id
    assert plan.desk.focused().accessibleName() == "だれ"


def test_enter_that_ends_a_conversion_adds_nothing(plan: Plan) -> None:
    plan.desk.press("Ctrl+N")
    plan.desk.convert("しょうひょう")
    plan.desk.press("Return")
    assert len(plan.sheet().actions) == 3


def test_words_left_behind_become_an_action(plan: Plan) -> None:
    plan.desk.press("Ctrl+N")
    plan.desk.type("窓口に電話する")
    plan.desk.press("Alt+1")
    assert "窓口に電話する" in [action.title for action in plan.sheet().actions]


def test_enter_opens_the_panel_and_dates_are_read_as_typed(plan: Plan) -> None:
    plan.desk.press("Down", "Return")
    page = plan.tab._panel.action
    assert plan.desk.focused() is page.title
    page._due.setFocus()
    plan.desk.type("８月２０日")
    plan.desk.press("Tab")
    assert plan.row(plan.list).due_on == date(2025, 8, 20)
    assert page._due.text() == "2025/08/20(水)"
    plan.desk.press("Esc")
    assert isinstance(plan.desk.focused(), GanttView)
    assert not plan.tab._area.is_open


def test_an_end_before_the_start_is_kept_in_the_field_and_not_written(plan: Plan) -> None:
    plan.desk.press("Return")
    page = plan.tab._panel.action
    page._due.setFocus()
    page._due.selectAll()
    plan.desk.type("7/1")
    plan.desk.press("Tab")
    assert plan.row(plan.consult).due_on == AUGUST_5
    assert "前です" in page._due.accessibleDescription()
    plan.desk.services.action_plans.change_action(plan.consult, {"note": "別の端末で"})
    plan.desk.settle()
    assert page._due.text() == "2025/07/01(火)"
    plan.tab._table.go_to(plan.list)
    assert page._due.text() == page._due.accessibleDescription() == ""


def test_a_title_is_never_left_empty(plan: Plan) -> None:
    plan.desk.press("F2", "Del", "Tab")
    assert plan.row(plan.consult).title == "弁理士に相談する"
    assert plan.tab._panel.action.title.text() == "弁理士に相談する"


def test_progress_from_0_to_100_makes_it_doing(plan: Plan) -> None:
    plan.desk.press("Return")
    field = plan.tab._panel.action._progress
    for typed, percent in (("１２０", 0), ("３５", 35)):
        field.setFocus()
        field.selectAll()
        plan.desk.type(typed)
        plan.desk.press("Tab")
        assert plan.row(plan.consult).progress_percent == percent
    assert plan.row(plan.consult).status is ActionStatus.DOING


def test_an_owner_is_picked_or_written(plan: Plan) -> None:
    person = plan.desk.services.people.add({"name": "鈴木 由香", "role": "補佐"})
    plan.desk.settle()
    plan.desk.press("Return")
    owner = plan.tab._panel.action._owner
    assert owner._who.findText("鈴木 由香 (補佐)") > 0
    owner._choose(person)
    plan.desk.settle()
    assert plan.row(plan.consult).owner == "鈴木 由香"
    owner._who.show_value("by-hand")
    owner._choose("by-hand")
    plan.desk.type("工業試験場")
    plan.desk.press("Tab")
    assert (plan.row(plan.consult).owner, plan.row(plan.consult).owner_id) == ("工業試験場", None)


def test_typing_is_not_replaced_by_what_changes_elsewhere(plan: Plan) -> None:
    plan.desk.press("F2")
    plan.desk.type("書きかけ")
    plan.desk.services.action_plans.change_action(plan.consult, {"note": "別の端末で"})
    plan.desk.settle()
    page = plan.tab._panel.action
    assert (page.title.text(), page._note.text()) == ("書きかけ", "別の端末で")


def test_del_moves_to_the_bin_and_the_follower_is_chosen(plan: Plan) -> None:
    plan.desk.press("Del")
    assert [action.id for action in plan.sheet().actions] == [plan.list, plan.catalogue]
    assert plan.tab._current_key() == plan.list
    plan.desk.window._notices.toast.undo()
    plan.desk.settle()
    assert len(plan.sheet().actions) == 3


def test_enter_moves_the_company_to_another_stage_and_arrows_alone_do_not(plan: Plan) -> None:
    cells = plan.tab._bar._stages._cells
    cells[0].setFocus()
    plan.desk.press("Right")
    assert plan.sheet().stage is not Stage.PROTECT
    plan.desk.press("Return")
    assert plan.sheet().stage is Stage.PROTECT
    assert [cell._place for cell in cells] == [-1, 0, 1, 2]


def test_ctrl_j_opens_the_plan_and_keeps_its_goal(plan: Plan) -> None:
    plan.desk.press("Ctrl+J")
    plan.desk.type("治具を自社の名前で売る")
    plan.desk.press("Ctrl+J")
    assert plan.sheet().plan.goal == "治具を自社の名前で売る"
    assert isinstance(plan.desk.focused(), GanttView)


def test_an_indicator_keeps_its_fields_and_what_is_typed_after_its_name(plan: Plan) -> None:
    plan.desk.press("Ctrl+J")
    parts = plan.tab._panel.plan.indicators
    parts.begin_new()
    plan.desk.type("自社品の割合")
    plan.desk.press("Tab")
    fields = parts._rows[0]
    target = fields.findChild(type(fields.name), "target")
    target.setFocus()
    plan.desk.type("30")
    plan.desk.press("Tab")
    (indicator,) = plan.sheet().indicators
    assert (indicator.name, indicator.target) == ("自社品の割合", "30")
    assert parts._rows == [fields]


def test_a_milestone_stands_on_the_gantt(plan: Plan) -> None:
    plan.desk.press("Ctrl+J")
    parts = plan.tab._panel.plan.milestones
    parts.begin_new()
    plan.desk.type("連携会議")
    plan.desk.press("Tab")
    parts._rows[0]._day.setFocus()
    plan.desk.type("11/6")
    plan.desk.press("Tab")
    assert [post.words for post in plan.tab._gantt._posts] == ["連携会議 11/6"]


def test_printing_starts_with_the_plan_of_this_company(plan: Plan) -> None:
    plan.desk.press("Ctrl+P")
    expected = Route(Place.DOCUMENTS, company_ids=(plan.company_id,), document="plan")
    assert plan.desk.window.route() == expected


def test_by_person_with_how_much_is_left(plan: Plan) -> None:
    plan.show(OWNERS)
    model = plan.tab._owners.model()
    assert isinstance(model, RowListModel)
    heads = [(entry.text, entry.note) for entry in model.entries if isinstance(entry, ListHeading)]
    assert heads == [("高橋社長", "あと 1件　終わり 0件"), ("担当なし", "あと 2件　終わり 0件")]


def test_a_click_chooses_the_row_below_the_pointer(plan: Plan) -> None:
    gantt = plan.tab._gantt
    index = gantt._index_of(plan.catalogue)
    place = gantt.visualRect(index).center()
    QTest.mouseClick(gantt.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, place.y()))
    assert plan.tab._current_key() == plan.catalogue
    assert not gantt.indexAt(QPoint(100, 10)).isValid()


def test_a_screen_reader_hears_every_row_of_the_gantt(plan: Plan) -> None:
    interface = QAccessible.queryAccessibleInterface(plan.tab._gantt)
    names = [interface.child(number).text(QAccessible.Text.Name) for number in range(interface.childCount())]
    for row in plan.sheet().actions:
        assert any(spoken_row(row) in name for name in names)


def test_an_empty_plan_says_how_it_begins(desk: Desk) -> None:
    company_id = desk.services.companies.register({**ENTRY, "corporate_number": None})
    desk.open_company(company_id, "plan")
    shown = [each.accessibleName() for each in desk.window.findChildren(EmptyState) if each.isVisible()]
    assert any("まだ計画がありません" in words for words in shown)


def test_a_form_of_the_panel_is_made_when_it_is_first_opened(plan: Plan) -> None:
    panel = plan.tab._panel
    assert not panel.is_made(PLAN)
    assert not panel.is_made(ACTION)
    plan.desk.press("Return")
    assert panel.action.isVisible()
    assert panel.action.action_id() == plan.tab._current_key()
    assert not panel.is_made(PLAN)


def test_nothing_of_one_company_stands_below_the_name_of_another(plan: Plan) -> None:
    plan.desk.press("Return")
    other = plan.desk.services.companies.register({**ENTRY, "name": "青葉食品", "corporate_number": None})
    plan.desk.window.open(Route(Place.COMPANIES, other, tab="plan"))
    assert plan.tab._model.rowCount() == 0
    assert not plan.tab._panel.action.isVisible()
    plan.desk.settle()


def test_the_panel_lies_over_the_rows_where_the_window_is_narrow(plan: Plan) -> None:
    plan.desk.window.resize(1024, 520)
    plan.desk.press("Return")
    assert plan.tab._area.is_drawer
    assert plan.tab._panel.isVisible()
    assert plan.tab._views.width() == plan.tab._area.width()
    plan.desk.press("Esc")
    assert not plan.tab._panel.isVisible()


def test_today_and_the_bar_stand_where_the_scale_says(plan: Plan) -> None:
    gantt = plan.tab._gantt
    picture, index = gantt._picture(), gantt._index_of(plan.consult)
    image = gantt.viewport().grab().toImage()
    today = round(picture.at(picture.scale.x(JULY_22)))
    assert image.pixelColor(today, gantt.visualRect(index).top() + 4) == theme().tokens.focus
    inside = round(picture.at(picture.scale.x(date(2025, 7, 30))))
    assert image.pixelColor(inside, gantt.visualRect(index).center().y()) == theme().tokens.surface2
    after = round(picture.at(picture.scale.x(date(2025, 9, 3))))
    assert image.pixelColor(after, gantt.visualRect(index).center().y()) == theme().tokens.selection
