from datetime import date

import pytest

from app.domain.terms import ActionStatus, Stage
from app.rows.action_plans import ActionRow
from tests.ui.action_plan.rows import action
from ui.navigation import Place, Route
from ui.screens.action_plan.owner_list import owner_note
from ui.screens.action_plan.sources import source_route
from ui.screens.action_plan.words import period_words, spoken_row, state_of


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((date(2025, 7, 22), date(2025, 8, 5)), "7/22 – 8/5"),
        ((None, date(2025, 8, 5)), "8/5"),
        ((date(2025, 8, 5), date(2025, 8, 5)), "8/5"),
        ((date(2025, 7, 22), None), "7/22 –"),
        ((None, None), ""),
    ],
)
def test_a_period_in_words(days: tuple[date | None, date | None], words: str) -> None:
    assert period_words(action(start_on=days[0], due_on=days[1])) == words


def test_being_late_goes_before_the_state() -> None:
    late = action(status=ActionStatus.DOING, progress_percent=50, overdue_days=4)
    assert (state_of(late).kind, state_of(late).text) == ("danger", "超過 4日")
    assert state_of(action(status=ActionStatus.DOING, progress_percent=50)).text == "進行 50%"
    assert state_of(action(status=ActionStatus.DONE)).kind == "ok"


def test_a_row_says_everything_in_one_sentence() -> None:
    row = action(number=3, stage=Stage.PROTECT, owner="", overdue_days=2)
    assert spoken_row(row) == "3、弁理士に相談する、担当なし、7/22から8/5、超過 2日、権利化・秘密化"


def test_the_note_of_a_person_counts_what_is_left_and_late() -> None:
    rows: list[ActionRow] = [
        action(overdue_days=1),
        action(),
        action(status=ActionStatus.DONE),
        action(status=ActionStatus.DROPPED),
    ]
    assert owner_note(rows) == "あと 2件 (超過 1)　終わり 2件"


def test_the_way_back_leads_to_the_line_before_the_seed() -> None:
    both = action(source_session_id="s", source_line_id="l", source_seed_id="d")
    line = Route(Place.COMPANIES, "c", tab="sessions", item_id="s", anchor="l")
    assert source_route("c", both) == line
    issue = Route(Place.COMPANIES, "c", tab="analysis", item_id="i")
    assert source_route("c", action(source_issue_id="i")) == issue
    assert source_route("c", action()) is None
