from datetime import date

import pytest

from app.domain.differences import Difference, Fate
from app.domain.terms import ActionStatus, Mark, Protection, SeedKind
from app.errors import RecordMissing, RecordWithdrawn
from app.rows.history import MOST_ITEMS, Deed, HistoryChange, HistoryRow
from app.services.action_plans import ActionPlanService
from app.services.analysis import AnalysisService
from app.services.device import DeviceService
from app.services.history import HistoryService
from app.services.trash import TrashService
from app.workplace import Workplace, company_scope
from tests.services.conftest import SteppingClock
from tests.services.records import change, line, put, session, stored


@pytest.fixture
def history(place: Workplace) -> HistoryService:
    return HistoryService(place)


@pytest.fixture
def company(place: Workplace) -> str:
    return put(place, "company", name="北国精密(株)")


def newest(history: HistoryService, company_id: str) -> HistoryRow:
    return history.of_company(company_id, 1)[0]


def told(row: HistoryRow) -> list[tuple[str, str, str]]:
    return [(each.field_term, each.before, each.after) for item in row.items for each in item.changes]


def only(row: HistoryRow) -> HistoryChange:
    ((found,),) = (item.changes for item in row.items)
    return found


def test_an_entry_says_who_when_and_what(
    place: Workplace, history: HistoryService, company: str, clock: SteppingClock
) -> None:
    with place.action("用意", None) as work:
        me = {"name": "鈴木", "side": "support", "company_id": None}
        work.save("person", place.user_id, me, compartment=place.team_id)
    clock.move(days=1)
    change(place, "company", company, name="北国精密株式会社", city="みどり市")
    row = newest(history, company)
    assert (row.who, row.where, row.at.date()) == ("鈴木", "この端末", date(2025, 7, 23))
    assert row.words == "企業「北国精密株式会社」を直しました"
    assert told(row) == [("企業名", "北国精密(株)", "北国精密株式会社"), ("所在地", "", "みどり市")]
    assert row.items[0].deed is Deed.CHANGED


def test_without_a_name_the_author_is_this_device(history: HistoryService, company: str) -> None:
    row = newest(history, company)
    assert (row.who, row.words) == ("この端末", "企業「北国精密(株)」を足しました")
    assert row.items[0].deed is Deed.MADE


def test_a_text_shows_its_difference_in_words(
    place: Workplace, history: HistoryService, company: str
) -> None:
    issue = put(place, "issue", company, title="弁理士に相談する")
    change(place, "issue", issue, title="弁理士に依頼する")
    assert only(newest(history, company)).differences == (
        Difference(Fate.KEPT, "弁理士に"),
        Difference(Fate.REMOVED, "相談"),
        Difference(Fate.ADDED, "依頼"),
        Difference(Fate.KEPT, "する"),
    )


def test_codes_dates_and_people_are_told_in_words(
    place: Workplace, history: HistoryService, company: str
) -> None:
    suzuki = put(place, "person", name="鈴木", side="support")
    parent = put(place, "action_item", company, title="出願")
    action = put(place, "action_item", company, title="調査", status=ActionStatus.OPEN)
    values = {"owner_id": suzuki, "due_on": date(2025, 7, 29), "stage": "protect", "parent_id": parent}
    change(place, "action_item", action, status=ActionStatus.DOING, progress_percent=40, **values)
    assert told(newest(history, company)) == [
        ("状態", "未着手", "進行 40%"),
        ("だれ", "", "鈴木"),
        ("いつまで", "", "2025/07/29(火)"),
        ("段階", "", "権利化・秘密化"),
        ("上のすること", "", "出願"),
    ]


def test_one_action_is_one_entry_and_several_records_are_counted(
    place: Workplace, history: HistoryService, company: str
) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    with place.action("貼る", None) as work:
        for number in range(3):
            values = {"company_id": company, "support_session_id": visit, "text": f"行{number}"}
            work.save("note_line", place.new_id(), values, compartment=company)
        work.save("support_session", visit, {"place": "工場"})
    row = newest(history, company)
    assert row.words == "面談の行 3件を足しました、面談「2025/7/22 の面談」を直しました"
    assert len(row.items) == 4


