"""Every way to stumble on the way into a team: what happened, what is safe, what to do."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.terms import TeamRole
from app.errors import PlaceInStoreFolder
from app.rows.sharing import TeamStanding
from app.services.sharing_invitations import Invited
from app.sharing.places.folder import FolderPlace
from app.sharing.places.place import Failed, Trouble
from tests.ui.company.desk import ENTRY
from tests.ui.program.house import House
from tests.ui.team.rooms import create_team, enter, name_oneself, open_house, page, sharing
from tests.ui.team.teams import Other
from ui.navigation import Place, Route
from ui.screens.team.create_page import CreatePage
from ui.screens.team.invite_page import InvitePage
from ui.screens.team.join_page import JoinPage
from ui.screens.team.place_page import PlacePage
from ui.widgets.buttons import Button


def begin_team(house: House, place: Path) -> None:
    enter(house, "create")
    page(house, CreatePage).place.choose_folder(str(place))
    name_oneself(house, "佐藤 花子", "SATO-PC")
    house.press("Ctrl+Return")


def open_letter(house: House, letter: str) -> JoinPage:
    enter(house, "join")
    shown = page(house, JoinPage)
    shown.letter.setPlainText(letter)
    house.settle()
    return shown


def test_somebody_else_s_vault_is_no_place_for_a_new_team(
    house: House, place: Path, others: list[Other]
) -> None:
    others[0].sharing.create(str(place), "伊藤")
    open_house(house)
    begin_team(house, place)
    house.wait_for_message("E-723")._action.click()
    assert house.focused().accessibleName() == "フォルダ"
    assert sharing(house).overview().standing is TeamStanding.ALONE


@pytest.mark.parametrize(("trouble", "number"), [(Trouble.READ_ONLY, "E-705"), (Trouble.FULL, "E-704")])
def test_a_place_that_does_not_take_is_told_before_the_sheet_is_shown(
    house: House, place: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, number: str
) -> None:
    open_house(house)
    monkeypatch.setattr(FolderPlace, "put", lambda *_: Failed(trouble))
    begin_team(house, place)
    house.wait_for_message(number)._action.click()
    assert "チームの復旧シート" not in house.words()
    assert "持出しファイルで渡す" not in house.words()
    assert house.focused().accessibleName() == "フォルダ"


@pytest.mark.parametrize("below", [".", "backups", "new/../backups"])
def test_the_folder_of_the_records_is_no_place(house: House, below: str) -> None:
    open_house(house)
    folder = house.folder.path / below
    begin_team(house, folder)
    house.wait_for_message("E-726")._action.click()
    assert house.focused().accessibleName() == "フォルダ"
    with pytest.raises(PlaceInStoreFolder):
        sharing(house).create(str(folder), "佐藤")
    assert not (house.folder.path / "vault.osy").exists()


def test_a_place_that_could_not_be_filled_is_not_told_as_moved(
    house: House, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_house(house)
    house.program.services.companies.register(ENTRY)  # type: ignore[union-attr]
    create_team(house, place)
    sharing(house).synchronise()
    small, put = tmp_path / "small", FolderPlace.put
    small.mkdir()

    def put_if_small(folder: FolderPlace, name: str, *rest: Any) -> object:
        return Failed(Trouble.FULL) if name.startswith("s/") else put(folder, name, *rest)

    monkeypatch.setattr(FolderPlace, "put", put_if_small)
    enter(house, "place")
    page(house, PlacePage).place.choose_folder(str(small))
    house.press("Ctrl+Return")
    house.settle()
    house.wait_until(lambda: "新しい置き場に、まだ全部は入っていません" in house.words())
    assert "前の置き場のものはそのままです" in house.words()
    assert "新しい置き場に移りました" not in house.words()


def test_an_invitation_file_that_cannot_be_read_is_told(house: House, tmp_path: Path) -> None:
    open_house(house)
    enter(house, "join")
    page(house, JoinPage).open_file(str(tmp_path / "gone.banso"))
    house.wait_for_message("E-740")


def test_an_invitation_that_cannot_be_saved_is_told(house: House, place: Path, tmp_path: Path) -> None:
    open_house(house)
    create_team(house, place)
    enter(house, "invite")
    taken = tmp_path / "invitation.banso"
    taken.mkdir()
    page(house, InvitePage).save_to(str(taken))
    house.wait_for_message("E-101")


def test_a_folder_that_is_not_there_is_told(house: House, tmp_path: Path) -> None:
    open_house(house)
    begin_team(house, tmp_path / "nowhere")
    house.wait_for_message("E-710")


def test_a_place_that_does_not_answer_holds_up_nothing_and_can_be_given_up(
    house: House, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_house(house)
    monkeypatch.setattr(FolderPlace, "put", lambda _place, _name, _content, stop: stop.wait(600))
    begin_team(house, place)
    assert house.focused().accessibleName() == "やめる"
    enter_without_waiting(house, Route(Place.TODAY))
    assert "開いている宿題はありません" in house.words()
    enter_without_waiting(house, Route(Place.TEAM, tab="create"))
    house.click("やめる")
    house.wait_until(lambda: not page(house, CreatePage).is_busy)
    assert "やめました" in house.words()
    assert list(place.rglob("*.osy")) == []


def enter_without_waiting(house: House, route: Route) -> None:
    house.program.window.open(route)  # type: ignore[union-attr]
    house.wait_until(lambda: house.program.window.route() == route)  # type: ignore[union-attr]


def test_words_that_differ_from_the_paper_make_no_team(house: House, place: Path) -> None:
    open_house(house)
    begin_team(house, place)
    house.settle()
    house.press("Ctrl+Return", "Ctrl+Return")
    house.wait_for_message("E-214")
    assert list(place.rglob("*.osy")) == []
    house.program.window.run_command("step_back")  # type: ignore[union-attr]
    assert "紙に書きました" in house.words()
    enter(house)
    assert sharing(house).overview().standing is TeamStanding.ALONE


def test_what_is_no_invitation_is_told_and_an_old_one_too(
    house: House, place: Path, others: list[Other]
) -> None:
    others[0].sharing.create(str(place), "伊藤")
    letter = others[0].sharing.invite()
    open_house(house)
    open_letter(house, "きょうの会議の次第")
    house.wait_for_message("E-740")
    shown = open_letter(house, letter)
    assert "伊藤さんからの招待です" in house.words()
    house.clock.move(days=8)
    shown.letter.setPlainText(f"{letter} ")
    house.wait_for_message("E-741")


def test_an_invitation_whose_place_is_another_team_s_is_told(
    house: House, place: Path, others: list[Other], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    others[0].sharing.create(str(place), "伊藤")
    others[1].sharing.create(str(elsewhere), "加藤")
    open_house(house)
    shown = open_letter(house, others[0].sharing.invite())
    shown.place.choose_folder(str(elsewhere))
    name_oneself(house, "林 次郎", "HAYASHI-PC")
    house.press("Ctrl+Return")
    house.wait_for_message("E-743")
    assert sharing(house).overview().standing is TeamStanding.ALONE


def test_who_is_in_a_team_already_joins_no_other(house: House, place: Path, others: list[Other]) -> None:
    open_house(house)
    create_team(house, place)
    elsewhere = place.with_name("elsewhere")
    elsewhere.mkdir()
    others[0].sharing.create(str(elsewhere), "伊藤")
    open_letter(house, others[0].sharing.invite())
    name_oneself(house, "佐藤 花子", "SATO-PC")
    house.press("Ctrl+Return")
    house.wait_for_message("E-730")


def test_digits_that_differ_share_nothing_and_end_the_invitation(
    house: House, place: Path, others: list[Other]
) -> None:
    """D2: the invitation was stolen; both the thief and the invited ask with it."""
    open_house(house)
    company = house.program.services.companies.register(ENTRY)  # type: ignore[union-attr]
    create_team(house, place)
    letter = sharing(house).invite()
    for other, name in zip(others, ("林 次郎", "林 次郎"), strict=True):
        other.sharing.join(letter.encode(), name)
    enter(house, "requests")
    house.settle()
    assert "ほかに1台が加わろうとしています" in house.words()
    house.click("違います")
    house.wait_for_message("E-745")
    house.settle()
    assert sharing(house).overview(with_requests=True).requests == ()
    for other in others:
        assert other.sharing.synchronise().is_waiting_for_approval
        with other.workplace.reading() as reading:
            assert reading.record("company", company) is None


def test_an_invitation_that_went_astray_is_ended_before_anybody_comes(
    house: House, place: Path, others: list[Other]
) -> None:
    open_house(house)
    create_team(house, place)
    letter = sharing(house).invite(Invited("林 次郎"))
    enter(house, "invite")
    house.click("使えなくする")
    house.wait_until(lambda: not any(each.is_open for each in sharing(house).overview().invited))
    house.settle()
    assert not any(each.text() == "使えなくする" for each in house.shown(Button))
    others[0].sharing.join(letter.encode(), "拾った人")
    assert sharing(house).overview(with_requests=True).requests == ()


def test_a_request_that_knows_no_secret_is_told_to_the_administrator(
    house: House, place: Path, others: list[Other]
) -> None:
    open_house(house)
    create_team(house, place)
    sharing(house).invite()
    others[0].sharing.join(sharing(house).notice_of_place().encode(), "知らない人")
    enter(house)
    house.wait_until(lambda: "この端末の招待を知らないもの 1台" in house.words())


def test_a_spent_invitation_is_marked_where_it_is_answered_again(
    house: House, place: Path, others: list[Other]
) -> None:
    open_house(house)
    create_team(house, place)
    letter = sharing(house).invite()
    digits = others[0].sharing.join(letter.encode(), "林 次郎")
    others[1].sharing.join(letter.encode(), "別の人")
    sharing(house).approve(digits, TeamRole.MEMBER)
    enter(house, "requests")
    house.settle()
    house.press("Ctrl+Return")
    house.wait_for_message("E-742")
