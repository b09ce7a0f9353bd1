"""設定 > 鍵."""

from pathlib import Path

from app.services.store_door import DoorState
from tests.app_outside.fake_key_rings import BlockingRing, WorkingRing
from tests.ui.program.house import PASSPHRASE, House
from tests.ui.settings.rooms import enter, toast
from ui.screens.first_run.words import WordsPage
from ui.screens.settings.paper_card import PaperCard
from ui.widgets.fields.check_field import CheckField

NEXT = "夕凪の港に小さな灯がともる"
BY_ITSELF = "起動したとき、合言葉なしで開く"


def change_passphrase(house: House, present: str, passphrase: str, repeated: str) -> None:
    for name, text in (
        ("いまの合言葉", present),
        ("新しい合言葉", passphrase),
        ("新しい合言葉をもう一度", repeated),
    ):
        field = house.tab_to(name)
        field.clear()  # type: ignore[attr-defined]
        house.enter(text)
    house.press("Return")
    house.settle()


def test_another_passphrase_opens_and_the_old_one_no_more(house: House) -> None:
    enter(house, "keys")
    change_passphrase(house, PASSPHRASE, NEXT, NEXT)
    house.wait_until(lambda: "合言葉を変えました" in toast(house))
    house.close()
    program = house.start()
    house.wait_until(lambda: program.entrance.is_asking)
    house.enter(PASSPHRASE)
    house.press("Return")
    house.wait_for_message("E-201")
    house.enter(NEXT)
    house.press("Return")
    house.wait_until(lambda: program.services is not None)


def test_what_is_wrong_stands_at_its_field_and_nothing_changes(house: House) -> None:
    enter(house, "keys")
    kept = house.folder.keys.read_bytes()
    change_passphrase(house, "これはちがう合言葉です。", NEXT, NEXT)
    house.wait_until(lambda: "合言葉が違います" in house.words())
    assert house.focused().accessibleName() == "いまの合言葉"
    change_passphrase(house, PASSPHRASE, "みじかい", "みじかい")
    house.wait_until(lambda: "12文字に足りません" in house.words())
    assert house.focused().accessibleName() == "新しい合言葉"
    change_passphrase(house, PASSPHRASE, NEXT, NEXT + "ね")
    house.wait_until(lambda: "同じではありません" in house.words())
    assert house.folder.keys.read_bytes() == kept


def test_secrets_do_not_stay_on_the_screen(house: House) -> None:
    enter(house, "keys")
    field = house.tab_to("新しい合言葉")
    house.enter(NEXT)
    house.click("新しい24語を作る")
    (card,) = house.shown(PaperCard)
    first = card._words[0]
    assert first in house.words()
    enter(house, "team")
    enter(house, "keys")
    assert field.text() == ""  # type: ignore[attr-defined]
    assert not house.shown(WordsPage)
    assert first not in house.words()


def test_new_words_count_once_two_of_them_were_typed_back(house: House) -> None:
    old = house.make_store().words
    house.start_and_open()
    enter(house, "keys")
    house.click("新しい24語を作る")
    (card,) = house.shown(PaperCard)
    words = card._words
    house.click("紙に書きました")
    house.commit("ちがう")
    house.click("この24語に替える")
    assert "紙と違います" in house.words()
    for _ in range(2):
        position = int(house.focused().accessibleName().removesuffix("番目の語"))
        house.focused().clear()  # type: ignore[attr-defined]
        house.commit(words[position - 1])
        house.press("Return")
    house.click("この24語に替える")
    house.wait_until(lambda: "24語を替えました" in toast(house))
    house.press("Ctrl+L")
    house.click("紙の24語で開く")
    house.commit(" ".join(old))
    house.press("Ctrl+Return")
    house.wait_for_message("E-213")
    house.focused().clear()  # type: ignore[attr-defined]
    house.commit(" ".join(words))
    house.press("Ctrl+Return")
    program = house.program
    assert program is not None
    house.wait_until(lambda: not program.window.is_locked)


def test_the_key_ring_is_switched_on_and_off(house: House) -> None:
    ring = WorkingRing()
    house.key_ring = lambda: ring
    enter(house, "keys")
    for state in (DoorState.OPENS_BY_ITSELF, DoorState.LOCKED):
        house.click(BY_ITSELF)
        house.settle()
        assert house.door().state() is state
        assert house.button(BY_ITSELF).isEnabled()
    assert not ring.kept


def test_without_a_key_ring_the_box_stays_empty_and_says_why(house: House) -> None:
    enter(house, "keys")
    house.click(BY_ITSELF)
    house.settle()
    box = house.button(BY_ITSELF)
    assert isinstance(box, CheckField)
    assert not box.isChecked()
    assert "鍵を預ける仕組みが見つからない" in house.words()


def test_a_silent_key_ring_does_not_hold_the_window(house: House) -> None:
    ring = BlockingRing()
    house.key_ring = lambda: ring
    enter(house, "keys")
    house.click(BY_ITSELF)
    assert "聞いています" in house.words()
    house.wait_until(lambda: "答えません" in house.words())
    ring.released.set()


def test_locking_now_is_the_button_of_the_title_line(house: House) -> None:
    program = enter(house, "keys")
    house.click("今すぐ鍵をかける")
    assert program.window.is_locked


def test_words_can_go_to_a_printer_or_a_file(house: House, tmp_path: Path) -> None:
    enter(house, "keys")
    house.click("新しい24語を作る")
    house.click("紙に印刷")
    house.settle()
    assert "この端末の24語を印刷" in house.words()