def test_a_secret_line_is_told_nowhere(place: Workplace, history: HistoryService, company: str) -> None:
    visit = session(place, company, "2025-07-22T13:00")
    secret = line(place, company, visit, "油温は二段", mark=Mark.FACT)
    change(place, "note_line", secret, text="油温は二段に切り替える", is_secret=True)
    AnalysisService(place).add_seed_from_line(secret, SeedKind.KNOW_HOW)
    rows = history.of_company(company)
    assert "油温" not in repr(rows)
    assert ("文", "秘密の行", "秘密の行") in told(rows[1])
    assert ("秘密", "", "はい") in told(rows[1])
    assert ("根拠の行", "", "秘密の行") in told(rows[0])
    change(place, "note_line", secret, is_secret=False)
    assert "油温" in repr(history.of_company(company))


def test_links_are_told_as_fields_of_what_they_start_from(
    place: Workplace, history: HistoryService, company: str
) -> None:
    analysis = AnalysisService(place)
    issue = analysis.add_issue(company, {"title": "図面"})
    analysis.set_perspectives(issue, ["TS"])
    row = newest(history, company)
    assert (row.items[0].record_id, row.words) == (issue, "課題「図面」を直しました")
    assert told(row) == [("知財の視点", "", "営業秘密・ノウハウ")]
    analysis.set_perspectives(issue, [])
    assert told(newest(history, company)) == [("知財の視点", "営業秘密・ノウハウ", "")]


def test_deleting_restoring_and_printing_are_entries(
    place: Workplace, history: HistoryService, company: str
) -> None:
    trash = TrashService(place)
    issue = put(place, "issue", company, title="不安")
    trash.delete("issue", issue)
    assert newest(history, company).words == "課題「不安」を消しました"
    trash.restore("issue", issue)
    assert newest(history, company).words == "課題「不安」を戻しました"
    put(place, "issued_document", company, kind="history", level="meeting", pages=3, sha256="00")
    row = newest(history, company)
    assert row.words == "支援経過記録 (会議まで、3頁)を出しました"
    assert (row.items[0].deed, row.items[0].changes) == (Deed.ISSUED, ())


def test_pages_follow_each_other_without_gap_or_repetition(
    place: Workplace, history: HistoryService, company: str
) -> None:
    for number in range(7):
        change(place, "company", company, kana=f"よみ{number}")
    pages, last = [], None
    while page := history.of_company(company, 3, last):
        pages.append([row.time for row in page])
        last = page[-1]
    assert [len(page) for page in pages] == [3, 3, 2]
    everything = [row.time for row in history.of_company(company)]
    assert [time for page in pages for time in page] == everything == sorted(everything, reverse=True)


def test_everything_of_one_moment_is_taken_back_but_what_was_changed_again(
    place: Workplace, history: HistoryService, company: str
) -> None:
    issue = put(place, "issue", company, title="図面")
    seed = put(place, "ip_seed", company, name="北匠")
    with place.action("まとめて", company_scope(company)) as work:
        work.save("issue", issue, {"title": "図面がない", "response": "撮る"})
        work.save("ip_seed", seed, {"name": "北匠印"})
        work.delete("ip_seed", seed)
        added = place.new_id()
        work.save("issue", added, {"company_id": company, "title": "値段"}, compartment=company)
    entry = newest(history, company)
    change(place, "issue", issue, response="全部撮る")
    taken = history.take_back(company, entry)
    assert (taken.count, taken.left) == (3, 1)
    assert taken.message == "3件を前に戻しました。あとで直された 1件はそのままです"
    kept = stored(place, "issue", issue)
    assert (kept["title"], kept["response"]) == ("図面", "全部撮る")
    assert (stored(place, "ip_seed", seed)["name"], stored(place, "ip_seed", seed)["deleted"]) == ("北匠", 0)
    assert stored(place, "issue", added)["deleted"] == 1
    assert place.undo(company_scope(company)) == "履歴の一件を前に戻す"
    assert stored(place, "issue", issue)["title"] == "図面がない"


def test_what_was_printed_stays_on_record(place: Workplace, history: HistoryService, company: str) -> None:
    printed = put(place, "issued_document", company, kind="history", pages=3)
    entry = newest(history, company)
    assert not entry.can_be_taken_back
    assert history.take_back(company, entry).count == 0
    assert stored(place, "issued_document", printed)["deleted"] == 0


