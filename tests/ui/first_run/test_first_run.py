"""The first run by keyboard alone, and every way to stumble in it."""

import pytest
from PySide6.QtWidgets import QLineEdit

from app.paths import user_folders
from tests.ui.program.house import House
from ui.navigation import Place, Route
from ui.screens.first_run.page import FirstRunPage
from ui.widgets.fields.text_field import TextField

PASSPHRASE = "朝焼けの畑に麦の穂が揺れる"


def fill_in(house: House, passphrase: str = PASSPHRASE, repeated: str = PASSPHRASE) -> None:
    """Everything on the first page, by Tab and an input method."""
    assert house.focused().accessibleName() == "地域の名前"
    house.convert("ほっこくけん")
    house.commit("北国県")
    house.tab_to("あなたの名前")
    house.convert("すずき")
    house.press("Return")  # belongs to the conversion: the field keeps the focus
    assert house.focused().accessibleName() == "あなたの名前"
    house.commit("鈴木 花子")
    house.press("Return")
    assert house.focused().accessibleName() == "役割"
    house.commit("補佐")
    house.tab_to("合言葉")
    house.enter(passphrase)
    house.tab_to("合言葉をもう一度")
    house.enter(repeated)
    house.press("Ctrl+Return")


def wait_for_words(house: House) -> tuple[str, ...]:
    house.wait_until(lambda: house.shown(FirstRunPage)[0]._keys is not None)
    keys = house.shown(FirstRunPage)[0]._keys
    assert keys is not None
    return keys.words


def prove(house: House, words: tuple[str, ...]) -> None:
    """Type back the two words that are asked for."""
    for _ in range(2):
        position = int(house.focused().accessibleName().removesuffix("番目の語"))
        house.commit(words[position - 1])
        house.press("Return")


@pytest.fixture(autouse=True)
def started(house: House) -> None:
    house.start()


def test_by_keyboard_alone_it_ends_on_the_first_screen_with_a_store(house: House) -> None:
    fill_in(house)
    words = wait_for_words(house)
    assert words[0] in house.words()
    assert not house.folder.database.exists()
    house.press("Return")
    assert words[0] not in house.words()
    prove(house, words)
    house.press("Ctrl+Return")
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.services is not None)
    house.settle()
    route = program.window.route()
    assert route is not None
    assert route.place is Place.TODAY
    services = program.services
    assert services is not None
    assert services.team.team().region == "北国県"
    (person,) = services.people.of_team()
    assert (person.id, person.name, person.role) == (services.place.user_id, "鈴木 花子", "補佐")
    assert not program.window.is_locked


def test_a_missing_key_ring_is_told_once_the_store_is_open(house: House) -> None:
    fill_in(house)
    words = wait_for_words(house)
    house.press("Return")
    prove(house, words)
    house.press("Ctrl+Return")
    house.wait_for_message("E-230")._action.click()
    house.settle()
    assert "起動したとき、合言葉なしで開く" in house.words()


def test_a_word_that_differs_from_the_paper_makes_no_store(house: House) -> None:
    fill_in(house)
    wait_for_words(house)
    house.press("Return")
    house.commit("ちがうことば")
    house.press("Ctrl+Return")
    house.wait_for_message("E-214")
    assert "番目の語" in house.focused().accessibleName()
    assert not house.folder.path.exists()


def test_the_word_that_differs_is_the_one_to_type_again(house: House) -> None:
    fill_in(house)
    words = wait_for_words(house)
    house.press("Return")
    first = house.focused().accessibleName()
    house.commit(words[int(first.removesuffix("番目の語")) - 1])
    house.press("Return")
    second = house.focused().accessibleName()
    house.commit("ちがうことば")
    house.press("Ctrl+Return")
    bar = house.wait_for_message("E-214")
    assert second.removesuffix("の語") in bar._title.text() + bar._detail.text()
    assert house.focused().accessibleName() == second
    house.commit(words[int(second.removesuffix("番目の語")) - 1])  # over what was wrong
    house.press("Ctrl+Return")
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.services is not None)


