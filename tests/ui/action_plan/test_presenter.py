"""The presenter of 計画 without any window."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from app.domain.terms import Stage
from app.rows.action_plans import StageGroup
from tests.ui.action_plan.rows import action, sheet
from tests.ui.analysis.test_presenter import LaterTasks
from ui.screens.action_plan.presenter import ActionPlanPresenter, PlanShown


class View:
    """Remembers what it was asked to show."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.told: list[str] = []

    def show_plan(self, shown: PlanShown) -> None:
        self.shown.append(shown.sheet.company_id)

    def action_made(self, action_id: str) -> None:
        raise AssertionError(action_id)

    def tell(self, words: str, _undo: Callable[[], None] | None = None) -> None:
        self.told.append(words)

    def refuse(self, error: Exception) -> None:
        raise AssertionError(error)


class Plans:
    """The service, on no store; `acts` is what was asked of it."""

    def __init__(self) -> None:
        self.acts: list[tuple[object, ...]] = []

    def sheet(self, company_id: str) -> object:
        rows = (action(id="dated"), action(id="bare", start_on=None, due_on=None))
        return sheet(company_id=company_id, stages=(StageGroup(Stage.PROTECT, rows),))

    def form(self, _record_type: str, record_id: str) -> object:
        return SimpleNamespace(id=record_id)

    def shift(self, action_id: str, days: int) -> None:
        self.acts.append(("shift", action_id, days))

    def set_done(self, action_id: str, *, is_done: bool) -> None:
        self.acts.append(("done", action_id, is_done))

    def change_action(self, action_id: str, _values: object, form: object) -> None:
        self.acts.append(("change", action_id, form is not None))


class Bench:
    def __init__(self) -> None:
        self.tasks, self.view, self.plans = LaterTasks(), View(), Plans()
        company = SimpleNamespace(form=SimpleNamespace(values={"confidentiality": "team"}))
        services = SimpleNamespace(
            action_plans=self.plans,
            companies=SimpleNamespace(form=lambda _company_id: company),
            people=SimpleNamespace(of_team=lambda: (), of_company=lambda _company_id: ()),
            place=SimpleNamespace(today=lambda: date(2025, 7, 22)),
        )
        self.presenter = ActionPlanPresenter(self.tasks, services, self.view)  # type: ignore[arg-type]

    def open(self, company_id: str) -> None:
        self.presenter.open(company_id)
        self.tasks.catch_up()


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.open("one")
    return bench


def test_an_answer_for_a_company_left_since_is_not_shown(bench: Bench) -> None:
    bench.presenter.open("left")
    bench.open("other")
    assert bench.view.shown == ["one", "other"]


def test_only_what_has_days_is_moved(bench: Bench) -> None:
    bench.presenter.shift("dated", 7)
    bench.presenter.shift("bare", 7)
    bench.presenter.shift("gone", 7)
    bench.tasks.catch_up()
    assert bench.plans.acts == [("shift", "dated", 7)]
    assert len(bench.view.told) == 1


def test_done_is_turned_from_what_is_shown(bench: Bench) -> None:
    bench.presenter.turn_done("dated")
    bench.presenter.turn_done("gone")
    bench.tasks.catch_up()
    assert bench.plans.acts == [("done", "dated", True)]


def test_an_edit_starts_from_what_was_shown_and_the_next_from_the_record(bench: Bench) -> None:
    bench.presenter.begin_edit("action_item", "dated")
    bench.tasks.catch_up()
    bench.presenter.change("dated", {"note": "1"})
    bench.presenter.change("dated", {"note": "2"})
    bench.tasks.catch_up()
    assert bench.plans.acts == [("change", "dated", True), ("change", "dated", False)]