def test_links_of_a_moment_are_taken_back_too(
    place: Workplace, history: HistoryService, company: str
) -> None:
    analysis = AnalysisService(place)
    issue = analysis.add_issue(company, {"title": "図面"})
    analysis.set_perspectives(issue, ["TS"])
    history.take_back(company, newest(history, company))
    assert told(newest(history, company)) == [("知財の視点", "営業秘密・ノウハウ", "")]


def test_the_history_of_a_visit_is_that_of_its_lines_and_its_head(
    place: Workplace, history: HistoryService, company: str
) -> None:
    visit, other = (session(place, company, day) for day in ("2025-07-01T10:00", "2025-07-22T13:00"))
    gone = line(place, company, visit, "消した行")
    line(place, company, other, "ほかの行")
    TrashService(place).delete("note_line", gone)
    words = [row.words for row in history.of_record("support_session", visit)]
    assert words == [
        "面談の行「消した行」を消しました",
        "面談の行「消した行」を足しました",
        "面談「2025/7/1 の面談」を足しました",
    ]
    assert history.words_of("support_session", visit) == "面談「2025/7/1 の面談」"


def test_an_action_on_many_items_tells_the_first_and_counts_the_rest(
    place: Workplace, history: HistoryService, company: str
) -> None:
    with place.action("貼る", None) as work:
        for number in range(MOST_ITEMS + 5):
            values = {"company_id": company, "title": f"課題{number}"}
            work.save("issue", place.new_id(), values, compartment=company)
    entry = newest(history, company)
    assert (len(entry.items), entry.item_count) == (MOST_ITEMS, MOST_ITEMS + 5)
    assert entry.words == f"課題 {MOST_ITEMS + 5}件を足しました"


def test_the_device_bears_the_name_it_was_given(
    place: Workplace, history: HistoryService, company: str
) -> None:
    device = DeviceService(place)
    device.rename(" 佐藤のノートパソコン ")
    assert newest(history, company).where == device.name() == "佐藤のノートパソコン"
    device.rename("")
    assert newest(history, company).where == "この端末"


def test_other_companies_and_the_team_are_not_told(
    place: Workplace, history: HistoryService, company: str
) -> None:
    put(place, "company", name="青葉食品(有)")
    put(place, "person", name="鈴木", side="support")
    assert len(history.of_company(company)) == 1


def test_an_old_value_is_written_back_as_a_new_change(
    place: Workplace, history: HistoryService, company: str
) -> None:
    plans = ActionPlanService(place)
    action = plans.add_action(company, {"title": "図面", "due_on": date(2025, 8, 5)})
    plans.change_action(action, {"due_on": date(2025, 9, 1)})
    plans.set_done(action, is_done=True)
    done, moved = history.of_company(company, 2)
    for row in (done, moved):
        found = only(row)
        history.restore_item("action_item", action, found.cell, found.earlier)
    kept = stored(place, "action_item", action)
    assert (kept["due_on"], kept["status"], kept["done_on"]) == (date(2025, 8, 5), ActionStatus.OPEN, None)
    assert len(history.of_company(company)) == 6
    assert place.undo(company_scope(company)) == "「いつまで」を前に戻す"
    assert stored(place, "action_item", action)["due_on"] == date(2025, 9, 1)


def test_what_was_empty_before_is_emptied(place: Workplace, history: HistoryService, company: str) -> None:
    seed = put(place, "ip_seed", company, name="北匠")
    change(place, "ip_seed", seed, protection=Protection.FILE, protection_reason="名前")
    found = only(newest(history, company))
    assert (found.before, found.after, found.earlier) == ("", "出願 名前", None)
    history.restore_item("ip_seed", seed, found.cell, found.earlier)
    kept = stored(place, "ip_seed", seed)
    assert (kept["protection"], kept["protection_reason"]) == (None, None)


def test_only_a_change_of_that_cell_is_written_back(
    place: Workplace, history: HistoryService, company: str
) -> None:
    seed = put(place, "ip_seed", company, name="北匠")
    number = newest(history, company).items[0].changes[0].change
    with pytest.raises(RecordMissing):
        history.restore_item("company", company, "name", number)
    with pytest.raises(RecordMissing):
        history.restore_item("ip_seed", place.new_id(), "name", number)
    TrashService(place).delete("ip_seed", seed)
    with pytest.raises(RecordWithdrawn):
        history.restore_item("ip_seed", seed, "name", number)
