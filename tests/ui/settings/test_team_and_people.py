"""設定 > チーム and 人."""

from app.domain.terms import PersonSide
from app.services.team import TeamRow
from tests.ui.program.house import House
from tests.ui.settings.rooms import enter, toast
from ui.screens.settings.approval_boxes import ApprovalBoxes, ApprovalPreview
from ui.screens.settings.people_section import PeopleSection
from ui.widgets.row_list import RowList


def team(house: House) -> TeamRow:
    house.settle()
    assert house.program is not None
    assert house.program.services is not None
    return house.program.services.team.team()


def people(house: House) -> list[str]:
    house.settle()
    assert house.program is not None
    assert house.program.services is not None
    return [person.name for person in house.program.services.people.of_team()]


def chosen(house: House) -> str:
    (section,) = house.shown(PeopleSection)
    return section._list.current_key()


def test_words_are_kept_on_leaving_the_field_and_taken_back_by_undo(house: House) -> None:
    enter(house, "team")
    house.tab_to("地域名")
    house.commit("北国県")
    house.tab_to("会議の呼び名")
    house.enter("地域会議")
    house.press("Tab")
    assert (team(house).region, team(house).meeting_name) == ("北国県", "地域会議")
    house.press("Ctrl+Z")
    house.settle()
    assert team(house).meeting_name == "連携会議"
    house.press("Ctrl+Y")
    house.settle()
    assert team(house).meeting_name == "地域会議"


def test_the_left_bar_follows_region_and_year(house: House) -> None:
    enter(house, "team")
    house.tab_to("地域名")
    house.commit("南国県")
    house.press("Tab")
    house.click("3年目")
    house.settle()
    assert team(house).year_number == 3
    house.wait_until(lambda: "南国県" in house.words() and "(3年目)" in house.words())


def test_boxes_are_named_moved_and_taken_off_and_paper_shows_them(house: House) -> None:
    enter(house, "team")
    house.tab_to("決裁欄 1")
    house.commit("課長")
    house.press("Tab")
    for name in ("係長", "担当"):
        house.click("欄を足す")
        house.commit(name)
        house.press("Tab")
    assert team(house).approval_boxes == ("課長", "係長", "担当")
    house.click("3番目を左へ")
    assert team(house).approval_boxes == ("課長", "担当", "係長")
    assert house.focused().accessibleName() == "2番目を左へ"
    house.click("1番目を外す")
    assert team(house).approval_boxes == ("担当", "係長")
    (preview,) = house.shown(ApprovalPreview)
    assert preview.accessibleName() == "決裁欄の見本: 担当、係長"
    house.tab_to("地域名")
    house.press("Ctrl+Z")
    house.settle()
    assert team(house).approval_boxes == ("課長", "担当", "係長")
    (boxes,) = house.shown(ApprovalBoxes)
    assert boxes.names() == ("課長", "担当", "係長")


def test_there_are_six_boxes_at_most(house: House) -> None:
    enter(house, "team")
    house.tab_to("決裁欄 1")
    house.commit("一")
    for name in "二三四五六":
        house.click("欄を足す")
        house.commit(name)
    house.press("Tab")
    assert team(house).approval_boxes == tuple("一二三四五六")
    assert "欄を足す" not in house.words()


def test_a_person_is_added_from_the_keyboard_and_stays_chosen(house: House) -> None:
    enter(house, "people")
    house.press("Ctrl+N")
    house.convert("はやし")
    house.commit("林 拓也")
    house.press("Return")
    house.settle()
    house.tab_to("所属")
    house.commit("INPIT北国県知財総合支援窓口")
    house.tab_to("電話")
    house.commit("０２５−０００−０００１")
    house.press("Tab")
    assert people(house) == ["林 拓也"]
    assert house.program is not None
    assert house.program.services is not None
    (person,) = house.program.services.people.of_team()
    assert person.body == "INPIT北国県知財総合支援窓口"
    assert person.phone == "025-000-0001"
    assert chosen(house) == person.id


def test_what_is_left_while_the_new_person_is_being_kept_is_not_lost(house: House) -> None:
    enter(house, "people")
    house.press("Ctrl+N")
    house.commit("林 拓也")
    house.press("Return")  # the name goes to the store thread, the next fields follow before its answer
    house.commit("はやし たくや")
    house.press("Return")
    house.tab_to("役割")
    house.commit("相談支援担当")
    house.press("Return")
    house.settle()
    assert house.program is not None
    assert house.program.services is not None
    (person,) = house.program.services.people.of_team()
    assert (person.kana, person.role) == ("はやし たくや", "相談支援担当")


def test_a_person_without_a_name_is_not_kept(house: House) -> None:
    enter(house, "people")
    house.press("Ctrl+N")
    house.press("Tab")
    house.commit("はやし")
    house.press("Return")
    assert people(house) == []
    house.press("Ctrl+N")
    house.commit("林 拓也")
    house.press("Return")
    house.settle()
    field = house.tab_to("氏名")
    field.selectAll()  # type: ignore[attr-defined]
    house.press("Delete", "Tab")
    assert people(house) == ["林 拓也"]
    assert "氏名を入れてください" in house.words()


def test_an_expert_stands_apart_and_leaves_with_undo(house: House) -> None:
    enter(house, "people")
    house.press("Ctrl+N")
    house.commit("山田 修一")
    house.press("Return")
    house.settle()
    house.click("専門家")
    house.settle()
    assert house.program is not None
    services = house.program.services
    assert services is not None
    assert services.people.of_team()[0].side == PersonSide.EXPERT
    house.click("一覧から外す")
    house.settle()
    assert people(house) == []
    assert "人「山田 修一」" in toast(house)
    house.click("元に戻す")
    assert people(house) == ["山田 修一"]


def test_oneself_cannot_be_taken_off(house: House) -> None:
    program = enter(house, "team")
    assert program.services is not None
    program.services.people.add_user({"name": "鈴木 花子", "side": PersonSide.SUPPORT})
    enter(house, "people")
    assert "一覧から外す" not in house.words()
    (section,) = house.shown(PeopleSection)
    section.findChild(RowList).setFocus()
    house.press("Delete")
    assert people(house) == ["鈴木 花子"]


def test_a_route_names_the_person_to_show(house: House) -> None:
    from ui.navigation import Place, Route

    program = enter(house, "team")
    assert program.services is not None
    ids = [program.services.people.add({"name": name}) for name in ("一", "二", "三")]
    program.window.open(Route(Place.SETTINGS, tab="people", item_id=ids[2]))
    house.settle()
    assert chosen(house) == ids[2]
