"""Which companies a search and filters leave."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.folding import fold
from app.domain.terms import Confidentiality, EngagementStatus, Stage
from app.rows.companies import CompanyListRow
from ui.screens.companies.columns import company_columns, due_cell
from ui.screens.companies.filtering import CompanyFilter, assignees_of, count_words, industries_of

TODAY = date(2025, 7, 22)
SEIMITSU = CompanyListRow(
    id="1",
    name="北国精密(株)",
    industry_term="金属製品製造業",
    status=EngagementStatus.SUPPORTED,
    stage=Stage.PROTECT,
    assignees=("佐藤 健一", "鈴木 由香"),
    last_session_on=date(2025, 7, 22),
    next_action="弁理士に相談",
    next_due_on=date(2025, 7, 29),
    confidentiality=Confidentiality.ASSIGNED,
    search_key=f"{fold('北国精密(株)')} {fold('キタグニセイミツ')} 8990000000001",
)
TAKAHASHI = replace(
    SEIMITSU,
    id="2",
    name="株式会社髙橋製作所",
    status=EngagementStatus.CANDIDATE,
    stage=None,
    assignees=(),
    industry_term="食料品製造業",
    search_key=f"{fold('株式会社髙橋製作所')} {fold('タカハシセイサクジョ')}",
)
BOTH = (SEIMITSU, TAKAHASHI)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1", "2"]),
        ("きたぐに", ["1"]),
        ("ｷﾀｸﾞﾆ", ["1"]),
        ("高橋", ["2"]),
        ("㈱", ["1", "2"]),
        ("株式会社 精密", ["1"]),
        ("8990", ["1"]),
        ("青葉", []),
    ],
)
def test_a_search_finds_whatever_way_a_name_is_written(query: str, found: list[str]) -> None:
    assert [listed.id for listed in CompanyFilter(query=query).passing(BOTH)] == found


@pytest.mark.parametrize(
    "wanted",
    [
        CompanyFilter(status="supported"),
        CompanyFilter(stage="protect"),
        CompanyFilter(assignee="鈴木 由香"),
        CompanyFilter(industry="金属製品製造業"),
        CompanyFilter(query="株式", status="supported"),
    ],
)
def test_filters_narrow_together(wanted: CompanyFilter) -> None:
    assert [listed.id for listed in wanted.passing(BOTH)] == ["1"]


def test_what_occurs_is_offered_and_counted() -> None:
    assert assignees_of(BOTH) == ("佐藤 健一", "鈴木 由香")
    assert industries_of(BOTH) == ("金属製品製造業", "食料品製造業")
    assert count_words(BOTH) == "支援中 1社・候補 1社"


@pytest.mark.parametrize(
    ("due", "words", "icon"),
    [
        (date(2025, 7, 18), "7/18 超過 4日", "alert"),
        (date(2025, 7, 22), "7/22 今日", "clock"),
        (date(2025, 8, 5), "8/5 あと14日", "clock"),
        (date(2025, 8, 6), "8/6", ""),
        (date(2026, 6, 12), "2026/06/12", ""),
        (None, "", ""),
    ],
)
def test_near_and_past_days_carry_a_shape_and_a_word(due: date | None, words: str, icon: str) -> None:
    cell = due_cell(due, TODAY)
    assert (cell.text, cell.icon) == (words, icon)


def test_supported_companies_sort_before_candidates_by_their_stage() -> None:
    stage = next(column for column in company_columns(lambda: TODAY) if column.key == "stage")
    assert sorted((TAKAHASHI, SEIMITSU), key=stage.sort_key) == list(BOTH)
    assert stage.spoken is not None
    assert [stage.spoken(listed) for listed in BOTH] == ["権利化・秘密化", "候補"]
