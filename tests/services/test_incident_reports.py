"""事故報告: facts of a lost device, and not one word of what was written in it."""

from datetime import UTC, datetime

import pytest

from app.errors import TeamMemberMissing, TeamMissing
from app.rows.sharing import RenewalRow
from app.services.incident_reports import IncidentReportService
from app.services.recovery_paper import team_paper
from app.services.sharing import SharingService
from app.services.sharing_sheets import digits_of_sheet, draw_sheet
from app.workplace import Workplace
from tests.services.records import line, put, session
from tests.services.teams import NewMember, joined
from tests.ui.printing.reading import page_count, text_of


def counted(renewal: RenewalRow | None) -> str:
    return f"{renewal.done}/{renewal.total}" if renewal else ""


def report_of(place: Workplace, device: str) -> str:
    paper = IncidentReportService(place, counted, is_practice=False).paper(device)
    assert page_count(paper.pdf) == paper.pages == 1
    return text_of(paper.pdf)


def device_of(place: Workplace, name: str) -> str:
    return next(each.id for each in SharingService(place).overview().devices if each.name == name)


def test_a_report_says_what_the_device_could_read_and_what_was_done(
    first: Workplace, new_member: NewMember
) -> None:
    second = new_member()
    seen, unseen = put(first, "company", name="北国工業"), put(first, "company", name="南国窯業")
    for day in ("2025-06-12T13:00", "2025-07-01T10:00", "2026-01-01T10:00"):
        visit = session(first, seen, day, purpose="秘伝の油温の話")
        line(first, seen, visit, "二段の油温は142度")
    session(first, unseen, "2025-06-13T13:00")
    joined(first, second, [seen])
    put(second, "person", seen, name="山田")
    SharingService(second).synchronise()
    SharingService(first).synchronise()
    SharingService(first).stop_device("伊藤", "電車に置き忘れた")
    text = report_of(first, device_of(first, "伊藤"))
    for fact in ("伊藤", "チーム員", "北国工業", "2件", "R7.7.1", "電車に置き忘れた", "1/1", "佐藤"):
        assert fact in text, fact
    for hidden in ("南国窯業", "油温", "142", "秘伝", "山田"):
        assert hidden not in text, hidden
    assert "まだ外していません" in text
    SharingService(first).remove_device("伊藤")
    assert "まだ外していません" not in report_of(first, device_of(first, "伊藤"))


def test_a_report_by_who_sees_less_names_no_more_companies(first: Workplace, new_member: NewMember) -> None:
    second = new_member()
    put(first, "company", name="北国工業")
    joined(first, second, [])
    text = report_of(second, device_of(second, "佐藤"))
    assert "北国工業" not in text
    assert "企業の記録は読めませんでした" in text


def test_there_is_a_report_only_about_a_device_of_the_team(first: Workplace, new_member: NewMember) -> None:
    with pytest.raises(TeamMissing):
        report_of(new_member(), "00" * 16)
    with pytest.raises(TeamMemberMissing):
        report_of(first, "00" * 16)


class StillClock:
    """Stands."""

    def now(self) -> datetime:
        return datetime(2026, 7, 22, 4, 38, tzinfo=UTC)


def test_the_team_s_sheet_is_one_page_with_every_word_and_its_number() -> None:
    words = draw_sheet()
    paper = team_paper(words, StillClock())
    text = text_of(paper.pdf)
    assert page_count(paper.pdf) == 1
    assert "チームの復旧シート" in text
    assert digits_of_sheet(words).split()[0] in text
    assert [word for word in words if word not in text] == []
