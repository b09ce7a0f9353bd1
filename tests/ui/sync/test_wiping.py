"""A device that is out of its team hands over its last words; then its store may go (design-sync 8.4)."""

from pathlib import Path

from app.services.sharing_held_work import HeldWorkService
from tests.ui.program.house import PASSPHRASE, House
from tests.ui.sync.guests import Guest
from ui.navigation import Place, Route
from ui.screens.team.wipe_page import WipePage


def files_in(path: Path) -> list[str]:
    return sorted(str(each.relative_to(path)) for each in path.rglob("*") if each.is_file())


def ask_to_wipe(house: House) -> WipePage:
    assert house.program is not None
    house.program.window.open(Route(Place.TEAM))
    house.settle()
    house.click("この端末の記録を消す")
    house.settle()
    (page,) = house.shown(WipePage)
    page._proof.field.setText(PASSPHRASE)
    return page


def test_a_removed_device_hands_over_its_words_and_is_wiped(guest: Guest) -> None:
    guest.sharing.remove_device(guest.device)
    guest.round()
    guest.write("旭川")
    house = guest.house
    ask_to_wipe(house)
    house.press("Ctrl+Return")
    house.wait_until(lambda: guest.program.following is not None)
    assert files_in(house.folder.path) == []
    guest.sharing.synchronise()
    (held,) = HeldWorkService(guest.other).rows()
    assert (held.changes, held.company) == (1, "北国工業")
    house.close()
    house.start(guest.program.following)
    house.settle()
    assert "はじめ" in house.words()


def test_nothing_is_wiped_that_only_this_device_has(guest: Guest, tmp_path: Path) -> None:
    guest.sharing.stop_device(guest.device)
    guest.round()
    guest.write("旭川")
    (tmp_path / "place").rename(tmp_path / "away")
    ask_to_wipe(guest.house)
    guest.house.press("Ctrl+Return")
    guest.house.wait_for_message("E-710")
    assert guest.city() == "旭川"
    assert guest.house.folder.database.exists()


def test_a_wrong_passphrase_wipes_nothing(guest: Guest) -> None:
    guest.sharing.remove_device(guest.device)
    guest.round()
    ask_to_wipe(guest.house)._proof.field.setText("これはちがう合言葉です。")
    guest.house.press("Ctrl+Return")
    guest.house.wait_until(lambda: "合言葉が違います" in guest.house.words())
    assert guest.program.following is None


def test_a_device_in_use_is_never_offered_to_be_wiped(guest: Guest) -> None:
    guest.program.window.open(Route(Place.TEAM, tab="wipe"))
    guest.house.settle()
    assert not guest.house.shown(WipePage)
