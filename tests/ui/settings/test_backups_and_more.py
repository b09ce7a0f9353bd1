"""設定 > 控えと書き出し, ごみ箱, 画面, この製品について."""

import zipfile
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.domain.terms import EngagementStatus
from app.settings import load_settings
from tests.services.records import line, session
from tests.ui.program.house import PASSPHRASE, House, tear
from tests.ui.settings.rooms import enter, toast
from ui.screens.settings.about_section import AboutSection
from ui.screens.settings.export_card import ExportCard
from ui.theme.theme import theme
from ui.widgets.row_table import RowTable


def backups(house: House) -> int:
    return len([*house.folder.backups.glob("*.db")])


def test_a_backup_is_made_now_and_listed_with_its_size(house: House) -> None:
    enter(house, "backups")
    before = backups(house)
    house.click("今すぐ控えを作る")
    house.wait_until(lambda: "開けることを確かめました" in toast(house))
    assert backups(house) == before + 1


def test_a_backup_that_cannot_be_made_is_told(house: House) -> None:
    enter(house, "backups")
    tear(house.folder.database)
    house.click("今すぐ控えを作る")
    house.wait_until(lambda: any(number in house.words() for number in ("E-119", "E-130")))


def test_going_back_is_explained_first(house: House) -> None:
    program = enter(house, "backups")
    house.click("この控えに戻す…")
    assert "別の名前で残ります" in house.words()
    house.click("やめる")
    assert program.following is None
    house.click("この控えに戻す…")
    house.click("戻して開き直す")
    house.wait_until(lambda: program.following is not None)


def test_the_place_of_the_records_is_copied(house: House) -> None:
    enter(house, "backups")
    house.click("場所を写す")
    assert QGuiApplication.clipboard().text() == str(house.folder.path)


def plant(house: House) -> None:
    program = enter(house, "team")
    assert program.services is not None
    place = program.services.place
    company = program.services.companies.register(
        {
            "name": "北国精密株式会社",
            "kana": "キタグニセイミツ",
            "representative_name": "高橋 一郎",
            "representative_kana": "タカハシ イチロウ",
            "representative_title": "社長",
            "postal_code": "950-0101",
            "prefecture": "新潟県",
            "city": "みどり市",
            "street": "1-1",
            "employees_regular": 4,
            "employees_part": 0,
            "industry_major": "E",
            "industry_middle": "24",
            "products": "部品",
            "is_sole_proprietor": True,
        },
        EngagementStatus.SUPPORTED,
    )
    visit = session(place, company, "2026-07-01T13:00")
    line(place, company, visit, "焼入れの油温", is_secret=True)
    line(place, company, visit, "見てよい行")


def test_the_bundle_asks_for_the_passphrase_and_leaves_secret_lines_out(house: House, tmp_path: Path) -> None:
    plant(house)
    enter(house, "backups")
    house.tab_to("合言葉")
    house.enter("これはちがう合言葉です。")
    house.click("書き出す…")
    house.wait_until(lambda: "合言葉が違います" in house.words())
    house.tab_to("合言葉")
    house.enter(PASSPHRASE)
    house.click("書き出す…")
    (card,) = house.shown(ExportCard)
    house.wait_until(lambda: card.findChild(QFileDialog) is not None)
    dialog = card.findChild(QFileDialog)
    out = tmp_path / "伴走.zip"
    dialog.fileSelected.emit(str(out))
    dialog.close()
    house.settle()
    assert "秘密の行 1件は入れていません" in toast(house)
    with zipfile.ZipFile(out) as bundle:
        log = bundle.read("log.jsonl").decode()
    assert "焼入れの油温" not in log
    assert "見てよい行" in log


def test_secret_lines_go_along_only_when_chosen_and_only_once(house: House, tmp_path: Path) -> None:
    plant(house)
    enter(house, "backups")
    (card,) = house.shown(ExportCard)
    house.click("秘密の行も入れる")
    out = tmp_path / "伴走.zip"
    card.write_to(str(out))
    house.settle()
    with zipfile.ZipFile(out) as bundle:
        assert "焼入れの油温" in bundle.read("log.jsonl").decode()
    card.write_to(str(out))
    house.settle()
    assert "同じ名前のファイルに書き込めません" in house.words()
    assert not card._secret.isChecked()


def test_what_was_deleted_comes_back_from_the_bin(house: House) -> None:
    enter(house, "trash")
    assert "ごみ箱は空です" in house.words()
    program = house.program
    assert program is not None
    services = program.services
    assert services is not None
    ids = [services.people.add({"name": name}) for name in ("林 拓也", "田中 正樹")]
    for person in ids:
        services.trash.delete("person", person)
    enter(house, "team")
    enter(house, "trash")
    (table,) = house.shown(RowTable)
    assert table.model().rowCount() == 2
    table.setFocus()
    house.press("Return")
    house.settle()
    assert "人「田中 正樹」を元の場所に戻しました" in toast(house)
    assert [person.name for person in services.people.of_team()] == ["田中 正樹"]
    house.press("Ctrl+A")
    house.click("元の場所に戻す")
    house.settle()
    assert len(services.people.of_team()) == 2
    assert "ごみ箱は空です" in house.words()
    house.click("元に戻す")
    house.settle()
    assert len(services.people.of_team()) == 1
    assert table.model().rowCount() == 1


def test_size_and_light_change_live_and_follow_the_keys(house: House) -> None:
    program = enter(house, "looks")
    house.click("特大")
    assert theme().metrics.step == 150
    house.click("暗い")
    assert theme().name == "dark"
    house.press("Ctrl+0")
    assert house.button("標準").isChecked()
    assert program.settings.theme == "dark"
    house.click("高コントラスト")
    assert theme().name == "contrast"


def test_fingers_get_large_buttons_at_once_and_the_device_remembers(house: House) -> None:
    program = enter(house, "looks")
    house.click("指で使う (大きなボタン、下に操作の列)")
    assert theme().metrics.for_fingers
    assert house.button("キーボード").height() >= 44
    house.settle()
    assert load_settings(house.settings_file).for_fingers
    house.click("指で使う (大きなボタン、下に操作の列)")
    assert not program.settings.for_fingers


def test_the_product_names_its_parts_with_their_licences(house: House) -> None:
    enter(house, "about")
    (section,) = house.shown(AboutSection)
    house.wait_until(lambda: bool(section._components))
    licences = {each.name: each for each in section._components}
    assert licences["伴走カルテ"].version == "0.1.0"
    assert "SIL OPEN FONT LICENSE" in licences["BIZ UDゴシック"].text.upper()
    assert licences["PySide6-Essentials"].licence == "LGPL-3.0"
    assert all(each.text for each in licences.values())


def test_the_practice_region_opens_from_here(house: House) -> None:
    program = enter(house, "about")
    house.click("練習用データを開く")
    house.wait_until(lambda: program.following is not None)