def test_one_may_look_at_the_words_again_and_prove_them_then(house: House) -> None:
    fill_in(house)
    words = wait_for_words(house)
    house.press("Return")
    house.click("24語をもう一度見る")
    assert words[0] in house.words()
    house.click("紙に書きました")
    prove(house, words)
    house.press("Ctrl+Return")
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.services is not None)


def test_going_back_draws_other_words(house: House) -> None:
    fill_in(house)
    words = wait_for_words(house)
    house.click("戻る")
    house.tab_to("合言葉")
    assert [each.text() for each in house.shown(QLineEdit) if not isinstance(each, TextField)] == ["", ""]
    house.enter(PASSPHRASE)
    house.tab_to("合言葉をもう一度")
    house.enter(PASSPHRASE)
    house.press("Ctrl+Return")
    assert wait_for_words(house) != words


@pytest.mark.parametrize(
    ("passphrase", "repeated", "number"),
    [
        ("みじかい", "みじかい", "E-220"),
        (PASSPHRASE, PASSPHRASE + "。", "E-221"),
        ("練習用データです", "練習用データです", "E-222"),
    ],
)
def test_a_passphrase_that_will_not_do_is_asked_for_again(
    house: House,
    passphrase: str,
    repeated: str,
    number: str,
) -> None:
    fill_in(house, passphrase, repeated)
    house.wait_for_message(number)
    assert house.focused().accessibleName() == "合言葉"
    house.enter(PASSPHRASE)
    house.tab_to("合言葉をもう一度")
    house.enter(PASSPHRASE)
    house.press("Ctrl+Return")
    wait_for_words(house)


def test_what_is_missing_is_said_at_its_field(house: House) -> None:
    house.press("Ctrl+Return")
    assert "入れてください" in house.words()
    assert house.focused().accessibleName() == "地域の名前"


def test_the_practice_region_can_be_tried_instead(house: House) -> None:
    house.click("練習用データで試す")
    house.click("練習をはじめる")
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.following is not None)
    following = program.following
    assert following is not None
    assert following.folder.path == user_folders().practice_store
    house.program = None
    house.start(following)
    assert house.program is not None
    house.wait_until(lambda: house.program.services is not None)
    assert house.program.services is not None
    assert house.program.services.is_practice
    assert "練習用" in house.words()


def test_a_folder_of_a_cloud_client_leads_to_this_devices_own(house: House) -> None:
    house.close()
    house.folder = type(house.folder)(house.folder.path.parent / "Dropbox" / "store")
    program = house.start()
    fill_in(house)
    bar = house.wait_for_message("E-114")
    bar._action.click()
    assert program.following is not None
    assert program.following.folder.path == user_folders().store


def test_the_size_of_type_changes_at_once_and_is_kept(house: House) -> None:
    house.click("特大")
    program = house.program
    assert program is not None
    assert program.settings.text_step == 150
    house.close()
    assert '"text_step": 150' in house.settings_file.read_text()


def finish(house: House) -> None:
    """Through the words to the open store."""
    words = wait_for_words(house)
    house.press("Return")
    prove(house, words)
    house.press("Ctrl+Return")
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.services is not None)
    house.settle()


def test_who_was_invited_names_no_region_and_goes_on_to_the_invitation(house: House) -> None:
    house.click("招待を受けた")
    assert not any(each.accessibleName() == "地域の名前" for each in house.shown(TextField))
    house.tab_to("あなたの名前")
    house.commit("林 次郎")
    house.tab_to("合言葉")
    house.enter(PASSPHRASE)
    house.tab_to("合言葉をもう一度")
    house.enter(PASSPHRASE)
    house.press("Ctrl+Return")
    finish(house)
    assert house.program is not None
    assert house.program.window.route() == Route(Place.TEAM, tab="join")
    assert house.focused().accessibleName() == "招待の文"


def test_who_wants_to_share_at_once_goes_on_to_the_place(house: House) -> None:
    house.click("始めたらすぐ決める")
    house.shown(FirstRunPage)[0]._choices.setFocus()
    fill_in(house)
    finish(house)
    assert house.program is not None
    assert house.program.window.route() == Route(Place.TEAM, tab="create")
