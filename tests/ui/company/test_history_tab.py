"""The tab 履歴: what was done, the difference in words, and one item brought back."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.differences import Difference, Fate
from app.rows.history import HistoryRow
from app.services.history import PAGE
from tests.ui.company.desk import ENTRY, Desk
from ui.navigation import history_route
from ui.widgets.buttons import Button
from ui.widgets.difference_text import DifferenceText
from ui.widgets.message_bar import Banner
from ui.widgets.row_list import RowList


@pytest.fixture
def company_id(desk: Desk) -> str:
    made = desk.services.companies.register(ENTRY)
    desk.services.companies.set_aim(made, "下請けを6割から4割に下げる")
    desk.services.companies.set_aim(made, "下請けを6割から3割に下げる")
    return made


def rows(desk: Desk) -> RowList:
    return next(each for each in desk.window.findChildren(RowList) if each.isVisible())


def buttons(desk: Desk, label: str) -> list[Button]:
    return [each for each in desk.window.findChildren(Button) if each.isVisible() and each.label() == label]


def test_the_newest_action_shows_its_difference_in_words(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id, "history")
    difference = next(each for each in desk.window.findChildren(DifferenceText) if each.isVisible())
    assert difference.accessibleName() == "下請けを6割から(消えた 4)(入った 3)割に下げる"


def test_one_item_is_put_back_and_that_is_an_entry_too(desk: Desk, company_id: str) -> None:
    desk.open_company(company_id, "history")
    before = rows(desk).model().rowCount()
    buttons(desk, "前に戻す")[0].click()
    desk.settle()
    aim = desk.services.companies.card(company_id).engagement.aim
    assert aim == "下請けを6割から4割に下げる"
    assert rows(desk).model().rowCount() == before + 1


def test_something_deleted_is_brought_back_from_here(desk: Desk, company_id: str) -> None:
    person = desk.services.people.of_company(company_id)[0]
    desk.services.trash.delete("person", person.id)
    desk.open_company(company_id, "history")
    (back,) = (each for each in buttons(desk, "元に戻す") if each.parentWidget() is not None)
    back.click()
    desk.settle()
    assert [each.id for each in desk.services.people.of_company(company_id)] == [person.id]


def test_earlier_pages_are_read_on_demand(desk: Desk, company_id: str) -> None:
    for number in range(60):
        desk.services.companies.set_aim(company_id, f"ねらい {number}")
    desk.open_company(company_id, "history")
    (more,) = buttons(desk, "もっと前を見る")
    first = rows(desk).model().rowCount()
    more.click()
    desk.settle()
    assert rows(desk).model().rowCount() > first
    assert not more.isVisible()


def test_a_change_of_now_stands_above_without_reading_the_pages_again(desk: Desk, company_id: str) -> None:
    for number in range(120):
        desk.services.companies.set_aim(company_id, f"ねらい {number}")
    desk.open_company(company_id, "history")
    (more,) = buttons(desk, "もっと前を見る")
    more.click()
    desk.settle()
    before = rows(desk).model().rowCount()
    asked: list[int] = []
    whole = desk.services.history.of_company

    def of_company(company: str, limit: int, last: HistoryRow | None) -> tuple[HistoryRow, ...]:
        asked.append(limit)
        return whole(company, limit, last)

    desk.services.history.of_company = of_company
    desk.services.companies.set_aim(company_id, "もっと先")
    desk.settle()
    assert rows(desk).model().rowCount() == before + 1
    assert set(asked) == {PAGE}


def test_everything_of_one_moment_is_put_back_and_undone(desk: Desk, company_id: str) -> None:
    services = desk.services
    form = services.companies.form(company_id).form
    services.companies.change(form, {"kana": "ホッコク", "city": "あおば市"})
    desk.open_company(company_id, "history")
    (back,) = buttons(desk, "この時のすべてを前に戻す")
    back.click()
    desk.settle()
    card = services.companies.form(company_id).form.values
    assert (card["kana"], card["city"]) == (ENTRY["kana"], ENTRY["city"])
    assert desk.toast() == "1件を前に戻しました"
    desk.press("Ctrl+Z")
    card = services.companies.form(company_id).form.values
    assert (card["kana"], card["city"]) == ("ホッコク", "あおば市")


def test_the_history_of_one_record_is_shown_alone_and_widened_again(desk: Desk, company_id: str) -> None:
    issue = desk.services.analysis.add_issue(company_id, {"title": "図面"})
    desk.services.analysis.change("issue", issue, {"title": "図面がない"})
    desk.open(history_route(company_id, "issue", issue))
    assert rows(desk).model().rowCount() == 3
    (banner,) = (each for each in desk.window.findChildren(Banner) if each.isVisible())
    assert "課題「図面がない」の履歴だけを見ています" in banner.accessibleName() + banner._text.text()
    buttons(desk, "企業の履歴すべて")[0].click()
    desk.settle()
    assert rows(desk).model().rowCount() > 3


def test_a_difference_wraps_with_its_width(qtbot: QtBot) -> None:
    text = DifferenceText([Difference(Fate.KEPT, "あ" * 40), Difference(Fate.ADDED, "い" * 40)])
    qtbot.addWidget(text)
    assert text.heightForWidth(200) > text.heightForWidth(1200)
