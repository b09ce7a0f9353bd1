"""Going back to a backup when the store does not open."""

import pytest

from app.services.backups import BackupRow, BackupService
from app.store_keys import NewKeys
from tests.ui.program.house import PASSPHRASE, House, tear
from ui.screens.restore.page import RestorePage
from ui.widgets.buttons import Button


def torn(house: House) -> tuple[NewKeys, BackupRow]:
    """A store that is torn, with a backup that is not."""
    keys = house.make_store()
    backup = BackupService(house.folder, keys.key, house.clock).make()
    house.folder.database.write_bytes(house.folder.database.read_bytes()[:48] + bytes(8000))
    return keys, backup


def at_the_backups(house: House, number: str = "E-119") -> None:
    program = house.start()
    if number == "E-119":
        house.wait_until(lambda: program.entrance.is_asking)
        house.enter(PASSPHRASE)
        house.press("Return")
    house.wait_for_message(number)._action.click()
    house.wait_until(lambda: bool(house.shown(RestorePage)))


def assert_opens_again(house: House) -> None:
    program = house.program
    assert program is not None
    house.wait_until(lambda: program.entrance.is_asking)
    house.enter(PASSPHRASE)
    house.press("Return")
    house.wait_until(lambda: program.services is not None)


def test_with_the_passphrase_the_backup_takes_the_place_of_the_torn_file(house: House) -> None:
    torn(house)
    at_the_backups(house)
    house.tab_to("合言葉")
    house.enter(PASSPHRASE)
    house.press("Return")
    assert_opens_again(house)
    assert [*house.folder.path.glob("store.before-restore-*.db")]


def test_the_paper_goes_back_as_well(house: House) -> None:
    keys, _ = torn(house)
    at_the_backups(house)
    house.click("紙の24語で戻す")
    house.commit("\n".join(keys.words))
    house.press("Ctrl+Return")
    assert_opens_again(house)


def test_lost_keys_come_back_with_the_backup(house: House) -> None:
    torn(house)
    house.folder.keys.unlink()
    house.folder.keys_copy.unlink(missing_ok=True)
    at_the_backups(house, "E-203")
    house.tab_to("合言葉")
    house.enter(PASSPHRASE)
    house.press("Return")
    assert_opens_again(house)


def test_a_wrong_passphrase_is_asked_for_again(house: House) -> None:
    torn(house)
    at_the_backups(house)
    house.tab_to("合言葉")
    house.enter("これはちがう合言葉です。")
    house.press("Return")
    bar = house.wait_for_message("E-201")
    assert bar._action.label() == "もう一度入れる"
    assert house.focused().accessibleName() == "合言葉"
    assert not [*house.folder.path.glob("store.before-restore-*.db")]


def test_a_backup_that_is_torn_too_leaves_everything_and_another_can_be_chosen(house: House) -> None:
    _, backup = torn(house)
    tear(backup.path)
    at_the_backups(house)
    before = house.folder.database.read_bytes()
    house.tab_to("合言葉")
    house.enter(PASSPHRASE)
    house.press("Return")
    bar = house.wait_for_message("E-131")
    bar._action.click()
    assert house.focused().accessibleName() == "控え"
    assert house.folder.database.read_bytes() == before


def test_without_any_backup_the_page_says_so_and_leads_back(house: House) -> None:
    house.make_store()
    house.folder.database.unlink()
    at_the_backups(house, "E-110")
    assert "控えがありません" in house.words()
    go = next(each for each in house.shown(Button) if each.label() == "この控えに戻す")
    assert not go.isEnabled()
    house.click("やめる")
    house.wait_for_message("E-110")


@pytest.mark.parametrize("days", [0, 3])
def test_the_newest_backup_is_chosen_first(house: House, days: int) -> None:
    keys, _ = torn(house)
    service = BackupService(house.folder, keys.key, house.clock)
    (kept,) = service.rows()
    house.clock.move(days=days, minutes=1)
    newer = house.clock.now().strftime("%Y-%m-%dT%H%M%S.db")
    (house.folder.backups / newer).write_bytes(kept.path.read_bytes())
    at_the_backups(house)
    assert house.shown(RestorePage)[0]._list.current_key() == newer
