"""The presenter of 分析 without any window."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.terms import Confidentiality
from app.errors import InputMissing
from app.rows.analysis import AnalysisSheet, IssueRow
from ui.screens.analysis.presenter import AnalysisPresenter
from ui.tasks import Ticket

ISSUE = IssueRow("i", "似た治具の不安", None, "", (), (), "", (), (), None)


class LaterTasks:
    """Keeps work until it is told to run it, as the store thread does."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Any, Any, Any, Ticket]] = []

    def run(self, work: Any, done: Any = None, failed: Any = None) -> Ticket:
        ticket = Ticket()
        self._waiting.append((work, done, failed, ticket))
        return ticket

    def catch_up(self) -> None:
        while self._waiting:
            work, done, failed, ticket = self._waiting.pop(0)
            try:
                answer = work(ticket)
            except InputMissing as error:
                failed(error)
            else:
                if done is not None and not ticket.cancelled:
                    done(answer)


class View:
    """Remembers what it was asked to show."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.told: list[str] = []
        self.made: list[str] = []
        self.refused: list[Exception] = []

    def show_sheet(self, sheet: AnalysisSheet, _level: Confidentiality) -> None:
        self.shown.append(sheet.company_id)

    def item_made(self, item_id: str) -> None:
        self.made.append(item_id)

    def tell(self, words: str, _undo: Callable[[], None] | None = None) -> None:
        self.told.append(words)

    def refuse(self, error: Exception) -> None:
        self.refused.append(error)


class Analysis:
    """The service, on no store; `forms` are those that changes came with."""

    def __init__(self) -> None:
        self.forms: list[object] = []

    def sheet(self, company_id: str) -> AnalysisSheet:
        return AnalysisSheet(company_id, (), (ISSUE,), ())

    def form(self, _item_type: str, item_id: str) -> object:
        return SimpleNamespace(id=item_id)

    def change(self, _item_type: str, _item_id: str, _values: object, form: object) -> None:
        self.forms.append(form)

    def add_issue(self, _company_id: str, values: dict[str, str]) -> str:
        if not values["title"]:
            raise InputMissing(field="課題")
        return "new"


class Bench:
    def __init__(self) -> None:
        self.tasks, self.view, self.analysis = LaterTasks(), View(), Analysis()
        company = SimpleNamespace(form=SimpleNamespace(values={"confidentiality": None}))
        services = SimpleNamespace(
            analysis=self.analysis, companies=SimpleNamespace(form=lambda _company_id: company)
        )
        self.presenter = AnalysisPresenter(self.tasks, services, self.view)  # type: ignore[arg-type]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_an_answer_for_a_company_left_since_is_not_shown(bench: Bench) -> None:
    bench.presenter.open("one")
    bench.presenter.open("other")
    bench.tasks.catch_up()
    assert bench.view.shown == ["other"]


def test_an_edit_starts_from_what_was_shown_and_the_next_from_the_record(bench: Bench) -> None:
    bench.presenter.open("one")
    bench.tasks.catch_up()
    bench.presenter.choose("i")
    bench.tasks.catch_up()
    bench.presenter.change("i", {"response": "話を聞く"})
    bench.presenter.change("i", {"response": "話をよく聞く"})
    bench.tasks.catch_up()
    first, second = bench.analysis.forms
    assert first is not None
    assert second is None


def test_a_load_asked_for_before_a_write_is_not_used_after_it(bench: Bench) -> None:
    bench.presenter.open("one")
    bench.tasks.catch_up()
    bench.presenter.choose("i")
    bench.presenter.change("i", {"response": "話を聞く"})
    bench.tasks.catch_up()
    bench.presenter.change("i", {"response": "話をよく聞く"})
    bench.tasks.catch_up()
    assert bench.analysis.forms == [None, None]


def test_what_cannot_be_done_is_told(bench: Bench) -> None:
    bench.presenter.open("one")
    bench.presenter.add_issue("")
    bench.presenter.add_issue("人手")
    bench.tasks.catch_up()
    assert [type(error) for error in bench.view.refused] == [InputMissing]
    assert bench.view.made == ["new"]


def test_an_item_that_is_not_shown_is_left_alone(bench: Bench) -> None:
    bench.presenter.open("one")
    bench.tasks.catch_up()
    bench.presenter.change("gone", {"response": "x"})
    bench.presenter.plan("gone")
    bench.tasks.catch_up()
    assert bench.analysis.forms == []
    assert bench.view.told == []
