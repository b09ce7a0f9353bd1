"""設定 > 控えと書き出し > 一つずつ戻す."""

from tests.services.records import change, put, stored
from tests.ui.program.house import House
from tests.ui.settings.rooms import enter, toast
from ui.screens.settings.backup_items_page import BackupItemsPage
from ui.screens.settings.backups_section import BackupsSection
from ui.widgets.row_table import RowTable


def words_of(house: House) -> str:
    (table,) = house.shown(RowTable)
    model = table.model()
    return " ".join(
        str(model.index(row, column).data() or "")
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def test_single_items_of_a_backup_are_seen_and_brought_back_and_that_is_undone(house: House) -> None:
    program = enter(house, "backups")
    services = program.services
    assert services is not None
    place = services.place
    person, other = put(place, "person", name="林 拓也"), put(place, "person", name="田中 正樹")
    house.click("今すぐ控えを作る")
    (section,) = house.shown(BackupsSection)
    house.wait_until(lambda: section._list.current_key().endswith("-2.db"))
    change(place, "person", person, name="林 拓")
    services.trash.delete("person", other)
    house.click("一つずつ戻す…")
    (page,) = house.shown(BackupItemsPage)
    house.wait_until(lambda: page.has_items)
    assert "田中 正樹" in words_of(house)
    assert "今はない" in words_of(house)
    page._table.go_to(f"person:{person}")
    house.wait_until(lambda: "林 拓 → 林 拓也" in house.words())
    assert "(消えた" not in house.words()
    house.press("Return")
    house.wait_until(lambda: "控えから 1件を戻しました" in toast(house))
    assert stored(place, "person", person)["name"] == "林 拓也"
    house.settle()
    house.click("元に戻す")
    house.settle()
    assert stored(place, "person", person)["name"] == "林 拓"
    house.click("すべて戻す")
    house.settle()
    house.wait_until(lambda: "違いはありません" in house.words())
    assert stored(place, "person", person)["name"] == "林 拓也"
    assert stored(place, "person", other)["deleted"] == 0
